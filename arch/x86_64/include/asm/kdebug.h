/* SPDX-License-Identifier: MIT */
#ifndef _ASM_X86_KDEBUG_H
#define _ASM_X86_KDEBUG_H

#include <linux/compiler.h>
#include <linux/types.h>

struct pt_regs;

enum show_regs_mode {
	SHOW_REGS_SHORT,
	SHOW_REGS_USER,
	SHOW_REGS_ALL,
};

void die(const char *str, struct pt_regs *regs, long err);
int __must_check __die(const char *str, struct pt_regs *regs, long err);
unsigned long oops_begin(void);
void oops_announce(struct pt_regs *regs, const char *what);
void __noreturn rewind_stack_and_make_dead(int signr);
void oops_end(unsigned long flags, struct pt_regs *regs, int signr);

#endif /* _ASM_X86_KDEBUG_H */
