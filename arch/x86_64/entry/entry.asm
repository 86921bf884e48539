; SPDX-License-Identifier: MIT
;
; Every way into the kernel, and back out.
;
; Each entry builds struct pt_regs on the stack and calls C with its address in
; rdi; C does the rest. The frame ends, from high to low:
;
;	ss rsp rflags cs rip	pushed by the processor
;	orig_ax			its error code; or the stub's vector; or -1
;	rdi rsi rdx rcx rax r8 r9 r10 r11 rbx rbp r12 r13 r14 r15
;
; Three kinds:
;
;  ordinary	from user mode the processor took the stack from TSS.sp0, the top
;		of the task's stack, so the frame is where task_pt_regs() looks.
;		From the kernel it nests where it is. gs: swapped iff from user.
;
;  IST		(#DF, NMI, #DB, #MC) the processor switched to a fixed stack. From
;		user mode the frame is copied to the top of the task's stack and
;		goes on as an ordinary one. From the kernel it stays, and the gs
;		base may still be the user's (the first instructions of an
;		entry, the last of an exit): "paranoid" code looks at it and
;		puts it right, and restores what was there.
;
;  NMI		may nest (an exception inside the handler ends with iret, which
;		lets the next NMI through). The processor always pushes to the
;		top of the NMI stack, so what is pushed there is copied at once:
;		below the interrupted stack pointer if that is on the NMI stack
;		too, else to the start of the stack's body. While the copy is
;		made NMIs are still blocked, so each frame is safe before the
;		next can arrive.
;
; System calls come by the syscall instruction, which changes nothing but rip, rcx,
; r11, cs, ss and rflags: the stack is still the user's. See entry_SYSCALL_64.
;
; rbp is set to the frame's address plus one: the walker of stack frames knows an
; entry frame by the odd address.

%include "asm/linkage.inc"
%include "generated/asm-offsets.inc"

%define MSR_GS_BASE	0xc0000101

; The part of the NMI stack that the processor pushes to.
%define NMI_LANDING	256

extern pcpu_hot
extern __per_cpu_offset
extern x86_fsgsbase_enabled
extern x86_interrupt
extern do_early_exception
extern ret_from_fork

; rdi's place is filled by the operand, so that it can come from elsewhere.
%macro PUSH_REGS_FROM_RSI 0
	push rsi
	push rdx
	push rcx
	push rax
	PUSH_REGS_FROM_R8
%endmacro

%macro PUSH_REGS_FROM_R8 0
	push r8
	push r9
	push r10
	push r11
	push rbx
	push rbp
	push r12
	push r13
	push r14
	push r15
	lea rbp, [rsp + 1]
%endmacro

%macro PUSH_REGS 0
	push rdi
	PUSH_REGS_FROM_RSI
%endmacro

%macro POP_REGS 0
	pop r15
	pop r14
	pop r13
	pop r12
	pop rbp
	pop rbx
	pop r11
	pop r10
	pop r9
	pop r8
	pop rax
	pop rcx
	pop rdx
	pop rsi
	pop rdi
%endmacro

; With orig_ax on the stack: swap gs if the entry came from user mode.
%macro SWAPGS_IF_USER 0
	test byte [rsp + PT_CS - PT_ORIG_RAX], 3
	jz %%kernel
	swapgs
%%kernel:
%endmacro

; %1 name, %2 C handler, %3 1 if the processor pushes an error code
%macro IDTENTRY 3
	extern %2
FUNC %1
	CLAC
	cld
%if %3 == 0
	push -1
%endif
	SWAPGS_IF_USER
	PUSH_REGS
	mov rdi, rsp
	call %2
	jmp return_from_exception
ENDFUNC %1
%endmacro

; The three that the iretq to user mode can raise, when the frame (which a debugger or
; a signal handler may have written) holds a selector or address that can't be loaded.
; The user's registers and gs are back by then, and the bad frame still lies at the
; top of the stack:
;
;	top - 40	rip cs rflags rsp ss: the user's, which iretq refused
;	top - 48	free: the processor aligned the stack
;	top - 96	error rip cs rflags rsp ss: of the fault, in the kernel
;
; Put the error code at top - 48 and drop the fault's frame: what is left is an
; ordinary exception from user mode.
; %1 name, %2 C handler
%macro IDTENTRY_IRET 2
	extern %2
FUNC %1
	CLAC
	cld
	cmp qword [rsp + 8], iret_to_user
	jne %%ordinary
	push rax
	mov rax, [rsp + 8]
	mov [rsp + 56], rax
	pop rax
	add rsp, 48
%%ordinary:
	SWAPGS_IF_USER
	PUSH_REGS
	mov rdi, rsp
	call %2
	jmp return_from_exception
ENDFUNC %1
%endmacro

; %1 name, %2 C handler for entries from user mode, %3 for those from the kernel
%macro IDTENTRY_IST 3
	extern %2
	extern %3
FUNC %1
	CLAC
	cld
	push -1
	test byte [rsp + PT_CS - PT_ORIG_RAX], 3
	jnz %%user
	PUSH_REGS
	call paranoid_entry
	mov rdi, rsp
	call %3
	jmp paranoid_exit
%%user:
	swapgs
	COPY_FRAME_TO_TASK_STACK
	mov rdi, rsp
	call %2
	jmp return_from_exception
ENDFUNC %1
%endmacro

; From an IST stack with orig_ax pushed and gs the kernel's: frame to the task's stack.
%macro COPY_FRAME_TO_TASK_STACK 0
	push rdi
	mov rdi, rsp
	mov rsp, [gs:pcpu_hot + PCPU_TOP_OF_STACK]
	push qword [rdi + 6 * 8]		; ss
	push qword [rdi + 5 * 8]		; rsp
	push qword [rdi + 4 * 8]		; rflags
	push qword [rdi + 3 * 8]		; cs
	push qword [rdi + 2 * 8]		; rip
	push qword [rdi + 1 * 8]		; orig_ax
	push qword [rdi]			; rdi
	PUSH_REGS_FROM_RSI
%endmacro

ENTRY_SECTION

IDTENTRY asm_exc_divide_error,		exc_divide_error, 0
IDTENTRY asm_exc_int3,			exc_int3, 0
IDTENTRY asm_exc_overflow,		exc_overflow, 0
IDTENTRY asm_exc_bounds,		exc_bounds, 0
IDTENTRY asm_exc_invalid_op,		exc_invalid_op, 0
IDTENTRY asm_exc_device_not_available,	exc_device_not_available, 0
IDTENTRY asm_exc_coproc_segment_overrun, exc_coproc_segment_overrun, 0
IDTENTRY asm_exc_invalid_tss,		exc_invalid_tss, 1
IDTENTRY_IRET asm_exc_segment_not_present, exc_segment_not_present
IDTENTRY_IRET asm_exc_stack_segment,	exc_stack_segment
IDTENTRY_IRET asm_exc_general_protection, exc_general_protection
IDTENTRY asm_exc_page_fault,		exc_page_fault, 1
IDTENTRY asm_exc_coprocessor_error,	exc_coprocessor_error, 0
IDTENTRY asm_exc_alignment_check,	exc_alignment_check, 1
IDTENTRY asm_exc_simd_coprocessor_error, exc_simd_coprocessor_error, 0
IDTENTRY asm_exc_virtualization,	exc_virtualization, 0
IDTENTRY asm_exc_control_protection,	exc_control_protection, 1
IDTENTRY asm_exc_unknown,		exc_unknown, 0

IDTENTRY_IST asm_exc_debug,		exc_debug_user, exc_debug_kernel
IDTENTRY_IST asm_exc_machine_check,	exc_machine_check_user, exc_machine_check_kernel

; A double fault means that an exception could not be delivered, as a rule because
; the stack overflowed. It never returns.
extern exc_double_fault
FUNC asm_exc_double_fault
	CLAC
	cld
	PUSH_REGS
	call paranoid_entry
	mov rdi, rsp
	call exc_double_fault
	ud2
ENDFUNC asm_exc_double_fault

extern exc_nmi
FUNC asm_exc_nmi
	CLAC
	cld
	test byte [rsp + 8], 3
	jnz .from_user

	push rdx
	push rcx
	; rsp + 56 is the top of the stack. Does the interrupted code run on it?
	mov rdx, [rsp + 40]
	lea rcx, [rsp + 56 - EXCEPTION_STKSZ]
	cmp rdx, rcx
	jb .outermost
	lea rcx, [rsp + 56 - NMI_LANDING]
	cmp rdx, rcx
	ja .outermost
	and rdx, -16
	jmp .copy
.outermost:
	lea rdx, [rsp + 56 - NMI_LANDING]
.copy:
	mov rcx, rsp
	mov rsp, rdx
	push qword [rcx + 6 * 8]		; ss
	push qword [rcx + 5 * 8]		; rsp
	push qword [rcx + 4 * 8]		; rflags
	push qword [rcx + 3 * 8]		; cs
	push qword [rcx + 2 * 8]		; rip
	push -1
	push rdi
	push rsi
	push qword [rcx + 1 * 8]		; rdx
	push qword [rcx]			; rcx
	push rax
	PUSH_REGS_FROM_R8
	call paranoid_entry
	mov rdi, rsp
	call exc_nmi
	jmp paranoid_exit

.from_user:
	push -1
	swapgs
	COPY_FRAME_TO_TASK_STACK
	mov rdi, rsp
	call exc_nmi
	jmp return_from_exception
ENDFUNC asm_exc_nmi

; --- Interrupts -----------------------------------------------------------------------

; One stub for each vector from 32 on, 16 bytes apart; the table's address and the
; distance make the IDT.
	align 16, db 0xcc
	global irq_entries_start:function (irq_entries_end - irq_entries_start)
irq_entries_start:
%assign vector FIRST_EXTERNAL_VECTOR
%rep NR_VECTORS - FIRST_EXTERNAL_VECTOR
	align 16, db 0xcc
	push dword vector
	jmp near asm_common_interrupt
%assign vector vector + 1
%endrep
	align 16, db 0xcc
irq_entries_end:

FUNC asm_common_interrupt
	CLAC
	cld
	SWAPGS_IF_USER
	PUSH_REGS
	mov rdi, rsp
	call x86_interrupt
	jmp return_from_exception
ENDFUNC asm_common_interrupt

; --- The way back -----------------------------------------------------------------------

; Interrupts are off; rsp points to the frame.
FUNC return_from_exception
	test byte [rsp + PT_CS], 3
	jnz .user
	POP_REGS
	add rsp, 8
	iretq
.user:
	POP_REGS
	swapgs
	add rsp, 8
iret_to_user:
	iretq
ENDFUNC return_from_exception

; --- System calls -----------------------------------------------------------------------

; syscall has put the return address into rcx and rflags into r11, and cleared the
; flags in MSR_SYSCALL_MASK, interrupts among them. rsp is the user's, so nothing may be
; pushed before the task's stack is loaded; an NMI, #DB or #MC here has a stack of its
; own and finds the right gs by itself.
;
; The fast way back is sysretq. It loads rip and rflags from rcx and r11, so the frame
; must hold the same in both places; C looks and says so (al). Its traps: on Intel's
; processors a return address that is not canonical faults in the kernel, on the user's
; stack; and it can't set RF or leave TF to the next instruction. C sends those the
; other way.
extern do_syscall_64
FUNC entry_SYSCALL_64
	swapgs
	mov [gs:pcpu_hot + PCPU_SYSCALL_SCRATCH], rsp
	mov rsp, [gs:pcpu_hot + PCPU_TOP_OF_STACK]
	push USER_DS
	push qword [gs:pcpu_hot + PCPU_SYSCALL_SCRATCH]
	push r11				; rflags
	push USER_CS
	push rcx				; rip
	push rax				; orig_ax
	push rdi
	push rsi
	push rdx
	push rcx
	push -ENOSYS				; ax, until there is a result
	PUSH_REGS_FROM_R8
	mov rdi, rsp
	call do_syscall_64
	test al, al
	jz return_from_exception
	POP_REGS
	mov rsp, [rsp + PT_RSP - PT_ORIG_RAX]
	swapgs
	o64 sysret
ENDFUNC entry_SYSCALL_64

; syscall in a 32-bit code segment, which a program can load: there are no such calls.
; Only AMD's processors come here; rcx and r11 are 32 bits of the user's.
FUNC entry_SYSCALL_compat
	mov eax, -ENOSYS
	o32 sysret
ENDFUNC entry_SYSCALL_compat

; rbx, which C preserves, carries from paranoid_entry to paranoid_exit what is to be
; restored: the old gs base where the instructions for it exist; else whether to swap.
FUNC paranoid_entry
	cmp byte [abs x86_fsgsbase_enabled], 0
	je .by_msr
	rdgsbase rbx
	; Whatever gs is: the limit of this descriptor is the CPU's number.
	mov eax, CPUNODE_SEG
	lsl eax, eax
	and eax, CPUNODE_MASK
	mov rax, [__per_cpu_offset + rax * 8]
	wrgsbase rax
	ret
.by_msr:
	; A user program can't set the base to a kernel address here: the sign tells.
	mov ebx, 1
	mov ecx, MSR_GS_BASE
	rdmsr
	test edx, edx
	js .is_kernel
	xor ebx, ebx
	swapgs
.is_kernel:
	ret
ENDFUNC paranoid_entry

FUNC paranoid_exit
	cmp byte [abs x86_fsgsbase_enabled], 0
	je .by_swap
	wrgsbase rbx
	jmp .out
.by_swap:
	test ebx, ebx
	jnz .out
	swapgs
.out:
	POP_REGS
	add rsp, 8
	iretq
ENDFUNC paranoid_exit

; A new task's first steps. rax: the task switched away from; r12: thread function or
; 0; rbx: its argument. A thread that returns has become a user program.
FUNC ret_from_fork_asm
	mov rdi, rax
	mov rsi, rsp
	mov rdx, r12
	mov rcx, rbx
	; The walker finds the frame of pt_regs, and below it nothing more.
	lea rbp, [rsp + 1]
	call ret_from_fork
	jmp return_from_exception
ENDFUNC ret_from_fork_asm

; struct task_struct *__switch_to_asm(prev, next): the stack changes here.
extern __switch_to
extern fixed_percpu_data
FUNC __switch_to_asm
	push rbp
	push rbx
	push r12
	push r13
	push r14
	push r15
	mov [rdi + TASK_THREAD_SP], rsp
	mov rsp, [rsi + TASK_THREAD_SP]
	; Between the stacks no function with a canary runs.
	mov rbx, [rsi + TASK_STACK_CANARY]
	mov [gs:fixed_percpu_data + PCPU_STACK_CANARY], rbx
	pop r15
	pop r14
	pop r13
	pop r12
	pop rbx
	pop rbp
	jmp __switch_to
ENDFUNC __switch_to_asm

; void rewind_stack_and_make_dead(int signr): end the task from the top of its stack.
extern make_task_dead
FUNC rewind_stack_and_make_dead
	xor ebp, ebp
	mov rsp, [gs:pcpu_hot + PCPU_TOP_OF_STACK]
	sub rsp, PT_SIZE
	call make_task_dead
	ud2
ENDFUNC rewind_stack_and_make_dead

; void call_on_stack(arg, fn, top)
FUNC call_on_stack
	push rbp
	mov rbp, rsp
	mov rsp, rdx
	call rsi
	mov rsp, rbp
	pop rbp
	ret
ENDFUNC call_on_stack

; --- Before there are per-CPU areas and a TSS -------------------------------------------

section .init.text progbits alloc exec nowrite align=16

	align 16, db 0xcc
	global early_idt_handlers:function (early_idt_handlers_end - early_idt_handlers)
early_idt_handlers:
%assign vector 0
%rep 32
	align 16, db 0xcc
%if vector != 8 && (vector < 10 || vector > 14) && vector != 17 && vector != 21
	push 0
%endif
	push vector
	jmp near early_exception
%assign vector vector + 1
%endrep
	align 16, db 0xcc
early_idt_handlers_end:

FUNC early_exception
	cld
	; The vector lies where rdi belongs: swap them.
	xchg rdi, [rsp]
	mov [abs early_vector], rdi
	mov rdi, [rsp]
	PUSH_REGS_FROM_RSI
	mov rdi, rsp
	mov rsi, [abs early_vector]
	call do_early_exception
	POP_REGS
	add rsp, 8
	iretq
ENDFUNC early_exception

section .init.data progbits alloc noexec write align=8
early_vector:	dq 0
