// SPDX-License-Identifier: MIT
/*
 * Backtraces of other CPUs: ask by an interrupt that they cannot ignore, if the machine has one.
 *
 *	asker				each CPU asked
 *	-----				--------------
 *	sets its bits in the mask
 *	raise()  ------------------->	nmi_cpu_backtrace(): bit set? print, clear it
 *	waits up to ten seconds
 *	for the mask to empty
 */

#include <linux/nmi.h>

#include <linux/atomic.h>
#include <linux/cpumask.h>
#include <linux/delay.h>
#include <linux/kernel.h>
#include <linux/panic.h>
#include <linux/printk.h>
#include <linux/sched.h>
#include <linux/sched/clock.h>
#include <linux/sched/debug.h>
#include <linux/smp.h>
#include <linux/time64.h>

#include <asm/ptrace.h>

/* Who still has to print. */
static struct cpumask backtrace_mask;
/* One asker at a time. */
static atomic_t backtrace_busy = ATOMIC_INIT(0);

#define BACKTRACE_WAIT_MS	10000
#define BACKTRACE_TURNS		1000	/* of a ms: a guest that stood still had none of its own */

/*
 * Ten seconds by the clock, since a delay takes longer on a virtual CPU; at most as many turns of a
 * millisecond, since early on the clock stands.
 */
static void wait_for_answers(void)
{
	u64 end = local_clock() + BACKTRACE_WAIT_MS * NSEC_PER_MSEC;
	int turn;

	for (turn = 0; turn < BACKTRACE_WAIT_MS && !cpumask_empty(&backtrace_mask); turn++) {
		if (turn >= BACKTRACE_TURNS && local_clock() >= end)
			break;
		mdelay(1);
		/* Who waits here, perhaps in an interrupt, isn't locked up itself. */
		touch_nmi_watchdog();
	}
	if (!cpumask_empty(&backtrace_mask))
		pr_warn("no backtrace from CPUs %*pbl\n", cpumask_pr_args(&backtrace_mask));
}

/**
 * nmi_trigger_cpumask_backtrace() - have CPUs print their registers and stack
 * @mask: which
 * @exclude_cpu: one to leave out, or -1
 * @raise: interrupts the CPUs of a mask; their handler calls nmi_cpu_backtrace()
 *
 * If two ask at once the second one goes away: its answer is being printed.
 *
 * Context: Any. Waits up to ten seconds.
 */
void nmi_trigger_cpumask_backtrace(const cpumask_t *mask, int exclude_cpu,
				   void (*raise)(cpumask_t *mask))
{
	int self = get_cpu();

	if (atomic_cmpxchg_acquire(&backtrace_busy, 0, 1)) {
		put_cpu();
		return;
	}
	cpumask_copy(&backtrace_mask, mask);
	if (exclude_cpu >= 0)
		cpumask_clear_cpu(exclude_cpu, &backtrace_mask);

	/* Our own stack needs no interrupt. */
	if (cpumask_test_cpu(self, &backtrace_mask))
		nmi_cpu_backtrace(NULL);
	if (!cpumask_empty(&backtrace_mask)) {
		pr_info("Sending NMI from CPU %d to CPUs %*pbl:\n", self,
			cpumask_pr_args(&backtrace_mask));
		raise(&backtrace_mask);
		wait_for_answers();
	}
	cpumask_clear(&backtrace_mask);
	printk_trigger_flush();
	atomic_set_release(&backtrace_busy, 0);
	put_cpu();
}

/**
 * nmi_cpu_backtrace() - print this CPU's state, if somebody asked for it
 * @regs: what was interrupted; NULL for the caller itself
 *
 * Context: NMI, or any.
 * Return: whether somebody had asked.
 */
bool nmi_cpu_backtrace(struct pt_regs *regs)
{
	int cpu = smp_processor_id();
	unsigned long flags;

	if (!cpumask_test_cpu(cpu, &backtrace_mask))
		return false;

	printk_cpu_sync_get_irqsave(flags);
	pr_warn("NMI backtrace for cpu %d\n", cpu);
	if (regs)
		show_regs(regs);
	else
		dump_stack();
	printk_cpu_sync_put_irqrestore(flags);
	cpumask_clear_cpu(cpu, &backtrace_mask);
	return true;
}
