// SPDX-License-Identifier: MIT
/* fork, vfork, clone: what a child has of its own, what it shares. */

#include <sched.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <linux/sched.h>

#include "../kselftest.h"

static int exit_with(void *arg)
{
	return (long)arg;
}

static void a_child_exits_with_its_code(void)
{
	CHECK_EQ(end_of(start_child(exit_with, (void *)42)), 42);
}

static void only_eight_bits_of_the_code_count(void)
{
	CHECK_EQ(end_of(start_child(exit_with, (void *)0x1ff)), 0xff);
}

static int see_parent(void *arg)
{
	return getppid() == *(pid_t *)arg && getpid() != *(pid_t *)arg ? 0 : 1;
}

static void a_child_knows_its_parent(void)
{
	pid_t self = getpid();

	CHECK_EQ(end_of(start_child(see_parent, &self)), 0);
}

static int private_word;

static int write_word(void *arg)
{
	(void)arg;
	private_word = 2;
	return private_word;
}

static void memory_is_copied_when_written(void)
{
	private_word = 1;
	CHECK_EQ(end_of(start_child(write_word, NULL)), 2);
	CHECK_EQ(private_word, 1);
}

static int write_shared(void *arg)
{
	*(volatile int *)arg = 7;
	return 0;
}

static void shared_mappings_stay_shared(void)
{
	int *word = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);

	CHECK(word != MAP_FAILED);
	CHECK_EQ(end_of(start_child(write_shared, word)), 0);
	CHECK_EQ(*word, 7);
}

static void vfork_shares_memory_until_exit(void)
{
	volatile int word = 1;
	pid_t pid = vfork();

	if (!pid) {
		word = 2;
		_exit(3);
	}
	CHECK_EQ(word, 2);
	CHECK_EQ(end_of(pid), 3);
}

static char stack[65536] __attribute__((aligned(16)));

static int clone_body(void *arg)
{
	private_word = (long)arg;
	return 5;
}

static void clone_vm_shares_memory(void)
{
	pid_t pid;

	private_word = 0;
	pid = clone(clone_body, stack + sizeof(stack), CLONE_VM | SIGCHLD, (void *)9L);
	CHECK(pid > 0);
	CHECK_EQ(end_of(pid), 5);
	CHECK_EQ(private_word, 9);
}

static void settid_and_cleartid_write_the_words(void)
{
	pid_t parent_word = 0, pid;
	static pid_t child_word;

	pid = syscall(SYS_clone, CLONE_PARENT_SETTID | SIGCHLD, 0, &parent_word, NULL, 0);
	if (!pid)
		_exit(0);
	CHECK_EQ(parent_word, pid);
	CHECK_EQ(end_of(pid), 0);

	child_word = -1;
	pid = clone(clone_body, stack + sizeof(stack),
		    CLONE_VM | CLONE_CHILD_SETTID | CLONE_CHILD_CLEARTID | SIGCHLD, NULL, NULL,
		    NULL,
		    &child_word);
	CHECK(pid > 0);
	CHECK_EQ(end_of(pid), 5);
	CHECK_EQ(child_word, 0);
}

static void bad_flags_are_einval(void)
{
	CHECK_ERR(syscall(SYS_clone, CLONE_THREAD, 0, 0, 0, 0), EINVAL);
	CHECK_ERR(syscall(SYS_clone, CLONE_SIGHAND, 0, 0, 0, 0), EINVAL);
	CHECK_ERR(syscall(SYS_clone, CLONE_THREAD | CLONE_SIGHAND, 0, 0, 0, 0), EINVAL);
	CHECK_ERR(syscall(SYS_clone, CLONE_NEWNS | CLONE_FS, 0, 0, 0, 0), EINVAL);
}

static long clone3(struct clone_args *args, size_t size)
{
	return syscall(SYS_clone3, args, size);
}

static void clone3_makes_a_child(void)
{
	struct clone_args args = { .exit_signal = SIGCHLD };
	pid_t pid = clone3(&args, sizeof(args));

	if (!pid)
		_exit(6);
	CHECK(pid > 0);
	CHECK_EQ(end_of(pid), 6);
}

static void clone3_checks_its_struct(void)
{
	struct {
		struct clone_args args;
		__u64 more;
	} big = { .args.exit_signal = SIGCHLD, .more = 1 };
	struct clone_args args = { .exit_signal = SIGCHLD };

	CHECK_ERR(clone3(&args, 8), EINVAL);
	CHECK_ERR(clone3(&args, 1 << 20), E2BIG);
	CHECK_ERR(clone3(&big.args, sizeof(big)), E2BIG);
	CHECK_ERR(clone3((void *)8, sizeof(args)), EFAULT);
	args.exit_signal = 0x100;
	CHECK_ERR(clone3(&args, sizeof(args)), EINVAL);
	args.exit_signal = SIGCHLD;
	args.flags = CLONE_THREAD | CLONE_SIGHAND | CLONE_VM;
	CHECK_ERR(clone3(&args, sizeof(args)), EINVAL);
	args.flags = CLONE_DETACHED;
	CHECK_ERR(clone3(&args, sizeof(args)), EINVAL);
	args.flags = 0;
	args.stack_size = 4096;
	CHECK_ERR(clone3(&args, sizeof(args)), EINVAL);
}

static void the_process_limit_is_eagain(void)
{
	struct rlimit none = { 0, 0 };

	CHECK_EQ(setuid(65534), 0);
	CHECK_EQ(setrlimit(RLIMIT_NPROC, &none), 0);
	CHECK_ERR(fork(), EAGAIN);
}

static int many(void *arg)
{
	(void)arg;
	return 0;
}

static void a_thousand_children_come_and_go(void)
{
	for (int i = 0; i < rounds(1000); i++)
		CHECK_EQ(end_of(start_child(many, NULL)), 0);
}

static int its_program(void *arg)
{
	char own[256] = "", of_parent[256] = "", name[32];

	(void)arg;
	snprintf(name, sizeof(name), "/proc/%d/exe", getppid());
	if (readlink("/proc/self/exe", own, sizeof(own) - 1) <= 0)
		return 1;
	return readlink(name, of_parent, sizeof(of_parent) - 1) <= 0 || strcmp(own, of_parent);
}

static void a_child_executes_the_same_file(void)
{
	if (access("/proc/self", F_OK))
		SKIP("no /proc");
	CHECK_EQ(end_of(start_child(its_program, NULL)), 0);
}

TESTS(
	TEST(a_child_exits_with_its_code),
	TEST(only_eight_bits_of_the_code_count),
	TEST(a_child_knows_its_parent),
	TEST(a_child_executes_the_same_file),
	TEST(memory_is_copied_when_written),
	TEST(shared_mappings_stay_shared),
	TEST(vfork_shares_memory_until_exit),
	TEST(clone_vm_shares_memory),
	TEST(settid_and_cleartid_write_the_words),
	TEST(bad_flags_are_einval),
	TEST(clone3_makes_a_child),
	TEST(clone3_checks_its_struct),
	TEST(the_process_limit_is_eagain),
	TEST(a_thousand_children_come_and_go),
)
