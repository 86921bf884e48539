/* SPDX-License-Identifier: MIT */
/*
 * The GDT. The order of the user descriptors is dictated by sysret, which
 * loads CS from STAR+16 and SS from STAR+8; the TLS slots' place is ABI.
 */
#ifndef _ASM_X86_SEGMENT_H
#define _ASM_X86_SEGMENT_H

#include <linux/const.h>

#define GDT_ENTRY_KERNEL32_CS		1
#define GDT_ENTRY_KERNEL_CS		2
#define GDT_ENTRY_KERNEL_DS		3
#define GDT_ENTRY_DEFAULT_USER32_CS	4
#define GDT_ENTRY_DEFAULT_USER_DS	5
#define GDT_ENTRY_DEFAULT_USER_CS	6
#define GDT_ENTRY_TSS			8	/* two slots */
#define GDT_ENTRY_LDT			10	/* two slots */
#define GDT_ENTRY_TLS_MIN		12
#define GDT_ENTRY_TLS_MAX		14
/* Its limit holds the CPU's number: LSL finds the CPU without gs. */
#define GDT_ENTRY_CPUNODE		15
#define GDT_ENTRIES			16
#define GDT_SIZE			(GDT_ENTRIES * 8)

#define __KERNEL32_CS	(GDT_ENTRY_KERNEL32_CS * 8)
#define __KERNEL_CS	(GDT_ENTRY_KERNEL_CS * 8)
#define __KERNEL_DS	(GDT_ENTRY_KERNEL_DS * 8)
#define __USER32_CS	(GDT_ENTRY_DEFAULT_USER32_CS * 8 + 3)
#define __USER_DS	(GDT_ENTRY_DEFAULT_USER_DS * 8 + 3)
#define __USER32_DS	__USER_DS
#define __USER_CS	(GDT_ENTRY_DEFAULT_USER_CS * 8 + 3)
#define __CPUNODE_SEG	(GDT_ENTRY_CPUNODE * 8 + 3)

#define VDSO_CPUNODE_BITS	12
#define VDSO_CPUNODE_MASK	0xfff

#define IDT_ENTRIES		256

#ifndef __ASSEMBLY__
#define savesegment(seg, value)	asm("mov %%" #seg ", %0" : "=r" (value) : : "memory")

#define loadsegment(seg, value)						\
	asm volatile("mov %0, %%" #seg : : "r" ((unsigned short)(value)) : "memory")
#endif

#endif /* _ASM_X86_SEGMENT_H */
