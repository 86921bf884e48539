// SPDX-License-Identifier: MIT
/*
 * Static keys: b and nop may be exchanged under running CPUs, so a change is one store for each use
 * of the key.
 */
#include <linux/jump_label.h>
#include <linux/kernel.h>
#include <linux/smp.h>

#include <asm/insn.h>
#include <asm/patching.h>

/**
 * arch_jump_label_transform_queue - make one use of a key branch, or not
 * @entry: the use
 * @type: JUMP_LABEL_JMP or JUMP_LABEL_NOP
 *
 * Return: true: done, though other CPUs may not see it before arch_jump_label_transform_apply()
 */
bool arch_jump_label_transform_queue(struct jump_entry *entry, enum jump_label_type type)
{
	void *addr = (void *)jump_entry_code(entry);
	u32 insn;

	if (type == JUMP_LABEL_JMP)
		insn = aarch64_insn_gen_branch_imm(jump_entry_code(entry), jump_entry_target(entry),
						   AARCH64_INSN_BRANCH_NOLINK);
	else
		insn = aarch64_insn_gen_nop();
	aarch64_insn_patch_text_nosync(addr, insn);
	return true;
}

/**
 * arch_jump_label_transform_apply - every CPU executes the new code from here on
 */
void arch_jump_label_transform_apply(void)
{
	kick_all_cpus_sync();
}

void arch_jump_label_transform(struct jump_entry *entry, enum jump_label_type type)
{
	arch_jump_label_transform_queue(entry, type);
}
