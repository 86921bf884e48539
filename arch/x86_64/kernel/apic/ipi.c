// SPDX-License-Identifier: MIT
/*
 * Messages between CPUs.
 *
 * A message is one write to the interrupt command register.  In xAPIC mode that register has
 * two halves, destination and command, and writing the command sends:
 *
 *	wait until the last command has left
 *	ICR2 = destination          <- an interrupt here that sends something itself
 *	ICR  = command                 would send our command to its destination
 *
 * so interrupts are off for the two writes, and a sender in NMI context, which nothing keeps
 * out, puts the destination back as it found it.
 *
 * Stores made before a message must be visible to the CPU that takes it.  The xAPIC page is
 * uncached, and a write to it comes after all earlier stores; a WRMSR to an x2APIC register
 * has no such promise, hence the fence.
 */
#include <linux/cpumask.h>
#include <linux/irqflags.h>
#include <linux/kernel.h>
#include <linux/preempt.h>
#include <linux/smp.h>

#include <asm/apic.h>
#include <asm/barrier.h>
#include <asm/irq_vectors.h>
#include <asm/msr.h>
#include <asm/processor.h>
#include <asm/smp.h>

/* The previous message is accepted within microseconds or never. */
#define ICR_TRIES	100000

static void xapic_wait_icr_idle(void)
{
	int tries;

	for (tries = ICR_TRIES; tries; tries--) {
		if (!(apic_read(APIC_ICR) & APIC_ICR_BUSY))
			return;
		cpu_relax();
	}
}

static void xapic_icr_write(u32 apicid, u32 command)
{
	unsigned long flags;
	u32 interrupted = 0;

	local_irq_save(flags);
	if (in_nmi())
		interrupted = apic_read(APIC_ICR2);
	xapic_wait_icr_idle();
	apic_write(APIC_ICR2, SET_XAPIC_DEST_FIELD(apicid));
	apic_write(APIC_ICR, command);
	if (in_nmi())
		apic_write(APIC_ICR2, interrupted);
	local_irq_restore(flags);
}

static void x2apic_icr_write(u32 apicid, u32 command)
{
	asm volatile("mfence; lfence" : : : "memory");
	native_write_msr(APIC_BASE_MSR + (APIC_ICR >> 4), command, apicid);
}

static void icr_write(u32 apicid, u32 command)
{
	if (x2apic_mode)
		x2apic_icr_write(apicid, command);
	else
		xapic_icr_write(apicid, command);
}

/**
 * apic_send_ipi - raise a vector on one CPU
 * @apicid: its APIC id
 * @vector: FIRST_EXTERNAL_VECTOR to 255
 * Context: any.
 */
void apic_send_ipi(u32 apicid, unsigned int vector)
{
	icr_write(apicid, APIC_DEST_PHYSICAL | APIC_DM_FIXED | vector);
}

/**
 * apic_send_ipi_self - raise a vector on this CPU
 * @vector: FIRST_EXTERNAL_VECTOR to 255
 * Context: any.
 */
void apic_send_ipi_self(unsigned int vector)
{
	if (x2apic_mode) {
		apic_write(APIC_SELF_IPI, vector);
		return;
	}
	/* "Self" needs no destination: one write, nothing to tear. */
	xapic_wait_icr_idle();
	apic_write(APIC_ICR, APIC_DEST_SELF | APIC_DM_FIXED | vector);
}

/**
 * apic_send_ipi_mask - raise a vector on several CPUs
 * @mask: logical CPUs
 * @vector: FIRST_EXTERNAL_VECTOR to 255
 * Context: any.
 */
void apic_send_ipi_mask(const struct cpumask *mask, unsigned int vector)
{
	unsigned int cpu;

	for_each_cpu(cpu, mask)
		apic_send_ipi(cpu_physical_id(cpu), vector);
}

/**
 * apic_send_nmi - a non-maskable interrupt to one CPU
 * @apicid: its APIC id
 * Context: any.
 */
void apic_send_nmi(u32 apicid)
{
	icr_write(apicid, APIC_DEST_PHYSICAL | APIC_DM_NMI | APIC_INT_ASSERT);
}

/**
 * apic_send_nmi_mask - the same to several
 * @mask: logical CPUs
 * Context: any.
 */
void apic_send_nmi_mask(const struct cpumask *mask)
{
	unsigned int cpu;

	for_each_cpu(cpu, mask)
		apic_send_nmi(cpu_physical_id(cpu));
}

/**
 * apic_send_nmi_mask_allbutself - the same to every other CPU that is online
 * Context: any.
 */
void apic_send_nmi_mask_allbutself(void)
{
	unsigned int cpu, self = raw_smp_processor_id();

	for_each_online_cpu(cpu) {
		if (cpu != self)
			apic_send_nmi(cpu_physical_id(cpu));
	}
}

/**
 * apic_send_init_ipi - put a CPU into its state after reset, waiting for a start-up message
 * @apicid: its APIC id
 *
 * Asserts, and de-asserts as the oldest APICs want it.
 *
 * Context: process.
 */
void apic_send_init_ipi(u32 apicid)
{
	icr_write(apicid, APIC_INT_LEVELTRIG | APIC_INT_ASSERT | APIC_DM_INIT);
	if (!x2apic_mode)
		xapic_wait_icr_idle();
	icr_write(apicid, APIC_INT_LEVELTRIG | APIC_DM_INIT);
	if (!x2apic_mode)
		xapic_wait_icr_idle();
}

/**
 * apic_send_startup_ipi - let a CPU that had INIT run
 * @apicid: its APIC id
 * @page: it starts in real mode at this physical page, below 256
 * Context: process.
 */
void apic_send_startup_ipi(u32 apicid, unsigned int page)
{
	icr_write(apicid, APIC_DM_STARTUP | (page & 0xff));
	if (!x2apic_mode)
		xapic_wait_icr_idle();
}

/* --- what the scheduler and kernel/smp.c call --- */

/**
 * arch_smp_send_reschedule - make a CPU look at its need-resched flag
 * @cpu: logical CPU
 */
void arch_smp_send_reschedule(int cpu)
{
	apic_send_ipi(cpu_physical_id(cpu), RESCHEDULE_VECTOR);
}

/**
 * arch_send_call_function_single_ipi - make a CPU look at its queue of calls
 * @cpu: logical CPU
 */
void arch_send_call_function_single_ipi(int cpu)
{
	apic_send_ipi(cpu_physical_id(cpu), CALL_FUNCTION_SINGLE_VECTOR);
}

/**
 * arch_send_call_function_ipi_mask - the same for several
 * @mask: logical CPUs
 */
void arch_send_call_function_ipi_mask(const struct cpumask *mask)
{
	apic_send_ipi_mask(mask, CALL_FUNCTION_VECTOR);
}
