// SPDX-License-Identifier: MIT
/*
 * Credentials, capabilities and groups, in a thread of its own: what it gives up, nobody misses.
 */

#include <kunit/test.h>

#include <linux/capability.h>
#include <linux/completion.h>
#include <linux/cred.h>
#include <linux/kthread.h>
#include <linux/sched/task.h>
#include <linux/sched/user.h>
#include <linux/security.h>
#include <linux/slab.h>
#include <linux/syscalls.h>

#define ALICE	1000
#define BOB	1001
#define CAROL	1002

static long set_ids(int nr, uid_t a, uid_t b, uid_t c)
{
	struct pt_regs regs = { };
	unsigned long args[6] = { a, b, c };

	syscall_set_nr(current, &regs, nr);
	syscall_set_arguments(current, &regs, args);
	return call_syscall(&regs, nr);
}

struct errand {
	struct kunit *test;
	void (*run)(struct kunit *test);
	struct completion done;
};

static int errand_fn(void *data)
{
	struct errand *e = data;

	e->run(e->test);
	complete(&e->done);
	return 0;
}

/* In a thread, whose credentials go with it. */
static void in_a_thread(struct kunit *test, void (*run)(struct kunit *test))
{
	struct errand e = { .test = test, .run = run };
	struct task_struct *t;

	init_completion(&e.done);
	t = kthread_create(errand_fn, &e, "errand");
	KUNIT_ASSERT_FALSE(test, IS_ERR(t));
	get_task_struct(t);
	wake_up_process(t);
	wait_for_completion(&e.done);
	/* Until it is gone, with all that it holds. */
	kthread_stop(t);
	put_task_struct(t);
}

static void root_may(struct kunit *test)
{
	int cap;

	for (cap = 0; cap <= CAP_LAST_CAP; cap++)
		KUNIT_EXPECT_TRUE(test, capable(cap));
}

static void root_may_everything(struct kunit *test)
{
	in_a_thread(test, root_may);
}

static void leave_root(struct kunit *test)
{
	KUNIT_EXPECT_EQ(test, set_ids(__NR_setresuid, ALICE, ALICE, ALICE), 0L);
	KUNIT_EXPECT_TRUE(test, uid_eq(current_uid(), KUIDT_INIT(ALICE)));
	KUNIT_EXPECT_TRUE(test, uid_eq(current_fsuid(), KUIDT_INIT(ALICE)));
	KUNIT_EXPECT_FALSE(test, capable(CAP_SETUID));
	KUNIT_EXPECT_TRUE(test, cap_isclear(current_cred()->cap_permitted));
	KUNIT_EXPECT_EQ(test, set_ids(__NR_setresuid, 0, 0, 0), -EPERM);
	KUNIT_EXPECT_EQ(test, set_ids(__NR_setuid, BOB, 0, 0), -EPERM);
	KUNIT_EXPECT_EQ(test, set_ids(__NR_setresuid, ALICE, -1, -1), 0L);
}

static void who_leaves_root_leaves_its_power(struct kunit *test)
{
	in_a_thread(test, leave_root);
}

static void there_and_back(struct kunit *test)
{
	KUNIT_EXPECT_EQ(test, set_ids(__NR_setresuid, -1, ALICE, -1), 0L);
	KUNIT_EXPECT_FALSE(test, capable(CAP_CHOWN));
	KUNIT_EXPECT_FALSE(test, cap_isclear(current_cred()->cap_permitted));
	KUNIT_EXPECT_EQ(test, set_ids(__NR_setresuid, -1, 0, -1), 0L);
	KUNIT_EXPECT_TRUE(test, capable(CAP_CHOWN));
}

static void an_effective_uid_takes_the_power_along_and_back(struct kunit *test)
{
	in_a_thread(test, there_and_back);
}

static void swap_ids(struct kunit *test)
{
	KUNIT_EXPECT_EQ(test, set_ids(__NR_setresuid, ALICE, BOB, BOB), 0L);
	KUNIT_EXPECT_EQ(test, set_ids(__NR_setreuid, BOB, ALICE, 0), 0L);
	KUNIT_EXPECT_TRUE(test, uid_eq(current_uid(), KUIDT_INIT(BOB)));
	KUNIT_EXPECT_TRUE(test, uid_eq(current_euid(), KUIDT_INIT(ALICE)));
	/* The real one changed: the saved one follows the effective. */
	KUNIT_EXPECT_TRUE(test, uid_eq(current_suid(), KUIDT_INIT(ALICE)));
	KUNIT_EXPECT_EQ(test, set_ids(__NR_setreuid, 0, -1, 0), -EPERM);
}

static void real_and_effective_may_trade_places(struct kunit *test)
{
	in_a_thread(test, swap_ids);
}

static void lower_fsuid(struct kunit *test)
{
	KUNIT_EXPECT_EQ(test, set_ids(__NR_setfsuid, ALICE, 0, 0), 0L);
	KUNIT_EXPECT_FALSE(test, capable(CAP_DAC_OVERRIDE));
	KUNIT_EXPECT_TRUE(test, capable(CAP_KILL));
	KUNIT_EXPECT_EQ(test, set_ids(__NR_setfsuid, -1, 0, 0), (long)ALICE);
	KUNIT_EXPECT_EQ(test, set_ids(__NR_setfsuid, 0, 0, 0), (long)ALICE);
	KUNIT_EXPECT_TRUE(test, capable(CAP_DAC_OVERRIDE));
}

static void fsuid_takes_only_the_power_over_files(struct kunit *test)
{
	in_a_thread(test, lower_fsuid);
}

static void an_id_of_minus_one_is_refused(struct kunit *test)
{
	KUNIT_EXPECT_EQ(test, set_ids(__NR_setuid, -1, 0, 0), -EINVAL);
	KUNIT_EXPECT_EQ(test, set_ids(__NR_setgid, -1, 0, 0), -EINVAL);
}

static void acting_for_another_ends_with_revert(struct kunit *test)
{
	struct cred *other = prepare_kernel_cred(&init_task);
	const struct cred *before = current_cred(), *old;

	KUNIT_ASSERT_NOT_NULL(test, other);
	other->fsuid = KUIDT_INIT(BOB);
	old = override_creds(other);
	KUNIT_EXPECT_PTR_EQ(test, old, before);
	KUNIT_EXPECT_TRUE(test, uid_eq(current_fsuid(), KUIDT_INIT(BOB)));
	KUNIT_EXPECT_FALSE(test, uid_eq(current_real_cred()->fsuid, KUIDT_INIT(BOB)));
	revert_creds(old);
	KUNIT_EXPECT_PTR_EQ(test, current_cred(), before);
	put_cred(other);
}

static void groups_are_found_after_sorting(struct kunit *test)
{
	struct group_info *gi = groups_alloc(5);
	static const gid_t gids[] = { 40, 7, 1000, 0, 7 };
	int i;

	KUNIT_ASSERT_NOT_NULL(test, gi);
	for (i = 0; i < 5; i++)
		gi->gid[i] = KGIDT_INIT(gids[i]);
	groups_sort(gi);
	for (i = 0; i < 5; i++)
		KUNIT_EXPECT_EQ(test, groups_search(gi, KGIDT_INIT(gids[i])), 1);
	KUNIT_EXPECT_EQ(test, groups_search(gi, KGIDT_INIT(8)), 0);
	KUNIT_EXPECT_EQ(test, groups_search(gi, KGIDT_INIT(1001)), 0);
	put_group_info(gi);
}

static void a_user_has_one_struct(struct kunit *test)
{
	struct user_struct *a = alloc_uid(KUIDT_INIT(CAROL)), *b = alloc_uid(KUIDT_INIT(CAROL));

	KUNIT_ASSERT_NOT_NULL(test, a);
	KUNIT_EXPECT_PTR_EQ(test, a, b);
	free_uid(b);
	b = find_user(KUIDT_INIT(CAROL));
	KUNIT_EXPECT_PTR_EQ(test, a, b);
	free_uid(b);
	free_uid(a);
	KUNIT_EXPECT_NULL(test, find_user(KUIDT_INIT(CAROL)));
	b = find_user(GLOBAL_ROOT_UID);
	KUNIT_EXPECT_PTR_EQ(test, b, &root_user);
	free_uid(b);
}

static struct kunit_case cred_cases[] = {
	KUNIT_CASE(root_may_everything),
	KUNIT_CASE(who_leaves_root_leaves_its_power),
	KUNIT_CASE(an_effective_uid_takes_the_power_along_and_back),
	KUNIT_CASE(real_and_effective_may_trade_places),
	KUNIT_CASE(fsuid_takes_only_the_power_over_files),
	KUNIT_CASE(an_id_of_minus_one_is_refused),
	KUNIT_CASE(acting_for_another_ends_with_revert),
	KUNIT_CASE(groups_are_found_after_sorting),
	KUNIT_CASE(a_user_has_one_struct),
	{}
};

/* Tasks are freed by RCU, and then their credentials: all, before the balance is taken. */
static void cred_suite_exit(struct kunit_suite *suite)
{
	rcu_barrier();
	rcu_barrier();
}

static struct kunit_suite cred_suite = {
	.name = "cred",
	.suite_exit = cred_suite_exit,
	.test_cases = cred_cases,
};
kunit_test_suite(cred_suite);
