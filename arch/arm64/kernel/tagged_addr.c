// SPDX-License-Identifier: MIT
/*
 * Tagged addresses in system calls.
 *
 * The processor ignores the top byte of a user address, so a program can keep a tag there. Whether
 * the kernel takes such an address for its own accesses is the task's choice
 * (PR_SET_TAGGED_ADDR_CTRL): without it, an address with a tag is a bad one, as it always was.
 * Calls that only name a range of memory (mprotect, madvise) take tags from everybody.
 *
 *	thread flag TIF_TAGGED_ADDR	inherited by fork, cleared by exec
 *	abi.tagged_addr_disabled	nobody may switch it on any more
 */

#include <asm/tagged_addr.h>

#include <linux/errno.h>
#include <linux/init.h>
#include <linux/sched.h>
#include <linux/sysctl.h>
#include <linux/uaccess.h>
#include <uapi/linux/prctl.h>

static unsigned int tagged_addr_disabled;

/**
 * access_ok_without_tag - the address isn't a plain one; with its tag off, is it good?
 * @addr: user address
 * @size: bytes from there on
 *
 * Return: true if current may give us tags and the rest lies in user memory.
 */
bool access_ok_without_tag(unsigned long addr, unsigned long size)
{
	if (!test_thread_flag(TIF_TAGGED_ADDR))
		return false;
	addr = untagged_addr(addr);
	return size <= TASK_SIZE_MAX && addr <= TASK_SIZE_MAX - size;
}

/**
 * get_tagged_addr_ctrl - the task's choice
 * @task: current, or stopped
 *
 * Return: 0 or PR_TAGGED_ADDR_ENABLE.
 */
long get_tagged_addr_ctrl(struct task_struct *task)
{
	return test_tsk_thread_flag(task, TIF_TAGGED_ADDR) ? PR_TAGGED_ADDR_ENABLE : 0;
}

/**
 * set_tagged_addr_ctrl - change it
 * @task: current, or stopped
 * @arg: 0 or PR_TAGGED_ADDR_ENABLE; there is no memory tagging
 *
 * Return: 0; -EINVAL for other bits, and for switching on what is disabled for all.
 */
long set_tagged_addr_ctrl(struct task_struct *task, unsigned long arg)
{
	if (arg & ~PR_TAGGED_ADDR_ENABLE)
		return -EINVAL;
	if ((arg & PR_TAGGED_ADDR_ENABLE) && READ_ONCE(tagged_addr_disabled))
		return -EINVAL;
	update_tsk_thread_flag(task, TIF_TAGGED_ADDR, arg & PR_TAGGED_ADDR_ENABLE);
	return 0;
}

static const struct ctl_table tagged_addr_table[] = {
	{
		.procname	= "tagged_addr_disabled",
		.data		= &tagged_addr_disabled,
		.maxlen		= sizeof(tagged_addr_disabled),
		.mode		= 0644,
		.proc_handler	= proc_dointvec_minmax,
		.extra1		= SYSCTL_ZERO,
		.extra2		= SYSCTL_ONE,
	},
};

static int __init tagged_addr_init(void)
{
	register_sysctl_init("abi", tagged_addr_table);
	return 0;
}
device_initcall(tagged_addr_init);
