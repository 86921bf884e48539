// SPDX-License-Identifier: MIT
/*
 * Per-CPU memory: static variables, allocation, and the operations on the own copy.
 */

#include <kunit/test.h>
#include <linux/cpumask.h>
#include <linux/fault-inject.h>
#include <linux/mm.h>
#include <linux/percpu.h>
#include <linux/report.h>
#include <linux/smp.h>
#include <linux/string.h>

static DEFINE_PER_CPU(u64, static_var) = 0x55;
static DEFINE_PER_CPU(u8, var1);
static DEFINE_PER_CPU(u16, var2);
static DEFINE_PER_CPU(u32, var4);
static DEFINE_PER_CPU(u64, var8);

static void static_variables_have_a_copy_each(struct kunit *test)
{
	unsigned int cpu, other;

	for_each_possible_cpu(cpu) {
		KUNIT_EXPECT_EQ(test, per_cpu(static_var, cpu), 0x55ULL);
		for_each_possible_cpu(other)
			if (cpu != other)
				KUNIT_EXPECT_PTR_NE(test, per_cpu_ptr(&static_var, cpu),
						    per_cpu_ptr(&static_var, other));
		KUNIT_EXPECT_TRUE(test, is_kernel_percpu_address(
						(unsigned long)per_cpu_ptr(&static_var, cpu)));
	}
}

static void allocation_is_zeroed_and_aligned(struct kunit *test)
{
	unsigned int cpu, round;

	for (round = 0; round < 3; round++) {
		u8 __percpu *p = __alloc_percpu(200, 64);

		KUNIT_ASSERT_NOT_NULL(test, (void __force *)p);
		for_each_possible_cpu(cpu) {
			KUNIT_EXPECT_TRUE(test, IS_ALIGNED((unsigned long)per_cpu_ptr(p, cpu), 64));
			KUNIT_EXPECT_NULL(test, memchr_inv(per_cpu_ptr(p, cpu), 0, 200));
			memset(per_cpu_ptr(p, cpu), cpu + 1, 200);
		}
		for_each_possible_cpu(cpu)
			KUNIT_EXPECT_NULL(test, memchr_inv(per_cpu_ptr(p, cpu), cpu + 1, 200));
		free_percpu(p);
	}
}

static void allocations_do_not_overlap(struct kunit *test)
{
	static u64 __percpu *p[64];
	unsigned int i, cpu;

	for (i = 0; i < 64; i++) {
		p[i] = alloc_percpu(u64);
		KUNIT_ASSERT_NOT_NULL(test, (void __force *)p[i]);
		for_each_possible_cpu(cpu)
			*per_cpu_ptr(p[i], cpu) = i * 1000 + cpu;
	}
	for (i = 0; i < 64; i++) {
		for_each_possible_cpu(cpu)
			KUNIT_EXPECT_EQ(test, *per_cpu_ptr(p[i], cpu), (u64)(i * 1000 + cpu));
		free_percpu(p[i]);
	}
}

/* More than the boot chunk has: further chunks come and go. */
static void chunks_grow(struct kunit *test)
{
	enum { N = 24, SIZE = 4000 };
	static u8 __percpu *p[N];
	unsigned int i, cpu;

	for (i = 0; i < N; i++) {
		p[i] = __alloc_percpu(SIZE, 8);
		KUNIT_ASSERT_NOT_NULL(test, (void __force *)p[i]);
		for_each_possible_cpu(cpu)
			memset(per_cpu_ptr(p[i], cpu), i, SIZE);
	}
	for (i = 0; i < N; i++)
		for_each_possible_cpu(cpu)
			KUNIT_EXPECT_NULL(test, memchr_inv(per_cpu_ptr(p[i], cpu), i, SIZE));
	for (i = 0; i < N; i++)
		free_percpu(p[i]);
	pcpu_reclaim();
}

static void size_of_an_allocation_is_known(struct kunit *test)
{
	void __percpu *a = __alloc_percpu(24, 8);
	void __percpu *b = __alloc_percpu(13, 1);

	KUNIT_ASSERT_NOT_NULL(test, (void __force *)a);
	KUNIT_ASSERT_NOT_NULL(test, (void __force *)b);
	KUNIT_EXPECT_EQ(test, pcpu_alloc_size(a), (size_t)24);
	KUNIT_EXPECT_EQ(test, pcpu_alloc_size(b), (size_t)16);
	free_percpu(a);
	free_percpu(b);
	free_percpu(NULL);
}

static void freed_room_is_used_again(struct kunit *test)
{
	unsigned long before = pcpu_allocated_bytes();
	void __percpu *p = __alloc_percpu(128, 8);

	KUNIT_ASSERT_NOT_NULL(test, (void __force *)p);
	KUNIT_EXPECT_EQ(test, pcpu_allocated_bytes(), before + 128);
	free_percpu(p);
	KUNIT_EXPECT_EQ(test, pcpu_allocated_bytes(), before);
}

static void atomic_allocation_works_with_interrupts_off(struct kunit *test)
{
	u64 __percpu *p;
	unsigned long flags;

	local_irq_save(flags);
	p = alloc_percpu_gfp(u64, GFP_NOWAIT);
	free_percpu(p);
	local_irq_restore(flags);
	KUNIT_EXPECT_NOT_NULL(test, (void __force *)p);
}

static void bad_sizes_are_refused(struct kunit *test)
{
	KUNIT_EXPECT_NULL(test, (void __force *)__alloc_percpu_gfp(1 << 24, 8,
								   GFP_KERNEL | __GFP_NOWARN));
	KUNIT_EXPECT_NULL(test, (void __force *)__alloc_percpu_gfp(8, 2 * PAGE_SIZE,
								   GFP_KERNEL | __GFP_NOWARN));
	KUNIT_EXPECT_NULL(test, (void __force *)__alloc_percpu_gfp(0, 8,
								   GFP_KERNEL | __GFP_NOWARN));
}

static void bad_free_is_reported(struct kunit *test)
{
	u64 __percpu *p = alloc_percpu(u64);

	KUNIT_ASSERT_NOT_NULL(test, (void __force *)p);
	free_percpu(p);
	kunit_expect_report(test, REPORT_WARN);
	free_percpu(p);
}

#define TEST_OPS(var, type)							\
do {										\
	this_cpu_write(var, 5);							\
	KUNIT_EXPECT_EQ(test, this_cpu_read(var), (type)5);			\
	this_cpu_add(var, 10);							\
	KUNIT_EXPECT_EQ(test, this_cpu_read(var), (type)15);			\
	this_cpu_sub(var, 1);							\
	KUNIT_EXPECT_EQ(test, this_cpu_add_return(var, 2), (type)16);		\
	this_cpu_inc(var);							\
	this_cpu_dec(var);							\
	this_cpu_and(var, 0x1c);						\
	KUNIT_EXPECT_EQ(test, this_cpu_read(var), (type)0x10);			\
	this_cpu_or(var, 0x83);							\
	KUNIT_EXPECT_EQ(test, this_cpu_read(var), (type)0x93);			\
	KUNIT_EXPECT_EQ(test, this_cpu_xchg(var, 7), (type)0x93);		\
	KUNIT_EXPECT_EQ(test, this_cpu_cmpxchg(var, 8, 9), (type)7);		\
	KUNIT_EXPECT_EQ(test, this_cpu_cmpxchg(var, 7, 9), (type)7);		\
	KUNIT_EXPECT_EQ(test, this_cpu_read(var), (type)9);			\
	KUNIT_EXPECT_EQ(test, raw_cpu_read(var), (type)9);			\
	KUNIT_EXPECT_PTR_EQ(test, this_cpu_ptr(&var),				\
			    per_cpu_ptr(&var, smp_processor_id()));		\
} while (0)

static void operations_work_at_every_size(struct kunit *test)
{
	migrate_disable();
	preempt_disable();
	TEST_OPS(var1, u8);
	TEST_OPS(var2, u16);
	TEST_OPS(var4, u32);
	TEST_OPS(var8, u64);
	preempt_enable();
	migrate_enable();
}

static void count_up(void *info)
{
	u64 __percpu *counter = info;
	int i;

	for (i = 0; i < 1000; i++)
		this_cpu_inc(*counter);
}

static void every_cpu_counts_on_its_own(struct kunit *test)
{
	u64 __percpu *counter = alloc_percpu(u64);
	unsigned int cpu;

	KUNIT_ASSERT_NOT_NULL(test, (void __force *)counter);
	on_each_cpu(count_up, counter, 1);
	for_each_online_cpu(cpu)
		KUNIT_EXPECT_EQ(test, *per_cpu_ptr(counter, cpu), 1000ULL);
	free_percpu(counter);
}

#ifdef CONFIG_FAULT_INJECTION
static void failure_to_populate_leaves_nothing(struct kunit *test)
{
	unsigned long before = pcpu_allocated_bytes();
	void __percpu *p[40];
	int n = 0, i;

	pcpu_reclaim();
	fault_attr_arm(&fail_page_alloc, 5, -1, 1);
	while (n < 40) {
		p[n] = __alloc_percpu_gfp(4096, 8, GFP_KERNEL | __GFP_NOWARN);
		if (!p[n])
			break;
		n++;
	}
	fault_attr_disarm(&fail_page_alloc);
	KUNIT_EXPECT_LT(test, n, 40);
	for (i = 0; i < n; i++)
		free_percpu(p[i]);
	pcpu_reclaim();
	KUNIT_EXPECT_EQ(test, pcpu_allocated_bytes(), before);
}
#endif

static struct kunit_case percpu_cases[] = {
	KUNIT_CASE(static_variables_have_a_copy_each),
	KUNIT_CASE(allocation_is_zeroed_and_aligned),
	KUNIT_CASE(allocations_do_not_overlap),
	KUNIT_CASE(chunks_grow),
	KUNIT_CASE(size_of_an_allocation_is_known),
	KUNIT_CASE(freed_room_is_used_again),
	KUNIT_CASE(atomic_allocation_works_with_interrupts_off),
	KUNIT_CASE(bad_sizes_are_refused),
	KUNIT_CASE(bad_free_is_reported),
	KUNIT_CASE(operations_work_at_every_size),
	KUNIT_CASE(every_cpu_counts_on_its_own),
#ifdef CONFIG_FAULT_INJECTION
	KUNIT_CASE(failure_to_populate_leaves_nothing),
#endif
	{}
};

static struct kunit_suite percpu_suite = {
	.name = "percpu",
	.test_cases = percpu_cases,
};
kunit_test_suite(percpu_suite);
