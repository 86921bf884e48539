// SPDX-License-Identifier: MIT
/*
 * The idle loop, and the idle class that has it as its only task.
 *
 * Each CPU's idle thread runs when nothing else can. It stops the tick if no timer is near, halts
 * until an interrupt, and schedules when TIF_NEED_RESCHED is set. While it is outside the halt it
 * polls that flag (TIF_POLLING_NRFLAG), so that a waker need not send an interrupt; the race with
 * going to halt is drawn in linux/sched/idle.h.
 *
 * A CPU that was taken offline ends here too: its idle thread is the last thing that runs on it.
 */

#include <linux/context_tracking.h>
#include <linux/cpu.h>
#include <linux/tick.h>

#include "sched.h"

static int cpu_idle_force_poll;

static int __init cpu_idle_poll_setup(char *str)
{
	(void)str;
	cpu_idle_force_poll = 1;
	return 1;
}
__setup("nohlt", cpu_idle_poll_setup);

/** arch_cpu_idle_prepare - what a machine does before the idle loop begins; nothing by default */
void __weak arch_cpu_idle_prepare(void)
{
}

/** arch_cpu_idle_enter - what a machine does on the way into idle; nothing by default */
void __weak arch_cpu_idle_enter(void)
{
}

/** arch_cpu_idle_exit - what a machine does on the way out of idle; nothing by default */
void __weak arch_cpu_idle_exit(void)
{
}

static void cpu_idle_poll(void)
{
	local_irq_enable();
	while (!tif_need_resched() && READ_ONCE(cpu_idle_force_poll))
		cpu_relax();
}

/* Interrupts are off from the test of need-resched until the halt, which turns them on. */
static void halt_until_interrupt(void)
{
	if (current_clr_polling_and_test()) {
		local_irq_enable();
		return;
	}
	ct_cpuidle_enter();
	arch_cpu_idle();
	ct_cpuidle_exit();
	local_irq_enable();
}

static void idle_once(int cpu)
{
	local_irq_disable();
	if (cpu_is_offline(cpu)) {
		cpuhp_report_idle_dead();
		arch_cpu_idle_dead();
	}
	arch_cpu_idle_enter();
	if (READ_ONCE(cpu_idle_force_poll)) {
		tick_nohz_idle_restart_tick();
		cpu_idle_poll();
	} else {
		tick_nohz_idle_stop_tick();
		if (tick_nohz_tick_stopped())
			nohz_balance_enter_idle(cpu);
		halt_until_interrupt();
		__current_set_polling();
	}
	arch_cpu_idle_exit();
}

static void do_idle(void)
{
	int cpu = smp_processor_id();

	__current_set_polling();
	tick_nohz_idle_enter();
	while (!need_resched())
		idle_once(cpu);
	/*
	 * need_resched was set with or without an interrupt: fold it, then nobody may skip the
	 * interrupt any more.
	 */
	preempt_set_need_resched();
	tick_nohz_idle_exit();
	__current_clr_polling();
	smp_mb__after_atomic();		/* a waker that saw POLLING has set the flag; we see it */

	flush_smp_call_function_queue();
	schedule_idle();
}

/**
 * cpu_startup_entry - become the idle thread of this CPU
 * @state: how far the CPU has come up
 */
void __noreturn cpu_startup_entry(enum cpuhp_state state)
{
	current->flags |= PF_IDLE;
	arch_cpu_idle_prepare();
	cpuhp_online_idle(state);
	for (;;)
		do_idle();
}

/* ---- the class ---- */

static void dequeue_task_idle(struct rq *rq, struct task_struct *p, int flags)
{
	(void)flags;
	raw_spin_rq_unlock_irq(rq);
	pr_err("bad: idle task %s wants to sleep\n", p->comm);
	dump_stack();
	raw_spin_rq_lock_irq(rq);
}

static void enqueue_task_idle(struct rq *rq, struct task_struct *p, int flags)
{
	(void)rq;
	(void)p;
	(void)flags;
}

static void yield_task_idle(struct rq *rq)
{
	(void)rq;
}

static void wakeup_preempt_idle(struct rq *rq, struct task_struct *p, int flags)
{
	(void)p;
	(void)flags;
	resched_curr(rq);
}

static struct task_struct *pick_next_task_idle(struct rq *rq)
{
	return rq->idle;
}

static void put_prev_task_idle(struct rq *rq, struct task_struct *p)
{
	(void)rq;
	(void)p;
}

static int select_task_rq_idle(struct task_struct *p, int cpu, int flags)
{
	(void)cpu;
	(void)flags;
	return task_cpu(p);
}

static void task_tick_idle(struct rq *rq, struct task_struct *p)
{
	(void)rq;
	(void)p;
}

static void switched_to_idle(struct rq *rq, struct task_struct *p)
{
	(void)rq;
	(void)p;
	BUG();		/* no task changes to this class */
}

static void prio_changed_idle(struct rq *rq, struct task_struct *p, int oldprio)
{
	(void)rq;
	(void)p;
	(void)oldprio;
	BUG();
}

static void update_curr_idle(struct rq *rq)
{
	(void)rq;
}

const struct sched_class idle_sched_class = {
	.rank			= 0,
	.next			= NULL,
	.enqueue_task		= enqueue_task_idle,
	.dequeue_task		= dequeue_task_idle,
	.yield_task		= yield_task_idle,
	.wakeup_preempt		= wakeup_preempt_idle,
	.pick_next_task		= pick_next_task_idle,
	.put_prev_task		= put_prev_task_idle,
	.set_next_task		= put_prev_task_idle,
	.select_task_rq		= select_task_rq_idle,
	.task_tick		= task_tick_idle,
	.switched_to		= switched_to_idle,
	.prio_changed		= prio_changed_idle,
	.update_curr		= update_curr_idle,
};
