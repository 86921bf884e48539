// SPDX-License-Identifier: MIT
/* mremap(2) in all its forms. */

#include "memory.h"

/* Room that nobody else uses, with nothing in it. */
static char *empty_room(size_t size)
{
	char *p = map(size, PROT_NONE, ANON, -1);

	CHECK_EQ(munmap(p, size), 0);
	return p;
}

static void fixed_goes_where_it_is_told(void)
{
	char *p = map(2 * PG, RW, ANON, -1), *to = map(4 * PG, RW, ANON, -1), *q;

	catch_faults();
	p[0] = 1;
	p[PG] = 2;
	to[0] = 50;
	q = mremap(p, 2 * PG, 2 * PG, MREMAP_MAYMOVE | MREMAP_FIXED, to);
	CHECK(q == to);
	CHECK_EQ(to[0], 1);
	CHECK_EQ(to[PG], 2);
	CHECK_EQ(read_at(p), SIGSEGV);
}

static void fixed_can_shrink_and_grow(void)
{
	char *p = map(4 * PG, RW, ANON, -1), *to = empty_room(8 * PG);

	catch_faults();
	memset(p, 3, 4 * PG);
	CHECK(mremap(p, 4 * PG, 2 * PG, MREMAP_MAYMOVE | MREMAP_FIXED, to) == to);
	CHECK_EQ(to[2 * PG - 1], 3);
	CHECK_EQ(read_at(to + 2 * PG), SIGSEGV);
	CHECK_EQ(read_at(p + 3 * PG), SIGSEGV);
	p = empty_room(8 * PG);
	CHECK(mremap(to, 2 * PG, 6 * PG, MREMAP_MAYMOVE | MREMAP_FIXED, p) == p);
	CHECK_EQ(p[0], 3);
	CHECK_EQ(p[5 * PG], 0);
}

static void dontunmap_leaves_the_place_empty(void)
{
	char *p = map(2 * PG, RW, ANON, -1), *q;

	p[0] = 1;
	q = mremap(p, 2 * PG, 2 * PG, MREMAP_MAYMOVE | MREMAP_DONTUNMAP, NULL);
	CHECK(q != MAP_FAILED);
	CHECK(q != p);
	CHECK_EQ(q[0], 1);
	/* The old addresses are still there, and hold nothing. */
	CHECK_EQ(p[0], 0);
	p[0] = 7;
	CHECK_EQ(q[0], 1);
}

static void dontunmap_of_a_file_shows_it_twice(void)
{
	int fd = numbered_file(1);
	char *p = map(PG, RW, MAP_SHARED, fd);
	char *q = mremap(p, PG, PG, MREMAP_MAYMOVE | MREMAP_DONTUNMAP, NULL);

	CHECK(q != MAP_FAILED);
	q[0] = 9;
	CHECK_EQ(p[0], 9);
}

static void length_zero_maps_a_shared_object_again(void)
{
	int fd = numbered_file(2);
	char *p = map(2 * PG, RW, MAP_SHARED, fd);
	char *q = mremap(p + PG, 0, PG, MREMAP_MAYMOVE);

	CHECK(q != MAP_FAILED);
	CHECK_EQ(q[0], 2);
	q[0] = 5;
	CHECK_EQ(p[PG], 5);
	p = map(PG, RW, ANON, -1);
	CHECK(map_failed(mremap(p, 0, PG, MREMAP_MAYMOVE), EINVAL));
}

static void it_grows_in_place_where_there_is_room(void)
{
	char *p = map(4 * PG, RW, ANON, -1);

	CHECK_EQ(munmap(p + PG, 3 * PG), 0);
	p[0] = 1;
	CHECK(mremap(p, PG, 3 * PG, 0) == p);
	CHECK_EQ(p[2 * PG], 0);
	/* Its neighbour is in the way. */
	CHECK(mmap(p + 3 * PG, PG, PROT_READ, ANON | MAP_FIXED, -1, 0) == p + 3 * PG);
	CHECK(map_failed(mremap(p, 3 * PG, 8 * PG, 0), ENOMEM));
	CHECK_EQ(p[0], 1);
}

static void a_part_can_be_moved_away(void)
{
	char *p = map(3 * PG, RW, ANON, -1), *q;

	catch_faults();
	p[0] = 1;
	p[PG] = 2;
	p[2 * PG] = 3;
	q = mremap(p + PG, PG, 16 * PG, MREMAP_MAYMOVE);
	CHECK(q != MAP_FAILED);
	CHECK_EQ(q[0], 2);
	CHECK_EQ(p[0], 1);
	CHECK_EQ(read_at(p + PG), SIGSEGV);
	CHECK_EQ(p[2 * PG], 3);
}

static void wrong_arguments_change_nothing(void)
{
	char *p = map(4 * PG, RW, ANON, -1), *hole = empty_room(PG);

	p[0] = 1;
	CHECK(map_failed(mremap(p, PG, PG, 0x80), EINVAL));
	CHECK(map_failed(mremap(p, PG, PG, MREMAP_FIXED, hole), EINVAL));
	CHECK(map_failed(mremap(p, PG, 2 * PG, MREMAP_MAYMOVE | MREMAP_DONTUNMAP, NULL), EINVAL));
	CHECK(map_failed(mremap(p, PG, PG, MREMAP_DONTUNMAP, NULL), EINVAL));
	CHECK(map_failed(mremap(p, PG, PG, MREMAP_MAYMOVE | MREMAP_FIXED, hole + 1), EINVAL));
	/* Over each other. */
	CHECK(map_failed(mremap(p, 2 * PG, 2 * PG, MREMAP_MAYMOVE | MREMAP_FIXED, p + PG), EINVAL));
	CHECK(map_failed(mremap(p, PG, PG, MREMAP_MAYMOVE | MREMAP_FIXED, -PG), EINVAL));
	CHECK(map_failed(mremap(hole, PG, 2 * PG, MREMAP_MAYMOVE), EFAULT));
	/* Two mappings at once. */
	CHECK_EQ(mprotect(p + PG, PG, PROT_READ), 0);
	CHECK(map_failed(mremap(p, 2 * PG, 8 * PG, MREMAP_MAYMOVE), EFAULT));
	CHECK_EQ(p[0], 1);
}

static void rights_and_advice_go_along(void)
{
	char *p = map(PG, PROT_READ, ANON, -1), *q;

	catch_faults();
	CHECK_EQ(madvise(p, PG, MADV_DONTFORK), 0);
	q = mremap(p, PG, 2 * PG, MREMAP_MAYMOVE | MREMAP_FIXED, empty_room(2 * PG));
	CHECK(q != MAP_FAILED);
	CHECK_EQ(write_at(q, 1), SIGSEGV);
	CHECK_EQ(read_at(q + PG), 0);
	if (!fork()) {
		_exit(read_at(q) == SIGSEGV ? 0 : 1);
	} else {
		int status;

		CHECK(wait(&status) > 0);
		CHECK_EQ(status, 0);
	}
}

TESTS(
	TEST(fixed_goes_where_it_is_told),
	TEST(fixed_can_shrink_and_grow),
	TEST(dontunmap_leaves_the_place_empty),
	TEST(dontunmap_of_a_file_shows_it_twice),
	TEST(length_zero_maps_a_shared_object_again),
	TEST(it_grows_in_place_where_there_is_room),
	TEST(a_part_can_be_moved_away),
	TEST(wrong_arguments_change_nothing),
	TEST(rights_and_advice_go_along),
)
