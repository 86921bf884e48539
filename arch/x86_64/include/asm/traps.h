/* SPDX-License-Identifier: MIT */
/* Exception handlers and what they share. */
#ifndef _ASM_X86_TRAPS_H
#define _ASM_X86_TRAPS_H

#include <linux/init.h>
#include <linux/linkage.h>
#include <linux/types.h>
#include <asm/trapnr.h>

struct pt_regs;
struct task_struct;

void __init trap_init(void);

/* Called from entry assembly with the frame; the error code is in orig_ax. */
asmlinkage void exc_divide_error(struct pt_regs *regs);
asmlinkage void exc_debug_user(struct pt_regs *regs);
asmlinkage void exc_debug_kernel(struct pt_regs *regs);
asmlinkage void exc_nmi(struct pt_regs *regs);
asmlinkage void exc_int3(struct pt_regs *regs);
asmlinkage void exc_overflow(struct pt_regs *regs);
asmlinkage void exc_bounds(struct pt_regs *regs);
asmlinkage void exc_invalid_op(struct pt_regs *regs);
asmlinkage void exc_device_not_available(struct pt_regs *regs);
asmlinkage void exc_double_fault(struct pt_regs *regs);
asmlinkage void exc_coproc_segment_overrun(struct pt_regs *regs);
asmlinkage void exc_invalid_tss(struct pt_regs *regs);
asmlinkage void exc_segment_not_present(struct pt_regs *regs);
asmlinkage void exc_stack_segment(struct pt_regs *regs);
asmlinkage void exc_general_protection(struct pt_regs *regs);
asmlinkage void exc_page_fault(struct pt_regs *regs);
asmlinkage void exc_coprocessor_error(struct pt_regs *regs);
asmlinkage void exc_alignment_check(struct pt_regs *regs);
asmlinkage void exc_machine_check_user(struct pt_regs *regs);
asmlinkage void exc_machine_check_kernel(struct pt_regs *regs);
asmlinkage void exc_simd_coprocessor_error(struct pt_regs *regs);
asmlinkage void exc_virtualization(struct pt_regs *regs);
asmlinkage void exc_control_protection(struct pt_regs *regs);
asmlinkage void exc_unknown(struct pt_regs *regs);
asmlinkage void x86_interrupt(struct pt_regs *regs);

void entry_SYSCALL_64(void);
void entry_SYSCALL_compat(void);
bool do_syscall_64(struct pt_regs *regs);

bool user_trap_claimed(struct pt_regs *regs, int trapnr, const char *str,
		       unsigned long error_code);
/* For tests: asked first about each trap in user mode; false: not mine. NULL removes it. */
void set_user_trap_hook(bool (*hook)(struct pt_regs *regs, int trapnr));

void do_early_exception(struct pt_regs *regs, int trapnr);
bool fault_in_kernel_space(unsigned long address);

/* Frame pointer and instruction pointer to report from, on the #DF stack. */
void handle_stack_overflow(struct pt_regs *regs, unsigned long fault_address);

#endif /* _ASM_X86_TRAPS_H */
