/* SPDX-License-Identifier: MIT */
#ifndef _FS_EXEC_H
#define _FS_EXEC_H

/* exec_stack.c, for exec.c. */

#include <linux/compiler_types.h>

struct linux_binprm;

int bprm_mm_init(struct linux_binprm *bprm);
int bprm_stack_limits(struct linux_binprm *bprm);
int count_user(const char __user *const __user *argv);
int copy_user_strings(struct linux_binprm *bprm, int argc, const char __user *const __user *argv);
int count_kernel(const char *const *argv);
int copy_kernel_strings(struct linux_binprm *bprm, int argc, const char *const *argv);

#endif /* _FS_EXEC_H */
