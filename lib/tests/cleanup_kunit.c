// SPDX-License-Identifier: MIT
/* Tests of <linux/cleanup.h> (what happens at the end of a scope) and <linux/err.h>. */

#include <kunit/test.h>

#include <linux/cleanup.h>
#include <linux/err.h>
#include <linux/errname.h>
#include <linux/mutex.h>
#include <linux/slab.h>
#include <linux/spinlock.h>

/* A letter for each clean-up, in the order in which they run. */
static char order[16];

static void note(char letter)
{
	size_t len = strlen(order);

	order[len] = letter;
	order[len + 1] = '\0';
}

static int forget(struct kunit *test)
{
	order[0] = '\0';
	return 0;
}

struct thing {
	char letter;
};

static void drop(struct thing *t)
{
	note(t->letter);
}

DEFINE_FREE(drop, struct thing *, if (_T) drop(_T))

static void free_runs_at_the_end_of_the_scope(struct kunit *test)
{
	struct thing a = { 'a' };

	{
		struct thing *p __free(drop) = &a;

		KUNIT_EXPECT_EQ(test, p->letter, 'a');
		KUNIT_EXPECT_STREQ(test, order, "");
	}
	KUNIT_EXPECT_STREQ(test, order, "a");
}

static void scopes_are_left_in_reverse_order(struct kunit *test)
{
	struct thing a = { 'a' }, b = { 'b' }, c = { 'c' };

	{
		struct thing *p __free(drop) = &a;
		struct thing *q __free(drop) = &b;
		struct thing *r __free(drop) = &c;

		(void)p, (void)q, (void)r;
	}
	KUNIT_EXPECT_STREQ(test, order, "cba");
}

static void null_is_not_freed(struct kunit *test)
{
	{
		struct thing *p __free(drop) = NULL;

		(void)p;
	}
	KUNIT_EXPECT_STREQ(test, order, "");
}

static int leave_early(struct thing *t, int where)
{
	struct thing *p __free(drop) = t;

	if (where == 1)
		return 1;
	if (where == 2)
		goto out;
	return p->letter;
out:
	return 2;
}

static void return_and_goto_leave_the_scope_too(struct kunit *test)
{
	struct thing a = { 'a' };

	KUNIT_EXPECT_EQ(test, leave_early(&a, 1), 1);
	KUNIT_EXPECT_EQ(test, leave_early(&a, 2), 2);
	KUNIT_EXPECT_EQ(test, leave_early(&a, 3), 'a');
	KUNIT_EXPECT_STREQ(test, order, "aaa");
}

static struct thing *hand_out(struct thing *t, bool fail)
{
	struct thing *p __free(drop) = t;

	if (fail)
		return NULL;
	return_ptr(p);
}

static void return_ptr_hands_the_pointer_over(struct kunit *test)
{
	struct thing a = { 'a' };

	KUNIT_EXPECT_PTR_EQ(test, hand_out(&a, false), &a);
	KUNIT_EXPECT_STREQ(test, order, "");
	KUNIT_EXPECT_NULL(test, hand_out(&a, true));
	KUNIT_EXPECT_STREQ(test, order, "a");
}

static void no_free_ptr_leaves_null_behind(struct kunit *test)
{
	struct thing a = { 'a' }, *kept;

	{
		struct thing *p __free(drop) = &a;

		kept = no_free_ptr(p);
		KUNIT_EXPECT_NULL(test, p);
	}
	KUNIT_EXPECT_PTR_EQ(test, kept, &a);
	KUNIT_EXPECT_STREQ(test, order, "");
}

static void kfree_works_as_a_clean_up(struct kunit *test)
{
	void *p __free(kfree) = kmalloc(16, GFP_KERNEL);

	/* a leak would show in the suite's balance */
	KUNIT_EXPECT_NOT_NULL(test, p);
}

/* --- Classes and guards ----------------------------------------------------------------------- */

DEFINE_CLASS(noted, char, note(_T), letter, char letter)

static void a_class_has_a_constructor_and_a_destructor(struct kunit *test)
{
	{
		CLASS(noted, one)('x');
		CLASS(noted, two)('y');

		KUNIT_EXPECT_EQ(test, one, 'x');
		KUNIT_EXPECT_EQ(test, two, 'y');
	}
	KUNIT_EXPECT_STREQ(test, order, "yx");
}

static DEFINE_MUTEX(a_mutex);
static DEFINE_SPINLOCK(a_spinlock);

static void a_guard_holds_until_the_end_of_the_scope(struct kunit *test)
{
	{
		guard(mutex)(&a_mutex);
		KUNIT_EXPECT_TRUE(test, mutex_is_locked(&a_mutex));
	}
	KUNIT_EXPECT_FALSE(test, mutex_is_locked(&a_mutex));
}

static void a_scoped_guard_holds_for_its_block(struct kunit *test)
{
	scoped_guard(mutex, &a_mutex)
		KUNIT_EXPECT_TRUE(test, mutex_is_locked(&a_mutex));
	KUNIT_EXPECT_FALSE(test, mutex_is_locked(&a_mutex));
}

static int leave_scoped_guard(void)
{
	scoped_guard(mutex, &a_mutex)
		return 5;
	return 6;
}

static void leaving_a_scoped_guard_early_unlocks(struct kunit *test)
{
	KUNIT_EXPECT_EQ(test, leave_scoped_guard(), 5);
	KUNIT_EXPECT_FALSE(test, mutex_is_locked(&a_mutex));
}

static void a_conditional_guard_skips_its_block(struct kunit *test)
{
	bool ran = false;

	mutex_lock(&a_mutex);
	scoped_guard(mutex_try, &a_mutex)
		ran = true;
	KUNIT_EXPECT_FALSE(test, ran);
	mutex_unlock(&a_mutex);
	scoped_guard(mutex_try, &a_mutex)
		ran = true;
	KUNIT_EXPECT_TRUE(test, ran);
	KUNIT_EXPECT_FALSE(test, mutex_is_locked(&a_mutex));
}

static int try_or_busy(void)
{
	scoped_cond_guard(mutex_try, return -EBUSY, &a_mutex)
		return 0;
	return 1;
}

static void scoped_cond_guard_does_as_told_on_failure(struct kunit *test)
{
	KUNIT_EXPECT_EQ(test, try_or_busy(), 0);
	mutex_lock(&a_mutex);
	KUNIT_EXPECT_EQ(test, try_or_busy(), -EBUSY);
	mutex_unlock(&a_mutex);
	KUNIT_EXPECT_FALSE(test, mutex_is_locked(&a_mutex));
}

static void a_spinlock_guard_turns_interrupts_off_and_on(struct kunit *test)
{
	bool off_inside;

	{
		guard(spinlock_irqsave)(&a_spinlock);
		off_inside = irqs_disabled();
	}
	KUNIT_EXPECT_TRUE(test, off_inside);
	KUNIT_EXPECT_FALSE(test, irqs_disabled());
}

static void a_preempt_guard_counts(struct kunit *test)
{
	int inside, before = preempt_count();

	{
		guard(preempt)();
		inside = preempt_count();
	}
	KUNIT_EXPECT_GT(test, inside, before);
	KUNIT_EXPECT_EQ(test, preempt_count(), before);
}

/* --- Errors in pointers ----------------------------------------------------------------------- */

static void an_error_survives_the_way_through_a_pointer(struct kunit *test)
{
	int err;

	for (err = -1; err >= -MAX_ERRNO; err -= 17)
		KUNIT_EXPECT_EQ(test, PTR_ERR(ERR_PTR(err)), err);
}

static void the_last_page_of_addresses_is_errors(struct kunit *test)
{
	KUNIT_EXPECT_TRUE(test, IS_ERR((void *)-1L));
	KUNIT_EXPECT_TRUE(test, IS_ERR((void *)(long)-MAX_ERRNO));
	KUNIT_EXPECT_FALSE(test, IS_ERR((void *)(long)(-MAX_ERRNO - 1)));
	KUNIT_EXPECT_FALSE(test, IS_ERR(test));
}

static void null_is_no_error(struct kunit *test)
{
	KUNIT_EXPECT_FALSE(test, IS_ERR(NULL));
	KUNIT_EXPECT_TRUE(test, IS_ERR_OR_NULL(NULL));
	KUNIT_EXPECT_TRUE(test, IS_ERR_OR_NULL(ERR_PTR(-EIO)));
	KUNIT_EXPECT_FALSE(test, IS_ERR_OR_NULL(test));
}

static void ptr_err_or_zero_is_zero_for_pointers(struct kunit *test)
{
	KUNIT_EXPECT_EQ(test, PTR_ERR_OR_ZERO(test), 0);
	KUNIT_EXPECT_EQ(test, PTR_ERR_OR_ZERO(NULL), 0);
	KUNIT_EXPECT_EQ(test, PTR_ERR_OR_ZERO(ERR_PTR(-ENOMEM)), -ENOMEM);
}

static void err_cast_keeps_the_error(struct kunit *test)
{
	struct thing *t = ERR_PTR(-EPERM);
	char *c = ERR_CAST(t);

	KUNIT_EXPECT_EQ(test, PTR_ERR(c), -EPERM);
}

static void is_err_value_judges_numbers(struct kunit *test)
{
	KUNIT_EXPECT_TRUE(test, IS_ERR_VALUE((unsigned long)-5));
	KUNIT_EXPECT_FALSE(test, IS_ERR_VALUE(5ul));
	KUNIT_EXPECT_FALSE(test, IS_ERR_VALUE(0ul));
}

static void errors_have_names(struct kunit *test)
{
	KUNIT_EXPECT_STREQ(test, errname(EINVAL), "EINVAL");
	KUNIT_EXPECT_STREQ(test, errname(-EINVAL), "-EINVAL");
	KUNIT_EXPECT_STREQ(test, errname(-EPROBE_DEFER), "-EPROBE_DEFER");
	KUNIT_EXPECT_NULL(test, errname(-4000));
}

static struct kunit_case cleanup_cases[] = {
	KUNIT_CASE(free_runs_at_the_end_of_the_scope),
	KUNIT_CASE(scopes_are_left_in_reverse_order),
	KUNIT_CASE(null_is_not_freed),
	KUNIT_CASE(return_and_goto_leave_the_scope_too),
	KUNIT_CASE(return_ptr_hands_the_pointer_over),
	KUNIT_CASE(no_free_ptr_leaves_null_behind),
	KUNIT_CASE(kfree_works_as_a_clean_up),
	KUNIT_CASE(a_class_has_a_constructor_and_a_destructor),
	KUNIT_CASE(a_guard_holds_until_the_end_of_the_scope),
	KUNIT_CASE(a_scoped_guard_holds_for_its_block),
	KUNIT_CASE(leaving_a_scoped_guard_early_unlocks),
	KUNIT_CASE(a_conditional_guard_skips_its_block),
	KUNIT_CASE(scoped_cond_guard_does_as_told_on_failure),
	KUNIT_CASE(a_spinlock_guard_turns_interrupts_off_and_on),
	KUNIT_CASE(a_preempt_guard_counts),
	{}
};

static struct kunit_case err_cases[] = {
	KUNIT_CASE(an_error_survives_the_way_through_a_pointer),
	KUNIT_CASE(the_last_page_of_addresses_is_errors),
	KUNIT_CASE(null_is_no_error),
	KUNIT_CASE(ptr_err_or_zero_is_zero_for_pointers),
	KUNIT_CASE(err_cast_keeps_the_error),
	KUNIT_CASE(is_err_value_judges_numbers),
	KUNIT_CASE(errors_have_names),
	{}
};

static struct kunit_suite cleanup_suite = {
	.name = "cleanup", .init = forget, .test_cases = cleanup_cases,
};
static struct kunit_suite err_suite = { .name = "err", .test_cases = err_cases };
kunit_test_suites(&cleanup_suite, &err_suite);

MODULE_LICENSE("MIT");
