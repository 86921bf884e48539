/* SPDX-License-Identifier: MIT */
/* The few instructions that the kernel makes itself, and questions about those it finds. */
#ifndef _ASM_INSN_H
#define _ASM_INSN_H

#include <linux/types.h>

#define AARCH64_INSN_SIZE	4

#define AARCH64_BREAK_FAULT	(0xd4200000u | (0x100u << 5))	/* brk #0x100 */

enum aarch64_insn_branch_type {
	AARCH64_INSN_BRANCH_NOLINK,
	AARCH64_INSN_BRANCH_LINK,
};

/** aarch64_insn_gen_nop - the instruction nop */
static inline u32 aarch64_insn_gen_nop(void)
{
	return 0xd503201fu;
}

/** aarch64_insn_is_nop - is it nop? */
static inline bool aarch64_insn_is_nop(u32 insn)
{
	return insn == 0xd503201fu;
}

/** aarch64_insn_is_branch_imm26 - is it b or bl? */
static inline bool aarch64_insn_is_branch_imm26(u32 insn)
{
	return (insn & 0x7c000000u) == 0x14000000u;
}

/** aarch64_insn_is_brk - is it brk, with any number? */
static inline bool aarch64_insn_is_brk(u32 insn)
{
	return (insn & 0xffe0001fu) == 0xd4200000u;
}

/**
 * aarch64_insn_is_unprivileged_access - is it ldtr* or sttr*, of any size: an unprivileged access?
 */
static inline bool aarch64_insn_is_unprivileged_access(u32 insn)
{
	return (insn & 0x3f200c00u) == 0x38000800u;
}

u32 aarch64_insn_gen_branch_imm(unsigned long pc, unsigned long addr,
				enum aarch64_insn_branch_type type);
s32 aarch64_get_branch_offset(u32 insn);

#endif /* _ASM_INSN_H */
