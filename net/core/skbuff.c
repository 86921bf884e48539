// SPDX-License-Identifier: MIT
/*
 * Message buffers: made, filled from a program's memory, emptied into another's, freed; and queues
 * of them. The head of <linux/skbuff.h> draws one.
 */

#include <linux/skbuff.h>

#include <linux/export.h>
#include <linux/gfp.h>
#include <linux/mm.h>
#include <linux/slab.h>
#include <linux/uio.h>
#include <net/sock.h>

static void free_pages_of(struct sk_buff *skb)
{
	while (skb->nr_pages)
		__free_page(skb->pages[--skb->nr_pages]);
}

/**
 * alloc_skb - an empty message with room for @len bytes
 * @len: of its data; may be 0
 * @gfp: GFP_KERNEL and its kin
 *
 * Return: the buffer, its bytes undefined: fill it before anybody reads; NULL without memory.
 */
struct sk_buff *alloc_skb(unsigned int len, gfp_t gfp)
{
	unsigned int i, nr = len <= SKB_INLINE_MAX ? 0 : DIV_ROUND_UP(len, PAGE_SIZE);
	struct sk_buff *skb;

	/* A table of pages may be larger than what slabs are good at. */
	skb = kvmalloc(nr ? struct_size(skb, pages, nr) : struct_size(skb, data, len), gfp);
	if (!skb)
		return NULL;
	memset(skb, 0, sizeof(*skb));
	INIT_LIST_HEAD(&skb->list);
	skb->len = len;
	for (i = 0; i < nr; i++) {
		skb->pages[i] = alloc_page(gfp);
		if (!skb->pages[i])
			goto err_free;
		skb->nr_pages++;
	}
	skb->truesize = SKB_HEAD_CHARGE + nr * PAGE_SIZE +
			kmalloc_size_roundup(ALIGN(nr ? 0 : len, 64) + SKB_TAIL_CHARGE);
	return skb;

err_free:
	free_pages_of(skb);
	kvfree(skb);
	return NULL;
}
EXPORT_SYMBOL(alloc_skb);

/**
 * kfree_skb - free a message that is in no queue
 * @skb: the message, or NULL
 *
 * Context: may sleep if the destructor does; no lock of a socket is held.
 */
void kfree_skb(struct sk_buff *skb)
{
	if (!skb)
		return;
	WARN_ON_ONCE(!list_empty(&skb->list));
	if (skb->destructor)
		skb->destructor(skb);
	free_pages_of(skb);
	kvfree(skb);
}
EXPORT_SYMBOL(kfree_skb);

/* ---- copying ---- */

/**
 * skb_copy_from_iter - fill the first @len bytes
 * @skb: a message of ours
 * @len: at most what it has room for
 * @from: the source; moves
 *
 * Context: may sleep.
 * Return: 0; -EFAULT: some of it can't be read.
 */
int skb_copy_from_iter(struct sk_buff *skb, unsigned int len, struct iov_iter *from)
{
	unsigned int i;

	if (!skb->nr_pages)
		return copy_from_iter_full(skb->data, len, from) ? 0 : -EFAULT;
	for (i = 0; len; i++) {
		unsigned int here = min_t(unsigned int, len, PAGE_SIZE);

		if (copy_page_from_iter(skb->pages[i], 0, here, from) != here)
			return -EFAULT;
		len -= here;
	}
	return 0;
}
EXPORT_SYMBOL(skb_copy_from_iter);

/**
 * skb_copy_datagram_iter - copy bytes of a message out
 * @skb: nobody frees it meanwhile
 * @offset: first byte
 * @to: the destination; moves, and back to where it was after a failure
 * @len: how many; the message has them
 *
 * Context: may sleep.
 * Return: 0, -EFAULT.
 */
int skb_copy_datagram_iter(const struct sk_buff *skb, unsigned int offset, struct iov_iter *to,
			   unsigned int len)
{
	unsigned int done = 0;

	if (!skb->nr_pages)
		return copy_to_iter_full(skb->data + offset, len, to) ? 0 : -EFAULT;
	while (done < len) {
		unsigned int at = offset + done, in_page = offset_in_page(at);
		unsigned int here = min_t(unsigned int, len - done, PAGE_SIZE - in_page);
		unsigned int n = copy_page_to_iter(skb->pages[at / PAGE_SIZE], in_page, here, to);

		done += n;
		if (n != here) {
			iov_iter_revert(to, done);
			return -EFAULT;
		}
	}
	return 0;
}
EXPORT_SYMBOL(skb_copy_datagram_iter);

/* ---- queues ---- */

/** skb_queue_tail - append a message. Context: task; takes the queue's lock */
void skb_queue_tail(struct sk_buff_head *queue, struct sk_buff *skb)
{
	spin_lock(&queue->lock);
	__skb_queue_tail(queue, skb);
	spin_unlock(&queue->lock);
}
EXPORT_SYMBOL(skb_queue_tail);

/** skb_dequeue - take the oldest; NULL: there is none */
struct sk_buff *skb_dequeue(struct sk_buff_head *queue)
{
	u32 seen;

	return skb_dequeue_seen(queue, &seen);
}
EXPORT_SYMBOL(skb_dequeue);

/** skb_dequeue_seen - skb_dequeue(), and how many had come by then: what to wait beyond */
struct sk_buff *skb_dequeue_seen(struct sk_buff_head *queue, u32 *seen)
{
	struct sk_buff *skb;

	spin_lock(&queue->lock);
	*seen = queue->added;
	skb = skb_peek(queue);
	if (skb)
		__skb_unlink(skb, queue);
	spin_unlock(&queue->lock);
	return skb;
}
EXPORT_SYMBOL(skb_dequeue_seen);

/**
 * skb_unlink - take a message out of the middle of its queue. Context: task; takes the queue's lock
 */
void skb_unlink(struct sk_buff *skb, struct sk_buff_head *queue)
{
	spin_lock(&queue->lock);
	__skb_unlink(skb, queue);
	spin_unlock(&queue->lock);
}
EXPORT_SYMBOL(skb_unlink);

/** skb_queue_purge - free all; Context: as kfree_skb() */
void skb_queue_purge(struct sk_buff_head *queue)
{
	struct sk_buff *skb;

	while ((skb = skb_dequeue(queue)))
		kfree_skb(skb);
}
EXPORT_SYMBOL(skb_queue_purge);
