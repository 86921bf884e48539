// SPDX-License-Identifier: MIT
/*
 * Vectors: who gets which, and what to do when one arrives.
 *
 * A device interrupt has one vector, and it means the same on every CPU.  That limits a machine
 * to some 190 device interrupts, and in return moving an interrupt to another CPU changes
 * nothing but its destination: no vector is in two places during the move, and an interrupt
 * still on its way to the old CPU is understood there.
 *
 * vector_irq[] maps back from vector to interrupt number.  It is written under vector_lock and
 * read by interrupts without it: an entry is set before the hardware is told of the vector and
 * cleared after the hardware is masked, and a reader who comes late finds 0 and reports a stray.
 * (Interrupt 0 has a vector of its own, the ISA timer's, so 0 can mean "none" plus one: entries
 * hold irq + 1.)
 */
#include <linux/cpumask.h>
#include <linux/errno.h>
#include <linux/init.h>
#include <linux/interrupt.h>
#include <linux/irq.h>
#include <linux/irq_work.h>
#include <linux/irqdesc.h>
#include <linux/kernel.h>
#include <linux/percpu.h>
#include <linux/printk.h>
#include <linux/sched.h>
#include <linux/seq_file.h>
#include <linux/smp.h>
#include <linux/spinlock.h>

#include <asm/apic.h>
#include <asm/hw_irq.h>
#include <asm/processor.h>
#include <asm/smp.h>

static DEFINE_RAW_SPINLOCK(vector_lock);
static unsigned int vector_irq[NR_VECTORS];	/* irq + 1, 0: free; vector_lock to write */
static DEFINE_PER_CPU(struct irq_cpustat, irq_cpustat);

/**
 * x86_irq_stat - a CPU's counts of kernel-internal interrupts
 * @cpu: logical CPU
 */
const struct irq_cpustat *x86_irq_stat(unsigned int cpu)
{
	return per_cpu_ptr(&irq_cpustat, cpu);
}

static bool vector_is_for_devices(unsigned int vector)
{
	return vector > FIRST_EXTERNAL_VECTOR && vector < FIRST_SYSTEM_VECTOR;
}

static bool vector_is_isa(unsigned int vector)
{
	return vector >= ISA_IRQ_VECTOR(0) && vector < ISA_IRQ_VECTOR(NR_LEGACY_VECTORS);
}

/**
 * assign_irq_vector - give an interrupt a vector
 * @irq: Linux interrupt number
 *
 * Context: any.
 * Return: the vector, or -ENOSPC.
 */
int assign_irq_vector(unsigned int irq)
{
	unsigned long flags;
	int vector, ret = -ENOSPC;

	raw_spin_lock_irqsave(&vector_lock, flags);
	for (vector = FIRST_EXTERNAL_VECTOR + 1; vector < FIRST_SYSTEM_VECTOR; vector++) {
		if (vector_is_isa(vector) || vector_irq[vector])
			continue;
		WRITE_ONCE(vector_irq[vector], irq + 1);
		ret = vector;
		break;
	}
	raw_spin_unlock_irqrestore(&vector_lock, flags);
	return ret;
}

/**
 * assign_isa_irq_vector - the fixed vector of an ISA interrupt
 * @irq: 0 to 15
 * Return: the vector.
 */
int assign_isa_irq_vector(unsigned int irq)
{
	unsigned long flags;

	raw_spin_lock_irqsave(&vector_lock, flags);
	WRITE_ONCE(vector_irq[ISA_IRQ_VECTOR(irq)], irq + 1);
	raw_spin_unlock_irqrestore(&vector_lock, flags);
	return ISA_IRQ_VECTOR(irq);
}

/**
 * free_irq_vector - take a vector back
 * @irq: whose it is
 * @vector: which
 *
 * Context: any; the hardware must not raise it any more.
 */
void free_irq_vector(unsigned int irq, unsigned int vector)
{
	unsigned long flags;

	raw_spin_lock_irqsave(&vector_lock, flags);
	if (!WARN_ON(!vector_is_for_devices(vector) || vector_irq[vector] != irq + 1))
		WRITE_ONCE(vector_irq[vector], 0);
	raw_spin_unlock_irqrestore(&vector_lock, flags);
}

/**
 * irq_vector_target - a CPU that can take a device's interrupts
 * @mask: wanted ones
 *
 * Only ids below 255 fit an IO-APIC's entry or an MSI address.
 *
 * Return: an online CPU of @mask, else any online one.
 */
unsigned int irq_vector_target(const struct cpumask *mask)
{
	unsigned int cpu;

	for_each_cpu_and(cpu, mask, cpu_online_mask) {
		if (cpu_physical_id(cpu) < 0xff)
			return cpu;
	}
	for_each_online_cpu(cpu) {
		if (cpu_physical_id(cpu) < 0xff)
			return cpu;
	}
	return 0;
}

/* --- arrival --- */

static void handle_device_vector(unsigned int vector)
{
	unsigned int entry = READ_ONCE(vector_irq[vector]);

	if (entry && !generic_handle_irq(entry - 1))
		return;	/* the flow handler has acknowledged it */
	apic_eoi();
	this_cpu_inc(irq_cpustat.irq_unclaimed_count);
	pr_warn_ratelimited("CPU%d: nobody claims vector %#x\n", smp_processor_id(), vector);
}

static void handle_system_vector(struct pt_regs *regs, unsigned int vector)
{
	/* All of these may raise each other; acknowledge first, so that none waits for us. */
	if (vector != SPURIOUS_APIC_VECTOR)
		apic_eoi();

	switch (vector) {
	case LOCAL_TIMER_VECTOR:
		this_cpu_inc(irq_cpustat.apic_timer_irqs);
		local_apic_timer_interrupt();
		break;
	case RESCHEDULE_VECTOR:
		this_cpu_inc(irq_cpustat.irq_resched_count);
		scheduler_ipi();
		break;
	case CALL_FUNCTION_VECTOR:
		this_cpu_inc(irq_cpustat.irq_call_count);
		generic_smp_call_function_interrupt();
		break;
	case CALL_FUNCTION_SINGLE_VECTOR:
		this_cpu_inc(irq_cpustat.irq_call_count);
		generic_smp_call_function_single_interrupt();
		break;
	case IRQ_WORK_VECTOR:
		this_cpu_inc(irq_cpustat.apic_irq_work_irqs);
		irq_work_run();
		break;
	case REBOOT_VECTOR:
		stop_this_cpu(NULL);
		break;
	case ERROR_APIC_VECTOR:
		this_cpu_inc(irq_cpustat.irq_error_count);
		apic_handle_error();
		break;
	case SPURIOUS_APIC_VECTOR:
		/* The APIC changed its mind; nothing was accepted, nothing is acknowledged. */
		this_cpu_inc(irq_cpustat.irq_spurious_count);
		break;
	default:
		this_cpu_inc(irq_cpustat.irq_unclaimed_count);
		pr_warn_ratelimited("CPU%d: system vector %#x has no meaning\n",
				    smp_processor_id(), vector);
	}
}

/**
 * x86_dispatch_vector - an interrupt has arrived
 * @regs: what it interrupted
 * @vector: which
 *
 * Context: hard interrupt on the interrupt stack, interrupts off.
 */
void x86_dispatch_vector(struct pt_regs *regs, unsigned int vector)
{
	if (vector_is_for_devices(vector))
		handle_device_vector(vector);
	else
		handle_system_vector(regs, vector);
}

static const struct {
	const char *name;
	size_t offset;
	const char *what;
} cpu_lines[] = {
	{ "LOC", offsetof(struct irq_cpustat, apic_timer_irqs), "Local timer interrupts" },
	{ "SPU", offsetof(struct irq_cpustat, irq_spurious_count), "Spurious interrupts" },
	{ "IWI", offsetof(struct irq_cpustat, apic_irq_work_irqs), "IRQ work interrupts" },
	{ "RES", offsetof(struct irq_cpustat, irq_resched_count), "Rescheduling interrupts" },
	{ "CAL", offsetof(struct irq_cpustat, irq_call_count), "Function call interrupts" },
};

static unsigned int count_at(unsigned int cpu, size_t offset)
{
	return READ_ONCE(*(const unsigned int *)((const u8 *)x86_irq_stat(cpu) + offset));
}

/* Of all CPUs. */
static unsigned int sum_at(size_t offset)
{
	unsigned int cpu, sum = 0;

	for_each_possible_cpu(cpu)
		sum += count_at(cpu, offset);
	return sum;
}

/** arch_show_interrupts_all - the same on the log, for the monitor. Context: process. */
void arch_show_interrupts_all(void)
{
	unsigned int cpu, i;

	for (i = 0; i < ARRAY_SIZE(cpu_lines); i++) {
		pr_info("%5s:", cpu_lines[i].name);
		for_each_online_cpu(cpu)
			pr_cont(" %10u", count_at(cpu, cpu_lines[i].offset));
		pr_cont("  %s\n", cpu_lines[i].what);
	}
	pr_info("  ERR: %10u\n", sum_at(offsetof(struct irq_cpustat, irq_error_count)));
	pr_info("  MIS: %10u\n", sum_at(offsetof(struct irq_cpustat, irq_unclaimed_count)));
}

/** arch_show_interrupts - the end of /proc/interrupts: interrupts of the CPUs themselves */
void arch_show_interrupts(struct seq_file *p, int prec)
{
	unsigned int cpu, i;

	for (i = 0; i < ARRAY_SIZE(cpu_lines); i++) {
		seq_printf(p, "%*s:", prec, cpu_lines[i].name);
		for_each_online_cpu(cpu)
			seq_put_decimal_ull_width(p, " ", count_at(cpu, cpu_lines[i].offset), 10);
		seq_printf(p, "  %s\n", cpu_lines[i].what);
	}
	seq_printf(p, "%*s: %10u\n", prec, "ERR",
		   sum_at(offsetof(struct irq_cpustat, irq_error_count)));
	seq_printf(p, "%*s: %10u\n", prec, "MIS",
		   sum_at(offsetof(struct irq_cpustat, irq_unclaimed_count)));
}

/** arch_irq_stat_cpu - how many of them a CPU has had */
u64 arch_irq_stat_cpu(unsigned int cpu)
{
	unsigned int i;
	u64 sum = 0;

	for (i = 0; i < ARRAY_SIZE(cpu_lines); i++)
		sum += count_at(cpu, cpu_lines[i].offset);
	return sum;
}

/**
 * fixup_irqs - this CPU is going down: send its device interrupts elsewhere
 *
 * genirq changes the destinations.  What was already accepted here, but not yet taken, would
 * be lost with the CPU: raise it again where its interrupt now goes.
 *
 * Context: stop_machine, interrupts off, CPU no longer online.
 */
void fixup_irqs(void)
{
	unsigned int vector, target;

	irq_migrate_all_off_this_cpu();
	for (vector = FIRST_EXTERNAL_VECTOR + 1; vector < FIRST_SYSTEM_VECTOR; vector++) {
		if (!vector_irq[vector] || !apic_irr_pending(vector))
			continue;
		target = irq_vector_target(irq_get_affinity_mask(vector_irq[vector] - 1));
		apic_send_ipi(cpu_physical_id(target), vector);
	}
}

/**
 * arch_irq_work_raise - have irq_work_run() called soon on this CPU
 * Context: any, NMI included.
 */
void arch_irq_work_raise(void)
{
	apic_send_ipi_self(IRQ_WORK_VECTOR);
}
