// SPDX-License-Identifier: MIT
/*
 * The table of system calls, and how a call gets its arguments.
 */

#include <kunit/test.h>

#include <linux/errno.h>
#include <linux/pid.h>
#include <linux/sched.h>
#include <linux/string.h>
#include <linux/syscalls.h>

static void known_numbers_have_their_names(struct kunit *test)
{
	KUNIT_EXPECT_STREQ(test, syscall_name(__NR_read), "read");
	KUNIT_EXPECT_STREQ(test, syscall_name(__NR_exit_group), "exit_group");
	KUNIT_EXPECT_STREQ(test, syscall_name(__NR_clone3), "clone3");
	KUNIT_EXPECT_STREQ(test, syscall_name(462), "mseal");
}

static void unknown_numbers_have_none(struct kunit *test)
{
	KUNIT_EXPECT_STREQ(test, syscall_name(-1), "unknown");
	KUNIT_EXPECT_STREQ(test, syscall_name(NR_syscalls), "unknown");
	/* A gap on both machines, between the old calls and the common ones. */
	KUNIT_EXPECT_STREQ(test, syscall_name(400), "unknown");
}

static void every_number_has_a_function(struct kunit *test)
{
	int nr;

	for (nr = 0; nr < NR_syscalls; nr++) {
		KUNIT_EXPECT_NOT_NULL(test, sys_call_table[nr]);
		KUNIT_EXPECT_NOT_NULL(test, syscalls_metadata[nr].name);
	}
}

static int commas(const char *s)
{
	int n = 0;

	for (; *s; s++)
		n += *s == ',';
	return n;
}

static void the_arguments_are_as_many_as_counted(struct kunit *test)
{
	int nr;

	for (nr = 0; nr < NR_syscalls; nr++) {
		const struct syscall_metadata *m = &syscalls_metadata[nr];

		KUNIT_EXPECT_LE(test, m->nargs, 6);
		KUNIT_EXPECT_EQ(test, m->nargs, *m->args ? commas(m->args) + 1 : 0);
	}
	KUNIT_EXPECT_STREQ(test, syscalls_metadata[__NR_read].args,
			   "unsigned int fd, char __user *buf, size_t count");
}

static long call(int nr)
{
	struct pt_regs regs = { };

	syscall_set_nr(current, &regs, nr);
	return call_syscall(&regs, nr);
}

static void a_missing_call_is_counted(struct kunit *test)
{
	unsigned long before = syscall_missing_count(-1);

	KUNIT_EXPECT_EQ(test, call(-1), -ENOSYS);
	KUNIT_EXPECT_EQ(test, call(INT_MAX), -ENOSYS);
	KUNIT_EXPECT_EQ(test, call(NR_syscalls), -ENOSYS);
	KUNIT_EXPECT_GE(test, syscall_missing_count(-1), before + 3);
}

static void a_given_up_call_is_counted_by_itself(struct kunit *test)
{
	unsigned long before = syscall_missing_count(__NR_nfsservctl);

	KUNIT_EXPECT_EQ(test, call(__NR_nfsservctl), -ENOSYS);
	KUNIT_EXPECT_EQ(test, syscall_missing_count(__NR_nfsservctl), before + 1);
}

static void a_call_finds_the_caller(struct kunit *test)
{
	KUNIT_EXPECT_EQ(test, call(__NR_gettid), (long)current->pid);
	KUNIT_EXPECT_EQ(test, call(__NR_getpid), (long)current->tgid);
	KUNIT_EXPECT_EQ(test, call(__NR_getppid), (long)task_ppid_nr(current));
}

static struct kunit_case syscalls_cases[] = {
	KUNIT_CASE(known_numbers_have_their_names),
	KUNIT_CASE(unknown_numbers_have_none),
	KUNIT_CASE(every_number_has_a_function),
	KUNIT_CASE(the_arguments_are_as_many_as_counted),
	KUNIT_CASE(a_missing_call_is_counted),
	KUNIT_CASE(a_given_up_call_is_counted_by_itself),
	KUNIT_CASE(a_call_finds_the_caller),
	{}
};

static struct kunit_suite syscalls_suite = {
	.name = "syscalls",
	.test_cases = syscalls_cases,
};
kunit_test_suite(syscalls_suite);
