// SPDX-License-Identifier: MIT
/*
 * Static keys: b and nop may be exchanged under running CPUs, so a change is one store for each use
 * of the key, and an interrupt on every CPU for all of them together.
 *
 * Then each is stored once more. On a processor that changes nothing. QEMU before 8.1, with a host
 * thread for each CPU, may take up a translation of the old instruction after the store that should
 * have dropped it:
 *
 *	CPU 0 (its translator)		CPU 1
 *	reads the old instruction
 *					stores the new one, drops translations: none is known yet
 *	enters its translation
 *					interrupts CPU 0, which has left its translator by then
 *					stores the new one again: drops the stale translation
 */
#include <linux/jump_label.h>
#include <linux/kernel.h>
#include <linux/smp.h>

#include <asm/insn.h>
#include <asm/patching.h>

/* What was changed since the last apply. Under the jump label lock. */
#define MAX_QUEUED	64

static struct {
	void *addr;
	u32 insn;
} queued[MAX_QUEUED];
static unsigned int nr_queued;

/**
 * arch_jump_label_transform_queue - make one use of a key branch, or not
 * @entry: the use
 * @type: JUMP_LABEL_JMP or JUMP_LABEL_NOP
 *
 * Return: true: done, though other CPUs may not see it before arch_jump_label_transform_apply();
 * false: no room, apply first and ask again
 */
bool arch_jump_label_transform_queue(struct jump_entry *entry, enum jump_label_type type)
{
	void *addr = (void *)jump_entry_code(entry);
	u32 insn;

	if (nr_queued == MAX_QUEUED)
		return false;
	if (type == JUMP_LABEL_JMP)
		insn = aarch64_insn_gen_branch_imm(jump_entry_code(entry), jump_entry_target(entry),
						   AARCH64_INSN_BRANCH_NOLINK);
	else
		insn = aarch64_insn_gen_nop();
	aarch64_insn_patch_text_nosync(addr, insn);
	queued[nr_queued].addr = addr;
	queued[nr_queued++].insn = insn;
	return true;
}

/**
 * arch_jump_label_transform_apply - every CPU executes the new code from here on
 */
void arch_jump_label_transform_apply(void)
{
	kick_all_cpus_sync();
	while (nr_queued) {
		nr_queued--;
		aarch64_insn_patch_text_nosync(queued[nr_queued].addr, queued[nr_queued].insn);
	}
}

/**
 * arch_jump_label_transform - turn one branch into a nop or a jump
 * @entry: where
 * @type: JUMP_LABEL_NOP, JUMP_LABEL_JMP
 *
 * Queued; all CPUs execute it after arch_jump_label_transform_apply().
 */
void arch_jump_label_transform(struct jump_entry *entry, enum jump_label_type type)
{
	if (!arch_jump_label_transform_queue(entry, type)) {
		arch_jump_label_transform_apply();
		arch_jump_label_transform_queue(entry, type);
	}
}
