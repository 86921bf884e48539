// SPDX-License-Identifier: MIT
/*
 * Assertions: each form that doesn't hold fails its test and ends it there; each that holds does
 * neither. As in kunit_kunit.c the test that fails is a second struct kunit.
 *
 * An assertion leaves by throwing, so each is made in a try of its own, which notes whether it was
 * passed.
 */
#include <kunit/test.h>
#include <kunit/try-catch.h>

#include <linux/err.h>
#include <linux/sched.h>

/**
 * struct attempt - one assertion
 * @dummy: whose it is
 * @passed: the line after it was reached
 * @caught: it was left by throwing
 */
struct attempt {
	struct kunit dummy;
	bool passed;
	bool caught;
};

static char *abc = "abc", *abd = "abd";

#define ASSERTION(name, assertion)				\
static void name(void *context)					\
{								\
	struct attempt *a = context;				\
	struct kunit *dummy = &a->dummy;			\
								\
	assertion;						\
	a->passed = true;					\
}

/* What must not hold, in all forms, and the same with a message. */
#define FAILING(X)							\
	X(fails_true, TRUE, 1 == 2)					\
	X(fails_false, FALSE, 1 == 1)					\
	X(fails_eq, EQ, 1, 2)						\
	X(fails_ne, NE, 2, 2)						\
	X(fails_lt, LT, 2, 2)						\
	X(fails_le, LE, 3, 2)						\
	X(fails_gt, GT, 2, 2)						\
	X(fails_ge, GE, 1, 2)						\
	X(fails_ptr_eq, PTR_EQ, abc, abd)				\
	X(fails_ptr_ne, PTR_NE, abc, abc)				\
	X(fails_streq, STREQ, abc, abd)					\
	X(fails_strneq, STRNEQ, abc, "abc")				\
	X(fails_memeq, MEMEQ, abc, abd, 3)				\
	X(fails_memneq, MEMNEQ, abc, abd, 2)				\
	X(fails_null, NULL, abc)					\
	X(fails_not_null, NOT_NULL, (void *)NULL)			\
	X(fails_err_or_null, NOT_ERR_OR_NULL, ERR_PTR(-ENOMEM))

/* And what holds. */
#define HOLDING(X)							\
	X(holds_true, TRUE, 2)						\
	X(holds_false, FALSE, 0)					\
	X(holds_eq, EQ, -1, -1)						\
	X(holds_ne, NE, 1u, 2u)						\
	X(holds_lt, LT, -1, 0)						\
	X(holds_le, LE, 0, 0)						\
	X(holds_gt, GT, ~0ul, 1ul)					\
	X(holds_ge, GE, 3, 3)						\
	X(holds_ptr_eq, PTR_EQ, abc, abc)				\
	X(holds_ptr_ne, PTR_NE, abc, abd)				\
	X(holds_streq, STREQ, abc, "abc")				\
	X(holds_strneq, STRNEQ, abc, abd)				\
	X(holds_memeq, MEMEQ, abc, abd, 2)				\
	X(holds_memneq, MEMNEQ, abc, abd, 3)				\
	X(holds_null, NULL, (void *)NULL)				\
	X(holds_not_null, NOT_NULL, abc)				\
	X(holds_err_or_null, NOT_ERR_OR_NULL, abc)

#define DEFINE_PLAIN(name, form, ...)	ASSERTION(name, KUNIT_ASSERT_##form(dummy, __VA_ARGS__))
#define DEFINE_MSG(name, form, ...) \
	ASSERTION(name##_msg, KUNIT_ASSERT_##form##_MSG(dummy, __VA_ARGS__, "in round %d", 7))
FAILING(DEFINE_PLAIN)
FAILING(DEFINE_MSG)
HOLDING(DEFINE_PLAIN)
HOLDING(DEFINE_MSG)

ASSERTION(fails_outright, KUNIT_FAIL_AND_ABORT(dummy, "for %s", "a reason"))
ASSERTION(is_skipped, kunit_skip(dummy, "for %s", "a reason"))
ASSERTION(is_marked, kunit_mark_skipped(dummy, "for %s", "a reason"))

static void note_caught(void *context)
{
	struct attempt *a = context;

	a->caught = true;
}

static struct attempt *make_attempt(struct kunit *test, kunit_try_catch_func_t assertion)
{
	struct attempt *a = kunit_kzalloc(test, sizeof(*a), GFP_KERNEL);

	KUNIT_ASSERT_NOT_NULL(test, a);
	kunit_init_test(&a->dummy, "dummy (failures of it are meant)", NULL);
	kunit_try_catch_init(&a->dummy.try_catch, &a->dummy, assertion, note_caught);
	kunit_try_catch_run(&a->dummy.try_catch, a);
	current->kunit_test = test;
	return a;
}

struct named_assertion {
	const char *name;
	kunit_try_catch_func_t make;
};

#define ROW_PLAIN(fn, ...)	{ #fn, fn },
#define ROW_MSG(fn, ...)	{ #fn "_msg", fn##_msg },

static const struct named_assertion failing[] = {
	FAILING(ROW_PLAIN)
	FAILING(ROW_MSG)
	{ "fails_outright", fails_outright },
};

static const struct named_assertion holding[] = {
	HOLDING(ROW_PLAIN)
	HOLDING(ROW_MSG)
};

KUNIT_ARRAY_PARAM_DESC(failing, failing, name);
KUNIT_ARRAY_PARAM_DESC(holding, holding, name);

static void failed_assertion_fails_and_ends_the_test(struct kunit *test)
{
	const struct named_assertion *row = test->param_value;
	struct attempt *a = make_attempt(test, row->make);

	KUNIT_EXPECT_EQ(test, a->dummy.status, KUNIT_FAILURE);
	KUNIT_EXPECT_FALSE(test, a->passed);
	KUNIT_EXPECT_TRUE(test, a->caught);
}

static void assertion_that_holds_is_passed(struct kunit *test)
{
	const struct named_assertion *row = test->param_value;
	struct attempt *a = make_attempt(test, row->make);

	KUNIT_EXPECT_EQ(test, a->dummy.status, KUNIT_SUCCESS);
	KUNIT_EXPECT_TRUE(test, a->passed);
	KUNIT_EXPECT_FALSE(test, a->caught);
}

static void skip_ends_the_test_and_mark_does_not(struct kunit *test)
{
	struct attempt *a = make_attempt(test, is_skipped);

	KUNIT_EXPECT_EQ(test, a->dummy.status, KUNIT_SKIPPED);
	KUNIT_EXPECT_STREQ(test, a->dummy.status_comment, "for a reason");
	KUNIT_EXPECT_FALSE(test, a->passed);

	a = make_attempt(test, is_marked);
	KUNIT_EXPECT_EQ(test, a->dummy.status, KUNIT_SKIPPED);
	KUNIT_EXPECT_STREQ(test, a->dummy.status_comment, "for a reason");
	KUNIT_EXPECT_TRUE(test, a->passed);
}

/* ---- what is said with an expectation changes nothing about it ---- */

static void expectations_with_a_message_fail_as_those_without(struct kunit *test)
{
	struct kunit *dummy = kunit_kzalloc(test, sizeof(*dummy), GFP_KERNEL);

	KUNIT_ASSERT_NOT_NULL(test, dummy);
#define EXPECT_FAILS(name, form, ...)							\
	kunit_init_test(dummy, "dummy (failures of it are meant)", NULL);		\
	KUNIT_EXPECT_##form##_MSG(dummy, __VA_ARGS__, "%s", "and a message");		\
	KUNIT_EXPECT_EQ_MSG(test, dummy->status, KUNIT_FAILURE, "%s", #form);
	FAILING(EXPECT_FAILS)
#define EXPECT_HOLDS(name, form, ...)							\
	kunit_init_test(dummy, "dummy", NULL);						\
	KUNIT_EXPECT_##form##_MSG(dummy, __VA_ARGS__, "%s", "and a message");		\
	KUNIT_EXPECT_EQ_MSG(test, dummy->status, KUNIT_SUCCESS, "%s", #form);
	HOLDING(EXPECT_HOLDS)
}

static struct kunit_case assert_cases[] = {
	KUNIT_CASE_PARAM(failed_assertion_fails_and_ends_the_test, failing_gen_params),
	KUNIT_CASE_PARAM(assertion_that_holds_is_passed, holding_gen_params),
	KUNIT_CASE(skip_ends_the_test_and_mark_does_not),
	KUNIT_CASE(expectations_with_a_message_fail_as_those_without),
	{}
};

static struct kunit_suite assert_suite = {
	.name = "kunit_asserts",
	.test_cases = assert_cases,
};
kunit_test_suite(assert_suite);
MODULE_LICENSE("MIT");
