// SPDX-License-Identifier: MIT
/*
 * Softirqs: the second half of interrupts, and tasklets on top.
 *
 * A hard irq handler raises a softirq, a bit in a per-CPU word; the softirq runs on the same CPU,
 * with interrupts on, when
 *
 *	the outermost hard irq ends			irq_exit_rcu()
 *	bottom halves are enabled again			local_bh_enable()
 *	ksoftirqd/N gets the CPU			after too many rounds, or raised by a task
 *
 * On one CPU softirqs don't nest; the same one may run on several CPUs at once. in preempt_count,
 * SOFTIRQ_OFFSET says "serving a softirq", each local_bh_disable() adds 2 * SOFTIRQ_OFFSET: both
 * make in_softirq() true, the first only in_serving_softirq().
 *
 * A softirq that raises itself again and again must not keep tasks from running for ever: after
 * MAX_SOFTIRQ_TIME or MAX_SOFTIRQ_RESTART rounds, or when somebody waits for the CPU, the rest is
 * left to ksoftirqd, a thread that the scheduler shares out the CPU with.
 */
#include <linux/interrupt.h>

#include <linux/atomic.h>
#include <linux/bug.h>
#include <linux/context_tracking.h>
#include <linux/cpu.h>
#include <linux/cpuhotplug.h>
#include <linux/export.h>
#include <linux/hardirq.h>
#include <linux/init.h>
#include <linux/jiffies.h>
#include <linux/kernel.h>
#include <linux/kthread.h>
#include <linux/percpu.h>
#include <linux/preempt.h>
#include <linux/printk.h>
#include <linux/rcupdate.h>
#include <linux/sched.h>
#include <linux/smp.h>
#include <linux/smpboot.h>
#include <linux/tick.h>
#include <linux/wait_bit.h>

#include <asm/irq_regs.h>
#include <asm/softirq_stack.h>

#define MAX_SOFTIRQ_TIME	msecs_to_jiffies(2)
#define MAX_SOFTIRQ_RESTART	10

#ifdef GENERIC_IRQ_STAT
DEFINE_PER_CPU_ALIGNED(irq_cpustat_t, irq_stat);
EXPORT_PER_CPU_SYMBOL(irq_stat);
#endif

#ifndef ARCH_HAS_OWN_IRQ_REGS
DEFINE_PER_CPU(struct pt_regs *, __irq_regs);
EXPORT_PER_CPU_SYMBOL(__irq_regs);
#endif

static struct softirq_action softirq_vec[NR_SOFTIRQS] __cacheline_aligned_in_smp;
DEFINE_PER_CPU(struct task_struct *, ksoftirqd);
static DEFINE_PER_CPU(unsigned int [NR_SOFTIRQS], softirq_counts);

const char * const softirq_to_name[NR_SOFTIRQS] = {
	"HI", "TIMER", "NET_TX", "NET_RX", "BLOCK", "IRQ_POLL",
	"TASKLET", "SCHED", "HRTIMER", "RCU"
};

/**
 * kstat_softirqs_cpu - how often a softirq ran on a CPU
 * @softirq: HI_SOFTIRQ, ...
 * @cpu: the CPU
 */
unsigned int kstat_softirqs_cpu(unsigned int softirq, int cpu)
{
	return READ_ONCE(per_cpu(softirq_counts, cpu)[softirq]);
}

static void wakeup_softirqd(void)
{
	struct task_struct *tsk = __this_cpu_read(ksoftirqd);

	if (tsk)
		wake_up_process(tsk);
}

/* ---- bottom halves off and on ---- */

/**
 * __local_bh_disable_ip - no softirqs on this CPU from here on
 * @ip: who asks, for lockdep
 * @cnt: SOFTIRQ_DISABLE_OFFSET, or SOFTIRQ_LOCK_OFFSET with a lock's preempt_disable() in it
 */
void __local_bh_disable_ip(unsigned long ip, unsigned int cnt)
{
	unsigned long flags;

	WARN_ON_ONCE(in_hardirq());
	/*
	 * In one piece for lockdep: an interrupt between the count and the note would see a state
	 * that does not exist.
	 */
	raw_local_irq_save(flags);
	__preempt_count_add(cnt);
	if (softirq_count() == (cnt & SOFTIRQ_MASK))
		lockdep_softirqs_off(ip);
	raw_local_irq_restore(flags);
}
EXPORT_SYMBOL(__local_bh_disable_ip);

static void __local_bh_enable(unsigned int cnt)
{
	lockdep_assert_irqs_disabled();
	if (softirq_count() == (cnt & SOFTIRQ_MASK))
		lockdep_softirqs_on(_RET_IP_);
	__preempt_count_sub(cnt);
}

/** _local_bh_enable - enable without running what is pending; interrupts are off */
void _local_bh_enable(void)
{
	WARN_ON_ONCE(in_hardirq());
	__local_bh_enable(SOFTIRQ_DISABLE_OFFSET);
}
EXPORT_SYMBOL(_local_bh_enable);

/**
 * __local_bh_enable_ip - undo __local_bh_disable_ip(), running what was raised meanwhile
 * @ip: who asks
 * @cnt: as given there
 *
 * Context: interrupts on.
 */
void __local_bh_enable_ip(unsigned long ip, unsigned int cnt)
{
	WARN_ON_ONCE(in_hardirq());
	lockdep_assert_irqs_enabled();
#ifdef CONFIG_TRACE_IRQFLAGS
	local_irq_disable();
#endif
	if (softirq_count() == SOFTIRQ_DISABLE_OFFSET)
		lockdep_softirqs_on(ip);
	/* All but one: softirqs run below with preemption still off. */
	__preempt_count_sub(cnt - 1);
	if (unlikely(!in_interrupt() && local_softirq_pending()))
		do_softirq();
	preempt_count_dec();
#ifdef CONFIG_TRACE_IRQFLAGS
	local_irq_enable();
#endif
	preempt_check_resched();
}
EXPORT_SYMBOL(__local_bh_enable_ip);

static void softirq_handle_begin(void)
{
	__local_bh_disable_ip(_RET_IP_, SOFTIRQ_OFFSET);
}

static void softirq_handle_end(void)
{
	__local_bh_enable(SOFTIRQ_OFFSET);
	WARN_ON_ONCE(in_interrupt());
}

/* ---- serving ---- */

/* A handler that leaves the preempt count changed is named, and the count put right. */
static void run_one_softirq(unsigned int nr)
{
	int before = preempt_count();

	__this_cpu_inc(softirq_counts[nr]);
	softirq_vec[nr].action();
	if (unlikely(before != preempt_count())) {
		pr_err("BUG: softirq %s (%ps) returned with preempt_count 0x%x, was 0x%x\n",
		       softirq_to_name[nr], softirq_vec[nr].action, preempt_count(), before);
		preempt_count_set(before);
	}
}

/*
 * lockdep should take softirqs at the end of a hard irq for what they are: not in hard irq
 * context any more. Returns what lockdep_softirq_end() wants.
 */
static inline bool lockdep_softirq_start(void)
{
	bool in_hardirq = false;

	if (lockdep_hardirq_context()) {
		in_hardirq = true;
		lockdep_hardirq_exit();
	}
	lockdep_softirq_enter();
	return in_hardirq;
}

static inline void lockdep_softirq_end(bool in_hardirq)
{
	lockdep_softirq_exit();
	if (in_hardirq)
		lockdep_hardirq_enter();
}

/* @ksirqd: called by the thread, which yields by itself. */
static void handle_softirqs(bool ksirqd)
{
	unsigned long end = jiffies + MAX_SOFTIRQ_TIME;
	unsigned long old_flags = current->flags;
	int rounds = MAX_SOFTIRQ_RESTART;
	bool in_hardirq;
	u32 pending;

	/* Memory that was promised to the interrupted task is not for us. */
	current->flags &= ~PF_MEMALLOC;
	pending = local_softirq_pending();
	softirq_handle_begin();
	in_hardirq = lockdep_softirq_start();

	for (;;) {
		/* Before interrupts come on: what is raised from here on is for the next round. */
		set_softirq_pending(0);
		local_irq_enable();
		while (pending) {
			unsigned int nr = __ffs(pending);

			pending &= pending - 1;
			run_one_softirq(nr);
		}
		if (ksirqd)
			rcu_softirq_qs();
		local_irq_disable();

		pending = local_softirq_pending();
		if (!pending)
			break;
		if (time_after_eq(jiffies, end) || need_resched() || !--rounds) {
			wakeup_softirqd();
			break;
		}
	}

	lockdep_softirq_end(in_hardirq);
	softirq_handle_end();
	current->flags = (current->flags & ~PF_MEMALLOC) | (old_flags & PF_MEMALLOC);
}

/**
 * __do_softirq - what do_softirq_own_stack() calls: run what is pending
 *
 * Context: interrupts off, softirqs pending; interrupts are on while handlers run.
 */
asmlinkage __visible void __softirq_entry __do_softirq(void)
{
	handle_softirqs(false);
}

/** do_softirq - run what is pending, on the interrupt stack */
asmlinkage __visible void do_softirq(void)
{
	unsigned long flags;

	if (in_interrupt())
		return;
	local_irq_save(flags);
	if (local_softirq_pending())
		do_softirq_own_stack();
	local_irq_restore(flags);
}

/*
 * The end of the outermost hard irq. On a machine whose interrupts run on their own stack that
 * one is empty now, so softirqs go on here.
 */
static void invoke_softirq(void)
{
#ifdef __ARCH_IRQ_EXIT_ON_IRQ_STACK
	handle_softirqs(false);
#else
	do_softirq_own_stack();
#endif
}

/* ---- hard irqs come and go ---- */

/**
 * irq_enter_rcu - a hard irq begins; RCU knows already
 *
 * Context: interrupts off.
 */
void irq_enter_rcu(void)
{
	__irq_enter_raw();
	if (is_idle_task(current) && (irq_count() & (HARDIRQ_MASK | NMI_MASK)) == HARDIRQ_OFFSET)
		tick_irq_enter();
}

/** irq_enter - irq_enter_rcu() for entry code that leaves RCU to us */
void irq_enter(void)
{
	ct_irq_enter();
	irq_enter_rcu();
}

static void tick_irq_exit(void)
{
	if (is_idle_task(current) && !need_resched() && !in_hardirq())
		tick_nohz_irq_exit();
}

static void __irq_exit_rcu(void)
{
	lockdep_assert_irqs_disabled();
	preempt_count_sub(HARDIRQ_OFFSET);
	if (!in_interrupt() && local_softirq_pending())
		invoke_softirq();
	tick_irq_exit();
}

/**
 * irq_exit_rcu - a hard irq ends: run softirqs if it is the outermost
 *
 * Context: interrupts off, and again on return.
 */
void irq_exit_rcu(void)
{
	__irq_exit_rcu();
	lockdep_hardirq_exit();
}

/** irq_exit - irq_exit_rcu() for entry code that leaves RCU to us */
void irq_exit(void)
{
	__irq_exit_rcu();
	ct_irq_exit();
	lockdep_hardirq_exit();
}

/* ---- raising ---- */

/**
 * __raise_softirq_irqoff - set a softirq's bit only; who runs it is the caller's affair
 * @nr: HI_SOFTIRQ, ...
 *
 * Context: interrupts off.
 */
void __raise_softirq_irqoff(unsigned int nr)
{
	lockdep_assert_irqs_disabled();
	or_softirq_pending(1UL << nr);
}

/**
 * raise_softirq_irqoff - have a softirq run on this CPU
 * @nr: which
 *
 * In a task nothing ends soon that would run it, so the thread is woken.
 * Context: interrupts off.
 */
void raise_softirq_irqoff(unsigned int nr)
{
	__raise_softirq_irqoff(nr);
	if (!in_interrupt())
		wakeup_softirqd();
}

/**
 * raise_softirq - raise_softirq_irqoff() with interrupts in any state
 * @nr: HI_SOFTIRQ, ...
 *
 * Context: any but NMI.
 */
void raise_softirq(unsigned int nr)
{
	unsigned long flags;

	local_irq_save(flags);
	raise_softirq_irqoff(nr);
	local_irq_restore(flags);
}

/** open_softirq - say what a softirq does. Context: boot. */
void open_softirq(int nr, void (*action)(void))
{
	softirq_vec[nr].action = action;
}

/* ---- tasklets ---- */

/* A CPU's waiting tasklets, in order. The CPU itself changes it, interrupts off. */
struct tasklet_head {
	struct tasklet_struct *head;
	struct tasklet_struct **tail;
};

static DEFINE_PER_CPU(struct tasklet_head, tasklet_vec);
static DEFINE_PER_CPU(struct tasklet_head, tasklet_hi_vec);

static void tasklet_queue(struct tasklet_struct *t, struct tasklet_head __percpu *headp,
			  unsigned int softirq_nr)
{
	struct tasklet_head *head;
	unsigned long flags;

	local_irq_save(flags);
	head = this_cpu_ptr(headp);
	t->next = NULL;
	*head->tail = t;
	head->tail = &t->next;
	raise_softirq_irqoff(softirq_nr);
	local_irq_restore(flags);
}

/**
 * __tasklet_schedule - the function under tasklet_schedule()
 * @t: the tasklet; the caller has set TASKLET_STATE_SCHED, which was clear
 *
 * Context: any but NMI.
 */
void __tasklet_schedule(struct tasklet_struct *t)
{
	tasklet_queue(t, &tasklet_vec, TASKLET_SOFTIRQ);
}
EXPORT_SYMBOL(__tasklet_schedule);

/**
 * __tasklet_hi_schedule - the function under tasklet_hi_schedule(), which goes before all others
 * @t: the tasklet; the caller has set TASKLET_STATE_SCHED, which was clear
 *
 * Context: any but NMI.
 */
void __tasklet_hi_schedule(struct tasklet_struct *t)
{
	tasklet_queue(t, &tasklet_hi_vec, HI_SOFTIRQ);
}
EXPORT_SYMBOL(__tasklet_hi_schedule);

/* Clear SCHED, so that it may be scheduled again from here on, and wake tasklet_kill(). */
static bool tasklet_clear_sched(struct tasklet_struct *t)
{
	if (test_and_clear_wake_up_bit(TASKLET_STATE_SCHED, &t->state))
		return true;
	WARN_ONCE(1, "tasklet SCHED state not set: %s %pS\n",
		  t->use_callback ? "callback" : "func",
		  t->use_callback ? (void *)t->callback : (void *)t->func);
	return false;
}

/* Run one if it is neither disabled nor running elsewhere. */
static bool tasklet_try_run(struct tasklet_struct *t)
{
	if (!tasklet_trylock(t))
		return false;
	if (atomic_read(&t->count)) {
		tasklet_unlock(t);
		return false;
	}
	if (tasklet_clear_sched(t)) {
		if (t->use_callback)
			t->callback(t);
		else
			t->func(t->data);
	}
	tasklet_unlock(t);
	return true;
}

static void tasklet_action_common(struct tasklet_head *head, unsigned int softirq_nr)
{
	struct tasklet_struct *list, *t;

	local_irq_disable();
	list = head->head;
	head->head = NULL;
	head->tail = &head->head;
	local_irq_enable();

	while (list) {
		t = list;
		list = list->next;
		if (tasklet_try_run(t))
			continue;
		/* Not now: back to the end of the list, for the next round. */
		local_irq_disable();
		t->next = NULL;
		*head->tail = t;
		head->tail = &t->next;
		__raise_softirq_irqoff(softirq_nr);
		local_irq_enable();
	}
}

static void tasklet_action(void)
{
	tasklet_action_common(this_cpu_ptr(&tasklet_vec), TASKLET_SOFTIRQ);
}

static void tasklet_hi_action(void)
{
	tasklet_action_common(this_cpu_ptr(&tasklet_hi_vec), HI_SOFTIRQ);
}

/**
 * tasklet_setup - make a tasklet
 * @t: memory for it
 * @callback: gets @t; runs in softirq, never on two CPUs at a time
 */
void tasklet_setup(struct tasklet_struct *t, void (*callback)(struct tasklet_struct *))
{
	t->next = NULL;
	t->state = 0;
	atomic_set(&t->count, 0);
	t->callback = callback;
	t->use_callback = true;
	t->data = 0;
}
EXPORT_SYMBOL(tasklet_setup);

/**
 * tasklet_init - tasklet_setup() with a function that gets a number
 * @t: memory for it
 * @func: the function
 * @data: the number
 */
void tasklet_init(struct tasklet_struct *t, void (*func)(unsigned long), unsigned long data)
{
	t->next = NULL;
	t->state = 0;
	atomic_set(&t->count, 0);
	t->func = func;
	t->use_callback = false;
	t->data = data;
}
EXPORT_SYMBOL(tasklet_init);

/**
 * tasklet_unlock - a tasklet's function has ended
 * @t: after tasklet_trylock()
 */
void tasklet_unlock(struct tasklet_struct *t)
{
	clear_and_wake_up_bit(TASKLET_STATE_RUN, &t->state);
}
EXPORT_SYMBOL_GPL(tasklet_unlock);

/**
 * tasklet_unlock_wait - wait until a tasklet's function does not run
 * @t: the tasklet
 *
 * Context: may sleep.
 */
void tasklet_unlock_wait(struct tasklet_struct *t)
{
	wait_on_bit(&t->state, TASKLET_STATE_RUN, TASK_UNINTERRUPTIBLE);
}
EXPORT_SYMBOL_GPL(tasklet_unlock_wait);

/**
 * tasklet_unlock_spin_wait - tasklet_unlock_wait(), spinning
 * @t: the tasklet
 *
 * Context: not in softirq on the CPU that runs it.
 */
void tasklet_unlock_spin_wait(struct tasklet_struct *t)
{
	while (test_bit(TASKLET_STATE_RUN, &t->state))
		cpu_relax();
}
EXPORT_SYMBOL(tasklet_unlock_spin_wait);

/**
 * tasklet_kill - wait until it neither waits nor runs
 * @t: enabled; nobody schedules it any more
 *
 * Context: may sleep.
 */
void tasklet_kill(struct tasklet_struct *t)
{
	if (in_interrupt())
		pr_notice("Attempt to kill tasklet from interrupt\n");
	/* Taking SCHED ourselves keeps others from scheduling it. */
	wait_on_bit_lock(&t->state, TASKLET_STATE_SCHED, TASK_UNINTERRUPTIBLE);
	tasklet_unlock_wait(t);
	tasklet_clear_sched(t);
}
EXPORT_SYMBOL(tasklet_kill);

/* ---- ksoftirqd, start, hot-plug ---- */

static int ksoftirqd_should_run(unsigned int cpu)
{
	return local_softirq_pending();
}

static void run_ksoftirqd(unsigned int cpu)
{
	local_irq_disable();
	if (local_softirq_pending()) {
		/* On the thread's own stack: it is empty but for us. */
		handle_softirqs(true);
		local_irq_enable();
		cond_resched();
		return;
	}
	local_irq_enable();
}

static struct smp_hotplug_thread softirq_threads = {
	.store			= &ksoftirqd,
	.thread_should_run	= ksoftirqd_should_run,
	.thread_fn		= run_ksoftirqd,
	.thread_comm		= "ksoftirqd/%u",
};

/* Append a dead CPU's list to this one's. Interrupts off. */
static void takeover_tasklets(struct tasklet_head *from, struct tasklet_head *to, unsigned int nr)
{
	if (!from->head)
		return;
	*to->tail = from->head;
	to->tail = from->tail;
	from->head = NULL;
	from->tail = &from->head;
	raise_softirq_irqoff(nr);
}

static int softirq_dead_cpu(unsigned int cpu)
{
	local_irq_disable();
	takeover_tasklets(&per_cpu(tasklet_vec, cpu), this_cpu_ptr(&tasklet_vec),
			  TASKLET_SOFTIRQ);
	takeover_tasklets(&per_cpu(tasklet_hi_vec, cpu), this_cpu_ptr(&tasklet_hi_vec),
			  HI_SOFTIRQ);
	local_irq_enable();
	return 0;
}

/** softirq_init - lists and the tasklets' softirqs. Context: boot. */
void __init softirq_init(void)
{
	int cpu;

	for_each_possible_cpu(cpu) {
		per_cpu(tasklet_vec, cpu).tail = &per_cpu(tasklet_vec, cpu).head;
		per_cpu(tasklet_hi_vec, cpu).tail = &per_cpu(tasklet_hi_vec, cpu).head;
	}
	open_softirq(TASKLET_SOFTIRQ, tasklet_action);
	open_softirq(HI_SOFTIRQ, tasklet_hi_action);
}

static __init int spawn_ksoftirqd(void)
{
	cpuhp_setup_state_nocalls(CPUHP_SOFTIRQ_DEAD, "softirq:dead", NULL, softirq_dead_cpu);
	BUG_ON(smpboot_register_percpu_thread(&softirq_threads));
	return 0;
}
early_initcall(spawn_ksoftirqd);
