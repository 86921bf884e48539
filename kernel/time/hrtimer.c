// SPDX-License-Identifier: MIT
/*
 * High resolution timers.
 *
 * Each CPU has eight queues: four clocks, each once for timers that fire in hard irq and once for
 * those that fire in softirq. A queue is a tree by expiry on its own clock; offset turns that into
 * CLOCK_MONOTONIC, in which the event device is programmed for the earliest of all.
 *
 *	hrtimer_start()		enqueue; if it is the first now, program the device
 *	hrtimer_interrupt()	run all hard timers that are due; raise the softirq for the others;
 *				program what comes next
 *
 * Before high resolution mode (and on a machine without a fit clock) the tick runs the queues.
 *
 * A timer has two times: _softexpires, when it may fire, and node.expires, when it must. The queue
 * is sorted by the second; timers whose first has passed fire along with their neighbours.
 *
 * Which base does a timer belong to? timer->base, guarded by the lock of the CPU that it leads to.
 * While a timer moves between CPUs it leads to migration_base, whose lock nobody takes:
 * lock_hrtimer_base() waits. A timer whose callback runs does not move.
 *
 * hrtimer_active() takes no lock. The callback's start and end each are a write_seqcount_barrier:
 *
 *	__run_hrtimer			hrtimer_active
 *	running = timer
 *	barrier: seq += 2		seq read
 *	state = INACTIVE		state, running read
 *	... callback ...
 *	state = ENQUEUED (restart)
 *	barrier: seq += 2		seq changed: again
 *	running = NULL
 *
 * Without it the reader could look at state after it was cleared and at running before it was set.
 *
 * Lock order: one cpu_base lock at a time; two only in hot-unplug, by a frozen machine.
 */
#include <linux/hrtimer.h>

#include <linux/bitops.h>
#include <linux/bug.h>
#include <linux/clockchips.h>
#include <linux/cpu.h>
#include <linux/errno.h>
#include <linux/export.h>
#include <linux/init.h>
#include <linux/interrupt.h>
#include <linux/kernel.h>
#include <linux/ktime.h>
#include <linux/math64.h>
#include <linux/percpu.h>
#include <linux/preempt.h>
#include <linux/printk.h>
#include <linux/sched.h>
#include <linux/smp.h>
#include <linux/spinlock.h>
#include <linux/string.h>
#include <linux/tick.h>
#include <linux/timekeeping.h>
#include <linux/timerfd.h>
#include <linux/timerqueue.h>
#include <linux/workqueue.h>

#include "tick-internal.h"
#include "timekeeping_internal.h"

#define HRTIMER_ACTIVE_HARD	((1U << HRTIMER_BASE_MONOTONIC_SOFT) - 1)
#define HRTIMER_ACTIVE_SOFT	(HRTIMER_ACTIVE_HARD << HRTIMER_BASE_MONOTONIC_SOFT)
#define HRTIMER_ACTIVE_ALL	(HRTIMER_ACTIVE_SOFT | HRTIMER_ACTIVE_HARD)

/* How often the interrupt may find that time has overtaken it, and how long it then gives up. */
#define MAX_RETRIES		3
#define MAX_HANG_NS		(100 * NSEC_PER_MSEC)

DEFINE_PER_CPU(struct hrtimer_cpu_base, hrtimer_bases) = {
	.lock = __RAW_SPIN_LOCK_UNLOCKED(hrtimer_bases.lock),
};

unsigned int hrtimer_resolution __read_mostly = HIGH_RES_NSEC;
EXPORT_SYMBOL_GPL(hrtimer_resolution);

static void retrigger_next_event(void *unused);
static DEFINE_PER_CPU(call_single_data_t, retrigger_csd) = CSD_INIT(retrigger_next_event, NULL);

static struct hrtimer_cpu_base migration_cpu_base = {
	.clock_base = { { .cpu_base = &migration_cpu_base, }, },
};
#define migration_base	migration_cpu_base.clock_base[0]

static const struct {
	clockid_t clockid;
	ktime_t (*get_time)(void);
} hrtimer_clocks[] = {
	[HRTIMER_BASE_MONOTONIC] = { CLOCK_MONOTONIC, ktime_get },
	[HRTIMER_BASE_REALTIME] = { CLOCK_REALTIME, ktime_get_real },
	[HRTIMER_BASE_BOOTTIME] = { CLOCK_BOOTTIME, ktime_get_boottime },
	[HRTIMER_BASE_TAI] = { CLOCK_TAI, ktime_get_clocktai },
};

static int hrtimer_clockid_to_base(clockid_t clock_id)
{
	int i;

	for (i = 0; i < ARRAY_SIZE(hrtimer_clocks); i++)
		if (hrtimer_clocks[i].clockid == clock_id)
			return i;
	WARN(1, "Invalid clockid %d. Using MONOTONIC\n", clock_id);
	return HRTIMER_BASE_MONOTONIC;
}

static bool hrtimer_hres_active(struct hrtimer_cpu_base *cpu_base)
{
	return cpu_base->hres_active;
}

/* ---- finding and locking a timer's base ---- */

static struct hrtimer_clock_base *lock_hrtimer_base(const struct hrtimer *timer,
						    unsigned long *flags)
	__acquires(&timer->base->cpu_base->lock)
{
	struct hrtimer_clock_base *base;

	for (;;) {
		base = READ_ONCE(timer->base);
		if (likely(base != &migration_base)) {
			raw_spin_lock_irqsave(&base->cpu_base->lock, *flags);
			if (likely(base == timer->base))
				return base;
			raw_spin_unlock_irqrestore(&base->cpu_base->lock, *flags);
		}
		cpu_relax();
	}
}

static void unlock_hrtimer_base(const struct hrtimer *timer, unsigned long *flags)
	__releases(&timer->base->cpu_base->lock)
{
	raw_spin_unlock_irqrestore(&timer->base->cpu_base->lock, *flags);
}

/* This CPU, unless it is going down and its queues have been emptied for good. */
static struct hrtimer_cpu_base *get_target_base(void)
{
	struct hrtimer_cpu_base *base = this_cpu_ptr(&hrtimer_bases);

	if (likely(base->online))
		return base;
	return &per_cpu(hrtimer_bases, cpumask_any_and(cpu_online_mask, cpu_possible_mask));
}

/* Move a timer that is not queued to the target CPU. Returns with that one's lock. */
static struct hrtimer_clock_base *switch_hrtimer_base(struct hrtimer *timer,
						      struct hrtimer_clock_base *base)
{
	struct hrtimer_clock_base *new = &get_target_base()->clock_base[base->index];

	if (base == new)
		return base;
	/* hrtimer_cancel() must find the callback where it runs. */
	if (unlikely(base->running == timer))
		return base;

	WRITE_ONCE(timer->base, &migration_base);
	raw_spin_unlock(&base->cpu_base->lock);
	raw_spin_lock(&new->cpu_base->lock);
	WRITE_ONCE(timer->base, new);
	return new;
}

/* ---- what comes next ---- */

static ktime_t hrtimer_update_base(struct hrtimer_cpu_base *base)
{
	ktime_t *real = &base->clock_base[HRTIMER_BASE_REALTIME].offset;
	ktime_t *boot = &base->clock_base[HRTIMER_BASE_BOOTTIME].offset;
	ktime_t *tai = &base->clock_base[HRTIMER_BASE_TAI].offset;
	ktime_t now = ktime_get_update_offsets_now(&base->clock_was_set_seq, real, boot, tai);

	base->clock_base[HRTIMER_BASE_REALTIME_SOFT].offset = *real;
	base->clock_base[HRTIMER_BASE_BOOTTIME_SOFT].offset = *boot;
	base->clock_base[HRTIMER_BASE_TAI_SOFT].offset = *tai;
	return now;
}

/* Expiry on CLOCK_MONOTONIC; a clock set back may make it negative. */
static ktime_t hrtimer_mono_expires(const struct hrtimer *timer)
{
	ktime_t expires = ktime_sub(hrtimer_get_expires(timer), timer->base->offset);

	return expires < 0 ? 0 : expires;
}

/* The earliest of the queues in @mask; *@first is the timer. */
static ktime_t hrtimer_first_event(struct hrtimer_cpu_base *cpu_base, unsigned int mask,
				   const struct hrtimer *exclude, struct hrtimer **first)
{
	unsigned int active = cpu_base->active_bases & mask;
	ktime_t expires, earliest = KTIME_MAX;

	*first = NULL;
	for (; active; active &= active - 1) {
		struct hrtimer_clock_base *base = &cpu_base->clock_base[__ffs(active)];
		struct timerqueue_node *next = timerqueue_getnext(&base->active);
		struct hrtimer *timer = container_of(next, struct hrtimer, node);

		if (timer == exclude) {
			next = timerqueue_iterate_next(next);
			if (!next)
				continue;
			timer = container_of(next, struct hrtimer, node);
		}
		expires = hrtimer_mono_expires(timer);
		if (expires < earliest) {
			earliest = expires;
			*first = timer;
		}
	}
	return earliest;
}

/*
 * The next event, remembered as next_timer. Soft timers count unless the softirq is on its way
 * already: it will look for the next one itself.
 */
static ktime_t hrtimer_update_next_event(struct hrtimer_cpu_base *cpu_base)
{
	ktime_t soft = KTIME_MAX, hard;
	struct hrtimer *timer;

	if (!cpu_base->softirq_activated) {
		soft = hrtimer_first_event(cpu_base, HRTIMER_ACTIVE_SOFT, NULL,
					   &cpu_base->softirq_next_timer);
		cpu_base->softirq_expires_next = soft;
	}
	hard = hrtimer_first_event(cpu_base, HRTIMER_ACTIVE_HARD, NULL, &timer);
	if (soft < hard) {
		cpu_base->next_timer = cpu_base->softirq_next_timer;
		return soft;
	}
	cpu_base->next_timer = timer;
	return hard;
}

/* Program the device of this CPU for whatever is first now. */
static void hrtimer_force_reprogram(struct hrtimer_cpu_base *cpu_base, bool skip_equal)
{
	ktime_t next = hrtimer_update_next_event(cpu_base);

	if (skip_equal && next == cpu_base->expires_next)
		return;
	cpu_base->expires_next = next;
	/* After a hang the device is set to a later time on purpose. */
	if (!hrtimer_hres_active(cpu_base) || cpu_base->hang_detected)
		return;
	tick_program_event(next, true);
}

/* @timer has become the first of its queue: is it the first of all? */
static void hrtimer_reprogram(struct hrtimer *timer)
{
	struct hrtimer_cpu_base *cpu_base = timer->base->cpu_base;
	ktime_t expires = hrtimer_mono_expires(timer);

	if (timer->is_soft) {
		if (cpu_base->softirq_activated || expires >= cpu_base->softirq_expires_next)
			return;
		cpu_base->softirq_next_timer = timer;
		cpu_base->softirq_expires_next = expires;
	}
	if (expires >= cpu_base->expires_next)
		return;
	/* A dying CPU has given the timer to another one, which must look for itself. */
	if (cpu_base != this_cpu_ptr(&hrtimer_bases)) {
		smp_call_function_single_async(cpu_base->cpu,
					       &per_cpu(retrigger_csd, cpu_base->cpu));
		return;
	}
	/* The interrupt programs the device when it is done. */
	if (cpu_base->in_hrtirq)
		return;

	cpu_base->next_timer = timer;
	cpu_base->expires_next = expires;
	if (!hrtimer_hres_active(cpu_base) || cpu_base->hang_detected)
		return;
	tick_program_event(expires, true);
}

/* ---- queueing: base lock held ---- */

static bool enqueue_hrtimer(struct hrtimer *timer, struct hrtimer_clock_base *base)
{
	base->cpu_base->active_bases |= 1 << base->index;
	WRITE_ONCE(timer->state, HRTIMER_STATE_ENQUEUED);
	return timerqueue_add(&base->active, &timer->node);
}

static void __remove_hrtimer(struct hrtimer *timer, struct hrtimer_clock_base *base, bool reprogram)
{
	struct hrtimer_cpu_base *cpu_base = base->cpu_base;
	bool was_queued = timer->state & HRTIMER_STATE_ENQUEUED;

	WRITE_ONCE(timer->state, HRTIMER_STATE_INACTIVE);
	if (!was_queued)
		return;
	if (!timerqueue_del(&base->active, &timer->node))
		cpu_base->active_bases &= ~(1 << base->index);

	/*
	 * If another CPU's device was programmed for it, that CPU takes an interrupt for nothing:
	 * cheaper than telling it.
	 */
	if (reprogram && timer == cpu_base->next_timer)
		hrtimer_force_reprogram(cpu_base, true);
}

static bool remove_hrtimer(struct hrtimer *timer, struct hrtimer_clock_base *base,
			   bool keep_programmed)
{
	bool local = base->cpu_base == this_cpu_ptr(&hrtimer_bases);

	if (!(timer->state & HRTIMER_STATE_ENQUEUED))
		return false;
	__remove_hrtimer(timer, base, local && !keep_programmed);
	return true;
}

/* ---- arming and cancelling ---- */

/* Queue it; true if the caller must program the device for it. */
static bool __hrtimer_start_range_ns(struct hrtimer *timer, ktime_t tim, u64 delta_ns,
				     enum hrtimer_mode mode, struct hrtimer_clock_base *base)
{
	struct hrtimer_cpu_base *this_base = this_cpu_ptr(&hrtimer_bases);
	struct hrtimer_clock_base *new = base;
	bool was_programmed, first;

	/*
	 * The device waits for this very timer: leave it so while the timer moves, and program
	 * once at the end instead of twice.
	 */
	was_programmed = base->cpu_base == this_base && this_base->next_timer == timer &&
			 this_base->online;
	remove_hrtimer(timer, base, was_programmed);

	if (mode & HRTIMER_MODE_REL)
		tim = ktime_add_safe(tim, base->get_time());
	hrtimer_set_expires_range_ns(timer, tim, delta_ns);

	if (!was_programmed)
		new = switch_hrtimer_base(timer, base);
	first = enqueue_hrtimer(timer, new);
	if (!was_programmed)
		return first;

	hrtimer_force_reprogram(new->cpu_base, true);
	return false;
}

/**
 * hrtimer_start_range_ns - arm a timer, replacing an earlier expiry
 * @timer: the timer
 * @tim: expiry, absolute or relative by @mode
 * @delta_ns: how much later it may be, ns
 * @mode: HRTIMER_MODE_*; soft or hard as it was set up
 *
 * Context: any but NMI.
 */
void hrtimer_start_range_ns(struct hrtimer *timer, ktime_t tim, u64 delta_ns,
			    const enum hrtimer_mode mode)
{
	struct hrtimer_clock_base *base;
	unsigned long flags;

	WARN_ON_ONCE(!timer->function);
	WARN_ON_ONCE(!!(mode & HRTIMER_MODE_SOFT) != timer->is_soft &&
		     !(mode == HRTIMER_MODE_ABS));
	base = lock_hrtimer_base(timer, &flags);
	if (__hrtimer_start_range_ns(timer, tim, delta_ns, mode, base))
		hrtimer_reprogram(timer);
	unlock_hrtimer_base(timer, &flags);
}
EXPORT_SYMBOL_GPL(hrtimer_start_range_ns);

/**
 * hrtimer_try_to_cancel - cancel a timer unless its callback is running
 * @timer: the timer
 *
 * Context: any but NMI.
 * Return: 1 if it was queued, 0 if not, -1 if it is running.
 */
int hrtimer_try_to_cancel(struct hrtimer *timer)
{
	struct hrtimer_clock_base *base;
	unsigned long flags;
	int ret = -1;

	if (!hrtimer_active(timer))
		return 0;
	base = lock_hrtimer_base(timer, &flags);
	if (!hrtimer_callback_running(timer))
		ret = remove_hrtimer(timer, base, false);
	unlock_hrtimer_base(timer, &flags);
	return ret;
}
EXPORT_SYMBOL_GPL(hrtimer_try_to_cancel);

/**
 * hrtimer_cancel - cancel a timer and wait for its callback to end
 * @timer: the timer
 *
 * Context: any but NMI and the callback; spins. The caller holds no lock that the callback takes.
 * Return: 1 if it was queued, 0 if not.
 */
int hrtimer_cancel(struct hrtimer *timer)
{
	int ret;

	while ((ret = hrtimer_try_to_cancel(timer)) < 0)
		cpu_relax();
	return ret;
}
EXPORT_SYMBOL_GPL(hrtimer_cancel);

/**
 * hrtimer_active - is a timer queued, or its callback running?
 * @timer: the timer
 *
 * See the drawing at the top.
 *
 * Context: any but NMI.
 */
bool hrtimer_active(const struct hrtimer *timer)
{
	struct hrtimer_clock_base *base;
	unsigned int seq;

	do {
		base = READ_ONCE(timer->base);
		seq = raw_read_seqcount_begin(&base->seq);
		if (READ_ONCE(timer->state) != HRTIMER_STATE_INACTIVE ||
		    READ_ONCE(base->running) == timer)
			return true;
	} while (read_seqcount_retry(&base->seq, seq) || base != READ_ONCE(timer->base));
	return false;
}
EXPORT_SYMBOL_GPL(hrtimer_active);

/**
 * hrtimer_forward - move an expiry past @now in whole intervals
 * @timer: not queued, or in its own callback
 * @now: on the timer's clock
 * @interval: ns, positive
 *
 * Return: how many intervals: 0 if it was not due, more than 1 after an overrun.
 */
u64 hrtimer_forward(struct hrtimer *timer, ktime_t now, ktime_t interval)
{
	ktime_t delta = ktime_sub(now, hrtimer_get_expires(timer));
	u64 orun = 1;

	if (delta < 0)
		return 0;
	if (WARN_ON(timer->state & HRTIMER_STATE_ENQUEUED))
		return 0;
	if (interval < hrtimer_resolution)
		interval = hrtimer_resolution;

	if (unlikely(delta >= interval)) {
		orun = ktime_divns(delta, interval);
		hrtimer_add_expires_ns(timer, interval * orun);
		if (hrtimer_get_expires(timer) > now)
			return orun;
		/* The division rounded down: one more gets past now. */
		orun++;
	}
	hrtimer_add_expires(timer, interval);
	return orun;
}
EXPORT_SYMBOL_GPL(hrtimer_forward);

/**
 * hrtimer_cb_get_time - the present on a timer's clock
 * @timer: the timer
 */
ktime_t hrtimer_cb_get_time(const struct hrtimer *timer)
{
	return hrtimer_clocks[timer->base->index % ARRAY_SIZE(hrtimer_clocks)].get_time();
}
EXPORT_SYMBOL_GPL(hrtimer_cb_get_time);

/**
 * __hrtimer_get_remaining - how long until a timer expires
 * @timer: the timer
 * @adjust: ignored
 *
 * Context: any but NMI; takes the base's lock.
 * Return: ns, negative if it is overdue.
 */
ktime_t __hrtimer_get_remaining(const struct hrtimer *timer, bool adjust)
{
	unsigned long flags;
	ktime_t rem;

	lock_hrtimer_base(timer, &flags);
	rem = hrtimer_expires_remaining(timer);
	unlock_hrtimer_base(timer, &flags);
	return rem;
}
EXPORT_SYMBOL_GPL(__hrtimer_get_remaining);

/**
 * hrtimer_next_event_without - the next event on this CPU apart from one timer
 * @exclude: that
 *
 * Context: preemption off; takes the CPU's base lock.
 * Return: ns by CLOCK_MONOTONIC; KTIME_MAX if there is none.
 */
u64 hrtimer_next_event_without(const struct hrtimer *exclude)
{
	struct hrtimer_cpu_base *cpu_base = this_cpu_ptr(&hrtimer_bases);
	struct hrtimer *timer;
	unsigned long flags;
	u64 expires = KTIME_MAX;

	raw_spin_lock_irqsave(&cpu_base->lock, flags);
	if (hrtimer_hres_active(cpu_base))
		expires = hrtimer_first_event(cpu_base, HRTIMER_ACTIVE_ALL, exclude, &timer);
	raw_spin_unlock_irqrestore(&cpu_base->lock, flags);
	return expires;
}

/**
 * hrtimer_init - prepare a timer for first use; set ->function afterwards
 * @timer: the timer
 * @clock_id: CLOCK_MONOTONIC, _REALTIME, _BOOTTIME or _TAI
 * @mode: as it will be started with
 */
void hrtimer_init(struct hrtimer *timer, clockid_t clock_id, enum hrtimer_mode mode)
{
	bool soft = mode & HRTIMER_MODE_SOFT;
	int index;

	memset(timer, 0, sizeof(*timer));
	/* A relative time is not moved by setting the clock: POSIX wants that of CLOCK_REALTIME. */
	if (clock_id == CLOCK_REALTIME && mode & HRTIMER_MODE_REL)
		clock_id = CLOCK_MONOTONIC;
	index = hrtimer_clockid_to_base(clock_id) + (soft ? HRTIMER_BASE_MONOTONIC_SOFT : 0);
	timer->is_soft = soft;
	timer->is_hard = !!(mode & HRTIMER_MODE_HARD);
	timer->base = &raw_cpu_ptr(&hrtimer_bases)->clock_base[index];
	timerqueue_init(&timer->node);
}
EXPORT_SYMBOL_GPL(hrtimer_init);

/**
 * hrtimer_setup - hrtimer_init() with the callback
 * @timer: memory for it
 * @function: called in hard irq or, as @mode says, in softirq
 * @clock_id: CLOCK_*
 * @mode: HRTIMER_MODE_*
 */
void hrtimer_setup(struct hrtimer *timer, enum hrtimer_restart (*function)(struct hrtimer *),
		   clockid_t clock_id, enum hrtimer_mode mode)
{
	hrtimer_init(timer, clock_id, mode);
	timer->function = function;
}
EXPORT_SYMBOL_GPL(hrtimer_setup);

/* ---- expiry ---- */

/* Run one callback, without the lock. The timer may be freed by it. */
static void __run_hrtimer(struct hrtimer_cpu_base *cpu_base, struct hrtimer_clock_base *base,
			  struct hrtimer *timer, unsigned long flags)
{
	enum hrtimer_restart (*fn)(struct hrtimer *) = timer->function;
	enum hrtimer_restart restart;

	WRITE_ONCE(base->running, timer);	/* hrtimer_active() looks without the lock */
	raw_write_seqcount_barrier(&base->seq);
	__remove_hrtimer(timer, base, false);

	raw_spin_unlock_irqrestore(&cpu_base->lock, flags);
	restart = fn(timer);
	raw_spin_lock_irq(&cpu_base->lock);

	/* Somebody may have started it again meanwhile: then that holds. */
	if (restart != HRTIMER_NORESTART && !(timer->state & HRTIMER_STATE_ENQUEUED))
		enqueue_hrtimer(timer, base);
	raw_write_seqcount_barrier(&base->seq);
	WARN_ON_ONCE(base->running != timer);
	WRITE_ONCE(base->running, NULL);
}

/*
 * Run what is due in the queues of @mask. The lock is held and dropped for each callback; @flags
 * say whether interrupts come on meanwhile.
 */
static void __hrtimer_run_queues(struct hrtimer_cpu_base *cpu_base, ktime_t now,
				 unsigned long flags, unsigned int mask)
{
	unsigned int active = cpu_base->active_bases & mask;

	for (; active; active &= active - 1) {
		struct hrtimer_clock_base *base = &cpu_base->clock_base[__ffs(active)];
		ktime_t basenow = ktime_add(now, base->offset);
		struct timerqueue_node *node;

		while ((node = timerqueue_getnext(&base->active))) {
			struct hrtimer *timer = container_of(node, struct hrtimer, node);

			if (basenow < hrtimer_get_softexpires(timer))
				break;
			__run_hrtimer(cpu_base, base, timer, flags);
		}
	}
}

/* HRTIMER_SOFTIRQ */
static void hrtimer_run_softirq(void)
{
	struct hrtimer_cpu_base *cpu_base = this_cpu_ptr(&hrtimer_bases);
	unsigned long flags;
	ktime_t now;

	raw_spin_lock_irqsave(&cpu_base->lock, flags);
	now = hrtimer_update_base(cpu_base);
	__hrtimer_run_queues(cpu_base, now, flags, HRTIMER_ACTIVE_SOFT);
	cpu_base->softirq_activated = 0;
	hrtimer_force_reprogram(cpu_base, true);
	raw_spin_unlock_irqrestore(&cpu_base->lock, flags);
}

static void hrtimer_check_soft(struct hrtimer_cpu_base *cpu_base, ktime_t now)
{
	if (ktime_before(now, cpu_base->softirq_expires_next))
		return;
	cpu_base->softirq_expires_next = KTIME_MAX;
	cpu_base->softirq_activated = 1;
	raise_softirq_irqoff(HRTIMER_SOFTIRQ);
}

/*
 * The callbacks take longer than the time between them. Let everything else run for as long as
 * they took, within reason.
 */
static void hrtimer_give_up(struct hrtimer_cpu_base *cpu_base, ktime_t entry_time)
{
	ktime_t now, delta;

	raw_spin_lock(&cpu_base->lock);
	now = hrtimer_update_base(cpu_base);
	cpu_base->nr_hangs++;
	cpu_base->hang_detected = 1;
	raw_spin_unlock(&cpu_base->lock);

	delta = ktime_sub(now, entry_time);
	if ((unsigned int)delta > cpu_base->max_hang_time)
		cpu_base->max_hang_time = (unsigned int)delta;
	tick_program_event(ktime_add(now, min_t(ktime_t, delta, MAX_HANG_NS)), true);
	pr_warn_once("hrtimer: interrupt took %llu ns\n", ktime_to_ns(delta));
}

/**
 * hrtimer_interrupt - event handler of the device in high resolution mode
 * @dev: this CPU's device
 *
 * Context: hard irq.
 */
void hrtimer_interrupt(struct clock_event_device *dev)
{
	struct hrtimer_cpu_base *cpu_base = this_cpu_ptr(&hrtimer_bases);
	ktime_t expires_next, now, entry_time;
	unsigned long flags;
	int retries = 0;

	BUG_ON(!cpu_base->hres_active);
	cpu_base->nr_events++;
	dev->next_event = KTIME_MAX;

	raw_spin_lock_irqsave(&cpu_base->lock, flags);
	entry_time = now = hrtimer_update_base(cpu_base);
	for (;;) {
		cpu_base->in_hrtirq = 1;
		/*
		 * Nothing is programmed: a timer that is started meanwhile on another CPU's
		 * behalf would compare with this and must find itself earlier.
		 */
		cpu_base->expires_next = KTIME_MAX;
		hrtimer_check_soft(cpu_base, now);
		__hrtimer_run_queues(cpu_base, now, flags, HRTIMER_ACTIVE_HARD);

		expires_next = hrtimer_update_next_event(cpu_base);
		cpu_base->expires_next = expires_next;
		cpu_base->in_hrtirq = 0;
		raw_spin_unlock_irqrestore(&cpu_base->lock, flags);

		if (!tick_program_event(expires_next, false)) {
			cpu_base->hang_detected = 0;
			return;
		}
		/* Due already: as if the interrupt had come again. */
		if (++retries > MAX_RETRIES)
			break;
		cpu_base->nr_retries++;
		raw_spin_lock_irqsave(&cpu_base->lock, flags);
		now = hrtimer_update_base(cpu_base);
	}
	hrtimer_give_up(cpu_base, entry_time);
}

/* ---- without high resolution ---- */

static void hrtimer_switch_to_hres(void)
{
	struct hrtimer_cpu_base *base = this_cpu_ptr(&hrtimer_bases);

	if (tick_switch_to_hres())
		return;
	base->hres_active = 1;
	tick_setup_sched_timer();
	retrigger_next_event(NULL);
}

/**
 * hrtimer_run_queues - from the tick: run the queues, or leave this mode
 *
 * Context: hard irq.
 */
void hrtimer_run_queues(void)
{
	struct hrtimer_cpu_base *cpu_base = this_cpu_ptr(&hrtimer_bases);
	unsigned long flags;
	ktime_t now;

	if (hrtimer_hres_active(cpu_base))
		return;
	if (tick_check_hres_change()) {
		hrtimer_switch_to_hres();
		return;
	}
	raw_spin_lock_irqsave(&cpu_base->lock, flags);
	now = hrtimer_update_base(cpu_base);
	hrtimer_check_soft(cpu_base, now);
	__hrtimer_run_queues(cpu_base, now, flags, HRTIMER_ACTIVE_HARD);
	/* hrtimer_reprogram() compares with it. */
	cpu_base->expires_next = hrtimer_update_next_event(cpu_base);
	raw_spin_unlock_irqrestore(&cpu_base->lock, flags);
}

/* ---- clocks that jump ---- */

/* This CPU: fetch the offsets and program anew. Interrupts off. */
static void retrigger_next_event(void *unused)
{
	struct hrtimer_cpu_base *base = this_cpu_ptr(&hrtimer_bases);

	if (!hrtimer_hres_active(base))
		return;
	raw_spin_lock(&base->lock);
	hrtimer_update_base(base);
	hrtimer_force_reprogram(base, false);
	raw_spin_unlock(&base->lock);
}

/**
 * clock_was_set - clocks jumped: look at the timers on them again, on all CPUs
 * @bases: CLOCK_SET_WALL or _BOOT
 *
 * Context: may wait for other CPUs: interrupts on.
 */
void clock_was_set(unsigned int bases)
{
	if (bases)
		on_each_cpu(retrigger_next_event, NULL, 1);
	timerfd_clock_was_set();
}

static void clock_was_set_work(struct work_struct *work)
{
	clock_was_set(CLOCK_SET_WALL);
}

static DECLARE_WORK(hrtimer_work, clock_was_set_work);

/** clock_was_set_delayed - clock_was_set() from atomic context */
void clock_was_set_delayed(void)
{
	schedule_work(&hrtimer_work);
}

/* ---- sleepers ---- */

static enum hrtimer_restart hrtimer_wakeup(struct hrtimer *timer)
{
	struct hrtimer_sleeper *t = container_of(timer, struct hrtimer_sleeper, timer);
	struct task_struct *task = t->task;

	t->task = NULL;
	if (task)
		wake_up_process(task);
	return HRTIMER_NORESTART;
}

/**
 * hrtimer_init_sleeper - make a timer that wakes current
 * @sl: memory for it; ->task is NULL once it has fired
 * @clock_id: CLOCK_*
 * @mode: HRTIMER_MODE_*
 */
void hrtimer_init_sleeper(struct hrtimer_sleeper *sl, clockid_t clock_id, enum hrtimer_mode mode)
{
	hrtimer_setup(&sl->timer, hrtimer_wakeup, clock_id, mode);
	sl->task = current;
}
EXPORT_SYMBOL_GPL(hrtimer_init_sleeper);

/**
 * hrtimer_sleeper_start_expires - start a sleeper for the expiry that is set
 * @sl: the sleeper
 * @mode: HRTIMER_MODE_ABS or _REL
 */
void hrtimer_sleeper_start_expires(struct hrtimer_sleeper *sl, enum hrtimer_mode mode)
{
	hrtimer_start_expires(&sl->timer, mode);
}
EXPORT_SYMBOL_GPL(hrtimer_sleeper_start_expires);

/* ---- hot-plug, start ---- */

/**
 * hrtimers_prepare_cpu - make a CPU's queues
 * @cpu: not up yet
 *
 * Return: 0.
 */
int hrtimers_prepare_cpu(unsigned int cpu)
{
	struct hrtimer_cpu_base *cpu_base = &per_cpu(hrtimer_bases, cpu);
	struct hrtimer_clock_base *base;
	int i;

	for (i = 0; i < HRTIMER_MAX_CLOCK_BASES; i++) {
		base = &cpu_base->clock_base[i];
		base->cpu_base = cpu_base;
		base->index = i;
		base->clockid = hrtimer_clocks[i % ARRAY_SIZE(hrtimer_clocks)].clockid;
		base->get_time = hrtimer_clocks[i % ARRAY_SIZE(hrtimer_clocks)].get_time;
		seqcount_raw_spinlock_init(&base->seq, &cpu_base->lock);
		timerqueue_init_head(&base->active);
	}
	cpu_base->cpu = cpu;
	return 0;
}

/* The queues are empty. */
static void forget_next_event(struct hrtimer_cpu_base *cpu_base)
{
	cpu_base->next_timer = NULL;
	cpu_base->softirq_next_timer = NULL;
	cpu_base->expires_next = KTIME_MAX;
	cpu_base->softirq_expires_next = KTIME_MAX;
	cpu_base->softirq_activated = 0;
}

/**
 * hrtimers_cpu_starting - a CPU's queues open
 * @cpu: this one
 *
 * Context: hot-plug callback, interrupts off.
 * Return: 0.
 */
int hrtimers_cpu_starting(unsigned int cpu)
{
	struct hrtimer_cpu_base *cpu_base = this_cpu_ptr(&hrtimer_bases);

	cpu_base->active_bases = 0;
	cpu_base->hres_active = 0;
	cpu_base->hang_detected = 0;
	forget_next_event(cpu_base);
	cpu_base->online = 1;
	return 0;
}

static void migrate_hrtimer_list(struct hrtimer_clock_base *old, struct hrtimer_clock_base *new)
{
	struct timerqueue_node *node;

	while ((node = timerqueue_getnext(&old->active))) {
		struct hrtimer *timer = container_of(node, struct hrtimer, node);

		BUG_ON(hrtimer_callback_running(timer));
		__remove_hrtimer(timer, old, false);
		timer->base = new;
		enqueue_hrtimer(timer, new);
	}
}

/**
 * hrtimers_cpu_dying - give this CPU's timers to another one
 * @dying_cpu: this CPU
 *
 * Context: stop_machine(), interrupts off everywhere.
 * Return: 0.
 */
int hrtimers_cpu_dying(unsigned int dying_cpu)
{
	struct hrtimer_cpu_base *old = this_cpu_ptr(&hrtimer_bases);
	unsigned int i, target = cpumask_any_but(cpu_online_mask, dying_cpu);
	struct hrtimer_cpu_base *new = &per_cpu(hrtimer_bases, target);

	raw_spin_lock(&old->lock);
	raw_spin_lock_nested(&new->lock, SINGLE_DEPTH_NESTING);
	for (i = 0; i < HRTIMER_MAX_CLOCK_BASES; i++)
		migrate_hrtimer_list(&old->clock_base[i], &new->clock_base[i]);
	/*
	 * Soft timers that were due go with them: the other CPU's next look finds them. This CPU's
	 * alarm may ring once more, when the machine goes on: hres_active stays for its handler.
	 */
	old->online = 0;
	forget_next_event(old);
	raw_spin_unlock(&new->lock);
	raw_spin_unlock(&old->lock);

	smp_call_function_single_async(target, &per_cpu(retrigger_csd, target));
	return 0;
}

/** hrtimers_init - make all queues. Context: boot CPU, interrupts off. */
void __init hrtimers_init(void)
{
	unsigned int cpu;

	for_each_possible_cpu(cpu) {
		raw_spin_lock_init(&per_cpu(hrtimer_bases, cpu).lock);
		hrtimers_prepare_cpu(cpu);
		INIT_CSD(&per_cpu(retrigger_csd, cpu), retrigger_next_event, NULL);
	}
	hrtimers_cpu_starting(smp_processor_id());
	open_softirq(HRTIMER_SOFTIRQ, hrtimer_run_softirq);
}
