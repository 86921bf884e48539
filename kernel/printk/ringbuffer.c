// SPDX-License-Identifier: MIT
/*
 * The log's ring: writers from any context, no lock.
 *
 * A record is a descriptor, desc[seq % desc_count], and text: whole units from a ring of units.
 * Two words rule everything. Each is a position:
 *
 *	63             24 23          0
 *	+----------------+------------+		seq counts records, unit counts units of
 *	|      seq       |    unit    |		text; both only grow (unit modulo 2^24).
 *	+----------------+------------+
 *
 *	head	what the next reservation gets
 *	tail	the oldest record that is still there
 *
 * Because seq is part of the word and never comes back, a compare-and-swap on head or tail
 * succeeds only if nothing at all happened in between.
 *
 * A descriptor's state word says which record it holds and how far that is:
 *
 *	63             24 23    19  18   17       2  1  0
 *	+----------------+--------+-----+----------+-----+
 *	|      seq       |        |final|  length  | st. |	1 reserved, 2 committed
 *	+----------------+--------+-----+----------+-----+
 *
 * Reserving (prb_reserve):
 *
 *	R1  while there is no room, push the tail past its record, if that is committed
 *	R2  compare-and-swap head forward: the descriptor and the units are now ours
 *	R3  state = (seq, reserved); fill in; write the text
 *	R4  state = (seq, committed, length), a release
 *
 * Between R2 and R4 nobody else writes the descriptor or the text, for to reserve them again the
 * tail would have to pass this record, and R1 refuses to pass one that isn't committed. A writer
 * that finds the ring full up to such a record (it stalled, or was interrupted by this one, for a
 * whole lap) drops its message: writers never wait, which is what makes them NMI-safe.
 *
 * Reading (prb_read):
 *
 *	L1  state, an acquire: is it (seq, committed)?
 *	L2  copy descriptor and text
 *	L3  read barrier; is the state the same, and tail still at or before seq?
 *
 *	writer (a later lap)			reader
 *	--------------------			------
 *						L1  committed, fine
 *	R1  tail past the record   ---+
 *	    (full barrier)	      |		L2  copies, perhaps already new bytes
 *	R3  writes over the text      |
 *						    smp_rmb()
 *				      +-------->L3  sees the new tail: the copy is void
 *
 * If L2 saw any byte from R3, then L3 sees at least the tail of R1, for the swap of the tail is
 * a full barrier before those writes and L3's barrier is after those reads.
 *
 * Going on with a line (prb_reopen, for KERN_CONT). The newest record, if it is its caller's and
 * not final, goes back from committed to reserved by compare-and-swap, grows (more units by a swap
 * of head that leaves seq alone: it fails if another record came in between), and is committed
 * again, longer. A reader takes a record that isn't final only once a newer one exists, since then
 * no reopening can succeed; if one begins all the same, L3 sees another state or length.
 */

#include "ringbuffer.h"

#include <linux/bug.h>
#include <linux/errno.h>
#include <linux/irqflags.h>
#include <linux/minmax.h>
#include <linux/string.h>

#define POS_UNIT_BITS	24
#define POS_UNIT_MASK	((1ULL << POS_UNIT_BITS) - 1)

#define ST_MASK		3ULL
#define ST_RESERVED	1ULL
#define ST_COMMITTED	2ULL
#define ST_LEN_SHIFT	2
#define ST_LEN_MASK	0xffffULL
#define ST_FINAL	(1ULL << 18)
#define ST_SEQ_SHIFT	24

static u64 pos_seq(u64 pos)
{
	return pos >> POS_UNIT_BITS;
}

static u32 pos_unit(u64 pos)
{
	return pos & POS_UNIT_MASK;
}

/* The position @records and @units further on. */
static u64 pos_advance(u64 pos, u32 records, u32 units)
{
	return ((pos_seq(pos) + records) << POS_UNIT_BITS) |
	       ((pos_unit(pos) + units) & POS_UNIT_MASK);
}

static u64 state_of(u64 seq, u32 len, u64 bits)
{
	return (seq << ST_SEQ_SHIFT) | ((u64)len << ST_LEN_SHIFT) | bits;
}

static u64 state_seq(u64 state)
{
	return state >> ST_SEQ_SHIFT;
}

static u32 state_len(u64 state)
{
	return (state >> ST_LEN_SHIFT) & ST_LEN_MASK;
}

static struct prb_desc *desc_of(struct printk_ringbuffer *rb, u64 seq)
{
	return &rb->descs[seq & (rb->desc_count - 1)];
}

static u32 units_for(u32 bytes)
{
	return (bytes + PRB_TEXT_UNIT - 1) / PRB_TEXT_UNIT;
}

/* Room between tail and head for one more descriptor and @units of text? */
static bool has_room(struct printk_ringbuffer *rb, u64 head, u64 tail, u32 records, u32 units)
{
	u32 used = (pos_unit(head) - pos_unit(tail)) & POS_UNIT_MASK;

	return pos_seq(head) + records - pos_seq(tail) <= rb->desc_count &&
	       used + units <= rb->unit_count;
}

/*
 * Move the tail past the record at @tail. False if that record is unfinished; true if the tail
 * is elsewhere now, whoever moved it.
 */
static bool push_tail(struct printk_ringbuffer *rb, u64 tail)
{
	struct prb_desc *desc = desc_of(rb, pos_seq(tail));
	u64 state = atomic64_read_acquire(&desc->state);
	u32 span = READ_ONCE(desc->span);

	if (state_seq(state) != pos_seq(tail) || (state & ST_MASK) != ST_COMMITTED)
		return (u64)atomic64_read(&rb->tail) != tail;

	/* Full barrier: before anybody writes over the record (partner: L3). */
	atomic64_cmpxchg(&rb->tail, tail, pos_advance(tail, 1, span));
	return true;
}

/* Make room after @head, or say that there is none. */
static bool make_room(struct printk_ringbuffer *rb, u64 head, u32 records, u32 units)
{
	for (;;) {
		u64 tail = atomic64_read(&rb->tail);

		if (has_room(rb, head, tail, records, units))
			return true;
		if (pos_seq(tail) >= pos_seq(head))
			return (u64)atomic64_read(&rb->head) != head; /* stale: try again */
		if (!push_tail(rb, tail))
			return false;
	}
}

/*
 * Text is one piece: if the ring's end is too near, skip to its start. Gives the first unit and
 * how many units that takes.
 */
static u32 place_text(struct printk_ringbuffer *rb, u64 head, u32 units, u32 *span)
{
	u32 at = pos_unit(head) & (rb->unit_count - 1);
	u32 left = rb->unit_count - at;

	if (units <= left) {
		*span = units;
		return at;
	}
	*span = left + units;
	return 0;
}

/**
 * prb_reserve() - get a record to write
 * @r: filled in: r->text takes r->size bytes
 * @rb: the ring
 * @size: bytes of text wanted, at most PRB_TEXT_MAX
 *
 * Interrupts are off from here to prb_commit(), so that a record isn't left open for long.
 *
 * Context: Any, NMI included.
 * Return: false if there is no room that could be freed; the failure is counted.
 */
bool prb_reserve(struct prb_reservation *r, struct printk_ringbuffer *rb, u32 size)
{
	u32 units = units_for(size), at, span;
	struct prb_desc *desc;
	u64 head;

	if (size > PRB_TEXT_MAX || units > rb->unit_count / 4)
		goto fail;

	raw_local_irq_save(r->flags);
	do {
		head = atomic64_read(&rb->head);
		at = place_text(rb, head, units, &span);
		if (!make_room(rb, head, 1, span))				/* R1 */
			goto fail_irq;
	} while ((u64)atomic64_cmpxchg(&rb->head, head,
				       pos_advance(head, 1, span)) != head);	/* R2 */

	desc = desc_of(rb, pos_seq(head));
	atomic64_set(&desc->state, state_of(pos_seq(head), 0, ST_RESERVED));	/* R3 */
	desc->text_unit = at;
	desc->units = units;
	WRITE_ONCE(desc->span, span);
	r->rb = rb;
	r->desc = desc;
	r->text = rb->text + at * PRB_TEXT_UNIT;
	r->size = units * PRB_TEXT_UNIT;
	r->seq = pos_seq(head);
	r->len = 0;
	return true;

fail_irq:
	raw_local_irq_restore(r->flags);
fail:
	atomic64_inc(&rb->failed);
	return false;
}

/* Give the reopened, newest record at least @units units in all. */
static bool grow_newest(struct printk_ringbuffer *rb, struct prb_desc *desc, u64 seq, u32 units)
{
	u64 head = atomic64_read(&rb->head);
	u32 more = units - desc->units;

	if (pos_seq(head) != seq + 1)
		return false;
	if (units <= desc->units)
		return true;
	if (desc->text_unit + units > rb->unit_count)
		return false;
	if (!make_room(rb, head, 0, more))
		return false;
	if ((u64)atomic64_cmpxchg(&rb->head, head, pos_advance(head, 0, more)) != head)
		return false;
	desc->units = units;
	WRITE_ONCE(desc->span, desc->span + more);
	return true;
}

/**
 * prb_reopen() - go on with the newest record
 * @r: filled in: r->len bytes are there, r->size fit
 * @rb: the ring
 * @caller_id: the record must be this caller's
 * @more: bytes to be added
 * @max: the record isn't to get longer than this
 *
 * Context: Any, NMI included. Interrupts off till prb_commit().
 * Return: false if there is no such record: reserve a new one.
 */
bool prb_reopen(struct prb_reservation *r, struct printk_ringbuffer *rb, u32 caller_id, u32 more,
		u32 max)
{
	u64 seq = pos_seq(atomic64_read(&rb->head)) - 1;
	struct prb_desc *desc = desc_of(rb, seq);
	u64 state = atomic64_read_acquire(&desc->state);
	u32 len = state_len(state);

	if (state_seq(state) != seq || (state & ST_MASK) != ST_COMMITTED || (state & ST_FINAL))
		return false;
	if (READ_ONCE(desc->caller_id) != caller_id || len + more > min_t(u32, max, PRB_TEXT_MAX))
		return false;

	raw_local_irq_save(r->flags);
	if ((u64)atomic64_cmpxchg(&desc->state, state, state_of(seq, len, ST_RESERVED)) != state)
		goto fail_irq;

	if (!grow_newest(rb, desc, seq, units_for(len + more))) {
		atomic64_set_release(&desc->state, state);
		goto fail_irq;
	}
	r->rb = rb;
	r->desc = desc;
	r->text = rb->text + desc->text_unit * PRB_TEXT_UNIT;
	r->size = units_for(len + more) * PRB_TEXT_UNIT;
	r->seq = seq;
	r->len = len;
	return true;

fail_irq:
	raw_local_irq_restore(r->flags);
	return false;
}

/**
 * prb_commit() - the record may be read
 * @r: from prb_reserve() or prb_reopen(), r->len updated
 * @final: nothing will be added
 */
void prb_commit(struct prb_reservation *r, bool final)
{
	u64 state = state_of(r->seq, r->len, ST_COMMITTED | (final ? ST_FINAL : 0));

	atomic64_set_release(&r->desc->state, state);				/* R4 */
	raw_local_irq_restore(r->flags);
}

/**
 * prb_read() - copy a record
 * @rb: the ring
 * @seq: which
 * @info: what is known of it; may be NULL
 * @buf: its text, not terminated; may be NULL
 * @size: of @buf; longer text is cut (info->text_len is the full length)
 *
 * Context: Any, NMI included.
 * Return: 0, or PRB_NOT_YET, or PRB_LOST.
 */
int prb_read(struct printk_ringbuffer *rb, u64 seq, struct printk_info *info, char *buf, u32 size)
{
	struct prb_desc *desc = desc_of(rb, seq);
	struct printk_info copy;
	u64 state, again;
	u32 unit;

	do {
		if (seq < prb_first_seq(rb))
			return PRB_LOST;
		state = atomic64_read_acquire(&desc->state);			/* L1 */
		if (state_seq(state) != seq || (state & ST_MASK) != ST_COMMITTED)
			return seq < prb_first_seq(rb) ? PRB_LOST : PRB_NOT_YET;
		if (!(state & ST_FINAL) && prb_next_seq(rb) == seq + 1)
			return PRB_NOT_YET;

		copy = (struct printk_info){					/* L2 */
			.seq = seq,
			.ts_nsec = desc->ts_nsec,
			.caller_id = desc->caller_id,
			.text_len = state_len(state),
			.facility = desc->facility,
			.level = desc->level,
			.newline = !!(state & ST_FINAL),
		};
		unit = READ_ONCE(desc->text_unit);
		if (buf && unit * PRB_TEXT_UNIT + copy.text_len <= rb->unit_count * PRB_TEXT_UNIT)
			memcpy(buf, rb->text + unit * PRB_TEXT_UNIT,
			       min_t(u32, size, copy.text_len));

		smp_rmb();							/* L3 */
		again = atomic64_read(&desc->state);
	} while (again != state || seq < prb_first_seq(rb));

	if (info)
		*info = copy;
	return 0;
}

/**
 * prb_first_seq() - the oldest record that is still there
 * @rb: the ring
 */
u64 prb_first_seq(struct printk_ringbuffer *rb)
{
	return pos_seq(atomic64_read(&rb->tail));
}

/**
 * prb_next_seq() - the number that the next record will get
 * @rb: the ring
 */
u64 prb_next_seq(struct printk_ringbuffer *rb)
{
	return pos_seq(atomic64_read(&rb->head));
}
