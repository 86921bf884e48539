/* SPDX-License-Identifier: MIT */
/* The vDSO's machine-dependent half: the counter, barriers, system calls. User mode. */
#ifndef _ASM_X86_VDSO_GETTIMEOFDAY_H
#define _ASM_X86_VDSO_GETTIMEOFDAY_H

#include <linux/types.h>
#include <asm/unistd.h>

/** vdso_relax - while the page is being written */
static __always_inline void vdso_relax(void)
{
	asm volatile("rep; nop" ::: "memory");
}

/** vdso_rmb - loads before it come before loads behind it: so they are anyway on this machine */
static __always_inline void vdso_rmb(void)
{
	asm volatile("" ::: "memory");
}

/**
 * vdso_read_counter - the counter, not before loads in front of it: else time could seem to run
 * backwards
 */
static __always_inline u64 vdso_read_counter(void)
{
	u32 low, high;

	asm volatile("lfence; rdtsc" : "=a" (low), "=d" (high) :: "memory");
	return low | (u64)high << 32;
}

/** vdso_syscall2 - a system call of two arguments. Return: the result, or an errno below 0 */
static __always_inline long vdso_syscall2(long nr, long a, long b)
{
	long ret;

	asm volatile("syscall" : "=a" (ret) : "0" (nr), "D" (a), "S" (b)
		     : "rcx", "r11", "memory");
	return ret;
}

#endif /* _ASM_X86_VDSO_GETTIMEOFDAY_H */
