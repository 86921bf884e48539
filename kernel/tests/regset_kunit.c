// SPDX-License-Identifier: MIT
/* Register sets: truncation, ranges, errors and freeing, with sets made up for the purpose. */

#include <kunit/test.h>

#include <linux/errno.h>
#include <linux/ptrace.h>
#include <linux/regset.h>
#include <linux/sched.h>
#include <linux/slab.h>

#define SLOTS	8

static u32 store[SLOTS];

static int get_store(struct task_struct *target, const struct user_regset *regset,
		     struct membuf to)
{
	return membuf_write(&to, store, sizeof(store));
}

/* Writes half, says that the rest is not there. */
static int get_half(struct task_struct *target, const struct user_regset *regset,
		    struct membuf to)
{
	return membuf_write(&to, store, sizeof(store) / 2);
}

static int get_nothing(struct task_struct *target, const struct user_regset *regset,
		       struct membuf to)
{
	return -ENODEV;
}

/* Two pieces, and a hole between that can't be written. */
static int set_store(struct task_struct *target, const struct user_regset *regset,
		     unsigned int pos, unsigned int count, const void *kbuf,
		     const void __user *ubuf)
{
	int ret;

	ret = user_regset_copyin(&pos, &count, &kbuf, &ubuf, store, 0, 8);
	if (ret)
		return ret;
	user_regset_copyin_ignore(&pos, &count, &kbuf, &ubuf, 8, 16);
	return user_regset_copyin(&pos, &count, &kbuf, &ubuf, &store[4], 16, -1);
}

enum { FULL, HALF, NODEV, NO_GET };

static const struct user_regset sets[] = {
	[FULL]	 = { .n = SLOTS, .size = 4, .align = 4, .regset_get = get_store, .set = set_store },
	[HALF]	 = { .n = SLOTS, .size = 4, .align = 4, .regset_get = get_half },
	[NODEV]	 = { .n = SLOTS, .size = 4, .align = 4, .regset_get = get_nothing },
	[NO_GET] = { .n = SLOTS, .size = 4, .align = 4 },
};

static int fill_store(struct kunit *test)
{
	int i;

	for (i = 0; i < SLOTS; i++)
		store[i] = 0x01010101 * (i + 1);
	return 0;
}

static void a_read_is_cut_at_the_sets_size(struct kunit *test)
{
	u32 buf[SLOTS + 4];

	memset(buf, 0xa5, sizeof(buf));
	KUNIT_EXPECT_EQ(test, regset_get(current, &sets[FULL], sizeof(buf), buf),
			(int)sizeof(store));
	KUNIT_EXPECT_MEMEQ(test, buf, store, sizeof(store));
	KUNIT_EXPECT_EQ(test, buf[SLOTS], 0xa5a5a5a5);
}

static void a_short_buffer_gets_the_beginning(struct kunit *test)
{
	u32 buf[SLOTS];

	memset(buf, 0xa5, sizeof(buf));
	KUNIT_EXPECT_EQ(test, regset_get(current, &sets[FULL], 12, buf), 12);
	KUNIT_EXPECT_MEMEQ(test, buf, store, 12);
	KUNIT_EXPECT_EQ(test, buf[3], 0xa5a5a5a5);
	KUNIT_EXPECT_EQ(test, regset_get(current, &sets[FULL], 0, buf), 0);
}

static void what_a_set_leaves_out_is_counted_out(struct kunit *test)
{
	void *data;

	KUNIT_EXPECT_EQ(test, regset_get_alloc(current, &sets[HALF], 1000, &data), 16);
	KUNIT_ASSERT_NOT_NULL(test, data);
	/* The memory is as long as the set, and zero behind what was written. */
	KUNIT_EXPECT_NULL(test, memchr_inv(data + 16, 0, 16));
	kfree(data);
}

static void a_failing_get_leaves_no_memory(struct kunit *test)
{
	void *data = (void *)1;

	KUNIT_EXPECT_EQ(test, regset_get_alloc(current, &sets[NODEV], 32, &data), -ENODEV);
	KUNIT_EXPECT_NULL(test, data);
	data = (void *)1;
	KUNIT_EXPECT_EQ(test, regset_get_alloc(current, &sets[NO_GET], 32, &data), -EOPNOTSUPP);
	KUNIT_EXPECT_NULL(test, data);
}

static void a_set_without_set_is_read_only(struct kunit *test)
{
	static const struct user_regset_view view = { .regsets = sets, .n = ARRAY_SIZE(sets) };

	KUNIT_EXPECT_EQ(test, copy_regset_from_user(current, &view, HALF, 0, 4, NULL), -EOPNOTSUPP);
	/* An address that is not the program's. */
	KUNIT_EXPECT_EQ(test, copy_regset_from_user(current, &view, FULL, 0, 4,
						    (void __user *)store), -EFAULT);
	KUNIT_EXPECT_EQ(test, copy_regset_to_user(current, &view, NODEV, 0, 4, NULL), -ENODEV);
}

static void a_range_is_taken_piece_by_piece(struct kunit *test)
{
	u32 new[SLOTS] = { 11, 12, 13, 14, 15, 16, 17, 18 };

	KUNIT_EXPECT_EQ(test, set_store(current, &sets[FULL], 0, sizeof(new), new, NULL), 0);
	KUNIT_EXPECT_EQ(test, store[0], 11);
	KUNIT_EXPECT_EQ(test, store[1], 12);
	KUNIT_EXPECT_EQ(test, store[2], 0x03030303);	/* the hole */
	KUNIT_EXPECT_EQ(test, store[3], 0x04040404);
	KUNIT_EXPECT_EQ(test, store[4], 15);
	KUNIT_EXPECT_EQ(test, store[7], 18);
}

static void a_range_may_begin_and_end_anywhere(struct kunit *test)
{
	u32 new[] = { 21, 22, 23, 24 };

	/* Slots 1 to 4: the last of the first piece, the hole, the first of the second. */
	KUNIT_EXPECT_EQ(test, set_store(current, &sets[FULL], 4, sizeof(new), new, NULL), 0);
	KUNIT_EXPECT_EQ(test, store[0], 0x01010101);
	KUNIT_EXPECT_EQ(test, store[1], 21);
	KUNIT_EXPECT_EQ(test, store[2], 0x03030303);
	KUNIT_EXPECT_EQ(test, store[4], 24);
	KUNIT_EXPECT_EQ(test, store[5], 0x06060606);
}

static void writing_past_a_membufs_end_is_dropped(struct kunit *test)
{
	u8 buf[8] = { };
	struct membuf to = { buf, 6 }, at;

	KUNIT_EXPECT_EQ(test, membuf_store(&to, (u32)0x11111111), 2);
	KUNIT_EXPECT_EQ(test, membuf_store(&to, (u32)0x22222222), 0);
	KUNIT_EXPECT_EQ(test, membuf_store(&to, (u32)0x33333333), 0);
	KUNIT_EXPECT_EQ(test, buf[5], 0x22);
	KUNIT_EXPECT_EQ(test, buf[6], 0);
	to = (struct membuf){ buf, 6 };
	at = membuf_at(&to, 4);
	KUNIT_EXPECT_EQ(test, membuf_zero(&at, 100), 0);
	KUNIT_EXPECT_EQ(test, buf[3], 0x11);
	KUNIT_EXPECT_EQ(test, buf[4], 0);
	at = membuf_at(&to, 100);
	KUNIT_EXPECT_EQ(test, at.left, (size_t)0);
}

/* The machine's own description must make sense, and the first set be the general registers. */
static void the_machines_view_is_well_formed(struct kunit *test)
{
	const struct user_regset_view *view = task_user_regset_view(current);
	unsigned int i, j;

	KUNIT_ASSERT_GT(test, view->n, 0U);
	KUNIT_EXPECT_EQ(test, view->regsets[0].core_note_type, 1U);	/* NT_PRSTATUS */
	for (i = 0; i < view->n; i++) {
		const struct user_regset *set = &view->regsets[i];

		KUNIT_EXPECT_NOT_NULL(test, set->regset_get);
		KUNIT_EXPECT_GT(test, set->size, 0U);
		KUNIT_EXPECT_EQ(test, set->size % set->align, 0U);
		for (j = 0; j < i; j++)
			KUNIT_EXPECT_NE(test, set->core_note_type, view->regsets[j].core_note_type);
	}
}

static struct kunit_case regset_cases[] = {
	KUNIT_CASE(a_read_is_cut_at_the_sets_size),
	KUNIT_CASE(a_short_buffer_gets_the_beginning),
	KUNIT_CASE(what_a_set_leaves_out_is_counted_out),
	KUNIT_CASE(a_failing_get_leaves_no_memory),
	KUNIT_CASE(a_set_without_set_is_read_only),
	KUNIT_CASE(a_range_is_taken_piece_by_piece),
	KUNIT_CASE(a_range_may_begin_and_end_anywhere),
	KUNIT_CASE(writing_past_a_membufs_end_is_dropped),
	KUNIT_CASE(the_machines_view_is_well_formed),
	{}
};

static struct kunit_suite regset_suite = {
	.name = "regset",
	.init = fill_store,
	.test_cases = regset_cases,
};
kunit_test_suites(&regset_suite);
