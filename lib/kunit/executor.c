// SPDX-License-Identifier: MIT
/*
 * Which suites run, and what happens after them: the command line's side.
 *
 *	kunit.filter_glob=rcu*.poll*	suites, and after a dot cases, by name
 *	kunit.filter="speed>slow"	by attribute (attributes.c)
 *	kunit.filter_action=skip	report what is filtered out as skipped
 *	kunit.action=list		print "suite.case" lines and run nothing
 *	kunit.action=list_attr		the same, with attributes
 *	kunit.enable=0			run nothing, whatever else is said
 *	kunit.run			run everything
 *	kunit_shutdown=poweroff		or halt, or reboot, when done
 *
 * Nothing runs unless one of these words is given: a plain boot goes on to its
 * work. After a run one line tells a program all that it needs:
 *
 *	kunit: done, N suites, N failed, N stray reports
 *
 * and the machine's exit status, where it has one, is 0 only if both are 0.
 */

#include "kunit_internal.h"

#include <kunit/attributes.h>

#include <linux/glob.h>
#include <linux/kernel.h>
#include <linux/reboot.h>

extern const struct kunit_suite_set __kunit_suites_start[], __kunit_suites_end[];

static char *filter_glob_param;
static char *filter_param;
static char *filter_action_param;
static char *action_param;
static bool enable_param = true;
static bool run_param;
#undef MODULE_PARAM_PREFIX
#define MODULE_PARAM_PREFIX "kunit."
module_param_named(filter_glob, filter_glob_param, charp, 0444);
module_param_named(filter, filter_param, charp, 0444);
module_param_named(filter_action, filter_action_param, charp, 0444);
module_param_named(action, action_param, charp, 0444);
module_param_named(enable, enable_param, bool, 0444);
module_param_named(run, run_param, bool, 0444);

static char *kunit_shutdown;
core_param(kunit_shutdown, kunit_shutdown, charp, 0444);

/* --- Choosing ------------------------------------------------------------------- */

#define for_each_suite(set, i, suite)					\
	for (set = __kunit_suites_start; set < __kunit_suites_end; set++) \
		for (i = 0; i < set->count && (suite = set->start[i], true); i++)

struct name_filter {
	char suite[128];	/* "" means every one */
	char cases[128];
};

/* "suite_glob.case_glob", the second half optional. */
static int parse_glob(struct name_filter *names, const char *glob)
{
	const char *dot = strchr(glob, '.');
	size_t suite_len = dot ? dot - glob : strlen(glob);

	if (suite_len >= sizeof(names->suite) ||
	    (dot && strlen(dot + 1) >= sizeof(names->cases)))
		return -E2BIG;
	memcpy(names->suite, glob, suite_len);
	names->suite[suite_len] = '\0';
	strscpy(names->cases, dot ? dot + 1 : "", sizeof(names->cases));
	return 0;
}

static bool name_matches(const char *glob, const char *name)
{
	return !*glob || glob_match(glob, name);
}

#define MAX_FILTERS 8

static bool case_matches(const struct kunit_suite *suite, const struct kunit_case *test_case,
			 const struct name_filter *names,
			 const struct kunit_attr_filter *filters, int nr_filters)
{
	int i;

	if (!name_matches(names->cases, test_case->name))
		return false;
	for (i = 0; i < nr_filters; i++)
		if (!kunit_attr_matches(suite, test_case, &filters[i]))
			return false;
	return true;
}

/*
 * Closes up a suite's array over the cases that are out. Suites are static and a
 * boot has one run, so there is no copy to go back to.
 */
static void choose_cases(struct kunit_suite *suite, const struct name_filter *names,
			 const struct kunit_attr_filter *filters, int nr_filters, bool skip)
{
	struct kunit_case *from, *to = suite->test_cases;

	kunit_suite_for_each_test_case(suite, from) {
		bool matches = case_matches(suite, from, names, filters, nr_filters);

		if (!matches && !skip)
			continue;
		from->filtered_out = !matches;
		if (to != from)
			*to = *from;
		to++;
	}
	memset(to, 0, sizeof(*to));
}

/**
 * kunit_select() - leave in only what the selection names
 * @selection: globs and filters
 *
 * Suites with nothing left are marked by an empty case array.
 *
 * Return: 0, -E2BIG for a glob that is too long, -EINVAL for a bad filter.
 */
int kunit_select(const struct kunit_selection *selection)
{
	struct kunit_attr_filter filters[MAX_FILTERS];
	int nr_filters = kunit_get_filter_count(selection->filter);
	struct name_filter names = {};
	char *rest = selection->filter;
	const struct kunit_suite_set *set;
	struct kunit_suite *suite;
	size_t i;
	int n, err;

	if (nr_filters > MAX_FILTERS)
		return -E2BIG;
	for (n = 0; n < nr_filters; n++) {
		err = kunit_next_attr_filter(&rest, &filters[n]);
		if (err)
			return err;
	}
	if (selection->filter_glob) {
		err = parse_glob(&names, selection->filter_glob);
		if (err)
			return err;
	}
	for_each_suite(set, i, suite) {
		if (!name_matches(names.suite, suite->name))
			memset(suite->test_cases, 0, sizeof(*suite->test_cases));
		else
			choose_cases(suite, &names, filters, nr_filters,
				     selection->skip_filtered);
	}
	return 0;
}

static bool has_cases(const struct kunit_suite *suite)
{
	return suite->test_cases && suite->test_cases->run_case;
}

/* --- Doing -------------------------------------------------------------------------- */

static void list_tests(bool with_attributes)
{
	const struct kunit_suite_set *set;
	struct kunit_case *test_case;
	struct kunit_suite *suite;
	size_t i;

	pr_info("KTAP version 1\n");
	for_each_suite(set, i, suite) {
		if (!has_cases(suite))
			continue;
		if (with_attributes)
			kunit_print_attr(suite, NULL, 0);
		kunit_suite_for_each_test_case(suite, test_case) {
			pr_info("%s.%s\n", suite->name, test_case->name);
			if (with_attributes)
				kunit_print_attr(suite, test_case, 0);
		}
	}
}

static void run_suites(unsigned int *total, unsigned int *failed)
{
	const struct kunit_suite_set *set;
	struct kunit_suite *suite;
	unsigned int number = 0;
	size_t i;

	for_each_suite(set, i, suite)
		number += has_cases(suite);
	pr_info("KTAP version 1\n");
	pr_info("1..%u\n", number);
	for_each_suite(set, i, suite) {
		if (!has_cases(suite))
			continue;
		kunit_run_tests(suite);
		if (kunit_suite_has_succeeded(suite) == KUNIT_FAILURE)
			(*failed)++;
	}
	*total = number;
}

static void shut_down(void)
{
	if (!kunit_shutdown)
		return;
	if (!strcmp(kunit_shutdown, "poweroff"))
		kernel_power_off();
	else if (!strcmp(kunit_shutdown, "halt"))
		kernel_halt();
	else if (!strcmp(kunit_shutdown, "reboot"))
		kernel_restart(NULL);
	else
		pr_err("kunit: kunit_shutdown=%s is none of poweroff, halt, reboot\n",
		       kunit_shutdown);
}

/**
 * kunit_run_all_tests() - do what the command line asks for
 *
 * Context: the boot thread, after the last initcall.
 */
void kunit_run_all_tests(void)
{
	const struct kunit_selection selection = {
		.filter_glob = filter_glob_param,
		.filter = filter_param,
		.skip_filtered = filter_action_param && !strcmp(filter_action_param, "skip"),
	};
	unsigned int total = 0, failed = 0, strays;
	int err;

	if (!enable_param ||
	    (!run_param && !filter_glob_param && !filter_param && !action_param))
		return;
	err = kunit_select(&selection);
	if (err) {
		pr_err("kunit: bad filter: %d\n", err);
		failed = 1;
	} else if (action_param && !strcmp(action_param, "list")) {
		list_tests(false);
	} else if (action_param && !strcmp(action_param, "list_attr")) {
		list_tests(true);
	} else if (action_param) {
		pr_err("kunit: kunit.action=%s is none of list, list_attr\n", action_param);
		failed = 1;
	} else {
		run_suites(&total, &failed);
	}
	strays = kunit_stray_reports();
	pr_info("kunit: done, %u suites, %u failed, %u stray reports\n", total, failed, strays);
	shut_down();
}
