/* SPDX-License-Identifier: MIT */
/* The exception table from C's side. */
#ifndef _ASM_EXTABLE_H
#define _ASM_EXTABLE_H

#include <linux/types.h>
#include <asm/asm-extable.h>

struct pt_regs;

#define ARCH_HAS_RELATIVE_EXTABLE

/**
 * struct exception_table_entry - an instruction that may fault, and what happens then
 * @insn: from this field to the instruction
 * @fixup: from this field to where execution goes on
 * @type: EX_TYPE_*
 * @data: for the handler of @type
 */
struct exception_table_entry {
	int insn, fixup;
	short type, data;
};

/* Sorting moves entries, and a relative offset changes by as much; insn is done by the caller. */
#define swap_ex_entry_fixup(a, b, tmp, delta)		\
do {							\
	(a)->fixup = (b)->fixup + (delta);		\
	(b)->fixup = (tmp).fixup - (delta);		\
	(a)->type = (b)->type;				\
	(b)->type = (tmp).type;				\
	(a)->data = (b)->data;				\
	(b)->data = (tmp).data;				\
} while (0)

bool fixup_exception(struct pt_regs *regs);
bool insn_may_access_user(unsigned long addr);

#endif /* _ASM_EXTABLE_H */
