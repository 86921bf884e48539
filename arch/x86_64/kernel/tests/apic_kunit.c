// SPDX-License-Identifier: MIT
/*
 * Local APICs: ids, vectors, and messages that arrive on the CPU they were sent to.
 */
#include <kunit/test.h>

#include <linux/cpumask.h>
#include <linux/delay.h>
#include <linux/errno.h>
#include <linux/irq_work.h>
#include <linux/preempt.h>
#include <linux/smp.h>

#include <asm/apic.h>
#include <asm/hw_irq.h>
#include <asm/smp.h>
#include <asm/tsc.h>

#define WAIT_MS 1000

static void read_own_id(void *id)
{
	*(u32 *)id = read_apic_id();
}

static void apic_ids_match_the_table(struct kunit *test)
{
	unsigned int cpu;
	u32 id;

	for_each_online_cpu(cpu) {
		KUNIT_ASSERT_EQ(test, smp_call_function_single(cpu, read_own_id, &id, true), 0);
		KUNIT_EXPECT_EQ(test, id, cpu_physical_id(cpu));
		KUNIT_EXPECT_EQ(test, apicid_to_cpu(id), (int)cpu);
	}
	KUNIT_EXPECT_EQ(test, apicid_to_cpu(BAD_APICID), -ENODEV);
	KUNIT_EXPECT_EQ(test, cpu_physical_id(NR_CPUS), BAD_APICID);
}

static bool rises_above(const unsigned int *counter, unsigned int before)
{
	int ms;

	for (ms = 0; ms < WAIT_MS; ms++) {
		if (READ_ONCE(*counter) != before)
			return true;
		msleep(1);
	}
	return false;
}

static void apic_reschedule_message_reaches_each_cpu(struct kunit *test)
{
	const unsigned int *counter;
	unsigned int cpu, before;

	for_each_online_cpu(cpu) {
		counter = &x86_irq_stat(cpu)->irq_resched_count;
		before = READ_ONCE(*counter);
		arch_smp_send_reschedule(cpu);
		KUNIT_EXPECT_TRUE_MSG(test, rises_above(counter, before), "CPU %u", cpu);
	}
}

static void apic_message_to_itself_arrives(struct kunit *test)
{
	const unsigned int *counter;
	unsigned int before;

	preempt_disable();
	counter = &x86_irq_stat(smp_processor_id())->apic_irq_work_irqs;
	before = READ_ONCE(*counter);
	arch_irq_work_raise();
	preempt_enable();
	KUNIT_EXPECT_TRUE(test, rises_above(counter, before));
}

static void vectors_are_given_out_once(struct kunit *test)
{
	const unsigned int fake = 4000;
	int first = assign_irq_vector(fake), second = assign_irq_vector(fake + 1);

	KUNIT_ASSERT_GT(test, first, FIRST_EXTERNAL_VECTOR);
	KUNIT_ASSERT_GT(test, second, FIRST_EXTERNAL_VECTOR);
	KUNIT_EXPECT_NE(test, first, second);
	KUNIT_EXPECT_LT(test, first, FIRST_SYSTEM_VECTOR);
	free_irq_vector(fake, first);
	free_irq_vector(fake + 1, second);
}

static void vectors_run_out_with_enospc(struct kunit *test)
{
	static int got[NR_VECTORS];
	const unsigned int fake = 4000;
	int n = 0, vector;

	while ((vector = assign_irq_vector(fake)) >= 0 && n < NR_VECTORS)
		got[n++] = vector;
	KUNIT_EXPECT_EQ(test, vector, -ENOSPC);
	KUNIT_EXPECT_GT(test, n, 100);
	while (n)
		free_irq_vector(fake, got[--n]);
	vector = assign_irq_vector(fake);
	KUNIT_EXPECT_GT(test, vector, 0);
	free_irq_vector(fake, vector);
}

static void tsc_rate_follows_from_a_window(struct kunit *test)
{
	/* 300 us of a 100 MHz reference and a 2.5 GHz counter. */
	KUNIT_EXPECT_EQ(test, tsc_rate_from_window(750000, 30000, 100000000), 2500000ULL);
	KUNIT_EXPECT_EQ(test, tsc_rate_from_window(750000, 0, 100000000), 0ULL);
	/* Nonsense that would not fit. */
	KUNIT_EXPECT_EQ(test, tsc_rate_from_window(~0ULL, 1, 100000000), 0ULL);
}

static struct kunit_case apic_cases[] = {
	KUNIT_CASE(apic_ids_match_the_table),
	KUNIT_CASE(apic_reschedule_message_reaches_each_cpu),
	KUNIT_CASE(apic_message_to_itself_arrives),
	KUNIT_CASE(vectors_are_given_out_once),
	KUNIT_CASE(vectors_run_out_with_enospc),
	KUNIT_CASE(tsc_rate_follows_from_a_window),
	{}
};

static struct kunit_suite apic_suite = {
	.name = "apic",
	.test_cases = apic_cases,
};

kunit_test_suite(apic_suite);
