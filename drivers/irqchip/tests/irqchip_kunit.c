// SPDX-License-Identifier: MIT
/*
 * The machine's interrupt controller, by an interrupt that is raised by hand: it arrives, where
 * it was sent, once, and not while it is disabled.
 */
#include <kunit/test.h>

#include <linux/atomic.h>
#include <linux/completion.h>
#include <linux/cpu.h>
#include <linux/cpumask.h>
#include <linux/delay.h>
#include <linux/interrupt.h>
#include <linux/irq.h>
#include <linux/jiffies.h>
#include <linux/smp.h>

#include "spare_irq.h"

struct arrival {
	atomic_t count;
	int cpu;
	struct completion done;
};

static irqreturn_t spare_handler(int irq, void *dev_id)
{
	struct arrival *a = dev_id;

	a->cpu = smp_processor_id();
	atomic_inc(&a->count);
	complete(&a->done);
	return IRQ_HANDLED;
}

struct irqchip_fixture {
	unsigned int irq;
	bool requested;
	struct arrival arrival;
};

static int irqchip_test_init(struct kunit *test)
{
	struct irqchip_fixture *f = kunit_kzalloc(test, sizeof(*f), GFP_KERNEL);

	KUNIT_ASSERT_NOT_NULL(test, f);
	test->priv = f;
	init_completion(&f->arrival.done);
	f->irq = spare_irq(test);
	KUNIT_ASSERT_NE(test, f->irq, 0U);
	KUNIT_ASSERT_EQ(test, request_irq(f->irq, spare_handler, IRQF_TRIGGER_RISING, "kunit",
					  &f->arrival), 0);
	f->requested = true;
	return 0;
}

static void irqchip_test_exit(struct kunit *test)
{
	struct irqchip_fixture *f = test->priv;

	if (!f)
		return;
	if (f->requested)
		free_irq(f->irq, &f->arrival);
	if (f->irq)
		spare_irq_put(f->irq);
}

static int raise(struct irqchip_fixture *f)
{
	return irq_set_irqchip_state(f->irq, IRQCHIP_STATE_PENDING, true);
}

/*
 * Arrives, and its handler is through: one that comes while the CPU before is still at work is left
 * to that CPU (edge flow), wherever it was sent.
 */
static bool arrives(struct irqchip_fixture *f)
{
	if (!wait_for_completion_timeout(&f->arrival.done, HZ))
		return false;
	synchronize_irq(f->irq);
	return true;
}

static void irqchip_delivers_an_interrupt_once(struct kunit *test)
{
	struct irqchip_fixture *f = test->priv;

	KUNIT_ASSERT_EQ(test, raise(f), 0);
	KUNIT_ASSERT_TRUE(test, arrives(f));
	msleep(2);
	KUNIT_EXPECT_EQ(test, atomic_read(&f->arrival.count), 1);
}

static void irqchip_delivers_again_and_again(struct kunit *test)
{
	struct irqchip_fixture *f = test->priv;
	int i;

	for (i = 1; i <= 100; i++) {
		KUNIT_ASSERT_EQ(test, raise(f), 0);
		KUNIT_ASSERT_TRUE_MSG(test, arrives(f), "number %d", i);
		KUNIT_ASSERT_EQ(test, atomic_read(&f->arrival.count), i);
	}
}

static void irqchip_delivers_where_affinity_says(struct kunit *test)
{
	struct irqchip_fixture *f = test->priv;
	int cpu;

	for_each_online_cpu(cpu) {
		KUNIT_ASSERT_EQ(test, irq_set_affinity(f->irq, cpumask_of(cpu)), 0);
		KUNIT_ASSERT_EQ(test, raise(f), 0);
		KUNIT_ASSERT_TRUE_MSG(test, arrives(f), "CPU %d", cpu);
		KUNIT_EXPECT_EQ(test, f->arrival.cpu, cpu);
	}
	irq_set_affinity(f->irq, cpumask_of(0));
}

static void irqchip_keeps_a_disabled_interrupt_for_later(struct kunit *test)
{
	struct irqchip_fixture *f = test->priv;

	disable_irq(f->irq);
	KUNIT_ASSERT_EQ(test, raise(f), 0);
	msleep(5);
	KUNIT_EXPECT_EQ(test, atomic_read(&f->arrival.count), 0);
	enable_irq(f->irq);
	KUNIT_EXPECT_TRUE(test, arrives(f));
	KUNIT_EXPECT_EQ(test, atomic_read(&f->arrival.count), 1);
}

/* The CPU that an interrupt goes to is taken away, under a stream of interrupts. */
static void irqchip_moves_interrupts_off_a_cpu_that_goes(struct kunit *test)
{
	struct irqchip_fixture *f = test->priv;
	unsigned int cpu = cpumask_last(cpu_online_mask);
	int i;

	if (!cpu)
		kunit_skip(test, "needs two CPUs");
	KUNIT_ASSERT_EQ(test, irq_set_affinity(f->irq, cpumask_of(cpu)), 0);
	KUNIT_ASSERT_EQ(test, raise(f), 0);
	KUNIT_ASSERT_TRUE(test, arrives(f));
	KUNIT_ASSERT_EQ(test, f->arrival.cpu, (int)cpu);

	KUNIT_ASSERT_EQ(test, raise(f), 0);
	KUNIT_ASSERT_EQ(test, remove_cpu(cpu), 0);
	KUNIT_EXPECT_TRUE(test, arrives(f));
	for (i = 0; i < 10; i++) {
		KUNIT_EXPECT_EQ(test, raise(f), 0);
		KUNIT_EXPECT_TRUE(test, arrives(f));
		KUNIT_EXPECT_NE(test, f->arrival.cpu, (int)cpu);
	}
	KUNIT_ASSERT_EQ(test, add_cpu(cpu), 0);
	KUNIT_ASSERT_EQ(test, irq_set_affinity(f->irq, cpumask_of(cpu)), 0);
	KUNIT_ASSERT_EQ(test, raise(f), 0);
	KUNIT_EXPECT_TRUE(test, arrives(f));
	KUNIT_EXPECT_EQ(test, f->arrival.cpu, (int)cpu);
	irq_set_affinity(f->irq, cpumask_of(0));
}

static struct kunit_case irqchip_cases[] = {
	KUNIT_CASE(irqchip_delivers_an_interrupt_once),
	KUNIT_CASE(irqchip_delivers_again_and_again),
	KUNIT_CASE(irqchip_delivers_where_affinity_says),
	KUNIT_CASE(irqchip_keeps_a_disabled_interrupt_for_later),
	KUNIT_CASE(irqchip_moves_interrupts_off_a_cpu_that_goes),
	{}
};

static struct kunit_suite irqchip_suite = {
	.name = "irqchip",
	.init = irqchip_test_init,
	.exit = irqchip_test_exit,
	.test_cases = irqchip_cases,
};

kunit_test_suite(irqchip_suite);
