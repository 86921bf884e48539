// SPDX-License-Identifier: MIT
/*
 * The one switch of all lock checks. See <linux/debug_locks.h>.
 */

#include <linux/debug_locks.h>

#include <linux/export.h>
#include <linux/printk.h>

int debug_locks = 1;
EXPORT_SYMBOL_GPL(debug_locks);

/* Set while a self-test expects reports that it doesn't want printed. */
int debug_locks_silent;
EXPORT_SYMBOL_GPL(debug_locks_silent);

/**
 * debug_locks_off() - turn the checks off, for a report about to be printed
 *
 * Context: Any.
 * Return: 1 if they were on and the report is to be printed.
 */
int debug_locks_off(void)
{
	if (!debug_locks || !__debug_locks_off())
		return 0;
	if (debug_locks_silent)
		return 0;
	console_verbose();
	return 1;
}
EXPORT_SYMBOL_GPL(debug_locks_off);
