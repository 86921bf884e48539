/* SPDX-License-Identifier: MIT */
/* Cache maintenance by address, over [x0, x1). */
#include <linux/linkage.h>
#include <asm/assembler.h>

	.text

	.macro	by_line, op, size, tmp
	dcache_line_size \size, \tmp
	sub	\tmp, \size, #1
	bic	x0, x0, \tmp
1:	dc	\op, x0
	add	x0, x0, \size
	cmp	x0, x1
	b.lo	1b
	.endm

/*
 * New instructions: out of the data cache to where fetches look, then out of the instruction caches
 * of all CPUs.
 */
SYM_FUNC_START(caches_clean_inval_pou)
	mov	x4, x0
	by_line cvau, x2, x3
	dsb	ish
	icache_line_size x2, x3
	sub	x3, x2, #1
	bic	x4, x4, x3
1:	ic	ivau, x4
	add	x4, x4, x2
	cmp	x4, x1
	b.lo	1b
	dsb	ish
	isb
	ret
SYM_FUNC_END(caches_clean_inval_pou)

/* For readers past the caches. */
SYM_FUNC_START(dcache_clean_poc)
	by_line cvac, x2, x3
	dsb	sy
	ret
SYM_FUNC_END(dcache_clean_poc)

SYM_FUNC_START(dcache_clean_inval_poc)
	by_line civac, x2, x3
	dsb	sy
	ret
SYM_FUNC_END(dcache_clean_inval_poc)

/* Whoever owns only part of a line at an end gets its part cleaned, not thrown away. */
SYM_FUNC_START(dcache_inval_poc)
	dcache_line_size x2, x3
	sub	x3, x2, #1
	tst	x1, x3
	bic	x1, x1, x3
	b.eq	1f
	dc	civac, x1
1:	tst	x0, x3
	bic	x0, x0, x3
	b.eq	2f
	dc	civac, x0
	b	3f
2:	dc	ivac, x0
3:	add	x0, x0, x2
	cmp	x0, x1
	b.lo	2b
	dsb	sy
	ret
SYM_FUNC_END(dcache_inval_poc)

	.section .note.GNU-stack, "", %progbits
