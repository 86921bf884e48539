// SPDX-License-Identifier: MIT
/*
 * KUnit tests itself: an instrument that passes everything is worse than none.
 *
 * Most cases play with a second struct kunit, which nobody runs, so that what it
 * fails doesn't fail the real one.
 */

#include <kunit/resource.h>
#include <kunit/static_stub.h>
#include <kunit/test-bug.h>
#include <kunit/test.h>

#include <linux/completion.h>
#include <linux/kthread.h>
#include <linux/sched.h>
#include <linux/sched/task.h>
#include <linux/seq_buf.h>

#include "../kunit_internal.h"

/* --- Expectations ------------------------------------------------------------- */

/* A test that may fail in the stead of the real one. */
static struct kunit *make_dummy(struct kunit *test)
{
	struct kunit *dummy = kunit_kzalloc(test, sizeof(*dummy), GFP_KERNEL);

	KUNIT_ASSERT_NOT_NULL(test, dummy);
	kunit_init_test(dummy, "dummy (failures of it are meant)", NULL);
	return dummy;
}

#define EXPECT_FAILS(test, statement)					\
do {									\
	struct kunit *dummy = make_dummy(test);				\
									\
	statement;							\
	KUNIT_EXPECT_EQ_MSG(test, dummy->status, KUNIT_FAILURE, "%s", #statement); \
} while (0)

#define EXPECT_PASSES(test, statement)					\
do {									\
	struct kunit *dummy = make_dummy(test);				\
									\
	statement;							\
	KUNIT_EXPECT_EQ_MSG(test, dummy->status, KUNIT_SUCCESS, "%s", #statement); \
} while (0)

static void false_expectations_fail(struct kunit *test)
{
	char abc[] = "abc", abd[] = "abd";
	char *a = abc, *b = abd;

	EXPECT_FAILS(test, KUNIT_EXPECT_TRUE(dummy, 1 == 2));
	EXPECT_FAILS(test, KUNIT_EXPECT_FALSE(dummy, 1 == 1));
	EXPECT_FAILS(test, KUNIT_EXPECT_EQ(dummy, 1, 2));
	EXPECT_FAILS(test, KUNIT_EXPECT_NE(dummy, 2, 2));
	EXPECT_FAILS(test, KUNIT_EXPECT_LT(dummy, 2, 2));
	EXPECT_FAILS(test, KUNIT_EXPECT_LE(dummy, 3, 2));
	EXPECT_FAILS(test, KUNIT_EXPECT_GT(dummy, 2, 2));
	EXPECT_FAILS(test, KUNIT_EXPECT_GE(dummy, 1, 2));
	EXPECT_FAILS(test, KUNIT_EXPECT_PTR_EQ(dummy, a, b));
	EXPECT_FAILS(test, KUNIT_EXPECT_PTR_NE(dummy, a, a));
	EXPECT_FAILS(test, KUNIT_EXPECT_STREQ(dummy, a, b));
	EXPECT_FAILS(test, KUNIT_EXPECT_STRNEQ(dummy, a, "abc"));
	EXPECT_FAILS(test, KUNIT_EXPECT_MEMEQ(dummy, a, b, 3));
	EXPECT_FAILS(test, KUNIT_EXPECT_MEMNEQ(dummy, a, b, 2));
	EXPECT_FAILS(test, KUNIT_EXPECT_NULL(dummy, a));
	EXPECT_FAILS(test, KUNIT_EXPECT_NOT_NULL(dummy, (void *)NULL));
	EXPECT_FAILS(test, KUNIT_EXPECT_NOT_ERR_OR_NULL(dummy, (void *)NULL));
	EXPECT_FAILS(test, KUNIT_EXPECT_NOT_ERR_OR_NULL(dummy, ERR_PTR(-ENOMEM)));
	EXPECT_FAILS(test, KUNIT_FAIL(dummy, "for %s", "a reason"));
}

static void true_expectations_pass(struct kunit *test)
{
	char abc[] = "abc", abd[] = "abd";
	char *a = abc, *b = abd;

	EXPECT_PASSES(test, KUNIT_EXPECT_TRUE(dummy, 2));
	EXPECT_PASSES(test, KUNIT_EXPECT_FALSE(dummy, 0));
	EXPECT_PASSES(test, KUNIT_EXPECT_EQ(dummy, -1, -1));
	EXPECT_PASSES(test, KUNIT_EXPECT_NE(dummy, 1u, 2u));
	EXPECT_PASSES(test, KUNIT_EXPECT_LT(dummy, -1, 0));
	EXPECT_PASSES(test, KUNIT_EXPECT_GT(dummy, ~0ul, 1ul));
	EXPECT_PASSES(test, KUNIT_EXPECT_STREQ(dummy, a, "abc"));
	EXPECT_PASSES(test, KUNIT_EXPECT_STRNEQ(dummy, a, b));
	EXPECT_PASSES(test, KUNIT_EXPECT_MEMEQ(dummy, a, b, 2));
	EXPECT_PASSES(test, KUNIT_EXPECT_MEMNEQ(dummy, a, b, 3));
	EXPECT_PASSES(test, KUNIT_EXPECT_NULL(dummy, (void *)NULL));
	EXPECT_PASSES(test, KUNIT_EXPECT_NOT_ERR_OR_NULL(dummy, a));
	EXPECT_PASSES(test, KUNIT_SUCCEED(dummy));
}

static void sides_are_evaluated_once(struct kunit *test)
{
	int count = 0;

	KUNIT_EXPECT_EQ(test, ++count, 1);
	KUNIT_EXPECT_EQ(test, count, 1);
	KUNIT_EXPECT_LE(test, count++, 1);
	KUNIT_EXPECT_EQ(test, count, 2);
}

static void failure_text_shows_both_sides(struct kunit *test)
{
	static const struct kunit_binary_assert_text text = { "==", "seven()", "8" };
	const struct kunit_binary_assert assert = {
		.text = &text, .left_value = 7, .right_value = 8,
	};
	char buf[128];
	struct seq_buf out;

	seq_buf_init(&out, buf, sizeof(buf));
	kunit_binary_assert_format(&assert.assert, &out);
	seq_buf_str(&out);
	KUNIT_EXPECT_STREQ(test, buf,
			   "    Expected seven() == 8, but\n"
			   "        seven() == 7 (0x7)\n");
}

/* --- Try and catch -------------------------------------------------------------------- */

struct try_context {
	struct kunit_try_catch try_catch;
	bool tried, caught, came_back;
};

static void catch_note(void *data)
{
	((struct try_context *)data)->caught = true;
}

static void try_return(void *data)
{
	((struct try_context *)data)->tried = true;
}

static void try_throw(void *data)
{
	struct try_context *ctx = data;

	ctx->tried = true;
	kunit_try_catch_throw(&ctx->try_catch);
	ctx->came_back = true;
}

static __no_sanitize_address void try_fault(void *data)
{
	struct try_context *ctx = data;

	ctx->tried = true;
	/* The first page is never mapped. */
	*(volatile int *)absolute_pointer(8) = 1;
	ctx->came_back = true;
}

static struct completion never;

static void try_sleep_for_ever(void *data)
{
	struct try_context *ctx = data;

	ctx->tried = true;
	wait_for_completion(&never);
}

static struct try_context *run_try(struct kunit *test, kunit_try_catch_func_t try,
				   unsigned long timeout)
{
	struct try_context *ctx = kunit_kzalloc(test, sizeof(*ctx), GFP_KERNEL);

	KUNIT_ASSERT_NOT_NULL(test, ctx);
	kunit_try_catch_init(&ctx->try_catch, make_dummy(test), try, catch_note);
	if (timeout)
		ctx->try_catch.timeout = timeout;
	kunit_try_catch_run(&ctx->try_catch, ctx);
	KUNIT_EXPECT_TRUE(test, ctx->tried);
	KUNIT_EXPECT_FALSE(test, ctx->came_back);
	return ctx;
}

static void try_that_returns_is_not_caught(struct kunit *test)
{
	struct try_context *ctx = run_try(test, try_return, 0);

	KUNIT_EXPECT_FALSE(test, ctx->caught);
	KUNIT_EXPECT_EQ(test, kunit_try_catch_get_result(&ctx->try_catch), 0);
}

static void throw_ends_the_try(struct kunit *test)
{
	struct try_context *ctx = run_try(test, try_throw, 0);

	KUNIT_EXPECT_TRUE(test, ctx->caught);
	KUNIT_EXPECT_EQ(test, kunit_try_catch_get_result(&ctx->try_catch), -EFAULT);
}

static void fault_ends_the_try_and_not_the_kernel(struct kunit *test)
{
	struct try_context *ctx;

	kunit_expect_report(test, REPORT_OOPS);
	ctx = run_try(test, try_fault, 0);
	KUNIT_EXPECT_TRUE(test, ctx->caught);
	KUNIT_EXPECT_EQ(test, kunit_try_catch_get_result(&ctx->try_catch), -EINTR);
}

static void sleeper_is_left_when_its_time_is_over(struct kunit *test)
{
	struct try_context *ctx;

	init_completion(&never);
	ctx = run_try(test, try_sleep_for_ever, HZ / 10);
	KUNIT_EXPECT_TRUE(test, ctx->caught);
	KUNIT_EXPECT_EQ(test, kunit_try_catch_get_result(&ctx->try_catch), -ETIMEDOUT);
	/* Let it end after all; the suite's balance sees that it did. */
	complete(&never);
}

/* --- Resources ------------------------------------------------------------------------------ */

struct order {
	int next;
	int freed[4];
};

static struct order freeing;

static void note_freed(void *which)
{
	freeing.freed[freeing.next++] = (long)which;
}

static void actions_run_in_reverse_order(struct kunit *test)
{
	struct kunit *dummy = make_dummy(test);
	long i;

	memset(&freeing, 0, sizeof(freeing));
	for (i = 1; i <= 4; i++)
		KUNIT_ASSERT_EQ(test, kunit_add_action(dummy, note_freed, (void *)i), 0);
	kunit_release_action(dummy, note_freed, (void *)2L);
	kunit_remove_action(dummy, note_freed, (void *)3L);
	kunit_cleanup(dummy);
	current->kunit_test = test;
	KUNIT_EXPECT_EQ(test, freeing.next, 3);
	KUNIT_EXPECT_EQ(test, freeing.freed[0], 2);
	KUNIT_EXPECT_EQ(test, freeing.freed[1], 4);
	KUNIT_EXPECT_EQ(test, freeing.freed[2], 1);
}

static int init_from_context(struct kunit_resource *res, void *context)
{
	res->data = context;
	return context ? 0 : -EINVAL;
}

static void named_resources_are_found_once(struct kunit *test)
{
	struct kunit *dummy = make_dummy(test);
	struct kunit_resource one = {}, two = {}, *found;
	int value = 5;

	KUNIT_EXPECT_EQ(test, kunit_add_named_resource(dummy, NULL, NULL, &one, "one", &value), 0);
	KUNIT_EXPECT_EQ(test, kunit_add_named_resource(dummy, NULL, NULL, &two, "one", &value),
			-EEXIST);
	KUNIT_EXPECT_EQ(test, kunit_add_named_resource(dummy, NULL, NULL, &two, NULL, &value),
			-EINVAL);
	found = kunit_find_named_resource(dummy, "one");
	KUNIT_ASSERT_PTR_EQ(test, found, &one);
	KUNIT_EXPECT_PTR_EQ(test, found->data, &value);
	kunit_put_resource(found);
	KUNIT_EXPECT_EQ(test, kunit_destroy_named_resource(dummy, "one"), 0);
	KUNIT_EXPECT_EQ(test, kunit_destroy_named_resource(dummy, "one"), -ENOENT);
	KUNIT_EXPECT_NULL(test, kunit_find_named_resource(dummy, "one"));
}

static void failed_init_adds_no_resource(struct kunit *test)
{
	struct kunit *dummy = make_dummy(test);
	int value;

	KUNIT_EXPECT_NULL(test, kunit_alloc_resource(dummy, init_from_context, NULL, GFP_KERNEL,
						     NULL));
	KUNIT_EXPECT_TRUE(test, list_empty(&dummy->resources));
	KUNIT_EXPECT_PTR_EQ(test, kunit_alloc_resource(dummy, init_from_context, NULL, GFP_KERNEL,
						       &value), &value);
	KUNIT_EXPECT_EQ(test, kunit_destroy_resource(dummy, kunit_resource_instance_match,
						     &value), 0);
}

/* --- Stubs, reports, parameters ------------------------------------------------------------- */

static noinline int add_one(int i)
{
	KUNIT_STATIC_STUB_REDIRECT(add_one, i);
	return i + 1;
}

static int subtract_one(int i)
{
	return i - 1;
}

struct add_one_elsewhere {
	int result;
	struct completion done;
};

static int call_add_one(void *arg)
{
	struct add_one_elsewhere *call = arg;

	call->result = add_one(10);
	complete(&call->done);
	return 0;
}

static void stub_replaces_for_this_test_only(struct kunit *test)
{
	struct add_one_elsewhere call = { .done = COMPLETION_INITIALIZER_ONSTACK(call.done) };

	KUNIT_EXPECT_EQ(test, add_one(1), 2);
	kunit_activate_static_stub(test, add_one, subtract_one);
	KUNIT_EXPECT_EQ(test, add_one(1), 0);

	KUNIT_ASSERT_NOT_ERR_OR_NULL(test, kthread_run(call_add_one, &call, "stub-other"));
	wait_for_completion(&call.done);
	KUNIT_EXPECT_EQ(test, call.result, 11);

	kunit_deactivate_static_stub(test, add_one);
	KUNIT_EXPECT_EQ(test, add_one(1), 2);
}

static void planted_report_is_expected(struct kunit *test)
{
	kunit_expect_reports(test, REPORT_WARN, 2);
	KUNIT_EXPECT_TRUE(test, WARN_ON(1));
	WARN(1, "planted\n");
	KUNIT_EXPECT_EQ(test, kunit_reports_seen(test, REPORT_WARN), 2);
}

static void one_report_too_many_fails_the_case(struct kunit *test)
{
	struct kunit *dummy = make_dummy(test);

	kunit_expect_report(dummy, REPORT_WARN);
	kunit_reports_start(dummy);
	KUNIT_EXPECT_EQ(test, report_begin(REPORT_WARN, "expected"), REPORT_EXPECTED);
	KUNIT_EXPECT_EQ(test, report_begin(REPORT_WARN, "one too many"), REPORT_REAL);
	kunit_reports_stop(dummy);
	kunit_reports_start(test);
	KUNIT_EXPECT_EQ(test, dummy->status, KUNIT_FAILURE);
}

static void missing_report_fails_the_case(struct kunit *test)
{
	struct kunit *dummy = make_dummy(test);

	kunit_expect_report(dummy, REPORT_KASAN);
	kunit_reports_start(dummy);
	kunit_reports_stop(dummy);
	kunit_reports_start(test);
	KUNIT_EXPECT_EQ(test, dummy->status, KUNIT_FAILURE);
}

static void current_test_is_known_in_its_thread(struct kunit *test)
{
	KUNIT_EXPECT_PTR_EQ(test, kunit_get_current_test(), test);
}

struct square {
	int side, area;
	const char *name;
};

static struct square squares[] = {
	{ 1, 1, "one" }, { 2, 4, "two" }, { 9, 81, "nine" },
};

KUNIT_ARRAY_PARAM_DESC(square, squares, name);

static void parameters_come_in_order(struct kunit *test)
{
	const struct square *s = test->param_value;

	KUNIT_EXPECT_PTR_EQ(test, s, &squares[test->param_index]);
	KUNIT_EXPECT_EQ(test, s->side * s->side, s->area);
}

/* A suite whose start fails. Nobody runs it but the case below. */
static int nr_ends, nr_cases_run;

static int fail_to_start(struct kunit_suite *suite)
{
	return -EIO;
}

static void note_end(struct kunit_suite *suite)
{
	nr_ends++;
}

static void note_case(struct kunit *test)
{
	nr_cases_run++;
}

static void suite_that_can_not_start_is_ended_all_the_same(struct kunit *test)
{
	struct kunit_case cases[] = { KUNIT_CASE(note_case), KUNIT_CASE(note_case), {} };
	struct kunit_suite suite = {
		.name = "dummy (failures of it are meant)",
		.suite_init = fail_to_start,
		.suite_exit = note_end,
		.test_cases = cases,
	};
	struct kunit_result_stats stats = {};

	nr_ends = nr_cases_run = 0;
	kunit_run_suite_body(&suite, &stats);
	KUNIT_EXPECT_EQ(test, nr_ends, 1);
	KUNIT_EXPECT_EQ(test, nr_cases_run, 0);
	KUNIT_EXPECT_EQ(test, stats.failed, 2UL);
	KUNIT_EXPECT_EQ(test, kunit_suite_has_succeeded(&suite), KUNIT_FAILURE);
}

static void skip_ends_the_case(struct kunit *test)
{
	kunit_skip(test, "to show that it does");
	KUNIT_FAIL(test, "went on after a skip");
}

static struct kunit_case kunit_cases[] = {
	KUNIT_CASE(false_expectations_fail),
	KUNIT_CASE(true_expectations_pass),
	KUNIT_CASE(sides_are_evaluated_once),
	KUNIT_CASE(failure_text_shows_both_sides),
	KUNIT_CASE(try_that_returns_is_not_caught),
	KUNIT_CASE(throw_ends_the_try),
	KUNIT_CASE(fault_ends_the_try_and_not_the_kernel),
	KUNIT_CASE(sleeper_is_left_when_its_time_is_over),
	KUNIT_CASE(actions_run_in_reverse_order),
	KUNIT_CASE(named_resources_are_found_once),
	KUNIT_CASE(failed_init_adds_no_resource),
	KUNIT_CASE(stub_replaces_for_this_test_only),
	KUNIT_CASE(planted_report_is_expected),
	KUNIT_CASE(one_report_too_many_fails_the_case),
	KUNIT_CASE(missing_report_fails_the_case),
	KUNIT_CASE(current_test_is_known_in_its_thread),
	KUNIT_CASE_PARAM(parameters_come_in_order, square_gen_params),
	KUNIT_CASE(suite_that_can_not_start_is_ended_all_the_same),
	KUNIT_CASE(skip_ends_the_case),
	{}
};

static struct kunit_suite kunit_suite = {
	.name = "kunit",
	.test_cases = kunit_cases,
};
kunit_test_suite(kunit_suite);
