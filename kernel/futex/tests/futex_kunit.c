// SPDX-License-Identifier: MIT
/*
 * Futexes from the inside: which words are the same futex, WAKE_OP's arithmetic, who wakes, and
 * what is left of a wait. The words lie in a borrowed address space (mm/tests/user.h), and the
 * calls are made as programs make them.
 */

#include "../../../mm/tests/user.h"

#include <linux/completion.h>
#include <linux/file.h>
#include <linux/shmem_fs.h>

#include "../../tests/patience.h"
#include "../futex.h"

static unsigned long area;	/* two pages */

#define WORD(n)	(area + 64 * (n))
#define U32P(addr) ((u32 __user *)(addr))

static int futex_suite_init(struct kunit *test)
{
	int ret = mm_suite_init(test);

	if (ret)
		return ret;
	area = map_anon(2, PROT_RW);
	KUNIT_ASSERT_FALSE(test, IS_ERR_VALUE(area));
	return 0;
}

static void set_word(int n, u32 value)
{
	put_user(value, U32P(WORD(n)));
}

static u32 word(int n)
{
	u32 value = 0xdeadbeef;

	get_user(value, U32P(WORD(n)));
	return value;
}

/* ---- keys ---- */

static union futex_key key_of(struct kunit *test, unsigned long addr, unsigned int flags)
{
	union futex_key key;

	KUNIT_EXPECT_EQ(test, get_futex_key(U32P(addr), flags, &key, FUTEX_READ), 0);
	return key;
}

static void a_word_is_one_futex_and_its_neighbour_another(struct kunit *test)
{
	union futex_key a = key_of(test, area, 0), again = key_of(test, area, 0);
	union futex_key b = key_of(test, area + 4, 0), c = key_of(test, area + PAGE_SIZE, 0);

	KUNIT_EXPECT_TRUE(test, futex_match(&a, &again));
	KUNIT_EXPECT_PTR_EQ(test, futex_hash(&a), futex_hash(&again));
	KUNIT_EXPECT_FALSE(test, futex_match(&a, &b));
	KUNIT_EXPECT_FALSE(test, futex_match(&a, &c));
}

static void the_same_address_elsewhere_is_another_futex(struct kunit *test)
{
	union futex_key here = key_of(test, area, 0), there;
	struct mm_struct *mm = current->mm, *other = mm_alloc();

	KUNIT_ASSERT_NOT_NULL(test, other);
	kthread_unuse_mm(mm);
	kthread_use_mm(other);
	there = key_of(test, area, 0);
	kthread_unuse_mm(other);
	kthread_use_mm(mm);
	mmput(other);
	KUNIT_EXPECT_FALSE(test, futex_match(&here, &there));
}

static void a_shared_file_is_one_futex_at_two_addresses(struct kunit *test)
{
	struct file *file = shmem_file_setup("futex", 2 * PAGE_SIZE, 0);
	unsigned long one, two;
	union futex_key a, b, c;

	KUNIT_ASSERT_FALSE(test, IS_ERR(file));
	one = vm_mmap(file, 0, 2 * PAGE_SIZE, PROT_RW, MAP_SHARED, 0);
	two = vm_mmap(file, 0, PAGE_SIZE, PROT_RW, MAP_SHARED, PAGE_SIZE);
	KUNIT_ASSERT_FALSE(test, IS_ERR_VALUE(one) || IS_ERR_VALUE(two));
	a = key_of(test, one + PAGE_SIZE + 8, FLAGS_SHARED);
	b = key_of(test, two + 8, FLAGS_SHARED);
	c = key_of(test, one + 8, FLAGS_SHARED);
	KUNIT_EXPECT_TRUE(test, futex_match(&a, &b));
	KUNIT_EXPECT_FALSE(test, futex_match(&a, &c));
	/* Asked for as private, the address counts. */
	a = key_of(test, one + PAGE_SIZE + 8, 0);
	b = key_of(test, two + 8, 0);
	KUNIT_EXPECT_FALSE(test, futex_match(&a, &b));
	fput(file);
}

static void bad_addresses_have_their_errno(struct kunit *test)
{
	union futex_key key;

	KUNIT_EXPECT_EQ(test, get_futex_key(U32P(area + 2), 0, &key, FUTEX_READ), -EINVAL);
	KUNIT_EXPECT_EQ(test, get_futex_key(U32P(PAGE_OFFSET), 0, &key, FUTEX_READ), -EFAULT);
	KUNIT_EXPECT_EQ(test, get_futex_key(U32P(8), FLAGS_SHARED, &key, FUTEX_READ), -EFAULT);
	KUNIT_EXPECT_EQ(test, SYSCALL(futex, 8, FUTEX_WAIT, 0, 0), -EFAULT);
	KUNIT_EXPECT_EQ(test, SYSCALL(futex, area, 77, 0, 0), -ENOSYS);
	KUNIT_EXPECT_EQ(test, SYSCALL(futex, area, FUTEX_WAIT_BITSET, 0, 0, 0, 0), -EINVAL);
	KUNIT_EXPECT_EQ(test, SYSCALL(futex, area, FUTEX_WAKE_BITSET, 1, 0, 0, 0), -EINVAL);
}

/* ---- WAKE_OP ---- */

static long wake_op(u32 op)
{
	return SYSCALL(futex, WORD(0), FUTEX_WAKE_OP | FUTEX_PRIVATE_FLAG, 1, 1, WORD(1), op);
}

static void wake_op_changes_the_second_word(struct kunit *test)
{
	static const struct {
		u32 op, arg, old, new;
	} rows[] = {
		{ FUTEX_OP_SET, 7, 100, 7 },
		{ FUTEX_OP_SET, 0xfff, 100, 0xffffffff },	/* twelve bits with a sign */
		{ FUTEX_OP_SET, 0x800, 100, 0xfffff800 },
		{ FUTEX_OP_ADD, 5, 100, 105 },
		{ FUTEX_OP_ADD, 0xfff, 100, 99 },
		{ FUTEX_OP_ADD, 1, 0xffffffff, 0 },
		{ FUTEX_OP_OR, 0x0f, 0xf0, 0xff },
		{ FUTEX_OP_ANDN, 0x0f, 0xff, 0xf0 },
		{ FUTEX_OP_XOR, 0x55, 0xff, 0xaa },
		{ FUTEX_OP_SET | FUTEX_OP_OPARG_SHIFT, 31, 1, 1U << 31 },
		{ FUTEX_OP_OR | FUTEX_OP_OPARG_SHIFT, 4, 1, 17 },
	};
	int i;

	for (i = 0; i < ARRAY_SIZE(rows); i++) {
		set_word(1, rows[i].old);
		KUNIT_EXPECT_EQ_MSG(test,
				    wake_op(FUTEX_OP(rows[i].op, rows[i].arg, FUTEX_OP_CMP_EQ, 0)),
				    0, "row %d", i);
		KUNIT_EXPECT_EQ_MSG(test, word(1), rows[i].new, "row %d", i);
	}
}

static void wake_op_refuses_what_it_does_not_know(struct kunit *test)
{
	set_word(1, 3);
	KUNIT_EXPECT_EQ(test, wake_op(FUTEX_OP(5, 1, FUTEX_OP_CMP_EQ, 0)), -ENOSYS);
	KUNIT_EXPECT_EQ(test, word(1), 3);
	KUNIT_EXPECT_EQ(test, wake_op(FUTEX_OP(FUTEX_OP_SET, 1, 6, 0)), -ENOSYS);
	KUNIT_EXPECT_EQ(test, SYSCALL(futex, WORD(0), FUTEX_WAKE_OP, 1, 1, 8, 0), -EFAULT);
}

/* ---- waiting ---- */

struct waiter {
	struct mm_struct *mm;
	unsigned long at;
	u32 value, bitset;
	long result;
	struct completion done;
	struct task_struct *task;
};

static int waiter_thread(void *arg)
{
	struct waiter *w = arg;

	kthread_use_mm(w->mm);
	w->result = SYSCALL(futex, w->at, FUTEX_WAIT_BITSET | FUTEX_PRIVATE_FLAG, w->value, 0, 0,
			    w->bitset);
	kthread_unuse_mm(w->mm);
	complete(&w->done);
	return 0;
}

static void start_waiter(struct kunit *test, struct waiter *w, int n, u32 bitset)
{
	*w = (struct waiter){ .mm = current->mm, .at = WORD(n), .value = word(n), .bitset = bitset,
			      .result = -1 };
	init_completion(&w->done);
	w->task = kthread_run(waiter_thread, w, "futex-waiter");
	KUNIT_ASSERT_FALSE(test, IS_ERR(w->task));
	KUNIT_EXPECT_TRUE(test, eventually(READ_ONCE(w->task->__state) & TASK_INTERRUPTIBLE));
}

static bool has_woken(struct waiter *w)
{
	return eventually(completion_done(&w->done)) && !w->result;
}

static long wake(int n, int nr)
{
	return SYSCALL(futex, WORD(n), FUTEX_WAKE | FUTEX_PRIVATE_FLAG, nr);
}

static int waiters_of(struct kunit *test, int n)
{
	union futex_key key = key_of(test, WORD(n), 0);

	return atomic_read(&futex_hash(&key)->waiters);
}

static void another_value_is_eagain_and_leaves_nothing(struct kunit *test)
{
	int before = waiters_of(test, 0);

	set_word(0, 5);
	KUNIT_EXPECT_EQ(test, SYSCALL(futex, WORD(0), FUTEX_WAIT | FUTEX_PRIVATE_FLAG, 4, 0),
			-EAGAIN);
	KUNIT_EXPECT_EQ(test, waiters_of(test, 0), before);
}

static void a_time_that_is_over_is_etimedout_and_leaves_nothing(struct kunit *test)
{
	int before = waiters_of(test, 0);

	put_user(0ULL, U64(WORD(8)));
	put_user(1000ULL, U64(WORD(8) + 8));
	KUNIT_EXPECT_EQ(test, SYSCALL(futex, WORD(0), FUTEX_WAIT | FUTEX_PRIVATE_FLAG, 0, WORD(8)),
			-ETIMEDOUT);
	KUNIT_EXPECT_EQ(test, waiters_of(test, 0), before);
	/* Nonsense times are refused before anything is looked at. */
	put_user(1000000000ULL, U64(WORD(8) + 8));
	KUNIT_EXPECT_EQ(test, SYSCALL(futex, WORD(0), FUTEX_WAIT | FUTEX_PRIVATE_FLAG, 0, WORD(8)),
			-EINVAL);
}

static void the_first_to_wait_is_the_first_to_wake(struct kunit *test)
{
	struct waiter w[3];
	int i;

	for (i = 0; i < 3; i++)
		start_waiter(test, &w[i], 0, ~0U);
	for (i = 0; i < 3; i++) {
		KUNIT_EXPECT_EQ(test, wake(0, 1), 1);
		KUNIT_EXPECT_TRUE(test, has_woken(&w[i]));
	}
	KUNIT_EXPECT_EQ(test, wake(0, 1), 0);
}

static void a_wake_reaches_its_bits_only(struct kunit *test)
{
	struct waiter a, b;

	start_waiter(test, &a, 0, 1);
	start_waiter(test, &b, 0, 2);
	KUNIT_EXPECT_EQ(test,
			SYSCALL(futex, WORD(0), FUTEX_WAKE_BITSET | FUTEX_PRIVATE_FLAG, 9, 0, 0, 4),
			0);
	KUNIT_EXPECT_EQ(test,
			SYSCALL(futex, WORD(0), FUTEX_WAKE_BITSET | FUTEX_PRIVATE_FLAG, 9, 0, 0, 2),
			1);
	KUNIT_EXPECT_TRUE(test, has_woken(&b));
	KUNIT_EXPECT_FALSE(test, completion_done(&a.done));
	KUNIT_EXPECT_EQ(test, wake(0, 9), 1);
	KUNIT_EXPECT_TRUE(test, has_woken(&a));
}

static void requeued_waiters_wake_by_the_other_word(struct kunit *test)
{
	struct waiter w[3];
	int i;

	for (i = 0; i < 3; i++)
		start_waiter(test, &w[i], 0, ~0U);
	/* One wakes, one goes over, one stays. */
	KUNIT_EXPECT_EQ(test, SYSCALL(futex, WORD(0), FUTEX_CMP_REQUEUE | FUTEX_PRIVATE_FLAG, 1, 1,
				      WORD(1), word(0) + 1), -EAGAIN);
	KUNIT_EXPECT_EQ(test, SYSCALL(futex, WORD(0), FUTEX_CMP_REQUEUE | FUTEX_PRIVATE_FLAG, 1, 1,
				      WORD(1), word(0)), 2);
	KUNIT_EXPECT_TRUE(test, has_woken(&w[0]));
	KUNIT_EXPECT_EQ(test, wake(0, 9), 1);
	KUNIT_EXPECT_TRUE(test, has_woken(&w[2]));
	KUNIT_EXPECT_FALSE(test, completion_done(&w[1].done));
	KUNIT_EXPECT_EQ(test, wake(1, 9), 1);
	KUNIT_EXPECT_TRUE(test, has_woken(&w[1]));
	KUNIT_EXPECT_EQ(test, waiters_of(test, 1), 0);
}

static void wake_op_wakes_the_second_if_it_compares(struct kunit *test)
{
	struct waiter a, b;

	start_waiter(test, &a, 0, ~0U);
	start_waiter(test, &b, 1, ~0U);
	KUNIT_EXPECT_EQ(test, wake_op(FUTEX_OP(FUTEX_OP_SET, 1, FUTEX_OP_CMP_GT, 0)), 1);
	KUNIT_EXPECT_TRUE(test, has_woken(&a));
	KUNIT_EXPECT_FALSE(test, completion_done(&b.done));
	KUNIT_EXPECT_EQ(test, wake_op(FUTEX_OP(FUTEX_OP_SET, 1, FUTEX_OP_CMP_GT, 0)), 1);
	KUNIT_EXPECT_TRUE(test, has_woken(&b));
}

static struct kunit_case futex_cases[] = {
	KUNIT_CASE(a_word_is_one_futex_and_its_neighbour_another),
	KUNIT_CASE(the_same_address_elsewhere_is_another_futex),
	KUNIT_CASE(a_shared_file_is_one_futex_at_two_addresses),
	KUNIT_CASE(bad_addresses_have_their_errno),
	KUNIT_CASE(wake_op_changes_the_second_word),
	KUNIT_CASE(wake_op_refuses_what_it_does_not_know),
	KUNIT_CASE(another_value_is_eagain_and_leaves_nothing),
	KUNIT_CASE(a_time_that_is_over_is_etimedout_and_leaves_nothing),
	KUNIT_CASE(the_first_to_wait_is_the_first_to_wake),
	KUNIT_CASE(a_wake_reaches_its_bits_only),
	KUNIT_CASE(requeued_waiters_wake_by_the_other_word),
	KUNIT_CASE(wake_op_wakes_the_second_if_it_compares),
	{}
};

static struct kunit_suite futex_suite = {
	.name = "futex",
	.init = futex_suite_init,
	.exit = mm_suite_exit,
	.test_cases = futex_cases,
};
kunit_test_suite(futex_suite);
