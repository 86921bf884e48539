/* SPDX-License-Identifier: MIT */
/*
 * Changing the kernel's own code while it runs. Text is never writable where it executes: a writer
 * maps the page a second time, through the fixmap, for the length of one store.
 */
#ifndef _ASM_PATCHING_H
#define _ASM_PATCHING_H

#include <linux/types.h>

int aarch64_insn_read(void *addr, u32 *insnp);
int aarch64_insn_write(void *addr, u32 insn);
int aarch64_insn_patch_text_nosync(void *addr, u32 insn);
int aarch64_insn_patch_text(void *addrs[], u32 insns[], int cnt);
int aarch64_insn_write_block(void *addr, const u32 *insns, int cnt);

#endif /* _ASM_PATCHING_H */
