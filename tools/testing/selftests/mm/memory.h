/* SPDX-License-Identifier: MIT */
#ifndef SELFTESTS_MM_MEMORY_H
#define SELFTESTS_MM_MEMORY_H

/*
 * What tests of memory share: mappings that must succeed, and accesses that tell which signal they
 * earned instead of dying by it. After catch_faults() `fault_seen` has the siginfo of the last one.
 */

#include "../kselftest.h"

#include <setjmp.h>
#include <sys/mman.h>

#define PG	4096L
#define RW	(PROT_READ | PROT_WRITE)
#define ANON	(MAP_PRIVATE | MAP_ANONYMOUS)

static __thread sigjmp_buf fault_back;
static __thread siginfo_t fault_seen;

static void fault_handler(int sig, siginfo_t *info, void *context)
{
	(void)sig;
	(void)context;
	fault_seen = *info;
	siglongjmp(fault_back, 1);
}

static inline void catch_faults(void)
{
	struct sigaction sa = { .sa_sigaction = fault_handler, .sa_flags = SA_SIGINFO };

	CHECK_EQ(sigaction(SIGSEGV, &sa, NULL), 0);
	CHECK_EQ(sigaction(SIGBUS, &sa, NULL), 0);
}

/* The signal that an access earns, 0 if it works. */
static inline int read_at(const volatile char *p)
{
	if (sigsetjmp(fault_back, 1))
		return fault_seen.si_signo;
	(void)*p;
	return 0;
}

static inline int write_at(volatile char *p, char value)
{
	if (sigsetjmp(fault_back, 1))
		return fault_seen.si_signo;
	*p = value;
	return 0;
}

static inline char *map(size_t size, int prot, int flags, int fd)
{
	char *p = mmap(NULL, size, prot, flags, fd, 0);

	CHECK(p != MAP_FAILED);
	return p;
}

/* A file of @pages pages in memory; page i begins with the byte i + 1. */
static inline int numbered_file(int pages)
{
	int fd = memfd_create("numbered", MFD_ALLOW_SEALING), i;

	CHECK(fd >= 0);
	CHECK_EQ(ftruncate(fd, pages * PG), 0);
	for (i = 0; i < pages; i++) {
		char c = i + 1;

		CHECK_EQ(pwrite(fd, &c, 1, i * PG), 1);
	}
	return fd;
}

static inline int map_failed(void *p, int err)
{
	return p == MAP_FAILED && errno == err;
}

/* Is the page there, by mincore()? */
static inline int present(void *p)
{
	unsigned char there;

	CHECK_EQ(mincore(p, PG, &there), 0);
	return there & 1;
}

#endif /* SELFTESTS_MM_MEMORY_H */
