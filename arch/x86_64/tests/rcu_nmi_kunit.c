// SPDX-License-Identifier: MIT
/*
 * An NMI handler is an RCU reader, even one that hits a CPU deep in idle, where no grace period
 * would look for readers. Here another CPU sends it, and the idle loop is the real one; what any
 * machine can do is in kernel/rcu/tests/rcu_nmi_kunit.c.
 */

#include <kunit/test.h>

#include <linux/cpu.h>
#include <linux/rcupdate.h>
#include <linux/smp.h>

#include <asm/apic.h>
#include <asm/nmi.h>

#include "../../../kernel/rcu/rcu.h"
#include "../../../kernel/rcu/tests/reader.h"

static int reader_cpu = -1;
static int inside, leave;
static bool watched, explicit;

static bool read_in_nmi(struct pt_regs *regs)
{
	if (smp_processor_id() != READ_ONCE(reader_cpu))
		return false;
	if (explicit)
		rcu_read_lock();
	watched = rcu_is_watching() && in_nmi();
	smp_store_release(&inside, 1);
	while (!smp_load_acquire(&leave))	/* pairs with the test's release */
		cpu_relax();
	if (explicit)
		rcu_read_unlock();
	smp_store_release(&inside, 0);
	return true;
}

static void nmi_holds_up(struct kunit *test, bool with_lock)
{
	int cpu = other_cpu();
	struct hold_up h;

	if (cpu < 0)
		kunit_skip(test, "needs two CPUs");
	KUNIT_EXPECT_TRUE(test, eventually(rcu_is_idle_cpu(cpu)));
	inside = leave = 0;
	watched = false;
	explicit = with_lock;
	WRITE_ONCE(reader_cpu, cpu);
	nmi_set_test_hook(read_in_nmi);
	hold_up_start(&h, &inside, &leave);
	apic_send_nmi(cpu_physical_id(cpu));
	hold_up_expect(test, &h);
	KUNIT_EXPECT_TRUE(test, eventually(!smp_load_acquire(&inside)));
	KUNIT_EXPECT_TRUE(test, watched);
	nmi_set_test_hook(NULL);
	WRITE_ONCE(reader_cpu, -1);
}

static void an_nmi_out_of_idle_holds_up_grace_periods(struct kunit *test)
{
	nmi_holds_up(test, false);
}

static void a_reader_in_an_nmi_holds_up_grace_periods(struct kunit *test)
{
	nmi_holds_up(test, true);
}

static struct kunit_case rcu_nmi_sent_cases[] = {
	KUNIT_CASE(an_nmi_out_of_idle_holds_up_grace_periods),
	KUNIT_CASE(a_reader_in_an_nmi_holds_up_grace_periods),
	{}
};

static struct kunit_suite rcu_nmi_sent_suite = {
	.name = "rcu_nmi_sent",
	.test_cases = rcu_nmi_sent_cases,
};
kunit_test_suite(rcu_nmi_sent_suite);

MODULE_LICENSE("MIT");
