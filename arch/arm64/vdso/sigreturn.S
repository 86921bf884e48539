/* SPDX-License-Identifier: MIT */
/*
 * Where a signal handler returns to if its program gave no restorer. Unwinders know the place by
 * ".cfi_signal_frame": what is above is the frame of arch/arm64/kernel/signal.c. They look up the
 * instruction before a return address, hence the nop.
 */
#include <generated/unistd.h>

	.text
	.cfi_startproc
	.cfi_signal_frame
	.cfi_def_cfa x29, 0
	.cfi_offset x29, 0
	.cfi_offset x30, 8
	nop
	.global __kernel_rt_sigreturn
	.type __kernel_rt_sigreturn, %function
	.balign 4
__kernel_rt_sigreturn:
	mov	x8, #__NR_rt_sigreturn
	svc	#0
	.cfi_endproc
	.size __kernel_rt_sigreturn, . - __kernel_rt_sigreturn

	.section .note.GNU-stack, "", %progbits
