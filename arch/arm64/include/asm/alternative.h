/* SPDX-License-Identifier: MIT */
/* The record behind ALTERNATIVE() and who applies it. See alternative-macros.h for the model. */
#ifndef _ASM_ALTERNATIVE_H
#define _ASM_ALTERNATIVE_H

#include <asm/alternative-macros.h>

#ifndef __ASSEMBLY__

#include <linux/init.h>
#include <linux/types.h>

/**
 * struct alt_instr - one place to patch
 * @orig_offset: from this field to the original instructions
 * @alt_offset: from this field to the replacement
 * @cpucap: the feature that selects the replacement
 * @orig_len: bytes of the original
 * @alt_len: bytes of the replacement, not more than @orig_len
 */
struct alt_instr {
	s32 orig_offset;
	s32 alt_offset;
	u16 cpucap;
	u8 orig_len;
	u8 alt_len;
};

void __init apply_alternatives_all(void);
void apply_alternatives(const struct alt_instr *start, const struct alt_instr *end);

#endif /* !__ASSEMBLY__ */
#endif /* _ASM_ALTERNATIVE_H */
