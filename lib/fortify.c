// SPDX-License-Identifier: MIT
/* Where a fortified string call ends that would go beyond its buffer. */

#define __NO_FORTIFY
#include <linux/fortify-string.h>

#include <linux/bug.h>
#include <linux/export.h>
#include <linux/kernel.h>
#include <linux/printk.h>

#define NAME_OF(func)	[FORTIFY_FUNC_##func] = #func
static const char * const fortify_func_name[] = { EACH_FORTIFY_FUNC(NAME_OF) };

/**
 * __fortify_report() - say which call would go beyond which buffer
 * @reason: FORTIFY_REASON(): the call, and whether it reads or writes there
 * @avail: size of the buffer
 * @size: what was asked for
 *
 * Context: any.
 */
void __fortify_report(const u8 reason, const size_t avail, const size_t size)
{
	u8 func = FORTIFY_REASON_FUNC(reason);

	if (func >= ARRAY_SIZE(fortify_func_name))
		func = FORTIFY_FUNC_UNKNOWN;
	WARN(1, "%s: detected buffer overflow: %zu byte %s of buffer size %zu\n",
	     fortify_func_name[func], size, FORTIFY_REASON_DIR(reason) ? "write" : "read", avail);
}
EXPORT_SYMBOL(__fortify_report);

/**
 * __fortify_panic() - stop the task before a string call does harm
 * @reason: see __fortify_report()
 * @avail: size of the buffer
 * @size: what was asked for
 */
void __fortify_panic(const u8 reason, const size_t avail, const size_t size)
{
	__fortify_report(reason, avail, size);
	BUG();
}
EXPORT_SYMBOL(__fortify_panic);
