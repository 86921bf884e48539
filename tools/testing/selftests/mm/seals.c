// SPDX-License-Identifier: MIT
/* memfd_create(2) and every seal of fcntl(2) F_ADD_SEALS. */

#include "memory.h"

#include <fcntl.h>
#include <limits.h>
#include <sys/stat.h>

#ifndef MFD_NOEXEC_SEAL
#define MFD_NOEXEC_SEAL		8
#define MFD_EXEC		16
#endif
#ifndef F_SEAL_EXEC
#define F_SEAL_EXEC		0x20
#endif

static void names_and_flags_are_checked(void)
{
	char name[NAME_MAX + 2];

	CHECK_ERR(memfd_create("x", 0x8000), EINVAL);
	CHECK_ERR(memfd_create("x", MFD_EXEC | MFD_NOEXEC_SEAL), EINVAL);
	CHECK_ERR(memfd_create(NULL, 0), EFAULT);
	CHECK_ERR(memfd_create((char *)0x7ffffffff000UL, 0), EFAULT);
	memset(name, 'n', sizeof(name));
	name[NAME_MAX - 6] = 0;		/* "memfd:" goes before it */
	CHECK(memfd_create(name, 0) >= 0);
	name[NAME_MAX - 6] = 'n';
	name[NAME_MAX - 5] = 0;
	CHECK_ERR(memfd_create(name, 0), EINVAL);
	CHECK(memfd_create("", 0) >= 0);
}

static void sealing_must_be_allowed_at_birth(void)
{
	int fd = memfd_create("x", 0), other = open("/proc/self/exe", O_RDONLY);

	CHECK_EQ(fcntl(fd, F_GET_SEALS), F_SEAL_SEAL);
	CHECK_ERR(fcntl(fd, F_ADD_SEALS, F_SEAL_GROW), EPERM);
	CHECK_ERR(fcntl(0x7fffffff, F_GET_SEALS), EBADF);
	if (other >= 0)
		CHECK_ERR(fcntl(other, F_ADD_SEALS, F_SEAL_GROW), EPERM);
	fd = memfd_create("x", MFD_ALLOW_SEALING);
	CHECK_EQ(fcntl(fd, F_GET_SEALS), 0);
	CHECK_ERR(fcntl(fd, F_ADD_SEALS, 0x1000), EINVAL);
}

static void f_seal_seal_ends_sealing(void)
{
	int fd = numbered_file(1);

	CHECK_EQ(fcntl(fd, F_ADD_SEALS, F_SEAL_SEAL), 0);
	CHECK_ERR(fcntl(fd, F_ADD_SEALS, F_SEAL_SHRINK), EPERM);
	CHECK_EQ(fcntl(fd, F_GET_SEALS), F_SEAL_SEAL);
	CHECK_EQ(ftruncate(fd, 0), 0);
}

static void f_seal_shrink_and_grow_keep_the_size(void)
{
	int fd = numbered_file(2);

	CHECK_EQ(fcntl(fd, F_ADD_SEALS, F_SEAL_SHRINK), 0);
	CHECK_ERR(ftruncate(fd, PG), EPERM);
	CHECK_EQ(ftruncate(fd, 3 * PG), 0);
	CHECK_EQ(fcntl(fd, F_ADD_SEALS, F_SEAL_GROW), 0);
	CHECK_ERR(ftruncate(fd, 4 * PG), EPERM);
	CHECK_ERR(pwrite(fd, "x", 1, 3 * PG), EPERM);
	CHECK_ERR(fallocate(fd, 0, 3 * PG, PG), EPERM);
	CHECK_EQ(pwrite(fd, "x", 1, 0), 1);
	CHECK_EQ(fcntl(fd, F_GET_SEALS), F_SEAL_SHRINK | F_SEAL_GROW);
}

static void f_seal_write_forbids_every_way_to_write(void)
{
	int fd = numbered_file(2);
	char *p = map(PG, RW, MAP_SHARED, fd), *q;

	CHECK_ERR(fcntl(fd, F_ADD_SEALS, F_SEAL_WRITE), EBUSY);
	CHECK_EQ(fcntl(fd, F_GET_SEALS), 0);
	CHECK_EQ(munmap(p, PG), 0);
	q = map(PG, RW, MAP_PRIVATE, fd);
	CHECK_EQ(fcntl(fd, F_ADD_SEALS, F_SEAL_WRITE), 0);
	CHECK_ERR(pwrite(fd, "x", 1, 0), EPERM);
	CHECK_ERR(fallocate(fd, FALLOC_FL_PUNCH_HOLE | FALLOC_FL_KEEP_SIZE, 0, PG), EPERM);
	CHECK(map_failed(mmap(NULL, PG, RW, MAP_SHARED, fd, 0), EPERM));
	p = map(PG, PROT_READ, MAP_PRIVATE, fd);
	CHECK_EQ(mprotect(p, PG, RW), 0);
	p[0] = 9;
	q[0] = 9;
	p = mmap(NULL, PG, PROT_READ, MAP_SHARED, fd, 0);
	if (p != MAP_FAILED) {		/* since Linux 6.7 */
		CHECK_EQ(p[0], 1);
		CHECK_ERR(mprotect(p, PG, RW), EACCES);
	}
}

static void f_seal_future_write_spares_the_mappings_there_are(void)
{
	int fd = numbered_file(1);
	char *p = map(PG, RW, MAP_SHARED, fd), *q;

	CHECK_EQ(fcntl(fd, F_ADD_SEALS, F_SEAL_FUTURE_WRITE), 0);
	p[0] = 42;
	CHECK_ERR(pwrite(fd, "x", 1, 0), EPERM);
	CHECK(map_failed(mmap(NULL, PG, RW, MAP_SHARED, fd, 0), EPERM));
	q = map(PG, PROT_READ, MAP_SHARED, fd);
	CHECK_EQ(q[0], 42);
	CHECK_ERR(mprotect(q, PG, RW), EACCES);
}

static void f_seal_exec_keeps_the_mode(void)
{
	int fd = memfd_create("x", MFD_NOEXEC_SEAL);
	struct stat st;

	if (fd < 0)
		SKIP("no MFD_NOEXEC_SEAL");
	CHECK_EQ(fstat(fd, &st), 0);
	CHECK_EQ(st.st_mode & 0111, 0);
	CHECK_EQ(fcntl(fd, F_GET_SEALS), F_SEAL_EXEC);
	CHECK_ERR(fchmod(fd, 0777), EPERM);
	CHECK_EQ(fchmod(fd, 0600), 0);
	fd = memfd_create("x", MFD_ALLOW_SEALING | MFD_EXEC);
	CHECK_EQ(fcntl(fd, F_ADD_SEALS, F_SEAL_EXEC), 0);
	/* What stays executable must stay what it is. */
	CHECK_EQ(fcntl(fd, F_GET_SEALS), F_SEAL_EXEC | F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_WRITE |
					 F_SEAL_FUTURE_WRITE);
}

static void sealing_needs_a_descriptor_for_writing(void)
{
	int fd = numbered_file(1), again;
	char path[40];

	snprintf(path, sizeof(path), "/proc/self/fd/%d", fd);
	again = open(path, O_RDONLY);
	if (again < 0)
		SKIP("no /proc");
	CHECK_ERR(fcntl(again, F_ADD_SEALS, F_SEAL_GROW), EPERM);
	CHECK_EQ(fcntl(again, F_GET_SEALS), 0);
}

TESTS(
	TEST(names_and_flags_are_checked),
	TEST(sealing_must_be_allowed_at_birth),
	TEST(f_seal_seal_ends_sealing),
	TEST(f_seal_shrink_and_grow_keep_the_size),
	TEST(f_seal_write_forbids_every_way_to_write),
	TEST(f_seal_future_write_spares_the_mappings_there_are),
	TEST(f_seal_exec_keeps_the_mode),
	TEST(sealing_needs_a_descriptor_for_writing),
)
