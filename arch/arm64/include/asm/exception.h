/* SPDX-License-Identifier: MIT */
/* The C side of entry.S: one function per kind of exception, and what it calls. */
#ifndef _ASM_EXCEPTION_H
#define _ASM_EXCEPTION_H

#include <linux/linkage.h>
#include <linux/types.h>

struct pt_regs;

/* entry/entry-common.c, called from the vectors */
asmlinkage void el1h_64_sync_handler(struct pt_regs *regs);
asmlinkage void el1h_64_irq_handler(struct pt_regs *regs);
asmlinkage void el1h_64_fiq_handler(struct pt_regs *regs);
asmlinkage void el1h_64_error_handler(struct pt_regs *regs);
asmlinkage void el1t_64_handler(struct pt_regs *regs);
asmlinkage void el0t_64_sync_handler(struct pt_regs *regs);
asmlinkage void el0t_64_irq_handler(struct pt_regs *regs);
asmlinkage void el0t_64_fiq_handler(struct pt_regs *regs);
asmlinkage void el0t_64_error_handler(struct pt_regs *regs);
asmlinkage void el0t_32_handler(struct pt_regs *regs);
asmlinkage void __noreturn handle_bad_stack(struct pt_regs *regs);
asmlinkage void asm_exit_to_user_mode(struct pt_regs *regs);
asmlinkage void call_on_irq_stack(struct pt_regs *regs, void (*func)(struct pt_regs *));

/* kernel/traps.c, mm/fault.c, kernel/debug-monitors.c, kernel/syscall.c */
void do_mem_abort(unsigned long far, unsigned long esr, struct pt_regs *regs);
void do_sp_pc_abort(unsigned long addr, unsigned long esr, struct pt_regs *regs);
void do_el0_undef(struct pt_regs *regs, unsigned long esr);
void do_el1_undef(struct pt_regs *regs, unsigned long esr);
void do_el0_sys(unsigned long esr, struct pt_regs *regs);
void do_fpsimd_acc(unsigned long esr, struct pt_regs *regs);
void do_sve_acc(unsigned long esr, struct pt_regs *regs);
void do_fpsimd_exc(unsigned long esr, struct pt_regs *regs);
void do_el0_svc(struct pt_regs *regs);
void do_el1_brk64(unsigned long esr, struct pt_regs *regs);
void do_el0_brk64(unsigned long esr, struct pt_regs *regs);
void do_debug_exception(unsigned long addr, unsigned long esr, struct pt_regs *regs);
void do_serror(struct pt_regs *regs, unsigned long esr);
void bad_el0_sync(struct pt_regs *regs, int reason, unsigned long esr);
void __noreturn panic_bad_stack(struct pt_regs *regs, unsigned long esr, unsigned long far);
void __noreturn panic_unhandled(struct pt_regs *regs, const char *vector, unsigned long esr);

const char *esr_get_class_string(unsigned long esr);

#endif /* _ASM_EXCEPTION_H */
