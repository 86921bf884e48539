// SPDX-License-Identifier: MIT
/* The calls that shape an address space: their errors, and what they do to the data. */

#include "../kselftest.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/resource.h>

#define RW	(PROT_READ | PROT_WRITE)
#define ANON	(MAP_PRIVATE | MAP_ANONYMOUS)
#define PG	4096L

static int failed(void *p, int err)
{
	return p == MAP_FAILED && errno == err;
}

static void bad_arguments_are_refused(void)
{
	char *p = mmap(NULL, 4 * PG, RW, ANON, -1, 0);

	CHECK(p != MAP_FAILED);
	CHECK(failed(mmap(NULL, 0, RW, ANON, -1, 0), EINVAL));
	CHECK(failed(mmap(NULL, PG, RW, MAP_ANONYMOUS, -1, 0), EINVAL));
	CHECK(failed(mmap(NULL, PG, RW, MAP_PRIVATE, -1, 0), EBADF));
	CHECK(failed(mmap(p + 1, PG, RW, ANON | MAP_FIXED, -1, 0), EINVAL));
	CHECK(failed(mmap(NULL, -1UL, RW, ANON, -1, 0), ENOMEM));
	CHECK(failed(mmap(p, PG, RW, ANON | MAP_FIXED_NOREPLACE, -1, 0), EEXIST));
	CHECK_ERR(munmap(p + 1, PG), EINVAL);
	CHECK_ERR(munmap(p, 0), EINVAL);
	CHECK_ERR(mprotect(p + 1, PG, RW), EINVAL);
	CHECK_ERR(madvise(p, PG, 12345), EINVAL);
	CHECK_ERR(madvise(p + 1, PG, MADV_DONTNEED), EINVAL);
	CHECK_ERR(msync(p, PG, MS_SYNC | MS_ASYNC), EINVAL);
	CHECK(failed(mremap(p, PG, 0, 0), EINVAL));
	CHECK(failed(mremap(p + 1, PG, PG, 0), EINVAL));
	CHECK_EQ(munmap(p, 4 * PG), 0);
	CHECK_ERR(mprotect(p, PG, RW), ENOMEM);
	CHECK_ERR(madvise(p, PG, MADV_DONTNEED), ENOMEM);
	CHECK_ERR(mlock(p, PG), ENOMEM);
	CHECK_ERR(msync(p, PG, MS_SYNC), ENOMEM);
	CHECK(failed(mremap(p, PG, 2 * PG, MREMAP_MAYMOVE), EFAULT));
}

static void mremap_keeps_the_data(void)
{
	char *p = mmap(NULL, 2 * PG, RW, ANON, -1, 0), *q;

	CHECK(p != MAP_FAILED);
	p[0] = 1;
	p[PG] = 2;
	q = mremap(p, 2 * PG, 4096 * PG, MREMAP_MAYMOVE);
	CHECK(q != MAP_FAILED);
	CHECK_EQ(q[0], 1);
	CHECK_EQ(q[PG], 2);
	CHECK_EQ(q[4095 * PG], 0);
	CHECK(mremap(q, 4096 * PG, PG, 0) == q);
	CHECK_EQ(q[0], 1);
}

static void brk_gives_zeroed_memory(void)
{
	char *p = sbrk(100000);
	int i;

	CHECK(p != (void *)-1);
	for (i = 0; i < 100000; i++)
		CHECK_EQ(p[i], 0);
	memset(p, 1, 100000);
	CHECK(sbrk(-100000) != (void *)-1);
}

static void dontneed_zeroes_and_mincore_tells(void)
{
	char *p = mmap(NULL, 4 * PG, RW, ANON, -1, 0);
	unsigned char vec[4];

	CHECK(p != MAP_FAILED);
	memset(p, 7, 4 * PG);
	CHECK_EQ(mincore(p, 4 * PG, vec), 0);
	CHECK_EQ(vec[3] & 1, 1);
	CHECK_EQ(madvise(p + PG, PG, MADV_DONTNEED), 0);
	CHECK_EQ(mincore(p, 4 * PG, vec), 0);
	CHECK_EQ(vec[1] & 1, 0);
	CHECK_EQ(p[PG], 0);
	CHECK_EQ(p[2 * PG], 7);
}

static void memfd_is_a_file_with_seals(void)
{
	int fd = memfd_create("name", MFD_ALLOW_SEALING | MFD_CLOEXEC);
	char buf[8] = "";
	char *p;

	CHECK(fd >= 0);
	CHECK_EQ(write(fd, "hello", 5), 5);
	CHECK_EQ(pread(fd, buf, 8, 0), 5);
	CHECK(!strcmp(buf, "hello"));
	p = mmap(NULL, PG, RW, MAP_SHARED, fd, 0);
	CHECK(p != MAP_FAILED);
	p[0] = 'j';
	CHECK_EQ(pread(fd, buf, 8, 0), 5);
	CHECK(!strcmp(buf, "jello"));
	CHECK_ERR(fcntl(fd, F_ADD_SEALS, F_SEAL_WRITE), EBUSY);
	CHECK_EQ(munmap(p, PG), 0);
	CHECK_EQ(fcntl(fd, F_ADD_SEALS, F_SEAL_WRITE | F_SEAL_SHRINK), 0);
	CHECK_EQ(fcntl(fd, F_GET_SEALS), F_SEAL_WRITE | F_SEAL_SHRINK);
	CHECK_ERR(write(fd, "x", 1), EPERM);
	CHECK_ERR(ftruncate(fd, 0), EPERM);
	CHECK(failed(mmap(NULL, PG, RW, MAP_SHARED, fd, 0), EPERM));
	CHECK_ERR(memfd_create("x", 0x100), EINVAL);
	CHECK_ERR(memfd_create((char *)8, 0), EFAULT);
}

static void limits_hold(void)
{
	struct rlimit as = { 1UL << 30, 1UL << 30 };

	CHECK_EQ(setrlimit(RLIMIT_AS, &as), 0);
	CHECK(failed(mmap(NULL, 1UL << 30, PROT_READ, ANON, -1, 0), ENOMEM));
	CHECK(mmap(NULL, 1UL << 28, PROT_READ, ANON, -1, 0) != MAP_FAILED);
}

static void mlock_and_populate_bring_pages(void)
{
	char *p = mmap(NULL, 4 * PG, RW, ANON | MAP_POPULATE, -1, 0);
	unsigned char vec[4];

	CHECK(p != MAP_FAILED);
	CHECK_EQ(mincore(p, 4 * PG, vec), 0);
	CHECK_EQ(vec[0] & vec[3] & 1, 1);
	CHECK_EQ(mlock(p, 4 * PG), 0);
	CHECK_ERR(madvise(p, PG, MADV_DONTNEED), EINVAL);
	CHECK_EQ(munlock(p, 4 * PG), 0);
}

TESTS(
	TEST(bad_arguments_are_refused),
	TEST(mremap_keeps_the_data),
	TEST(brk_gives_zeroed_memory),
	TEST(dontneed_zeroes_and_mincore_tells),
	TEST(memfd_is_a_file_with_seals),
	TEST(limits_hold),
	TEST(mlock_and_populate_bring_pages),
)
