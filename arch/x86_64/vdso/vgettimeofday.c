// SPDX-License-Identifier: MIT
/*
 * The vDSO's functions, by the names that C libraries look up. This is user-mode code.
 */

#include <vdso/gettimeofday.h>

#include <asm/segment.h>

int __vdso_clock_gettime(clockid_t clock, struct __kernel_timespec *ts);
int __vdso_clock_getres(clockid_t clock, struct __kernel_timespec *res);
int __vdso_gettimeofday(struct __kernel_old_timeval *tv, struct timezone *tz);
__kernel_old_time_t __vdso_time(__kernel_old_time_t *t);
long __vdso_getcpu(unsigned int *cpu, unsigned int *node, void *unused);

int __vdso_clock_gettime(clockid_t clock, struct __kernel_timespec *ts)
{
	return vdso_clock_gettime(clock, ts);
}

int __vdso_clock_getres(clockid_t clock, struct __kernel_timespec *res)
{
	return vdso_clock_getres(clock, res);
}

int __vdso_gettimeofday(struct __kernel_old_timeval *tv, struct timezone *tz)
{
	return vdso_gettimeofday(tv, tz);
}

/* Whole seconds need neither the counter nor a second look. */
__kernel_old_time_t __vdso_time(__kernel_old_time_t *t)
{
	__kernel_old_time_t seconds = vdso_data_page.real_s;

	if (!seconds)
		return vdso_syscall2(__NR_time, (long)t, 0);
	if (t)
		*t = seconds;
	return seconds;
}

/* Each CPU's descriptor table has one descriptor whose limit is the CPU's number. */
long __vdso_getcpu(unsigned int *cpu, unsigned int *node, void *unused)
{
	unsigned int limit;

	(void)unused;
	asm volatile("lsl %1, %0" : "=r" (limit) : "r" (__CPUNODE_SEG));
	if (cpu)
		*cpu = limit & VDSO_CPUNODE_MASK;
	if (node)
		*node = limit >> VDSO_CPUNODE_BITS;
	return 0;
}

#define WEAK_NAME(name)	\
	extern __typeof__(__vdso_##name) name __attribute__((weak, alias("__vdso_" #name)))

WEAK_NAME(clock_gettime);
WEAK_NAME(clock_getres);
WEAK_NAME(gettimeofday);
WEAK_NAME(time);
WEAK_NAME(getcpu);
