/* SPDX-License-Identifier: MIT */
/*
 * Instructions replaced once, at boot, on CPUs with a feature.
 *
 * The code is linked with the variant that every CPU can run. Beside it, in .altinstructions, lies
 * a record of where it is and where the better variant is (.altinstr_replacement).
 * apply_alternatives_all() copies the better one over and fills the rest with no-ops, jumping over
 * them when there are several. The replacement must not be longer than the original and must not
 * branch out of itself nor use PC-relative addresses: it is copied, not relocated.
 */
#ifndef _ASM_ALTERNATIVE_MACROS_H
#define _ASM_ALTERNATIVE_MACROS_H

#include <linux/stringify.h>
#include <asm/cpucaps.h>

#define __ALT_RECORD_TEXT(old, old_end, new, new_end, cap)		\
	".pushsection .altinstructions, \"a\"\n"			\
	".balign 4\n"							\
	".word " old " - .\n"						\
	".word " new " - .\n"						\
	".hword " cap "\n"						\
	".byte " old_end " - " old "\n"					\
	".byte " new_end " - " new "\n"					\
	".popsection\n"

#ifndef __ASSEMBLY__

/* Numeric labels: 66x are ours, the variants may use 1 to 9. */
#define ALTERNATIVE(oldinstr, newinstr, cap)				\
	"661:\n\t" oldinstr "\n"					\
	"662:\n"							\
	".pushsection .altinstr_replacement, \"ax\"\n"			\
	"663:\n\t" newinstr "\n"					\
	"664:\n"							\
	/* As long as the original; assembly fails if it is longer. */	\
	".org . - (664b - 663b) + (662b - 661b)\n"			\
	".popsection\n"							\
	__ALT_RECORD_TEXT("661b", "662b", "663b", "664b", __stringify(cap))

#else

.macro ALTERNATIVE_insns old:req, new:req, cap:req
661:	\old
662:
	.pushsection .altinstr_replacement, "ax"
663:	\new
664:
	.popsection
	.pushsection .altinstructions, "a"
	.balign 4
	.word 661b - .
	.word 663b - .
	.hword \cap
	.byte 662b - 661b
	.byte 664b - 663b
	.popsection
.endm

#endif /* __ASSEMBLY__ */
#endif /* _ASM_ALTERNATIVE_MACROS_H */
