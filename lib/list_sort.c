// SPDX-License-Identifier: MIT
/*
 * Stable merge sort of a list, bottom up, with merges balanced 2:1 at worst.
 *
 * Entries are taken from the input one by one. Sorted runs of 2^k entries wait on a stack,
 * @pending, the smallest on top; they are chained through ->prev, their entries through ->next,
 * ended by NULL. A plain bottom-up sort merges two runs of 2^k as soon as there are two, and at the
 * end may have to merge a long run with a single entry. Here two runs of 2^k are merged only once
 * 2^k further entries have come in: then whatever the end brings, there is no merge worse than 2:1.
 *
 * With @count entries taken so far, the number of runs of size 2^k follows from the bits of @count:
 * k's bit tells one or two (for those below the highest), and each time @count is incremented at
 * most one merge is due: that of the level k where the lowest zero bit of @count is, if there is a
 * higher bit set.
 */

#include <linux/list_sort.h>

#include <linux/compiler.h>
#include <linux/export.h>
#include <linux/list.h>

/* Merge two sorted NULL-ended chains; entries of @a go first where they are equal. */
static struct list_head *merge(void *priv, list_cmp_func_t cmp, struct list_head *a,
			       struct list_head *b)
{
	struct list_head *head = NULL;
	struct list_head **tail = &head;

	for (;;) {
		if (cmp(priv, a, b) <= 0) {
			*tail = a;
			tail = &a->next;
			a = a->next;
			if (!a) {
				*tail = b;
				return head;
			}
		} else {
			*tail = b;
			tail = &b->next;
			b = b->next;
			if (!b) {
				*tail = a;
				return head;
			}
		}
	}
}

/*
 * The last merge also makes the chain a ring with prev links again. Written out, rather than a
 * merge() and another walk: this touches every entry while it is in the cache.
 */
static void merge_into_ring(void *priv, list_cmp_func_t cmp, struct list_head *head,
			    struct list_head *a, struct list_head *b)
{
	struct list_head *tail = head;

	while (a && b) {
		struct list_head **from = cmp(priv, a, b) <= 0 ? &a : &b;

		tail->next = *from;
		(*from)->prev = tail;
		tail = *from;
		*from = tail->next;
	}

	tail->next = a ? a : b;
	for (a = tail->next; a; a = a->next) {
		a->prev = tail;
		tail = a;
	}
	tail->next = head;
	head->prev = tail;
}

/**
 * list_sort() - sort a list
 * @priv: passed to @cmp
 * @head: list
 * @cmp: > 0 if its second argument (an entry before the third in the list) belongs behind it
 *
 * Equal entries keep their order. About n log2(n) - 1.3 n comparisons. May sleep if @cmp may.
 */
void list_sort(void *priv, struct list_head *head, list_cmp_func_t cmp)
{
	struct list_head *list = head->next, *pending = NULL;
	size_t count = 0;

	if (list == head->prev)		/* none or one */
		return;

	head->prev->next = NULL;

	do {
		struct list_head **level = &pending;
		size_t bits;

		/* skip the levels that have one run, or two not yet due */
		for (bits = count; bits & 1; bits >>= 1)
			level = &(*level)->prev;
		if (likely(bits)) {
			struct list_head *newer = *level, *older = newer->prev;
			struct list_head *below = older->prev;

			newer = merge(priv, cmp, older, newer);
			newer->prev = below;
			*level = newer;
		}

		list->prev = pending;
		pending = list;
		list = list->next;
		pending->next = NULL;
		count++;
	} while (list);

	/* all but the oldest run, smaller ones first */
	list = pending;
	pending = pending->prev;
	while (pending->prev) {
		struct list_head *older = pending->prev;

		list = merge(priv, cmp, pending, list);
		pending = older;
	}
	merge_into_ring(priv, cmp, head, pending, list);
}
EXPORT_SYMBOL(list_sort);
