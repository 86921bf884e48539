/* SPDX-License-Identifier: MIT */
/*
 * memset: the byte spread over a register pair; short lengths by overlapping stores from both ends,
 * long ones 64 bytes a round, zeroes by DC ZVA.
 */
#include <linux/linkage.h>
#include <asm/assembler.h>

	.text
SYM_FUNC_START(__memset)
	and	w1, w1, #0xff
	orr	w1, w1, w1, lsl #8
	orr	w1, w1, w1, lsl #16
	orr	x1, x1, x1, lsl #32
	add	x4, x0, x2			/* end */
	cmp	x2, #16
	b.hs	2f
	tbz	x2, #3, 1f
	str	x1, [x0]
	str	x1, [x4, #-8]
	ret
1:	tbz	x2, #2, 3f
	str	w1, [x0]
	str	w1, [x4, #-4]
	ret
3:	cbz	x2, 9f
	strb	w1, [x0]
	tbz	x2, #1, 9f
	strh	w1, [x4, #-2]
9:	ret

2:	cmp	x2, #64
	b.hi	4f
	stp	x1, x1, [x0]
	stp	x1, x1, [x4, #-16]
	cmp	x2, #32
	b.ls	9b
	stp	x1, x1, [x0, #16]
	stp	x1, x1, [x4, #-32]
	ret

	/* The first 16 bytes, then from a 16-byte boundary on. */
4:	stp	x1, x1, [x0]
	add	x3, x0, #16
	and	x3, x3, #~15
	cbnz	x1, 5f
	cmp	x2, #256
	b.lo	5f
	mrs	x5, dczid_el0
	tbnz	x5, #4, 5f
	and	w5, w5, #15
	mov	x6, #4
	lsl	x6, x6, x5			/* block size */
	cmp	x6, #64
	b.ne	5f
	/* To a block boundary; then blocks while a whole one is left. */
	stp	xzr, xzr, [x3]
	stp	xzr, xzr, [x3, #16]
	stp	xzr, xzr, [x3, #32]
	add	x3, x3, #63
	and	x3, x3, #~63
	sub	x7, x4, #64
6:	dc	zva, x3
	add	x3, x3, #64
	cmp	x3, x7
	b.ls	6b
	b	7f

5:	sub	x7, x4, #64
	cmp	x3, x7
	b.hi	7f
8:	stp	x1, x1, [x3]
	stp	x1, x1, [x3, #16]
	stp	x1, x1, [x3, #32]
	stp	x1, x1, [x3, #48]
	add	x3, x3, #64
	cmp	x3, x7
	b.ls	8b
	/* The last 64 bytes, over what may be set already. */
7:	stp	x1, x1, [x4, #-64]
	stp	x1, x1, [x4, #-48]
	stp	x1, x1, [x4, #-32]
	stp	x1, x1, [x4, #-16]
	ret
SYM_FUNC_END(__memset)

SYM_FUNC_ALIAS_WEAK(memset, __memset)

	.section .note.GNU-stack, "", %progbits
