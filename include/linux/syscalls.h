/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_SYSCALLS_H
#define _LINUX_SYSCALLS_H

/*
 * How a system call is written.
 *
 *	SYSCALL_DEFINE3(read, unsigned int, fd, char __user *, buf, size_t, count)
 *	{
 *		...
 *		return n;	a count, or -errno
 *	}
 *
 * The dispatcher calls sys_read(regs); the macro makes that from the body by taking each argument
 * out of the caller's registers and cutting it to its type, so that a program that leaves rubbish
 * in the upper half of an int's register does no harm.
 *
 * The call's row in kernel/syscalls/syscalls.tbl gives it its numbers. What stands here must agree
 * with the row: the compiler compares it with a prototype made from there. A row without a body
 * answers -ENOSYS.
 *
 * Nobody in the kernel calls sys_*(): what other code needs too is a function of its own (ksys_*(),
 * do_*()) that both use.
 */

#include <linux/compiler.h>
#include <linux/linkage.h>
#include <linux/types.h>

#include <asm/signal.h>
#include <uapi/linux/time_types.h>

#include <asm/ptrace.h>
#include <asm/syscall.h>
#include <asm/unistd.h>

typedef long (*sys_call_ptr_t)(const struct pt_regs *regs);

#include <generated/syscall_protos.h>

#define __SC_BODY(name, parameters, arguments)				\
	static inline sc_proto_##name __do_sys_##name;			\
	long sys_##name(const struct pt_regs *regs);			\
	long sys_##name(const struct pt_regs *regs)			\
	{								\
		return __do_sys_##name arguments;			\
	}								\
	static inline long __do_sys_##name parameters

/* Argument @n of the system call whose frame is `regs`, as a @type. */
#define __SC_ARG(type, n)	((__force type)syscall_arg(regs, n))

#define SYSCALL_DEFINE0(name)						\
	static inline sc_proto_##name __do_sys_##name;			\
	long sys_##name(const struct pt_regs *regs);			\
	long sys_##name(const struct pt_regs *regs)			\
	{								\
		(void)regs;						\
		return __do_sys_##name();				\
	}								\
	static inline long __do_sys_##name(void)

#define SYSCALL_DEFINE1(name, t0, a0)					\
	__SC_BODY(name, (t0 a0), (__SC_ARG(t0, 0)))

#define SYSCALL_DEFINE2(name, t0, a0, t1, a1)				\
	__SC_BODY(name, (t0 a0, t1 a1), (__SC_ARG(t0, 0), __SC_ARG(t1, 1)))

#define SYSCALL_DEFINE3(name, t0, a0, t1, a1, t2, a2)			\
	__SC_BODY(name, (t0 a0, t1 a1, t2 a2),				\
		  (__SC_ARG(t0, 0), __SC_ARG(t1, 1), __SC_ARG(t2, 2)))

#define SYSCALL_DEFINE4(name, t0, a0, t1, a1, t2, a2, t3, a3)		\
	__SC_BODY(name, (t0 a0, t1 a1, t2 a2, t3 a3),			\
		  (__SC_ARG(t0, 0), __SC_ARG(t1, 1), __SC_ARG(t2, 2), __SC_ARG(t3, 3)))

#define SYSCALL_DEFINE5(name, t0, a0, t1, a1, t2, a2, t3, a3, t4, a4)	\
	__SC_BODY(name, (t0 a0, t1 a1, t2 a2, t3 a3, t4 a4),		\
		  (__SC_ARG(t0, 0), __SC_ARG(t1, 1), __SC_ARG(t2, 2),	\
		   __SC_ARG(t3, 3), __SC_ARG(t4, 4)))

#define SYSCALL_DEFINE6(name, t0, a0, t1, a1, t2, a2, t3, a3, t4, a4, t5, a5) \
	__SC_BODY(name, (t0 a0, t1 a1, t2 a2, t3 a3, t4 a4, t5 a5),	\
		  (__SC_ARG(t0, 0), __SC_ARG(t1, 1), __SC_ARG(t2, 2),	\
		   __SC_ARG(t3, 3), __SC_ARG(t4, 4), __SC_ARG(t5, 5)))

/**
 * struct syscall_metadata - what the table says of one number
 * @name: "" for a number that was never given out
 * @args: the declared arguments, as "unsigned int fd, size_t count"
 * @nargs: 0 to 6
 */
struct syscall_metadata {
	const char *name;
	const char *args;
	int nargs;
};

extern const sys_call_ptr_t sys_call_table[NR_syscalls];
extern const struct syscall_metadata syscalls_metadata[NR_syscalls];

long call_syscall(const struct pt_regs *regs, int nr);
long sys_ni_syscall(const struct pt_regs *regs);
const char *syscall_name(int nr);
unsigned long syscall_missing_count(int nr);

#endif /* _LINUX_SYSCALLS_H */
