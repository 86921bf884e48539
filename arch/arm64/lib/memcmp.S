/* SPDX-License-Identifier: MIT */
#include <linux/linkage.h>
#include <asm/assembler.h>

	.text
/*
 * int memcmp(const void *a, const void *b, size_t n): eight bytes at a time, byte-swapped to
 * compare as numbers.
 */
SYM_FUNC_START(__memcmp)
	subs	x2, x2, #8
	b.lo	2f
1:	ldr	x3, [x0], #8
	ldr	x4, [x1], #8
	cmp	x3, x4
	b.ne	4f
	subs	x2, x2, #8
	b.hs	1b
2:	adds	x2, x2, #8
	b.eq	5f
3:	ldrb	w3, [x0], #1
	ldrb	w4, [x1], #1
	subs	w3, w3, w4
	b.ne	6f
	subs	x2, x2, #1
	b.ne	3b
5:	mov	w0, #0
	ret
4:	rev	x3, x3
	rev	x4, x4
	cmp	x3, x4
	mov	w0, #1
	cneg	w0, w0, lo
	ret
6:	mov	w0, w3
	ret
SYM_FUNC_END(__memcmp)

SYM_FUNC_ALIAS_WEAK(memcmp, __memcmp)

	.section .note.GNU-stack, "", %progbits
