/* SPDX-License-Identifier: MIT */
/* The lines of machine.h that C can't write, for arm64. */

	.text

	.globl _start
_start:
	mov	x29, #0
	mov	x30, #0
	mov	x0, sp
	bl	bench_main
	brk	#0

	.globl signal_restorer
signal_restorer:
	mov	x8, #139
	svc	#0

	.globl spawn_thread
spawn_thread:
	stp	x2, x3, [x1, #-16]!
	mov	x2, x4
	mov	x3, #0
	mov	x8, #220
	svc	#0
	cbnz	x0, 1f
	mov	x29, #0
	ldp	x1, x0, [sp], #16
	blr	x1
	mov	x0, #0
	mov	x8, #93
	svc	#0
1:	ret

	.globl trap
trap:	.inst	0x00000000
	ret

	.globl rseq_trap
rseq_trap:
	ldr	x1, =rseq_section
	str	x1, [x0]
rseq_begin:
	.inst	0x00000000
rseq_end:
	str	xzr, [x0]
	mov	w0, #0
	ret
	.inst	0xd428bc00

	.globl rseq_aborted
rseq_aborted:
	mov	w0, #1
	ret
	.ltorg

/* The descriptor of rseq_trap()'s sequence: version, flags, start, length, where to go. */
	.data
	.balign 32
rseq_section:
	.long	0, 0
	.quad	rseq_begin, rseq_end - rseq_begin, rseq_aborted

	.section .note.GNU-stack, "", %progbits
