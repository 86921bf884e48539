/* SPDX-License-Identifier: MIT */
#include <linux/linkage.h>
#include <asm/assembler.h>

	.text
/*
 * size_t strlen(const char *s)
 *
 * By aligned pairs of words, which never reach into a page that the string is not in. A byte of w
 * is zero only if (w - 01..01) & 80..80 is not 0. That also happens for a byte above 80h, or one
 * after a zero; & ~w sorts the former out, and the lowest bit set is right in spite of the latter.
 * The loop sifts without the ~w, for both words at once; what looks like the end is looked at
 * again, exactly.
 */
SYM_FUNC_START(__strlen)
	bic	x1, x0, #15
	mov	x5, #0x0101010101010101
	ldp	x2, x3, [x1]
	/* The bytes before the string become FFh. */
	lsl	x6, x0, #3			/* a shift counts by the low 6 bits */
	mov	x4, #-1
	lsl	x4, x4, x6
	tbnz	x0, #3, 1f
	orn	x2, x2, x4
	b	3f
1:	orn	x3, x3, x4
	mov	x2, #-1
	b	3f

2:	ldp	x2, x3, [x1, #16]!
3:	sub	x4, x2, x5
	sub	x6, x3, x5
	orr	x7, x4, x6
	tst	x7, #0x8080808080808080
	b.eq	2b
	bic	x4, x4, x2
	ands	x4, x4, #0x8080808080808080
	b.ne	4f
	bic	x4, x6, x3
	ands	x4, x4, #0x8080808080808080
	b.eq	2b
	add	x1, x1, #8
4:	rbit	x4, x4
	clz	x4, x4
	add	x1, x1, x4, lsr #3
	sub	x0, x1, x0
	ret
SYM_FUNC_END(__strlen)

SYM_FUNC_ALIAS_WEAK(strlen, __strlen)

	.section .note.GNU-stack, "", %progbits
