/* SPDX-License-Identifier: MIT */
/*
 * BUG() and WARN(): a brk instruction and, in __bug_table, a record of where it is and what was
 * meant. The handler is report_bug(); a warning's flags let it go on behind the brk.
 */
#ifndef _ASM_BUG_H
#define _ASM_BUG_H

#include <linux/stringify.h>
#include <asm/brk-imm.h>

#define HAVE_ARCH_BUG

#ifndef __ASSEMBLY__

/*
 * Offsets are relative to the field that holds them; the layout is struct bug_entry of
 * <linux/bug.h>.
 */
#define __BUG_ENTRY_ASM(flags)						\
	".pushsection __bug_table, \"aw\"\n"				\
	".balign 4\n"							\
	"14470:	.long 14471f - .\n"					\
	"	.long %0 - .\n"						\
	"	.short %1\n"						\
	"	.short " flags "\n"					\
	".popsection\n"

#define __BUG_FLAGS(flags)						\
	asm volatile(__BUG_ENTRY_ASM("%2")				\
		"14471:	brk %3\n"					\
		: : "i" (__FILE__), "i" (__LINE__), "i" (flags), "i" (BUG_BRK_IMM))

#define BUG() do {							\
	__BUG_FLAGS(0);							\
	unreachable();							\
} while (0)

#define __WARN_FLAGS(flags)	__BUG_FLAGS(BUGFLAG_WARNING | (flags))

#include <asm-generic/bug.h>

#endif /* !__ASSEMBLY__ */
#endif /* _ASM_BUG_H */
