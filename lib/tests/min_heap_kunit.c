// SPDX-License-Identifier: MIT
/*
 * Tests of <linux/min_heap.h>: every call against a sorted array, with both ways to exchange
 * elements.
 */

#include <kunit/test.h>

#include <linux/min_heap.h>
#include <linux/minmax.h>
#include <linux/prandom.h>

#define ROOM 100

struct thing {
	int key;
	char pad[5];
};

MIN_HEAP_PREALLOCATED(struct thing, thing_heap, ROOM);
DEFINE_MIN_HEAP(int, int_heap);

static bool thing_less(const void *l, const void *r, void *args)
{
	int sign = args ? *(int *)args : 1;

	return sign * ((const struct thing *)l)->key < sign * ((const struct thing *)r)->key;
}

static void thing_swap(void *l, void *r, void *args)
{
	(void)args;
	swap(*(struct thing *)l, *(struct thing *)r);
}

static const struct min_heap_callbacks with_swap = { thing_less, thing_swap };
static const struct min_heap_callbacks without_swap = { thing_less, NULL };

static bool int_less(const void *l, const void *r, void *args)
{
	(void)args;
	return *(const int *)l < *(const int *)r;
}

static const struct min_heap_callbacks ints = { int_less, NULL };

static struct thing_heap heap;

static bool is_heap(void)
{
	size_t i;

	for (i = 1; i < heap.nr; i++)
		if (heap.data[i].key < heap.data[(i - 1) / 2].key)
			return false;
	return true;
}

static void calls_agree_with_a_counting_model(struct kunit *test)
{
	const struct min_heap_callbacks *func = &without_swap;
	unsigned int count[64] = { 0 }, step, bad = 0;
	struct rnd_state rnd;

	min_heap_init(&heap, NULL, ROOM);
	prandom_seed_state(&rnd, 5);
	for (step = 0; step < 4000; step++) {
		struct thing t = { .key = prandom_u32_state(&rnd) % 64 };
		unsigned int least = 0, idx;

		while (least < 64 && !count[least])
			least++;
		bad += heap.nr ? min_heap_peek(&heap)->key != (int)least : !!min_heap_peek(&heap);
		bad += min_heap_full(&heap) != (heap.nr == ROOM);
		switch (prandom_u32_state(&rnd) % 5) {
		case 0:
		case 1:
			if (min_heap_full(&heap))
				break;
			bad += !min_heap_push(&heap, &t, func, NULL);
			count[t.key]++;
			break;
		case 2:
			if (!heap.nr)
				break;
			bad += !min_heap_pop(&heap, func, NULL);
			count[least]--;
			break;
		case 3:
			if (!heap.nr)
				break;
			min_heap_pop_push(&heap, &t, func, NULL);
			count[least]--;
			count[t.key]++;
			break;
		default:
			if (!heap.nr)
				break;
			idx = prandom_u32_state(&rnd) % heap.nr;
			count[heap.data[idx].key]--;
			bad += !min_heap_del(&heap, idx, func, NULL);
		}
		bad += !is_heap();
		func = step % 2 ? &with_swap : &without_swap;
	}
	KUNIT_EXPECT_EQ(test, bad, 0U);
}

static void any_array_becomes_a_heap(struct kunit *test)
{
	int data[20], n, i, last;
	struct int_heap h;
	struct rnd_state rnd;

	prandom_seed_state(&rnd, 6);
	for (n = 0; n <= 20; n++) {
		min_heap_init(&h, data, 20);
		KUNIT_EXPECT_PTR_EQ(test, h.data, &data[0]);
		for (i = 0; i < n; i++)
			data[i] = prandom_u32_state(&rnd) % 10;
		h.nr = n;
		min_heapify_all(&h, &ints, NULL);
		for (last = -1; h.nr; min_heap_pop(&h, &ints, NULL)) {
			KUNIT_EXPECT_GE(test, *min_heap_peek(&h), last);
			last = *min_heap_peek(&h);
		}
	}
}

static void an_element_sinks_or_rises_to_its_place(struct kunit *test)
{
	int data[7] = { 1, 2, 3, 4, 5, 6, 7 };
	struct int_heap h;

	min_heap_init(&h, data, 7);
	h.nr = 7;
	data[0] = 9;
	min_heap_sift_down(&h, 0, &ints, NULL);
	KUNIT_EXPECT_EQ(test, data[0], 2);
	KUNIT_EXPECT_EQ(test, data[3], 9);
	data[6] = 0;
	min_heap_sift_up(&h, 6, &ints, NULL);
	KUNIT_EXPECT_EQ(test, data[0], 0);
	KUNIT_EXPECT_EQ(test, data[2], 2);
	KUNIT_EXPECT_EQ(test, data[6], 3);
}

static void the_order_may_depend_on_the_argument(struct kunit *test)
{
	int largest_first = -1, i;

	min_heap_init(&heap, NULL, ROOM);
	for (i = 0; i < 10; i++) {
		struct thing t = { .key = i * 7 % 10 };

		min_heap_push(&heap, &t, &with_swap, &largest_first);
	}
	KUNIT_EXPECT_EQ(test, min_heap_peek(&heap)->key, 9);
}

static struct kunit_case min_heap_cases[] = {
	KUNIT_CASE(calls_agree_with_a_counting_model),
	KUNIT_CASE(any_array_becomes_a_heap),
	KUNIT_CASE(an_element_sinks_or_rises_to_its_place),
	KUNIT_CASE(the_order_may_depend_on_the_argument),
	{}
};

static struct kunit_suite min_heap_suite = {
	.name = "min_heap",
	.test_cases = min_heap_cases,
};
kunit_test_suite(min_heap_suite);
