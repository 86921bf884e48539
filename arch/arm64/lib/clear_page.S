/* SPDX-License-Identifier: MIT */
#include <linux/linkage.h>
#include <asm/assembler.h>

	.text
/*
 * void clear_page(void *page): by DC ZVA, which zeroes a block without reading it, if the CPU
 * allows it.
 */
SYM_FUNC_START(clear_page)
	mrs	x1, dczid_el0
	tbnz	x1, #4, 2f			/* prohibited */
	and	w1, w1, #15
	mov	x2, #4
	lsl	x2, x2, x1			/* bytes in a block */
1:	dc	zva, x0
	add	x0, x0, x2
	tst	x0, #(PAGE_SIZE - 1)
	b.ne	1b
	ret
2:	stp	xzr, xzr, [x0], #16
	stp	xzr, xzr, [x0], #16
	stp	xzr, xzr, [x0], #16
	stp	xzr, xzr, [x0], #16
	tst	x0, #(PAGE_SIZE - 1)
	b.ne	2b
	ret
SYM_FUNC_END(clear_page)

	.section .note.GNU-stack, "", %progbits
