/* SPDX-License-Identifier: MIT */
#include <linux/linkage.h>
#include <asm/assembler.h>

	.text
/*
 * unsigned long __arch_copy_to_user(void __user *to, const void *from, unsigned long n)
 *
 * The mirror of copy_from_user.S: here the stores may fault.
 */
SYM_FUNC_START(__arch_copy_to_user)
	add	x5, x0, x2
	subs	x2, x2, #32
	b.lo	2f
1:	ldp	x6, x7, [x1]
	ldp	x8, x9, [x1, #16]
	USER	8f, sttr x6, [x0]
	USER	8f, sttr x7, [x0, #8]
	USER	8f, sttr x8, [x0, #16]
	USER	8f, sttr x9, [x0, #24]
	add	x1, x1, #32
	add	x0, x0, #32
	subs	x2, x2, #32
	b.hs	1b
2:	add	x2, x2, #32
	tbz	x2, #4, 3f
	ldp	x6, x7, [x1]
	USER	8f, sttr x6, [x0]
	USER	8f, sttr x7, [x0, #8]
	add	x1, x1, #16
	add	x0, x0, #16
3:	tbz	x2, #3, 4f
	ldr	x6, [x1]
	USER	8f, sttr x6, [x0]
	add	x1, x1, #8
	add	x0, x0, #8
4:	tbz	x2, #2, 5f
	ldr	w6, [x1]
	USER	8f, sttr w6, [x0]
	add	x1, x1, #4
	add	x0, x0, #4
5:	tbz	x2, #1, 6f
	ldrh	w6, [x1]
	USER	8f, sttrh w6, [x0]
	add	x1, x1, #2
	add	x0, x0, #2
6:	tbz	x2, #0, 7f
	ldrb	w6, [x1]
	USER	9f, sttrb w6, [x0]
7:	mov	x0, #0
	ret

8:	cmp	x0, x5
	b.eq	9f
	ldrb	w6, [x1], #1
	USER	9f, sttrb w6, [x0]
	add	x0, x0, #1
	b	8b
9:	sub	x0, x5, x0
	ret
SYM_FUNC_END(__arch_copy_to_user)

	.section .note.GNU-stack, "", %progbits
