/* SPDX-License-Identifier: MIT */
#include <linux/linkage.h>
#include <asm/assembler.h>

	.arch_extension crc
	.text
/*
 * u32 crc32_le_arm64(u32 crc, const u8 *p, size_t len), crc32c_le_arm64, crc32_be_arm64: by the CRC
 * instructions. Callers ask arch_has_crc32() first.
 *
 * The instructions take the lowest bit first. A CRC with the highest bit first is the same division
 * seen in a mirror: each byte is mirrored as it comes (all bits of the register, then its bytes
 * back), and so is the CRC, at the beginning and at the end.
 */
	.macro	mirror_bytes, be, reg
	.if	\be
	rbit	\reg, \reg
	rev	\reg, \reg
	.endif
	.endm

	.macro	crc_loop, c, be
	.if	\be
	rbit	w0, w0
	.endif
	subs	x2, x2, #32
	b.lo	2f
1:	ldp	x3, x4, [x1]
	ldp	x5, x6, [x1, #16]
	add	x1, x1, #32
	mirror_bytes \be, x3
	mirror_bytes \be, x4
	mirror_bytes \be, x5
	mirror_bytes \be, x6
	\c\()x	w0, w0, x3
	\c\()x	w0, w0, x4
	\c\()x	w0, w0, x5
	\c\()x	w0, w0, x6
	subs	x2, x2, #32
	b.hs	1b
2:	tbz	x2, #4, 3f
	ldp	x3, x4, [x1], #16
	mirror_bytes \be, x3
	mirror_bytes \be, x4
	\c\()x	w0, w0, x3
	\c\()x	w0, w0, x4
3:	tbz	x2, #3, 4f
	ldr	x3, [x1], #8
	mirror_bytes \be, x3
	\c\()x	w0, w0, x3
4:	tbz	x2, #2, 5f
	ldr	w3, [x1], #4
	mirror_bytes \be, w3
	\c\()w	w0, w0, w3
5:	tbz	x2, #1, 6f
	ldrh	w3, [x1], #2
	mirror_bytes \be, w3
	\c\()h	w0, w0, w3
6:	tbz	x2, #0, 7f
	ldrb	w3, [x1]
	mirror_bytes \be, w3
	\c\()b	w0, w0, w3
7:
	.if	\be
	rbit	w0, w0
	.endif
	ret
	.endm

SYM_FUNC_START(crc32_le_arm64)
	crc_loop crc32, 0
SYM_FUNC_END(crc32_le_arm64)

SYM_FUNC_START(crc32c_le_arm64)
	crc_loop crc32c, 0
SYM_FUNC_END(crc32c_le_arm64)

SYM_FUNC_START(crc32_be_arm64)
	crc_loop crc32, 1
SYM_FUNC_END(crc32_be_arm64)

	.section .note.GNU-stack, "", %progbits
