/* SPDX-License-Identifier: MIT */
#ifndef _FS_EXEC_H
#define _FS_EXEC_H

/* What the files of exec have of each other. */

#include <linux/compiler_types.h>

struct linux_binprm;

/* exec_threads.c */
int exec_end_other_threads(void);

/* exec_stack.c */
int bprm_mm_init(struct linux_binprm *bprm);
int bprm_stack_limits(struct linux_binprm *bprm);
int count_user(const char __user *const __user *argv);
int copy_user_strings(struct linux_binprm *bprm, int argc, const char __user *const __user *argv);
int count_kernel(const char *const *argv);
int copy_kernel_strings(struct linux_binprm *bprm, int argc, const char *const *argv);

#endif /* _FS_EXEC_H */
