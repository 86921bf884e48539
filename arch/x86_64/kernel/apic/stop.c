// SPDX-License-Identifier: MIT
/*
 * Stopping the other CPUs, for ever: at shutdown and in a panic.
 *
 * A message asks; whoever has interrupts off for good doesn't hear it, and after a while is told
 * by NMI.  The CPU that stops marks itself offline, which is what the sender waits for.
 */
#include <linux/atomic.h>
#include <linux/cpumask.h>
#include <linux/delay.h>
#include <linux/irqflags.h>
#include <linux/kernel.h>
#include <linux/smp.h>

#include <asm/apic.h>
#include <asm/irq_vectors.h>
#include <asm/nmi.h>
#include <asm/processor.h>
#include <asm/smp.h>

#define STOP_WAIT_US	10000

/* The CPU that stops all others, -1 if none yet. */
static atomic_t stopping_cpu = ATOMIC_INIT(-1);

static bool wait_for_others(void)
{
	int us;

	for (us = 0; us < STOP_WAIT_US; us++) {
		if (num_online_cpus() <= 1)
			return true;
		udelay(1);
	}
	return false;
}

/**
 * smp_send_stop - stop every other CPU
 *
 * Only the first caller does anything: two CPUs that panic at once must not stop each other.
 *
 * Context: any.
 */
void smp_send_stop(void)
{
	int this_cpu = raw_smp_processor_id(), nobody = -1;
	struct cpumask others;
	unsigned long flags;

	if (!apic_available() || num_online_cpus() <= 1)
		return;
	if (!atomic_try_cmpxchg(&stopping_cpu, &nobody, this_cpu))
		return;

	local_irq_save(flags);
	cpumask_copy(&others, cpu_online_mask);
	cpumask_clear_cpu(this_cpu, &others);
	apic_send_ipi_mask(&others, REBOOT_VECTOR);
	if (!wait_for_others()) {
		nmi_stop_other_cpus();
		wait_for_others();
	}
	local_irq_restore(flags);
}

/**
 * crash_smp_send_stop - the same from a panic
 * Context: any.
 */
void crash_smp_send_stop(void)
{
	smp_send_stop();
}
