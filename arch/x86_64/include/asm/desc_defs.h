/* SPDX-License-Identifier: MIT */
/* Descriptors as the processor reads them. */
#ifndef _ASM_X86_DESC_DEFS_H
#define _ASM_X86_DESC_DEFS_H

#include <linux/types.h>

/* An 8-byte segment descriptor. */
struct desc_struct {
	u16 limit0;
	u16 base0;
	u16 base1 : 8, type : 4, s : 1, dpl : 2, p : 1;
	u16 limit1 : 4, avl : 1, l : 1, d : 1, g : 1, base2 : 8;
} __attribute__((packed));

/* Flags are bits 40-47 and 52-55 of the descriptor, in one 16-bit word. */
#define GDT_ENTRY_INIT(flags, base, limit)			\
	{							\
		.limit0	= ((limit) >> 0) & 0xffff,		\
		.limit1	= ((limit) >> 16) & 0x000f,		\
		.base0	= ((base) >> 0) & 0xffff,		\
		.base1	= ((base) >> 16) & 0x00ff,		\
		.base2	= ((base) >> 24) & 0x00ff,		\
		.type	= ((flags) >> 0) & 0x000f,		\
		.s	= ((flags) >> 4) & 0x0001,		\
		.dpl	= ((flags) >> 5) & 0x0003,		\
		.p	= ((flags) >> 7) & 0x0001,		\
		.avl	= ((flags) >> 12) & 0x0001,		\
		.l	= ((flags) >> 13) & 0x0001,		\
		.d	= ((flags) >> 14) & 0x0001,		\
		.g	= ((flags) >> 15) & 0x0001,		\
	}

/* The accessed bit is preset everywhere, so the CPU never writes to the table. */
#define DESC_DATA32		0xc093
#define DESC_CODE32		0xc09b
#define DESC_CODE64		0xa09b
#define DESC_USER		0x0060

enum {
	GATE_INTERRUPT = 0xe,
	GATE_TRAP = 0xf,
	DESC_TSS = 0x9,
	DESC_LDT = 0x2,
	DESCTYPE_S = 0x10,
};

/* TSS and LDT descriptors are 16 bytes in long mode. */
struct ldttss_desc {
	u16 limit0;
	u16 base0;
	u16 base1 : 8, type : 5, dpl : 2, p : 1;
	u16 limit1 : 4, zero0 : 3, g : 1, base2 : 8;
	u32 base3;
	u32 zero1;
} __attribute__((packed));

typedef struct ldttss_desc tss_desc;
typedef struct ldttss_desc ldt_desc;

struct idt_bits {
	u16 ist : 3, zero : 5, type : 5, dpl : 2, p : 1;
} __attribute__((packed));

struct gate_struct {
	u16 offset_low;
	u16 segment;
	struct idt_bits bits;
	u16 offset_middle;
	u32 offset_high;
	u32 reserved;
} __attribute__((packed));

typedef struct gate_struct gate_desc;

/** gate_offset - where a gate leads */
static inline unsigned long gate_offset(const gate_desc *g)
{
	return g->offset_low | ((unsigned long)g->offset_middle << 16) |
	       ((unsigned long)g->offset_high << 32);
}

struct desc_ptr {
	unsigned short size;
	unsigned long address;
} __attribute__((packed));

#endif /* _ASM_X86_DESC_DEFS_H */
