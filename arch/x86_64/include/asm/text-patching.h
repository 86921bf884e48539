/* SPDX-License-Identifier: MIT */
/*
 * Changing code that may be running.
 *
 * Kernel text is mapped read-only and executable. All changes go through a
 * writable, non-executable alias of the page in the fixmap, under text_mutex.
 *
 * text_poke() writes bytes; alone it is for places that no CPU can be executing.
 * text_poke_bp() replaces one whole instruction under the feet of other CPUs: it
 * puts int3 over the first byte, has every CPU synchronise, writes the rest,
 * synchronises, writes the first byte, synchronises, and stores that byte again
 * for emulators. A CPU that runs into the int3 meanwhile acts as if it had executed
 * the new instruction.
 */
#ifndef _ASM_X86_TEXT_PATCHING_H
#define _ASM_X86_TEXT_PATCHING_H

#include <linux/types.h>

struct pt_regs;

#define INT3_INSN_SIZE		1
#define INT3_INSN_OPCODE	0xcc
#define RET_INSN_SIZE		1
#define RET_INSN_OPCODE		0xc3
#define CALL_INSN_SIZE		5
#define CALL_INSN_OPCODE	0xe8
#define JMP32_INSN_SIZE		5
#define JMP32_INSN_OPCODE	0xe9
#define JMP8_INSN_SIZE		2
#define JMP8_INSN_OPCODE	0xeb
#define DISP32_SIZE		4
#define NOP5_INSN_SIZE		5

#define POKE_MAX_OPCODE_SIZE	5

extern const u8 x86_nop5[NOP5_INSN_SIZE];

void text_poke_early(void *addr, const void *opcode, size_t len);
void *text_poke(void *addr, const void *opcode, size_t len);
void text_poke_sync(void);
void text_poke_bp(void *addr, const void *opcode, size_t len);

/* Several sites with one set of synchronisations; finish before dropping text_mutex. */
void text_poke_queue(void *addr, const void *opcode, size_t len);
void text_poke_finish(void);

bool poke_int3_handler(struct pt_regs *regs);

/* Fill @buf with the 5-byte jump or call at @addr to @dest. */
void text_gen_insn(u8 *buf, u8 opcode, const void *addr, const void *dest);

#endif /* _ASM_X86_TEXT_PATCHING_H */
