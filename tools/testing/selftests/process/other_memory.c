// SPDX-License-Identifier: MIT
/*
 * What a process may do to another: process_vm_readv(2), process_vm_writev(2), kcmp(2),
 * process_madvise(2).
 */
#include <fcntl.h>
#include <sched.h>
#include <stdint.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <sys/uio.h>

#include "../kselftest.h"

static long kcmp_(pid_t a, pid_t b, int type, unsigned long i, unsigned long j)
{
	return syscall(SYS_kcmp, a, b, type, i, j);
}

static char there[3 * 4096] = "in the child";
static int up[2], down[2];

/*
 * A child that waits until the pipe is closed, and then answers whether `there` begins with @want.
 */
static pid_t child(const char *want)
{
	pid_t pid;
	char c;

	CHECK_EQ(pipe(up), 0);
	CHECK_EQ(pipe(down), 0);
	pid = fork();
	CHECK(pid >= 0);
	if (!pid) {
		close(down[1]);
		write(up[1], "", 1);
		read(down[0], &c, 1);
		_exit(want && strcmp(there, want) ? 1 : 0);
	}
	CHECK_EQ(read(up[0], &c, 1), 1);
	return pid;
}

static void finish(pid_t pid)
{
	int status;

	close(down[1]);
	CHECK_EQ(waitpid(pid, &status, 0), pid);
	CHECK_EQ(status, 0);
}

static void memory_of_a_child_is_read(void)
{
	char a[7], b[6];
	struct iovec local[2] = { { a, 7 }, { b, 6 } }, remote = { there, 13 };
	pid_t pid;

	pid = child(NULL);
	memset(there, 'x', sizeof(there));
	CHECK_EQ(process_vm_readv(pid, local, 2, &remote, 1, 0), 13);
	CHECK(!memcmp(a, "in the ", 7) && !memcmp(b, "child", 6));
	finish(pid);
}

static void memory_of_a_child_is_written(void)
{
	char text[] = "from outside";
	struct iovec local = { text, sizeof(text) };
	struct iovec remote[2] = { { there, 4 }, { there + 4, 100 } };
	pid_t pid = child("from outside");

	CHECK_EQ(process_vm_writev(pid, &local, 1, remote, 2, 0), sizeof(text));
	CHECK(!strcmp(there, "in the child"));
	finish(pid);
}

static void ones_own_memory_will_do(void)
{
	char buf[16];
	struct iovec local = { buf, 13 }, remote = { there, 13 };

	CHECK_EQ(process_vm_readv(getpid(), &local, 1, &remote, 1, 0), 13);
	CHECK(!strcmp(buf, "in the child"));
}

static void many_pages_are_copied(void)
{
	size_t size = 100 * 4096;
	char *a = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	char *b = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	struct iovec local = { b + 5, size - 10 }, remote = { a + 3, size - 10 };
	size_t i;

	for (i = 0; i < size; i++)
		a[i] = i * 7 + i / 4096;
	CHECK_EQ(process_vm_readv(getpid(), &local, 1, &remote, 1, 0), size - 10);
	CHECK(!memcmp(b + 5, a + 3, size - 10));
}

static void a_hole_ends_the_copy(void)
{
	char *m = mmap(NULL, 3 * 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	static char buf[3 * 4096];
	struct iovec local = { buf, sizeof(buf) }, remote[2] = { { m, 3 * 4096 }, { there, 10 } };
	char *ro = mmap(NULL, 4096, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	munmap(m + 4096, 4096);
	CHECK_EQ(process_vm_readv(getpid(), &local, 1, remote, 2, 0), 4096);
	remote[0].iov_base = m + 4096;
	CHECK_ERR(process_vm_readv(getpid(), &local, 1, remote, 2, 0), EFAULT);
	remote[0] = (struct iovec){ ro, 4096 };
	CHECK_ERR(process_vm_writev(getpid(), &local, 1, remote, 1, 0), EFAULT);
	remote[0] = (struct iovec){ (void *)-4096L, 4096 };
	CHECK_ERR(process_vm_readv(getpid(), &local, 1, remote, 1, 0), EFAULT);
	local.iov_base = ro;
	remote[0] = (struct iovec){ there, 10 };
	CHECK_ERR(process_vm_readv(getpid(), &local, 1, remote, 1, 0), EFAULT);
}

/* What is where on our machines, each in a place that may well be mapped by single pages. */
static void the_kernels_memory_is_nobodys(void)
{
	static const unsigned long tops[] = {
#if defined(__x86_64__)
		0x00007ffffffff000,			/* just above a program's */
		0xffff888000000000,			/* all memory */
		0xffffc90000000000, 0xffffea0000000000, 0xffffffff81000000, 0xffffffffff200000,
#else
		0x0001000000000000,
		0xffff000000000000, 0xffff000040000000,	/* all memory */
		0xffff800080000000, 0xffff800100000000, 0xffffffffffc00000,
#endif
	};
	char byte = 0;
	struct iovec local = { &byte, 1 }, remote = { NULL, 1 };
	unsigned long i, page;

	for (i = 0; i < sizeof(tops) / sizeof(tops[0]); i++) {
		for (page = 0; page < 1024; page++) {
			remote.iov_base = (void *)(tops[i] + page * 4096);
			CHECK_ERR(process_vm_readv(getpid(), &local, 1, &remote, 1, 0), EFAULT);
		}
	}
	for (i = 0; i < sizeof(tops) / sizeof(tops[0]); i++) {
		for (page = 0; page < 1024; page++) {
			remote.iov_base = (void *)(tops[i] + page * 4096);
			CHECK_ERR(process_vm_writev(getpid(), &local, 1, &remote, 1, 0), EFAULT);
		}
	}
}

static void bad_arguments_are_refused(void)
{
	char buf[8];
	struct iovec local = { buf, 8 }, remote = { there, 8 }, none = { buf, 0 };

	CHECK_ERR(process_vm_readv(getpid(), &local, 1, &remote, 1, 1), EINVAL);
	CHECK_ERR(process_vm_readv(getpid(), &local, 2000, &remote, 1, 0), EINVAL);
	CHECK_ERR(process_vm_readv(getpid(), &local, 1, &remote, 2000, 0), EINVAL);
	CHECK_ERR(process_vm_readv(getpid(), (void *)8, 1, &remote, 1, 0), EFAULT);
	CHECK_ERR(process_vm_readv(getpid(), &local, 1, (void *)8, 1, 0), EFAULT);
	CHECK_ERR(process_vm_readv(0x3fffff0, &local, 1, &remote, 1, 0), ESRCH);
	CHECK_EQ(process_vm_readv(getpid(), &none, 1, &remote, 1, 0), 0);
	CHECK_EQ(process_vm_readv(getpid(), &local, 1, &none, 1, 0), 0);
	CHECK_EQ(process_vm_readv(getpid(), &local, 0, &remote, 1, 0), 0);
}

static void strangers_may_not(void)
{
	char buf[8];
	struct iovec local = { buf, 8 }, remote = { there, 8 };
	pid_t pid = child(NULL);

	need_root();
	CHECK_EQ(setresgid(4711, 4711, 4711), 0);
	CHECK_EQ(setresuid(4711, 4711, 4711), 0);
	CHECK_ERR(process_vm_readv(pid, &local, 1, &remote, 1, 0), EPERM);
	CHECK_ERR(process_vm_writev(pid, &local, 1, &remote, 1, 0), EPERM);
	CHECK_ERR(kcmp_(pid, getpid(), 1, 0, 0), EPERM);
	finish(pid);
}

static void one_open_file_is_recognised(void)
{
	int a = open("/dev/null", O_RDONLY), b = open("/dev/null", O_RDONLY), c = dup(a);
	long order;
	pid_t pid;

	if (kcmp_(getpid(), getpid(), 0, a, a) < 0 && errno == ENOSYS)
		SKIP("no kcmp here");
	CHECK_EQ(kcmp_(getpid(), getpid(), 0, a, c), 0);
	order = kcmp_(getpid(), getpid(), 0, a, b);
	CHECK(order == 1 || order == 2);
	CHECK_EQ(kcmp_(getpid(), getpid(), 0, b, a), 3 - order);
	CHECK_ERR(kcmp_(getpid(), getpid(), 0, a, 999), EBADF);
	pid = child(NULL);
	CHECK_EQ(kcmp_(getpid(), pid, 0, a, c), 0);
	CHECK(kcmp_(getpid(), pid, 0, a, b) > 0);
	CHECK(kcmp_(getpid(), pid, 1, 0, 0) > 0);	/* KCMP_VM */
	CHECK(kcmp_(getpid(), pid, 2, 0, 0) > 0);	/* KCMP_FILES */
	CHECK_EQ(kcmp_(getpid(), getpid(), 1, 0, 0), 0);
	CHECK_ERR(kcmp_(getpid(), pid, 99, 0, 0), EINVAL);
	CHECK_ERR(kcmp_(getpid(), 0x3fffff0, 0, 0, 0), ESRCH);
	finish(pid);
}

static void hints_are_given_by_pidfd(void)
{
	char *m = mmap(NULL, 4 * 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	struct iovec v[2] = { { m, 4096 }, { m + 8192, 4096 } };
	int fd = syscall(SYS_pidfd_open, getpid(), 0);

	CHECK(fd >= 0);
	memset(m, 1, 4 * 4096);
	CHECK_EQ(syscall(SYS_process_madvise, fd, v, 2L, MADV_COLD, 0), 8192);
	CHECK_ERR(syscall(SYS_process_madvise, fd, v, 2L, MADV_COLD, 1), EINVAL);
	CHECK_ERR(syscall(SYS_process_madvise, -1, v, 2L, MADV_COLD, 0), EBADF);
	CHECK_ERR(syscall(SYS_process_madvise, fd, v, 2L, 9999, 0), EINVAL);
	CHECK_ERR(syscall(SYS_process_madvise, fd, (void *)8, 2L, MADV_COLD, 0), EFAULT);
	v[1].iov_base = m + 1;
	CHECK_EQ(syscall(SYS_process_madvise, fd, v, 2L, MADV_COLD, 0), 4096);
	CHECK_EQ(m[0], 1);
}

TESTS(TEST(memory_of_a_child_is_read),
      TEST(memory_of_a_child_is_written),
      TEST(ones_own_memory_will_do),
      TEST(many_pages_are_copied),
      TEST(a_hole_ends_the_copy),
      TEST(the_kernels_memory_is_nobodys),
      TEST(bad_arguments_are_refused),
      TEST(strangers_may_not),
      TEST(one_open_file_is_recognised),
      TEST(hints_are_given_by_pidfd),)
