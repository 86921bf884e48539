/* SPDX-License-Identifier: MIT */
/*
 * Instructions chosen at boot. The code holds the version for the oldest
 * processor, padded with nops to the length of the newer one; a row in
 * .altinstructions says which feature makes apply_alternatives() copy the newer
 * one over it.
 */
#ifndef _ASM_X86_ALTERNATIVE_H
#define _ASM_X86_ALTERNATIVE_H

#include <linux/stringify.h>
#include <asm/cpufeatures.h>

#ifndef __ASSEMBLY__
#include <linux/init.h>
#include <linux/types.h>

struct alt_instr {
	s32 instr_offset;	/* old instruction, relative to this field */
	s32 repl_offset;	/* its replacement, likewise */
	u16 cpuid;		/* X86_FEATURE_* */
	u8 instrlen;		/* bytes to fill, padding included */
	u8 replacementlen;
} __packed;

extern struct alt_instr __alt_instructions[], __alt_instructions_end[];

void __init alternative_instructions(void);
void apply_alternatives(struct alt_instr *start, struct alt_instr *end);

/* The assembler's comparison yields -1 for true. */
#define ALTERNATIVE(oldinstr, newinstr, feature)				\
	"661:\n\t" oldinstr "\n662:\n"						\
	".skip -(((665f-664f)-(662b-661b)) > 0) * ((665f-664f)-(662b-661b)), 0x90\n"	\
	"663:\n"								\
	".pushsection .altinstructions, \"a\"\n"				\
	" .long 661b - .\n"							\
	" .long 664f - .\n"							\
	" .word " __stringify(feature) "\n"					\
	" .byte 663b - 661b\n"							\
	" .byte 665f - 664f\n"							\
	".popsection\n"								\
	".pushsection .altinstr_replacement, \"ax\"\n"				\
	"664:\n\t" newinstr "\n665:\n"						\
	".popsection\n"

#define alternative(oldinstr, newinstr, feature)				\
	asm_inline volatile(ALTERNATIVE(oldinstr, newinstr, feature) : : : "memory")

#endif /* !__ASSEMBLY__ */
#endif /* _ASM_X86_ALTERNATIVE_H */
