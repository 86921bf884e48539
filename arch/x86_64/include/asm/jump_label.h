/* SPDX-License-Identifier: MIT */
/*
 * A branch that is decided by patching: five bytes, either a nop (fall through)
 * or a jump. The row in __jump_table is relative to itself.
 */
#ifndef _ASM_X86_JUMP_LABEL_H
#define _ASM_X86_JUMP_LABEL_H

#define HAVE_JUMP_LABEL_BATCH
#define JUMP_LABEL_NOP_SIZE	5

#ifndef __ASSEMBLY__
#include <linux/compiler.h>
#include <linux/types.h>

/* Bit 0 of the key's address: the sense of the branch. */
#define __X86_JUMP_TABLE_ENTRY				\
	".pushsection __jump_table, \"aw\"\n"		\
	".balign 8\n"					\
	".long 1b - .\n"				\
	".long %l[l_yes] - .\n"				\
	".quad %c0 + %c1 - .\n"				\
	".popsection\n"

struct static_key;

/** arch_static_branch - a nop of five bytes, or a jump: true if it jumps */
static __always_inline bool arch_static_branch(struct static_key * const key, const bool branch)
{
	asm goto("1: .byte 0x0f, 0x1f, 0x44, 0x00, 0x00\n"
		 __X86_JUMP_TABLE_ENTRY
		 : : "i" (key), "i" (branch) : : l_yes);
	return false;
l_yes:
	return true;
}

/** arch_static_branch_jump - arch_static_branch() that begins as a jump */
static __always_inline bool arch_static_branch_jump(struct static_key * const key,
						    const bool branch)
{
	asm goto("1: .byte 0xe9\n"
		 ".long %l[l_yes] - (. + 4)\n"
		 __X86_JUMP_TABLE_ENTRY
		 : : "i" (key), "i" (branch) : : l_yes);
	return false;
l_yes:
	return true;
}
#endif /* !__ASSEMBLY__ */

#endif /* _ASM_X86_JUMP_LABEL_H */
