/* SPDX-License-Identifier: MIT */
#include <linux/linkage.h>
#include <asm/assembler.h>

	.text
/*
 * size_t strlen(const char *s)
 *
 * Aligned words never cross into a page that the string is not in. The first one may begin before
 * the string: its bytes there are made non-zero. A word has a zero byte if (w - 01..01) & ~w &
 * 80..80 is not zero; the lowest bit of that is the first zero byte's.
 */
SYM_FUNC_START(__strlen)
	and	x1, x0, #~7
	ldr	x2, [x1], #8
	and	x3, x0, #7
	lsl	x3, x3, #3
	mov	x4, #-1
	lsl	x4, x4, x3
	orn	x2, x2, x4
	mov	x5, #0x0101010101010101
1:	sub	x3, x2, x5
	bic	x3, x3, x2
	ands	x3, x3, #0x8080808080808080
	b.ne	2f
	ldr	x2, [x1], #8
	b	1b
2:	rbit	x3, x3
	clz	x3, x3
	sub	x1, x1, #8
	add	x1, x1, x3, lsr #3
	sub	x0, x1, x0
	ret
SYM_FUNC_END(__strlen)

SYM_FUNC_ALIAS_WEAK(strlen, __strlen)

	.section .note.GNU-stack, "", %progbits
