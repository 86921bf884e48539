// SPDX-License-Identifier: MIT
/*
 * Atomics of every size, as this CPU was patched: run on a CPU with LSE and on one without, both
 * variants are tested.
 */
#include <kunit/test.h>
#include <linux/atomic.h>
#include <linux/percpu.h>

#define CHECK_XCHG(type, a, b)							\
do {										\
	type v = (a);								\
	KUNIT_EXPECT_EQ(test, (type)xchg(&v, (type)(b)), (type)(a));		\
	KUNIT_EXPECT_EQ(test, v, (type)(b));					\
	KUNIT_EXPECT_EQ(test, (type)cmpxchg(&v, (type)(a), (type)3), (type)(b)); \
	KUNIT_EXPECT_EQ(test, v, (type)(b));					\
	KUNIT_EXPECT_EQ(test, (type)cmpxchg(&v, (type)(b), (type)3), (type)(b)); \
	KUNIT_EXPECT_EQ(test, v, (type)3);					\
	v = (a);								\
	KUNIT_EXPECT_EQ(test, (type)cmpxchg_relaxed(&v, (type)(a), (type)(b)), (type)(a)); \
	KUNIT_EXPECT_EQ(test, (type)cmpxchg_acquire(&v, (type)(b), (type)(a)), (type)(b)); \
	KUNIT_EXPECT_EQ(test, (type)cmpxchg_release(&v, (type)(a), (type)(b)), (type)(a)); \
	KUNIT_EXPECT_EQ(test, (type)xchg_relaxed(&v, (type)1), (type)(b));	\
	KUNIT_EXPECT_EQ(test, (type)xchg_acquire(&v, (type)2), (type)1);	\
	KUNIT_EXPECT_EQ(test, (type)xchg_release(&v, (type)3), (type)2);	\
} while (0)

static void exchange_works_in_every_size(struct kunit *test)
{
	CHECK_XCHG(u8, 0xff, 0x80);
	CHECK_XCHG(s8, -1, -128);
	CHECK_XCHG(u16, 0xffff, 0x8000);
	CHECK_XCHG(s16, -1, -32768);
	CHECK_XCHG(u32, 0xffffffff, 0x80000000);
	CHECK_XCHG(s32, -1, -2);
	CHECK_XCHG(u64, ~0ULL, 1ULL << 63);
	CHECK_XCHG(s64, -1LL, -2LL);
}

static void small_exchange_leaves_neighbours_alone(struct kunit *test)
{
	u8 b[4] = { 1, 2, 3, 4 };
	u16 h[4] = { 1, 2, 3, 4 };

	xchg(&b[1], 0xee);
	cmpxchg(&b[2], 3, 0xdd);
	xchg(&h[1], 0xeeee);
	KUNIT_EXPECT_EQ(test, b[0], 1);
	KUNIT_EXPECT_EQ(test, b[1], 0xee);
	KUNIT_EXPECT_EQ(test, b[2], 0xdd);
	KUNIT_EXPECT_EQ(test, b[3], 4);
	KUNIT_EXPECT_EQ(test, h[0], 1);
	KUNIT_EXPECT_EQ(test, h[2], 3);
}

static void cmpxchg128_compares_both_halves(struct kunit *test)
{
	static u128 v __aligned(16);
	u128 a = ((u128)1 << 64) | 2, b = ((u128)3 << 64) | 4;

	v = a;
	KUNIT_EXPECT_TRUE(test, arch_cmpxchg128(&v, a + 1, b) == a);
	KUNIT_EXPECT_TRUE(test, arch_cmpxchg128(&v, a ^ ((u128)1 << 64), b) == a);
	KUNIT_EXPECT_TRUE(test, v == a);
	KUNIT_EXPECT_TRUE(test, arch_cmpxchg128(&v, a, b) == a);
	KUNIT_EXPECT_TRUE(test, v == b);
}

static void arithmetic_gives_old_and_new(struct kunit *test)
{
	atomic_t v = ATOMIC_INIT(10);
	atomic64_t w = ATOMIC64_INIT(1LL << 40);

	KUNIT_EXPECT_EQ(test, atomic_add_return(5, &v), 15);
	KUNIT_EXPECT_EQ(test, atomic_sub_return(20, &v), -5);
	KUNIT_EXPECT_EQ(test, atomic_fetch_add(7, &v), -5);
	KUNIT_EXPECT_EQ(test, atomic_fetch_sub(1, &v), 2);
	atomic_add(9, &v);
	atomic_sub(2, &v);
	KUNIT_EXPECT_EQ(test, atomic_read(&v), 8);
	KUNIT_EXPECT_EQ(test, atomic64_add_return_relaxed(1, &w), (1LL << 40) + 1);
	KUNIT_EXPECT_EQ(test, atomic64_sub_return_acquire(2, &w), (1LL << 40) - 1);
	KUNIT_EXPECT_EQ(test, atomic64_fetch_add_release(1, &w), (1LL << 40) - 1);
}

static void logic_gives_old(struct kunit *test)
{
	atomic_t v = ATOMIC_INIT(0xf0);
	atomic64_t w = ATOMIC64_INIT(0xff00ff00ff00ff00LL);

	KUNIT_EXPECT_EQ(test, atomic_fetch_or(0x0f, &v), 0xf0);
	KUNIT_EXPECT_EQ(test, atomic_fetch_and(0x3c, &v), 0xff);
	KUNIT_EXPECT_EQ(test, atomic_fetch_xor(0xff, &v), 0x3c);
	KUNIT_EXPECT_EQ(test, atomic_fetch_andnot(0x03, &v), 0xc3);
	KUNIT_EXPECT_EQ(test, atomic_read(&v), 0xc0);
	atomic_or(1, &v);
	atomic_and(~0x80, &v);
	atomic_xor(0x11, &v);
	atomic_andnot(0x40, &v);
	KUNIT_EXPECT_EQ(test, atomic_read(&v), 0x10);
	atomic64_and(0xffff0000ffff0000LL, &w);
	KUNIT_EXPECT_EQ(test, atomic64_read(&w), (s64)0xff000000ff000000LL);
	atomic64_andnot(0xff00000000000000LL, &w);
	KUNIT_EXPECT_EQ(test, atomic64_read(&w), 0xff000000LL);
}

static DEFINE_PER_CPU(u8, pc8);
static DEFINE_PER_CPU(u16, pc16);
static DEFINE_PER_CPU(u32, pc32);
static DEFINE_PER_CPU(u64, pc64);

#define CHECK_PERCPU(var, type)						\
do {									\
	this_cpu_write(var, 5);						\
	this_cpu_add(var, 3);						\
	KUNIT_EXPECT_EQ(test, this_cpu_read(var), (type)8);		\
	KUNIT_EXPECT_EQ(test, this_cpu_add_return(var, -9), (type)-1);	\
	this_cpu_and(var, 0x3c);					\
	this_cpu_or(var, 1);						\
	KUNIT_EXPECT_EQ(test, this_cpu_xchg(var, 2), (type)0x3d);	\
	KUNIT_EXPECT_EQ(test, this_cpu_cmpxchg(var, 1, 9), (type)2);	\
	KUNIT_EXPECT_EQ(test, this_cpu_cmpxchg(var, 2, 9), (type)2);	\
	KUNIT_EXPECT_EQ(test, this_cpu_read(var), (type)9);		\
} while (0)

static void percpu_operations_work_in_every_size(struct kunit *test)
{
	migrate_disable();
	CHECK_PERCPU(pc8, u8);
	CHECK_PERCPU(pc16, u16);
	CHECK_PERCPU(pc32, u32);
	CHECK_PERCPU(pc64, u64);
	migrate_enable();
}

static struct kunit_case atomic_cases[] = {
	KUNIT_CASE(exchange_works_in_every_size),
	KUNIT_CASE(small_exchange_leaves_neighbours_alone),
	KUNIT_CASE(cmpxchg128_compares_both_halves),
	KUNIT_CASE(arithmetic_gives_old_and_new),
	KUNIT_CASE(logic_gives_old),
	KUNIT_CASE(percpu_operations_work_in_every_size),
	{},
};

static struct kunit_suite atomic_suite = {
	.name = "arm64_atomic",
	.test_cases = atomic_cases,
};
kunit_test_suite(atomic_suite);
