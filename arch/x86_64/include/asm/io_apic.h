/* SPDX-License-Identifier: MIT */
/*
 * The IO-APIC turns a wire ("global system interrupt", GSI) into a message to a local APIC.
 * ISA lines 0 to 15 keep their Linux interrupt numbers; where the MADT says that the board
 * wires one to another pin, isa_irq_to_gsi() tells.
 */
#ifndef _ASM_X86_IO_APIC_H
#define _ASM_X86_IO_APIC_H

#include <linux/types.h>

#include <asm/apicdef.h>

int mp_register_ioapic(u32 id, u64 phys, u32 gsi_base);
int mp_override_legacy_irq(u8 isa_irq, u32 gsi, bool active_low, bool level);
void setup_IO_APIC(void);

u32 isa_irq_to_gsi(unsigned int isa_irq);
int acpi_register_gsi(void *dev, u32 gsi, int trigger, int polarity);

#endif /* _ASM_X86_IO_APIC_H */
