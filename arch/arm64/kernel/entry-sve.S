/* SPDX-License-Identifier: MIT */
/*
 * SVE registers to memory and back: Z0 to Z31, P0 to P15, FFR, one behind the other, as
 * <uapi/asm/sve_context.h> has it. Offsets scale with the vector length, which is what the CPU is
 * set to (ZCR_EL1), so the caller sees to it that it is the owner's. FPSR and FPCR go to struct
 * user_fpsimd_state.
 */
#include <linux/linkage.h>
#include <asm/assembler.h>
#include <generated/asm-offsets.h>

	.arch	armv8.2-a+sve

	.macro	each_z, op
	.irp	n, 0,1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20,21,22,23,24,25,26,27,28,29,30,31
	\op	z\n, [x0, #\n, mul vl]
	.endr
	.endm

	.macro	each_p, op
	.irp	n, 0,1,2,3,4,5,6,7,8,9,10,11,12,13,14,15
	\op	p\n, [x2, #\n, mul vl]
	.endr
	.endm

	/* x2: where the predicates begin */
	.macro	predicates_address
	addvl	x2, x0, #31
	addvl	x2, x2, #1
	.endm

	.text
/* void sve_save_state(void *state, struct user_fpsimd_state *control) */
SYM_FUNC_START(sve_save_state)
	each_z	str
	predicates_address
	each_p	str
	rdffr	p0.b
	str	p0, [x2, #16, mul vl]
	ldr	p0, [x2, #0, mul vl]		/* the registers stay the owner's */
	mrs	x3, fpsr
	mrs	x4, fpcr
	str	w3, [x1, #FPSIMD_FPSR]
	str	w4, [x1, #FPSIMD_FPCR]
	ret
SYM_FUNC_END(sve_save_state)

/* void sve_load_state(const void *state, const struct user_fpsimd_state *control) */
SYM_FUNC_START(sve_load_state)
	each_z	ldr
	predicates_address
	ldr	p0, [x2, #16, mul vl]
	wrffr	p0.b
	each_p	ldr
	ldr	w3, [x1, #FPSIMD_FPSR]
	ldr	w4, [x1, #FPSIMD_FPCR]
	msr	fpsr, x3
	msr	fpcr, x4
	ret
SYM_FUNC_END(sve_load_state)

/* void sve_flush_live(void): zero what FPSIMD doesn't know */
SYM_FUNC_START(sve_flush_live)
	.irp	n, 0,1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20,21,22,23,24,25,26,27,28,29,30,31
	mov	v\n\().16b, v\n\().16b		/* a write of V clears the rest of Z */
	.endr
	.irp	n, 0,1,2,3,4,5,6,7,8,9,10,11,12,13,14,15
	pfalse	p\n\().b
	.endr
	wrffr	p0.b
	ret
SYM_FUNC_END(sve_flush_live)

/* unsigned int sve_get_vl(void): bytes */
SYM_FUNC_START(sve_get_vl)
	rdvl	x0, #1
	ret
SYM_FUNC_END(sve_get_vl)

	.section .note.GNU-stack, "", %progbits
