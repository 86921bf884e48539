; SPDX-License-Identifier: MIT
;
; Calls from inline assembly that keep every register. preempt_enable() is used
; everywhere, and hardly ever has to reschedule: with these the compiler needn't
; count on any register being lost.

%include "asm/linkage.inc"

%macro THUNK 2
	extern %2
FUNC %1
	push rbp
	mov rbp, rsp
	push rdi
	push rsi
	push rdx
	push rcx
	push rax
	push r8
	push r9
	push r10
	push r11
	call %2
	pop r11
	pop r10
	pop r9
	pop r8
	pop rax
	pop rcx
	pop rdx
	pop rsi
	pop rdi
	pop rbp
	ret
ENDFUNC %1
%endmacro

TEXT_SECTION
THUNK preempt_schedule_thunk, preempt_schedule
THUNK preempt_schedule_notrace_thunk, preempt_schedule_notrace
