/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_TTY_BUFFER_H
#define _LINUX_TTY_BUFFER_H

/* Bytes on their way from a port to its line discipline: drivers/tty/tty_buffer.c. */

#include <linux/list.h>
#include <linux/mutex.h>
#include <linux/spinlock.h>
#include <linux/types.h>
#include <linux/workqueue.h>

/* What is wrong with a byte. */
#define TTY_NORMAL	0
#define TTY_BREAK	1
#define TTY_FRAME	2
#define TTY_PARITY	3
#define TTY_OVERRUN	4

struct tty_buffer;

/**
 * struct tty_bufhead - a port's queue of received bytes
 * @work: hands them to the line discipline
 * @lock: the one who takes bytes out holds it
 * @producer_lock: guards what follows
 * @head: oldest block
 * @tail: newest, written to; the same as @head if there is one
 * @mem_used: bytes of blocks
 * @mem_limit: no more than these
 */
struct tty_bufhead {
	struct work_struct work;
	struct mutex lock;
	spinlock_t producer_lock;
	struct tty_buffer *head;
	struct tty_buffer *tail;
	size_t mem_used;
	size_t mem_limit;
};

#endif /* _LINUX_TTY_BUFFER_H */
