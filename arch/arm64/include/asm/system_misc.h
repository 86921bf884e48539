/* SPDX-License-Identifier: MIT */
#ifndef _ASM_SYSTEM_MISC_H
#define _ASM_SYSTEM_MISC_H

#ifndef __ASSEMBLY__

#include <linux/types.h>

struct pt_regs;

void die(const char *msg, struct pt_regs *regs, long err);
void arm64_notify_die(const char *str, struct pt_regs *regs, int signo, int sicode,
		      unsigned long far, unsigned long err);
void arm64_force_sig_fault(int signo, int code, unsigned long far, const char *str);
void __show_regs(struct pt_regs *regs);

#endif /* !__ASSEMBLY__ */
#endif /* _ASM_SYSTEM_MISC_H */
