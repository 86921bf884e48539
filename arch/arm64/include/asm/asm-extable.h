/* SPDX-License-Identifier: MIT */
/*
 * The exception table from assembly's side: which instruction may fault, and where to go on when it
 * does.
 *
 * A record holds two 32-bit offsets, each relative to its own place, a type, and data for the
 * type's handler.
 */
#ifndef _ASM_ASM_EXTABLE_H
#define _ASM_ASM_EXTABLE_H

#define EX_TYPE_NONE			0
#define EX_TYPE_FIXUP			1	/* any fault */
#define EX_TYPE_UACCESS			2	/* ldtr, sttr on a user address */
#define EX_TYPE_KACCESS			3	/* a probing access to a kernel address */

#ifdef __ASSEMBLY__

.macro _asm_extable insn:req, fixup:req, type:req
	.pushsection __ex_table, "a"
	.balign 4
	.long \insn - .
	.long \fixup - .
	.short \type
	.short 0
	.popsection
.endm

/* The instruction that follows accesses user memory; on a fault go on at \fixup. */
.macro USER fixup:req, insn:vararg
9900:	\insn
	_asm_extable 9900b, \fixup, EX_TYPE_UACCESS
.endm

#else

#include <linux/stringify.h>

#define __ASM_EXTABLE(insn, fixup, type)		\
	".pushsection __ex_table, \"a\"\n"		\
	".balign 4\n"					\
	".long (" insn ") - .\n"			\
	".long (" fixup ") - .\n"			\
	".short " type "\n"				\
	".short 0\n"					\
	".popsection\n"

#define _ASM_EXTABLE(insn, fixup)		__ASM_EXTABLE(#insn, #fixup, \
							      __stringify(EX_TYPE_FIXUP))
#define _ASM_EXTABLE_UACCESS(insn, fixup)	__ASM_EXTABLE(#insn, #fixup, \
							      __stringify(EX_TYPE_UACCESS))
#define _ASM_EXTABLE_KACCESS(insn, fixup)	__ASM_EXTABLE(#insn, #fixup, \
							      __stringify(EX_TYPE_KACCESS))

#endif /* __ASSEMBLY__ */
#endif /* _ASM_ASM_EXTABLE_H */
