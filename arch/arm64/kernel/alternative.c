// SPDX-License-Identifier: MIT
/*
 * Applying alternatives: see asm/alternative-macros.h.
 *
 * At boot the writes go through the direct map's alias of the text, still writable then, with one
 * flush of the instruction caches at the end. Tests apply records of their own, through the
 * patching code. Nothing here may use code that is itself being patched in a half-written state: a
 * record is written while no other CPU runs, with interrupts off, and its own instructions are not
 * executed in between (no atomics, no locks).
 */
#include <linux/cache.h>
#include <linux/init.h>
#include <linux/irqflags.h>
#include <linux/kernel.h>
#include <linux/mm.h>
#include <linux/printk.h>

#include <asm/alternative.h>
#include <asm/cacheflush.h>
#include <asm/cpufeature.h>
#include <asm/insn.h>
#include <asm/patching.h>
#include <asm/sections.h>

extern struct alt_instr __alt_instructions[], __alt_instructions_end[];

#define ALT_MAX_INSNS	63

static u32 *alt_orig(const struct alt_instr *alt)
{
	return (void *)&alt->orig_offset + alt->orig_offset;
}

static const u32 *alt_new(const struct alt_instr *alt)
{
	return (void *)&alt->alt_offset + alt->alt_offset;
}

/*
 * Instruction i of the patched sequence: the replacement, then a jump over the rest if that is
 * worth it, then no-ops.
 */
static u32 alt_insn(const struct alt_instr *alt, unsigned int i)
{
	unsigned int nr_new = alt->alt_len / AARCH64_INSN_SIZE, nr =
			alt->orig_len / AARCH64_INSN_SIZE;

	if (i < nr_new)
		return alt_new(alt)[i];
	if (i == nr_new && nr - i > 2)
		return 0x14000000u | (nr - i);		/* b, forward by so many instructions */
	return aarch64_insn_gen_nop();
}

static bool alt_wanted(const struct alt_instr *alt)
{
	return cpus_have_cap(alt->cpucap);
}

/**
 * apply_alternatives - patch a set of records in running code
 * @start: first
 * @end: behind the last
 *
 * Context: no other CPU executes the code. Any.
 */
void apply_alternatives(const struct alt_instr *start, const struct alt_instr *end)
{
	const struct alt_instr *alt;
	u32 buf[ALT_MAX_INSNS];
	unsigned int i, nr;

	for (alt = start; alt < end; alt++) {
		if (!alt_wanted(alt))
			continue;
		nr = alt->orig_len / AARCH64_INSN_SIZE;
		for (i = 0; i < nr; i++)
			buf[i] = alt_insn(alt, i);
		aarch64_insn_write_block(alt_orig(alt), buf, nr);
	}
}

/**
 * apply_alternatives_all - patch the image
 *
 * Context: boot CPU, alone, before the text's alias becomes read-only.
 */
void __init apply_alternatives_all(void)
{
	const struct alt_instr *alt;
	unsigned int i, nr, done = 0;
	unsigned long flags;

	flags = arch_local_irq_save();
	for (alt = __alt_instructions; alt < __alt_instructions_end; alt++) {
		u32 *dst;

		if (!alt_wanted(alt))
			continue;
		dst = lm_alias(alt_orig(alt));
		nr = alt->orig_len / AARCH64_INSN_SIZE;
		for (i = 0; i < nr; i++)
			WRITE_ONCE(dst[i], alt_insn(alt, i));
		done++;
	}
	if (done) {
		dcache_clean_poc((unsigned long)lm_alias(_text),
				 (unsigned long)lm_alias(__init_end));
		asm volatile("ic ialluis" : : : "memory");
		dsb(ish);
		isb();
	}
	arch_local_irq_restore(flags);
	pr_info("alternatives: applied %u of %ld\n", done,
		__alt_instructions_end - __alt_instructions);
}
