// SPDX-License-Identifier: MIT
/*
 * Attributes of suites and cases, and the filters of kunit.filter=.
 *
 *	speed	very_slow < slow < normal; a case without one has its suite's
 *	module	the file that the case is in
 *	is_init	true for a suite of the init section
 *	timing	true for a suite whose name ends in _timing: it states how long things take, which
 *		is sure only where the guest's clock counts instructions (see tools/testing/kunit/)
 *
 * A filter is NAME OP VALUE, OP one of = != < <= > >=; several are separated by
 * commas and all have to hold. Only speed has an order.
 */

#include <kunit/attributes.h>

#include <linux/kernel.h>
#include <linux/string.h>

#define TIMING_SUFFIX "_timing"

static const char * const speed_names[] = {
	[KUNIT_SPEED_UNSET] = "unset",
	[KUNIT_SPEED_VERY_SLOW] = "very_slow",
	[KUNIT_SPEED_SLOW] = "slow",
	[KUNIT_SPEED_NORMAL] = "normal",
};

static const char * const attr_names[] = { "speed", "module", "is_init", "timing" };

/** kunit_speed_name() - the word for a speed class, as the report has it */
const char *kunit_speed_name(enum kunit_speed speed)
{
	return speed_names[speed];
}

/**
 * kunit_get_filter_count() - how many filters a string holds
 * @input: "speed>slow,module=x"; may be NULL
 */
int kunit_get_filter_count(const char *input)
{
	int count = 0;

	if (!input || !*input)
		return 0;
	for (count = 1; *input; input++)
		if (*input == ',')
			count++;
	return count;
}

static bool is_op_char(char c)
{
	return c == '=' || c == '!' || c == '<' || c == '>';
}

/**
 * kunit_next_attr_filter() - take the next filter off a string
 * @filters: the string, which is changed; moved on
 * @filter: filled in; points into the string
 *
 * Return: 0, or -EINVAL if it is no filter over an attribute that there is.
 */
int kunit_next_attr_filter(char **filters, struct kunit_attr_filter *filter)
{
	char *text = strim(strsep(filters, ","));
	size_t name_len = strcspn(text, "=!<>");
	char *op = text + name_len;
	size_t op_len = 0;

	while (op_len < 2 && is_op_char(op[op_len]))
		op_len++;
	if (!name_len || !op_len || (op_len == 1 && op[0] == '!')) {
		pr_err("kunit: '%s' is no filter: NAME, then = != < <= > or >=, then VALUE\n",
		       text);
		return -EINVAL;
	}
	memcpy(filter->op, op, op_len);
	filter->op[op_len] = '\0';
	filter->value = skip_spaces(op + op_len);
	*op = '\0';
	filter->attr = strim(text);
	if (match_string(attr_names, ARRAY_SIZE(attr_names), filter->attr) < 0) {
		pr_err("kunit: there is no attribute '%s' to filter by\n", filter->attr);
		return -EINVAL;
	}
	return 0;
}

static bool compare(long left, const char *op, long right)
{
	switch (op[0]) {
	case '=': return left == right;
	case '!': return left != right;
	case '<': return op[1] ? left <= right : left < right;
	case '>': return op[1] ? left >= right : left > right;
	}
	return false;
}

static enum kunit_speed speed_of(const struct kunit_suite *suite,
				 const struct kunit_case *test_case)
{
	if (test_case && test_case->attr.speed != KUNIT_SPEED_UNSET)
		return test_case->attr.speed;
	if (suite->attr.speed != KUNIT_SPEED_UNSET)
		return suite->attr.speed;
	return KUNIT_SPEED_NORMAL;
}

static bool is_timing(const struct kunit_suite *suite)
{
	size_t len = strlen(suite->name), suffix_len = strlen(TIMING_SUFFIX);

	return len > suffix_len && !strcmp(suite->name + len - suffix_len, TIMING_SUFFIX);
}

static bool flag_matches(bool flag, const struct kunit_attr_filter *filter)
{
	return compare(flag, filter->op, !strcmp(filter->value, "true"));
}

/**
 * kunit_attr_matches() - does a case pass a filter?
 * @suite: the case's suite
 * @test_case: the case
 * @filter: the filter
 */
bool kunit_attr_matches(const struct kunit_suite *suite, const struct kunit_case *test_case,
			const struct kunit_attr_filter *filter)
{
	if (!strcmp(filter->attr, "speed")) {
		int wanted = match_string(speed_names, ARRAY_SIZE(speed_names), filter->value);

		if (wanted < 0) {
			pr_err_once("kunit: there is no speed '%s'\n", filter->value);
			return false;
		}
		return compare(speed_of(suite, test_case), filter->op, wanted);
	}
	if (!strcmp(filter->attr, "module"))
		return compare(!strcmp(test_case->module_name ?: "", filter->value),
			       filter->op, 1);
	if (!strcmp(filter->attr, "timing"))
		return flag_matches(is_timing(suite), filter);
	return flag_matches(suite->is_init, filter);
}

/**
 * kunit_print_attr() - the KTAP lines about a suite or case
 * @suite: the suite
 * @test_case: one case of it, or NULL for the suite itself
 * @level: how deep the line stands
 */
void kunit_print_attr(const struct kunit_suite *suite, const struct kunit_case *test_case,
		      unsigned int level)
{
	int width = level * KUNIT_INDENT_LEN;

	if (!test_case) {
		if (suite->test_cases->module_name)
			pr_info("%*s# module: %s\n", width, "", suite->test_cases->module_name);
		return;
	}
	if (test_case->attr.speed != KUNIT_SPEED_UNSET)
		pr_info("%*s# %s.speed: %s\n", width, "", test_case->name,
			kunit_speed_name(test_case->attr.speed));
}
