/* SPDX-License-Identifier: MIT */
/*
 * The 256 entries of the interrupt descriptor table, and who has which.
 *
 *	0x00 - 0x1f	exceptions, fixed by the CPU
 *	0x20		kept free: a vector in the middle of moving is told by it
 *	0x21 - 0x2f	devices
 *	0x30 - 0x3f	the sixteen ISA lines (a fixed place makes a dump easy to read)
 *	0x40 - 0xeb	devices
 *	0xec - 0xff	the kernel's own: local timer and messages between CPUs
 *
 * The local APIC ranks vectors by their upper four bits, so the system vectors stand at the
 * top.  This header is included by assembly too: numbers only.
 */
#ifndef _ASM_X86_IRQ_VECTORS_H
#define _ASM_X86_IRQ_VECTORS_H

#define NMI_VECTOR			0x02

#define NUM_EXCEPTION_VECTORS		32
#define FIRST_EXTERNAL_VECTOR		0x20

#define ISA_IRQ_VECTOR_BASE		0x30
#define ISA_IRQ_VECTOR(irq)		(ISA_IRQ_VECTOR_BASE + (irq))
#define NR_LEGACY_VECTORS		16

#define LOCAL_TIMER_VECTOR		0xec
#define FIRST_SYSTEM_VECTOR		LOCAL_TIMER_VECTOR

#define IRQ_WORK_VECTOR			0xf6
#define REBOOT_VECTOR			0xf8
#define CALL_FUNCTION_SINGLE_VECTOR	0xfb
#define CALL_FUNCTION_VECTOR		0xfc
#define RESCHEDULE_VECTOR		0xfd
#define ERROR_APIC_VECTOR		0xfe
#define SPURIOUS_APIC_VECTOR		0xff

#define NR_VECTORS			256

#define NR_IRQS_LEGACY			16

#endif /* _ASM_X86_IRQ_VECTORS_H */
