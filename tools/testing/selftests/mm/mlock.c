// SPDX-License-Identifier: MIT
/* mlock(2), mlock2(2), mlockall(2), mincore(2), msync(2). */

#include "memory.h"

#include <fcntl.h>
#include <sys/resource.h>

#ifndef MLOCK_ONFAULT
#define MLOCK_ONFAULT	1
#endif
#ifndef MCL_ONFAULT
#define MCL_ONFAULT	4
#endif

/* VmLck of /proc/self/status in KiB; -1: there is no /proc. */
static long locked_kib(void)
{
	FILE *f = fopen("/proc/self/status", "r");
	char line[200];
	long kib = -1;

	while (f && fgets(line, sizeof(line), f))
		sscanf(line, "VmLck: %ld", &kib);
	if (f)
		fclose(f);
	return kib;
}

static void become_nobody_with_limit(size_t bytes)
{
	struct rlimit limit = { bytes, bytes };

	CHECK_EQ(setrlimit(RLIMIT_MEMLOCK, &limit), 0);
	CHECK_EQ(setresuid(65534, 65534, 65534), 0);
}

static void mlock_brings_and_counts(void)
{
	char *p = map(4 * PG, RW, ANON, -1);
	long before = locked_kib();

	CHECK_EQ(present(p), 0);
	CHECK_EQ(mlock(p + 100, 2 * PG), 0);	/* three pages */
	CHECK_EQ(present(p), 1);
	CHECK_EQ(present(p + 2 * PG), 1);
	CHECK_EQ(present(p + 3 * PG), 0);
	if (before >= 0)
		CHECK_EQ(locked_kib(), before + 12);
	CHECK_EQ(mlock(p, 3 * PG), 0);
	if (before >= 0)
		CHECK_EQ(locked_kib(), before + 12);
	CHECK_EQ(munlock(p + PG, PG), 0);
	if (before >= 0)
		CHECK_EQ(locked_kib(), before + 8);
	CHECK_EQ(munmap(p, 4 * PG), 0);
	if (before >= 0)
		CHECK_EQ(locked_kib(), before);
}

static void onfault_waits_for_the_first_touch(void)
{
	char *p = map(2 * PG, RW, ANON, -1);

	CHECK_EQ(mlock2(p, 2 * PG, MLOCK_ONFAULT), 0);
	CHECK_EQ(present(p), 0);
	p[0] = 1;
	CHECK_EQ(present(p), 1);
	CHECK_EQ(present(p + PG), 0);
	CHECK_EQ(mlock2(p, 2 * PG, 0), 0);
	CHECK_EQ(present(p + PG), 1);
	CHECK_ERR(mlock2(p, PG, 2), EINVAL);
	CHECK_ERR(mlock2(p, PG, -1), EINVAL);
}

static void ranges_are_checked(void)
{
	char *p = map(3 * PG, RW, ANON, -1);

	CHECK_EQ(munmap(p + PG, PG), 0);
	CHECK_ERR(mlock(p, 3 * PG), ENOMEM);
	CHECK_ERR(munlock(p, 3 * PG), ENOMEM);
	CHECK_ERR(mlock(p, -PG), EINVAL);
	CHECK_EQ(mlock(p, 0), 0);
	CHECK_ERR(mlock(map(PG, PROT_NONE, ANON, -1), PG), ENOMEM);
}

static void the_limit_holds_for_others_than_root(void)
{
	char *p = map(8 * PG, RW, ANON, -1);

	become_nobody_with_limit(4 * PG);
	CHECK_EQ(mlock(p, 4 * PG), 0);
	CHECK_EQ(mlock(p, 4 * PG), 0);		/* again is no more */
	CHECK_ERR(mlock(p + 4 * PG, PG), ENOMEM);
	CHECK_EQ(munlock(p, PG), 0);
	CHECK_EQ(mlock(p + 4 * PG, PG), 0);
	CHECK(map_failed(mmap(NULL, PG, RW, ANON | MAP_LOCKED, -1, 0), EAGAIN));
	CHECK(map_failed(mremap(p + 2 * PG, PG, 8 * PG, MREMAP_MAYMOVE), EAGAIN));
	CHECK_ERR(mlockall(MCL_CURRENT), ENOMEM);
}

static void without_any_limit_to_use_it_is_forbidden(void)
{
	char *p = map(PG, RW, ANON, -1);

	become_nobody_with_limit(0);
	CHECK_ERR(mlock(p, PG), EPERM);
	CHECK_ERR(mlockall(MCL_FUTURE), EPERM);
	CHECK(map_failed(mmap(NULL, PG, RW, ANON | MAP_LOCKED, -1, 0), EPERM));
}

static void mlockall_takes_what_comes(void)
{
	char *p;

	CHECK_ERR(mlockall(0), EINVAL);
	CHECK_ERR(mlockall(MCL_ONFAULT), EINVAL);
	CHECK_ERR(mlockall(8 | MCL_CURRENT), EINVAL);
	CHECK_EQ(mlockall(MCL_FUTURE), 0);
	p = map(2 * PG, RW, ANON, -1);
	CHECK_EQ(present(p + PG), 1);
	CHECK_EQ(mlockall(MCL_FUTURE | MCL_ONFAULT), 0);
	p = map(2 * PG, RW, ANON, -1);
	CHECK_EQ(present(p), 0);
	CHECK_ERR(madvise(p, PG, MADV_DONTNEED), EINVAL);
	CHECK_EQ(munlockall(), 0);
	CHECK_EQ(madvise(p, PG, MADV_DONTNEED), 0);
	p = map(PG, RW, ANON, -1);
	CHECK_EQ(present(p), 0);
}

static void a_child_has_nothing_locked(void)
{
	char *p = map(PG, RW, ANON, -1);
	pid_t pid;

	CHECK_EQ(mlock(p, PG), 0);
	if (locked_kib() < 0)
		SKIP("no /proc");
	pid = fork();
	if (!pid)
		_exit(locked_kib() == 0 ? 0 : 1);
	CHECK_EQ(end_of(pid), 0);
}

static void mincore_checks_and_tells(void)
{
	char *p = map(3 * PG, RW, ANON, -1), *file;
	unsigned char vec[3] = { 0xee, 0xee, 0xee };

	p[PG] = 1;
	CHECK_EQ(mincore(p, 3 * PG, vec), 0);
	CHECK_EQ(vec[0], 0);
	CHECK_EQ(vec[1], 1);
	CHECK_EQ(vec[2], 0);
	CHECK_ERR(mincore(p + 1, PG, vec), EINVAL);
	CHECK_ERR(mincore(p, PG, (void *)8), EFAULT);
	CHECK_EQ(mincore(p, 0, vec), 0);
	CHECK_ERR(mincore(p, -1UL, vec), ENOMEM);
	CHECK_EQ(munmap(p + 2 * PG, PG), 0);
	CHECK_ERR(mincore(p, 3 * PG, vec), ENOMEM);
	/* In the cache, though not touched by us. */
	file = map(PG, PROT_READ, MAP_SHARED, numbered_file(1));
	CHECK_EQ(present(file), 1);
}

static void msync_checks_its_range_and_flags(void)
{
	char *p = map(3 * PG, RW, MAP_SHARED, numbered_file(3));

	CHECK_EQ(msync(p, 3 * PG, MS_SYNC), 0);
	CHECK_EQ(msync(p, 3 * PG, MS_ASYNC), 0);
	CHECK_EQ(msync(p, 3 * PG, MS_INVALIDATE), 0);
	CHECK_EQ(msync(p, 0, MS_SYNC), 0);
	CHECK_EQ(msync(p, PG, 0), 0);
	CHECK_ERR(msync(p, PG, MS_SYNC | MS_ASYNC), EINVAL);
	CHECK_ERR(msync(p, PG, 64), EINVAL);
	CHECK_ERR(msync(p + 1, PG, MS_SYNC), EINVAL);
	CHECK_ERR(msync(p, -PG * 2, MS_SYNC), ENOMEM);
	CHECK_EQ(mlock(p, PG), 0);
	CHECK_ERR(msync(p, PG, MS_INVALIDATE), EBUSY);
	CHECK_EQ(munmap(p + PG, PG), 0);
	CHECK_ERR(msync(p, 3 * PG, MS_ASYNC), ENOMEM);
}

TESTS(
	TEST(mlock_brings_and_counts),
	TEST(onfault_waits_for_the_first_touch),
	TEST(ranges_are_checked),
	TEST(the_limit_holds_for_others_than_root),
	TEST(without_any_limit_to_use_it_is_forbidden),
	TEST(mlockall_takes_what_comes),
	TEST(a_child_has_nothing_locked),
	TEST(mincore_checks_and_tells),
	TEST(msync_checks_its_range_and_flags),
)
