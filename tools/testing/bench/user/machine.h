/* SPDX-License-Identifier: MIT */
#ifndef BENCH_MACHINE_H
#define BENCH_MACHINE_H

/*
 * What differs between the machines: how a system call is made, the CPU's counter, an instruction
 * that traps, and the few lines that C can't write (start-*.S). The benchmark has no libc, so that
 * nothing but the kernel is measured, and the same binary starts as /init anywhere.
 *
 *	sys(nr, ...)		a system call: its result, -errno
 *	counter()		ticks, COUNTER_NS ns each under -icount shift=0
 *	signal_restorer()	returns from a handler
 *	spawn_thread()		clone() whose child runs fn(arg) on its own stack and exits
 *	trap()			executes an undefined instruction of TRAP_LENGTH bytes
 *	rseq_trap()		the same within a restartable sequence: 1 if it was aborted
 *	UCONTEXT_PC		where in a ucontext the program counter is
 */

#include <asm/unistd.h>

typedef unsigned char u8;
typedef unsigned short u16;
typedef unsigned int u32;
typedef unsigned long u64;
typedef long s64;

#if defined(__x86_64__)

#define MACHINE		"x86_64"
#define VDSO_GETTIME	"__vdso_clock_gettime"
#define COUNTER_NS	1
#define UCONTEXT_PC	168
#define TRAP_LENGTH	2
#define RSEQ_SIGNATURE	0x53053053

static inline long sys6(long nr, long a, long b, long c, long d, long e, long f)
{
	register long r10 __asm__("r10") = d, r8 __asm__("r8") = e, r9 __asm__("r9") = f;
	long ret;

	__asm__ volatile("syscall" : "=a"(ret)
			 : "a"(nr), "D"(a), "S"(b), "d"(c), "r"(r10), "r"(r8), "r"(r9)
			 : "rcx", "r11", "memory");
	return ret;
}

static inline long sys3(long nr, long a, long b, long c)
{
	long ret;

	__asm__ volatile("syscall" : "=a"(ret) : "a"(nr), "D"(a), "S"(b), "d"(c)
			 : "rcx", "r11", "memory");
	return ret;
}

static inline long sys0(long nr)
{
	long ret;

	__asm__ volatile("syscall" : "=a"(ret) : "a"(nr) : "rcx", "r11", "memory");
	return ret;
}

static inline u64 counter(void)
{
	u32 low, high;

	__asm__ volatile("rdtsc" : "=a"(low), "=d"(high));
	return (u64)high << 32 | low;
}

#elif defined(__aarch64__)

#define MACHINE		"arm64"
#define VDSO_GETTIME	"__kernel_clock_gettime"
#define COUNTER_NS	16
#define UCONTEXT_PC	440
#define TRAP_LENGTH	4
#define RSEQ_SIGNATURE	0xd428bc00

static inline long sys6(long nr, long a, long b, long c, long d, long e, long f)
{
	register long x8 __asm__("x8") = nr, x0 __asm__("x0") = a, x1 __asm__("x1") = b;
	register long x2 __asm__("x2") = c, x3 __asm__("x3") = d, x4 __asm__("x4") = e;
	register long x5 __asm__("x5") = f;

	__asm__ volatile("svc #0" : "+r"(x0)
			 : "r"(x8), "r"(x1), "r"(x2), "r"(x3), "r"(x4), "r"(x5) : "memory");
	return x0;
}

static inline long sys3(long nr, long a, long b, long c)
{
	register long x8 __asm__("x8") = nr, x0 __asm__("x0") = a, x1 __asm__("x1") = b;
	register long x2 __asm__("x2") = c;

	__asm__ volatile("svc #0" : "+r"(x0) : "r"(x8), "r"(x1), "r"(x2) : "memory");
	return x0;
}

static inline long sys0(long nr)
{
	register long x8 __asm__("x8") = nr, x0 __asm__("x0");

	__asm__ volatile("svc #0" : "=r"(x0) : "r"(x8) : "memory");
	return x0;
}

static inline u64 counter(void)
{
	u64 ticks;

	__asm__ volatile("isb\n	mrs %0, cntvct_el0" : "=r"(ticks) : : "memory");
	return ticks;
}

#endif

void signal_restorer(void);
long spawn_thread(long flags, void *stack, void (*fn)(void *), void *arg, int *tid);
void trap(void);
int rseq_trap(u64 *current_section);
extern char rseq_aborted[];

/* sys(nr, ...) with up to six arguments of any type. */
#define SYS_PICK(a, b, c, d, e, f, g, name, ...)	name
#define SYS_1(nr)			sys0(nr)
#define SYS_2(nr, a)			sys3(nr, (long)(a), 0, 0)
#define SYS_3(nr, a, b)			sys3(nr, (long)(a), (long)(b), 0)
#define SYS_4(nr, a, b, c)		sys3(nr, (long)(a), (long)(b), (long)(c))
#define SYS_5(nr, a, b, c, d)		SYS_7(nr, a, b, c, d, 0, 0)
#define SYS_6(nr, a, b, c, d, e)	SYS_7(nr, a, b, c, d, e, 0)
#define SYS_7(nr, a, b, c, d, e, f)	\
	sys6(nr, (long)(a), (long)(b), (long)(c), (long)(d), (long)(e), (long)(f))
#define sys(...)	\
	SYS_PICK(__VA_ARGS__, SYS_7, SYS_6, SYS_5, SYS_4, SYS_3, SYS_2, SYS_1, 0)(__VA_ARGS__)

#endif /* BENCH_MACHINE_H */
