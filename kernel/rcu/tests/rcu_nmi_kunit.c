// SPDX-License-Identifier: MIT
/*
 * NMIs may read. One comes where no interrupt can: with interrupts off, out of a CPU that RCU takes
 * for idle, and in the midst of RCU's own work, with a node's lock held. In each place its
 * reader has to hold grace periods up, and must not try to report anything itself.
 *
 * arch_call_in_nmi() is an NMI that comes on purpose. To get into the midst of things it is called
 * from where RCU records a step (event_ring_strike), as inside call_rcu() or under the leaf's lock.
 */

#include <kunit/test.h>

#include <linux/cpumask.h>
#include <linux/event_ring_test.h>
#include <linux/irqflags.h>
#include <linux/nmi_test.h>
#include <linux/rcupdate.h>
#include <linux/sched.h>

#include "../rcu.h"
#include "../tree.h"
#include "reader.h"

/* ---- a reader that stays in its NMI ---- */

struct nmi_reader {
	bool out_of_idle;		/* RCU doesn't watch its CPU */
	struct task_struct *task;
	int inside, leave;
	bool watched;
	struct completion done;
};

static void stay_in_nmi(void *arg)
{
	struct nmi_reader *r = arg;

	rcu_read_lock();
	r->watched = rcu_is_watching() && in_nmi() && !rcu_is_idle_cpu(smp_processor_id());
	smp_store_release(&r->inside, 1);
	while (!smp_load_acquire(&r->leave))	/* pairs with the test's release */
		cpu_relax();
	rcu_read_unlock();
}

static int nmi_reader_main(void *data)
{
	struct nmi_reader *r = data;
	unsigned long flags;

	local_irq_save(flags);
	if (r->out_of_idle)
		ct_idle_enter();
	arch_call_in_nmi(stay_in_nmi, r);
	if (r->out_of_idle)
		ct_idle_exit();
	local_irq_restore(flags);
	complete(&r->done);
	while (!kthread_should_stop())
		schedule_timeout_interruptible(1);
	return 0;
}

static void nmi_holds_up(struct kunit *test, bool out_of_idle)
{
	struct nmi_reader r = { .out_of_idle = out_of_idle };
	int cpu = other_cpu();
	struct hold_up h;

	if (cpu < 0)
		kunit_skip(test, "needs two CPUs");
	init_completion(&r.done);
	r.task = kthread_create_on_cpu(nmi_reader_main, &r, cpu, "nmi_reader/%u");
	KUNIT_ASSERT_NOT_ERR_OR_NULL(test, r.task);
	hold_up_start(&h, &r.inside, &r.leave);
	wake_up_process(r.task);
	hold_up_expect(test, &h);
	wait_for_completion(&r.done);
	kthread_stop(r.task);
	KUNIT_EXPECT_TRUE(test, r.watched);
}

static void an_nmi_where_interrupts_are_off_holds_up_grace_periods(struct kunit *test)
{
	nmi_holds_up(test, false);
}

static void an_nmi_out_of_idle_holds_up_grace_periods(struct kunit *test)
{
	nmi_holds_up(test, true);
}

/* ---- readers in NMIs in the midst of RCU ---- */

static struct task_struct *victim;
static int strikes[RCU_TRACE_NR], strikes_in_nmi;

static void read_in_nmi(void *arg)
{
	rcu_read_lock();
	rcu_read_lock();
	strikes_in_nmi += in_nmi() && rcu_is_watching();
	rcu_read_unlock();
	rcu_read_unlock();
}

/* Where a step was recorded; interrupts are off. The NMI's own steps are let be. */
static void strike(struct event_ring_set *set, int event)
{
	if (set != &rcu_ring || current != READ_ONCE(victim) || in_nmi() || in_hardirq() ||
	    in_serving_softirq())
		return;
	strikes[event]++;
	arch_call_in_nmi(read_in_nmi, NULL);
}

struct counted {
	struct rcu_head head;
	struct completion done;
};

static void count_callback(struct rcu_head *head)
{
	complete(&container_of(head, struct counted, head)->done);
}

static void read_write_and_be_preempted(void)
{
	struct counted c;

	init_completion(&c.done);
	rcu_read_lock();
	be_preempted();		/* listed under the leaf's lock */
	rcu_read_unlock();	/* rcu_read_unlock_special(): unlisted under it */
	call_rcu_hurry(&c.head, count_callback);
	synchronize_rcu_expedited();
	wait_for_completion(&c.done);
}

static void nmis_may_read_in_the_midst_of_rcu(struct kunit *test)
{
	int i, sum = 0;

	memset(strikes, 0, sizeof(strikes));
	strikes_in_nmi = 0;
	rcu_trace_enable(true);
	WRITE_ONCE(victim, current);
	WRITE_ONCE(event_ring_strike, strike);
	for (i = 0; i < 20; i++)
		read_write_and_be_preempted();
	WRITE_ONCE(event_ring_strike, NULL);
	WRITE_ONCE(victim, NULL);
	rcu_trace_free();

	for (i = 0; i < RCU_TRACE_NR; i++)
		sum += strikes[i];
	KUNIT_EXPECT_EQ(test, strikes_in_nmi, sum);
	KUNIT_EXPECT_GE(test, strikes[RCU_TRACE_CB_QUEUE], 20);
	KUNIT_EXPECT_GE(test, strikes[RCU_TRACE_TASK_BLOCK], 20);
	KUNIT_EXPECT_GE(test, strikes[RCU_TRACE_TASK_UNBLOCK], 20);
	KUNIT_EXPECT_GE(test, strikes[RCU_TRACE_EXP_START], 1);
	KUNIT_EXPECT_GE(test, strikes[RCU_TRACE_GP_INIT], 1);
	KUNIT_EXPECT_EQ(test, rcu_preempt_depth(), 0);
}

/*
 * The task has left its reader and not yet looked at the note in it: the end of the NMI's reader
 * looks like the end of the task's.
 */
static void an_nmi_leaves_the_tasks_report_to_the_task(struct kunit *test)
{
	unsigned long flags;
	bool noted;

	local_irq_save(flags);
	current->rcu_read_unlock_special.b.need_qs = true;
	strikes_in_nmi = 0;
	arch_call_in_nmi(read_in_nmi, NULL);
	noted = current->rcu_read_unlock_special.b.need_qs;
	local_irq_restore(flags);
	rcu_read_lock();
	rcu_read_unlock();
	KUNIT_EXPECT_EQ(test, strikes_in_nmi, 1);
	KUNIT_EXPECT_TRUE(test, noted);
	KUNIT_EXPECT_EQ(test, current->rcu_read_unlock_special.s, 0);
}

static struct kunit_case rcu_nmi_cases[] = {
	KUNIT_CASE(an_nmi_where_interrupts_are_off_holds_up_grace_periods),
	KUNIT_CASE(an_nmi_out_of_idle_holds_up_grace_periods),
	KUNIT_CASE(nmis_may_read_in_the_midst_of_rcu),
	KUNIT_CASE(an_nmi_leaves_the_tasks_report_to_the_task),
	{}
};

static struct kunit_suite rcu_nmi_suite = {
	.name = "rcu_nmi",
	.test_cases = rcu_nmi_cases,
};
kunit_test_suite(rcu_nmi_suite);

MODULE_LICENSE("MIT");
