/* SPDX-License-Identifier: MIT */
#ifndef _KUNIT_TEST_H
#define _KUNIT_TEST_H

/*
 * KUnit: tests of kernel code, in the kernel, with Linux 6.12's interface, so
 * that a test written for Linux builds here unedited.
 *
 *	static void add_carries(struct kunit *test)
 *	{
 *		KUNIT_EXPECT_EQ(test, 4, add(2, 2));
 *	}
 *
 *	static struct kunit_case add_cases[] = { KUNIT_CASE(add_carries), {} };
 *	static struct kunit_suite add_suite = { .name = "add", .test_cases = add_cases };
 *	kunit_test_suite(add_suite);
 *
 * Each case runs in a kernel thread of its own: process context, preemptible,
 * may sleep. EXPECT_* notes a failure and goes on, ASSERT_* ends the case. Both
 * may be used from any thread or interrupt as long as the case runs, but only
 * the case's own thread may ASSERT.
 *
 * Ours beside Linux's:
 *	kunit_expect_report(test, kind)	this case plants a bug whose report is the
 *					point; any other report fails the case
 *
 * Output is KTAP version 1 on the console; the executor (lib/kunit/executor.c)
 * picks suites by the command line.
 */

#include <kunit/assert.h>
#include <kunit/try-catch.h>

#include <linux/args.h>
#include <linux/compiler.h>
#include <linux/container_of.h>
#include <linux/err.h>
#include <linux/init.h>
#include <linux/jump_label.h>
#include <linux/kconfig.h>
#include <linux/kref.h>
#include <linux/list.h>
#include <linux/module.h>
#include <linux/report.h>
#include <linux/slab.h>
#include <linux/spinlock.h>
#include <linux/string.h>
#include <linux/types.h>

#include <asm/rwonce.h>
#include <asm/sections.h>

struct kunit;

#define KUNIT_PARAM_DESC_SIZE		128
#define KUNIT_STATUS_COMMENT_SIZE	256

/* What KTAP indents a subtest by. */
#define KUNIT_INDENT_LEN		4
#define KUNIT_SUBTEST_INDENT		"    "
#define KUNIT_SUBSUBTEST_INDENT		"        "

enum kunit_status {
	KUNIT_SUCCESS,
	KUNIT_FAILURE,
	KUNIT_SKIPPED,
};

/* How long a case takes on a good machine; unset is normal. */
enum kunit_speed {
	KUNIT_SPEED_UNSET,
	KUNIT_SPEED_VERY_SLOW,	/* many seconds */
	KUNIT_SPEED_SLOW,	/* more than a second */
	KUNIT_SPEED_NORMAL,
	KUNIT_SPEED_MAX = KUNIT_SPEED_NORMAL,
};

struct kunit_attributes {
	enum kunit_speed speed;
};

/**
 * struct kunit_case - one case of a suite
 * @run_case: the test
 * @name: its name, which is the behaviour that it states
 * @generate_params: gives the parameter after @prev (NULL for the first) and a
 *	description; NULL ends them. The case runs once for each.
 * @attr: attributes
 */
struct kunit_case {
	void (*run_case)(struct kunit *test);
	const char *name;
	const void *(*generate_params)(const void *prev, char *desc);
	struct kunit_attributes attr;

	/* private: internal use only. */
	enum kunit_status status;
	char *module_name;
	bool filtered_out;
};

/**
 * struct kunit_suite - cases that share a setting
 * @name: the suite's name
 * @suite_init: once before all cases; an error fails the suite
 * @suite_exit: once after all
 * @init: before each case (and parameter), in the case's thread; an error fails it
 * @exit: after each case, whether it passed or not
 * @test_cases: ended by an empty one
 * @attr: attributes, for the cases that set none
 */
struct kunit_suite {
	const char name[256];
	int (*suite_init)(struct kunit_suite *suite);
	void (*suite_exit)(struct kunit_suite *suite);
	int (*init)(struct kunit *test);
	void (*exit)(struct kunit *test);
	struct kunit_case *test_cases;
	struct kunit_attributes attr;

	/* private: internal use only. */
	char status_comment[KUNIT_STATUS_COMMENT_SIZE];
	int suite_init_err;
	bool unbalanced;	/* took more than it gave back */
	bool is_init;
	bool filtered_out;
};

/* How many kinds of planted report one case can expect. */
#define KUNIT_MAX_EXPECTED_KINDS 8

/* A promise that @kind is reported @wanted times; both counts change without a lock. */
struct kunit_expected_report {
	const char *kind;
	atomic_t wanted;
	atomic_t seen;
};

/**
 * struct kunit - one case while it runs
 * @priv: for the suite's init and its cases
 *
 * @name, @param_value and @param_index don't change while the case runs. @status
 * is written by any thread of the test, and only ever to something worse.
 */
struct kunit {
	void *priv;

	/* private: internal use only. */
	const char *name;
	struct kunit_try_catch try_catch;
	const void *param_value;
	int param_index;
	spinlock_t lock;		/* guards the lists below and last_seen */
	enum kunit_status status;
	struct list_head resources;
	char status_comment[KUNIT_STATUS_COMMENT_SIZE];
	struct kunit_loc last_seen;

	struct kunit_expected_report expected[KUNIT_MAX_EXPECTED_KINDS];
	atomic_t nr_expected;
	atomic_t unexpected;
};

/** kunit_set_failure() - the test has failed; it goes on. Context: any */
static inline void kunit_set_failure(struct kunit *test)
{
	WRITE_ONCE(test->status, KUNIT_FAILURE);
}

/* --- Declaring cases and suites ----------------------------------------------- */

/** KUNIT_CASE() - a row of a suite's test_cases: a function void (struct kunit *) */
#define KUNIT_CASE(test_name)						\
	{ .run_case = test_name, .name = #test_name,			\
	  .module_name = KBUILD_MODNAME }

/** KUNIT_CASE_ATTR() - KUNIT_CASE() with a struct kunit_attributes */
#define KUNIT_CASE_ATTR(test_name, attributes)				\
	{ .run_case = test_name, .name = #test_name,			\
	  .attr = attributes, .module_name = KBUILD_MODNAME }

/** KUNIT_CASE_SLOW() - KUNIT_CASE() that takes more than a second */
#define KUNIT_CASE_SLOW(test_name)					\
	{ .run_case = test_name, .name = #test_name,			\
	  .attr.speed = KUNIT_SPEED_SLOW, .module_name = KBUILD_MODNAME }

/**
 * KUNIT_CASE_PARAM() - a case that runs once for each parameter of a generator
 * @test_name: the function; test->param_value is its parameter
 * @gen_params: KUNIT_ARRAY_PARAM()'s, or one's own: from a parameter (NULL: none) to the next
 */
#define KUNIT_CASE_PARAM(test_name, gen_params)				\
	{ .run_case = test_name, .name = #test_name,			\
	  .generate_params = gen_params, .module_name = KBUILD_MODNAME }

/** KUNIT_CASE_PARAM_ATTR() - KUNIT_CASE_PARAM() with a struct kunit_attributes */
#define KUNIT_CASE_PARAM_ATTR(test_name, gen_params, attributes)	\
	{ .run_case = test_name, .name = #test_name,			\
	  .generate_params = gen_params, .attr = attributes,		\
	  .module_name = KBUILD_MODNAME }

/* KUNIT_ARRAY_PARAM(name, array, get_desc): name##_gen_params() walks @array. */
#define KUNIT_ARRAY_PARAM(name, array, get_desc)			\
	static const void *name##_gen_params(const void *prev, char *desc) \
	{								\
		typeof((array)[0]) *__next =				\
			prev ? ((typeof(__next))prev) + 1 : (array);	\
		void (*__get_desc)(typeof(__next), char *) = get_desc;	\
									\
		if (__next - (array) >= ARRAY_SIZE((array)))		\
			return NULL;					\
		if (__get_desc)						\
			__get_desc(__next, desc);			\
		return __next;						\
	}
/* The same, where the description is a string member of the element. */
#define KUNIT_ARRAY_PARAM_DESC(name, array, desc_member)		\
	static const void *name##_gen_params(const void *prev, char *desc) \
	{								\
		typeof((array)[0]) *__next =				\
			prev ? ((typeof(__next))prev) + 1 : (array);	\
									\
		if (__next - (array) >= ARRAY_SIZE((array)))		\
			return NULL;					\
		strscpy(desc, __next->desc_member, KUNIT_PARAM_DESC_SIZE); \
		return __next;						\
	}

/* One kunit_test_suites() line; the linker collects them. */
struct kunit_suite_set {
	struct kunit_suite * const *start;
	size_t count;
};

#define __kunit_test_suites(unique_array, ...)				\
	static struct kunit_suite *unique_array[] = { __VA_ARGS__ };	\
	static const struct kunit_suite_set __PASTE(unique_array, _set)	\
		__used __section(".kunit_test_suites")			\
		__aligned(__alignof__(struct kunit_suite_set)) =	\
		{ unique_array, ARRAY_SIZE(unique_array) }

/**
 * kunit_test_suites() - declare suites
 * @__suites: the struct kunit_suite variables' addresses, separated by commas
 */
#define kunit_test_suites(__suites...)					\
	__kunit_test_suites(__UNIQUE_ID(kunit_array), ##__suites)

/** kunit_test_suite() - declare one suite; stands outside of functions */
#define kunit_test_suite(suite)		kunit_test_suites(&suite)

/*
 * Suites whose functions are __init. They run with the others, before the init
 * memory is given back.
 */
#define kunit_test_init_section_suites(__suites...)			\
	kunit_test_suites(__suites)

/** kunit_test_init_section_suite() - kunit_test_suite() of a suite whose functions are __init */
#define kunit_test_init_section_suite(suite) kunit_test_init_section_suites(&suite)

/** kunit_suite_for_each_test_case() - go through the cases of a suite; an empty row ends them */
#define kunit_suite_for_each_test_case(suite, test_case)		\
	for (test_case = suite->test_cases; test_case->run_case; test_case++)

size_t kunit_suite_num_test_cases(struct kunit_suite *suite);
unsigned int kunit_test_case_num(struct kunit_suite *suite, struct kunit_case *test_case);
enum kunit_status kunit_suite_has_succeeded(struct kunit_suite *suite);
int kunit_run_tests(struct kunit_suite *suite);
void kunit_run_all_tests(void);
struct string_stream;
void kunit_init_test(struct kunit *test, const char *name, struct string_stream *log);
void kunit_cleanup(struct kunit *test);

/** kunit_status_to_ok_not_ok() - the word of TAP for a result; a skipped test is "ok" */
static inline const char *kunit_status_to_ok_not_ok(enum kunit_status status)
{
	return status == KUNIT_FAILURE ? "not ok" : "ok";
}

/* --- Memory that the test's end gives back -------------------------------------- */

void *kunit_kmalloc_array(struct kunit *test, size_t n, size_t size, gfp_t gfp);
void kunit_kfree(struct kunit *test, const void *ptr);
const char *kunit_kstrdup_const(struct kunit *test, const char *str, gfp_t gfp);
void kunit_kfree_const(struct kunit *test, const void *x);

/**
 * kunit_kmalloc() - kmalloc() that is freed when the test ends
 * @test: the running one
 * @size: bytes
 * @gfp: how
 *
 * Return: the memory, or NULL.
 */
static inline void *kunit_kmalloc(struct kunit *test, size_t size, gfp_t gfp)
{
	return kunit_kmalloc_array(test, 1, size, gfp);
}

/** kunit_kzalloc() - kunit_kmalloc(), zeroed */
static inline void *kunit_kzalloc(struct kunit *test, size_t size, gfp_t gfp)
{
	return kunit_kmalloc(test, size, gfp | __GFP_ZERO);
}

/**
 * kunit_kcalloc() - @n zeroed objects of @size bytes until the test ends; NULL also if they
 * overflow
 */
static inline void *kunit_kcalloc(struct kunit *test, size_t n, size_t size, gfp_t gfp)
{
	return kunit_kmalloc_array(test, n, size, gfp | __GFP_ZERO);
}

/** kunit_kstrdup() - a copy of a string until the test ends; NULL without memory or if @str is */
static inline char *kunit_kstrdup(struct kunit *test, const char *str, gfp_t gfp)
{
	size_t len;
	char *copy;

	if (!str)
		return NULL;
	len = strlen(str) + 1;
	copy = kunit_kmalloc(test, len, gfp);
	if (copy)
		memcpy(copy, str, len);
	return copy;
}

/* --- User memory --------------------------------------------------------------------- */

struct file;

int kunit_attach_mm(void);
unsigned long kunit_vm_mmap(struct kunit *test, struct file *file, unsigned long addr,
			    unsigned long len, unsigned long prot, unsigned long flag,
			    unsigned long offset);

/* --- Planted bugs ------------------------------------------------------------------ */

void kunit_expect_reports(struct kunit *test, const char *kind, int count);
int kunit_reports_seen(struct kunit *test, const char *kind);

/**
 * kunit_expect_report() - this case plants a bug that has to be reported once
 * @test: the running test
 * @kind: a REPORT_* string of <linux/report.h>
 *
 * Call it before the bug. The case fails if the report doesn't come before its end.
 * Call it twice for two reports.
 */
static inline void kunit_expect_report(struct kunit *test, const char *kind)
{
	kunit_expect_reports(test, kind, 1);
}

/* --- Saying things -------------------------------------------------------------------- */

#define kunit_log(lvl, test_or_suite, fmt, ...)				\
	printk(lvl fmt, ##__VA_ARGS__)
#define kunit_printk(lvl, test, fmt, ...)				\
	kunit_log(lvl, test, KUNIT_SUBTEST_INDENT "# %s: " fmt, (test)->name, ##__VA_ARGS__)

/** kunit_info() - print a line of the test's, at level info, as a TAP comment */
#define kunit_info(test, fmt, ...)	kunit_printk(KERN_INFO, test, fmt, ##__VA_ARGS__)
/** kunit_warn() - print a line of the test's, at level warning */
#define kunit_warn(test, fmt, ...)	kunit_printk(KERN_WARNING, test, fmt, ##__VA_ARGS__)
/** kunit_err() - print a line of the test's, at level error */
#define kunit_err(test, fmt, ...)	kunit_printk(KERN_ERR, test, fmt, ##__VA_ARGS__)

/** kunit_mark_skipped() - the case counts as skipped, for the reason given, and goes on */
#define kunit_mark_skipped(test, fmt, ...)				\
do {									\
	WRITE_ONCE((test)->status, KUNIT_SKIPPED);			\
	scnprintf((test)->status_comment, KUNIT_STATUS_COMMENT_SIZE, fmt, ##__VA_ARGS__); \
} while (0)
/**
 * kunit_skip() - the case counts as skipped, for the reason given, and ends
 *
 * Context: the test's thread.
 */
#define kunit_skip(test, fmt, ...)					\
do {									\
	kunit_mark_skipped(test, fmt, ##__VA_ARGS__);			\
	kunit_try_catch_throw(&((test)->try_catch));			\
} while (0)

/* --- Expectations ------------------------------------------------------------------------ */

void __printf(6, 7) __kunit_do_failed_assertion(struct kunit *test, const struct kunit_loc *loc,
						enum kunit_assert_type type,
						const struct kunit_assert *assert,
						assert_format_t format, const char *fmt, ...);
void __noreturn __kunit_abort(struct kunit *test);

/* Where the test was last seen, for the message of one that died. */
#define _KUNIT_SAVE_LOC(test)						\
do {									\
	WRITE_ONCE((test)->last_seen.file, __FILE__);			\
	WRITE_ONCE((test)->last_seen.line, __LINE__);			\
} while (0)

/** KUNIT_SUCCEED() - nothing to expect: notes the place that the test has come to */
#define KUNIT_SUCCEED(test)	_KUNIT_SAVE_LOC(test)

#define _KUNIT_FAILED(test, type, assert_class, format_func, init, fmt, ...) \
do {									\
	static const struct kunit_loc __loc = KUNIT_CURRENT_LOC;	\
	const struct assert_class __assertion = init;			\
									\
	__kunit_do_failed_assertion(test, &__loc, type, &__assertion.assert, \
				    format_func, fmt, ##__VA_ARGS__);	\
	if (type == KUNIT_ASSERTION)					\
		__kunit_abort(test);					\
} while (0)

#define KUNIT_INIT_ASSERT(initializers...) { initializers }

#define KUNIT_FAIL_ASSERTION(test, assert_type, fmt, ...)		\
do {									\
	_KUNIT_SAVE_LOC(test);						\
	_KUNIT_FAILED(test, assert_type, kunit_fail_assert,		\
		      kunit_fail_assert_format, {}, fmt, ##__VA_ARGS__); \
} while (0)

/** KUNIT_FAIL() - the test has failed, for the reason given; it goes on */
#define KUNIT_FAIL(test, fmt, ...)					\
	KUNIT_FAIL_ASSERTION(test, KUNIT_EXPECTATION, fmt, ##__VA_ARGS__)

/** KUNIT_FAIL_AND_ABORT() - the test has failed, for the reason given, and ends */
#define KUNIT_FAIL_AND_ABORT(test, fmt, ...)				\
	KUNIT_FAIL_ASSERTION(test, KUNIT_ASSERTION, fmt, ##__VA_ARGS__)

#define KUNIT_UNARY_ASSERTION(test, assert_type, condition_, expected_true_, fmt, ...) \
do {									\
	_KUNIT_SAVE_LOC(test);						\
	if (likely(!!(condition_) == !!expected_true_))			\
		break;							\
	_KUNIT_FAILED(test, assert_type, kunit_unary_assert,		\
		      kunit_unary_assert_format,			\
		      KUNIT_INIT_ASSERT(.condition = #condition_,	\
					.expected_true = expected_true_), \
		      fmt, ##__VA_ARGS__);				\
} while (0)

/*
 * Both sides are evaluated once. @format_func and the struct differ between
 * integers and pointers; the comparison is C's own on the given types.
 */
#ifdef __CHECKER__
/* A user's pointer or a gfp_t may be shown as well as any other. */
#define _KUNIT_SHOWN(assert_class, value) \
	((__force typeof(((struct assert_class *)NULL)->left_value))(value))
#else
#define _KUNIT_SHOWN(assert_class, value) value
#endif

#define KUNIT_BASE_BINARY_ASSERTION(test, assert_class, format_func, assert_type,	\
				    left, op, right, fmt, ...)			\
do {									\
	const typeof(left) __left = (left);				\
	const typeof(right) __right = (right);				\
	static const struct kunit_binary_assert_text __text = {		\
		.operation = #op,					\
		.left_text = #left,					\
		.right_text = #right,					\
	};								\
									\
	_KUNIT_SAVE_LOC(test);						\
	if (likely(__left op __right))					\
		break;							\
	_KUNIT_FAILED(test, assert_type, assert_class, format_func,	\
		      KUNIT_INIT_ASSERT(.text = &__text,		\
					.left_value = _KUNIT_SHOWN(assert_class, __left), \
					.right_value = _KUNIT_SHOWN(assert_class, __right)), \
		      fmt, ##__VA_ARGS__);				\
} while (0)

#define KUNIT_BINARY_INT_ASSERTION(test, assert_type, left, op, right, fmt, ...) \
	KUNIT_BASE_BINARY_ASSERTION(test, kunit_binary_assert,		\
				    kunit_binary_assert_format, assert_type, \
				    left, op, right, fmt, ##__VA_ARGS__)
#define KUNIT_BINARY_PTR_ASSERTION(test, assert_type, left, op, right, fmt, ...) \
	KUNIT_BASE_BINARY_ASSERTION(test, kunit_binary_ptr_assert,	\
				    kunit_binary_ptr_assert_format, assert_type, \
				    left, op, right, fmt, ##__VA_ARGS__)

#define KUNIT_BINARY_STR_ASSERTION(test, assert_type, left, op, right, fmt, ...) \
do {									\
	const char *__left = (left);					\
	const char *__right = (right);					\
	static const struct kunit_binary_assert_text __text = {		\
		.operation = #op,					\
		.left_text = #left,					\
		.right_text = #right,					\
	};								\
									\
	_KUNIT_SAVE_LOC(test);						\
	if (likely(__left && __right && strcmp(__left, __right) op 0))	\
		break;							\
	_KUNIT_FAILED(test, assert_type, kunit_binary_str_assert,	\
		      kunit_binary_str_assert_format,			\
		      KUNIT_INIT_ASSERT(.text = &__text,		\
					.left_value = __left,		\
					.right_value = __right),	\
		      fmt, ##__VA_ARGS__);				\
} while (0)

#define KUNIT_MEM_ASSERTION(test, assert_type, left, op, right, size_, fmt, ...) \
do {									\
	const void *__left = (left);					\
	const void *__right = (right);					\
	const size_t __size = (size_);					\
	static const struct kunit_binary_assert_text __text = {		\
		.operation = #op,					\
		.left_text = #left,					\
		.right_text = #right,					\
	};								\
									\
	_KUNIT_SAVE_LOC(test);						\
	if (likely(__left && __right && memcmp(__left, __right, __size) op 0)) \
		break;							\
	_KUNIT_FAILED(test, assert_type, kunit_mem_assert,		\
		      kunit_mem_assert_format,				\
		      KUNIT_INIT_ASSERT(.text = &__text,		\
					.left_value = __left,		\
					.right_value = __right,		\
					.size = __size),		\
		      fmt, ##__VA_ARGS__);				\
} while (0)

#define KUNIT_PTR_NOT_ERR_OR_NULL_ASSERTION(test, assert_type, ptr, fmt, ...) \
do {									\
	const typeof(ptr) __ptr = (ptr);				\
									\
	_KUNIT_SAVE_LOC(test);						\
	if (likely(!IS_ERR_OR_NULL(__ptr)))				\
		break;							\
	_KUNIT_FAILED(test, assert_type, kunit_ptr_not_err_assert,	\
		      kunit_ptr_not_err_assert_format,			\
		      KUNIT_INIT_ASSERT(.text = #ptr, .value = __ptr),	\
		      fmt, ##__VA_ARGS__);				\
} while (0)

/* EXPECT: note a failure and go on. The _MSG forms print a message of the caller's beside it. */

/** KUNIT_EXPECT_TRUE() - @condition holds */
#define KUNIT_EXPECT_TRUE(test, condition)	\
	KUNIT_EXPECT_TRUE_MSG(test, condition, NULL)
#define KUNIT_EXPECT_TRUE_MSG(test, condition, fmt, ...)	\
	KUNIT_UNARY_ASSERTION(test, KUNIT_EXPECTATION, condition, true, fmt, ##__VA_ARGS__)

/** KUNIT_EXPECT_FALSE() - @condition doesn't hold */
#define KUNIT_EXPECT_FALSE(test, condition)	\
	KUNIT_EXPECT_FALSE_MSG(test, condition, NULL)
#define KUNIT_EXPECT_FALSE_MSG(test, condition, fmt, ...)	\
	KUNIT_UNARY_ASSERTION(test, KUNIT_EXPECTATION, condition, false, fmt, ##__VA_ARGS__)

/** KUNIT_EXPECT_EQ() - two integers are equal; their types are C's affair */
#define KUNIT_EXPECT_EQ(test, left, right)	\
	KUNIT_EXPECT_EQ_MSG(test, left, right, NULL)
#define KUNIT_EXPECT_EQ_MSG(test, left, right, fmt, ...)	\
	KUNIT_BINARY_INT_ASSERTION(test, KUNIT_EXPECTATION, left, ==, right, fmt, ##__VA_ARGS__)

/** KUNIT_EXPECT_NE() - two integers differ */
#define KUNIT_EXPECT_NE(test, left, right)	\
	KUNIT_EXPECT_NE_MSG(test, left, right, NULL)
#define KUNIT_EXPECT_NE_MSG(test, left, right, fmt, ...)	\
	KUNIT_BINARY_INT_ASSERTION(test, KUNIT_EXPECTATION, left, !=, right, fmt, ##__VA_ARGS__)

/** KUNIT_EXPECT_LT() - @left is less than @right */
#define KUNIT_EXPECT_LT(test, left, right)	\
	KUNIT_EXPECT_LT_MSG(test, left, right, NULL)
#define KUNIT_EXPECT_LT_MSG(test, left, right, fmt, ...)	\
	KUNIT_BINARY_INT_ASSERTION(test, KUNIT_EXPECTATION, left, <, right, fmt, ##__VA_ARGS__)

/** KUNIT_EXPECT_LE() - @left is at most @right */
#define KUNIT_EXPECT_LE(test, left, right)	\
	KUNIT_EXPECT_LE_MSG(test, left, right, NULL)
#define KUNIT_EXPECT_LE_MSG(test, left, right, fmt, ...)	\
	KUNIT_BINARY_INT_ASSERTION(test, KUNIT_EXPECTATION, left, <=, right, fmt, ##__VA_ARGS__)

/** KUNIT_EXPECT_GT() - @left is greater than @right */
#define KUNIT_EXPECT_GT(test, left, right)	\
	KUNIT_EXPECT_GT_MSG(test, left, right, NULL)
#define KUNIT_EXPECT_GT_MSG(test, left, right, fmt, ...)	\
	KUNIT_BINARY_INT_ASSERTION(test, KUNIT_EXPECTATION, left, >, right, fmt, ##__VA_ARGS__)

/** KUNIT_EXPECT_GE() - @left is at least @right */
#define KUNIT_EXPECT_GE(test, left, right)	\
	KUNIT_EXPECT_GE_MSG(test, left, right, NULL)
#define KUNIT_EXPECT_GE_MSG(test, left, right, fmt, ...)	\
	KUNIT_BINARY_INT_ASSERTION(test, KUNIT_EXPECTATION, left, >=, right, fmt, ##__VA_ARGS__)

/** KUNIT_EXPECT_PTR_EQ() - two pointers are the same */
#define KUNIT_EXPECT_PTR_EQ(test, left, right)	\
	KUNIT_EXPECT_PTR_EQ_MSG(test, left, right, NULL)
#define KUNIT_EXPECT_PTR_EQ_MSG(test, left, right, fmt, ...)	\
	KUNIT_BINARY_PTR_ASSERTION(test, KUNIT_EXPECTATION, left, ==, right, fmt, ##__VA_ARGS__)

/** KUNIT_EXPECT_PTR_NE() - two pointers differ */
#define KUNIT_EXPECT_PTR_NE(test, left, right)	\
	KUNIT_EXPECT_PTR_NE_MSG(test, left, right, NULL)
#define KUNIT_EXPECT_PTR_NE_MSG(test, left, right, fmt, ...)	\
	KUNIT_BINARY_PTR_ASSERTION(test, KUNIT_EXPECTATION, left, !=, right, fmt, ##__VA_ARGS__)

/** KUNIT_EXPECT_STREQ() - two strings have the same bytes; NULL is like none */
#define KUNIT_EXPECT_STREQ(test, left, right)	\
	KUNIT_EXPECT_STREQ_MSG(test, left, right, NULL)
#define KUNIT_EXPECT_STREQ_MSG(test, left, right, fmt, ...)	\
	KUNIT_BINARY_STR_ASSERTION(test, KUNIT_EXPECTATION, left, ==, right, fmt, ##__VA_ARGS__)

/** KUNIT_EXPECT_STRNEQ() - two strings differ; fails if one is NULL */
#define KUNIT_EXPECT_STRNEQ(test, left, right)	\
	KUNIT_EXPECT_STRNEQ_MSG(test, left, right, NULL)
#define KUNIT_EXPECT_STRNEQ_MSG(test, left, right, fmt, ...)	\
	KUNIT_BINARY_STR_ASSERTION(test, KUNIT_EXPECTATION, left, !=, right, fmt, ##__VA_ARGS__)

/** KUNIT_EXPECT_MEMEQ() - @size bytes are the same; fails if a block is NULL */
#define KUNIT_EXPECT_MEMEQ(test, left, right, size)	\
	KUNIT_EXPECT_MEMEQ_MSG(test, left, right, size, NULL)
#define KUNIT_EXPECT_MEMEQ_MSG(test, left, right, size, fmt, ...)	\
	KUNIT_MEM_ASSERTION(test, KUNIT_EXPECTATION, left, ==, right, size, fmt, ##__VA_ARGS__)

/** KUNIT_EXPECT_MEMNEQ() - one of @size bytes differs; fails if a block is NULL */
#define KUNIT_EXPECT_MEMNEQ(test, left, right, size)	\
	KUNIT_EXPECT_MEMNEQ_MSG(test, left, right, size, NULL)
#define KUNIT_EXPECT_MEMNEQ_MSG(test, left, right, size, fmt, ...)	\
	KUNIT_MEM_ASSERTION(test, KUNIT_EXPECTATION, left, !=, right, size, fmt, ##__VA_ARGS__)

/** KUNIT_EXPECT_NULL() - a pointer is NULL */
#define KUNIT_EXPECT_NULL(test, ptr)	\
	KUNIT_EXPECT_NULL_MSG(test, ptr, NULL)
#define KUNIT_EXPECT_NULL_MSG(test, ptr, fmt, ...)	\
	KUNIT_BINARY_PTR_ASSERTION(test, KUNIT_EXPECTATION, ptr, ==, NULL, fmt, ##__VA_ARGS__)

/** KUNIT_EXPECT_NOT_NULL() - a pointer isn't NULL */
#define KUNIT_EXPECT_NOT_NULL(test, ptr)	\
	KUNIT_EXPECT_NOT_NULL_MSG(test, ptr, NULL)
#define KUNIT_EXPECT_NOT_NULL_MSG(test, ptr, fmt, ...)	\
	KUNIT_BINARY_PTR_ASSERTION(test, KUNIT_EXPECTATION, ptr, !=, NULL, fmt, ##__VA_ARGS__)

/** KUNIT_EXPECT_NOT_ERR_OR_NULL() - a pointer is neither NULL nor an ERR_PTR() */
#define KUNIT_EXPECT_NOT_ERR_OR_NULL(test, ptr)	\
	KUNIT_EXPECT_NOT_ERR_OR_NULL_MSG(test, ptr, NULL)
#define KUNIT_EXPECT_NOT_ERR_OR_NULL_MSG(test, ptr, fmt, ...)	\
	KUNIT_PTR_NOT_ERR_OR_NULL_ASSERTION(test, KUNIT_EXPECTATION, ptr, fmt, ##__VA_ARGS__)

/* ASSERT: a failure ends the case. The _MSG forms print a message of the caller's beside it. */

#define KUNIT_ASSERT_TRUE(test, condition)	\
	KUNIT_ASSERT_TRUE_MSG(test, condition, NULL)
#define KUNIT_ASSERT_TRUE_MSG(test, condition, fmt, ...)	\
	KUNIT_UNARY_ASSERTION(test, KUNIT_ASSERTION, condition, true, fmt, ##__VA_ARGS__)
#define KUNIT_ASSERT_FALSE(test, condition)	\
	KUNIT_ASSERT_FALSE_MSG(test, condition, NULL)
#define KUNIT_ASSERT_FALSE_MSG(test, condition, fmt, ...)	\
	KUNIT_UNARY_ASSERTION(test, KUNIT_ASSERTION, condition, false, fmt, ##__VA_ARGS__)
#define KUNIT_ASSERT_EQ(test, left, right)	\
	KUNIT_ASSERT_EQ_MSG(test, left, right, NULL)
#define KUNIT_ASSERT_EQ_MSG(test, left, right, fmt, ...)	\
	KUNIT_BINARY_INT_ASSERTION(test, KUNIT_ASSERTION, left, ==, right, fmt, ##__VA_ARGS__)
#define KUNIT_ASSERT_NE(test, left, right)	\
	KUNIT_ASSERT_NE_MSG(test, left, right, NULL)
#define KUNIT_ASSERT_NE_MSG(test, left, right, fmt, ...)	\
	KUNIT_BINARY_INT_ASSERTION(test, KUNIT_ASSERTION, left, !=, right, fmt, ##__VA_ARGS__)
#define KUNIT_ASSERT_LT(test, left, right)	\
	KUNIT_ASSERT_LT_MSG(test, left, right, NULL)
#define KUNIT_ASSERT_LT_MSG(test, left, right, fmt, ...)	\
	KUNIT_BINARY_INT_ASSERTION(test, KUNIT_ASSERTION, left, <, right, fmt, ##__VA_ARGS__)
#define KUNIT_ASSERT_LE(test, left, right)	\
	KUNIT_ASSERT_LE_MSG(test, left, right, NULL)
#define KUNIT_ASSERT_LE_MSG(test, left, right, fmt, ...)	\
	KUNIT_BINARY_INT_ASSERTION(test, KUNIT_ASSERTION, left, <=, right, fmt, ##__VA_ARGS__)
#define KUNIT_ASSERT_GT(test, left, right)	\
	KUNIT_ASSERT_GT_MSG(test, left, right, NULL)
#define KUNIT_ASSERT_GT_MSG(test, left, right, fmt, ...)	\
	KUNIT_BINARY_INT_ASSERTION(test, KUNIT_ASSERTION, left, >, right, fmt, ##__VA_ARGS__)
#define KUNIT_ASSERT_GE(test, left, right)	\
	KUNIT_ASSERT_GE_MSG(test, left, right, NULL)
#define KUNIT_ASSERT_GE_MSG(test, left, right, fmt, ...)	\
	KUNIT_BINARY_INT_ASSERTION(test, KUNIT_ASSERTION, left, >=, right, fmt, ##__VA_ARGS__)
#define KUNIT_ASSERT_PTR_EQ(test, left, right)	\
	KUNIT_ASSERT_PTR_EQ_MSG(test, left, right, NULL)
#define KUNIT_ASSERT_PTR_EQ_MSG(test, left, right, fmt, ...)	\
	KUNIT_BINARY_PTR_ASSERTION(test, KUNIT_ASSERTION, left, ==, right, fmt, ##__VA_ARGS__)
#define KUNIT_ASSERT_PTR_NE(test, left, right)	\
	KUNIT_ASSERT_PTR_NE_MSG(test, left, right, NULL)
#define KUNIT_ASSERT_PTR_NE_MSG(test, left, right, fmt, ...)	\
	KUNIT_BINARY_PTR_ASSERTION(test, KUNIT_ASSERTION, left, !=, right, fmt, ##__VA_ARGS__)
#define KUNIT_ASSERT_STREQ(test, left, right)	\
	KUNIT_ASSERT_STREQ_MSG(test, left, right, NULL)
#define KUNIT_ASSERT_STREQ_MSG(test, left, right, fmt, ...)	\
	KUNIT_BINARY_STR_ASSERTION(test, KUNIT_ASSERTION, left, ==, right, fmt, ##__VA_ARGS__)
#define KUNIT_ASSERT_STRNEQ(test, left, right)	\
	KUNIT_ASSERT_STRNEQ_MSG(test, left, right, NULL)
#define KUNIT_ASSERT_STRNEQ_MSG(test, left, right, fmt, ...)	\
	KUNIT_BINARY_STR_ASSERTION(test, KUNIT_ASSERTION, left, !=, right, fmt, ##__VA_ARGS__)
#define KUNIT_ASSERT_MEMEQ(test, left, right, size)	\
	KUNIT_ASSERT_MEMEQ_MSG(test, left, right, size, NULL)
#define KUNIT_ASSERT_MEMEQ_MSG(test, left, right, size, fmt, ...)	\
	KUNIT_MEM_ASSERTION(test, KUNIT_ASSERTION, left, ==, right, size, fmt, ##__VA_ARGS__)
#define KUNIT_ASSERT_MEMNEQ(test, left, right, size)	\
	KUNIT_ASSERT_MEMNEQ_MSG(test, left, right, size, NULL)
#define KUNIT_ASSERT_MEMNEQ_MSG(test, left, right, size, fmt, ...)	\
	KUNIT_MEM_ASSERTION(test, KUNIT_ASSERTION, left, !=, right, size, fmt, ##__VA_ARGS__)
#define KUNIT_ASSERT_NULL(test, ptr)	\
	KUNIT_ASSERT_NULL_MSG(test, ptr, NULL)
#define KUNIT_ASSERT_NULL_MSG(test, ptr, fmt, ...)	\
	KUNIT_BINARY_PTR_ASSERTION(test, KUNIT_ASSERTION, ptr, ==, NULL, fmt, ##__VA_ARGS__)
#define KUNIT_ASSERT_NOT_NULL(test, ptr)	\
	KUNIT_ASSERT_NOT_NULL_MSG(test, ptr, NULL)
#define KUNIT_ASSERT_NOT_NULL_MSG(test, ptr, fmt, ...)	\
	KUNIT_BINARY_PTR_ASSERTION(test, KUNIT_ASSERTION, ptr, !=, NULL, fmt, ##__VA_ARGS__)
#define KUNIT_ASSERT_NOT_ERR_OR_NULL(test, ptr)	\
	KUNIT_ASSERT_NOT_ERR_OR_NULL_MSG(test, ptr, NULL)
#define KUNIT_ASSERT_NOT_ERR_OR_NULL_MSG(test, ptr, fmt, ...)	\
	KUNIT_PTR_NOT_ERR_OR_NULL_ASSERTION(test, KUNIT_ASSERTION, ptr, fmt, ##__VA_ARGS__)

#include <kunit/resource.h>

#endif /* _KUNIT_TEST_H */
