/* SPDX-License-Identifier: MIT */
/* Vector registers as register sets: fpu/regset.c. */
#ifndef _ASM_X86_FPU_REGSET_H
#define _ASM_X86_FPU_REGSET_H

#include <linux/regset.h>

user_regset_active_fn regset_xregset_fpregs_active, xstateregs_active;
user_regset_get2_fn xfpregs_get, xstateregs_get;
user_regset_set_fn xfpregs_set, xstateregs_set;

/* Bytes of the XSAVE image as programs see it; 0 without XSAVE. */
unsigned int xstate_regset_size(void);

#endif /* _ASM_X86_FPU_REGSET_H */
