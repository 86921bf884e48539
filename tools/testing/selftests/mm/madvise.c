// SPDX-License-Identifier: MIT
/* madvise(2): every value, and what those that do something do. */

#include "memory.h"

#include <fcntl.h>

#ifndef MADV_POPULATE_READ
#define MADV_POPULATE_READ	22
#define MADV_POPULATE_WRITE	23
#endif
#ifndef MADV_DONTNEED_LOCKED
#define MADV_DONTNEED_LOCKED	24
#endif

static void every_value_is_known_or_refused(void)
{
	/* Options of the kernel: accepted, or refused as if unknown. */
	static const int optional[] = { MADV_MERGEABLE, MADV_UNMERGEABLE, MADV_HUGEPAGE,
					MADV_NOHUGEPAGE };
	static const int always[] = {
		MADV_NORMAL, MADV_RANDOM, MADV_SEQUENTIAL, MADV_WILLNEED, MADV_DONTNEED, MADV_FREE,
		MADV_DONTFORK, MADV_DOFORK, MADV_DONTDUMP, MADV_DODUMP, MADV_WIPEONFORK,
		MADV_KEEPONFORK, MADV_COLD, MADV_PAGEOUT, MADV_POPULATE_READ, MADV_POPULATE_WRITE,
		MADV_DONTNEED_LOCKED,
	};
	static const int never[] = { 5, 6, 7, 26, 99, 104, -1, 0x7fffffff };
	char *p = map(PG, RW, ANON, -1);
	size_t i;

	for (i = 0; i < sizeof(always) / sizeof(always[0]); i++)
		CHECK_EQ(madvise(p, PG, always[i]), 0);
	for (i = 0; i < sizeof(optional) / sizeof(optional[0]); i++)
		CHECK(madvise(p, PG, optional[i]) == 0 || errno == EINVAL);
	for (i = 0; i < sizeof(never) / sizeof(never[0]); i++)
		CHECK_ERR(madvise(p, PG, never[i]), EINVAL);
}

static void ranges_are_checked(void)
{
	char *p = map(3 * PG, RW, ANON, -1);

	CHECK_ERR(madvise(p + 1, PG, MADV_NORMAL), EINVAL);
	CHECK_ERR(madvise(p, -PG / 2, MADV_NORMAL), EINVAL);
	CHECK_EQ(madvise(p, 0, MADV_NORMAL), 0);
	CHECK_EQ(madvise(p, 1, MADV_NORMAL), 0);
	CHECK_EQ(munmap(p + PG, PG), 0);
	/* What is there is advised all the same. */
	p[2 * PG] = 1;
	CHECK_ERR(madvise(p, 3 * PG, MADV_DONTNEED), ENOMEM);
	CHECK_EQ(p[2 * PG], 0);
}

static void dontneed_forgets_private_data_only(void)
{
	int fd = numbered_file(1);
	char *own = map(PG, RW, MAP_PRIVATE, fd), *shared = map(PG, RW, MAP_SHARED, fd);

	own[0] = 70;
	shared[1] = 71;
	CHECK_EQ(madvise(own, PG, MADV_DONTNEED), 0);
	CHECK_EQ(madvise(shared, PG, MADV_DONTNEED), 0);
	CHECK_EQ(own[0], 1);
	CHECK_EQ(own[1], 71);
	CHECK_EQ(shared[1], 71);
}

static void locked_memory_needs_its_own_word(void)
{
	char *p = map(PG, RW, ANON, -1);

	p[0] = 1;
	CHECK_EQ(mlock(p, PG), 0);
	CHECK_ERR(madvise(p, PG, MADV_DONTNEED), EINVAL);
	CHECK_ERR(madvise(p, PG, MADV_COLD), EINVAL);
	CHECK_ERR(madvise(p, PG, MADV_PAGEOUT), EINVAL);
	CHECK_ERR(madvise(p, PG, MADV_REMOVE), EINVAL);
	CHECK_EQ(p[0], 1);
	CHECK_EQ(madvise(p, PG, MADV_DONTNEED_LOCKED), 0);
	CHECK_EQ(p[0], 0);
}

static void free_is_for_anonymous_memory(void)
{
	char *p = map(2 * PG, RW, ANON, -1), *file = map(PG, RW, MAP_SHARED, numbered_file(1));

	CHECK_ERR(madvise(file, PG, MADV_FREE), EINVAL);
	memset(p, 1, 2 * PG);
	CHECK_EQ(madvise(p, PG, MADV_FREE), 0);
	CHECK(p[0] == 0 || p[0] == 1);
	p[0] = 5;
	CHECK_EQ(p[0], 5);
	CHECK_EQ(p[PG], 1);
}

static void remove_makes_a_hole_in_the_object(void)
{
	int fd = numbered_file(3);
	char *p = map(3 * PG, RW, MAP_SHARED, fd), *q = map(PG, PROT_READ, MAP_SHARED, fd);

	CHECK_EQ(madvise(p + PG, PG, MADV_REMOVE), 0);
	CHECK_EQ(p[PG], 0);
	CHECK_EQ(p[2 * PG], 3);
	/* It needs a mapping that may write, of something shared. */
	CHECK_ERR(madvise(map(PG, RW, ANON, -1), PG, MADV_REMOVE), EINVAL);
	CHECK_ERR(madvise(map(PG, RW, MAP_PRIVATE, fd), PG, MADV_REMOVE), EACCES);
	CHECK_EQ(q[0], 1);
}

/* The exit status of a child that runs fn(p). */
static int in_child(int (*fn)(char *), char *p)
{
	pid_t pid = fork();

	if (!pid)
		_exit(fn(p));
	CHECK(pid > 0);
	return end_of(pid);
}

static int is_gone(char *p)
{
	return read_at(p) == SIGSEGV;
}

static int value_of(char *p)
{
	return *p;
}

static void fork_does_as_it_was_advised(void)
{
	char *p = map(PG, RW, ANON, -1);

	catch_faults();
	p[0] = 9;
	CHECK_EQ(in_child(value_of, p), 9);
	CHECK_EQ(madvise(p, PG, MADV_DONTFORK), 0);
	CHECK_EQ(in_child(is_gone, p), 1);
	CHECK_EQ(madvise(p, PG, MADV_DOFORK), 0);
	CHECK_EQ(in_child(is_gone, p), 0);
	CHECK_EQ(madvise(p, PG, MADV_WIPEONFORK), 0);
	CHECK_EQ(in_child(value_of, p), 0);
	CHECK_EQ(p[0], 9);
	CHECK_EQ(madvise(p, PG, MADV_KEEPONFORK), 0);
	CHECK_EQ(in_child(value_of, p), 9);
	CHECK_ERR(madvise(map(PG, RW, MAP_SHARED | MAP_ANONYMOUS, -1), PG, MADV_WIPEONFORK),
		  EINVAL);
	CHECK_ERR(madvise(map(PG, RW, MAP_PRIVATE, numbered_file(1)), PG, MADV_WIPEONFORK), EINVAL);
}

static void populate_brings_pages_or_says_why_not(void)
{
	char *p = map(4 * PG, RW, ANON, -1), *ro = map(PG, PROT_READ, ANON, -1);
	char *none = map(PG, PROT_NONE, ANON, -1), *end;

	CHECK_EQ(present(p), 0);
	CHECK_EQ(madvise(p, 2 * PG, MADV_POPULATE_WRITE), 0);
	CHECK_EQ(present(p), 1);
	CHECK_EQ(present(p + PG), 1);
	CHECK_EQ(present(p + 2 * PG), 0);
	CHECK_EQ(madvise(ro, PG, MADV_POPULATE_READ), 0);
	CHECK_ERR(madvise(ro, PG, MADV_POPULATE_WRITE), EINVAL);
	CHECK_ERR(madvise(none, PG, MADV_POPULATE_READ), EINVAL);
	end = map(2 * PG, RW, MAP_SHARED, numbered_file(1));
	CHECK_ERR(madvise(end, 2 * PG, MADV_POPULATE_READ), EFAULT);
	CHECK_EQ(munmap(p + PG, PG), 0);
	CHECK_ERR(madvise(p, 4 * PG, MADV_POPULATE_READ), ENOMEM);
}

TESTS(
	TEST(every_value_is_known_or_refused),
	TEST(ranges_are_checked),
	TEST(dontneed_forgets_private_data_only),
	TEST(locked_memory_needs_its_own_word),
	TEST(free_is_for_anonymous_memory),
	TEST(remove_makes_a_hole_in_the_object),
	TEST(fork_does_as_it_was_advised),
	TEST(populate_brings_pages_or_says_why_not),
)
