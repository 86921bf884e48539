// SPDX-License-Identifier: MIT
/*
 * Running suites and cases, and printing KTAP.
 *
 * A suite runs in the executor's thread:
 *
 *	suite_init
 *	for each case, and each parameter of it:
 *		thread A: init, the case		(kunit_try_catch)
 *		thread B: exit, then the resources	(kunit_try_catch)
 *	suite_exit					(if suite_init failed, too)
 *	balance of pages, objects, tasks
 *
 * The clean-up has a thread of its own because exit() may use ASSERT_* too, and
 * because thread A may have died or may be asleep for ever.
 *
 * KTAP: https://docs.kernel.org/dev-tools/ktap.html
 */

#include "kunit_internal.h"

#include <kunit/attributes.h>
#include <kunit/resource.h>
#include <kunit/test-bug.h>

#include <linux/kernel.h>
#include <linux/mutex.h>
#include <linux/sched.h>
#include <linux/seq_buf.h>

static bool kunit_stats = true;
#undef MODULE_PARAM_PREFIX
#define MODULE_PARAM_PREFIX "kunit."
module_param_named(stats_enabled, kunit_stats, bool, 0644);
MODULE_PARM_DESC(stats_enabled, "Print totals after suites and parameterised cases");

static void count_result(struct kunit_result_stats *stats, enum kunit_status status)
{
	switch (status) {
	case KUNIT_SUCCESS:
		stats->passed++;
		break;
	case KUNIT_SKIPPED:
		stats->skipped++;
		break;
	case KUNIT_FAILURE:
		stats->failed++;
		break;
	}
	stats->total++;
}

static void add_results(struct kunit_result_stats *sum, const struct kunit_result_stats *more)
{
	sum->passed += more->passed;
	sum->skipped += more->skipped;
	sum->failed += more->failed;
	sum->total += more->total;
}

static void print_stats(const char *indent, const char *name,
			const struct kunit_result_stats *stats)
{
	if (kunit_stats && stats->total > 1)
		pr_info("%s# %s: pass:%lu fail:%lu skip:%lu total:%lu\n", indent, name,
			stats->passed, stats->failed, stats->skipped, stats->total);
}

/* One result line: "ok 3 name # SKIP why". */
static void print_result(const char *indent, enum kunit_status status, size_t number,
			 const char *name, const char *comment)
{
	const char *directive = status == KUNIT_SKIPPED ? " # SKIP" : "";
	bool has_comment = status == KUNIT_SKIPPED && comment && *comment;

	pr_info("%s%s %zu %s%s%s%s\n", indent, kunit_status_to_ok_not_ok(status), number, name,
		directive, has_comment ? " " : "", has_comment ? comment : "");
}

/* --- Failing ---------------------------------------------------------------------- */

/* One message at a time: lines of two CPUs must not mix. */
static DEFINE_RAW_SPINLOCK(message_lock);
static char message[1536];

/* printk() takes lines; @text has several. */
static void print_lines(char *text)
{
	char *line;

	while ((line = strsep(&text, "\n")) != NULL)
		if (*line || text)
			pr_err("%s\n", line);
}

/**
 * __kunit_do_failed_assertion() - note and print a failure; behind the macros
 * @test: the running test
 * @loc: where
 * @type: expectation or assertion
 * @assert: what it knows
 * @format: makes text of it
 * @fmt: the caller's message, or NULL
 *
 * Context: any that may printk.
 */
void __kunit_do_failed_assertion(struct kunit *test, const struct kunit_loc *loc,
				 enum kunit_assert_type type, const struct kunit_assert *assert,
				 assert_format_t format, const char *fmt, ...)
{
	struct seq_buf out;
	unsigned long flags;
	va_list args;

	kunit_set_failure(test);
	raw_spin_lock_irqsave(&message_lock, flags);
	seq_buf_init(&out, message, sizeof(message));
	seq_buf_printf(&out, KUNIT_SUBTEST_INDENT "# %s: %s FAILED at %s:%d\n", test->name,
		       type == KUNIT_ASSERTION ? "ASSERTION" : "EXPECTATION",
		       loc->file, loc->line);
	format(assert, &out);
	if (fmt) {
		va_start(args, fmt);
		seq_buf_printf(&out, KUNIT_SUBTEST_INDENT);
		seq_buf_vprintf(&out, fmt, args);
		va_end(args);
	}
	seq_buf_str(&out);
	print_lines(message);
	raw_spin_unlock_irqrestore(&message_lock, flags);
}

/** __kunit_abort() - end a case whose assertion failed; doesn't return */
void __noreturn __kunit_abort(struct kunit *test)
{
	kunit_try_catch_throw(&test->try_catch);
}

/**
 * kunit_get_current_test() - the test that the current task runs; NULL if it runs none, or in an
 * interrupt
 */
struct kunit *kunit_get_current_test(void)
{
	return in_task() ? current->kunit_test : NULL;
}

/**
 * __kunit_fail_current_test() - let the current test fail, and go on; nothing if none runs
 * @file: where it was found
 * @line: the line there
 * @fmt: why, as of printf(); 127 characters of it are shown
 */
void __kunit_fail_current_test(const char *file, int line, const char *fmt, ...)
{
	struct kunit *test = kunit_get_current_test();
	char why[128];
	va_list args;

	if (!test)
		return;
	kunit_set_failure(test);
	va_start(args, fmt);
	vsnprintf(why, sizeof(why), fmt, args);
	va_end(args);
	kunit_err(test, "%s:%d: %s", file, line, why);
}

/* --- One case --------------------------------------------------------------------- */

/**
 * kunit_init_test() - make a struct kunit ready to run or to be played with
 * @test: the test
 * @name: its name
 * @log: where Linux keeps what it prints; there is no such place here
 */
void kunit_init_test(struct kunit *test, const char *name, struct string_stream *log)
{
	memset(test, 0, sizeof(*test));
	spin_lock_init(&test->lock);
	INIT_LIST_HEAD(&test->resources);
	test->name = name;
	test->status = KUNIT_SUCCESS;
}

/**
 * kunit_cleanup() - free a test's resources, the newest first
 * @test: the test
 *
 * Freeing one may add or remove others, so each round starts at the list's end anew.
 */
void kunit_cleanup(struct kunit *test)
{
	struct kunit_resource *res;
	unsigned long flags;

	for (;;) {
		spin_lock_irqsave(&test->lock, flags);
		if (list_empty(&test->resources)) {
			spin_unlock_irqrestore(&test->lock, flags);
			break;
		}
		res = list_last_entry(&test->resources, struct kunit_resource, node);
		spin_unlock_irqrestore(&test->lock, flags);
		kunit_remove_resource(test, res);
	}
	current->kunit_test = NULL;
}

struct case_context {
	struct kunit *test;
	struct kunit_suite *suite;
	struct kunit_case *test_case;
};

static void try_case(void *data)
{
	struct case_context *ctx = data;
	int err;

	if (ctx->suite->init) {
		err = ctx->suite->init(ctx->test);
		if (err) {
			kunit_err(ctx->test, "failed to initialize: %d", err);
			kunit_set_failure(ctx->test);
			return;
		}
	}
	ctx->test_case->run_case(ctx->test);
}

static void try_cleanup(void *data)
{
	struct case_context *ctx = data;

	if (ctx->suite->exit)
		ctx->suite->exit(ctx->test);
	kunit_cleanup(ctx->test);
}

/* A thread that left early has failed, unless it said before that it skips. */
static void catch_case(void *data)
{
	struct case_context *ctx = data;
	struct kunit *test = ctx->test;

	if (test->status == KUNIT_SKIPPED && test->try_catch.try_result == -EFAULT)
		return;
	kunit_set_failure(test);
}

static void run_case(struct kunit *test, struct kunit_suite *suite, struct kunit_case *test_case)
{
	struct case_context ctx = { test, suite, test_case };

	kunit_reports_start(test);
	kunit_try_catch_init(&test->try_catch, test, try_case, catch_case);
	kunit_try_catch_run(&test->try_catch, &ctx);

	kunit_try_catch_init(&test->try_catch, test, try_cleanup, catch_case);
	kunit_try_catch_run(&test->try_catch, &ctx);
	kunit_reports_stop(test);
}

/* The worse of two results: a case with parameters is as good as its worst one. */
static void merge_status(enum kunit_status *sum, enum kunit_status one, bool first)
{
	if (first || one == KUNIT_FAILURE ||
	    (*sum == KUNIT_SKIPPED && one == KUNIT_SUCCESS))
		*sum = one;
}

/* A struct kunit is too large for a stack; one case runs at a time. */
static struct kunit the_test;

static void run_case_with_params(struct kunit_suite *suite, struct kunit_case *test_case,
				 struct kunit_result_stats *stats)
{
	char desc[KUNIT_PARAM_DESC_SIZE] = "";
	struct kunit *test = &the_test;
	struct kunit_result_stats own = {};
	const void *param;
	int index = 0;

	pr_info(KUNIT_SUBTEST_INDENT KUNIT_SUBTEST_INDENT "KTAP version 1\n");
	pr_info(KUNIT_SUBTEST_INDENT KUNIT_SUBTEST_INDENT "# Subtest: %s\n", test_case->name);
	test_case->status = KUNIT_SKIPPED;
	for (param = test_case->generate_params(NULL, desc); param;
	     param = test_case->generate_params(param, desc)) {
		kunit_init_test(test, test_case->name, NULL);
		test->param_value = param;
		test->param_index = index;
		if (!*desc)
			snprintf(desc, sizeof(desc), "param-%d", index);
		run_case(test, suite, test_case);
		print_result(KUNIT_SUBSUBTEST_INDENT, test->status, ++index, desc,
			     test->status_comment);
		count_result(&own, test->status);
		merge_status(&test_case->status, test->status, index == 1);
		desc[0] = '\0';
	}
	pr_info(KUNIT_SUBTEST_INDENT KUNIT_SUBTEST_INDENT "1..%d\n", index);
	print_stats(KUNIT_SUBTEST_INDENT, test_case->name, &own);
	add_results(stats, &own);
	test->status_comment[0] = '\0';
}

static void run_one_case(struct kunit_suite *suite, struct kunit_case *test_case, size_t number,
			 struct kunit_result_stats *stats)
{
	struct kunit *test = &the_test;

	kunit_init_test(test, test_case->name, NULL);
	if (test_case->filtered_out || suite->filtered_out) {
		test->status = test_case->status = KUNIT_SKIPPED;
		strscpy(test->status_comment, "filtered out", sizeof(test->status_comment));
		count_result(stats, KUNIT_SKIPPED);
	} else if (test_case->generate_params) {
		run_case_with_params(suite, test_case, stats);
	} else {
		run_case(test, suite, test_case);
		test_case->status = test->status;
		count_result(stats, test->status);
	}
	kunit_print_attr(suite, test_case, 1);
	print_result(KUNIT_SUBTEST_INDENT, test_case->status, number, test_case->name,
		     test->status_comment);
}

/* --- One suite ----------------------------------------------------------------------- */

/** kunit_suite_num_test_cases() - how many cases a suite has */
size_t kunit_suite_num_test_cases(struct kunit_suite *suite)
{
	struct kunit_case *test_case;
	size_t len = 0;

	kunit_suite_for_each_test_case(suite, test_case)
		len++;
	return len;
}

/** kunit_test_case_num() - the number of a case in its suite, from 1; 0 if it isn't there */
unsigned int kunit_test_case_num(struct kunit_suite *suite, struct kunit_case *test_case)
{
	struct kunit_case *tc;
	unsigned int i = 1;

	kunit_suite_for_each_test_case(suite, tc) {
		if (tc == test_case)
			return i;
		i++;
	}
	return 0;
}

/**
 * kunit_suite_has_succeeded() - the result of a suite that has run
 * @suite: it
 *
 * Return: KUNIT_FAILURE if its start, its end or a case failed; KUNIT_SKIPPED if all cases were
 * skipped; else KUNIT_SUCCESS.
 */
enum kunit_status kunit_suite_has_succeeded(struct kunit_suite *suite)
{
	enum kunit_status status = KUNIT_SKIPPED;
	const struct kunit_case *test_case;

	if (suite->suite_init_err || suite->unbalanced)
		return KUNIT_FAILURE;
	kunit_suite_for_each_test_case(suite, test_case) {
		if (test_case->status == KUNIT_FAILURE)
			return KUNIT_FAILURE;
		if (test_case->status == KUNIT_SUCCESS)
			status = KUNIT_SUCCESS;
	}
	return status;
}

static size_t suite_counter;

/**
 * kunit_run_suite_body() - a suite's start, its cases and its end
 * @suite: the suite
 * @stats: gets the counts
 *
 * Cases run if the start was a success; the end runs in any case and has to cope.
 */
void kunit_run_suite_body(struct kunit_suite *suite, struct kunit_result_stats *stats)
{
	struct kunit_case *test_case;
	size_t number = 1;

	if (suite->suite_init && !suite->filtered_out) {
		suite->suite_init_err = suite->suite_init(suite);
		if (suite->suite_init_err)
			pr_err(KUNIT_SUBTEST_INDENT "# failed to initialize suite %s: %d\n",
			       suite->name, suite->suite_init_err);
	}
	if (!suite->suite_init_err) {
		kunit_suite_for_each_test_case(suite, test_case)
			run_one_case(suite, test_case, number++, stats);
	} else {
		stats->failed = stats->total = kunit_suite_num_test_cases(suite);
	}
	if (suite->suite_exit && !suite->filtered_out)
		suite->suite_exit(suite);
}

/**
 * kunit_run_tests() - run one suite
 * @suite: the suite
 *
 * Return: 0; the outcome is in the statuses of the cases.
 */
int kunit_run_tests(struct kunit_suite *suite)
{
	struct kunit_result_stats stats = {};
	struct kunit_balance before;
	enum kunit_status status;

	pr_info(KUNIT_SUBTEST_INDENT "KTAP version 1\n");
	pr_info(KUNIT_SUBTEST_INDENT "# Subtest: %s\n", suite->name);
	kunit_print_attr(suite, NULL, 1);
	pr_info(KUNIT_SUBTEST_INDENT "1..%zu\n", kunit_suite_num_test_cases(suite));

	kunit_balance_take(&before);
	kunit_run_suite_body(suite, &stats);
	suite->unbalanced = !kunit_balance_check(&before, suite->name);
	status = kunit_suite_has_succeeded(suite);

	print_stats("", suite->name, &stats);
	pr_info("# Totals: pass:%lu fail:%lu skip:%lu total:%lu\n",
		stats.passed, stats.failed, stats.skipped, stats.total);
	print_result("", status, ++suite_counter, suite->name, suite->status_comment);
	return 0;
}

/* --- Memory ------------------------------------------------------------------------------ */

static void free_pointer(void *ptr)
{
	kfree(ptr);
}

/**
 * kunit_kmalloc_array() - kmalloc_array() whose memory the test's end frees
 * @test: the test
 * @n: how many
 * @size: of each
 * @gfp: as for kmalloc()
 */
void *kunit_kmalloc_array(struct kunit *test, size_t n, size_t size, gfp_t gfp)
{
	void *data = kmalloc_array(n, size, gfp);

	if (!data || kunit_add_action_or_reset(test, free_pointer, data))
		return NULL;
	return data;
}

/**
 * kunit_kfree() - free such memory before the test's end
 * @test: the test
 * @ptr: from kunit_kmalloc() and the like, or NULL
 */
void kunit_kfree(struct kunit *test, const void *ptr)
{
	if (ptr)
		kunit_release_action(test, free_pointer, (void *)ptr);
}

/**
 * kunit_kstrdup_const() - copy a string, unless it is a constant of the image
 * @test: the test
 * @str: the string, or NULL
 * @gfp: as for kmalloc()
 */
const char *kunit_kstrdup_const(struct kunit *test, const char *str, gfp_t gfp)
{
	if (str && is_kernel_rodata((unsigned long)str))
		return str;
	return kunit_kstrdup(test, str, gfp);
}

/**
 * kunit_kfree_const() - kunit_kfree() of what isn't a constant of the kernel image; @x may be NULL
 */
void kunit_kfree_const(struct kunit *test, const void *x)
{
	if (x && !is_kernel_rodata((unsigned long)x))
		kunit_kfree(test, x);
}
