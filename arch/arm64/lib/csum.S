/* SPDX-License-Identifier: MIT */
#include <linux/linkage.h>
#include <asm/assembler.h>

/*
 * The Internet check sum: words of eight bytes in pairs, each added with the carry of the one
 * before, so that the ones' complement sum comes about by itself. A compiler doesn't find that, for
 * C has no carry.
 *
 * __wsum csum_partial_arm64(const void *buff, int len, __wsum sum)
 */
	.text
SYM_FUNC_START(csum_partial_arm64)
	mov	w2, w2
	subs	w1, w1, #64
	b.lt	2f
1:	ldp	x3, x4, [x0]
	ldp	x5, x6, [x0, #16]
	ldp	x7, x8, [x0, #32]
	ldp	x9, x10, [x0, #48]
	add	x0, x0, #64
	adds	x2, x2, x3
	adcs	x2, x2, x4
	adcs	x2, x2, x5
	adcs	x2, x2, x6
	adcs	x2, x2, x7
	adcs	x2, x2, x8
	adcs	x2, x2, x9
	adcs	x2, x2, x10
	adc	x2, x2, xzr
	subs	w1, w1, #64
	b.ge	1b
	/* w1 is what is left less 64: its low six bits are the number itself */
2:	tbz	w1, #5, 3f
	ldp	x3, x4, [x0], #16
	ldp	x5, x6, [x0], #16
	adds	x2, x2, x3
	adcs	x2, x2, x4
	adcs	x2, x2, x5
	adcs	x2, x2, x6
	adc	x2, x2, xzr
3:	tbz	w1, #4, 4f
	ldp	x3, x4, [x0], #16
	adds	x2, x2, x3
	adcs	x2, x2, x4
	adc	x2, x2, xzr
4:	tbz	w1, #3, 5f
	ldr	x3, [x0], #8
	adds	x2, x2, x3
	adc	x2, x2, xzr
	/*
	 * 4, 2 and 1 bytes: each begins at an even offset, so it may be added as it is, and their
	 * sum doesn't leave the word.
	 */
5:	mov	x3, xzr
	tbz	w1, #2, 6f
	ldr	w3, [x0], #4
6:	tbz	w1, #1, 7f
	ldrh	w4, [x0], #2
	add	x3, x3, x4
7:	tbz	w1, #0, 8f
	ldrb	w4, [x0]
	add	x3, x3, x4
8:	adds	x2, x2, x3
	adc	x2, x2, xzr
	/* both halves: the carry of their sum lands in the upper one */
	ror	x3, x2, #32
	add	x2, x2, x3
	lsr	x0, x2, #32
	ret
SYM_FUNC_END(csum_partial_arm64)

	.section .note.GNU-stack, "", %progbits
