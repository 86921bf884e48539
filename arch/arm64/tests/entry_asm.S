/* SPDX-License-Identifier: MIT */
/* What the tests of entry and stacks cannot say in C. */
#include <linux/linkage.h>
#include <asm/assembler.h>
#include <asm/brk-imm.h>

	.text
/*
 * void arm64_test_trap(u64 regs[31]): load x0 to x28 from the array, brk, store them back. So a
 * test knows what every register was when it trapped, and sees what the handler's changes come to.
 */
SYM_FUNC_START(arm64_test_trap)
	stp	x29, x30, [sp, #-112]!
	mov	x29, sp
	stp	x19, x20, [sp, #16]
	stp	x21, x22, [sp, #32]
	stp	x23, x24, [sp, #48]
	stp	x25, x26, [sp, #64]
	stp	x27, x28, [sp, #80]
	str	x0, [sp, #96]
	mov	x30, x0
	ldp	x0, x1, [x30, #16 * 0]
	ldp	x2, x3, [x30, #16 * 1]
	ldp	x4, x5, [x30, #16 * 2]
	ldp	x6, x7, [x30, #16 * 3]
	ldp	x8, x9, [x30, #16 * 4]
	ldp	x10, x11, [x30, #16 * 5]
	ldp	x12, x13, [x30, #16 * 6]
	ldp	x14, x15, [x30, #16 * 7]
	ldp	x16, x17, [x30, #16 * 8]
	ldp	x18, x19, [x30, #16 * 9]
	ldp	x20, x21, [x30, #16 * 10]
	ldp	x22, x23, [x30, #16 * 11]
	ldp	x24, x25, [x30, #16 * 12]
	ldp	x26, x27, [x30, #16 * 13]
	ldr	x28, [x30, #16 * 14]
SYM_INNER_LABEL(arm64_test_trap_insn, SYM_L_GLOBAL)
	brk	#ARM64_TEST_BRK_IMM
	ldr	x30, [sp, #96]
	stp	x0, x1, [x30, #16 * 0]
	stp	x2, x3, [x30, #16 * 1]
	stp	x4, x5, [x30, #16 * 2]
	stp	x6, x7, [x30, #16 * 3]
	stp	x8, x9, [x30, #16 * 4]
	stp	x10, x11, [x30, #16 * 5]
	stp	x12, x13, [x30, #16 * 6]
	stp	x14, x15, [x30, #16 * 7]
	stp	x16, x17, [x30, #16 * 8]
	stp	x18, x19, [x30, #16 * 9]
	stp	x20, x21, [x30, #16 * 10]
	stp	x22, x23, [x30, #16 * 11]
	stp	x24, x25, [x30, #16 * 12]
	stp	x26, x27, [x30, #16 * 13]
	str	x28, [x30, #16 * 14]
	ldp	x19, x20, [sp, #16]
	ldp	x21, x22, [sp, #32]
	ldp	x23, x24, [sp, #48]
	ldp	x25, x26, [sp, #64]
	ldp	x27, x28, [sp, #80]
	ldp	x29, x30, [sp], #112
	ret
SYM_FUNC_END(arm64_test_trap)

/*
 * int arm64_test_call_guarded(void (*fn)(void), u64 save[13]): call fn; 0 if it returned, 1 if
 * somebody called arm64_test_leave(save) meanwhile, from whatever stack.
 */
SYM_FUNC_START(arm64_test_call_guarded)
	stp	x29, x30, [sp, #-16]!
	mov	x29, sp
	stp	x19, x20, [x1]
	stp	x21, x22, [x1, #16]
	stp	x23, x24, [x1, #32]
	stp	x25, x26, [x1, #48]
	stp	x27, x28, [x1, #64]
	mov	x2, sp
	stp	x29, x2, [x1, #80]
	blr	x0
	mov	x0, #0
	ldp	x29, x30, [sp], #16
	ret
SYM_FUNC_END(arm64_test_call_guarded)

SYM_FUNC_START(arm64_test_leave)
	ldp	x19, x20, [x0]
	ldp	x21, x22, [x0, #16]
	ldp	x23, x24, [x0, #32]
	ldp	x25, x26, [x0, #48]
	ldp	x27, x28, [x0, #64]
	ldp	x29, x2, [x0, #80]
	mov	sp, x2
	mov	x0, #1
	ldp	x29, x30, [sp], #16
	ret
SYM_FUNC_END(arm64_test_leave)

	.section .note.GNU-stack, "", %progbits
