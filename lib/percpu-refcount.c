// SPDX-License-Identifier: MIT
/*
 * The slow half of percpu_ref: the switch between the modes. See <linux/percpu-refcount.h>.
 *
 *	owner			CPU 1			CPU 2
 *	flag ATOMIC |= 1
 *	call_rcu()		put: saw no flag
 *				this_cpu_sub()		put: sees the flag
 *							atomic count - 1 (bias keeps it above 0)
 *	... grace period: nobody is between seeing no flag and counting ...
 *	count += sum of the CPUs - bias
 *	confirm_switch(); put the switch's own reference
 *
 * percpu_ref_switch_lock guards the flags, force_atomic and confirm_switch of all refs. One switch
 * of a ref is under way at a time; the next waits for it.
 */

#include <linux/percpu-refcount.h>

#include <linux/bug.h>
#include <linux/cpumask.h>
#include <linux/errno.h>
#include <linux/export.h>
#include <linux/sched.h>
#include <linux/slab.h>
#include <linux/spinlock.h>
#include <linux/wait.h>

#define PERCPU_COUNT_BIAS	(1LU << (BITS_PER_LONG - 1))

static DEFINE_SPINLOCK(percpu_ref_switch_lock);
static DECLARE_WAIT_QUEUE_HEAD(percpu_ref_switch_waitq);

static unsigned long __percpu *percpu_count_ptr(struct percpu_ref *ref)
{
	return (unsigned long __percpu *)(ref->percpu_count_ptr & ~__PERCPU_REF_ATOMIC_DEAD);
}

/**
 * percpu_ref_init() - make a count
 * @ref: it
 * @release: called when the count has reached zero, in the context of that put
 * @flags: PERCPU_REF_INIT_*
 * @gfp: how to allocate
 *
 * Return: 0 or -ENOMEM.
 */
int percpu_ref_init(struct percpu_ref *ref, percpu_ref_func_t *release, unsigned int flags,
		    gfp_t gfp)
{
	size_t align = max_t(size_t, 1 << __PERCPU_REF_FLAG_BITS, __alignof__(unsigned long));
	unsigned long start = 0;
	struct percpu_ref_data *data;

	ref->percpu_count_ptr = (unsigned long)__alloc_percpu_gfp(sizeof(unsigned long), align,
								  gfp);
	if (!ref->percpu_count_ptr)
		return -ENOMEM;
	data = kzalloc(sizeof(*data), gfp);
	if (!data) {
		free_percpu((void __percpu *)ref->percpu_count_ptr);
		ref->percpu_count_ptr = 0;
		return -ENOMEM;
	}

	data->force_atomic = flags & PERCPU_REF_INIT_ATOMIC;
	data->allow_reinit = flags & PERCPU_REF_ALLOW_REINIT;
	if (flags & (PERCPU_REF_INIT_ATOMIC | PERCPU_REF_INIT_DEAD)) {
		ref->percpu_count_ptr |= __PERCPU_REF_ATOMIC;
		data->allow_reinit = true;
	} else {
		start = PERCPU_COUNT_BIAS;
	}
	if (flags & PERCPU_REF_INIT_DEAD)
		ref->percpu_count_ptr |= __PERCPU_REF_DEAD;
	else
		start++;
	atomic_long_set(&data->count, start);
	data->release = release;
	data->ref = ref;
	ref->data = data;
	return 0;
}
EXPORT_SYMBOL(percpu_ref_init);

/* Frees the CPUs' part, for good; nobody may still be counting there. */
static void free_counts(struct percpu_ref *ref)
{
	unsigned long __percpu *counts;
	unsigned long flags;

	spin_lock_irqsave(&percpu_ref_switch_lock, flags);
	counts = percpu_count_ptr(ref);
	if (counts)
		ref->percpu_count_ptr = __PERCPU_REF_ATOMIC |
					(ref->percpu_count_ptr & __PERCPU_REF_DEAD);
	WARN_ON_ONCE(counts && ref->data && ref->data->confirm_switch);
	spin_unlock_irqrestore(&percpu_ref_switch_lock, flags);
	free_percpu(counts);
}

/**
 * percpu_ref_exit() - free what a count has allocated
 * @ref: a count that has reached zero, or was never used; fine if percpu_ref_init() failed
 */
void percpu_ref_exit(struct percpu_ref *ref)
{
	struct percpu_ref_data *data = ref->data;
	unsigned long flags;

	free_counts(ref);
	if (!data)
		return;
	spin_lock_irqsave(&percpu_ref_switch_lock, flags);
	/* what percpu_ref_is_zero() is to say from now on */
	ref->percpu_count_ptr = __PERCPU_REF_ATOMIC_DEAD |
				(unsigned long)atomic_long_read(&data->count) <<
				__PERCPU_REF_FLAG_BITS;
	ref->data = NULL;
	spin_unlock_irqrestore(&percpu_ref_switch_lock, flags);
	kfree(data);
}
EXPORT_SYMBOL(percpu_ref_exit);

static void switched_to_atomic(struct percpu_ref_data *data)
{
	struct percpu_ref *ref = data->ref;

	data->confirm_switch(ref);
	WRITE_ONCE(data->confirm_switch, NULL);
	wake_up_all(&percpu_ref_switch_waitq);
	if (!data->allow_reinit)
		free_counts(ref);
	percpu_ref_put(ref);	/* the switch's own */
}

static void switch_to_atomic_rcu(struct rcu_head *rcu)
{
	struct percpu_ref_data *data = container_of(rcu, struct percpu_ref_data, rcu);
	unsigned long __percpu *counts = percpu_count_ptr(data->ref);
	unsigned long sum = 0;
	int cpu;

	for_each_possible_cpu(cpu)
		sum += *per_cpu_ptr(counts, cpu);
	/* In one step: before, nobody could see zero because of the bias. */
	atomic_long_add((long)sum - PERCPU_COUNT_BIAS, &data->count);
	WARN_ONCE(atomic_long_read(&data->count) <= 0,
		  "percpu ref (%ps) <= 0 (%ld) after switching to atomic", data->release,
		  atomic_long_read(&data->count));
	switched_to_atomic(data);
}

static void confirm_nothing(struct percpu_ref *ref)
{
	(void)ref;
}

static void begin_switch_to_atomic(struct percpu_ref *ref, percpu_ref_func_t *confirm)
{
	if (ref->percpu_count_ptr & __PERCPU_REF_ATOMIC) {
		if (confirm)
			confirm(ref);
		return;
	}
	ref->percpu_count_ptr |= __PERCPU_REF_ATOMIC;
	ref->data->confirm_switch = confirm ?: confirm_nothing;
	percpu_ref_get(ref);	/* put when it is done */
	call_rcu_hurry(&ref->data->rcu, switch_to_atomic_rcu);
}

static void begin_switch_to_percpu(struct percpu_ref *ref)
{
	unsigned long __percpu *counts = percpu_count_ptr(ref);
	int cpu;

	if (!(ref->percpu_count_ptr & __PERCPU_REF_ATOMIC))
		return;
	if (WARN_ON_ONCE(!ref->data->allow_reinit))
		return;
	atomic_long_add(PERCPU_COUNT_BIAS, &ref->data->count);
	for_each_possible_cpu(cpu)
		*per_cpu_ptr(counts, cpu) = 0;
	/* Who sees per-CPU mode sees the zeroes: pairs with the dependent access in get and put. */
	smp_store_release(&ref->percpu_count_ptr, ref->percpu_count_ptr & ~__PERCPU_REF_ATOMIC);
}

/* Whatever the flags ask for; called and returns with the lock held, but may wait without. */
static void switch_mode(struct percpu_ref *ref, percpu_ref_func_t *confirm)
{
	struct percpu_ref_data *data = ref->data;

	lockdep_assert_held(&percpu_ref_switch_lock);
	wait_event_lock_irq(percpu_ref_switch_waitq, !data->confirm_switch, percpu_ref_switch_lock);
	if (data->force_atomic || percpu_ref_is_dying(ref))
		begin_switch_to_atomic(ref, confirm);
	else
		begin_switch_to_percpu(ref);
}

/**
 * percpu_ref_switch_to_atomic() - count atomically from now on
 * @ref: the count
 * @confirm_switch: called when nobody counts per CPU any more; or NULL
 *
 * Context: may sleep if another switch is under way.
 */
void percpu_ref_switch_to_atomic(struct percpu_ref *ref, percpu_ref_func_t *confirm_switch)
{
	unsigned long flags;

	spin_lock_irqsave(&percpu_ref_switch_lock, flags);
	ref->data->force_atomic = true;
	switch_mode(ref, confirm_switch);
	spin_unlock_irqrestore(&percpu_ref_switch_lock, flags);
}
EXPORT_SYMBOL(percpu_ref_switch_to_atomic);

/** percpu_ref_switch_to_atomic_sync() - the same, returning when it is done; may sleep */
void percpu_ref_switch_to_atomic_sync(struct percpu_ref *ref)
{
	percpu_ref_switch_to_atomic(ref, NULL);
	wait_event(percpu_ref_switch_waitq, !READ_ONCE(ref->data->confirm_switch));
}
EXPORT_SYMBOL(percpu_ref_switch_to_atomic_sync);

/** percpu_ref_switch_to_percpu() - count per CPU, now or once it is brought back to life */
void percpu_ref_switch_to_percpu(struct percpu_ref *ref)
{
	unsigned long flags;

	spin_lock_irqsave(&percpu_ref_switch_lock, flags);
	ref->data->force_atomic = false;
	switch_mode(ref, NULL);
	spin_unlock_irqrestore(&percpu_ref_switch_lock, flags);
}
EXPORT_SYMBOL(percpu_ref_switch_to_percpu);

/**
 * percpu_ref_kill_and_confirm() - drop the first reference
 * @ref: the count
 * @confirm_kill: called when no tryget_live() succeeds any more; or NULL
 *
 * Context: may sleep if another switch is under way.
 */
void percpu_ref_kill_and_confirm(struct percpu_ref *ref, percpu_ref_func_t *confirm_kill)
{
	unsigned long flags;

	spin_lock_irqsave(&percpu_ref_switch_lock, flags);
	WARN_ONCE(percpu_ref_is_dying(ref), "%s called more than once on %ps!", __func__,
		  ref->data ? ref->data->release : NULL);
	ref->percpu_count_ptr |= __PERCPU_REF_DEAD;
	switch_mode(ref, confirm_kill);
	percpu_ref_put(ref);
	spin_unlock_irqrestore(&percpu_ref_switch_lock, flags);
}
EXPORT_SYMBOL(percpu_ref_kill_and_confirm);

/** percpu_ref_is_zero() - has the count reached zero? Never in per-CPU mode. */
bool percpu_ref_is_zero(struct percpu_ref *ref)
{
	unsigned long __percpu *percpu_count;
	unsigned long flags, count;

	if (__ref_is_percpu(ref, &percpu_count))
		return false;
	spin_lock_irqsave(&percpu_ref_switch_lock, flags);
	if (ref->data)
		count = atomic_long_read(&ref->data->count);
	else	/* after percpu_ref_exit() */
		count = ref->percpu_count_ptr >> __PERCPU_REF_FLAG_BITS;
	spin_unlock_irqrestore(&percpu_ref_switch_lock, flags);
	return count == 0;
}
EXPORT_SYMBOL(percpu_ref_is_zero);

/**
 * percpu_ref_resurrect() - undo percpu_ref_kill(), references being what they are
 * @ref: killed, not yet zero or not yet released; made with PERCPU_REF_ALLOW_REINIT
 *
 * Context: may sleep if another switch is under way.
 */
void percpu_ref_resurrect(struct percpu_ref *ref)
{
	unsigned long __percpu *percpu_count;
	unsigned long flags;

	spin_lock_irqsave(&percpu_ref_switch_lock, flags);
	WARN_ON_ONCE(!percpu_ref_is_dying(ref));
	WARN_ON_ONCE(__ref_is_percpu(ref, &percpu_count));
	ref->percpu_count_ptr &= ~__PERCPU_REF_DEAD;
	percpu_ref_get(ref);
	switch_mode(ref, NULL);
	spin_unlock_irqrestore(&percpu_ref_switch_lock, flags);
}
EXPORT_SYMBOL(percpu_ref_resurrect);

/** percpu_ref_reinit() - begin again with a count of one, after it has reached zero */
void percpu_ref_reinit(struct percpu_ref *ref)
{
	WARN_ON_ONCE(!percpu_ref_is_zero(ref));
	percpu_ref_resurrect(ref);
}
EXPORT_SYMBOL(percpu_ref_reinit);
