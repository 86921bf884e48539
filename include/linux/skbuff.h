/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_SKBUFF_H
#define _LINUX_SKBUFF_H

/*
 * struct sk_buff: one message, or a piece of a stream, from its sender to its reader.
 *
 * A small one keeps its bytes behind the struct, in the same allocation; a large one has a table of
 * pages there instead. Readers take from the front: `consumed` tells how far they got.
 *
 *	| struct sk_buff | bytes ...........	|		len <= SKB_INLINE_MAX
 *	| struct sk_buff | page * | page * | ...|		else
 *
 * Each is charged to its sender's sk_wmem_alloc by its truesize, what it costs in memory, until it
 * is freed: whoever reads makes room for whoever writes.
 *
 * A buffer belongs to the one who made it, then to the queue it is in, then to the one who took it
 * out. While it is in a queue its fields are guarded by what guards the queue's readers.
 */

#include <linux/ktime.h>
#include <linux/list.h>
#include <linux/spinlock.h>
#include <linux/types.h>

struct iov_iter;
struct page;
struct sock;

/* Together with the struct's own size they fill an allocation of two KiB. */
#define SKB_INLINE_MAX	1792U

/*
 * What Linux's buffers of the same message cost: a head of 256 bytes, and 320 behind the data. We
 * charge the same, so that a program finds as much room in a socket as it does there.
 */
#define SKB_HEAD_CHARGE	256U
#define SKB_TAIL_CHARGE	320U

/**
 * struct sk_buff - one message
 * @list: in the queue, or empty
 * @sk: the sender, with a reference; for a connection to be accepted: the new socket
 * @destructor: called first when it is freed, if set
 * @tstamp: when it was sent, in real time
 * @len: bytes in it
 * @consumed: of these, taken by readers; the readers' lock
 * @truesize: what it is charged for
 * @nr_pages: entries of @pages; 0: the bytes are inline
 * @cb: the family's own
 */
struct sk_buff {
	struct list_head list;
	struct sock *sk;
	void (*destructor)(struct sk_buff *skb);
	ktime_t tstamp;
	unsigned int len;
	unsigned int consumed;
	unsigned int truesize;
	unsigned int nr_pages;
	char cb[48] __aligned(8);
	union {
		DECLARE_FLEX_ARRAY(unsigned char, data);
		DECLARE_FLEX_ARRAY(struct page *, pages);
	};
};

/**
 * struct sk_buff_head - a queue of messages
 * @list: oldest first; @lock
 * @qlen: how many; @lock to change
 * @added: how many ever came, modulo 2^32: who waits for a new one compares it; @lock to change
 * @lock: innermost of the sockets' locks, taken with interrupts on
 */
struct sk_buff_head {
	struct list_head list;
	__u32 qlen;
	__u32 added;
	spinlock_t lock;
};

/** skb_queue_head_init() - an empty queue */
static inline void skb_queue_head_init(struct sk_buff_head *queue)
{
	INIT_LIST_HEAD(&queue->list);
	queue->qlen = 0;
	queue->added = 0;
	spin_lock_init(&queue->lock);
}

/** skb_queue_len_lockless() - how many messages there are, without the lock: a hint */
static inline __u32 skb_queue_len_lockless(const struct sk_buff_head *queue)
{
	return READ_ONCE(queue->qlen);
}

#define skb_queue_len(queue)	skb_queue_len_lockless(queue)

/** skb_queue_empty_lockless() - is there no message? Without the lock: a hint */
static inline bool skb_queue_empty_lockless(const struct sk_buff_head *queue)
{
	return !skb_queue_len_lockless(queue);
}

#define skb_queue_empty(queue)	skb_queue_empty_lockless(queue)

/**
 * skb_peek() - the oldest, which stays; NULL
 *
 * Context: the queue's lock, or nobody takes from it.
 */
static inline struct sk_buff *skb_peek(struct sk_buff_head *queue)
{
	return list_first_entry_or_null(&queue->list, struct sk_buff, list);
}

/** skb_peek_tail() - the newest, which stays; NULL. Context: as skb_peek() */
static inline struct sk_buff *skb_peek_tail(struct sk_buff_head *queue)
{
	return list_empty(&queue->list) ? NULL :
	       list_last_entry(&queue->list, struct sk_buff, list);
}

/** skb_peek_next() - the one after @skb; NULL. Context: as skb_peek() */
static inline struct sk_buff *skb_peek_next(struct sk_buff *skb,
					    const struct sk_buff_head *queue)
{
	return list_is_last(&skb->list, &queue->list) ? NULL : list_next_entry(skb, list);
}

#define skb_queue_walk(queue, skb)	list_for_each_entry(skb, &(queue)->list, list)

/** __skb_queue_tail() - append a message. Context: the queue's lock */
static inline void __skb_queue_tail(struct sk_buff_head *queue, struct sk_buff *skb)
{
	list_add_tail(&skb->list, &queue->list);
	WRITE_ONCE(queue->qlen, queue->qlen + 1);
	WRITE_ONCE(queue->added, queue->added + 1);
}

/** __skb_unlink() - take a message out. Context: the queue's lock */
static inline void __skb_unlink(struct sk_buff *skb, struct sk_buff_head *queue)
{
	list_del_init(&skb->list);
	WRITE_ONCE(queue->qlen, queue->qlen - 1);
}

struct sk_buff *alloc_skb(unsigned int len, gfp_t gfp);
void kfree_skb(struct sk_buff *skb);
#define consume_skb(skb)	kfree_skb(skb)
int skb_copy_from_iter(struct sk_buff *skb, unsigned int len, struct iov_iter *from);
int skb_copy_datagram_iter(const struct sk_buff *skb, unsigned int offset, struct iov_iter *to,
			   unsigned int len);
void skb_queue_tail(struct sk_buff_head *queue, struct sk_buff *skb);
struct sk_buff *skb_dequeue(struct sk_buff_head *queue);
struct sk_buff *skb_dequeue_seen(struct sk_buff_head *queue, u32 *seen);
void skb_unlink(struct sk_buff *skb, struct sk_buff_head *queue);
void skb_queue_purge(struct sk_buff_head *queue);

/** skb_left() - bytes that were not read yet */
static inline unsigned int skb_left(const struct sk_buff *skb)
{
	return skb->len - READ_ONCE(skb->consumed);
}

#endif /* _LINUX_SKBUFF_H */
