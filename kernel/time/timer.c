// SPDX-License-Identifier: MIT
/*
 * The timer wheel: timers in jiffies that are mostly cancelled before they fire.
 *
 * A wheel per CPU has levels of 64 buckets. A bucket of level n stands for 8^n jiffies, so level
 * n covers 64 * 8^n of them:
 *
 *	HZ=250	level	granularity	covers
 *		0	4 ms		0 - 252 ms
 *		1	32 ms		252 ms - 2 s
 *		2	256 ms		2 s - 16 s
 *		3	2 s		16 s - 2 min
 *		...
 *		8	18 h		6 days - 48 days
 *
 * A timer goes into the level that its distance asks for and stays there: nothing ever moves down
 * to a finer level ("cascades"), so arming and cancelling are O(1) and expiry touches each timer
 * once. The price is granularity: a timer fires up to an eighth of its distance late, but never
 * early.
 *
 * Invariants, under base->lock:
 *  W1  no bucket before base->clk has timers: clk is the next jiffy to be looked at
 *  W2  a set bit in pending_map means a bucket that is not empty, and the reverse
 *  W3  next_expiry is not after the first pending bucket's time (exact unless
 *      next_expiry_recalc is set)
 *  W4  a bucket of level n is at most 64 buckets ahead of clk, so its index is unambiguous
 *
 * Two wheels per CPU: ordinary timers, and deferrable ones that an idle CPU does not wake up for.
 * A timer belongs to the base that timer->flags names; while it moves, TIMER_MIGRATING makes
 * lock_timer_base() wait.
 *
 * Lock order: one base lock at a time, but for hot-unplug (new base, then the dead CPU's).
 */
#include <linux/timer.h>

#include <linux/bug.h>
#include <linux/bitmap.h>
#include <linux/cpu.h>
#include <linux/export.h>
#include <linux/find.h>
#include <linux/hrtimer.h>
#include <linux/init.h>
#include <linux/interrupt.h>
#include <linux/irq_work.h>
#include <linux/jiffies.h>
#include <linux/kernel.h>
#include <linux/list.h>
#include <linux/percpu.h>
#include <linux/posix-timers.h>
#include <linux/preempt.h>
#include <linux/rcupdate.h>
#include <linux/sched.h>
#include <linux/sched/cputime.h>
#include <linux/sched/nohz.h>
#include <linux/smp.h>
#include <linux/spinlock.h>
#include <linux/string.h>
#include <linux/tick.h>

#include "tick-internal.h"

#define LVL_CLK_SHIFT	3			/* each level is 8 times coarser */
#define LVL_SIZE	64
#define LVL_MASK	(LVL_SIZE - 1)
#define LVL_DEPTH	9
#define WHEEL_SIZE	(LVL_SIZE * LVL_DEPTH)

#define LVL_SHIFT(n)	((n) * LVL_CLK_SHIFT)
#define LVL_GRAN(n)	(1UL << LVL_SHIFT(n))

/* Distances from here on belong to level n: what level n - 1 can hold and keep W4. */
#define LVL_START(n)	((LVL_SIZE - 1) << (((n) - 1) * LVL_CLK_SHIFT))

/* A timer further away is cut down to this. */
#define WHEEL_TIMEOUT_CUTOFF	(LVL_START(LVL_DEPTH))
#define WHEEL_TIMEOUT_MAX	(WHEEL_TIMEOUT_CUTOFF - LVL_GRAN(LVL_DEPTH - 1))

enum { BASE_STD, BASE_DEF, NR_BASES };

/**
 * struct timer_base - one wheel
 * @lock: guards everything here and the timers in it; irqs off
 * @running_timer: the one whose function runs, for timer_delete_sync()
 * @clk: see W1
 * @next_expiry: see W3
 * @cpu: whose
 * @next_expiry_recalc: the first timer was cancelled: @next_expiry may be too early
 * @is_idle: the CPU sleeps until @next_expiry: tell it about an earlier timer
 * @timers_pending: there are any
 * @pending_map: see W2
 * @vectors: the buckets
 */
struct timer_base {
	raw_spinlock_t lock;
	struct timer_list *running_timer;
	unsigned long clk;
	unsigned long next_expiry;
	unsigned int cpu;
	bool next_expiry_recalc;
	bool is_idle;
	bool timers_pending;
	DECLARE_BITMAP(pending_map, WHEEL_SIZE);
	struct hlist_head vectors[WHEEL_SIZE];
} ____cacheline_aligned;

static DEFINE_PER_CPU(struct timer_base, timer_bases[NR_BASES]);

static struct timer_base *get_timer_cpu_base(u32 tflags, unsigned int cpu)
{
	return &per_cpu(timer_bases[tflags & TIMER_DEFERRABLE ? BASE_DEF : BASE_STD], cpu);
}

static struct timer_base *get_timer_this_cpu_base(u32 tflags)
{
	return this_cpu_ptr(&timer_bases[tflags & TIMER_DEFERRABLE ? BASE_DEF : BASE_STD]);
}

static struct timer_base *get_timer_base(u32 tflags)
{
	return get_timer_cpu_base(tflags, tflags & TIMER_CPUMASK);
}

/* ---- buckets ---- */

static unsigned int timer_get_idx(const struct timer_list *timer)
{
	return (timer->flags & TIMER_ARRAYMASK) >> TIMER_ARRAYSHIFT;
}

/* Under the lock of the timer's base; lock_timer_base() looks without. */
static void timer_set_flags(struct timer_list *timer, u32 clear, u32 set)
{
	WRITE_ONCE(timer->flags, (timer->flags & ~clear) | set);
}

static void timer_set_idx(struct timer_list *timer, unsigned int idx)
{
	timer_set_flags(timer, TIMER_ARRAYMASK, idx << TIMER_ARRAYSHIFT);
}

/*
 * The bucket of @lvl that begins after @expires, for two reasons: a coarse bucket must not fire
 * before the timers in it are due, and "jiffies + 1" asked for just before a tick must not mean
 * a moment from now.
 */
static unsigned int lvl_bucket(unsigned long expires, unsigned int lvl,
			       unsigned long *bucket_expiry)
{
	unsigned long bucket = (expires >> LVL_SHIFT(lvl)) + 1;

	*bucket_expiry = bucket << LVL_SHIFT(lvl);
	return lvl * LVL_SIZE + (bucket & LVL_MASK);
}

/* Where does a timer for @expires go when the wheel is at @clk? */
static unsigned int calc_wheel_index(unsigned long expires, unsigned long clk,
				     unsigned long *bucket_expiry)
{
	unsigned long delta = expires - clk;
	unsigned int lvl;

	if ((long)delta < 0) {
		/* Overdue: the next bucket to be looked at. */
		*bucket_expiry = clk;
		return clk & LVL_MASK;
	}
	if (delta >= WHEEL_TIMEOUT_CUTOFF) {
		expires = clk + WHEEL_TIMEOUT_MAX;
		delta = WHEEL_TIMEOUT_MAX;
	}
	for (lvl = 0; lvl < LVL_DEPTH - 1; lvl++)
		if (delta < LVL_START(lvl + 1))
			break;
	return lvl_bucket(expires, lvl, bucket_expiry);
}

/*
 * Distance in buckets from @start to the first pending one of the level at @offset, going round.
 * Negative if there is none.
 */
static int next_pending_bucket(struct timer_base *base, unsigned int offset, unsigned int start)
{
	unsigned long pos;

	pos = find_next_bit(base->pending_map, offset + LVL_SIZE, offset + start);
	if (pos < offset + LVL_SIZE)
		return pos - offset - start;
	pos = find_next_bit(base->pending_map, offset + start, offset);
	return pos < offset + start ? (int)(pos + LVL_SIZE - offset - start) : -1;
}

/* W3, exactly: look at the first pending bucket of each level. */
static void timer_recalc_next_expiry(struct timer_base *base)
{
	unsigned long first = base->clk + NEXT_TIMER_MAX_DELTA;
	unsigned long lvl_clk, when;
	unsigned int lvl;
	bool any = false;
	int distance;

	for (lvl = 0; lvl < LVL_DEPTH; lvl++) {
		/* The first bucket of this level that starts at clk or later. */
		lvl_clk = (base->clk + LVL_GRAN(lvl) - 1) >> LVL_SHIFT(lvl);
		distance = next_pending_bucket(base, lvl * LVL_SIZE, lvl_clk & LVL_MASK);
		if (distance < 0)
			continue;
		any = true;
		when = (lvl_clk + distance) << LVL_SHIFT(lvl);
		if (time_before(when, first))
			first = when;
	}
	base->next_expiry = first;
	base->next_expiry_recalc = false;
	base->timers_pending = any;
}

/* ---- queueing: base->lock held ---- */

/* Let clk skip jiffies in which nothing is due, so that distances are counted from now. */
static void forward_timer_base(struct timer_base *base)
{
	unsigned long now = READ_ONCE(jiffies_64);

	if (time_before_eq(now, base->clk))
		return;
	if (time_after(base->next_expiry, now))
		base->clk = now;
	else if (time_after(base->next_expiry, base->clk))
		base->clk = base->next_expiry;
}

/* The CPU sleeps and does not know of this timer. */
static void trigger_dyntick_cpu(struct timer_base *base, struct timer_list *timer)
{
	if (base->is_idle && !(timer->flags & TIMER_DEFERRABLE))
		wake_up_nohz_cpu(base->cpu);
}

static void enqueue_timer(struct timer_base *base, struct timer_list *timer, unsigned int idx,
			  unsigned long bucket_expiry)
{
	hlist_add_head(&timer->entry, base->vectors + idx);
	__set_bit(idx, base->pending_map);
	timer_set_idx(timer, idx);

	if (base->timers_pending && !time_before(bucket_expiry, base->next_expiry))
		return;
	base->next_expiry = bucket_expiry;
	base->timers_pending = true;
	base->next_expiry_recalc = false;
	trigger_dyntick_cpu(base, timer);
}

static void internal_add_timer(struct timer_base *base, struct timer_list *timer)
{
	unsigned long bucket_expiry;
	unsigned int idx = calc_wheel_index(timer->expires, base->clk, &bucket_expiry);

	enqueue_timer(base, timer, idx, bucket_expiry);
}

/* @clear_pending: make it look not pending at once, for those who don't take the lock. */
static void detach_timer(struct timer_list *timer, bool clear_pending)
{
	struct hlist_node *entry = &timer->entry;

	__hlist_del(entry);
	if (clear_pending)
		WRITE_ONCE(entry->pprev, NULL);
	entry->next = LIST_POISON2;
}

static int detach_if_pending(struct timer_list *timer, struct timer_base *base,
			     bool clear_pending)
{
	unsigned int idx = timer_get_idx(timer);

	if (!timer_pending(timer))
		return 0;
	if (hlist_is_singular_node(&timer->entry, base->vectors + idx)) {
		__clear_bit(idx, base->pending_map);
		base->next_expiry_recalc = true;
	}
	detach_timer(timer, clear_pending);
	return 1;
}

/*
 * Lock the base that a timer is on. While it is being moved it is on none.
 *
 *	mover				here
 *	lock old; flags |= MIGRATING
 *	unlock old			sees MIGRATING: waits
 *	lock new; flags = new CPU	sees old flags, locks old: flags differ, again
 */
static struct timer_base *lock_timer_base(struct timer_list *timer, unsigned long *flags)
	__acquires(base->lock)
{
	for (;;) {
		u32 tf = READ_ONCE(timer->flags);

		if (!(tf & TIMER_MIGRATING)) {
			struct timer_base *base = get_timer_base(tf);

			raw_spin_lock_irqsave(&base->lock, *flags);
			if (((READ_ONCE(timer->flags) ^ tf) & TIMER_BASEMASK) == 0)
				return base;
			raw_spin_unlock_irqrestore(&base->lock, *flags);
		}
		cpu_relax();
	}
}

/* Take a timer that is not queued over to @new. Returns with that one's lock. */
static struct timer_base *move_timer_base(struct timer_list *timer, struct timer_base *base,
					  struct timer_base *new)
{
	if (base == new)
		return base;
	timer_set_flags(timer, 0, TIMER_MIGRATING);
	raw_spin_unlock(&base->lock);
	raw_spin_lock(&new->lock);
	timer_set_flags(timer, TIMER_BASEMASK, new->cpu);
	forward_timer_base(new);
	return new;
}

/* ---- arming ---- */

#define MOD_TIMER_PENDING_ONLY	0x01
#define MOD_TIMER_REDUCE	0x02

/*
 * Nothing changes if the timer is pending for the very time. A common case, seen without the lock:
 * if others change the time just now, ours came first.
 */
static bool mod_timer_is_noop(struct timer_list *timer, unsigned long expires,
			      unsigned int options)
{
	long diff = READ_ONCE(timer->expires) - expires;

	if (!timer_pending(timer))
		return false;
	return !diff || (options & MOD_TIMER_REDUCE && diff <= 0);
}

static int __mod_timer(struct timer_list *timer, unsigned long expires, unsigned int options)
{
	unsigned long flags, bucket_expiry;
	struct timer_base *base;
	unsigned int idx;
	int ret = 0;

	if (mod_timer_is_noop(timer, expires, options))
		return 1;

	base = lock_timer_base(timer, &flags);
	if (!timer->function)
		goto out_unlock;	/* shut down */
	forward_timer_base(base);

	if (timer_pending(timer)) {
		ret = 1;
		if (options & MOD_TIMER_REDUCE && time_before_eq(timer->expires, expires))
			goto out_unlock;
		/*
		 * The same bucket: only the time is noted. Not while timers expire: then this one
		 * may have left its bucket, with those that are run next, and has to come back.
		 */
		idx = calc_wheel_index(expires, base->clk, &bucket_expiry);
		if (idx == timer_get_idx(timer) && !base->running_timer) {
			WRITE_ONCE(timer->expires, expires);
			goto out_unlock;
		}
		detach_if_pending(timer, base, false);
	} else if (options & MOD_TIMER_PENDING_ONLY) {
		goto out_unlock;
	}

	/*
	 * A timer whose function is running stays on its base: timer_delete_sync() would not find
	 * out otherwise that it runs.
	 */
	if (base->running_timer != timer)
		base = move_timer_base(timer, base, get_timer_this_cpu_base(timer->flags));
	WRITE_ONCE(timer->expires, expires);
	internal_add_timer(base, timer);

out_unlock:
	raw_spin_unlock_irqrestore(&base->lock, flags);
	return ret;
}

/**
 * mod_timer - arm a timer, or move one that is armed
 * @timer: the timer
 * @expires: jiffies
 *
 * Context: any but NMI.
 * Return: 0 if it was not pending (or is shut down), 1 if it was.
 */
int mod_timer(struct timer_list *timer, unsigned long expires)
{
	return __mod_timer(timer, expires, 0);
}
EXPORT_SYMBOL(mod_timer);

/**
 * mod_timer_pending - mod_timer() that leaves a timer alone that isn't pending
 * @timer: the timer
 * @expires: when, in jiffies
 *
 * Context: any but NMI.
 * Return: 1 if it was pending, 0 if not.
 */
int mod_timer_pending(struct timer_list *timer, unsigned long expires)
{
	return __mod_timer(timer, expires, MOD_TIMER_PENDING_ONLY);
}
EXPORT_SYMBOL(mod_timer_pending);

/**
 * timer_reduce - arm a timer, or make it earlier; never later
 * @timer: the timer
 * @expires: when, in jiffies
 *
 * Context: any but NMI.
 * Return: 1 if it was pending, 0 if not.
 */
int timer_reduce(struct timer_list *timer, unsigned long expires)
{
	return __mod_timer(timer, expires, MOD_TIMER_REDUCE);
}
EXPORT_SYMBOL(timer_reduce);

/**
 * add_timer - arm a timer for timer->expires
 * @timer: not pending
 */
void add_timer(struct timer_list *timer)
{
	if (WARN_ON_ONCE(timer_pending(timer)))
		return;
	__mod_timer(timer, timer->expires, 0);
}
EXPORT_SYMBOL(add_timer);

/**
 * add_timer_local - add_timer() on this CPU, to stay there
 * @timer: not pending; ->expires is set
 *
 * Context: any but NMI.
 */
void add_timer_local(struct timer_list *timer)
{
	if (WARN_ON_ONCE(timer_pending(timer)))
		return;
	timer->flags |= TIMER_PINNED;
	__mod_timer(timer, timer->expires, 0);
}
EXPORT_SYMBOL(add_timer_local);

/**
 * add_timer_global - add_timer() on any CPU
 * @timer: not pending; ->expires is set
 *
 * Context: any but NMI.
 */
void add_timer_global(struct timer_list *timer)
{
	if (WARN_ON_ONCE(timer_pending(timer)))
		return;
	timer->flags &= ~TIMER_PINNED;
	__mod_timer(timer, timer->expires, 0);
}
EXPORT_SYMBOL(add_timer_global);

/**
 * add_timer_on - arm a timer on a certain CPU
 * @timer: not pending
 * @cpu: online; the caller sees to it that it stays so
 */
void add_timer_on(struct timer_list *timer, int cpu)
{
	struct timer_base *base;
	unsigned long flags;

	if (WARN_ON_ONCE(timer_pending(timer)))
		return;

	base = lock_timer_base(timer, &flags);
	if (timer->function) {
		timer_set_flags(timer, 0, TIMER_PINNED);
		base = move_timer_base(timer, base, get_timer_cpu_base(timer->flags, cpu));
		forward_timer_base(base);
		internal_add_timer(base, timer);
	}
	raw_spin_unlock_irqrestore(&base->lock, flags);
}
EXPORT_SYMBOL_GPL(add_timer_on);

/* ---- cancelling ---- */

static int __timer_delete(struct timer_list *timer, bool shutdown)
{
	struct timer_base *base;
	unsigned long flags;
	int ret = 0;

	/* A timer to be shut down is locked even if idle, so that nobody arms it meanwhile. */
	if (!timer_pending(timer) && !shutdown)
		return 0;
	base = lock_timer_base(timer, &flags);
	ret = detach_if_pending(timer, base, true);
	if (shutdown)
		timer->function = NULL;
	raw_spin_unlock_irqrestore(&base->lock, flags);
	return ret;
}

/**
 * timer_delete - cancel a timer; its function may still be running
 * @timer: the timer
 *
 * Context: any but NMI.
 * Return: 1 if it was pending, 0 if not.
 */
int timer_delete(struct timer_list *timer)
{
	return __timer_delete(timer, false);
}
EXPORT_SYMBOL(timer_delete);

/**
 * timer_shutdown - timer_delete(), and every later attempt to arm it does nothing
 * @timer: the timer
 *
 * Context: any but NMI.
 * Return: 1 if it was pending, 0 if not.
 */
int timer_shutdown(struct timer_list *timer)
{
	return __timer_delete(timer, true);
}
EXPORT_SYMBOL_GPL(timer_shutdown);

static int __try_to_del_timer_sync(struct timer_list *timer, bool shutdown)
{
	struct timer_base *base;
	unsigned long flags;
	int ret = -1;

	base = lock_timer_base(timer, &flags);
	if (base->running_timer != timer) {
		ret = detach_if_pending(timer, base, true);
		if (shutdown)
			timer->function = NULL;
	}
	raw_spin_unlock_irqrestore(&base->lock, flags);
	return ret;
}

/**
 * try_to_del_timer_sync - cancel a timer unless its function is running
 * @timer: the timer
 *
 * Context: any but NMI.
 * Return: 1 if it was pending, 0 if not, -1 if it is running.
 */
int try_to_del_timer_sync(struct timer_list *timer)
{
	return __try_to_del_timer_sync(timer, false);
}
EXPORT_SYMBOL(try_to_del_timer_sync);

static int __timer_delete_sync(struct timer_list *timer, bool shutdown)
{
	int ret;

#ifdef CONFIG_LOCKDEP
	unsigned long flags;

	/* As if the function were a lock: holding one that the function takes is a deadlock. */
	local_irq_save(flags);
	lock_map_acquire(&timer->lockdep_map);
	lock_map_release(&timer->lockdep_map);
	local_irq_restore(flags);
#endif
	/* The function would have to finish on this CPU, which we'd keep it from. */
	WARN_ON(in_hardirq() && !(timer->flags & TIMER_IRQSAFE));

	while ((ret = __try_to_del_timer_sync(timer, shutdown)) < 0)
		cpu_relax();
	return ret;
}

/**
 * timer_delete_sync - cancel a timer and wait for its function to end
 * @timer: the timer
 *
 * The caller holds no lock that the function takes, and sees to it that the timer is not armed
 * again (or uses timer_shutdown_sync()).
 * Context: task or softirq; hard irq only for TIMER_IRQSAFE timers.
 * Return: 1 if it was pending.
 */
int timer_delete_sync(struct timer_list *timer)
{
	return __timer_delete_sync(timer, false);
}
EXPORT_SYMBOL(timer_delete_sync);

/**
 * timer_shutdown_sync - timer_delete_sync(), and every later attempt to arm it does nothing
 * @timer: the timer
 *
 * Context: as timer_delete_sync().
 * Return: 1 if it was pending, 0 if not.
 */
int timer_shutdown_sync(struct timer_list *timer)
{
	return __timer_delete_sync(timer, true);
}
EXPORT_SYMBOL_GPL(timer_shutdown_sync);

/**
 * init_timer_key - the function under timer_setup()
 * @timer: memory for it
 * @func: its function, called in softirq
 * @flags: TIMER_*
 * @name: for lockdep, kept by pointer
 * @key: its class
 */
void init_timer_key(struct timer_list *timer, void (*func)(struct timer_list *),
		    unsigned int flags, const char *name, struct lock_class_key *key)
{
	timer->entry.pprev = NULL;
	timer->function = func;
	if (WARN_ON_ONCE(flags & ~TIMER_INIT_FLAGS))
		flags &= TIMER_INIT_FLAGS;
	timer->flags = flags | raw_smp_processor_id();
	lockdep_init_map(&timer->lockdep_map, name, key, 0);
}
EXPORT_SYMBOL(init_timer_key);

/* ---- expiry ---- */

static void call_timer_fn(struct timer_list *timer, void (*fn)(struct timer_list *))
{
	int count = preempt_count();
#ifdef CONFIG_LOCKDEP
	/* A copy: the function may free the timer. */
	struct lockdep_map lockdep_map = timer->lockdep_map;

	lock_map_acquire(&lockdep_map);
	fn(timer);
	lock_map_release(&lockdep_map);
#else
	fn(timer);
#endif
	if (count != preempt_count()) {
		WARN_ONCE(1, "timer: %pS preempt leak: %08x -> %08x\n", fn, count,
			  preempt_count());
		/* A wrong count would break whoever runs next: better repaired than true. */
		preempt_count_set(count);
	}
}

static void expire_timers(struct timer_base *base, struct hlist_head *head)
{
	while (!hlist_empty(head)) {
		struct timer_list *timer = hlist_entry(head->first, struct timer_list, entry);
		void (*fn)(struct timer_list *) = timer->function;

		base->running_timer = timer;
		detach_timer(timer, true);
		if (WARN_ON_ONCE(!fn)) {
			base->running_timer = NULL;
			continue;
		}
		if (timer->flags & TIMER_IRQSAFE) {
			raw_spin_unlock(&base->lock);
			call_timer_fn(timer, fn);
			raw_spin_lock(&base->lock);
		} else {
			raw_spin_unlock_irq(&base->lock);
			call_timer_fn(timer, fn);
			raw_spin_lock_irq(&base->lock);
		}
		base->running_timer = NULL;
	}
}

/*
 * Take the buckets that are due at next_expiry: one of level 0, and one of each coarser level
 * whose granularity divides the time.
 */
static int collect_expired_timers(struct timer_base *base, struct hlist_head *heads)
{
	unsigned long clk = base->clk = base->next_expiry;
	unsigned int lvl, idx;
	int levels = 0;

	for (lvl = 0; lvl < LVL_DEPTH; lvl++) {
		idx = lvl * LVL_SIZE + (clk & LVL_MASK);
		if (__test_and_clear_bit(idx, base->pending_map)) {
			hlist_move_list(base->vectors + idx, &heads[levels]);
			levels++;
		}
		if (clk & ((1 << LVL_CLK_SHIFT) - 1))
			break;
		clk >>= LVL_CLK_SHIFT;
	}
	return levels;
}

static void __run_timers(struct timer_base *base)
{
	struct hlist_head heads[LVL_DEPTH];
	int levels;

	lockdep_assert_held(&base->lock);
	if (base->running_timer)
		return;		/* a nested softirq can't be; a remote run isn't done */

	while (time_after_eq(jiffies, base->clk) && time_after_eq(jiffies, base->next_expiry)) {
		levels = collect_expired_timers(base, heads);
		base->clk++;
		timer_recalc_next_expiry(base);
		while (levels--)
			expire_timers(base, &heads[levels]);
	}
}

static void run_timer_base(int index)
{
	struct timer_base *base = this_cpu_ptr(&timer_bases[index]);

	/* Unlocked: next_expiry is one word, and a timer that comes now raises us again. */
	if (time_before(jiffies, READ_ONCE(base->next_expiry)))
		return;
	raw_spin_lock_irq(&base->lock);
	__run_timers(base);
	raw_spin_unlock_irq(&base->lock);
}

/* TIMER_SOFTIRQ */
static void run_timer_softirq(void)
{
	run_timer_base(BASE_STD);
	run_timer_base(BASE_DEF);
}

/* From the tick: is anything due on this CPU? */
static void run_local_timers(void)
{
	struct timer_base *base = this_cpu_ptr(timer_bases);
	int i;

	hrtimer_run_queues();
	for (i = 0; i < NR_BASES; i++) {
		if (time_after_eq(jiffies, READ_ONCE(base[i].next_expiry))) {
			raise_softirq_irqoff(TIMER_SOFTIRQ);
			return;
		}
	}
}

/**
 * update_process_times - all that a tick does on each CPU
 * @user_tick: it interrupted user mode
 *
 * Context: hard irq.
 */
void update_process_times(int user_tick)
{
	struct task_struct *p = current;

	account_process_tick(p, user_tick);
	run_local_timers();
	rcu_sched_clock_irq(user_tick);
	if (in_hardirq())
		irq_work_tick();
	sched_tick();
	run_posix_cpu_timers();
}

/* ---- a CPU that sleeps ---- */

/**
 * get_next_timer_interrupt - when does this CPU's wheel need it?
 * @basej: jiffies
 * @basem: the same moment on CLOCK_MONOTONIC
 *
 * Marks the wheel idle if that is more than a tick away: whoever adds an earlier timer then wakes
 * the CPU.
 * Context: interrupts off.
 * Return: CLOCK_MONOTONIC ns; KTIME_MAX for never.
 */
u64 get_next_timer_interrupt(unsigned long basej, u64 basem)
{
	struct timer_base *base = this_cpu_ptr(&timer_bases[BASE_STD]);
	u64 expires = KTIME_MAX;

	raw_spin_lock(&base->lock);
	if (base->next_expiry_recalc)
		timer_recalc_next_expiry(base);
	forward_timer_base(base);

	if (base->timers_pending) {
		expires = basem;
		if (time_after(base->next_expiry, basej))
			expires += (u64)(base->next_expiry - basej) * TICK_NSEC;
	}
	base->is_idle = !base->timers_pending || time_after(base->next_expiry, basej + 1);
	raw_spin_unlock(&base->lock);
	return expires;
}

/** timer_clear_idle - this CPU ticks again */
void timer_clear_idle(void)
{
	/* Unlocked: a timer added while this is seen late costs a needless IPI. */
	WRITE_ONCE(this_cpu_ptr(&timer_bases[BASE_STD])->is_idle, false);
}

/* ---- hot-plug, start ---- */

static void init_timer_base(struct timer_base *base, unsigned int cpu)
{
	base->cpu = cpu;
	raw_spin_lock_init(&base->lock);
	base->clk = jiffies;
	base->next_expiry = base->clk + NEXT_TIMER_MAX_DELTA;
}

/**
 * timers_prepare_cpu - a CPU will come up: its wheels start from now
 * @cpu: the CPU
 *
 * Return: 0.
 */
int timers_prepare_cpu(unsigned int cpu)
{
	struct timer_base *base;
	int i;

	for (i = 0; i < NR_BASES; i++) {
		base = &per_cpu(timer_bases[i], cpu);
		base->clk = jiffies;
		base->next_expiry = base->clk + NEXT_TIMER_MAX_DELTA;
		base->next_expiry_recalc = false;
		base->timers_pending = false;
		base->is_idle = false;
	}
	return 0;
}

static void migrate_timer_list(struct timer_base *new, struct hlist_head *head)
{
	struct timer_list *timer;

	while (!hlist_empty(head)) {
		timer = hlist_entry(head->first, struct timer_list, entry);
		detach_timer(timer, false);
		timer_set_flags(timer, TIMER_BASEMASK, new->cpu);
		internal_add_timer(new, timer);
	}
}

/**
 * timers_dead_cpu - take over the timers of a dead CPU
 * @cpu: the CPU
 *
 * Context: on another CPU, in hot-plug. Pinned timers move too: there is nowhere else for them.
 * Return: 0.
 */
int timers_dead_cpu(unsigned int cpu)
{
	struct timer_base *old, *new;
	int i, idx;

	for (i = 0; i < NR_BASES; i++) {
		old = &per_cpu(timer_bases[i], cpu);
		new = get_cpu_ptr(&timer_bases[i]);

		raw_spin_lock_irq(&new->lock);
		raw_spin_lock_nested(&old->lock, SINGLE_DEPTH_NESTING);
		WARN_ON_ONCE(old->running_timer);
		forward_timer_base(new);
		for (idx = 0; idx < WHEEL_SIZE; idx++)
			migrate_timer_list(new, old->vectors + idx);
		bitmap_zero(old->pending_map, WHEEL_SIZE);
		old->timers_pending = false;
		raw_spin_unlock(&old->lock);
		raw_spin_unlock_irq(&new->lock);
		put_cpu_ptr(&timer_bases);
	}
	return 0;
}

/** init_timers - make all wheels. Context: boot. */
void __init init_timers(void)
{
	int cpu, i;

	for_each_possible_cpu(cpu)
		for (i = 0; i < NR_BASES; i++)
			init_timer_base(&per_cpu(timer_bases[i], cpu), cpu);
	open_softirq(TIMER_SOFTIRQ, run_timer_softirq);
}
