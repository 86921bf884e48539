/* SPDX-License-Identifier: MIT */
#ifndef __KSELFTEST_MODULE_H
#define __KSELFTEST_MODULE_H

/*
 * The frame of tests of kernel code that are not KUnit's: a function selftest() that counts, a line
 * with the result. Written for Linux's name and place, so that such files link in unedited with
 * `make EXTRA_KUNIT=`; new tests are KUnit suites.
 *
 *	KSTM_MODULE_GLOBALS();
 *	static void __init selftest(void) { KSTM_CHECK_ZERO(that_fails()); }
 *	KSTM_MODULE_LOADERS(test_that);
 */

#include <linux/errno.h>
#include <linux/init.h>
#include <linux/module.h>
#include <linux/printk.h>

/* What selftest() counts. */
#define KSTM_MODULE_GLOBALS()						\
	static unsigned int total_tests __initdata;			\
	static unsigned int failed_tests __initdata;			\
	static unsigned int skipped_tests __initdata

/* One test more; it has failed if @x is not 0. */
#define KSTM_CHECK_ZERO(x) do {						\
	total_tests++;							\
	if (x) {							\
		failed_tests++;						\
		pr_warn("TC failed at %s:%d\n", __func__, __LINE__);	\
	}								\
} while (0)

/* Tell the result. Return: 0, -EINVAL if a test failed. */
static inline int kstm_report(unsigned int total_tests, unsigned int failed_tests,
			      unsigned int skipped_tests)
{
	if (failed_tests) {
		pr_warn("failed %u out of %u tests\n", failed_tests, total_tests);
		return -EINVAL;
	}
	if (skipped_tests)
		pr_info("skipped %u tests\n", skipped_tests);
	pr_info("all %u tests passed\n", total_tests - skipped_tests);
	return 0;
}

/* Run selftest() when the module is loaded: here, with the other initcalls. */
#define KSTM_MODULE_LOADERS(__module)					\
static int __init __module##_init(void)					\
{									\
	pr_info("loaded.\n");						\
	selftest();							\
	return kstm_report(total_tests, failed_tests, skipped_tests);	\
}									\
static void __exit __module##_exit(void)				\
{									\
	pr_info("unloaded.\n");						\
}									\
module_init(__module##_init);						\
module_exit(__module##_exit)

#endif /* __KSELFTEST_MODULE_H */
