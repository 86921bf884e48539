/* SPDX-License-Identifier: MIT */
/* The vDSO's machine-dependent half: the counter, barriers, system calls. User mode. */
#ifndef _ASM_X86_VDSO_GETTIMEOFDAY_H
#define _ASM_X86_VDSO_GETTIMEOFDAY_H

#include <linux/types.h>
#include <asm/unistd.h>

static __always_inline void vdso_relax(void)
{
	asm volatile("rep; nop" ::: "memory");
}

/* Loads are not reordered with loads here. */
static __always_inline void vdso_rmb(void)
{
	asm volatile("" ::: "memory");
}

/* Not before the loads in front of it: else time could seem to run backwards. */
static __always_inline u64 vdso_read_counter(void)
{
	u32 low, high;

	asm volatile("lfence; rdtsc" : "=a" (low), "=d" (high) :: "memory");
	return low | (u64)high << 32;
}

static __always_inline long vdso_syscall2(long nr, long a, long b)
{
	long ret;

	asm volatile("syscall" : "=a" (ret) : "0" (nr), "D" (a), "S" (b)
		     : "rcx", "r11", "memory");
	return ret;
}

#endif /* _ASM_X86_VDSO_GETTIMEOFDAY_H */
