/* SPDX-License-Identifier: MIT */
/*
 * memcpy and memmove: one body.
 *
 * Up to 16 bytes: overlapping loads from both ends, then the stores. Up to 96: all loads, then all
 * stores, from both ends towards the middle. So these are right for overlapping buffers as well.
 * Beyond, 64 bytes a round, with the last 64 bytes loaded before the loop starts, or backwards if
 * the destination begins inside the source.
 */
#include <linux/linkage.h>
#include <asm/assembler.h>

	.text
SYM_FUNC_START(__memcpy)
SYM_INNER_LABEL(__memmove, SYM_L_GLOBAL)
	add	x4, x1, x2			/* source end */
	add	x5, x0, x2			/* destination end */
	cmp	x2, #16
	b.hi	2f
	tbz	x2, #3, 1f
	cbz	x2, 9f
	ldr	x6, [x1]			/* 8 to 16 */
	ldr	x7, [x4, #-8]
	str	x6, [x0]
	str	x7, [x5, #-8]
	ret
1:	tbnz	x2, #4, 2f
	tbz	x2, #2, 3f
	ldr	w6, [x1]			/* 4 to 7 */
	ldr	w7, [x4, #-4]
	str	w6, [x0]
	str	w7, [x5, #-4]
	ret
3:	cbz	x2, 9f				/* 1 to 3: first, middle, last */
	lsr	x8, x2, #1
	ldrb	w6, [x1]
	ldrb	w9, [x1, x8]
	ldrb	w7, [x4, #-1]
	strb	w6, [x0]
	strb	w9, [x0, x8]
	strb	w7, [x5, #-1]
9:	ret

2:	cmp	x2, #96
	b.hi	4f
	ldp	x6, x7, [x1]			/* 16 to 32, or the ends of more */
	ldp	x12, x13, [x4, #-16]
	cmp	x2, #32
	b.hi	5f
	stp	x6, x7, [x0]
	stp	x12, x13, [x5, #-16]
	ret
5:	ldp	x8, x9, [x1, #16]
	ldp	x10, x11, [x4, #-32]
	cmp	x2, #64
	b.hi	6f
	stp	x6, x7, [x0]
	stp	x8, x9, [x0, #16]
	stp	x10, x11, [x5, #-32]
	stp	x12, x13, [x5, #-16]
	ret
6:	ldp	x14, x15, [x1, #32]		/* 65 to 96: 48 from each end */
	ldp	x16, x17, [x4, #-48]
	stp	x6, x7, [x0]
	stp	x8, x9, [x0, #16]
	stp	x14, x15, [x0, #32]
	stp	x16, x17, [x5, #-48]
	stp	x10, x11, [x5, #-32]
	stp	x12, x13, [x5, #-16]
	ret

	/* As unsigned, the distance is small only if the destination begins in the source. */
4:	sub	x6, x0, x1
	cmp	x6, x2
	b.lo	7f

	/*
	 * Forwards. A round loads 64 bytes before it stores them; what is stored below the source
	 * position is done with.
	 */
	mov	x3, x0
10:	ldp	x6, x7, [x1]
	ldp	x8, x9, [x1, #16]
	ldp	x10, x11, [x1, #32]
	ldp	x12, x13, [x1, #48]
	add	x1, x1, #64
	stp	x6, x7, [x3]
	stp	x8, x9, [x3, #16]
	stp	x10, x11, [x3, #32]
	stp	x12, x13, [x3, #48]
	add	x3, x3, #64
	sub	x2, x2, #64
	cmp	x2, #64
	b.hs	10b
	/* 0 to 63 left, which no store has touched: the same again, in halves. */
	tbz	x2, #5, 11f
	ldp	x6, x7, [x1]
	ldp	x8, x9, [x1, #16]
	add	x1, x1, #32
	stp	x6, x7, [x3]
	stp	x8, x9, [x3, #16]
	add	x3, x3, #32
11:	tbz	x2, #4, 12f
	ldp	x6, x7, [x1], #16
	stp	x6, x7, [x3], #16
12:	tbz	x2, #3, 13f
	ldr	x6, [x1], #8
	str	x6, [x3], #8
13:	tbz	x2, #2, 14f
	ldr	w6, [x1], #4
	str	w6, [x3], #4
14:	tbz	x2, #1, 15f
	ldrh	w6, [x1], #2
	strh	w6, [x3], #2
15:	tbz	x2, #0, 16f
	ldrb	w6, [x1]
	strb	w6, [x3]
16:	ret

	/* Backwards. */
7:	cbz	x6, 16b				/* onto itself */
8:	ldp	x6, x7, [x4, #-16]
	ldp	x8, x9, [x4, #-32]
	ldp	x10, x11, [x4, #-48]
	ldp	x12, x13, [x4, #-64]!
	stp	x6, x7, [x5, #-16]
	stp	x8, x9, [x5, #-32]
	stp	x10, x11, [x5, #-48]
	stp	x12, x13, [x5, #-64]!
	sub	x2, x2, #64
	cmp	x2, #64
	b.hs	8b
	tbz	x2, #5, 17f
	ldp	x6, x7, [x4, #-16]
	ldp	x8, x9, [x4, #-32]!
	stp	x6, x7, [x5, #-16]
	stp	x8, x9, [x5, #-32]!
17:	tbz	x2, #4, 18f
	ldp	x6, x7, [x4, #-16]!
	stp	x6, x7, [x5, #-16]!
18:	tbz	x2, #3, 19f
	ldr	x6, [x4, #-8]!
	str	x6, [x5, #-8]!
19:	tbz	x2, #2, 20f
	ldr	w6, [x4, #-4]!
	str	w6, [x5, #-4]!
20:	tbz	x2, #1, 21f
	ldrh	w6, [x4, #-2]!
	strh	w6, [x5, #-2]!
21:	tbz	x2, #0, 22f
	ldrb	w6, [x4, #-1]
	strb	w6, [x5, #-1]
22:	ret
SYM_FUNC_END(__memcpy)

/* Under KASAN the checking versions take the plain names. */
SYM_FUNC_ALIAS_WEAK(memcpy, __memcpy)
SYM_FUNC_ALIAS_WEAK(memmove, __memmove)

	.section .note.GNU-stack, "", %progbits
