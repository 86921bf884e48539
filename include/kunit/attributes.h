/* SPDX-License-Identifier: MIT */
#ifndef _KUNIT_ATTRIBUTES_H
#define _KUNIT_ATTRIBUTES_H

/*
 * What is known of a test besides its name, and filters over it:
 *	kunit.filter="speed>slow, module!=example"
 */
#include <kunit/test.h>

struct kunit_attr_filter {
	const char *attr;	/* "speed", "module", "is_init" or "timing" */
	const char *value;
	char op[3];		/* = != < <= > >= */
};

int kunit_get_filter_count(const char *input);
int kunit_next_attr_filter(char **filters, struct kunit_attr_filter *filter);
bool kunit_attr_matches(const struct kunit_suite *suite, const struct kunit_case *test_case,
			const struct kunit_attr_filter *filter);
const char *kunit_speed_name(enum kunit_speed speed);
void kunit_print_attr(const struct kunit_suite *suite, const struct kunit_case *test_case,
		      unsigned int level);

#endif /* _KUNIT_ATTRIBUTES_H */
