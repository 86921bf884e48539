/* SPDX-License-Identifier: MIT */
/*
 * The exception table: for each instruction of the kernel that is allowed to
 * fault, where execution continues. All addresses are relative to the word
 * that holds them, so the table needs no relocation and half the space.
 */
#ifndef _ASM_X86_EXTABLE_H
#define _ASM_X86_EXTABLE_H

#include <linux/types.h>
#include <asm/extable_fixup_types.h>

struct exception_table_entry {
	int insn;
	int fixup;
	int data;
};

#define ARCH_HAS_RELATIVE_EXTABLE

struct pt_regs;

/* Called by the sort when two rows change places. */
#define swap_ex_entry_fixup(a, b, tmp, delta)			\
	do {							\
		(a)->fixup = (b)->fixup + (delta);		\
		(b)->fixup = (tmp).fixup - (delta);		\
		(a)->data = (b)->data;				\
		(b)->data = (tmp).data;				\
	} while (0)

int fixup_exception(struct pt_regs *regs, int trapnr, unsigned long error_code,
		    unsigned long fault_addr);

#endif /* _ASM_X86_EXTABLE_H */
