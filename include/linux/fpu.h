/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_FPU_H
#define _LINUX_FPU_H

/*
 * Floating point in the kernel, the same way on each machine:
 *
 *	if (kernel_fpu_available()) {
 *		kernel_fpu_begin();
 *		... calls into a file that is compiled for floating point ...
 *		kernel_fpu_end();
 *	}
 *
 * That file holds the code, nothing else, doesn't include this header, and has in its Makefile
 *
 *	CFLAGS_x.o += $(CC_FLAGS_FPU)
 *	CFLAGS_REMOVE_x.o += $(CC_FLAGS_NO_FPU)
 *
 * Only the calls may stand between begin and end: the compiler of this file knows of no such
 * registers. Context: a task's. Preemption is off between the two; they don't nest.
 */

#include <asm/fpu.h>

#endif /* _LINUX_FPU_H */
