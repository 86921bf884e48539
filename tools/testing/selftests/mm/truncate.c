// SPDX-License-Identifier: MIT
/* A file that is cut while it is mapped: what the mappings show, and SIGBUS. */

#include "memory.h"

#include <fcntl.h>
#include <pthread.h>
#include <stdatomic.h>

static void a_shared_mapping_gets_sigbus_behind_the_end(void)
{
	int fd = numbered_file(4);
	char *p = map(4 * PG, RW, MAP_SHARED, fd);

	catch_faults();
	CHECK_EQ(p[3 * PG], 4);
	CHECK_EQ(ftruncate(fd, 2 * PG), 0);
	CHECK_EQ(read_at(p + PG), 0);
	CHECK_EQ(read_at(p + 2 * PG), SIGBUS);
	CHECK_EQ(fault_seen.si_code, BUS_ADRERR);
	CHECK(fault_seen.si_addr == p + 2 * PG);
	CHECK_EQ(write_at(p + 3 * PG + 5, 1), SIGBUS);
	CHECK(fault_seen.si_addr == p + 3 * PG + 5);
}

static void a_private_mapping_loses_its_copies_too(void)
{
	int fd = numbered_file(2);
	char *p = map(2 * PG, RW, MAP_PRIVATE, fd);

	catch_faults();
	p[PG] = 77;
	CHECK_EQ(ftruncate(fd, PG), 0);
	CHECK_EQ(read_at(p + PG), SIGBUS);
	CHECK_EQ(ftruncate(fd, 2 * PG), 0);
	CHECK_EQ(read_at(p + PG), 0);
	CHECK_EQ(p[PG], 0);
}

static void the_rest_of_the_last_page_is_zeroed(void)
{
	int fd = numbered_file(1);
	char *p = map(PG, RW, MAP_SHARED, fd), c;

	memset(p, 0x55, PG);
	CHECK_EQ(ftruncate(fd, 100), 0);
	CHECK_EQ(p[99], 0x55);
	CHECK_EQ(p[100], 0);
	CHECK_EQ(p[PG - 1], 0);
	/* Written beyond the end through the mapping: nobody sees it in the file. */
	p[200] = 1;
	CHECK_EQ(pread(fd, &c, 1, 200), 0);
	CHECK_EQ(lseek(fd, 0, SEEK_END), 100);
}

static void a_file_that_grows_is_seen_by_its_mappings(void)
{
	int fd = numbered_file(1);
	char *p = map(3 * PG, RW, MAP_SHARED, fd);

	catch_faults();
	CHECK_EQ(read_at(p + PG), SIGBUS);
	CHECK_EQ(pwrite(fd, "x", 1, 2 * PG), 1);
	CHECK_EQ(read_at(p + PG), 0);
	CHECK_EQ(p[PG], 0);
	CHECK_EQ(p[2 * PG], 'x');
	CHECK_EQ(read_at(p + 2 * PG + 1), 0);
}

static void a_hole_reads_as_zeroes_and_spares_private_copies(void)
{
	int fd = numbered_file(3);
	char *shared = map(3 * PG, RW, MAP_SHARED, fd), *own = map(3 * PG, RW, MAP_PRIVATE, fd);

	own[PG] = 88;
	CHECK_EQ(fallocate(fd, FALLOC_FL_PUNCH_HOLE | FALLOC_FL_KEEP_SIZE, PG, PG), 0);
	CHECK_EQ(shared[0], 1);
	CHECK_EQ(shared[PG], 0);
	CHECK_EQ(shared[2 * PG], 3);
	CHECK_EQ(own[PG], 88);
	CHECK_EQ(lseek(fd, 0, SEEK_END), 3 * PG);
}

static void the_kernel_gets_efault_where_a_program_gets_sigbus(void)
{
	int fd = numbered_file(1), zero = open("/dev/zero", O_RDONLY);
	char *p = map(2 * PG, RW, MAP_SHARED, fd);

	if (zero < 0)
		SKIP("no /dev/zero");
	CHECK_ERR(read(zero, p + PG, 10), EFAULT);
	/* The first part fits. */
	CHECK_EQ(read(zero, p, 2 * PG), PG);
	CHECK_ERR(write(fd, p + PG, 10), EFAULT);
}

/*
 * One thread cuts the file and writes the number of the round; three read it through a mapping.
 * They may get SIGBUS or a zero; what may not come back is the number of a round that was cut off
 * before they looked.
 */
static struct {
	int fd;
	char *p;
	atomic_int round, stop;
	atomic_long faults, stale;
} race;

static void *race_toucher(void *unused)
{
	(void)unused;
	while (!atomic_load(&race.stop)) {
		int before = atomic_load(&race.round), value = 0;

		if (sigsetjmp(fault_back, 1)) {
			atomic_fetch_add(&race.faults, 1);
			continue;
		}
		value = *(volatile int *)race.p;
		/* 0, or a round that had not been cut when we looked. */
		if (value && value < before)
			atomic_fetch_add(&race.stale, 1);
	}
	return NULL;
}

static void faults_race_with_truncation(void)
{
	pthread_t threads[3];
	int i;

	race.fd = numbered_file(1);
	race.p = map(PG, RW, MAP_SHARED, race.fd);
	catch_faults();
	CHECK_EQ(ftruncate(race.fd, 0), 0);
	for (i = 0; i < 3; i++)
		CHECK_EQ(pthread_create(&threads[i], NULL, race_toucher, NULL), 0);
	for (i = 1; i < 2000; i++) {
		/* Cut: nothing of an earlier round may come back. */
		CHECK_EQ(ftruncate(race.fd, 0), 0);
		atomic_store(&race.round, i);
		CHECK_EQ(pwrite(race.fd, &i, sizeof(i), 0), (long)sizeof(i));
	}
	atomic_store(&race.stop, 1);
	for (i = 0; i < 3; i++)
		CHECK_EQ(pthread_join(threads[i], NULL), 0);
	CHECK_EQ(atomic_load(&race.stale), 0);
}

static void *race_writer(void *unused)
{
	char block[3 * PG];

	(void)unused;
	memset(block, 1, sizeof(block));
	while (!atomic_load(&race.stop))
		if (pwrite(race.fd, block, sizeof(block), 100) != (long)sizeof(block))
			atomic_fetch_add(&race.faults, 1);
	return NULL;
}

static void writes_race_with_truncation(void)
{
	struct {
		char before, data;
	} edge;
	pthread_t thread;
	int i;

	race.fd = numbered_file(1);
	CHECK_EQ(pthread_create(&thread, NULL, race_writer, NULL), 0);
	for (i = 0; i < 1000; i++)
		CHECK_EQ(ftruncate(race.fd, i % 2 ? 5 : 2 * PG + 7), 0);
	atomic_store(&race.stop, 1);
	CHECK_EQ(pthread_join(thread, NULL), 0);
	CHECK_EQ(atomic_load(&race.faults), 0);
	/* One write after all: bytes 5 to 99 were cut off last, or never written. */
	CHECK_EQ(ftruncate(race.fd, 5), 0);
	CHECK_EQ(pwrite(race.fd, "y", 1, 100), 1);
	CHECK_EQ(pread(race.fd, &edge, 2, 99), 2);
	CHECK_EQ(edge.before, 0);
	CHECK_EQ(edge.data, 'y');
	CHECK_EQ(lseek(race.fd, 0, SEEK_END), 101);
}

TESTS(
	TEST(a_shared_mapping_gets_sigbus_behind_the_end),
	TEST(a_private_mapping_loses_its_copies_too),
	TEST(the_rest_of_the_last_page_is_zeroed),
	TEST(a_file_that_grows_is_seen_by_its_mappings),
	TEST(a_hole_reads_as_zeroes_and_spares_private_copies),
	TEST(the_kernel_gets_efault_where_a_program_gets_sigbus),
	TEST(faults_race_with_truncation),
	TEST(writes_race_with_truncation),
)
