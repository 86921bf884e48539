/* SPDX-License-Identifier: MIT */
/*
 * Shifts of 128-bit values by a variable, which gcc calls by these names: value in x1:x0, count in x2
 * (0 to 127), result in x1:x0.
 *
 * A count of 64 or more moves one half whole. Below, bits pass from one half to the other by the
 * opposite shift of 64 - count; as a register shift counts modulo 64, that is ~count after one more
 * shift by 1, which is right for a count of 0 as well.
 */
#include <linux/linkage.h>
#include <asm/assembler.h>

	.text
SYM_FUNC_START(__ashlti3)
	tbnz	x2, #6, 1f
	lsr	x3, x0, #1
	mvn	x4, x2
	lsr	x3, x3, x4
	lsl	x1, x1, x2
	orr	x1, x1, x3
	lsl	x0, x0, x2
	ret
1:	lsl	x1, x0, x2
	mov	x0, #0
	ret
SYM_FUNC_END(__ashlti3)

SYM_FUNC_START(__lshrti3)
	tbnz	x2, #6, 1f
	lsl	x3, x1, #1
	mvn	x4, x2
	lsl	x3, x3, x4
	lsr	x0, x0, x2
	orr	x0, x0, x3
	lsr	x1, x1, x2
	ret
1:	lsr	x0, x1, x2
	mov	x1, #0
	ret
SYM_FUNC_END(__lshrti3)

SYM_FUNC_START(__ashrti3)
	tbnz	x2, #6, 1f
	lsl	x3, x1, #1
	mvn	x4, x2
	lsl	x3, x3, x4
	lsr	x0, x0, x2
	orr	x0, x0, x3
	asr	x1, x1, x2
	ret
1:	asr	x0, x1, x2
	asr	x1, x1, #63
	ret
SYM_FUNC_END(__ashrti3)

	.section .note.GNU-stack, "", %progbits
