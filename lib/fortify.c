// SPDX-License-Identifier: MIT
/* Where a fortified string call ends that would overflow its buffer. */

#define __NO_FORTIFY
#include <linux/fortify-string.h>

#include <linux/bug.h>
#include <linux/export.h>
#include <linux/kernel.h>
#include <linux/printk.h>

/**
 * fortify_panic() - a string call would go beyond its buffer: stop the task before it does
 * @func: the call
 * @write: does it write there, or read?
 * @avail: size of the buffer
 * @size: what was asked for
 */
void fortify_panic(const char *func, bool write, size_t avail, size_t size)
{
	pr_emerg("%s: detected buffer overflow: %zu byte %s of buffer size %zu\n", func, size,
		 write ? "write" : "read", avail);
	BUG();
}
EXPORT_SYMBOL(fortify_panic);
