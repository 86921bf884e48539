// SPDX-License-Identifier: MIT
/* Making and taking apart branch instructions. */
#include <linux/bug.h>
#include <linux/kernel.h>

#include <asm/insn.h>

/**
 * aarch64_insn_gen_branch_imm - b or bl
 * @pc: where it will be
 * @addr: where it goes
 * @type: with or without link
 *
 * Return: the instruction, or AARCH64_BREAK_FAULT if @addr is not a multiple of 4 within 128 MiB
 */
u32 aarch64_insn_gen_branch_imm(unsigned long pc, unsigned long addr,
				enum aarch64_insn_branch_type type)
{
	long offset = (long)addr - (long)pc;

	if ((pc | addr) & 3 || offset < -(128L << 20) || offset >= (128L << 20))
		return AARCH64_BREAK_FAULT;
	return (type == AARCH64_INSN_BRANCH_LINK ? 0x94000000u : 0x14000000u) |
	       ((offset >> 2) & 0x03ffffff);
}

/**
 * aarch64_get_branch_offset - how far a b or bl goes
 * @insn: the instruction
 *
 * Return: bytes
 */
s32 aarch64_get_branch_offset(u32 insn)
{
	BUG_ON(!aarch64_insn_is_branch_imm26(insn));
	return (s32)(insn << 6) >> 4;
}
