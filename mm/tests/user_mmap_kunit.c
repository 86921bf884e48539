// SPDX-License-Identifier: MIT
/*
 * The calls that shape an address space, with arguments good and bad: each bad one gives the errno
 * of its man page and changes nothing.
 */

#include "user.h"

#include <linux/mmap_lock.h>

#define ANON	(MAP_PRIVATE | MAP_ANONYMOUS)
#define AREA	0x20000000UL

static void bad_mmaps_are_refused(struct kunit *test)
{
	unsigned long huge = 1UL << 62;

	KUNIT_EXPECT_EQ(test, (long)vm_mmap(NULL, 0, 0, PROT_RW, ANON, 0), -EINVAL);
	KUNIT_EXPECT_EQ(test, (long)vm_mmap(NULL, 0, PAGE_SIZE, PROT_RW, MAP_ANONYMOUS, 0),
			-EINVAL);
	KUNIT_EXPECT_EQ(test, (long)vm_mmap(NULL, 0, huge, PROT_RW, ANON, 0), -ENOMEM);
	KUNIT_EXPECT_EQ(test, (long)vm_mmap(NULL, 0, -1UL, PROT_RW, ANON, 0), -ENOMEM);
	KUNIT_EXPECT_EQ(test, (long)vm_mmap(NULL, AREA + 1, PAGE_SIZE, PROT_RW, ANON | MAP_FIXED,
					    0), -EINVAL);
	KUNIT_EXPECT_EQ(test, (long)vm_mmap(NULL, TASK_SIZE, PAGE_SIZE, PROT_RW,
					    ANON | MAP_FIXED, 0), -ENOMEM);
	KUNIT_EXPECT_EQ(test, (long)vm_mmap(NULL, -PAGE_SIZE, PAGE_SIZE, PROT_RW,
					    ANON | MAP_FIXED, 0), -ENOMEM);
	KUNIT_EXPECT_EQ(test, (long)vm_mmap(NULL, 0, PAGE_SIZE, PROT_RW, ANON, 1), -EINVAL);
	KUNIT_EXPECT_EQ(test, SYSCALL(mmap, 0, PAGE_SIZE, PROT_READ, MAP_PRIVATE, -1, 0),
			-EBADF);
	KUNIT_EXPECT_EQ(test, SYSCALL(mmap, 0, PAGE_SIZE, PROT_READ, ANON, -1, 1), -EINVAL);
	KUNIT_EXPECT_EQ(test, current->mm->map_count, 0);
	KUNIT_EXPECT_EQ(test, current->mm->total_vm, 0);
}

static void fixed_replaces_and_noreplace_does_not(struct kunit *test)
{
	KUNIT_ASSERT_EQ(test, map_anon_at(AREA, 4, PROT_RW), AREA);
	KUNIT_EXPECT_EQ(test, poke(AREA + PAGE_SIZE, 5), 0);
	KUNIT_EXPECT_EQ(test, (long)vm_mmap(NULL, AREA + PAGE_SIZE, PAGE_SIZE, PROT_RW,
					    ANON | MAP_FIXED_NOREPLACE, 0), -EEXIST);
	KUNIT_EXPECT_EQ(test, peek(AREA + PAGE_SIZE), 5);
	KUNIT_EXPECT_EQ(test, map_anon_at(AREA + PAGE_SIZE, 1, PROT_RW), AREA + PAGE_SIZE);
	KUNIT_EXPECT_EQ(test, peek(AREA + PAGE_SIZE), 0);
	KUNIT_EXPECT_EQ(test, current->mm->total_vm, 4);
	KUNIT_EXPECT_EQ(test, current->mm->map_count, 1);
	KUNIT_EXPECT_EQ(test, vm_mmap(NULL, AREA + 4 * PAGE_SIZE, PAGE_SIZE, PROT_RW,
				      ANON | MAP_FIXED_NOREPLACE, 0), AREA + 4 * PAGE_SIZE);
}

static void hints_are_taken_when_free(struct kunit *test)
{
	unsigned long addr = vm_mmap(NULL, AREA + 5, PAGE_SIZE, PROT_RW, ANON, 0);

	KUNIT_EXPECT_EQ(test, addr, AREA + PAGE_SIZE);
	addr = vm_mmap(NULL, AREA + PAGE_SIZE, PAGE_SIZE, PROT_RW, ANON, 0);
	KUNIT_EXPECT_NE(test, addr, AREA + PAGE_SIZE);
	KUNIT_EXPECT_FALSE(test, IS_ERR_VALUE(addr));
	/* Downwards, each below the one before. */
	KUNIT_EXPECT_EQ(test, map_anon(1, PROT_READ), addr - PAGE_SIZE);
}

static void address_space_limit_holds(struct kunit *test)
{
	struct rlimit *as = &current->signal->rlim[RLIMIT_AS], old = *as;

	as->rlim_cur = 10 * PAGE_SIZE;
	KUNIT_EXPECT_EQ(test, map_anon_at(AREA, 8, PROT_RW), AREA);
	KUNIT_EXPECT_EQ(test, (long)map_anon(3, PROT_RW), -ENOMEM);
	KUNIT_EXPECT_EQ(test, map_anon_at(AREA, 10, PROT_RW), AREA);
	KUNIT_EXPECT_EQ(test, SYSCALL(mremap, AREA, 10 * PAGE_SIZE, 11 * PAGE_SIZE, 1, 0),
			-ENOMEM);
	*as = old;
}

static void data_limit_holds(struct kunit *test)
{
	struct rlimit *data = &current->signal->rlim[RLIMIT_DATA], old = *data;

	data->rlim_cur = 4 * PAGE_SIZE;
	KUNIT_EXPECT_EQ(test, map_anon_at(AREA, 4, PROT_RW), AREA);
	KUNIT_EXPECT_EQ(test, (long)map_anon(1, PROT_RW), -ENOMEM);
	KUNIT_EXPECT_FALSE(test, IS_ERR_VALUE(map_anon(1, PROT_READ)));
	*data = old;
}

static void brk_moves_the_end(struct kunit *test)
{
	struct mm_struct *mm = current->mm;

	mm->start_brk = mm->brk = AREA;
	KUNIT_EXPECT_EQ(test, SYSCALL(brk, 0), AREA);
	KUNIT_EXPECT_EQ(test, SYSCALL(brk, AREA + 5000), AREA + 5000);
	KUNIT_EXPECT_EQ(test, poke(AREA + 4999, 1), 0);
	KUNIT_EXPECT_EQ(test, mm->total_vm, 2);
	KUNIT_EXPECT_EQ(test, SYSCALL(brk, AREA + 10 * PAGE_SIZE), AREA + 10 * PAGE_SIZE);
	KUNIT_EXPECT_EQ(test, mm->map_count, 1);
	KUNIT_EXPECT_EQ(test, SYSCALL(brk, AREA + 100), AREA + 100);
	KUNIT_EXPECT_EQ(test, peek(AREA + 4999), -1);
	KUNIT_EXPECT_EQ(test, mm->total_vm, 1);
	/* Something in the way: the end stays. */
	KUNIT_EXPECT_EQ(test, map_anon_at(AREA + 4 * PAGE_SIZE, 1, PROT_RW),
			AREA + 4 * PAGE_SIZE);
	KUNIT_EXPECT_EQ(test, SYSCALL(brk, AREA + 5 * PAGE_SIZE), AREA + 100);
	KUNIT_EXPECT_EQ(test, SYSCALL(brk, AREA - 1), AREA + 100);
}

static void munmap_cuts_and_checks(struct kunit *test)
{
	struct mm_struct *mm = current->mm;

	KUNIT_ASSERT_EQ(test, map_anon_at(AREA, 5, PROT_RW), AREA);
	KUNIT_EXPECT_EQ(test, SYSCALL(munmap, AREA + 1, PAGE_SIZE), -EINVAL);
	KUNIT_EXPECT_EQ(test, SYSCALL(munmap, AREA, 0), -EINVAL);
	KUNIT_EXPECT_EQ(test, SYSCALL(munmap, TASK_SIZE, PAGE_SIZE), -EINVAL);
	KUNIT_EXPECT_EQ(test, SYSCALL(munmap, AREA, -PAGE_SIZE), -EINVAL);
	KUNIT_EXPECT_EQ(test, SYSCALL(munmap, AREA + 10 * PAGE_SIZE, PAGE_SIZE), 0);
	KUNIT_EXPECT_EQ(test, SYSCALL(munmap, AREA + 2 * PAGE_SIZE, 1), 0);
	KUNIT_EXPECT_EQ(test, mm->map_count, 2);
	KUNIT_EXPECT_EQ(test, mm->total_vm, 4);
	KUNIT_EXPECT_EQ(test, map_anon_at(AREA + 2 * PAGE_SIZE, 1, PROT_RW),
			AREA + 2 * PAGE_SIZE);
	KUNIT_EXPECT_EQ(test, mm->map_count, 1);
	KUNIT_EXPECT_EQ(test, SYSCALL(munmap, AREA, TASK_SIZE - AREA), 0);
	KUNIT_EXPECT_EQ(test, mm->map_count, 0);
	KUNIT_EXPECT_EQ(test, atomic_long_read(&mm->rss_stat[MM_ANONPAGES]), 0);
}

static void mprotect_changes_and_checks(struct kunit *test)
{
	struct mm_struct *mm = current->mm;

	KUNIT_ASSERT_EQ(test, map_anon_at(AREA, 4, PROT_RW), AREA);
	KUNIT_EXPECT_EQ(test, poke(AREA + PAGE_SIZE, 7), 0);
	KUNIT_EXPECT_EQ(test, SYSCALL(mprotect, AREA + 1, PAGE_SIZE, PROT_READ), -EINVAL);
	KUNIT_EXPECT_EQ(test, SYSCALL(mprotect, AREA, PAGE_SIZE, 0x100), -EINVAL);
	KUNIT_EXPECT_EQ(test, SYSCALL(mprotect, AREA, -PAGE_SIZE, PROT_READ), -ENOMEM);
	KUNIT_EXPECT_EQ(test, SYSCALL(mprotect, AREA - PAGE_SIZE, PAGE_SIZE, PROT_READ),
			-ENOMEM);
	KUNIT_EXPECT_EQ(test, SYSCALL(mprotect, AREA, 0, PROT_READ), 0);
	KUNIT_EXPECT_EQ(test, SYSCALL(mprotect, AREA, PAGE_SIZE, PROT_READ | PROT_GROWSDOWN),
			-EINVAL);

	KUNIT_EXPECT_EQ(test, SYSCALL(mprotect, AREA + PAGE_SIZE, PAGE_SIZE, PROT_READ), 0);
	KUNIT_EXPECT_EQ(test, mm->map_count, 3);
	KUNIT_EXPECT_EQ(test, poke(AREA + PAGE_SIZE, 8), -EFAULT);
	KUNIT_EXPECT_EQ(test, peek(AREA + PAGE_SIZE), 7);
	KUNIT_EXPECT_EQ(test, SYSCALL(mprotect, AREA + PAGE_SIZE, PAGE_SIZE, PROT_NONE), 0);
	KUNIT_EXPECT_EQ(test, peek(AREA + PAGE_SIZE), -1);
	KUNIT_EXPECT_EQ(test, SYSCALL(mprotect, AREA, 4 * PAGE_SIZE, PROT_RW), 0);
	KUNIT_EXPECT_EQ(test, mm->map_count, 1);
	KUNIT_EXPECT_EQ(test, poke(AREA + PAGE_SIZE, 9), 0);
	KUNIT_EXPECT_EQ(test, rss(MM_ANONPAGES), 1);
	/* Up to the hole it is done. */
	KUNIT_EXPECT_EQ(test, SYSCALL(mprotect, AREA + 3 * PAGE_SIZE, 2 * PAGE_SIZE,
				    PROT_READ), -ENOMEM);
	KUNIT_EXPECT_EQ(test, poke(AREA + 3 * PAGE_SIZE, 1), -EFAULT);
}

static void mremap_grows_shrinks_and_moves(struct kunit *test)
{
	struct mm_struct *mm = current->mm;
	unsigned long to;

	KUNIT_ASSERT_EQ(test, map_anon_at(AREA, 4, PROT_RW), AREA);
	KUNIT_EXPECT_EQ(test, poke(AREA + PAGE_SIZE, 7), 0);
	KUNIT_EXPECT_EQ(test, SYSCALL(mremap, AREA, 4 * PAGE_SIZE, 2 * PAGE_SIZE, 0, 0), AREA);
	KUNIT_EXPECT_EQ(test, mm->total_vm, 2);
	KUNIT_EXPECT_EQ(test, SYSCALL(mremap, AREA, 2 * PAGE_SIZE, 6 * PAGE_SIZE, 0, 0), AREA);
	KUNIT_EXPECT_EQ(test, mm->total_vm, 6);
	KUNIT_EXPECT_EQ(test, map_anon_at(AREA + 6 * PAGE_SIZE, 1, PROT_READ),
			AREA + 6 * PAGE_SIZE);
	KUNIT_EXPECT_EQ(test, SYSCALL(mremap, AREA, 6 * PAGE_SIZE, 7 * PAGE_SIZE, 0, 0),
			-ENOMEM);
	to = SYSCALL(mremap, AREA, 6 * PAGE_SIZE, 7 * PAGE_SIZE, MREMAP_MAYMOVE, 0);
	KUNIT_ASSERT_FALSE(test, IS_ERR_VALUE(to));
	KUNIT_EXPECT_EQ(test, peek(to + PAGE_SIZE), 7);
	KUNIT_EXPECT_EQ(test, peek(AREA + PAGE_SIZE), -1);
	KUNIT_EXPECT_EQ(test, mm->total_vm, 8);
	KUNIT_EXPECT_EQ(test, SYSCALL(mremap, to, 7 * PAGE_SIZE, 7 * PAGE_SIZE,
				    MREMAP_MAYMOVE | MREMAP_FIXED, AREA), AREA);
	KUNIT_EXPECT_EQ(test, peek(AREA + PAGE_SIZE), 7);
	KUNIT_EXPECT_EQ(test, mm->total_vm, 7);
	KUNIT_EXPECT_EQ(test, mm->map_count, 1);
}

static void bad_mremaps_are_refused(struct kunit *test)
{
	KUNIT_ASSERT_EQ(test, map_anon_at(AREA, 4, PROT_RW), AREA);
	KUNIT_EXPECT_EQ(test, SYSCALL(mremap, AREA + 1, PAGE_SIZE, PAGE_SIZE, 0, 0), -EINVAL);
	KUNIT_EXPECT_EQ(test, SYSCALL(mremap, AREA, PAGE_SIZE, 0, 0, 0), -EINVAL);
	KUNIT_EXPECT_EQ(test, SYSCALL(mremap, AREA, PAGE_SIZE, PAGE_SIZE, 8, 0), -EINVAL);
	KUNIT_EXPECT_EQ(test, SYSCALL(mremap, AREA, PAGE_SIZE, PAGE_SIZE, MREMAP_FIXED,
				    AREA * 2), -EINVAL);
	KUNIT_EXPECT_EQ(test, SYSCALL(mremap, AREA * 2, PAGE_SIZE, 2 * PAGE_SIZE,
				    MREMAP_MAYMOVE, 0), -EFAULT);
	KUNIT_EXPECT_EQ(test, SYSCALL(mremap, AREA, 5 * PAGE_SIZE, 6 * PAGE_SIZE,
				    MREMAP_MAYMOVE, 0), -EFAULT);
	KUNIT_EXPECT_EQ(test, SYSCALL(mremap, AREA, 2 * PAGE_SIZE, 2 * PAGE_SIZE,
				    MREMAP_MAYMOVE | MREMAP_FIXED, AREA + PAGE_SIZE), -EINVAL);
	KUNIT_EXPECT_EQ(test, SYSCALL(mremap, AREA, PAGE_SIZE, PAGE_SIZE,
				    MREMAP_MAYMOVE | MREMAP_FIXED, AREA * 2 + 1), -EINVAL);
	KUNIT_EXPECT_EQ(test, SYSCALL(mremap, AREA, PAGE_SIZE, PAGE_SIZE,
				    MREMAP_MAYMOVE | MREMAP_FIXED, TASK_SIZE), -EINVAL);
	KUNIT_EXPECT_EQ(test, SYSCALL(mremap, AREA, 0, PAGE_SIZE, MREMAP_MAYMOVE, 0), -EINVAL);
	KUNIT_EXPECT_EQ(test, current->mm->total_vm, 4);
}

static void dontunmap_leaves_an_empty_mapping(struct kunit *test)
{
	unsigned long to;

	KUNIT_ASSERT_EQ(test, map_anon_at(AREA, 2, PROT_RW), AREA);
	KUNIT_EXPECT_EQ(test, poke(AREA, 7), 0);
	to = SYSCALL(mremap, AREA, 2 * PAGE_SIZE, 2 * PAGE_SIZE,
		   MREMAP_MAYMOVE | MREMAP_DONTUNMAP, 0);
	KUNIT_ASSERT_FALSE(test, IS_ERR_VALUE(to));
	KUNIT_EXPECT_NE(test, to, AREA);
	KUNIT_EXPECT_EQ(test, peek(to), 7);
	KUNIT_EXPECT_EQ(test, peek(AREA), 0);
	KUNIT_EXPECT_EQ(test, current->mm->total_vm, 4);
}

static void madvise_checks_its_arguments(struct kunit *test)
{
	KUNIT_ASSERT_EQ(test, map_anon_at(AREA, 2, PROT_RW), AREA);
	KUNIT_EXPECT_EQ(test, SYSCALL(madvise, AREA + 1, PAGE_SIZE, MADV_DONTNEED), -EINVAL);
	KUNIT_EXPECT_EQ(test, SYSCALL(madvise, AREA, PAGE_SIZE, 9999), -EINVAL);
	KUNIT_EXPECT_EQ(test, SYSCALL(madvise, AREA, -1UL, MADV_DONTNEED), -EINVAL);
	KUNIT_EXPECT_EQ(test, SYSCALL(madvise, AREA, 0, MADV_DONTNEED), 0);
	KUNIT_EXPECT_EQ(test, SYSCALL(madvise, AREA, 3 * PAGE_SIZE, MADV_DONTNEED), -ENOMEM);
	KUNIT_EXPECT_EQ(test, SYSCALL(madvise, AREA, PAGE_SIZE, MADV_REMOVE), -EINVAL);
	KUNIT_EXPECT_EQ(test, SYSCALL(mlock, AREA, PAGE_SIZE, 0), 0);
	KUNIT_EXPECT_EQ(test, SYSCALL(madvise, AREA, PAGE_SIZE, MADV_DONTNEED), -EINVAL);
	KUNIT_EXPECT_EQ(test, SYSCALL(madvise, AREA, PAGE_SIZE, MADV_DONTNEED_LOCKED), 0);
}

static void mlock_brings_and_counts(struct kunit *test)
{
	struct mm_struct *mm = current->mm;

	KUNIT_ASSERT_EQ(test, map_anon_at(AREA, 4, PROT_RW), AREA);
	KUNIT_EXPECT_EQ(test, SYSCALL(mlock, AREA + 5, 2 * PAGE_SIZE), 0);
	KUNIT_EXPECT_EQ(test, mm->locked_vm, 3);
	KUNIT_EXPECT_EQ(test, rss(MM_ANONPAGES), 3);
	KUNIT_EXPECT_EQ(test, SYSCALL(mlock, AREA, 5 * PAGE_SIZE), -ENOMEM);
	KUNIT_EXPECT_EQ(test, SYSCALL(mlock, AREA, -PAGE_SIZE), -EINVAL);
	KUNIT_EXPECT_EQ(test, SYSCALL(mlock2, AREA, PAGE_SIZE, 2), -EINVAL);
	KUNIT_EXPECT_EQ(test, SYSCALL(munlock, AREA, 4 * PAGE_SIZE), 0);
	KUNIT_EXPECT_EQ(test, mm->locked_vm, 0);
	KUNIT_EXPECT_EQ(test, mm->map_count, 1);
	KUNIT_EXPECT_EQ(test, SYSCALL(mlockall, 0), -EINVAL);
	KUNIT_EXPECT_EQ(test, SYSCALL(mlockall, MCL_ONFAULT), -EINVAL);
	KUNIT_EXPECT_EQ(test, SYSCALL(mlockall, MCL_FUTURE), 0);
	KUNIT_EXPECT_FALSE(test, IS_ERR_VALUE(map_anon(2, PROT_RW)));
	KUNIT_EXPECT_EQ(test, mm->locked_vm, 2);
	KUNIT_EXPECT_EQ(test, rss(MM_ANONPAGES), 5);
	KUNIT_EXPECT_EQ(test, SYSCALL(munlockall), 0);
	KUNIT_EXPECT_EQ(test, mm->locked_vm, 0);
}

static void mincore_and_msync_check_their_arguments(struct kunit *test)
{
	unsigned long vec = AREA + 8 * PAGE_SIZE;

	KUNIT_ASSERT_EQ(test, map_anon_at(AREA, 2, PROT_RW), AREA);
	KUNIT_ASSERT_EQ(test, map_anon_at(vec, 1, PROT_RW), vec);
	KUNIT_EXPECT_EQ(test, poke(AREA + PAGE_SIZE, 1), 0);
	KUNIT_EXPECT_EQ(test, SYSCALL(mincore, AREA, 2 * PAGE_SIZE, vec), 0);
	KUNIT_EXPECT_EQ(test, peek(vec), 0);
	KUNIT_EXPECT_EQ(test, peek(vec + 1), 1);
	KUNIT_EXPECT_EQ(test, SYSCALL(mincore, AREA + 1, PAGE_SIZE, vec), -EINVAL);
	KUNIT_EXPECT_EQ(test, SYSCALL(mincore, AREA, 3 * PAGE_SIZE, vec), -ENOMEM);
	KUNIT_EXPECT_EQ(test, SYSCALL(mincore, AREA, 2 * PAGE_SIZE, TASK_SIZE), -EFAULT);
	KUNIT_EXPECT_EQ(test, SYSCALL(mincore, AREA, 2 * PAGE_SIZE, vec - PAGE_SIZE), -EFAULT);
	KUNIT_EXPECT_EQ(test, SYSCALL(msync, AREA, PAGE_SIZE, MS_SYNC | MS_ASYNC), -EINVAL);
	KUNIT_EXPECT_EQ(test, SYSCALL(msync, AREA, PAGE_SIZE, 64), -EINVAL);
	KUNIT_EXPECT_EQ(test, SYSCALL(msync, AREA + 1, PAGE_SIZE, MS_SYNC), -EINVAL);
	KUNIT_EXPECT_EQ(test, SYSCALL(msync, AREA, 3 * PAGE_SIZE, MS_SYNC), -ENOMEM);
	KUNIT_EXPECT_EQ(test, SYSCALL(msync, AREA, 2 * PAGE_SIZE, MS_SYNC), 0);
}

static void promises_are_given_back(struct kunit *test)
{
	long before = atomic_long_read(&vm_committed_as);

	KUNIT_ASSERT_EQ(test, map_anon_at(AREA, 8, PROT_RW), AREA);
	KUNIT_EXPECT_EQ(test, atomic_long_read(&vm_committed_as), before + 8);
	KUNIT_EXPECT_EQ(test, map_anon_at(AREA + 2 * PAGE_SIZE, 2, PROT_READ),
			AREA + 2 * PAGE_SIZE);
	KUNIT_EXPECT_EQ(test, atomic_long_read(&vm_committed_as), before + 6);
	KUNIT_EXPECT_EQ(test, SYSCALL(mprotect, AREA, 8 * PAGE_SIZE, PROT_RW), 0);
	KUNIT_EXPECT_EQ(test, atomic_long_read(&vm_committed_as), before + 8);
	KUNIT_EXPECT_EQ(test, SYSCALL(mremap, AREA, 8 * PAGE_SIZE, 2 * PAGE_SIZE, 0, 0), AREA);
	KUNIT_EXPECT_EQ(test, atomic_long_read(&vm_committed_as), before + 2);
	KUNIT_EXPECT_EQ(test, SYSCALL(mremap, AREA, 2 * PAGE_SIZE, 3 * PAGE_SIZE,
				    MREMAP_MAYMOVE, 0), AREA);
	KUNIT_EXPECT_EQ(test, atomic_long_read(&vm_committed_as), before + 3);
	KUNIT_EXPECT_EQ(test, vm_munmap(AREA, 8 * PAGE_SIZE), 0);
	KUNIT_EXPECT_EQ(test, atomic_long_read(&vm_committed_as), before);
}

static struct kunit_case user_mmap_cases[] = {
	KUNIT_CASE(bad_mmaps_are_refused),
	KUNIT_CASE(fixed_replaces_and_noreplace_does_not),
	KUNIT_CASE(hints_are_taken_when_free),
	KUNIT_CASE(address_space_limit_holds),
	KUNIT_CASE(data_limit_holds),
	KUNIT_CASE(brk_moves_the_end),
	KUNIT_CASE(munmap_cuts_and_checks),
	KUNIT_CASE(mprotect_changes_and_checks),
	KUNIT_CASE(mremap_grows_shrinks_and_moves),
	KUNIT_CASE(bad_mremaps_are_refused),
	KUNIT_CASE(dontunmap_leaves_an_empty_mapping),
	KUNIT_CASE(madvise_checks_its_arguments),
	KUNIT_CASE(mlock_brings_and_counts),
	KUNIT_CASE(mincore_and_msync_check_their_arguments),
	KUNIT_CASE(promises_are_given_back),
	{}
};

static struct kunit_suite user_mmap_suite = {
	.name = "user_mmap",
	.init = mm_suite_init,
	.exit = mm_suite_exit,
	.test_cases = user_mmap_cases,
};
kunit_test_suites(&user_mmap_suite);

MODULE_LICENSE("MIT");
