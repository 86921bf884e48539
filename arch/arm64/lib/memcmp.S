/* SPDX-License-Identifier: MIT */
#include <linux/linkage.h>
#include <asm/assembler.h>

	.text
/*
 * int memcmp(const void *a, const void *b, size_t n)
 *
 * 32 bytes a round by pair loads while they are equal, then words, then the last word once more
 * with bytes that were compared already. The first word that differs is byte-swapped, so that its
 * lowest address weighs most, and compared as a number.
 */
SYM_FUNC_START(__memcmp)
	cmp	x2, #8
	b.lo	5f
	subs	x2, x2, #32
	b.lo	2f
1:	ldp	x3, x4, [x0]
	ldp	x5, x6, [x1]
	ldp	x7, x8, [x0, #16]
	ldp	x9, x10, [x1, #16]
	cmp	x3, x5
	ccmp	x4, x6, #0, eq
	ccmp	x7, x9, #0, eq
	ccmp	x8, x10, #0, eq
	b.ne	2f				/* in here: the words find out where */
	add	x0, x0, #32
	add	x1, x1, #32
	subs	x2, x2, #32
	b.hs	1b
	/* x2 is what is left less 32 */
2:	adds	x2, x2, #32 - 8
	b.mi	4f
3:	ldr	x3, [x0], #8
	ldr	x4, [x1], #8
	cmp	x3, x4
	b.ne	7f
	subs	x2, x2, #8
	b.pl	3b
	/* -8 to -1: how far to step back for a whole word; -8 is none left */
4:	cmn	x2, #8
	b.eq	8f
	ldr	x3, [x0, x2]
	ldr	x4, [x1, x2]
	cmp	x3, x4
	b.ne	7f
8:	mov	w0, #0
	ret

7:	rev	x3, x3
	rev	x4, x4
	cmp	x3, x4
	mov	w0, #1
	cneg	w0, w0, lo
	ret

5:	cbz	x2, 8b
6:	ldrb	w3, [x0], #1
	ldrb	w4, [x1], #1
	subs	w3, w3, w4
	b.ne	9f
	subs	x2, x2, #1
	b.ne	6b
9:	mov	w0, w3
	ret
SYM_FUNC_END(__memcmp)

SYM_FUNC_ALIAS_WEAK(memcmp, __memcmp)

	.section .note.GNU-stack, "", %progbits
