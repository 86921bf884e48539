// SPDX-License-Identifier: MIT
/*
 * Choosing instructions by what the processor can do: see <asm/alternative.h>.
 */

#include <asm/alternative.h>

#include <linux/bug.h>
#include <linux/init.h>
#include <linux/kernel.h>
#include <linux/string.h>

#include <asm/cpufeature.h>
#include <asm/nops.h>
#include <asm/text-patching.h>

#define MAX_PATCH_LEN	255

static const u8 nops[ASM_NOP_MAX + 1][ASM_NOP_MAX] = {
	[1] = { 0x90 },
	[2] = { 0x66, 0x90 },
	[3] = { 0x0f, 0x1f, 0x00 },
	[4] = { 0x0f, 0x1f, 0x40, 0x00 },
	[5] = { 0x0f, 0x1f, 0x44, 0x00, 0x00 },
	[6] = { 0x66, 0x0f, 0x1f, 0x44, 0x00, 0x00 },
	[7] = { 0x0f, 0x1f, 0x80, 0x00, 0x00, 0x00, 0x00 },
	[8] = { 0x0f, 0x1f, 0x84, 0x00, 0x00, 0x00, 0x00, 0x00 },
};

/** add_nops - fill @len bytes with the longest nops that fit */
void add_nops(void *insns, unsigned int len)
{
	while (len) {
		unsigned int n = min(len, (unsigned int)ASM_NOP_MAX);

		memcpy(insns, nops[n], n);
		insns += n;
		len -= n;
	}
}

/*
 * A jump or call that is the whole replacement is relative to the place it was
 * assembled at; from the old code's place the distance differs.
 */
static void fix_branch(u8 *buf, const struct alt_instr *a, const u8 *instr, const u8 *repl)
{
	s32 disp;

	if (a->replacementlen != JMP32_INSN_SIZE ||
	    (buf[0] != JMP32_INSN_OPCODE && buf[0] != CALL_INSN_OPCODE))
		return;
	memcpy(&disp, buf + 1, sizeof(disp));
	disp += repl - instr;
	memcpy(buf + 1, &disp, sizeof(disp));
}

/* Without the feature too: single-byte nops of the padding become long ones. */
static void apply_one(struct alt_instr *a)
{
	u8 *instr = (u8 *)&a->instr_offset + a->instr_offset;
	u8 *repl = (u8 *)&a->repl_offset + a->repl_offset;
	u8 buf[MAX_PATCH_LEN];

	if (!boot_cpu_has(a->cpuid))
		return;
	BUG_ON(a->replacementlen > a->instrlen);
	memcpy(buf, repl, a->replacementlen);
	fix_branch(buf, a, instr, repl);
	add_nops(buf + a->replacementlen, a->instrlen - a->replacementlen);
	text_poke_early(instr, buf, a->instrlen);
}

void __init_or_module apply_alternatives(struct alt_instr *start, struct alt_instr *end)
{
	struct alt_instr *a;

	for (a = start; a < end; a++)
		apply_one(a);
}

/**
 * alternative_instructions - patch the image for this processor
 *
 * Context: the boot CPU, before any other is up: nobody else can be executing what changes.
 */
void __init alternative_instructions(void)
{
	apply_alternatives(__alt_instructions, __alt_instructions_end);
}
