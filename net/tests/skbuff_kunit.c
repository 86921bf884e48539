// SPDX-License-Identifier: MIT
/* Message buffers: bytes in and out at every size, queues, and what they cost. */

#include <kunit/test.h>

#include <linux/sizes.h>
#include <linux/skbuff.h>
#include <linux/slab.h>
#include <linux/uio.h>

#define LARGEST	(3 * PAGE_SIZE + 17)

static unsigned char *pattern, *result;

static int skbuff_init(struct kunit *test)
{
	unsigned int i;

	pattern = kunit_kmalloc(test, LARGEST, GFP_KERNEL);
	result = kunit_kzalloc(test, LARGEST, GFP_KERNEL);
	KUNIT_ASSERT_NOT_NULL(test, pattern);
	KUNIT_ASSERT_NOT_NULL(test, result);
	for (i = 0; i < LARGEST; i++)
		pattern[i] = i * 5 + (i >> 8);
	return 0;
}

static struct sk_buff *filled(struct kunit *test, unsigned int len)
{
	struct kvec vec = { pattern, len };
	struct sk_buff *skb = alloc_skb(len, GFP_KERNEL);
	struct iov_iter from;

	KUNIT_ASSERT_NOT_NULL(test, skb);
	iov_iter_kvec(&from, ITER_SOURCE, &vec, 1, len);
	KUNIT_ASSERT_EQ(test, skb_copy_from_iter(skb, len, &from), 0);
	return skb;
}

static int copy_out(struct sk_buff *skb, unsigned int offset, unsigned int len)
{
	struct kvec vec = { result, len };
	struct iov_iter to;

	iov_iter_kvec(&to, ITER_DEST, &vec, 1, len);
	return skb_copy_datagram_iter(skb, offset, &to, len);
}

static void any_part_comes_out_as_it_went_in(struct kunit *test)
{
	static const unsigned int sizes[] = {
		1, 64, SKB_INLINE_MAX, SKB_INLINE_MAX + 1, PAGE_SIZE, PAGE_SIZE + 1, LARGEST,
	};
	unsigned int i, offset, len;
	struct sk_buff *skb;

	for (i = 0; i < ARRAY_SIZE(sizes); i++) {
		skb = filled(test, sizes[i]);
		for (offset = 0; offset < sizes[i]; offset += 1 + sizes[i] / 7) {
			len = sizes[i] - offset;
			KUNIT_ASSERT_EQ(test, copy_out(skb, offset, len), 0);
			KUNIT_ASSERT_EQ(test, memcmp(result, pattern + offset, len), 0);
			KUNIT_ASSERT_EQ(test, copy_out(skb, offset, len / 2), 0);
		}
		kfree_skb(skb);
	}
}

static void an_empty_message_is_one(struct kunit *test)
{
	struct sk_buff *skb = filled(test, 0);

	KUNIT_EXPECT_EQ(test, copy_out(skb, 0, 0), 0);
	KUNIT_EXPECT_EQ(test, skb_left(skb), 0);
	kfree_skb(skb);
}

static void the_charge_is_what_linux_charges(struct kunit *test)
{
	struct sk_buff *skb = alloc_skb(1, GFP_KERNEL);

	KUNIT_EXPECT_EQ(test, skb->truesize, 768);
	kfree_skb(skb);
	skb = alloc_skb(2 * PAGE_SIZE, GFP_KERNEL);
	KUNIT_EXPECT_EQ(test, skb->truesize, 2 * PAGE_SIZE + 768);
	kfree_skb(skb);
}

static void too_little_room_moves_nothing(struct kunit *test)
{
	struct sk_buff *skb = filled(test, LARGEST);
	struct kvec vec = { result, LARGEST - 1 };
	struct iov_iter to;

	iov_iter_kvec(&to, ITER_DEST, &vec, 1, LARGEST - 1);
	KUNIT_EXPECT_EQ(test, skb_copy_datagram_iter(skb, 0, &to, LARGEST), -EFAULT);
	KUNIT_EXPECT_EQ(test, iov_iter_count(&to), LARGEST - 1);
	kfree_skb(skb);
}

static int destroyed;

static void count_destroyed(struct sk_buff *skb)
{
	destroyed++;
}

static void a_queue_keeps_the_order(struct kunit *test)
{
	struct sk_buff_head queue;
	struct sk_buff *skb;
	unsigned int i;
	u32 seen;

	skb_queue_head_init(&queue);
	for (i = 1; i <= 5; i++) {
		skb = alloc_skb(i, GFP_KERNEL);
		skb->destructor = count_destroyed;
		skb_queue_tail(&queue, skb);
	}
	KUNIT_EXPECT_EQ(test, skb_queue_len(&queue), 5);
	skb = skb_dequeue_seen(&queue, &seen);
	KUNIT_EXPECT_EQ(test, skb->len, 1);
	KUNIT_EXPECT_EQ(test, seen, 5);
	destroyed = 0;
	kfree_skb(skb);
	KUNIT_EXPECT_EQ(test, destroyed, 1);
	skb = skb_peek_next(skb_peek(&queue), &queue);
	KUNIT_EXPECT_EQ(test, skb->len, 3);
	skb_unlink(skb, &queue);
	kfree_skb(skb);
	KUNIT_EXPECT_EQ(test, skb_peek_tail(&queue)->len, 5);
	skb_queue_purge(&queue);
	KUNIT_EXPECT_EQ(test, destroyed, 5);
	KUNIT_EXPECT_TRUE(test, skb_queue_empty(&queue));
	KUNIT_EXPECT_NULL(test, skb_dequeue(&queue));
}

static struct kunit_case skbuff_cases[] = {
	KUNIT_CASE(any_part_comes_out_as_it_went_in),
	KUNIT_CASE(an_empty_message_is_one),
	KUNIT_CASE(the_charge_is_what_linux_charges),
	KUNIT_CASE(too_little_room_moves_nothing),
	KUNIT_CASE(a_queue_keeps_the_order),
	{}
};

static struct kunit_suite skbuff_suite = {
	.name = "skbuff",
	.init = skbuff_init,
	.test_cases = skbuff_cases,
};
kunit_test_suite(skbuff_suite);
