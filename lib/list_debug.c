// SPDX-License-Identifier: MIT
/*
 * What the list checks of <linux/list.h> do when a check fails: say which pointers don't agree,
 * with all the nodes concerned, and tell the caller to leave the list alone.
 */

#include <linux/list.h>

#include <linux/bug.h>
#include <linux/export.h>
#include <linux/kernel.h>

/* Report if @bad; was it? */
#define REPORT(bad, fmt, ...) ({						\
	bool __bad = (bad);							\
										\
	if (unlikely(__bad)) {							\
		if (IS_ENABLED(CONFIG_BUG_ON_DATA_CORRUPTION)) {		\
			pr_err(fmt, ##__VA_ARGS__);				\
			BUG();							\
		} else {							\
			WARN(1, fmt, ##__VA_ARGS__);				\
		}								\
	}									\
	__bad;									\
})

/**
 * __list_add_valid_or_report() - may @new be put between @prev and @next?
 * @new: entry to add
 * @prev: entry before it
 * @next: entry after it
 *
 * Return: false, after a report, if not.
 */
bool __list_add_valid_or_report(struct list_head *new, struct list_head *prev,
				struct list_head *next)
{
	if (REPORT(prev == NULL, "list_add corruption. prev is NULL.\n") ||
	    REPORT(next == NULL, "list_add corruption. next is NULL.\n") ||
	    REPORT(next->prev != prev,
		   "list_add corruption. next->prev should be prev (%px), but was %px. "
		   "(next=%px).\n",
		   prev, next->prev, next) ||
	    REPORT(prev->next != next,
		   "list_add corruption. prev->next should be next (%px), but was %px. "
		   "(prev=%px).\n",
		   next, prev->next, prev) ||
	    REPORT(new == prev || new == next,
		   "list_add double add: new=%px, prev=%px, next=%px.\n", new, prev, next))
		return false;
	return true;
}
EXPORT_SYMBOL(__list_add_valid_or_report);

/**
 * __list_del_entry_valid_or_report() - may @entry be taken off its list?
 * @entry: entry
 *
 * Return: false, after a report, if not.
 */
bool __list_del_entry_valid_or_report(struct list_head *entry)
{
	struct list_head *prev = entry->prev, *next = entry->next;

	if (REPORT(next == NULL, "list_del corruption, %px->next is NULL\n", entry) ||
	    REPORT(prev == NULL, "list_del corruption, %px->prev is NULL\n", entry) ||
	    REPORT(next == LIST_POISON1,
		   "list_del corruption, %px->next is LIST_POISON1 (%px)\n", entry, LIST_POISON1) ||
	    REPORT(prev == LIST_POISON2,
		   "list_del corruption, %px->prev is LIST_POISON2 (%px)\n", entry, LIST_POISON2) ||
	    REPORT(prev->next != entry,
		   "list_del corruption. prev->next should be %px, but was %px. (prev=%px)\n",
		   entry, prev->next, prev) ||
	    REPORT(next->prev != entry,
		   "list_del corruption. next->prev should be %px, but was %px. (next=%px)\n",
		   entry, next->prev, next))
		return false;
	return true;
}
EXPORT_SYMBOL(__list_del_entry_valid_or_report);
