// SPDX-License-Identifier: MIT
/*
 * Watching that every CPU gets round to tasks (soft lockup) and to interrupts (hard lockup).
 *
 * Each CPU has a timer (an hrtimer, in hard interrupt context) that fires five times in the time
 * that may pass, and:
 *
 *	1  counts: "my interrupts work" (beats)
 *	2  asks the CPU's stopper, the most urgent of all tasks, to run and note the time. If the
 *	   last note is older than twice the threshold, nothing but one task has run: a soft lockup,
 *	   and it is this task, at the interrupted instruction. Five ticks must have asked in vain,
 *	   too: a virtual CPU that its host stopped for as long finds one tick when it goes on, and
 *	   no task of it had a chance meanwhile
 *	3  every third time looks at the next CPU's count. If that stands still since the last look,
 *	   that CPU takes no interrupts: a hard lockup, found by its buddy. One who was kept from
 *	   ticking himself for a whole period accuses nobody: a host may have stopped all virtual
 *	   CPUs, and who of them goes on first is chance. His next look only takes down the count
 *
 *	CPU 0 -> CPU 1 -> CPU 2 -> CPU 3 -> CPU 0		who watches whom
 *
 * CPUs that come late or go shift the ring: the watcher then looks at another one, whose last count
 * it doesn't know; so a changed buddy gets one round of grace. One that went and came back between
 * two looks has counted its coming, however little time it had to tick since.
 *
 * The thresholds are in seconds (watchdog_thresh=, ten by default) and kept in milliseconds, for
 * tests to be quick. A report that a test planted doesn't taint or panic.
 */

#include <linux/nmi.h>

#include <linux/completion.h>
#include <linux/cpu.h>
#include <linux/cpuhotplug.h>
#include <linux/cpumask.h>
#include <linux/export.h>
#include <linux/hrtimer.h>
#include <linux/init.h>
#include <linux/irqflags.h>
#include <linux/kernel.h>
#include <linux/lockdep.h>
#include <linux/module.h>
#include <linux/mutex.h>
#include <linux/panic.h>
#include <linux/percpu.h>
#include <linux/printk.h>
#include <linux/report.h>
#include <linux/sched.h>
#include <linux/sched/clock.h>
#include <linux/sched/debug.h>
#include <linux/smp.h>
#include <linux/stop_machine.h>
#include <linux/sysctl.h>
#include <linux/tick.h>
#include <linux/timekeeping.h>

#include <asm/irq_regs.h>
#include <asm/ptrace.h>

#include "watchdog.h"

int watchdog_thresh = 10;
int watchdog_user_enabled = 1;
unsigned int softlockup_panic;
unsigned int hardlockup_panic;

/* The threshold in force, ms. Soft lockups take twice as long. */
static unsigned int thresh_ms;

#define SAMPLES_PER_SOFT	5	/* timer ticks in the time of a soft lockup */
#define SAMPLES_PER_LOOK	3	/* ticks between two looks at the buddy */

/* Written by its CPU alone, but for what is marked. */
struct cpu_watch {
	struct hrtimer	timer;
	bool		running;
	unsigned int	beats;		/* ticks and arrivals; read by the watcher */
	unsigned long	touched_ms;	/* when the stopper ran last; 0: now, please (any CPU) */
	unsigned int	unanswered;	/* ticks since then */
	bool		soft_reported;	/* this lockup has been */
	struct cpu_stop_work stop_work;
	atomic_t	stop_busy;	/* the stopper has been asked and hasn't run */

	/* As a watcher. */
	int		buddy;		/* whom, -1: nobody yet */
	unsigned int	buddy_beats;	/* its count at the last look */
	unsigned int	looks;		/* so far; a test waits for one */
	bool		hard_reported;
	int		hard_touched;	/* touch_nmi_watchdog() on the buddy's side */
};

static DEFINE_PER_CPU(struct cpu_watch, cpu_watch);

static int __init watchdog_thresh_setup(char *str)
{
	return str ? kstrtoint(str, 0, &watchdog_thresh) == 0 : 0;
}
__setup("watchdog_thresh=", watchdog_thresh_setup);

static int __init nowatchdog_setup(char *str)
{
	watchdog_user_enabled = 0;
	return 1;
}
__setup("nowatchdog", nowatchdog_setup);

static int __init softlockup_panic_setup(char *str)
{
	return str ? kstrtouint(str, 0, &softlockup_panic) == 0 : 0;
}
__setup("softlockup_panic=", softlockup_panic_setup);

static int __init hardlockup_panic_setup(char *str)
{
	return str ? kstrtouint(str, 0, &hardlockup_panic) == 0 : 0;
}
__setup("hardlockup_panic=", hardlockup_panic_setup);

/* Never zero, which stands for "touched". */
static unsigned long now_ms(void)
{
	return (unsigned long)(local_clock() / 1000000) ? : 1;
}

static ktime_t sample_period(void)
{
	return ns_to_ktime((u64)READ_ONCE(thresh_ms) * 2 * 1000000 / SAMPLES_PER_SOFT);
}

/* ---- being touched ------------------------------------------------------------------ */

/**
 * touch_softlockup_watchdog() - this CPU is slow, not stuck: begin to count anew
 *
 * Context: Any. For code that is known to keep a CPU for long.
 */
void touch_softlockup_watchdog(void)
{
	raw_cpu_write(cpu_watch.touched_ms, 0);
}
EXPORT_SYMBOL(touch_softlockup_watchdog);

/**
 * touch_all_softlockup_watchdogs() - all CPUs are slow, not stuck: begin to count anew
 *
 * Context: any.
 */
void touch_all_softlockup_watchdogs(void)
{
	int cpu;

	for_each_online_cpu(cpu)
		WRITE_ONCE(per_cpu(cpu_watch, cpu).touched_ms, 0);
}

/**
 * touch_nmi_watchdog() - touch_softlockup_watchdog() for both watchdogs: interrupts are off
 * for long
 *
 * Context: Any.
 */
void touch_nmi_watchdog(void)
{
	raw_cpu_write(cpu_watch.hard_touched, 1);
	touch_softlockup_watchdog();
}
EXPORT_SYMBOL(touch_nmi_watchdog);

/* ---- hard lockups -------------------------------------------------------------------- */

/* Was the CPU deaf, or was there nothing to hear? */
static void tell_when_due(unsigned int cpu)
{
	ktime_t now = ktime_get();
	s64 timer = ktime_ms_delta(now, hrtimer_get_expires(&per_cpu(cpu_watch, cpu).timer));
	s64 event = ktime_ms_delta(now, tick_next_event(cpu));

	pr_emerg("watchdog: its timer was due %lld ms ago, its clock's next event %lld ms ago\n",
		 timer,
		 event);
}

static void report_hard_lockup(unsigned int cpu, struct pt_regs *regs)
{
	enum report_verdict verdict = report_begin(REPORT_LOCKUP, "hard lockup");

	pr_emerg("watchdog: Watchdog detected hard LOCKUP on cpu %u\n", cpu);
	tell_when_due(cpu);
	print_modules();
	print_irqtrace_events(current);
	if (cpu == smp_processor_id()) {
		if (regs)
			show_regs(regs);
		else
			dump_stack();
	} else if (!trigger_single_cpu_backtrace(cpu)) {
		pr_emerg("watchdog: no way to ask it for its stack\n");
	}
	if (verdict == REPORT_REAL && hardlockup_panic)
		nmi_panic(regs, "Hard LOCKUP");
}

/**
 * watchdog_hardlockup_check() - has a CPU ticked since the last look?
 * @cpu: the CPU, this one's buddy
 * @regs: if it is this CPU, its registers
 *
 * Context: Interrupts off.
 */
void watchdog_hardlockup_check(unsigned int cpu, struct pt_regs *regs)
{
	struct cpu_watch *me = this_cpu_ptr(&cpu_watch);
	struct cpu_watch *watch = &per_cpu(cpu_watch, cpu);
	unsigned int beats = READ_ONCE(watch->beats);
	bool new_buddy = me->buddy != cpu;
	bool stuck = !new_buddy && beats == me->buddy_beats;

	me->buddy = cpu;
	me->buddy_beats = beats;
	WRITE_ONCE(me->looks, me->looks + 1);
	if (READ_ONCE(watch->hard_touched)) {
		WRITE_ONCE(watch->hard_touched, 0);
		stuck = false;
	}
	if (stuck && !me->hard_reported)
		report_hard_lockup(cpu, regs);
	me->hard_reported = stuck;
}

/* The next CPU on whose timer is running, or our own number if there is none. */
static int next_watched_cpu(int self)
{
	int cpu;

	for_each_cpu_wrap(cpu, cpu_online_mask, self + 1) {
		if (cpu == self || READ_ONCE(per_cpu(cpu_watch, cpu).running))
			return cpu;
	}
	return self;
}

static void look_at_buddy(struct cpu_watch *me)
{
	int self = smp_processor_id();
	int buddy;

	if (me->beats % SAMPLES_PER_LOOK)
		return;
	buddy = next_watched_cpu(self);
	if (buddy != self)
		watchdog_hardlockup_check(buddy, NULL);
}

/* ---- soft lockups -------------------------------------------------------------------- */

/* The stopper, on the watched CPU: whoever is behind all tasks has had its turn. */
static int note_that_tasks_run(void *data)
{
	struct cpu_watch *watch = this_cpu_ptr(&cpu_watch);

	WRITE_ONCE(watch->touched_ms, now_ms());
	WRITE_ONCE(watch->unanswered, 0);
	watch->soft_reported = false;
	atomic_set_release(&watch->stop_busy, 0);
	return 0;
}

static void ask_stopper(struct cpu_watch *watch)
{
	/* The work is ours again once the stopper has run. */
	if (atomic_cmpxchg_acquire(&watch->stop_busy, 0, 1))
		return;
	if (!stop_one_cpu_nowait(smp_processor_id(), note_that_tasks_run, NULL, &watch->stop_work))
		atomic_set(&watch->stop_busy, 0);
}

static void report_soft_lockup(unsigned long for_ms)
{
	enum report_verdict verdict = report_begin(REPORT_LOCKUP, "soft lockup");
	struct pt_regs *regs = get_irq_regs();

	pr_emerg("watchdog: BUG: soft lockup - CPU#%d stuck for %lus! [%s:%d]\n",
		 smp_processor_id(), for_ms / 1000, current->comm, task_pid_nr(current));
	print_modules();
	print_irqtrace_events(current);
	if (regs)
		show_regs(regs);
	else
		dump_stack();
	if (verdict == REPORT_EXPECTED)
		return;
	add_taint(TAINT_SOFTLOCKUP, LOCKDEP_STILL_OK);
	if (softlockup_panic)
		panic("softlockup: hung tasks");
}

static void check_soft(struct cpu_watch *watch)
{
	unsigned long touched = READ_ONCE(watch->touched_ms), now = now_ms();

	if (!touched) {
		WRITE_ONCE(watch->touched_ms, now);
		WRITE_ONCE(watch->unanswered, 0);
		return;
	}
	if (watch->soft_reported || now - touched <= 2UL * READ_ONCE(thresh_ms) || now < touched ||
	    watch->unanswered < SAMPLES_PER_SOFT)
		return;
	watch->soft_reported = true;
	report_soft_lockup(now - touched);
}

/* Has this tick come a whole period after its time? */
static bool comes_late(const struct hrtimer *tick)
{
	return ktime_after(ktime_get(), ktime_add(hrtimer_get_expires(tick), sample_period()));
}

static enum hrtimer_restart watchdog_tick(struct hrtimer *timer)
{
	struct cpu_watch *watch = this_cpu_ptr(&cpu_watch);

	if (comes_late(timer))
		watch->buddy = -1;
	WRITE_ONCE(watch->beats, watch->beats + 1);
	check_soft(watch);
	WRITE_ONCE(watch->unanswered, watch->unanswered + 1);
	ask_stopper(watch);
	look_at_buddy(watch);
	hrtimer_forward_now(timer, sample_period());
	return HRTIMER_RESTART;
}

/**
 * watchdog_looks() - how often has a CPU looked at its buddy?
 * @cpu: the watcher
 */
unsigned int watchdog_looks(unsigned int cpu)
{
	return READ_ONCE(per_cpu(cpu_watch, cpu).looks);
}

/* ---- starting and stopping ------------------------------------------------------------- */

/**
 * watchdog_running() - is this machine watched at all?
 */
bool watchdog_running(void)
{
	return watchdog_user_enabled && thresh_ms;
}

static void start_here(void)
{
	struct cpu_watch *watch = this_cpu_ptr(&cpu_watch);

	watch->buddy = -1;
	watch->soft_reported = false;
	watch->hard_reported = false;
	watch->unanswered = 0;
	WRITE_ONCE(watch->touched_ms, now_ms());
	WRITE_ONCE(watch->beats, watch->beats + 1);
	hrtimer_setup(&watch->timer, watchdog_tick, CLOCK_MONOTONIC, HRTIMER_MODE_REL_PINNED_HARD);
	hrtimer_start(&watch->timer, sample_period(), HRTIMER_MODE_REL_PINNED_HARD);
	WRITE_ONCE(watch->running, true);
}

/**
 * lockup_detector_online_cpu() - this CPU has come up: watch it
 * @cpu: this CPU
 *
 * Context: Its hot-plug thread.
 * Return: 0.
 */
int lockup_detector_online_cpu(unsigned int cpu)
{
	if (watchdog_running())
		start_here();
	return 0;
}

/**
 * lockup_detector_offline_cpu() - this CPU goes down: its timer doesn't wait to be migrated
 * @cpu: this CPU
 *
 * Context: Its hot-plug thread.
 * Return: 0.
 */
int lockup_detector_offline_cpu(unsigned int cpu)
{
	struct cpu_watch *watch = this_cpu_ptr(&cpu_watch);

	if (!watch->running)
		return 0;
	WRITE_ONCE(watch->running, false);
	hrtimer_cancel(&watch->timer);
	/* The stopper may still have our work; it runs before this thread lets the CPU go. */
	while (atomic_read_acquire(&watch->stop_busy))
		schedule_timeout_uninterruptible(1);
	return 0;
}

/* By IPI, so that the timer's function isn't running here meanwhile. */
static void restart_here(void *unused)
{
	struct cpu_watch *watch = this_cpu_ptr(&cpu_watch);

	if (!watchdog_running()) {
		if (watch->running)
			hrtimer_try_to_cancel(&watch->timer);
		WRITE_ONCE(watch->running, false);
	} else if (!watch->running) {
		start_here();
	} else {
		watch->buddy = -1;
		WRITE_ONCE(watch->touched_ms, now_ms());
		hrtimer_start(&watch->timer, sample_period(), HRTIMER_MODE_REL_PINNED_HARD);
	}
}

/**
 * watchdog_set_thresh_ms() - change the threshold, for all CPUs at once
 * @ms: of a hard lockup; a soft one takes twice that; 0: what watchdog_thresh= says
 *
 * Context: Task. May sleep.
 */
void watchdog_set_thresh_ms(unsigned int ms)
{
	cpus_read_lock();
	WRITE_ONCE(thresh_ms, ms ? ms : watchdog_thresh * 1000);
	on_each_cpu(restart_here, NULL, 1);
	cpus_read_unlock();
}

/**
 * proc_watchdog - the handler of kernel.watchdog and kernel.watchdog_thresh; 0 turns it off
 */
int proc_watchdog(const struct ctl_table *table, int write, void *buffer, size_t *lenp,
		  loff_t *ppos)
{
	static DEFINE_MUTEX(lock);
	int err;

	mutex_lock(&lock);
	err = proc_dointvec_minmax(table, write, buffer, lenp, ppos);
	if (!err && write)
		watchdog_set_thresh_ms(0);
	mutex_unlock(&lock);
	return err;
}

/**
 * lockup_detector_init() - begin to watch
 *
 * Context: Boot, before the other CPUs come up.
 */
void __init lockup_detector_init(void)
{
	int err;

	watchdog_thresh = clamp(watchdog_thresh, 0, 3600);
	thresh_ms = watchdog_thresh * 1000;
	err = cpuhp_setup_state(CPUHP_AP_WATCHDOG_ONLINE, "watchdog:online",
				lockup_detector_online_cpu, lockup_detector_offline_cpu);
	if (err < 0)
		pr_warn("watchdog: not running: %d\n", err);
}
