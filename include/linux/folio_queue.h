/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_FOLIO_QUEUE_H
#define _LINUX_FOLIO_QUEUE_H

/*
 * A queue of folios in segments: a buffer for I/O that may grow at one end and be used up at the
 * other.
 *
 *	tail                                   head
 *	[ f f f . ] <-prev  next-> [ f f f f ] ... [ f f _ _ ]	   _ not filled yet   . cleared
 *
 * The list of segments is not circular: the outer pointers are NULL. Each slot has a folio, the
 * order of its size, and three marks, which are the user's ("drop a reference when done", say).
 *
 * One may append while another consumes, without a lock: an ITER_FOLIOQ that has used up the last
 * segment stands behind its last slot, and goes on in the next segment once there is one. So the
 * queue should always keep a segment, even one that is used up, and the consumer must not free the
 * one that an iterator stands in.
 */

#include <linux/bitops.h>
#include <linux/mm.h>

#define FOLIOQ_SLOTS	31

struct folio_queue {
	struct folio *folios[FOLIOQ_SLOTS];
	u8 orders[FOLIOQ_SLOTS];	/* of the folios' sizes */
	u8 count;			/* slots ever filled; clearing doesn't lower it */
	struct folio_queue *next;
	struct folio_queue *prev;
	unsigned long marks[3];		/* a bit a slot */
};

static_assert(FOLIOQ_SLOTS <= BITS_PER_LONG);

/** folioq_init - an empty segment, in no list */
static inline void folioq_init(struct folio_queue *folioq)
{
	folioq->count = 0;
	folioq->next = NULL;
	folioq->prev = NULL;
	folioq->marks[0] = 0;
	folioq->marks[1] = 0;
	folioq->marks[2] = 0;
}

/** folioq_nr_slots - how many folios a segment can hold */
static inline unsigned int folioq_nr_slots(const struct folio_queue *folioq)
{
	return FOLIOQ_SLOTS;
}

/** folioq_count - how many slots were filled, those included that were cleared since */
static inline unsigned int folioq_count(struct folio_queue *folioq)
{
	return folioq->count;
}

/** folioq_full - are all slots of the segment in use? */
static inline bool folioq_full(struct folio_queue *folioq)
{
	return folioq_count(folioq) >= folioq_nr_slots(folioq);
}

/** folioq_is_marked - has the slot the first mark? */
static inline bool folioq_is_marked(const struct folio_queue *folioq, unsigned int slot)
{
	return test_bit(slot, &folioq->marks[0]);
}

/** folioq_mark - give the slot the first mark; atomic */
static inline void folioq_mark(struct folio_queue *folioq, unsigned int slot)
{
	set_bit(slot, &folioq->marks[0]);
}

/** folioq_unmark - take the first mark off the slot; atomic */
static inline void folioq_unmark(struct folio_queue *folioq, unsigned int slot)
{
	clear_bit(slot, &folioq->marks[0]);
}

/** folioq_is_marked2 - has the slot the second mark? */
static inline bool folioq_is_marked2(const struct folio_queue *folioq, unsigned int slot)
{
	return test_bit(slot, &folioq->marks[1]);
}

/** folioq_mark2 - give the slot the second mark; atomic */
static inline void folioq_mark2(struct folio_queue *folioq, unsigned int slot)
{
	set_bit(slot, &folioq->marks[1]);
}

/** folioq_unmark2 - take the second mark off the slot; atomic */
static inline void folioq_unmark2(struct folio_queue *folioq, unsigned int slot)
{
	clear_bit(slot, &folioq->marks[1]);
}

/** folioq_is_marked3 - has the slot the third mark? */
static inline bool folioq_is_marked3(const struct folio_queue *folioq, unsigned int slot)
{
	return test_bit(slot, &folioq->marks[2]);
}

/** folioq_mark3 - give the slot the third mark; atomic */
static inline void folioq_mark3(struct folio_queue *folioq, unsigned int slot)
{
	set_bit(slot, &folioq->marks[2]);
}

/** folioq_unmark3 - take the third mark off the slot; atomic */
static inline void folioq_unmark3(struct folio_queue *folioq, unsigned int slot)
{
	clear_bit(slot, &folioq->marks[2]);
}

/** folioq_append - fill the next slot of a segment that isn't full; returns the slot's number */
static inline unsigned int folioq_append(struct folio_queue *folioq, struct folio *folio)
{
	unsigned int slot = folioq->count++;

	folioq->folios[slot] = folio;
	folioq->orders[slot] = folio_order(folio);
	return slot;
}

/** folioq_append_mark - folioq_append() and set the first mark */
static inline unsigned int folioq_append_mark(struct folio_queue *folioq, struct folio *folio)
{
	unsigned int slot = folioq_append(folioq, folio);

	folioq_mark(folioq, slot);
	return slot;
}

/** folioq_folio - the folio of a slot that was filled */
static inline struct folio *folioq_folio(const struct folio_queue *folioq, unsigned int slot)
{
	return folioq->folios[slot];
}

/** folioq_folio_order - the folio in that slot has 2^order pages */
static inline unsigned int folioq_folio_order(const struct folio_queue *folioq, unsigned int slot)
{
	return folioq->orders[slot];
}

/** folioq_folio_size - bytes of a slot's folio */
static inline size_t folioq_folio_size(const struct folio_queue *folioq, unsigned int slot)
{
	return PAGE_SIZE << folioq_folio_order(folioq, slot);
}

/** folioq_clear - take a folio out of its slot, and its marks; the count stays */
static inline void folioq_clear(struct folio_queue *folioq, unsigned int slot)
{
	folioq->folios[slot] = NULL;
	folioq_unmark(folioq, slot);
	folioq_unmark2(folioq, slot);
	folioq_unmark3(folioq, slot);
}

#endif /* _LINUX_FOLIO_QUEUE_H */
