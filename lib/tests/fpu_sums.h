/* SPDX-License-Identifier: MIT */
#ifndef _LIB_TESTS_FPU_SUMS_H
#define _LIB_TESTS_FPU_SUMS_H

/* Between kernel_fpu_begin() and kernel_fpu_end() only. */
int fpu_harmonic_millionths(int n);
int fpu_root_is_exact(int n);

#endif
