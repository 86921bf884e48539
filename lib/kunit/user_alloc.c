// SPDX-License-Identifier: MIT
/*
 * User memory for tests: a case runs in a kernel thread, which has none. It borrows an address
 * space of its own, which it leaves when it ends, and which is torn down by an action, by then in
 * another thread.
 */

#include <kunit/resource.h>
#include <kunit/test-bug.h>
#include <kunit/test.h>

#include <linux/errno.h>
#include <linux/export.h>
#include <linux/kthread.h>
#include <linux/mm.h>
#include <linux/resource.h>
#include <linux/sched.h>
#include <linux/sched/mm.h>
#include <linux/sched/signal.h>

static void put_mm(void *mm)
{
	mmput(mm);
}

/**
 * kunit_attach_mm() - give the running case an address space, empty and its own
 *
 * Context: the case's thread, or its init function. May sleep.
 * Return: 0, also if it has one; -EINVAL outside of a test's thread, -ENOMEM.
 */
int kunit_attach_mm(void)
{
	struct kunit *test = kunit_get_current_test();
	struct mm_struct *mm;
	int err;

	if (current->mm)
		return 0;
	if (!test || !(current->flags & PF_KTHREAD))
		return -EINVAL;
	mm = mm_alloc();
	if (!mm)
		return -ENOMEM;
	err = kunit_add_action_or_reset(test, put_mm, mm);
	if (err)
		return err;
	arch_pick_mmap_layout(mm, &current->signal->rlim[RLIMIT_STACK]);
	kthread_use_mm(mm);
	return 0;
}
EXPORT_SYMBOL_GPL(kunit_attach_mm);

/**
 * kunit_vm_mmap() - map something into the running case's address space, which it gets if need be
 * @test: the running test
 * @file: what to map, or NULL
 * @addr: where; 0: anywhere
 * @len: bytes
 * @prot: PROT_*
 * @flag: MAP_*
 * @offset: of the file, in bytes
 *
 * Return: the address; 0 if there is no address space to be had; what else vm_mmap() says. It goes
 * with the case.
 */
unsigned long kunit_vm_mmap(struct kunit *test, struct file *file, unsigned long addr,
			    unsigned long len, unsigned long prot, unsigned long flag,
			    unsigned long offset)
{
	if (kunit_attach_mm()) {
		kunit_warn(test, "there is no address space\n");
		return 0;
	}
	return vm_mmap(file, addr, len, prot, flag, offset);
}
EXPORT_SYMBOL_GPL(kunit_vm_mmap);
