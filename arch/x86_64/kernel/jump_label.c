// SPDX-License-Identifier: MIT
/* The machine's half of static keys: a nop or a jump of five bytes. */

#include <linux/bug.h>
#include <linux/jump_label.h>
#include <linux/kernel.h>
#include <linux/memory.h>
#include <linux/mutex.h>
#include <linux/string.h>

#include <asm/text-patching.h>

static void gen_insn(u8 *buf, const void *code, const void *target, enum jump_label_type type)
{
	if (type == JUMP_LABEL_JMP)
		text_gen_insn(buf, JMP32_INSN_OPCODE, code, target);
	else
		memcpy(buf, x86_nop5, NOP5_INSN_SIZE);
}

/* What stands there has to be what we last wrote: else somebody else writes too. */
static void check_old_insn(struct jump_entry *entry, enum jump_label_type new_type)
{
	const void *code = (void *)jump_entry_code(entry);
	u8 expect[JUMP_LABEL_NOP_SIZE];

	gen_insn(expect, code, (void *)jump_entry_target(entry),
		 new_type == JUMP_LABEL_JMP ? JUMP_LABEL_NOP : JUMP_LABEL_JMP);
	if (memcmp(code, expect, JUMP_LABEL_NOP_SIZE)) {
		pr_crit("jump_label: unexpected code at %pS: %5ph instead of %5ph\n", code, code,
			expect);
		BUG();
	}
}

bool arch_jump_label_transform_queue(struct jump_entry *entry, enum jump_label_type type)
{
	void *code = (void *)jump_entry_code(entry);
	u8 insn[JUMP_LABEL_NOP_SIZE];

	mutex_lock(&text_mutex);
	check_old_insn(entry, type);
	gen_insn(insn, code, (void *)jump_entry_target(entry), type);
	/* Nobody else runs yet, and nobody can: no ceremony. */
	if (system_state == SYSTEM_BOOTING)
		text_poke_early(code, insn, sizeof(insn));
	else
		text_poke_queue(code, insn, sizeof(insn));
	mutex_unlock(&text_mutex);
	return true;
}

void arch_jump_label_transform_apply(void)
{
	mutex_lock(&text_mutex);
	text_poke_finish();
	mutex_unlock(&text_mutex);
}

/**
 * arch_jump_label_transform - turn one branch into a nop or a jump, on all CPUs
 * @entry: where
 * @type: JUMP_LABEL_NOP, JUMP_LABEL_JMP
 *
 * Context: may sleep.
 */
void arch_jump_label_transform(struct jump_entry *entry, enum jump_label_type type)
{
	arch_jump_label_transform_queue(entry, type);
	arch_jump_label_transform_apply();
}
