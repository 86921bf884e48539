// SPDX-License-Identifier: MIT
/*
 * How much memory may be promised.
 *
 * A mapping is a promise: its pages come when they are touched. vm_committed_as counts what has
 * been promised and may have to be kept: private writable memory, and what has no place but memory
 * (shmem). What a promise needs, the administrator decides (/proc/sys/vm/overcommit_memory):
 *
 *	0	refuse only what can never be kept
 *	1	refuse nothing
 *	2	keep the sum below a limit, so that every promise can be kept
 */

#include <linux/errno.h>
#include <linux/mm.h>
#include <linux/mman.h>

unsigned long mmap_min_addr __read_mostly = 65536;

int sysctl_overcommit_memory __read_mostly = OVERCOMMIT_GUESS;
int sysctl_overcommit_ratio __read_mostly = 50;
atomic_long_t vm_committed_as;

/**
 * vm_commit_limit - how much may be promised when promises are kept (vm.overcommit_memory = 2)
 *
 * Return: pages. proc_sys_vm(5).
 */
unsigned long vm_commit_limit(void)
{
	return totalram_pages() * sysctl_overcommit_ratio / 100;
}

/**
 * vm_memory_committed - how much is promised
 *
 * Return: pages.
 */
unsigned long vm_memory_committed(void)
{
	long pages = atomic_long_read(&vm_committed_as);

	return pages > 0 ? pages : 0;
}

/**
 * __vm_enough_memory - may so many pages be promised?
 * @mm: to whom; NULL: the kernel
 * @pages: how many
 * @cap_sys_admin: whether the reserve for administrators is open to it
 *
 * They are counted as promised if the answer is yes. The three ways are those of
 * Documentation/mm/overcommit-accounting.
 *
 * Return: 0 or -ENOMEM.
 */
int __vm_enough_memory(struct mm_struct *mm, long pages, int cap_sys_admin)
{
	unsigned long limit;

	vm_acct_memory(pages);
	switch (sysctl_overcommit_memory) {
	case OVERCOMMIT_ALWAYS:
		return 0;
	case OVERCOMMIT_GUESS:
		/* Only what can never be: more at once than the machine has. */
		if (pages <= (long)totalram_pages())
			return 0;
		break;
	default:
		limit = vm_commit_limit();
		/* A thirty-second for the administrator, and some that no one process can take. */
		if (!cap_sys_admin)
			limit -= limit / 32;
		if (mm)
			limit -= min(limit, mm->total_vm / 32);
		if (vm_memory_committed() < limit)
			return 0;
	}
	vm_unacct_memory(pages);
	return -ENOMEM;
}
