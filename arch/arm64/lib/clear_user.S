/* SPDX-License-Identifier: MIT */
#include <linux/linkage.h>
#include <asm/assembler.h>

	.text
/* unsigned long __arch_clear_user(void __user *to, unsigned long n): bytes not cleared */
SYM_FUNC_START(__arch_clear_user)
	add	x5, x0, x1
	subs	x1, x1, #8
	b.lo	2f
1:	USER	4f, sttr xzr, [x0]
	add	x0, x0, #8
	subs	x1, x1, #8
	b.hs	1b
2:	cmp	x0, x5
	b.eq	3f
4:	USER	5f, sttrb wzr, [x0]
	add	x0, x0, #1
	cmp	x0, x5
	b.ne	4b
3:	mov	x0, #0
	ret
5:	sub	x0, x5, x0
	ret
SYM_FUNC_END(__arch_clear_user)

	.section .note.GNU-stack, "", %progbits
