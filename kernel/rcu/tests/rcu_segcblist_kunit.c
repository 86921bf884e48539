// SPDX-License-Identifier: MIT
/*
 * Segmented callback lists: enqueue, numbers, advancing, taking apart. The last case does random
 * things to a list and to a model, an array of callbacks each with its own number.
 */

#include <kunit/test.h>

#include <linux/prandom.h>

#include "../rcu.h"
#include "../rcu_segcblist.h"

#define CBS	200

struct lab {
	struct rcu_segcblist list;
	struct rcu_head cb[CBS];
	unsigned long want[CBS];	/* model: number that it waits for; 0: none yet */
};

static struct lab *lab_of(struct kunit *test)
{
	struct lab *lab = kunit_kzalloc(test, sizeof(*lab), GFP_KERNEL);

	KUNIT_ASSERT_NOT_NULL(test, lab);
	rcu_segcblist_init(&lab->list);
	return lab;
}

static void put(struct lab *lab, int from, int to)
{
	for (; from < to; from++)
		rcu_segcblist_enqueue(&lab->list, &lab->cb[from]);
}

static long seglen(struct lab *lab, int seg)
{
	return rcu_segcblist_get_seglen(&lab->list, seg);
}

/* Takes DONE off; returns the number of callbacks, checking that they are @from and up in order. */
static int take(struct kunit *test, struct lab *lab, int from)
{
	struct rcu_cblist cbl;
	struct rcu_head *rhp;
	int n = 0;

	rcu_cblist_init(&cbl);
	rcu_segcblist_extract_done_cbs(&lab->list, &cbl);
	while ((rhp = rcu_cblist_dequeue(&cbl)))
		KUNIT_EXPECT_PTR_EQ(test, rhp, &lab->cb[from + n++]);
	KUNIT_EXPECT_EQ(test, cbl.len, n);
	rcu_segcblist_add_len(&lab->list, -n);
	return n;
}

static void a_plain_list_keeps_order(struct kunit *test)
{
	struct rcu_head cb[3];
	struct rcu_cblist cbl;
	int i;

	rcu_cblist_init(&cbl);
	KUNIT_EXPECT_NULL(test, rcu_cblist_dequeue(&cbl));
	for (i = 0; i < 3; i++) {
		cb[i].next = NULL;
		*cbl.tail = &cb[i];
		cbl.tail = &cb[i].next;
		cbl.len++;
	}
	KUNIT_EXPECT_EQ(test, cbl.len, 3);
	for (i = 0; i < 3; i++)
		KUNIT_EXPECT_PTR_EQ(test, rcu_cblist_dequeue(&cbl), &cb[i]);
	KUNIT_EXPECT_NULL(test, rcu_cblist_dequeue(&cbl));
	KUNIT_EXPECT_PTR_EQ(test, cbl.tail, &cbl.head);
}

static void a_new_list_is_empty(struct kunit *test)
{
	struct lab *lab = lab_of(test);

	KUNIT_EXPECT_TRUE(test, rcu_segcblist_empty(&lab->list));
	KUNIT_EXPECT_EQ(test, rcu_segcblist_n_cbs(&lab->list), 0);
	KUNIT_EXPECT_FALSE(test, rcu_segcblist_ready_cbs(&lab->list));
	KUNIT_EXPECT_FALSE(test, rcu_segcblist_pend_cbs(&lab->list));
	KUNIT_EXPECT_TRUE(test, rcu_segcblist_segempty(&lab->list, RCU_WAIT_TAIL));
	KUNIT_EXPECT_FALSE(test, rcu_segcblist_accelerate(&lab->list, 4));
	KUNIT_EXPECT_FALSE(test, rcu_segcblist_entrain(&lab->list, &lab->cb[0]));
}

static void callbacks_wait_without_a_number(struct kunit *test)
{
	struct lab *lab = lab_of(test);

	put(lab, 0, 3);
	KUNIT_EXPECT_EQ(test, seglen(lab, RCU_NEXT_TAIL), 3);
	rcu_segcblist_advance(&lab->list, 1000);
	KUNIT_EXPECT_FALSE(test, rcu_segcblist_ready_cbs(&lab->list));
	KUNIT_EXPECT_TRUE(test, rcu_segcblist_pend_cbs(&lab->list));
}

static void a_number_reached_makes_them_ready(struct kunit *test)
{
	struct lab *lab = lab_of(test);

	put(lab, 0, 3);
	KUNIT_EXPECT_TRUE(test, rcu_segcblist_accelerate(&lab->list, 8));
	KUNIT_EXPECT_FALSE(test, rcu_segcblist_segempty(&lab->list, RCU_WAIT_TAIL));
	KUNIT_EXPECT_EQ(test, lab->list.gp_seq[RCU_WAIT_TAIL], 8);
	rcu_segcblist_advance(&lab->list, 7);
	KUNIT_EXPECT_FALSE(test, rcu_segcblist_ready_cbs(&lab->list));
	rcu_segcblist_advance(&lab->list, 8);
	KUNIT_EXPECT_TRUE(test, rcu_segcblist_ready_cbs(&lab->list));
	KUNIT_EXPECT_EQ(test, take(test, lab, 0), 3);
	KUNIT_EXPECT_TRUE(test, rcu_segcblist_empty(&lab->list));
	KUNIT_EXPECT_EQ(test, rcu_segcblist_n_cbs(&lab->list), 0);
}

static void later_callbacks_wait_for_a_later_number(struct kunit *test)
{
	struct lab *lab = lab_of(test);

	put(lab, 0, 2);
	rcu_segcblist_accelerate(&lab->list, 8);
	put(lab, 2, 5);
	KUNIT_EXPECT_TRUE(test, rcu_segcblist_accelerate(&lab->list, 12));
	put(lab, 5, 6);
	/* Two numbers are under way: the third has to wait for room. */
	KUNIT_EXPECT_FALSE(test, rcu_segcblist_accelerate(&lab->list, 16));
	KUNIT_EXPECT_EQ(test, seglen(lab, RCU_WAIT_TAIL), 2);
	KUNIT_EXPECT_EQ(test, seglen(lab, RCU_NEXT_READY_TAIL), 3);
	KUNIT_EXPECT_EQ(test, seglen(lab, RCU_NEXT_TAIL), 1);
	rcu_segcblist_advance(&lab->list, 8);
	KUNIT_EXPECT_EQ(test, take(test, lab, 0), 2);
	KUNIT_EXPECT_TRUE(test, rcu_segcblist_accelerate(&lab->list, 16));
	rcu_segcblist_advance(&lab->list, 12);
	KUNIT_EXPECT_EQ(test, take(test, lab, 2), 3);
	rcu_segcblist_advance(&lab->list, 16);
	KUNIT_EXPECT_EQ(test, take(test, lab, 5), 1);
}

static void the_same_number_joins_the_segment(struct kunit *test)
{
	struct lab *lab = lab_of(test);

	put(lab, 0, 2);
	rcu_segcblist_accelerate(&lab->list, 8);
	put(lab, 2, 4);
	KUNIT_EXPECT_TRUE(test, rcu_segcblist_accelerate(&lab->list, 8));
	KUNIT_EXPECT_EQ(test, seglen(lab, RCU_WAIT_TAIL), 4);
}

static void an_earlier_number_serves_those_with_a_later_one(struct kunit *test)
{
	struct lab *lab = lab_of(test);

	put(lab, 0, 2);
	rcu_segcblist_accelerate(&lab->list, 12);
	put(lab, 2, 3);
	KUNIT_EXPECT_TRUE(test, rcu_segcblist_accelerate(&lab->list, 8));
	rcu_segcblist_advance(&lab->list, 8);
	KUNIT_EXPECT_EQ(test, take(test, lab, 0), 3);
}

static void numbers_overflow_without_harm(struct kunit *test)
{
	struct lab *lab = lab_of(test);

	put(lab, 0, 1);
	rcu_segcblist_accelerate(&lab->list, -4UL);
	put(lab, 1, 2);
	rcu_segcblist_accelerate(&lab->list, 0);
	rcu_segcblist_advance(&lab->list, -4UL);
	KUNIT_EXPECT_EQ(test, take(test, lab, 0), 1);
	rcu_segcblist_advance(&lab->list, 0);
	KUNIT_EXPECT_EQ(test, take(test, lab, 1), 1);
}

static void an_entrained_callback_comes_last(struct kunit *test)
{
	struct lab *lab = lab_of(test);

	put(lab, 0, 2);
	rcu_segcblist_accelerate(&lab->list, 8);
	KUNIT_EXPECT_TRUE(test, rcu_segcblist_entrain(&lab->list, &lab->cb[2]));
	/* With those two, not with what comes after. */
	put(lab, 3, 4);
	rcu_segcblist_advance(&lab->list, 8);
	KUNIT_EXPECT_EQ(test, take(test, lab, 0), 3);
	KUNIT_EXPECT_EQ(test, rcu_segcblist_n_cbs(&lab->list), 1);
}

static void what_was_not_reached_goes_back_to_the_front(struct kunit *test)
{
	struct lab *lab = lab_of(test);
	struct rcu_cblist cbl;

	put(lab, 0, 3);
	rcu_segcblist_accelerate(&lab->list, 8);
	put(lab, 3, 4);
	rcu_segcblist_advance(&lab->list, 8);
	rcu_cblist_init(&cbl);
	rcu_segcblist_extract_done_cbs(&lab->list, &cbl);
	KUNIT_EXPECT_PTR_EQ(test, rcu_cblist_dequeue(&cbl), &lab->cb[0]);
	cbl.len--;
	rcu_segcblist_insert_done_cbs(&lab->list, &cbl);
	rcu_segcblist_add_len(&lab->list, -1);
	KUNIT_EXPECT_EQ(test, rcu_segcblist_n_cbs(&lab->list), 3);
	KUNIT_EXPECT_EQ(test, take(test, lab, 1), 2);
	rcu_segcblist_accelerate(&lab->list, 12);
	rcu_segcblist_advance(&lab->list, 12);
	KUNIT_EXPECT_EQ(test, take(test, lab, 3), 1);
}

static void merging_keeps_ready_ones_ready(struct kunit *test)
{
	struct lab *a = lab_of(test), *b = lab_of(test);
	struct rcu_cblist cbl;
	int n = 0;

	put(a, 0, 2);
	put(b, 0, 3);
	rcu_segcblist_accelerate(&b->list, 8);
	rcu_segcblist_advance(&b->list, 8);
	put(b, 3, 7);
	rcu_segcblist_accelerate(&b->list, 12);
	put(b, 7, 8);
	rcu_segcblist_merge(&a->list, &b->list);
	KUNIT_EXPECT_TRUE(test, rcu_segcblist_empty(&b->list));
	KUNIT_EXPECT_EQ(test, rcu_segcblist_n_cbs(&b->list), 0);
	KUNIT_EXPECT_EQ(test, rcu_segcblist_n_cbs(&a->list), 10);
	KUNIT_EXPECT_EQ(test, seglen(a, RCU_DONE_TAIL), 3);
	KUNIT_EXPECT_EQ(test, seglen(a, RCU_NEXT_TAIL), 7);
	rcu_segcblist_accelerate(&a->list, 16);
	rcu_segcblist_advance(&a->list, 16);
	rcu_cblist_init(&cbl);
	rcu_segcblist_extract_done_cbs(&a->list, &cbl);
	while (rcu_cblist_dequeue(&cbl))
		n++;
	KUNIT_EXPECT_EQ(test, n, 10);
}

/* S1 and S4, and that the list holds what the model says, in order. */
static void check_invariants(struct kunit *test, struct lab *lab, int first, int next)
{
	struct rcu_head **p = &lab->list.head;
	long n = 0;
	int seg;

	for (seg = 0; seg < RCU_CBLIST_NSEGS; seg++) {
		long len = 0;

		while (p != lab->list.tails[seg]) {
			KUNIT_ASSERT_NOT_NULL(test, *p);
			KUNIT_ASSERT_PTR_EQ(test, *p, &lab->cb[(first + n) % CBS]);
			p = &(*p)->next;
			len++;
			n++;
		}
		KUNIT_ASSERT_EQ(test, seglen(lab, seg), len);
	}
	KUNIT_ASSERT_NULL(test, *p);
	KUNIT_ASSERT_EQ(test, n, next - first);
	KUNIT_ASSERT_EQ(test, rcu_segcblist_n_cbs(&lab->list), n);
}

/* Nothing is ready before the number current when it came has been reached. */
static void random_runs_match_the_model(struct kunit *test)
{
	struct lab *lab = lab_of(test);
	unsigned long seq = -400UL;	/* 4 a period; overflows on the way */
	struct rnd_state rnd;
	int first = 0, next = 0, i;

	prandom_seed_state(&rnd, 4711);
	for (i = 0; i < 20000; i++) {
		struct rcu_cblist cbl;
		struct rcu_head *rhp;

		switch (prandom_u32_state(&rnd) % 5) {
		case 0:
		case 1:
			if (next - first >= CBS)
				break;
			lab->want[next % CBS] = seq + 4;
			rcu_segcblist_enqueue(&lab->list, &lab->cb[next++ % CBS]);
			break;
		case 2:
			rcu_segcblist_accelerate(&lab->list,
						 seq + (prandom_u32_state(&rnd) & 1 ? 4 : 8));
			break;
		case 3:
			seq += 4;
			rcu_segcblist_advance(&lab->list, seq);
			break;
		case 4:
			rcu_cblist_init(&cbl);
			rcu_segcblist_extract_done_cbs(&lab->list, &cbl);
			rcu_segcblist_add_len(&lab->list, -cbl.len);
			while ((rhp = rcu_cblist_dequeue(&cbl))) {
				KUNIT_ASSERT_PTR_EQ(test, rhp, &lab->cb[first % CBS]);
				KUNIT_ASSERT_GE(test, (long)(seq - lab->want[first % CBS]), 0);
				first++;
			}
			break;
		}
		check_invariants(test, lab, first, next);
	}
	KUNIT_EXPECT_GT(test, first, 1000);
}

static struct kunit_case segcblist_cases[] = {
	KUNIT_CASE(a_plain_list_keeps_order),
	KUNIT_CASE(a_new_list_is_empty),
	KUNIT_CASE(callbacks_wait_without_a_number),
	KUNIT_CASE(a_number_reached_makes_them_ready),
	KUNIT_CASE(later_callbacks_wait_for_a_later_number),
	KUNIT_CASE(the_same_number_joins_the_segment),
	KUNIT_CASE(an_earlier_number_serves_those_with_a_later_one),
	KUNIT_CASE(numbers_overflow_without_harm),
	KUNIT_CASE(an_entrained_callback_comes_last),
	KUNIT_CASE(what_was_not_reached_goes_back_to_the_front),
	KUNIT_CASE(merging_keeps_ready_ones_ready),
	KUNIT_CASE(random_runs_match_the_model),
	{}
};

static struct kunit_suite segcblist_suite = {
	.name = "rcu_segcblist",
	.test_cases = segcblist_cases,
};
kunit_test_suite(segcblist_suite);

MODULE_LICENSE("MIT");
