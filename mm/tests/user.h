/* SPDX-License-Identifier: MIT */
#ifndef _MM_TESTS_USER_H
#define _MM_TESTS_USER_H

/*
 * User memory without user programs: the test thread borrows an address space of its own for each
 * case. mm_suite_init() makes it and lends it, mm_suite_exit() takes it back and frees it. Cases
 * call vm_mmap() and touch what they get by get_user() and put_user(): the kernel's own accesses
 * fault as a program's would.
 */

#include <kunit/test.h>

#include <linux/err.h>
#include <linux/kthread.h>
#include <linux/mman.h>
#include <linux/mm.h>
#include <linux/sched/mm.h>
#include <linux/sched/signal.h>
#include <linux/string.h>
#include <linux/uaccess.h>
#include <asm/ptrace.h>
#include <asm/syscall.h>

/* System calls, as a program makes them: SYSCALL(mprotect, addr, len, prot). */
#define SYSCALL(name, ...)						\
({									\
	long sys_##name(const struct pt_regs *regs);			\
	unsigned long __args[6] = { __VA_ARGS__ };			\
	struct pt_regs __regs = { };					\
									\
	syscall_set_arguments(current, &__regs, __args);		\
	sys_##name(&__regs);						\
})

#define U8(addr)	((u8 __user *)(addr))
#define U64(addr)	((u64 __user *)(addr))

static inline int mm_suite_init(struct kunit *test)
{
	struct mm_struct *mm = mm_alloc();

	KUNIT_ASSERT_NOT_NULL(test, mm);
	arch_pick_mmap_layout(mm, &current->signal->rlim[RLIMIT_STACK]);
	test->priv = mm;
	kthread_use_mm(mm);
	return 0;
}

static inline void mm_suite_exit(struct kunit *test)
{
	struct mm_struct *mm = test->priv;

	if (!mm)
		return;
	/* A case that was aborted gave it back as its thread ended. */
	if (current->mm == mm)
		kthread_unuse_mm(mm);
	mmput(mm);
}

#define PROT_RW	(PROT_READ | PROT_WRITE)

/* Private anonymous memory anywhere. */
static inline unsigned long map_anon(unsigned long pages, unsigned long prot)
{
	return vm_mmap(NULL, 0, pages << PAGE_SHIFT, prot, MAP_PRIVATE | MAP_ANONYMOUS, 0);
}

static inline unsigned long map_anon_at(unsigned long addr, unsigned long pages,
					unsigned long prot)
{
	return vm_mmap(NULL, addr, pages << PAGE_SHIFT, prot,
		       MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED, 0);
}

/* The value at an address, or -1 if it can't be read. */
static inline int peek(unsigned long addr)
{
	u8 value;

	return get_user(value, U8(addr)) ? -1 : value;
}

static inline int poke(unsigned long addr, u8 value)
{
	return put_user(value, U8(addr));
}

static inline unsigned long rss(int member)
{
	return get_mm_counter(current->mm, member);
}

#endif /* _MM_TESTS_USER_H */
