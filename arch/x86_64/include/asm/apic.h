/* SPDX-License-Identifier: MIT */
/*
 * The local APIC: each CPU's own interrupt controller, timer and mouth towards other CPUs.
 *
 * The rules of use:
 *  - apic_probe() once on the boot CPU, before anything else here; the fixmap must work.
 *  - apic_ap_setup() on every CPU as it comes up, with interrupts off.
 *  - apic_eoi() once per interrupt that the APIC delivered (not NMI, INIT, spurious).
 *  - Sending: any context, NMI included; the senders save and restore the interrupt flag
 *    themselves, because the two halves of an xAPIC command must not be torn apart by an
 *    interrupt that sends another one.
 *
 * apic_read() and apic_write() reach either the memory-mapped page (xAPIC) or the MSRs
 * (x2APIC); the offsets are those of the page.
 */
#ifndef _ASM_X86_APIC_H
#define _ASM_X86_APIC_H

#include <linux/types.h>

#include <asm/apicdef.h>

struct cpumask;

extern bool x2apic_mode;
extern u32 boot_cpu_physical_apicid;

void apic_probe(void);
bool apic_available(void);
void apic_ap_setup(void);
void apic_soft_disable(void);

u32 apic_read(unsigned int reg);
void apic_write(unsigned int reg, u32 value);
u32 read_apic_id(void);
void apic_eoi(void);
void apic_handle_error(void);
void apic_clear_isr(void);
bool apic_irr_pending(unsigned int vector);

/* Messages between CPUs, by APIC id; the *_mask form by logical CPU. */
void apic_send_ipi(u32 apicid, unsigned int vector);
void apic_send_ipi_self(unsigned int vector);
void apic_send_ipi_mask(const struct cpumask *mask, unsigned int vector);
void apic_send_nmi(u32 apicid);
void apic_send_nmi_mask(const struct cpumask *mask);
void apic_send_nmi_mask_allbutself(void);
void apic_send_init_ipi(u32 apicid);
void apic_send_startup_ipi(u32 apicid, unsigned int page);

/* The local timer. */
void setup_boot_APIC_clock(void);
void setup_secondary_APIC_clock(void);
void local_apic_timer_interrupt(void);
void apic_timer_calibration_start(void);
u32 apic_timer_calibration_count(void);

/* Logical CPU numbers against APIC ids, filled from the MADT by topology_register_apic(). */
int topology_register_apic(u32 apicid, u32 acpi_id, bool enabled);
void topology_init_possible_cpus(void);
u32 cpu_physical_id(unsigned int cpu);
int apicid_to_cpu(u32 apicid);

#endif /* _ASM_X86_APIC_H */
