// SPDX-License-Identifier: MIT
/*
 * Received bytes, from a driver's interrupt to the line discipline, which may sleep.
 *
 *	driver, any context			worker (buf->work)
 *	tty_insert_flip_*()			flush_to_ldisc()
 *	  producer_lock: append to		  buf->lock held: one consumer
 *	  the newest block			  producer_lock: how much is in the oldest block?
 *	tty_flip_buffer_push()			  ldisc->receive_buf2(those)	no lock of ours
 *	  queue the work			  producer_lock: so many are consumed;
 *						  free the block when it is used up
 *
 * A byte in a block doesn't change once it counts as used, so the consumer reads without the lock.
 * If the discipline takes nothing the worker ends; who makes room there calls
 * tty_buffer_restart_work(). Beyond mem_limit bytes are refused, and the driver counts them lost.
 *
 * Lock order: buf->lock > ldisc_sem > what the discipline takes; producer_lock is innermost.
 */

#include <linux/tty_flip.h>

#include <linux/errno.h>
#include <linux/export.h>
#include <linux/minmax.h>
#include <linux/sched.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/tty.h>

#include "tty.h"

#define TTYB_MIN_BLOCK		256
#define TTYB_DEFAULT_LIMIT	(640 * 1024)

struct tty_buffer {
	struct tty_buffer *next;
	unsigned int size;	/* c */
	unsigned int used;	/* producer_lock */
	unsigned int read;	/* the consumer's */
	bool has_flags;		/* c: a byte of flags for each, behind the data */
	u8 data[];
};

static u8 *block_flags(struct tty_buffer *b)
{
	return b->data + b->size;
}

static size_t block_mem(size_t size, bool flags)
{
	return size * (1 + flags);
}

/* The newest block, with room for at least one byte of this kind. producer_lock is held. */
static struct tty_buffer *block_for(struct tty_bufhead *buf, size_t wanted, bool flags)
{
	struct tty_buffer *b = buf->tail;
	size_t size, room;

	if (b && b->used < b->size && (b->has_flags || !flags))
		return b;
	/* A smaller one, if the limit is near: as much as tty_buffer_space_avail() promises. */
	room = (buf->mem_limit - min(buf->mem_used, buf->mem_limit)) / block_mem(1, flags);
	if (room < TTYB_MIN_BLOCK)
		return NULL;
	size = clamp_t(size_t, wanted, TTYB_MIN_BLOCK, PAGE_SIZE / 2 - sizeof(*b));
	size = min(size, room);
	b = kmalloc(sizeof(*b) + block_mem(size, flags), GFP_ATOMIC | __GFP_NOWARN);
	if (!b)
		return NULL;
	b->next = NULL;
	b->size = size;
	b->used = b->read = 0;
	b->has_flags = flags;
	buf->mem_used += block_mem(size, flags);
	if (buf->tail)
		buf->tail->next = b;
	else
		buf->head = b;
	buf->tail = b;
	return b;
}

static size_t insert(struct tty_port *port, const u8 *chars, const u8 *flags, u8 flag, size_t size)
{
	struct tty_bufhead *buf = &port->buf;
	bool need_flags = flags || flag != TTY_NORMAL;
	unsigned long irqflags;
	size_t done = 0;

	spin_lock_irqsave(&buf->producer_lock, irqflags);
	while (done < size) {
		struct tty_buffer *b = block_for(buf, size - done, need_flags);
		size_t n;

		if (!b)
			break;
		n = min_t(size_t, size - done, b->size - b->used);
		memcpy(b->data + b->used, chars + done, n);
		if (b->has_flags && flags)
			memcpy(block_flags(b) + b->used, flags + done, n);
		else if (b->has_flags)
			memset(block_flags(b) + b->used, flag, n);
		b->used += n;
		done += n;
	}
	spin_unlock_irqrestore(&buf->producer_lock, irqflags);
	return done;
}

/**
 * tty_insert_flip_string_fixed_flag - add received bytes that share a flag
 * @port: where they came
 * @chars: the bytes
 * @flag: TTY_NORMAL, TTY_BREAK ...
 * @size: how many
 *
 * Context: any but NMI.
 * Return: how many there was room for.
 */
size_t tty_insert_flip_string_fixed_flag(struct tty_port *port, const u8 *chars, u8 flag,
					 size_t size)
{
	return insert(port, chars, NULL, flag, size);
}
EXPORT_SYMBOL(tty_insert_flip_string_fixed_flag);

/** tty_insert_flip_string_flags - the same with a flag for each byte */
size_t tty_insert_flip_string_flags(struct tty_port *port, const u8 *chars, const u8 *flags,
				    size_t size)
{
	return insert(port, chars, flags, TTY_NORMAL, size);
}
EXPORT_SYMBOL(tty_insert_flip_string_flags);

/** tty_flip_buffer_push - have what was inserted handed on. Context: any but NMI. */
void tty_flip_buffer_push(struct tty_port *port)
{
	queue_work(system_unbound_wq, &port->buf.work);
}
EXPORT_SYMBOL(tty_flip_buffer_push);

/** tty_insert_flip_string_and_push_buffer - both; how many there was room for */
int tty_insert_flip_string_and_push_buffer(struct tty_port *port, const u8 *chars, size_t cnt)
{
	size_t done = insert(port, chars, NULL, TTY_NORMAL, cnt);

	if (done)
		tty_flip_buffer_push(port);
	return done;
}

/** tty_buffer_space_avail - bytes that would surely be taken */
unsigned int tty_buffer_space_avail(struct tty_port *port)
{
	struct tty_bufhead *buf = &port->buf;
	unsigned long flags;
	unsigned int space;

	spin_lock_irqsave(&buf->producer_lock, flags);
	space = buf->mem_limit > buf->mem_used ? buf->mem_limit - buf->mem_used : 0;
	/* Whole blocks only. */
	space = space < TTYB_MIN_BLOCK ? 0 : space;
	if (buf->tail)
		space += buf->tail->size - buf->tail->used;
	spin_unlock_irqrestore(&buf->producer_lock, flags);
	return space;
}
EXPORT_SYMBOL_GPL(tty_buffer_space_avail);

/** tty_buffer_set_limit - how many bytes may wait: 0, -EINVAL */
int tty_buffer_set_limit(struct tty_port *port, int limit)
{
	if (limit < TTYB_MIN_BLOCK)
		return -EINVAL;
	port->buf.mem_limit = limit;
	return 0;
}
EXPORT_SYMBOL_GPL(tty_buffer_set_limit);

/* ---- the consumer ---- */

/* Bytes of the oldest block that wait, after used-up blocks were freed. */
static unsigned int next_piece(struct tty_bufhead *buf, struct tty_buffer **piece)
{
	struct tty_buffer *b, *old = NULL;
	unsigned int count = 0;
	unsigned long flags;

	for (;;) {
		spin_lock_irqsave(&buf->producer_lock, flags);
		b = buf->head;
		if (b)
			count = b->used - b->read;
		if (b && !count && b->next) {
			buf->head = b->next;
			buf->mem_used -= block_mem(b->size, b->has_flags);
			old = b;
		} else if (b && !count) {
			b->used = b->read = 0;	/* the only one: use it again */
		}
		spin_unlock_irqrestore(&buf->producer_lock, flags);
		if (!old)
			break;
		kfree(old);
		old = NULL;
	}
	*piece = b;
	return b ? count : 0;
}

/* How many of these the discipline takes. None while there is no terminal to read them. */
static size_t receive(struct tty_port *port, struct tty_buffer *b, size_t count)
{
	struct tty_struct *tty = READ_ONCE(port->itty);
	const u8 *fp = b->has_flags ? block_flags(b) + b->read : NULL;
	struct tty_ldisc *ld;
	size_t done;

	if (!tty)
		return 0;
	ld = tty_ldisc_ref(tty);
	if (!ld)
		return 0;
	done = ld->ops->receive_buf2(tty, b->data + b->read, fp, count);
	tty_ldisc_deref(ld);
	return done;
}

static void flush_to_ldisc(struct work_struct *work)
{
	struct tty_port *port = container_of(work, struct tty_port, buf.work);
	struct tty_bufhead *buf = &port->buf;
	struct tty_struct *tty;
	bool any = false;

	mutex_lock(&buf->lock);
	for (;;) {
		struct tty_buffer *b;
		size_t count = next_piece(buf, &b), done;

		if (!count)
			break;
		done = receive(port, b, count);
		if (!done)
			break;
		b->read += done;
		any = true;
		cond_resched();
	}
	mutex_unlock(&buf->lock);
	/*
	 * Of a pty it is the other side that has room now. Both sides stay until this work has
	 * ended: release_tty() waits for it.
	 */
	tty = READ_ONCE(port->itty);
	if (any && tty && tty->link)
		tty_wakeup(tty->link);
}

/* ---- life ---- */

void tty_buffer_init(struct tty_port *port)
{
	struct tty_bufhead *buf = &port->buf;

	mutex_init(&buf->lock);
	spin_lock_init(&buf->producer_lock);
	buf->head = buf->tail = NULL;
	buf->mem_used = 0;
	buf->mem_limit = TTYB_DEFAULT_LIMIT;
	INIT_WORK(&buf->work, flush_to_ldisc);
}

/* Nobody produces or consumes any more. */
void tty_buffer_free_all(struct tty_port *port)
{
	struct tty_bufhead *buf = &port->buf;
	struct tty_buffer *b;

	while ((b = buf->head)) {
		buf->head = b->next;
		kfree(b);
	}
	buf->tail = NULL;
	buf->mem_used = 0;
}

/**
 * tty_buffer_flush - forget what waits here, and in the line discipline
 * @tty: whose port
 * @ld: its discipline, or NULL
 *
 * Context: may sleep.
 */
void tty_buffer_flush(struct tty_struct *tty, struct tty_ldisc *ld)
{
	struct tty_bufhead *buf = &tty->port->buf;
	struct tty_buffer *b, *next;
	unsigned long flags;

	mutex_lock(&buf->lock);		/* the consumer is out */
	spin_lock_irqsave(&buf->producer_lock, flags);
	b = buf->head;
	buf->head = buf->tail = NULL;
	buf->mem_used = 0;
	spin_unlock_irqrestore(&buf->producer_lock, flags);
	for (; b; b = next) {
		next = b->next;
		kfree(b);
	}
	if (ld && ld->ops->flush_buffer)
		ld->ops->flush_buffer(tty);
	mutex_unlock(&buf->lock);
}

/** tty_buffer_flush_work - what was pushed so far is with the discipline (if it had room) */
void tty_buffer_flush_work(struct tty_port *port)
{
	flush_work(&port->buf.work);
}

bool tty_buffer_restart_work(struct tty_port *port)
{
	return queue_work(system_unbound_wq, &port->buf.work);
}

bool tty_buffer_cancel_work(struct tty_port *port)
{
	return cancel_work_sync(&port->buf.work);
}
