/* SPDX-License-Identifier: MIT */
#ifndef _ASM_X86_NMI_H
#define _ASM_X86_NMI_H

#include <linux/types.h>

struct pt_regs;

unsigned int nmi_max_nesting(unsigned int cpu);
void nmi_stop_other_cpus(void);
/* For tests: @hook is asked about each NMI first. NULL removes it. */
void nmi_set_test_hook(bool (*hook)(struct pt_regs *regs));

#endif /* _ASM_X86_NMI_H */
