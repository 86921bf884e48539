// SPDX-License-Identifier: MIT
/*
 * Futexes: keys, buckets, and why no wake-up is lost.
 *
 * A waiter has seen a value in the word that means "taken" and asks to sleep as long as the word
 * has it. A waker has stored another value and asks to wake who sleeps. Both come here at the same
 * time:
 *
 *	waiter				waker
 *	waiters++			*word = new		(in user mode)
 *	(A) barrier			(B) barrier
 *	lock bucket			waiters == 0 ? done
 *	*word == old ? else leave	lock bucket
 *	queue				wake who is queued
 *	unlock, sleep			unlock
 *
 * By (A) and (B) either the waker sees the waiter's count, or the waiter sees the new word and
 * leaves. With the count seen, the bucket's lock orders them: the waker comes first and the waiter
 * sees the word, or the waiter is in the queue.
 *
 * The word is read under the bucket's spin lock, so it may not fault: if it isn't there, all is let
 * go, it is faulted in, and all begins again.
 *
 * A woken waiter may return, and its futex_q vanish from its stack, the moment that lock_ptr is
 * NULL. So that is the waker's last store to it; the task is held by a reference of its own.
 */

#include "futex.h"

#include <linux/cache.h>
#include <linux/fs.h>
#include <linux/init.h>
#include <linux/jhash.h>
#include <linux/log2.h>
#include <linux/mm.h>
#include <linux/mmap_lock.h>
#include <linux/sched/rt.h>
#include <linux/sched/task.h>
#include <linux/slab.h>
#include <linux/uaccess.h>

#include <asm/futex.h>

static struct {
	struct futex_hash_bucket *queues;
	unsigned long mask;
} futex_table __ro_after_init;

/* --- Keys ------------------------------------------------------------------------------------- */

/**
 * futex_hash - the bucket of a futex
 * @key: the futex
 */
struct futex_hash_bucket *futex_hash(const union futex_key *key)
{
	u32 hash = jhash2((const u32 *)key, offsetof(typeof(*key), both.offset) / 4,
			  key->both.offset);

	return &futex_table.queues[hash & futex_table.mask];
}

/*
 * A number for the inode that no other inode ever has: its memory may be used again while we wait.
 */
static u64 inode_sequence_number(struct inode *inode)
{
	static atomic64_t next;
	u64 old, seq = atomic64_read(&inode->i_sequence);

	if (likely(seq))
		return seq;
	do {
		seq = atomic64_inc_return(&next);
	} while (!seq);
	old = atomic64_cmpxchg_relaxed(&inode->i_sequence, 0, seq);
	return old ? old : seq;
}

/* By the mapping: of a file that is shared, its place there; else it is this process' alone. */
static int shared_key(unsigned long address, union futex_key *key, enum futex_access rw)
{
	struct mm_struct *mm = current->mm;
	struct vm_area_struct *vma;
	int ret = -EFAULT;

	mmap_read_lock(mm);
	vma = vma_lookup(mm, address);
	if (!vma || !(vma->vm_flags & (rw == FUTEX_WRITE ? VM_WRITE : VM_READ)))
		goto unlock;
	ret = 0;
	if ((vma->vm_flags & VM_SHARED) && vma->vm_file) {
		key->shared.i_seq = inode_sequence_number(file_inode(vma->vm_file));
		key->shared.pgoff = linear_page_index(vma, address);
		key->shared.offset |= FUT_OFF_INODE;
	}
unlock:
	mmap_read_unlock(mm);
	return ret;
}

/**
 * get_futex_key - which futex does an address mean?
 * @uaddr: the word
 * @flags: FLAGS_SHARED
 * @key: filled
 * @rw: what will be done with the word; matters for shared ones only
 *
 * Context: may sleep.
 * Return: 0; -EINVAL for an address that isn't aligned; -EFAULT.
 */
int get_futex_key(u32 __user *uaddr, unsigned int flags, union futex_key *key,
		  enum futex_access rw)
{
	unsigned long address = untagged_addr((unsigned long)uaddr);
	unsigned int offset = address & ~PAGE_MASK;

	if (offset % sizeof(u32))
		return -EINVAL;
	if (unlikely(!access_ok(uaddr, sizeof(u32))))
		return -EFAULT;
	*key = FUTEX_KEY_INIT;
	key->private.mm = current->mm;
	key->private.address = address - offset;
	key->private.offset = offset;
	return flags & FLAGS_SHARED ? shared_key(address, key, rw) : 0;
}

/* --- The word --------------------------------------------------------------------------------- */

int futex_get_value_locked(u32 *dest, u32 __user *from)
{
	int ret;

	pagefault_disable();
	ret = __get_user(*dest, from);
	pagefault_enable();
	return ret ? -EFAULT : 0;
}

/**
 * futex_cmpxchg_value_locked - change a word if it is @uval, without sleeping
 *
 * Return: 0 and what it was in @curval; -EFAULT; -EAGAIN if others write it all the time.
 */
int futex_cmpxchg_value_locked(u32 *curval, u32 __user *uaddr, u32 uval, u32 newval)
{
	int ret;

	pagefault_disable();
	ret = futex_atomic_cmpxchg_inatomic(curval, uaddr, uval, newval);
	pagefault_enable();
	return ret;
}

/**
 * fault_in_user_writeable - make a word present, for writing
 * @uaddr: the word
 *
 * Context: may sleep. Return: 0 or -EFAULT.
 */
int fault_in_user_writeable(u32 __user *uaddr)
{
	struct mm_struct *mm = current->mm;
	int ret;

	mmap_read_lock(mm);
	ret = fixup_user_fault(mm, (unsigned long)uaddr, FAULT_FLAG_WRITE, NULL);
	mmap_read_unlock(mm);
	return ret < 0 ? ret : 0;
}

/*
 * --- Waiters ------------------------------------------------------------------------------------
 */

/**
 * futex_q_lock - lock the bucket of @q->key, with the wish to queue
 * @q: not queued
 *
 * Return: the bucket, locked.
 */
struct futex_hash_bucket *futex_q_lock(struct futex_q *q)
{
	struct futex_hash_bucket *hb = futex_hash(&q->key);

	futex_hb_waiters_inc(hb);
	q->lock_ptr = &hb->lock;
	spin_lock(&hb->lock);
	return hb;
}

/* Not to queue after all. */
void futex_q_unlock(struct futex_hash_bucket *hb)
{
	spin_unlock(&hb->lock);
	futex_hb_waiters_dec(hb);
}

/** __futex_queue - hang current into a bucket, which is locked and stays so */
void __futex_queue(struct futex_q *q, struct futex_hash_bucket *hb)
{
	/* Real-time waiters first; all others are equals and take turns. */
	plist_node_init(&q->list, min(current->normal_prio, MAX_RT_PRIO));
	plist_add(&q->list, &hb->chain);
	q->task = current;
}

/** futex_queue - __futex_queue(), and unlock */
void futex_queue(struct futex_q *q, struct futex_hash_bucket *hb)
{
	__futex_queue(q, hb);
	spin_unlock(&hb->lock);
}

/* The bucket is locked. */
void __futex_unqueue(struct futex_q *q)
{
	struct futex_hash_bucket *hb = container_of(q->lock_ptr, struct futex_hash_bucket, lock);

	lockdep_assert_held(q->lock_ptr);
	plist_del(&q->list, &hb->chain);
	futex_hb_waiters_dec(hb);
}

/**
 * futex_unqueue - stop waiting
 * @q: was queued
 *
 * Return: 1; 0 if somebody has woken it.
 */
int futex_unqueue(struct futex_q *q)
{
	spinlock_t *lock_ptr;

	/* It may be requeued, to another bucket, at any moment. */
	while ((lock_ptr = READ_ONCE(q->lock_ptr))) {
		spin_lock(lock_ptr);
		if (likely(lock_ptr == q->lock_ptr)) {
			__futex_unqueue(q);
			spin_unlock(lock_ptr);
			return 1;
		}
		spin_unlock(lock_ptr);
	}
	return 0;
}

/**
 * futex_wake_mark - @q has its futex; wake it later
 * @wake_q: collects the tasks
 * @q: queued, its bucket locked
 */
void futex_wake_mark(struct wake_q_head *wake_q, struct futex_q *q)
{
	struct task_struct *p = q->task;

	get_task_struct(p);
	__futex_unqueue(q);
	/* From here on *q is not ours. Partner: the READ_ONCE() of futex_unqueue(). */
	smp_store_release(&q->lock_ptr, NULL);
	wake_q_add_safe(wake_q, p);
}

/**
 * futex_setup_timer - the alarm of a wait
 * @time: when, absolute; NULL for never
 * @timeout: the timer's memory
 * @flags: FLAGS_CLOCKRT
 * @range_ns: so much later will do
 *
 * Return: @timeout, or NULL.
 */
struct hrtimer_sleeper *futex_setup_timer(ktime_t *time, struct hrtimer_sleeper *timeout, int flags,
					  u64 range_ns)
{
	if (!time)
		return NULL;
	hrtimer_init_sleeper_on_stack(timeout,
				      flags & FLAGS_CLOCKRT ? CLOCK_REALTIME : CLOCK_MONOTONIC,
				      HRTIMER_MODE_ABS);
	hrtimer_set_expires_range_ns(&timeout->timer, *time, range_ns);
	return timeout;
}

static int __init futex_init(void)
{
	unsigned long i, size = roundup_pow_of_two(64 * num_possible_cpus());

	futex_table.queues = kvcalloc(size, sizeof(*futex_table.queues), GFP_KERNEL);
	if (!futex_table.queues)
		panic("no memory for futexes");
	futex_table.mask = size - 1;
	for (i = 0; i < size; i++) {
		plist_head_init(&futex_table.queues[i].chain);
		spin_lock_init(&futex_table.queues[i].lock);
	}
	return 0;
}
core_initcall(futex_init);
