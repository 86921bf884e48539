/* SPDX-License-Identifier: MIT */
/* The lines of machine.h that C can't write, for x86_64. */

	.text

	.globl _start
_start:
	xor	%ebp, %ebp
	mov	%rsp, %rdi
	and	$-16, %rsp
	call	bench_main
	hlt

	.globl signal_restorer
signal_restorer:
	mov	$15, %eax
	syscall

	.globl spawn_thread
spawn_thread:
	sub	$16, %rsi
	mov	%rdx, (%rsi)
	mov	%rcx, 8(%rsi)
	mov	%r8, %r10
	mov	%r8, %rdx
	xor	%r8d, %r8d
	mov	$56, %eax
	syscall
	test	%rax, %rax
	jnz	1f
	xor	%ebp, %ebp
	pop	%rax
	pop	%rdi
	call	*%rax
	xor	%edi, %edi
	mov	$60, %eax
	syscall
1:	ret

	.globl trap
trap:	ud2
	ret

	.globl rseq_trap
rseq_trap:
	lea	rseq_section(%rip), %rax
	mov	%rax, (%rdi)
rseq_begin:
	ud2
rseq_end:
	movq	$0, (%rdi)
	xor	%eax, %eax
	ret
	.byte	0x0f, 0xb9, 0x3d
	.long	0x53053053

	.globl rseq_aborted
rseq_aborted:
	mov	$1, %eax
	ret

/* The descriptor of rseq_trap()'s sequence: version, flags, start, length, where to go. */
	.data
	.balign 32
rseq_section:
	.long	0, 0
	.quad	rseq_begin, rseq_end - rseq_begin, rseq_aborted

	.section .note.GNU-stack, "", %progbits
