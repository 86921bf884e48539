/* SPDX-License-Identifier: MIT */
/* The vDSO's machine-dependent half: the counter, barriers, system calls. User mode. */
#ifndef _ASM_VDSO_GETTIMEOFDAY_H
#define _ASM_VDSO_GETTIMEOFDAY_H

#include <linux/types.h>
#include <asm/unistd.h>

/** vdso_relax - while the page is being written */
static __always_inline void vdso_relax(void)
{
	asm volatile("yield" ::: "memory");
}

/** vdso_rmb - loads before it come before loads behind it */
static __always_inline void vdso_rmb(void)
{
	asm volatile("dmb ishld" ::: "memory");
}

/**
 * vdso_read_counter - the counter, not before what is in front of it: else time could seem to run
 * backwards
 */
static __always_inline u64 vdso_read_counter(void)
{
	u64 count;

	asm volatile("isb\n\tmrs %0, cntvct_el0" : "=r" (count) :: "memory");
	return count;
}

/** vdso_syscall2 - a system call of two arguments. Return: the result, or an errno below 0 */
static __always_inline long vdso_syscall2(long nr, long a, long b)
{
	register long x8 asm("x8") = nr;
	register long x0 asm("x0") = a;
	register long x1 asm("x1") = b;

	asm volatile("svc #0" : "+r" (x0) : "r" (x8), "r" (x1) : "memory");
	return x0;
}

#endif /* _ASM_VDSO_GETTIMEOFDAY_H */
