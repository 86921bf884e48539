// SPDX-License-Identifier: MIT
/*
 * Programs that the kernel starts: what the caller hears of a start that fails, and that nothing is
 * left. There is no program that could be started here: the suites run without a root file system.
 * Those that do start are tested by the core dumps of tools/testing/selftests/coredump.
 */

#include <kunit/test.h>

#include <linux/atomic.h>
#include <linux/completion.h>
#include <linux/cred.h>
#include <linux/errno.h>
#include <linux/sched.h>
#include <linux/umh.h>

#include "patience.h"

static char nowhere[] = "/no/such/program";
static char *argv[] = { nowhere, NULL };
static char *envp[] = { NULL };

struct seen {
	atomic_t inits, cleanups;
	int init_returns;
	bool by_root, was_kthread;
};

static int see_init(struct subprocess_info *info, struct cred *new)
{
	struct seen *seen = info->data;

	seen->by_root = uid_eq(new->euid, GLOBAL_ROOT_UID);
	seen->was_kthread = current->flags & PF_KTHREAD;
	atomic_inc(&seen->inits);
	return seen->init_returns;
}

static void see_cleanup(struct subprocess_info *info)
{
	struct seen *seen = info->data;

	atomic_inc(&seen->cleanups);
}

static struct subprocess_info *helper(struct kunit *test, const char *path, struct seen *seen)
{
	struct subprocess_info *info;

	info = call_usermodehelper_setup(path, argv, envp, GFP_KERNEL, see_init, see_cleanup, seen);
	KUNIT_ASSERT_NOT_NULL(test, info);
	return info;
}

static void a_missing_program_is_enoent(struct kunit *test)
{
	KUNIT_EXPECT_EQ(test, call_usermodehelper(nowhere, argv, envp, UMH_WAIT_EXEC), -ENOENT);
	KUNIT_EXPECT_EQ(test, call_usermodehelper(nowhere, argv, envp, UMH_WAIT_PROC), -ENOENT);
	KUNIT_EXPECT_EQ(test,
			call_usermodehelper(nowhere, argv, envp, UMH_WAIT_EXEC | UMH_KILLABLE),
			-ENOENT);
}

static void init_runs_in_the_new_task_with_the_kernels_rights(struct kunit *test)
{
	struct seen seen = { };

	KUNIT_EXPECT_EQ(test, call_usermodehelper_exec(helper(test, nowhere, &seen), UMH_WAIT_EXEC),
			-ENOENT);
	KUNIT_EXPECT_EQ(test, atomic_read(&seen.inits), 1);
	KUNIT_EXPECT_TRUE(test, seen.by_root);
	KUNIT_EXPECT_FALSE(test, seen.was_kthread);
	KUNIT_EXPECT_TRUE(test, eventually(atomic_read(&seen.cleanups) == 1));
}

static void an_errno_of_init_is_the_answer(struct kunit *test)
{
	struct seen seen = { .init_returns = -EMLINK };

	KUNIT_EXPECT_EQ(test, call_usermodehelper_exec(helper(test, nowhere, &seen), UMH_WAIT_EXEC),
			-EMLINK);
	KUNIT_EXPECT_EQ(test, call_usermodehelper_exec(helper(test, nowhere, &seen), UMH_WAIT_PROC),
			-EMLINK);
	KUNIT_EXPECT_TRUE(test, eventually(atomic_read(&seen.cleanups) == 2));
}

static void without_waiting_it_is_cleaned_up_all_the_same(struct kunit *test)
{
	struct seen seen = { };

	KUNIT_EXPECT_EQ(test, call_usermodehelper_exec(helper(test, nowhere, &seen), UMH_NO_WAIT),
			0);
	KUNIT_EXPECT_TRUE(test, eventually(atomic_read(&seen.cleanups) == 1));
	KUNIT_EXPECT_EQ(test, atomic_read(&seen.inits), 1);
}

static void no_path_starts_nothing(struct kunit *test)
{
	struct seen seen = { };

	KUNIT_EXPECT_EQ(test, call_usermodehelper_exec(helper(test, "", &seen), UMH_WAIT_EXEC), 0);
	KUNIT_EXPECT_EQ(test, call_usermodehelper_exec(helper(test, NULL, &seen), UMH_WAIT_EXEC),
			-EINVAL);
	KUNIT_EXPECT_EQ(test, atomic_read(&seen.inits), 0);
	KUNIT_EXPECT_EQ(test, atomic_read(&seen.cleanups), 2);
}

static struct kunit_case umh_cases[] = {
	KUNIT_CASE(a_missing_program_is_enoent),
	KUNIT_CASE(init_runs_in_the_new_task_with_the_kernels_rights),
	KUNIT_CASE(an_errno_of_init_is_the_answer),
	KUNIT_CASE(without_waiting_it_is_cleaned_up_all_the_same),
	KUNIT_CASE(no_path_starts_nothing),
	{ }
};

static struct kunit_suite umh_suite = {
	.name = "umh",
	.test_cases = umh_cases,
};
kunit_test_suite(umh_suite);
