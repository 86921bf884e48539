/* SPDX-License-Identifier: MIT */
#ifndef SELFTESTS_ARM64_VECTORS_H
#define SELFTESTS_ARM64_VECTORS_H

/* All SVE registers to memory and back, in the order of signal frames: Z0-Z31, P0-P15, FFR. */

#include <sys/auxv.h>
#include <sys/prctl.h>
#include <asm/hwcap.h>

#include "../kselftest.h"

#define MAX_VL		256
#define STATE_SIZE(vl)	(32 * (vl) + 17 * (vl) / 8)
#define MAX_STATE	STATE_SIZE(MAX_VL)

void load_vectors(const void *state);
void save_vectors(void *state);
unsigned int vector_length(void);

asm(".text\n"
    ".arch armv8.2-a+sve\n"
    ".globl load_vectors, save_vectors, vector_length\n"
    ".macro each_vector op\n"
    ".irp n,0,1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20,21,22,23,24,25,26,27,28,29,30,31\n"
    "	\\op z\\n, [x0, #\\n, mul vl]\n"
    ".endr\n"
    "	addvl x1, x0, #31\n"
    "	addvl x1, x1, #1\n"
    ".endm\n"
    ".macro each_predicate op\n"
    ".irp n,0,1,2,3,4,5,6,7,8,9,10,11,12,13,14,15\n"
    "	\\op p\\n, [x1, #\\n, mul vl]\n"
    ".endr\n"
    ".endm\n"
    "load_vectors:\n"
    "	each_vector ldr\n"
    "	ldr p0, [x1, #16, mul vl]\n"
    "	wrffr p0.b\n"
    "	each_predicate ldr\n"
    "	ret\n"
    "save_vectors:\n"
    "	each_vector str\n"
    "	each_predicate str\n"
    "	rdffr p0.b\n"
    "	str p0, [x1, #16, mul vl]\n"
    "	ldr p0, [x1]\n"
    "	ret\n"
    "vector_length:\n"
    "	rdvl x0, #1\n"
    "	ret\n");

/* Every byte another; FFR all ones up to some bit, which is all that it can be. */
static inline void make_pattern(unsigned char *state, unsigned int vl, unsigned char seed)
{
	unsigned int i, size = STATE_SIZE(vl);

	for (i = 0; i < size - vl / 8; i++)
		state[i] = (i * 7 + i / 251 + seed) | 1;
	memset(state + size - vl / 8, 0, vl / 8);
	state[size - vl / 8] = 0x1f;
}

static inline void need_sve(void)
{
	if (!(getauxval(AT_HWCAP) & HWCAP_SVE))
		SKIP("no SVE");
}

#endif /* SELFTESTS_ARM64_VECTORS_H */
