// SPDX-License-Identifier: MIT
/* MAP_GROWSDOWN: mappings that grow like stacks, and the gap that is kept below them. */

#include "memory.h"

#include <sys/resource.h>

/* A page that grows down, in the middle of @pages free pages. */
static char *growing(size_t pages)
{
	char *room = map(pages * PG, PROT_NONE, ANON, -1), *p;

	CHECK_EQ(munmap(room, pages * PG), 0);
	p = mmap(room + (pages - 1) * PG, PG, RW, ANON | MAP_GROWSDOWN | MAP_FIXED, -1, 0);
	CHECK(p == room + (pages - 1) * PG);
	return p;
}

static void a_touch_below_extends_it(void)
{
	char *p = growing(2048);

	catch_faults();
	p[0] = 1;
	CHECK_EQ(write_at(p - 1, 2), 0);
	CHECK_EQ(write_at(p - 5 * PG, 3), 0);
	CHECK_EQ(p[-1], 2);
	CHECK_EQ(p[-5 * PG], 3);
	CHECK_EQ(p[0], 1);
	CHECK_EQ(p[-3 * PG], 0);
}

static void a_gap_is_kept_to_what_lies_below(void)
{
	char *p = growing(2048), *below;

	catch_faults();
	/* 256 pages, stack_guard_gap's value when the machine starts. */
	below = mmap(p - 300 * PG, PG, RW, ANON | MAP_FIXED, -1, 0);
	CHECK(below == p - 300 * PG);
	CHECK_EQ(write_at(p - 10 * PG, 1), 0);
	CHECK_EQ(write_at(p - 290 * PG, 1), SIGSEGV);
	CHECK_EQ(write_at(p - 43 * PG, 1), 0);
	CHECK_EQ(write_at(p - 44 * PG, 1), SIGSEGV);
	CHECK_EQ(below[0], 0);
}

static void inaccessible_memory_below_is_no_neighbour(void)
{
	char *p = growing(2048);

	catch_faults();
	CHECK(mmap(p - 20 * PG, PG, PROT_NONE, ANON | MAP_FIXED, -1, 0) == p - 20 * PG);
	CHECK_EQ(write_at(p - 19 * PG, 1), 0);
}

static void the_limit_of_the_stack_is_its_limit(void)
{
	struct rlimit limit = { 64 * PG, RLIM_INFINITY };
	char *p = growing(2048);

	catch_faults();
	CHECK_EQ(setrlimit(RLIMIT_STACK, &limit), 0);
	CHECK_EQ(write_at(p - 60 * PG, 1), 0);
	CHECK_EQ(write_at(p - 64 * PG, 1), SIGSEGV);
}

static void nothing_is_placed_in_the_gap(void)
{
	char *p = growing(2048), *q;
	int i;

	for (i = 0; i < 64; i++) {
		q = mmap(NULL, PG, RW, ANON, -1, 0);
		CHECK(q != MAP_FAILED);
		CHECK(q < p - 256 * PG || q >= p + PG);
	}
}

static void mprotect_can_reach_down_to_its_start(void)
{
	char *p = growing(2048);

	catch_faults();
	CHECK_EQ(write_at(p - 4 * PG, 1), 0);
	CHECK_EQ(mprotect(p, PG, PROT_READ | PROT_GROWSDOWN), 0);
	CHECK_EQ(write_at(p - 4 * PG, 1), SIGSEGV);
	CHECK_ERR(mprotect(map(PG, RW, ANON, -1), PG, PROT_READ | PROT_GROWSDOWN), EINVAL);
	CHECK_ERR(mprotect(p, PG, PROT_READ | PROT_GROWSDOWN | PROT_GROWSUP), EINVAL);
}

TESTS(
	TEST(a_touch_below_extends_it),
	TEST(a_gap_is_kept_to_what_lies_below),
	TEST(inaccessible_memory_below_is_no_neighbour),
	TEST(the_limit_of_the_stack_is_its_limit),
	TEST(nothing_is_placed_in_the_gap),
	TEST(mprotect_can_reach_down_to_its_start),
)
