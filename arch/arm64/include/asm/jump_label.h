/* SPDX-License-Identifier: MIT */
/* Static keys: a no-op or a branch at each use, rewritten when the key changes. */
#ifndef _ASM_JUMP_LABEL_H
#define _ASM_JUMP_LABEL_H

#ifndef __ASSEMBLY__

#include <linux/types.h>

#define HAVE_JUMP_LABEL_BATCH
#define JUMP_LABEL_NOP_SIZE	4

struct static_key;

#define __JUMP_LABEL_RECORD				\
	".pushsection __jump_table, \"aw\"\n"		\
	".balign 8\n"					\
	".long 1b - .\n"				\
	".long %l[l_yes] - .\n"				\
	".quad %c0 - .\n"				\
	".popsection\n"

/* The low bit of the key's offset says which way the branch leans when the key is off. */
static __always_inline bool arch_static_branch(struct static_key *const key, const bool branch)
{
	asm goto("1:	nop\n" __JUMP_LABEL_RECORD
		 : : "i" (&((char *)key)[branch]) : : l_yes);
	return false;
l_yes:
	return true;
}

/** arch_static_branch_jump - arch_static_branch() that begins as a jump, not as a nop */
static __always_inline bool arch_static_branch_jump(struct static_key *const key, const bool branch)
{
	asm goto("1:	b	%l[l_yes]\n" __JUMP_LABEL_RECORD
		 : : "i" (&((char *)key)[branch]) : : l_yes);
	return false;
l_yes:
	return true;
}

#endif /* !__ASSEMBLY__ */
#endif /* _ASM_JUMP_LABEL_H */
