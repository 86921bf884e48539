/* SPDX-License-Identifier: MIT */
/*
 * A static call goes through a trampoline of one jump, which is patched to go
 * to the current target: a direct call and a direct jump, no load and nothing to
 * predict. The trampoline of a call without target jumps to a function that returns.
 */
#ifndef _ASM_X86_STATIC_CALL_H
#define _ASM_X86_STATIC_CALL_H

#define __ARCH_DEFINE_STATIC_CALL_TRAMP(name, insns)			\
	asm(".pushsection .text, \"ax\"\n"				\
	    ".balign 8\n"						\
	    ".globl " STATIC_CALL_TRAMP_STR(name) "\n"			\
	    STATIC_CALL_TRAMP_STR(name) ":\n"				\
	    insns "\n"							\
	    ".byte 0x53, 0x43, 0x54\n"					\
	    ".type " STATIC_CALL_TRAMP_STR(name) ", @function\n"	\
	    ".size " STATIC_CALL_TRAMP_STR(name) ", . - "		\
	    STATIC_CALL_TRAMP_STR(name) "\n"				\
	    ".popsection\n")

#define ARCH_DEFINE_STATIC_CALL_TRAMP(name, func)			\
	__ARCH_DEFINE_STATIC_CALL_TRAMP(name, ".byte 0xe9; .long " #func " - (. + 4)")

#define ARCH_DEFINE_STATIC_CALL_NULL_TRAMP(name)			\
	ARCH_DEFINE_STATIC_CALL_TRAMP(name, __static_call_nop)

#define ARCH_DEFINE_STATIC_CALL_RET0_TRAMP(name)			\
	ARCH_DEFINE_STATIC_CALL_TRAMP(name, __static_call_return0)

#include <linux/types.h>

void arch_static_call_transform(void *site, void *tramp, void *func, bool tail);
#define arch_static_call_transform arch_static_call_transform

#endif /* _ASM_X86_STATIC_CALL_H */
