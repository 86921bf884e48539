// SPDX-License-Identifier: MIT
/*
 * The non-maskable interrupt: back traces on request of another CPU, the order to
 * stop, and what the hardware reports through it.
 *
 * The handler may run on top of anything, itself included (see entry.asm), so it
 * takes no lock that other contexts hold. A page fault inside would overwrite cr2
 * before an interrupted page fault has read it: cr2 is saved and restored. Hardware
 * breakpoints are off, so that #DB's one stack is not entered twice.
 */

#include <linux/atomic.h>
#include <linux/entry-common.h>
#include <linux/hardirq.h>
#include <linux/kernel.h>
#include <linux/nmi.h>
#include <linux/percpu.h>
#include <linux/printk.h>
#include <linux/smp.h>

#include <asm/apic.h>
#include <asm/debugreg.h>
#include <asm/io.h>
#include <asm/irq.h>
#include <asm/nmi.h>
#include <asm/processor.h>
#include <asm/traps.h>

/* Port 0x61: where the PC says whose NMI it is. */
#define NMI_REASON_PORT		0x61
#define NMI_REASON_SERR		0x80
#define NMI_REASON_IOCHK	0x40
#define NMI_REASON_MASK		(NMI_REASON_SERR | NMI_REASON_IOCHK)

static DEFINE_PER_CPU(unsigned int, nmi_total);
static DEFINE_PER_CPU(unsigned int, nmi_depth);
static DEFINE_PER_CPU(unsigned int, nmi_max_depth);

/* Installed for the time of a test. Called first; true means that the NMI was its own. */
static bool (*nmi_test_hook)(struct pt_regs *regs);

static atomic_t stopping_cpu = ATOMIC_INIT(-1);

/** nmi_max_nesting - how deep NMIs were nested on a CPU, at most */
unsigned int nmi_max_nesting(unsigned int cpu)
{
	return per_cpu(nmi_max_depth, cpu);
}

/** nmi_set_test_hook - call @hook first for each NMI, NULL: none; true: the NMI was the test's */
void nmi_set_test_hook(bool (*hook)(struct pt_regs *regs))
{
	WRITE_ONCE(nmi_test_hook, hook);
}

/**
 * nmi_stop_other_cpus - have every other CPU stop in its NMI handler
 *
 * For a panic: those CPUs may have interrupts off for ever.
 */
void nmi_stop_other_cpus(void)
{
	if (atomic_cmpxchg(&stopping_cpu, -1, raw_smp_processor_id()) != -1)
		return;
	apic_send_nmi_mask_allbutself();
}

static bool nmi_is_stop_order(void)
{
	int stopper = atomic_read(&stopping_cpu);

	return stopper != -1 && stopper != raw_smp_processor_id();
}

static void nmi_from_hardware(struct pt_regs *regs)
{
	u8 reason = inb(NMI_REASON_PORT);

	if (reason & NMI_REASON_MASK)
		pr_emerg("NMI: hardware error, reason 0x%02x on CPU %d\n", reason,
			 raw_smp_processor_id());
	else
		pr_emerg_ratelimited("NMI: for an unknown reason on CPU %d, at %pS\n",
				     raw_smp_processor_id(), (void *)regs->ip);
}

static void default_do_nmi(struct pt_regs *regs)
{
	bool (*hook)(struct pt_regs *) = READ_ONCE(nmi_test_hook);

	__this_cpu_inc(nmi_total);
	if (hook && hook(regs))
		return;
	if (nmi_is_stop_order())
		stop_this_cpu(NULL);
	if (nmi_cpu_backtrace(regs))
		return;
	nmi_from_hardware(regs);
}

/** exc_nmi - a non-maskable interrupt, by the entry code that lets them nest */
asmlinkage noinstr void exc_nmi(struct pt_regs *regs)
{
	unsigned long cr2 = read_cr2();
	unsigned long dr7 = local_db_save();
	irqentry_state_t state = irqentry_nmi_enter(regs);
	unsigned int depth;

	instrumentation_begin();
	depth = __this_cpu_inc_return(nmi_depth);
	if (depth > __this_cpu_read(nmi_max_depth))
		__this_cpu_write(nmi_max_depth, depth);
	default_do_nmi(regs);
	__this_cpu_dec(nmi_depth);
	instrumentation_end();
	irqentry_nmi_exit(regs, state);

	local_db_restore(dr7);
	if (unlikely(read_cr2() != cr2))
		write_cr2(cr2);
}

static void raise_backtrace_nmi(cpumask_t *mask)
{
	apic_send_nmi_mask(mask);
}

void arch_trigger_cpumask_backtrace(const cpumask_t *mask, int exclude_cpu)
{
	nmi_trigger_cpumask_backtrace(mask, exclude_cpu, raise_backtrace_nmi);
}
