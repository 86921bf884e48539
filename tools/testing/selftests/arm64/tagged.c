// SPDX-License-Identifier: MIT
/* Addresses with a tag in the top byte, given to system calls. */

#include <fcntl.h>
#include <linux/futex.h>
#include <sys/mman.h>
#include <sys/prctl.h>

#include "../ptrace/trace.h"

#ifndef NT_ARM_TAGGED_ADDR_CTRL
#define NT_ARM_TAGGED_ADDR_CTRL	0x409
#endif

#define TAG(p, t)	((void *)((unsigned long)(p) | (unsigned long)(t) << 56))

/* Reads into it and writes from it. Return: 0 or an errno. */
static int use(void *buf)
{
	int fds[2];

	CHECK_EQ(pipe(fds), 0);
	if (write(fds[1], buf, 8) != 8 || read(fds[0], buf, 8) != 8)
		return errno;
	close(fds[0]);
	close(fds[1]);
	return 0;
}

static int get(void)
{
	return prctl(PR_GET_TAGGED_ADDR_CTRL, 0, 0, 0, 0);
}

static void a_tag_is_a_bad_address_at_first(void)
{
	char buf[8] = "";

	CHECK_EQ(get(), 0);
	CHECK_EQ(use(buf), 0);
	CHECK_EQ(use(TAG(buf, 0x5a)), EFAULT);
	/* Of the program's own accesses the processor ignores it. */
	*(volatile char *)TAG(buf, 0x5a) = 1;
	CHECK_EQ(buf[0], 1);
}

static void it_is_taken_from_who_says_so(void)
{
	char *page = mmap(NULL, 8192, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	unsigned int tag;

	CHECK_EQ(prctl(PR_SET_TAGGED_ADDR_CTRL, PR_TAGGED_ADDR_ENABLE, 0, 0, 0), 0);
	CHECK_EQ(get(), PR_TAGGED_ADDR_ENABLE);
	for (tag = 0; tag < 256; tag++) {
		/* The first use of a page comes from the kernel. */
		if (tag == 7)
			CHECK_EQ(madvise(TAG(page, tag), 8192, MADV_DONTNEED), 0);
		CHECK_EQ(use(TAG(page, tag)), 0);
	}
	CHECK_EQ(mprotect(TAG(page, 9), 4096, PROT_READ), 0);
	CHECK_EQ(open(TAG("/dev/null", 0xff), O_RDONLY) < 0, 0);
	/* Not so the kernel's half. */
	CHECK_EQ(use((void *)0xff80000000000000), EFAULT);
	CHECK_EQ(use((void *)0xffff800080000000), EFAULT);
	CHECK_EQ(use((void *)0x5a80000000000000), EFAULT);
	CHECK_EQ(use(TAG(0xfffffffffffcUL, 0x12)), EFAULT);
	CHECK_EQ(prctl(PR_SET_TAGGED_ADDR_CTRL, 0, 0, 0, 0), 0);
	CHECK_EQ(use(TAG(page, 0x5a)), EFAULT);
}

/* The kernel faults the word's page in by itself, to change it. */
static void a_futex_with_a_tag_is_the_same_futex(void)
{
	int *word = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	CHECK_EQ(prctl(PR_SET_TAGGED_ADDR_CTRL, PR_TAGGED_ADDR_ENABLE, 0, 0, 0), 0);
	CHECK_EQ(syscall(SYS_futex, TAG(word, 3), FUTEX_LOCK_PI, 0, NULL, NULL, 0), 0);
	CHECK_EQ(*word, gettid());
	CHECK_EQ(syscall(SYS_futex, TAG(word, 4), FUTEX_UNLOCK_PI, 0, NULL, NULL, 0), 0);
	CHECK_EQ(*word, 0);
}

static void other_bits_are_refused(void)
{
	CHECK_ERR(prctl(PR_SET_TAGGED_ADDR_CTRL, 1UL << 40, 0, 0, 0), EINVAL);
	CHECK_ERR(prctl(PR_SET_TAGGED_ADDR_CTRL, 1, 1, 0, 0), EINVAL);
	CHECK_ERR(prctl(PR_GET_TAGGED_ADDR_CTRL, 1, 0, 0, 0), EINVAL);
	CHECK_EQ(get(), 0);
}

static __attribute__((constructor)) void tell(int argc, char **argv)
{
	if (argc == 2 && !strcmp(argv[1], "tell"))
		_exit(get());
}

static void fork_keeps_it_and_exec_clears_it(void)
{
	int status;
	pid_t pid;

	CHECK_EQ(prctl(PR_SET_TAGGED_ADDR_CTRL, PR_TAGGED_ADDR_ENABLE, 0, 0, 0), 0);
	pid = fork();
	if (!pid) {
		if (get() != PR_TAGGED_ADDR_ENABLE)
			_exit(9);
		execl("/proc/self/exe", "tagged", "tell", (char *)NULL);
		_exit(8);
	}
	CHECK_EQ(waitpid(pid, &status, 0), pid);
	CHECK_EQ(status, 0);
}

static void a_tracer_sets_it(void)
{
	pid_t pid = traced_child(get);
	unsigned long ctrl = 7;
	struct iovec iov = { &ctrl, sizeof(ctrl) };

	CHECK_EQ(trace(PTRACE_GETREGSET, pid, NT_ARM_TAGGED_ADDR_CTRL, (unsigned long)&iov), 0);
	CHECK_EQ(ctrl, 0);
	ctrl = 1UL << 60;
	CHECK_ERR(trace(PTRACE_SETREGSET, pid, NT_ARM_TAGGED_ADDR_CTRL, (unsigned long)&iov),
		  EINVAL);
	ctrl = PR_TAGGED_ADDR_ENABLE;
	CHECK_EQ(trace(PTRACE_SETREGSET, pid, NT_ARM_TAGGED_ADDR_CTRL, (unsigned long)&iov), 0);
	go_on(PTRACE_CONT, pid, 0);
	CHECK_EXIT(pid, 1);
}

TESTS(
	TEST(a_tag_is_a_bad_address_at_first),
	TEST(it_is_taken_from_who_says_so),
	TEST(a_futex_with_a_tag_is_the_same_futex),
	TEST(other_bits_are_refused),
	TEST(fork_keeps_it_and_exec_clears_it),
	TEST(a_tracer_sets_it),
)
