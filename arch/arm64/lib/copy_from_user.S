/* SPDX-License-Identifier: MIT */
#include <linux/linkage.h>
#include <asm/assembler.h>

	.text
/*
 * unsigned long __arch_copy_from_user(void *to, const void __user *from, unsigned long n)
 *
 * Returns how many bytes were not copied. There are no unprivileged pair loads, so 32 bytes a round
 * are four loads. A fault in a round is retried byte by byte from the round's start, so that
 * everything up to the bad page arrives.
 */
SYM_FUNC_START(__arch_copy_from_user)
	add	x5, x0, x2			/* end of the destination */
	subs	x2, x2, #32
	b.lo	2f
1:	USER	8f, ldtr x6, [x1]
	USER	8f, ldtr x7, [x1, #8]
	USER	8f, ldtr x8, [x1, #16]
	USER	8f, ldtr x9, [x1, #24]
	add	x1, x1, #32
	stp	x6, x7, [x0], #16
	stp	x8, x9, [x0], #16
	subs	x2, x2, #32
	b.hs	1b
2:	add	x2, x2, #32			/* 0 to 31 left */
	tbz	x2, #4, 3f
	USER	8f, ldtr x6, [x1]
	USER	8f, ldtr x7, [x1, #8]
	add	x1, x1, #16
	stp	x6, x7, [x0], #16
3:	tbz	x2, #3, 4f
	USER	8f, ldtr x6, [x1]
	add	x1, x1, #8
	str	x6, [x0], #8
4:	tbz	x2, #2, 5f
	USER	8f, ldtr w6, [x1]
	add	x1, x1, #4
	str	w6, [x0], #4
5:	tbz	x2, #1, 6f
	USER	8f, ldtrh w6, [x1]
	add	x1, x1, #2
	strh	w6, [x0], #2
6:	tbz	x2, #0, 7f
	USER	9f, ldtrb w6, [x1]
	strb	w6, [x0], #1
7:	mov	x0, #0
	ret

8:	cmp	x0, x5
	b.eq	9f
	USER	9f, ldtrb w6, [x1]
	add	x1, x1, #1
	strb	w6, [x0], #1
	b	8b
9:	sub	x0, x5, x0
	ret
SYM_FUNC_END(__arch_copy_from_user)

	.section .note.GNU-stack, "", %progbits
