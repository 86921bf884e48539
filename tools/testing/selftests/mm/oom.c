// SPDX-License-Identifier: MIT
/*
 * Memory bombs: whatever they are made of, they end, and nobody else does.
 *
 * A bomb whose memory is not in its mappings (files in memory, pipes) looks small to the kernel, so
 * it says itself, by oom_score_adj, that it is the one to go; where that can't be said the test is
 * skipped, as it would end others.
 */

#include "memory.h"

#include <fcntl.h>
#include <pthread.h>
#include <sys/resource.h>

#define MIB	(1L << 20)

static int set_oom_score_adj(int adj)
{
	char text[20];
	int fd = open("/proc/self/oom_score_adj", O_WRONLY), n = sprintf(text, "%d", adj);
	int ok = fd >= 0 && write(fd, text, n) == n;

	close(fd);
	return ok;
}

static int eat(void *unused)
{
	(void)unused;
	for (;;) {
		char *p = mmap(NULL, MIB, RW, ANON, -1, 0);
		long i;

		if (p == MAP_FAILED)
			return 3;
		for (i = 0; i < MIB; i += PG)
			p[i] = 1;
	}
}

static void *eat_thread(void *unused)
{
	eat(unused);
	return NULL;
}

static int eat_in_threads(void *unused)
{
	pthread_t thread;
	int i;

	for (i = 0; i < 3; i++)
		if (pthread_create(&thread, NULL, eat_thread, NULL))
			return 4;
	return eat(unused);
}

static void threads_that_eat_are_killed_together(void)
{
	CHECK_EQ(end_of(start_child(eat_in_threads, NULL)), 128 + SIGKILL);
}

/* mmap_lock is held while pages are brought for mlock(). */
static int eat_locked(void *unused)
{
	(void)unused;
	for (;;)
		if (mmap(NULL, 4 * MIB, RW, ANON | MAP_LOCKED | MAP_POPULATE, -1, 0) == MAP_FAILED)
			return 3;
}

static void locked_memory_is_taken_back_too(void)
{
	CHECK_EQ(end_of(start_child(eat_locked, NULL)), 128 + SIGKILL);
}

/* The page of zeroes, again and again: what is used up is page tables, one for 2 MiB. */
static int eat_page_tables(void *unused)
{
	(void)unused;
	for (;;) {
		char *p = mmap(NULL, 1024 * MIB, PROT_READ, ANON | MAP_NORESERVE, -1, 0);
		long i;

		if (p == MAP_FAILED)
			return 3;
		madvise(p, 1024 * MIB, MADV_NOHUGEPAGE);
		for (i = 0; i < 1024 * MIB; i += 2 * MIB)
			(void)*(volatile char *)(p + i);
	}
}

static void page_tables_count(void)
{
	CHECK_EQ(end_of(start_child(eat_page_tables, NULL)), 128 + SIGKILL);
}

static int eat_files(void *unused)
{
	static char block[MIB];
	int fd = memfd_create("bomb", 0);

	(void)unused;
	if (!set_oom_score_adj(1000))
		return EXIT_SKIP;
	memset(block, 1, sizeof(block));
	while (write(fd, block, sizeof(block)) > 0)
		;
	return errno == ENOMEM || errno == ENOSPC ? 0 : 5;
}

static void files_in_memory_end_with_their_maker(void)
{
	int end = end_of(start_child(eat_files, NULL));

	if (end == EXIT_SKIP)
		SKIP("oom_score_adj can't be set");
	CHECK(end == 0 || end == 128 + SIGKILL);
}

static int eat_pipes(void *unused)
{
	static char block[MIB];
	int ends[2];

	(void)unused;
	if (!set_oom_score_adj(1000))
		return EXIT_SKIP;
	while (!pipe2(ends, O_NONBLOCK)) {
		fcntl(ends[1], F_SETPIPE_SZ, MIB);
		while (write(ends[1], block, sizeof(block)) > 0)
			;
	}
	return errno == EMFILE || errno == ENFILE || errno == ENOMEM ? 0 : 5;
}

static void pipes_end_with_their_maker(void)
{
	int end = end_of(start_child(eat_pipes, NULL));

	if (end == EXIT_SKIP)
		SKIP("oom_score_adj can't be set");
	CHECK(end == 0 || end == 128 + SIGKILL);
}

static int wait_for_the_end(void *arg)
{
	int *ready = arg;
	char c;

	if (!set_oom_score_adj(ready[2]))
		return EXIT_SKIP;
	memset(malloc(4 * MIB), 1, 4 * MIB);
	write(ready[1], "r", 1);
	close(ready[1]);
	/* Until the pipe's other writers are gone: the test. */
	return read(ready[3], &c, 1) == 0 ? 7 : 6;
}

static void oom_score_adj_says_who_goes_first_and_who_never(void)
{
	int ready[4], hold[2], spared[4];
	pid_t first, never;
	char c;

	CHECK_EQ(pipe(ready), 0);
	CHECK_EQ(pipe2(hold, O_CLOEXEC), 0);
	memcpy(spared, ready, sizeof(spared));
	ready[2] = 1000;
	spared[2] = -1000;
	ready[3] = spared[3] = hold[0];
	first = fork();
	if (!first) {
		close(hold[1]);
		_exit(wait_for_the_end(ready));
	}
	never = fork();
	if (!never) {
		close(hold[1]);
		_exit(wait_for_the_end(spared));
	}
	close(ready[1]);
	if (read(ready[0], &c, 1) != 1 || read(ready[0], &c, 1) != 1) {
		close(hold[1]);
		end_of(first);
		end_of(never);
		SKIP("oom_score_adj can't be set");
	}
	CHECK_EQ(end_of(start_child(eat, NULL)), 128 + SIGKILL);
	CHECK_EQ(end_of(first), 128 + SIGKILL);
	close(hold[1]);
	CHECK_EQ(end_of(never), 7);
}

/* Two bombs at once, again and again: the machine must not come to a stand. */
static void bombs_at_once_all_end(void)
{
	int round, i;

	for (round = rounds(3); round; round--) {
		pid_t bombs[4];

		for (i = 0; i < 4; i++)
			bombs[i] = start_child(eat, NULL);
		for (i = 0; i < 4; i++)
			CHECK_EQ(end_of(bombs[i]), 128 + SIGKILL);
	}
}

TESTS(
	TEST(threads_that_eat_are_killed_together),
	TEST(locked_memory_is_taken_back_too),
	TEST(page_tables_count),
	TEST(files_in_memory_end_with_their_maker),
	TEST(pipes_end_with_their_maker),
	TEST(oom_score_adj_says_who_goes_first_and_who_never),
	TEST(bombs_at_once_all_end),
)
