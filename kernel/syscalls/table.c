// SPDX-License-Identifier: MIT
/*
 * The dispatch table, and what happens to a call that is not there.
 *
 * Each row of syscalls.tbl names a function sys_<name>(). The weak symbols below stand in for those
 * that nobody has written: they are other names of sys_ni_syscall(), which answers -ENOSYS. So a
 * call comes into being by being written, without a second list to keep.
 *
 * A missing call is counted, and the first use of each is logged with the program's name: that list
 * tells what to write next.
 */

#include <linux/syscalls.h>

#include <linux/atomic.h>
#include <linux/bitops.h>
#include <linux/entry-common.h>
#include <linux/errno.h>
#include <linux/kernel.h>
#include <linux/printk.h>
#include <linux/sched.h>

/* One more counter, for every number outside the table. */
static atomic_long_t missing_calls[NR_syscalls + 1];

static unsigned int slot_of(int nr)
{
	return (unsigned int)nr < NR_syscalls ? nr : NR_syscalls;
}

/**
 * sys_ni_syscall - answer a system call that we do not have
 * @regs: the caller's frame
 *
 * Return: -ENOSYS.
 */
long sys_ni_syscall(const struct pt_regs *regs)
{
	int nr = syscall_get_nr(current, regs);

	/* The value before tells who is first: the one who logs it. */
	if (atomic_long_fetch_inc(&missing_calls[slot_of(nr)]) == 0)
		pr_info("%s[%d]: system call %d (%s) is not there\n", current->comm,
			task_pid_nr(current), nr, syscall_name(nr));
	return -ENOSYS;
}

/**
 * syscall_missing_count - how often a missing call was asked for
 * @nr: the number; all that are out of range share one count
 */
unsigned long syscall_missing_count(int nr)
{
	return atomic_long_read(&missing_calls[slot_of(nr)]);
}

/**
 * syscall_name - the name of a system call
 * @nr: any number
 *
 * Return: "unknown" if it was never given out.
 */
const char *syscall_name(int nr)
{
	unsigned int slot = slot_of(nr);

	if (slot == NR_syscalls || !*syscalls_metadata[slot].name)
		return "unknown";
	return syscalls_metadata[slot].name;
}

#define SYSCALL_NONE(nr, name)
#define SYSCALL(nr, name, nargs, args)					\
	long sys_##name(const struct pt_regs *regs)			\
		__attribute__((weak, alias("sys_ni_syscall")));
#include <generated/syscall_table.h>
#undef SYSCALL
#undef SYSCALL_NONE

#define SYSCALL_NONE(nr, name)		[nr] = sys_ni_syscall,
#define SYSCALL(nr, name, nargs, args)	[nr] = sys_##name,
const sys_call_ptr_t sys_call_table[NR_syscalls] = {
#include <generated/syscall_table.h>
};
#undef SYSCALL
#undef SYSCALL_NONE

#define SYSCALL_NONE(nr, syscall)	[nr] = { .name = syscall, .args = "" },
#define SYSCALL(nr, syscall, n, text)	[nr] = { .name = #syscall, .args = text, .nargs = n },
const struct syscall_metadata syscalls_metadata[NR_syscalls] = {
#include <generated/syscall_table.h>
};
#undef SYSCALL
#undef SYSCALL_NONE

/**
 * call_syscall - do what a program asked for
 * @regs: its frame
 * @nr: the number; any value
 *
 * Context: process context, interrupts on.
 * Return: the call's result, -errno on failure; -ENOSYS if there is no such call.
 */
long call_syscall(const struct pt_regs *regs, int nr)
{
	if (unlikely((unsigned int)nr >= NR_syscalls))
		return sys_ni_syscall(regs);
	return sys_call_table[nr](regs);
}
