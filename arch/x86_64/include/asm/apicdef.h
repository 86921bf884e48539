/* SPDX-License-Identifier: MIT */
/*
 * Registers of the local APIC and the IO-APIC, by the Intel manual (volume 3, chapter "APIC",
 * and the 82093AA data sheet).  Local offsets are those of the memory-mapped page; in x2APIC
 * mode register R is MSR 0x800 + (R >> 4).
 */
#ifndef _ASM_X86_APICDEF_H
#define _ASM_X86_APICDEF_H

#define APIC_DEFAULT_PHYS_BASE	0xfee00000UL
#define IO_APIC_DEFAULT_PHYS_BASE 0xfec00000UL
#define APIC_PAGE_SIZE		0x1000

#define APIC_ID			0x020
#define APIC_LVR		0x030
#define   GET_APIC_VERSION(x)	((x) & 0xff)
#define   GET_APIC_MAXLVT(x)	(((x) >> 16) & 0xff)
#define APIC_TASKPRI		0x080
#define APIC_EOI		0x0b0
#define   APIC_EOI_ACK		0x0
#define APIC_LDR		0x0d0
#define APIC_DFR		0x0e0
#define   APIC_DFR_FLAT		0xffffffffu
#define APIC_SPIV		0x0f0
#define   APIC_SPIV_APIC_ENABLED (1u << 8)
#define APIC_ISR		0x100
#define APIC_ISR_NR		8
#define APIC_TMR		0x180
#define APIC_IRR		0x200
#define APIC_ESR		0x280
#define APIC_LVTCMCI		0x2f0
#define APIC_ICR		0x300
#define APIC_ICR2		0x310
#define   SET_XAPIC_DEST_FIELD(x) ((u32)(x) << 24)
#define   APIC_DEST_SELF		0x40000u
#define   APIC_DEST_PHYSICAL	0x00000u
#define   APIC_ICR_BUSY		0x01000u
#define   APIC_INT_ASSERT	0x04000u
#define   APIC_INT_LEVELTRIG	0x08000u
#define   APIC_DM_FIXED		0x00000u
#define   APIC_DM_NMI		0x00400u
#define   APIC_DM_INIT		0x00500u
#define   APIC_DM_STARTUP	0x00600u
#define   APIC_DM_EXTINT	0x00700u
#define APIC_LVTT		0x320
#define   APIC_LVT_TIMER_ONESHOT (0u << 17)
#define   APIC_LVT_TIMER_PERIODIC (1u << 17)
#define   APIC_LVT_TIMER_TSCDEADLINE (2u << 17)
#define APIC_LVTTHMR		0x330
#define APIC_LVTPC		0x340
#define APIC_LVT0		0x350
#define APIC_LVT1		0x360
#define APIC_LVTERR		0x370
#define   APIC_LVT_MASKED	(1u << 16)
#define   APIC_LVT_LEVEL_TRIGGER (1u << 15)
#define   APIC_INPUT_POLARITY	(1u << 13)
#define APIC_TMICT		0x380
#define APIC_TMCCT		0x390
#define APIC_TDCR		0x3e0
#define   APIC_TDR_DIV_1	0xbu
#define   APIC_TDR_DIV_16	0x3u

#define APIC_SELF_IPI		0x3f0	/* x2APIC only */

#define APIC_BASE_ADDR_MASK	0x000ffffffffff000UL	/* of MSR_IA32_APICBASE */

/* IO-APIC: an index register, a data register, and what they lead to. */
#define IOAPIC_REGSEL		0x00
#define IOAPIC_WINDOW		0x10
#define IOAPIC_REG_ID		0x00
#define IOAPIC_REG_VERSION	0x01
#define IOAPIC_REG_RTE(pin)	(0x10 + 2 * (pin))
#define   IOAPIC_RTE_MASKED	(1u << 16)
#define   IOAPIC_RTE_LEVEL	(1u << 15)
#define   IOAPIC_RTE_REMOTE_IRR	(1u << 14)
#define   IOAPIC_RTE_ACTIVE_LOW	(1u << 13)
#define IOAPIC_MAX_PINS		240

#define BAD_APICID		0xffffffffu

#endif /* _ASM_X86_APICDEF_H */
