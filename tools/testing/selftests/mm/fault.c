// SPDX-License-Identifier: MIT
/*
 * Page faults as a program sees them: what comes, what is copied, and the signal for what may not
 * be.
 */

#include "../kselftest.h"

#include <setjmp.h>
#include <sys/mman.h>
#include <sys/resource.h>

static sigjmp_buf back;
static siginfo_t seen;

static void on_fault(int sig, siginfo_t *info, void *ctx)
{
	(void)sig;
	(void)ctx;
	seen = *info;
	siglongjmp(back, 1);
}

static void catch_faults(void)
{
	struct sigaction sa = { .sa_sigaction = on_fault, .sa_flags = SA_SIGINFO };

	CHECK_EQ(sigaction(SIGSEGV, &sa, NULL), 0);
	CHECK_EQ(sigaction(SIGBUS, &sa, NULL), 0);
}

/* The signal that an access earns, 0 if it works. */
static int read_at(volatile char *p)
{
	if (sigsetjmp(back, 1))
		return seen.si_signo;
	(void)*p;
	return 0;
}

static int write_at(volatile char *p)
{
	if (sigsetjmp(back, 1))
		return seen.si_signo;
	*p = 1;
	return 0;
}

static char *anon(size_t pages, int prot)
{
	char *p = mmap(NULL, pages * 4096, prot, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	CHECK(p != MAP_FAILED);
	return p;
}

static void a_hole_gives_segv_maperr(void)
{
	char *p = anon(1, PROT_READ);

	catch_faults();
	CHECK_EQ(munmap(p, 4096), 0);
	CHECK_EQ(read_at(p + 5), SIGSEGV);
	CHECK_EQ(seen.si_code, SEGV_MAPERR);
	CHECK(seen.si_addr == p + 5);
}

static void forbidden_accesses_give_segv_accerr(void)
{
	char *p = anon(1, PROT_READ);

	catch_faults();
	CHECK_EQ(read_at(p), 0);
	CHECK_EQ(write_at(p + 7), SIGSEGV);
	CHECK_EQ(seen.si_code, SEGV_ACCERR);
	CHECK(seen.si_addr == p + 7);
	CHECK_EQ(mprotect(p, 4096, PROT_NONE), 0);
	CHECK_EQ(read_at(p), SIGSEGV);
	CHECK_EQ(seen.si_code, SEGV_ACCERR);
	CHECK_EQ(mprotect(p, 4096, PROT_READ | PROT_WRITE), 0);
	CHECK_EQ(write_at(p), 0);
}

static void kernel_addresses_give_segv(void)
{
	catch_faults();
	CHECK_EQ(read_at((char *)0xffff888000000000UL), SIGSEGV);
	CHECK_EQ(write_at((char *)0xffffffff81000000UL), SIGSEGV);
	CHECK_EQ(read_at(NULL), SIGSEGV);
	CHECK_EQ(seen.si_code, SEGV_MAPERR);
}

static void beyond_the_file_gives_sigbus(void)
{
	int fd = memfd_create("t", 0);
	char *p;

	catch_faults();
	CHECK(fd >= 0);
	CHECK_EQ(ftruncate(fd, 4096), 0);
	p = mmap(NULL, 8192, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
	CHECK(p != MAP_FAILED);
	CHECK_EQ(write_at(p), 0);
	CHECK_EQ(read_at(p + 4096), SIGBUS);
	CHECK_EQ(seen.si_code, BUS_ADRERR);
	CHECK(seen.si_addr == p + 4096);
	CHECK_EQ(ftruncate(fd, 0), 0);
	CHECK_EQ(read_at(p), SIGBUS);
	CHECK_EQ(ftruncate(fd, 8192), 0);
	CHECK_EQ(read_at(p), 0);
	CHECK_EQ(*p, 0);
}

static void data_cannot_be_executed(void)
{
	char *p = anon(1, PROT_READ | PROT_WRITE);

	catch_faults();
	*(volatile char *)p = 0;
	if (!sigsetjmp(back, 1)) {
		((void (*)(void))p)();
		CHECK(0);
	}
	CHECK_EQ(seen.si_signo, SIGSEGV);
	CHECK_EQ(seen.si_code, SEGV_ACCERR);
	CHECK(seen.si_addr == p);
}

static void fork_copies_on_write(void)
{
	char *p = anon(64, PROT_READ | PROT_WRITE);
	int status, i;
	pid_t pid;

	for (i = 0; i < 64; i++)
		p[i * 4096] = i;
	pid = fork();
	if (!pid) {
		for (i = 0; i < 64; i++) {
			if (p[i * 4096] != i)
				_exit(1);
			p[i * 4096] = -1;
		}
		_exit(0);
	}
	CHECK_EQ(waitpid(pid, &status, 0), pid);
	CHECK_EQ(status, 0);
	for (i = 0; i < 64; i++)
		CHECK_EQ(p[i * 4096], i);
}

static void shared_memory_goes_both_ways(void)
{
	int *p = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	int status;
	pid_t pid;

	CHECK(p != MAP_FAILED);
	p[0] = 1;
	pid = fork();
	if (!pid) {
		p[1] = p[0] + 1;
		_exit(0);
	}
	CHECK_EQ(waitpid(pid, &status, 0), pid);
	CHECK_EQ(p[1], 2);
}

static int deep(int n)
{
	volatile char room[4096];

	room[0] = n;
	return n ? deep(n - 1) + room[0] - room[0] : 0;
}

static void the_stack_grows(void)
{
	CHECK_EQ(deep(1000), 0);
}

static void an_endless_stack_ends_by_segv(void)
{
	int status;
	pid_t pid = fork();

	if (!pid) {
		deep(1 << 20);
		_exit(0);
	}
	CHECK_EQ(waitpid(pid, &status, 0), pid);
	CHECK(WIFSIGNALED(status) && WTERMSIG(status) == SIGSEGV);
}

/* Takes all memory there is: the kernel ends it, and nobody else. */
static void a_memory_bomb_is_killed(void)
{
	int status;
	pid_t pid = fork();

	if (!pid) {
		for (;;) {
			char *p = mmap(NULL, 1 << 20, PROT_READ | PROT_WRITE,
				       MAP_PRIVATE | MAP_ANONYMOUS | MAP_POPULATE, -1, 0);

			if (p == MAP_FAILED)
				_exit(3);
			memset(p, 1, 1 << 20);
		}
	}
	CHECK_EQ(waitpid(pid, &status, 0), pid);
	CHECK(WIFSIGNALED(status));
	CHECK_EQ(WTERMSIG(status), SIGKILL);
}

TESTS(
	TEST(a_hole_gives_segv_maperr),
	TEST(forbidden_accesses_give_segv_accerr),
	TEST(kernel_addresses_give_segv),
	TEST(beyond_the_file_gives_sigbus),
	TEST(data_cannot_be_executed),
	TEST(fork_copies_on_write),
	TEST(shared_memory_goes_both_ways),
	TEST(the_stack_grows),
	TEST(an_endless_stack_ends_by_segv),
	TEST(a_memory_bomb_is_killed),
)
