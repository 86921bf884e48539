// SPDX-License-Identifier: MIT
/* The machine's half of static calls: the trampoline's one instruction. */

#include <linux/bug.h>
#include <linux/kernel.h>
#include <linux/memory.h>
#include <linux/mutex.h>
#include <linux/static_call.h>
#include <linux/string.h>

#include <asm/text-patching.h>

/**
 * arch_static_call_transform - let a static call go to another function
 * @site: unused: calls go through the trampoline
 * @tramp: its jump is changed
 * @func: the target; NULL: a function that only returns
 * @tail: unused
 *
 * A return instruction instead of a function that only returns would do, but a CPU that meets the
 * int3 of the change would have to have it emulated, and jumps are all that the int3 handler
 * emulates.
 *
 * Context: may sleep; takes text_mutex.
 */
void arch_static_call_transform(void *site, void *tramp, void *func, bool tail)
{
	u8 insn[JMP32_INSN_SIZE];

	(void)site;
	(void)tail;
	if (!func)
		func = __static_call_nop;
	/* The three bytes behind the jump say that this is a trampoline. */
	if (WARN_ON(memcmp(tramp + JMP32_INSN_SIZE, "SCT", 3)))
		return;

	text_gen_insn(insn, JMP32_INSN_OPCODE, tramp, func);
	mutex_lock(&text_mutex);
	if (memcmp(tramp, insn, sizeof(insn))) {
		if (system_state == SYSTEM_BOOTING)
			text_poke_early(tramp, insn, sizeof(insn));
		else
			text_poke_bp(tramp, insn, sizeof(insn));
	}
	mutex_unlock(&text_mutex);
}
