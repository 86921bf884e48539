// SPDX-License-Identifier: MIT
/*
 * The older shape of a test: a module whose init function checks, counts and prints one line that
 * says how many checks passed. It includes what such modules include.
 */
#define pr_fmt(fmt) KBUILD_MODNAME ": " fmt

#include <linux/init.h>
#include <linux/kernel.h>
#include <linux/module.h>
#include <linux/printk.h>
#include <linux/slab.h>
#include <linux/string.h>

static unsigned int total_tests __initdata;
static unsigned int failed_tests __initdata;

static void __init check(bool good, const char *what)
{
	total_tests++;
	if (good)
		return;
	failed_tests++;
	pr_err("%s failed\n", what);
}

static void __init check_strings(void)
{
	char *s __free(kfree) = kasprintf(GFP_KERNEL, "%s-%02d", "x", 7);

	check(s && !strcmp(s, "x-07"), "kasprintf");
	check(strlen("four") == 4, "strlen");
}

static void __init check_numbers(void)
{
	unsigned long value;

	check(!kstrtoul("0x20", 0, &value) && value == 32, "kstrtoul");
	check(kstrtoul("nonsense", 0, &value) == -EINVAL, "kstrtoul of nonsense");
	check(roundup_pow_of_two(33) == 64, "roundup_pow_of_two");
}

static int __init test_module_init(void)
{
	check_strings();
	check_numbers();
	if (failed_tests)
		pr_warn("failed %u out of %u tests\n", failed_tests, total_tests);
	else
		pr_info("all %u tests passed\n", total_tests);
	return failed_tests ? -EINVAL : 0;
}
module_init(test_module_init);

static void __exit test_module_exit(void)
{
	pr_info("unloaded\n");
}
module_exit(test_module_exit);

MODULE_DESCRIPTION("A test that is a module");
MODULE_LICENSE("GPL");
