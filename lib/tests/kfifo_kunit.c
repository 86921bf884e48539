// SPDX-License-Identifier: MIT
/* Tests of <linux/kfifo.h>. */

#include <kunit/test.h>

#include <linux/completion.h>
#include <linux/delay.h>
#include <linux/kfifo.h>
#include <linux/kthread.h>
#include <linux/prandom.h>
#include <linux/scatterlist.h>
#include <linux/slab.h>
#include <linux/smp.h>
#include <linux/spinlock.h>

static DEFINE_KFIFO(defined, int, 8);
static DEFINE_SPINLOCK(lock);

static void a_defined_fifo_is_empty_and_has_its_size(struct kunit *test)
{
	DECLARE_KFIFO(declared, u16, 4);
	DECLARE_KFIFO_PTR(pointer, u32) = { };

	INIT_KFIFO(declared);
	KUNIT_EXPECT_EQ(test, kfifo_size(&defined), 8);
	KUNIT_EXPECT_EQ(test, kfifo_esize(&defined), sizeof(int));
	KUNIT_EXPECT_EQ(test, kfifo_recsize(&defined), 0);
	KUNIT_EXPECT_TRUE(test, kfifo_initialized(&defined));
	KUNIT_EXPECT_FALSE(test, kfifo_initialized(&pointer));
	KUNIT_EXPECT_TRUE(test, kfifo_is_empty(&declared));
	KUNIT_EXPECT_FALSE(test, kfifo_is_full(&declared));
	KUNIT_EXPECT_EQ(test, kfifo_len(&declared), 0);
	KUNIT_EXPECT_EQ(test, kfifo_avail(&declared), 4);
	KUNIT_EXPECT_EQ(test, kfifo_esize(&declared), 2);
}

static void put_and_get_keep_the_order(struct kunit *test)
{
	int i, v;

	kfifo_reset(&defined);
	for (i = 0; i < 8; i++)
		KUNIT_EXPECT_EQ(test, kfifo_put(&defined, i), 1);
	KUNIT_EXPECT_EQ(test, kfifo_put(&defined, 99), 0);
	KUNIT_EXPECT_TRUE(test, kfifo_is_full(&defined));
	KUNIT_EXPECT_EQ(test, kfifo_peek(&defined, &v), 1);
	KUNIT_EXPECT_EQ(test, v, 0);
	KUNIT_EXPECT_EQ(test, kfifo_peek_len(&defined), 8 * sizeof(int));
	for (i = 0; i < 8; i++) {
		KUNIT_EXPECT_EQ(test, kfifo_get(&defined, &v), 1);
		KUNIT_EXPECT_EQ(test, v, i);
	}
	KUNIT_EXPECT_EQ(test, kfifo_get(&defined, &v), 0);
	KUNIT_EXPECT_EQ(test, kfifo_peek(&defined, &v), 0);
}

static void blocks_go_round_the_end(struct kunit *test)
{
	int in[6] = { 1, 2, 3, 4, 5, 6 }, out[8];

	kfifo_reset(&defined);
	KUNIT_EXPECT_EQ(test, kfifo_in(&defined, in, 6), 6);
	KUNIT_EXPECT_EQ(test, kfifo_out(&defined, out, 5), 5);
	KUNIT_EXPECT_EQ(test, kfifo_in(&defined, in, 6), 6);
	KUNIT_EXPECT_EQ(test, kfifo_in(&defined, in, 6), 1);
	KUNIT_EXPECT_EQ(test, kfifo_out_peek(&defined, out, 8), 8);
	KUNIT_EXPECT_MEMEQ(test, out, ((int[]) { 6, 1, 2, 3, 4, 5, 6, 1 }), sizeof(out));
	kfifo_skip(&defined);
	kfifo_skip_count(&defined, 2);
	KUNIT_EXPECT_EQ(test, kfifo_len(&defined), 5);
	KUNIT_EXPECT_EQ(test, kfifo_out(&defined, out, 1), 1);
	KUNIT_EXPECT_EQ(test, out[0], 3);
	kfifo_reset_out(&defined);
	KUNIT_EXPECT_TRUE(test, kfifo_is_empty(&defined));
}

static void linear_parts_end_at_the_end_of_the_buffer(struct kunit *test)
{
	int in[8] = { 1, 2, 3, 4, 5, 6, 7, 8 }, out[8], *p;
	unsigned int tail;

	kfifo_reset(&defined);
	KUNIT_EXPECT_EQ(test, kfifo_in(&defined, in, 6), 6);
	KUNIT_EXPECT_EQ(test, kfifo_out(&defined, out, 5), 5);
	KUNIT_EXPECT_EQ(test, kfifo_in(&defined, in, 7), 7);
	KUNIT_EXPECT_EQ(test, kfifo_out_linear(&defined, &tail, 8), 3);
	KUNIT_EXPECT_EQ(test, tail, 5);
	KUNIT_EXPECT_EQ(test, kfifo_out_linear(&defined, &tail, 2), 2);
	KUNIT_EXPECT_EQ(test, kfifo_out_linear_ptr(&defined, &p, 8), 3);
	KUNIT_EXPECT_EQ(test, p[0], 6);
	KUNIT_EXPECT_EQ(test, p[1], 1);
	kfifo_skip_count(&defined, 3);
	KUNIT_EXPECT_EQ(test, kfifo_out_linear(&defined, &tail, 8), 5);
	KUNIT_EXPECT_EQ(test, tail, 0);
}

static void buffers_are_allocated_rounded_up(struct kunit *test)
{
	DECLARE_KFIFO_PTR(fifo, u64);
	char small[1];

	KUNIT_ASSERT_EQ(test, kfifo_alloc(&fifo, 5, GFP_KERNEL), 0);
	KUNIT_EXPECT_EQ(test, kfifo_size(&fifo), 8);
	KUNIT_EXPECT_EQ(test, kfifo_put(&fifo, 7ull), 1);
	kfifo_free(&fifo);
	KUNIT_EXPECT_FALSE(test, kfifo_initialized(&fifo));
	KUNIT_EXPECT_EQ(test, kfifo_alloc(&fifo, 1, GFP_KERNEL), -EINVAL);
	KUNIT_EXPECT_EQ(test, kfifo_init(&fifo, small, 1), -EINVAL);
	KUNIT_EXPECT_EQ(test, kfifo_alloc(&defined, 8, GFP_KERNEL), -EINVAL);
}

static void a_given_buffer_is_used_as_far_as_a_power_of_two(struct kunit *test)
{
	DECLARE_KFIFO_PTR(fifo, u8);
	u8 buffer[24];

	KUNIT_EXPECT_EQ(test, kfifo_init(&fifo, buffer, sizeof(buffer)), 0);
	KUNIT_EXPECT_EQ(test, kfifo_size(&fifo), 16);
	KUNIT_EXPECT_EQ(test, kfifo_put(&fifo, 0xab), 1);
	KUNIT_EXPECT_EQ(test, buffer[0], 0xab);
}

static void locked_forms_do_the_same(struct kunit *test)
{
	int in[3] = { 1, 2, 3 }, out[3];

	kfifo_reset(&defined);
	KUNIT_EXPECT_TRUE(test, kfifo_is_empty_spinlocked(&defined, &lock));
	KUNIT_EXPECT_EQ(test, kfifo_in_spinlocked(&defined, in, 3, &lock), 3);
	KUNIT_EXPECT_FALSE(test, kfifo_is_empty_spinlocked_noirqsave(&defined, &lock));
	KUNIT_EXPECT_EQ(test, kfifo_out_spinlocked(&defined, out, 1, &lock), 1);
	KUNIT_EXPECT_EQ(test, kfifo_in_spinlocked_noirqsave(&defined, in, 1, &lock), 1);
	KUNIT_EXPECT_EQ(test, kfifo_out_spinlocked_noirqsave(&defined, out, 3, &lock), 3);
	KUNIT_EXPECT_MEMEQ(test, out, ((int[]) { 2, 3, 1 }), sizeof(out));
	KUNIT_EXPECT_FALSE(test, irqs_disabled());
}

static void records_keep_their_lengths(struct kunit *test)
{
	STRUCT_KFIFO_REC_1(32) fifo;
	char buf[32];

	INIT_KFIFO(fifo);
	KUNIT_EXPECT_EQ(test, kfifo_recsize(&fifo), 1);
	KUNIT_EXPECT_EQ(test, kfifo_avail(&fifo), 31);
	KUNIT_EXPECT_EQ(test, kfifo_in(&fifo, "hello", 5), 5);
	KUNIT_EXPECT_EQ(test, kfifo_in(&fifo, "ab", 2), 2);
	KUNIT_EXPECT_EQ(test, kfifo_len(&fifo), 9);
	KUNIT_EXPECT_EQ(test, kfifo_peek_len(&fifo), 5);
	KUNIT_EXPECT_EQ(test, kfifo_out_peek(&fifo, buf, 32), 5);
	KUNIT_EXPECT_EQ(test, kfifo_out(&fifo, buf, 3), 3);
	KUNIT_EXPECT_MEMEQ(test, buf, "hel", 3);
	/* the rest of a record that was cut is gone */
	KUNIT_EXPECT_EQ(test, kfifo_peek_len(&fifo), 2);
	KUNIT_EXPECT_EQ(test, kfifo_in(&fifo, buf, 29), 0);
	KUNIT_EXPECT_EQ(test, kfifo_in(&fifo, buf, 28), 28);
	kfifo_skip(&fifo);
	KUNIT_EXPECT_EQ(test, kfifo_peek_len(&fifo), 28);
	KUNIT_EXPECT_EQ(test, kfifo_out(&fifo, buf, 32), 28);
	KUNIT_EXPECT_EQ(test, kfifo_out(&fifo, buf, 32), 0);
}

static void two_byte_lengths_hold_long_records(struct kunit *test)
{
	struct kfifo_rec_ptr_2 fifo;
	char *buf = kunit_kzalloc(test, 1024, GFP_KERNEL);

	KUNIT_ASSERT_NOT_NULL(test, buf);
	KUNIT_ASSERT_EQ(test, kfifo_alloc(&fifo, 1024, GFP_KERNEL), 0);
	KUNIT_EXPECT_EQ(test, kfifo_in(&fifo, buf, 700), 700);
	KUNIT_EXPECT_EQ(test, kfifo_peek_len(&fifo), 700);
	KUNIT_EXPECT_EQ(test, kfifo_in(&fifo, buf, 400), 0);
	KUNIT_EXPECT_EQ(test, kfifo_out(&fifo, buf, 1024), 700);
	kfifo_free(&fifo);
}

static void user_copies_that_fault_leave_the_fifo_whole(struct kunit *test)
{
	void __user *bad = (void __user *)test;
	unsigned int copied = 99;
	int v = 5;

	kfifo_reset(&defined);
	KUNIT_EXPECT_EQ(test, kfifo_from_user(&defined, bad, 4, &copied), -EFAULT);
	KUNIT_EXPECT_EQ(test, copied, 0);
	KUNIT_EXPECT_TRUE(test, kfifo_is_empty(&defined));
	KUNIT_EXPECT_EQ(test, kfifo_put(&defined, v), 1);
	KUNIT_EXPECT_EQ(test, kfifo_to_user(&defined, bad, 4, &copied), -EFAULT);
	KUNIT_EXPECT_EQ(test, copied, 0);
	KUNIT_EXPECT_EQ(test, kfifo_len(&defined), 1);
}

static void dma_lists_describe_the_ring(struct kunit *test)
{
	DECLARE_KFIFO_PTR(fifo, u8);
	struct scatterlist sg[2];
	u8 out[16];

	KUNIT_ASSERT_EQ(test, kfifo_alloc(&fifo, 16, GFP_KERNEL), 0);
	memset(fifo.kfifo.data, 0x77, 16);
	sg_init_table(sg, 2);
	KUNIT_EXPECT_EQ(test, kfifo_dma_in_prepare_mapped(&fifo, sg, 2, 12, 0x1000), 1);
	KUNIT_EXPECT_EQ(test, sg_dma_address(&sg[0]), 0x1000);
	KUNIT_EXPECT_EQ(test, sg_dma_len(&sg[0]), 12);
	KUNIT_EXPECT_PTR_EQ(test, sg_virt(&sg[0]), (void *)fifo.kfifo.data);
	kfifo_dma_in_finish(&fifo, 12);
	KUNIT_EXPECT_EQ(test, kfifo_len(&fifo), 12);
	KUNIT_EXPECT_EQ(test, kfifo_out(&fifo, out, 10), 10);

	/* free space from 12 to the end, and from the start to 10 */
	sg_init_table(sg, 2);
	KUNIT_EXPECT_EQ(test, kfifo_dma_in_prepare_mapped(&fifo, sg, 2, 100, 0x1000), 2);
	KUNIT_EXPECT_EQ(test, sg_dma_address(&sg[0]), 0x100c);
	KUNIT_EXPECT_EQ(test, sg_dma_len(&sg[0]), 4);
	KUNIT_EXPECT_EQ(test, sg_dma_len(&sg[1]), 10);
	KUNIT_EXPECT_TRUE(test, sg_is_last(&sg[1]));
	kfifo_dma_in_finish(&fifo, 14);
	KUNIT_EXPECT_TRUE(test, kfifo_is_full(&fifo));
	KUNIT_EXPECT_EQ(test, kfifo_dma_in_prepare_mapped(&fifo, sg, 2, 1, 0x1000), 0);

	sg_init_table(sg, 2);
	KUNIT_EXPECT_EQ(test, kfifo_dma_out_prepare_mapped(&fifo, sg, 2, 8, 0x1000), 2);
	KUNIT_EXPECT_EQ(test, sg_dma_len(&sg[0]), 6);
	KUNIT_EXPECT_EQ(test, sg_dma_len(&sg[1]), 2);
	kfifo_dma_out_finish(&fifo, 8);
	KUNIT_EXPECT_EQ(test, kfifo_len(&fifo), 8);
	kfifo_reset(&fifo);
	KUNIT_EXPECT_EQ(test, kfifo_dma_out_prepare_mapped(&fifo, sg, 2, 8, 0x1000), 0);
	kfifo_free(&fifo);
}

static void a_long_random_run_matches_a_counter(struct kunit *test)
{
	DECLARE_KFIFO(fifo, u32, 32);
	struct rnd_state rnd;
	u32 next_in = 0, next_out = 0, buf[40];
	int round, i;

	INIT_KFIFO(fifo);
	/* indices that wrap on the way */
	fifo.kfifo.in = fifo.kfifo.out = -100;
	prandom_seed_state(&rnd, 5);
	for (round = 0; round < 5000; round++) {
		u32 n = prandom_u32_state(&rnd) % 40, done;

		if (prandom_u32_state(&rnd) & 1) {
			for (i = 0; i < n; i++)
				buf[i] = next_in + i;
			done = kfifo_in(&fifo, buf, n);
			KUNIT_ASSERT_EQ(test, done, min(n, 32 - (next_in - next_out)));
			next_in += done;
		} else {
			done = kfifo_out(&fifo, buf, n);
			KUNIT_ASSERT_EQ(test, done, min(n, next_in - next_out));
			for (i = 0; i < done; i++)
				KUNIT_ASSERT_EQ(test, buf[i], next_out + i);
			next_out += done;
		}
		KUNIT_ASSERT_EQ(test, kfifo_len(&fifo), next_in - next_out);
	}
}

/* --- One reader and one writer on two CPUs ---------------------------------------------------- */

#define MANY 200000

struct pair {
	DECLARE_KFIFO(fifo, u32, 64);
	struct completion written;
};

/*
 * Spinning for the other side is the point with two CPUs; with one it would last a whole time
 * slice. And the two CPUs may be threads of a busy host that runs one after the other: then a turn
 * of the ring would take two of the host's time slices. So who has spun for long leaves its CPU
 * idle for a moment.
 */
static void let_the_other_side_run(unsigned int *turns)
{
	if (num_online_cpus() == 1)
		yield();
	else if (++*turns % 10000)
		cond_resched();
	else
		usleep_range(10, 50);
}

static int writer(void *data)
{
	struct pair *p = data;
	unsigned int turns = 0;
	u32 i;

	for (i = 0; i < MANY; i++) {
		while (!kfifo_put(&p->fifo, i))
			let_the_other_side_run(&turns);
	}
	complete(&p->written);
	return 0;
}

static void one_reader_and_one_writer_need_no_lock(struct kunit *test)
{
	struct pair *p = kunit_kzalloc(test, sizeof(*p), GFP_KERNEL);
	struct task_struct *task;
	unsigned int turns = 0;
	u32 i, v, wrong = 0;

	KUNIT_ASSERT_NOT_NULL(test, p);
	INIT_KFIFO(p->fifo);
	init_completion(&p->written);
	task = kthread_run(writer, p, "kfifo-writer");
	KUNIT_ASSERT_FALSE(test, IS_ERR(task));
	for (i = 0; i < MANY; i++) {
		while (!kfifo_get(&p->fifo, &v))
			let_the_other_side_run(&turns);
		wrong += v != i;
	}
	wait_for_completion(&p->written);
	KUNIT_EXPECT_EQ(test, wrong, 0);
	KUNIT_EXPECT_TRUE(test, kfifo_is_empty(&p->fifo));
}

static struct kunit_case kfifo_cases[] = {
	KUNIT_CASE(a_defined_fifo_is_empty_and_has_its_size),
	KUNIT_CASE(put_and_get_keep_the_order),
	KUNIT_CASE(blocks_go_round_the_end),
	KUNIT_CASE(linear_parts_end_at_the_end_of_the_buffer),
	KUNIT_CASE(buffers_are_allocated_rounded_up),
	KUNIT_CASE(a_given_buffer_is_used_as_far_as_a_power_of_two),
	KUNIT_CASE(locked_forms_do_the_same),
	KUNIT_CASE(records_keep_their_lengths),
	KUNIT_CASE(two_byte_lengths_hold_long_records),
	KUNIT_CASE(user_copies_that_fault_leave_the_fifo_whole),
	KUNIT_CASE(dma_lists_describe_the_ring),
	KUNIT_CASE(a_long_random_run_matches_a_counter),
	KUNIT_CASE(one_reader_and_one_writer_need_no_lock),
	{}
};

static struct kunit_suite kfifo_suite = { .name = "kfifo", .test_cases = kfifo_cases };
kunit_test_suite(kfifo_suite);
