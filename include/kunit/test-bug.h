/* SPDX-License-Identifier: MIT */
#ifndef _KUNIT_TEST_BUG_H
#define _KUNIT_TEST_BUG_H

/* For code under test that wants to know about the test: who runs me, and make it fail. */
#include <linux/stddef.h>

struct kunit;

#if IS_ENABLED(CONFIG_KUNIT)
struct kunit *kunit_get_current_test(void);
void __printf(3, 4) __kunit_fail_current_test(const char *file, int line, const char *fmt, ...);

/**
 * kunit_fail_current_test() - the running test fails
 * @fmt: why, printf form
 *
 * Does nothing outside a test. Context: any that may printk.
 */
#define kunit_fail_current_test(fmt, ...)				\
	__kunit_fail_current_test(__FILE__, __LINE__, fmt, ##__VA_ARGS__)
#else
static inline struct kunit *kunit_get_current_test(void)
{
	return NULL;
}
#define kunit_fail_current_test(fmt, ...) ((void)0)
#endif

#endif /* _KUNIT_TEST_BUG_H */
