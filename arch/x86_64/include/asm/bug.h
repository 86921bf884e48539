/* SPDX-License-Identifier: MIT */
/* BUG() and WARN(): ud2 in the code, the details in a table beside it. */
#ifndef _ASM_X86_BUG_H
#define _ASM_X86_BUG_H

#include <linux/compiler.h>
#include <linux/instrumentation.h>
#include <linux/stringify.h>

#define INSN_UD2	0x0b0f
#define LEN_UD2		2

#define __X86_BUG_ENTRY(flags)						\
	asm_inline volatile("1:\tud2\n"					\
		     ".pushsection __bug_table, \"aw\"\n"		\
		     ".balign 4\n"					\
		     "2:\t.long 1b - .\n"				\
		     "\t.long %c0 - .\n"				\
		     "\t.word %c1\n"					\
		     "\t.word %c2\n"					\
		     ".org 2b + %c3\n"					\
		     ".popsection"					\
		     : : "i" (__FILE__), "i" (__LINE__), "i" (flags),	\
			 "i" (sizeof(struct bug_entry)))

#define HAVE_ARCH_BUG
#define BUG()								\
do {									\
	instrumentation_begin();					\
	__X86_BUG_ENTRY(0);						\
	__builtin_unreachable();					\
} while (0)

#define __WARN_FLAGS(flags)						\
do {									\
	instrumentation_begin();					\
	__X86_BUG_ENTRY(BUGFLAG_WARNING | (flags));			\
	instrumentation_end();						\
} while (0)

int is_valid_bugaddr(unsigned long addr);

#include <asm-generic/bug.h>

#endif /* _ASM_X86_BUG_H */
