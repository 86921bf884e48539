/* SPDX-License-Identifier: MIT */
#ifndef _PRINTK_RINGBUFFER_H
#define _PRINTK_RINGBUFFER_H

/*
 * The log: a ring that many writers fill without a lock and many readers follow without
 * disturbing them. How and why it holds is drawn in ringbuffer.c.
 *
 *	writers		any context, NMI included; never wait. A reservation may fail: the
 *			message is dropped and counted.
 *	readers		any context; a reader that is overtaken is told so.
 */

#include <linux/atomic.h>
#include <linux/types.h>

#define PRB_TEXT_UNIT		16	/* bytes that text is given out in */
#define PRB_TEXT_MAX		4096	/* longest record's text */

/* What is known of a message beside its text. */
struct printk_info {
	u64	seq;
	u64	ts_nsec;
	u32	caller_id;	/* task's pid, or CPU | PRINTK_CALLER_CPU */
	u16	text_len;
	u8	facility;
	u8	level:3;
	u8	newline:1;	/* ended with one: complete */
};

#define PRINTK_CALLER_CPU	0x80000000U

/* One place for a record's data; see the state word in ringbuffer.c. */
struct prb_desc {
	atomic64_t	state;
	u64		ts_nsec;	/* these: written by the reserver, read while committed */
	u32		caller_id;
	u32		text_unit;	/* where the text begins, in units from the ring's start */
	u32		units;		/* units of text from there on */
	u32		span;		/* units that it takes from the ring, padding included */
	u8		facility;
	u8		level;
};

struct printk_ringbuffer {
	struct prb_desc	*descs;
	char		*text;
	u32		desc_count;	/* both powers of two; units at most 2^23 */
	u32		unit_count;
	atomic64_t	head;		/* position of the next reservation */
	atomic64_t	tail;		/* position of the oldest record */
	atomic64_t	failed;		/* reservations refused */
};

/* A writer's hold on one record, from reserve (or reopen) to commit. */
struct prb_reservation {
	struct printk_ringbuffer *rb;
	struct prb_desc	*desc;
	char		*text;		/* write up to size bytes */
	u32		size;
	u64		seq;
	u32		len;		/* in: text there already (reopen); out: all there is */
	unsigned long	flags;		/* interrupt flag */
};

bool prb_reserve(struct prb_reservation *r, struct printk_ringbuffer *rb, u32 size);
bool prb_reopen(struct prb_reservation *r, struct printk_ringbuffer *rb, u32 caller_id, u32 more,
		u32 max);
void prb_commit(struct prb_reservation *r, bool final);

/* prb_read()'s results beside zero. */
#define PRB_NOT_YET	(-EAGAIN)	/* not written, or not finished */
#define PRB_LOST	(-ENOENT)	/* overwritten: go on from prb_first_seq() */

int prb_read(struct printk_ringbuffer *rb, u64 seq, struct printk_info *info, char *buf, u32 size);
u64 prb_first_seq(struct printk_ringbuffer *rb);
u64 prb_next_seq(struct printk_ringbuffer *rb);

/**
 * DEFINE_PRINTKRB() - a ring in static memory
 * @name: the ring
 * @descbits: log2 of the number of records
 * @textbits: log2 of the bytes of text
 */
#define DEFINE_PRINTKRB(name, descbits, textbits)			\
static struct prb_desc name##_descs[1U << (descbits)];			\
static char name##_text[1U << (textbits)] __aligned(PRB_TEXT_UNIT);	\
static struct printk_ringbuffer name = {				\
	.descs		= name##_descs,					\
	.text		= name##_text,					\
	.desc_count	= 1U << (descbits),				\
	.unit_count	= (1U << (textbits)) / PRB_TEXT_UNIT,		\
	.head		= ATOMIC64_INIT(1LL << 24),			\
	.tail		= ATOMIC64_INIT(1LL << 24),			\
}

#endif /* _PRINTK_RINGBUFFER_H */
