// SPDX-License-Identifier: MIT
/* A CPU goes down and comes back: nothing that waited on it is lost, and it ticks again. */
#include <kunit/test.h>

#include <linux/atomic.h>
#include <linux/clockchips.h>
#include <linux/completion.h>
#include <linux/cpu.h>
#include <linux/cpuhotplug.h>
#include <linux/delay.h>
#include <linux/hrtimer.h>
#include <linux/interrupt.h>
#include <linux/irq.h>
#include <linux/jiffies.h>
#include <linux/smp.h>
#include <linux/timer.h>
#include <linux/workqueue.h>

#include "../../tests/patience.h"
#include "../tick-internal.h"
#include "hres.h"

#define WAIT	PATIENCE

/* The CPU to take down; 0 stays. */
static int victim(struct kunit *test)
{
	int cpu = cpumask_last(cpu_online_mask);

	if (cpu == 0)
		kunit_skip(test, "one CPU");
	return cpu;
}

struct waiting {
	struct timer_list timer;
	struct hrtimer hrtimer;
	struct work_struct work;
	struct delayed_work dwork;
	int cpu;
	struct completion done;
};

static void waiting_ends(struct waiting *w)
{
	w->cpu = raw_smp_processor_id();
	complete(&w->done);
}

static void timer_ends(struct timer_list *t)
{
	struct waiting *w = from_timer(w, t, timer);

	waiting_ends(w);
}

static enum hrtimer_restart hrtimer_ends(struct hrtimer *t)
{
	waiting_ends(container_of(t, struct waiting, hrtimer));
	return HRTIMER_NORESTART;
}

static void work_ends(struct work_struct *work)
{
	waiting_ends(container_of(work, struct waiting, work));
}

static void dwork_ends(struct work_struct *work)
{
	waiting_ends(container_of(to_delayed_work(work), struct waiting, dwork));
}

static struct waiting *new_waiting(struct kunit *test)
{
	struct waiting *w = kunit_kzalloc(test, sizeof(*w), GFP_KERNEL);

	KUNIT_ASSERT_NOT_NULL(test, w);
	timer_setup(&w->timer, timer_ends, TIMER_PINNED);
	hrtimer_setup(&w->hrtimer, hrtimer_ends, CLOCK_MONOTONIC, HRTIMER_MODE_REL_PINNED);
	INIT_WORK(&w->work, work_ends);
	INIT_DELAYED_WORK(&w->dwork, dwork_ends);
	init_completion(&w->done);
	return w;
}

static void timer_of_a_dead_cpu_fires_elsewhere(struct kunit *test)
{
	int cpu = victim(test);
	struct waiting *w = new_waiting(test);

	w->timer.expires = jiffies + HZ / 5;
	add_timer_on(&w->timer, cpu);
	KUNIT_EXPECT_EQ(test, remove_cpu(cpu), 0);
	KUNIT_EXPECT_TRUE(test, wait_for_completion_timeout(&w->done, WAIT));
	timer_delete_sync(&w->timer);
	KUNIT_EXPECT_EQ(test, add_cpu(cpu), 0);
}

static void start_hrtimer_here(void *data)
{
	struct waiting *w = data;

	hrtimer_start(&w->hrtimer, 200 * NSEC_PER_MSEC, HRTIMER_MODE_REL_PINNED);
}

static void hrtimer_of_a_dead_cpu_fires_elsewhere(struct kunit *test)
{
	int cpu = victim(test);
	struct waiting *w = new_waiting(test);

	smp_call_function_single(cpu, start_hrtimer_here, w, 1);
	KUNIT_EXPECT_EQ(test, remove_cpu(cpu), 0);
	KUNIT_EXPECT_TRUE(test, wait_for_completion_timeout(&w->done, WAIT));
	hrtimer_cancel(&w->hrtimer);
	KUNIT_EXPECT_EQ(test, add_cpu(cpu), 0);
}

static void delayed_work_of_a_dead_cpu_runs_elsewhere(struct kunit *test)
{
	int cpu = victim(test);
	struct waiting *w = new_waiting(test);

	schedule_delayed_work_on(cpu, &w->dwork, HZ / 5);
	KUNIT_EXPECT_EQ(test, remove_cpu(cpu), 0);
	KUNIT_EXPECT_TRUE(test, wait_for_completion_timeout(&w->done, WAIT));
	cancel_delayed_work_sync(&w->dwork);
	KUNIT_EXPECT_EQ(test, add_cpu(cpu), 0);
}

static void cpu_that_came_back_has_timers_and_workers(struct kunit *test)
{
	int round, cpu = victim(test);

	for (round = 0; round < 3; round++) {
		struct waiting *w = new_waiting(test);

		KUNIT_ASSERT_EQ(test, remove_cpu(cpu), 0);
		KUNIT_ASSERT_EQ(test, add_cpu(cpu), 0);

		w->timer.expires = jiffies + 2;
		add_timer_on(&w->timer, cpu);
		KUNIT_EXPECT_TRUE(test, wait_for_completion_timeout(&w->done, WAIT));
		KUNIT_EXPECT_EQ(test, w->cpu, cpu);
		timer_delete_sync(&w->timer);

		smp_call_function_single(cpu, start_hrtimer_here, w, 1);
		KUNIT_EXPECT_TRUE(test, wait_for_completion_timeout(&w->done, WAIT));
		KUNIT_EXPECT_EQ(test, w->cpu, cpu);
		hrtimer_cancel(&w->hrtimer);

		schedule_work_on(cpu, &w->work);
		KUNIT_EXPECT_TRUE(test, wait_for_completion_timeout(&w->done, WAIT));
		flush_work(&w->work);
		KUNIT_EXPECT_EQ(test, w->cpu, cpu);
	}
}

/* Do ticks come? Not by a sleep in jiffies, which would not end if they didn't. */
static bool jiffies_advance(void)
{
	u64 end = ktime_get_ns() + 60 * (u64)NSEC_PER_SEC;
	unsigned long j = jiffies;

	while (time_before(jiffies, j + 5) && ktime_get_ns() < end)
		usleep_range(1000, 2000);
	return time_after_eq(jiffies, j + 5);
}

/* Whichever CPU counted them. */
static void jiffies_go_on_while_cpus_come_and_go(struct kunit *test)
{
	int cpu, round, last = victim(test);

	for (round = 0; round < 2; round++) {
		for (cpu = last; cpu > 0; cpu--)
			KUNIT_EXPECT_EQ(test, remove_cpu(cpu), 0);
		KUNIT_EXPECT_TRUE(test, jiffies_advance());
		for (cpu = 1; cpu <= last; cpu++)
			KUNIT_EXPECT_EQ(test, add_cpu(cpu), 0);
		KUNIT_EXPECT_TRUE(test, jiffies_advance());
	}
}

/* ---- the dying CPU's last moments ---- */

/* The first rung below those that take a dying CPU's tick and hrtimers away; neither machine's. */
#define RUNG_BELOW_TIMERS	CPUHP_AP_X86_HPET_STARTING

static int counter_at_death;
static bool late_alarm;

static int look_at_the_dying(unsigned int cpu)
{
	struct clock_event_device *dev = __this_cpu_read(tick_cpu_device.evtdev);

	counter_at_death = READ_ONCE(tick_do_timer_cpu);
	if (late_alarm)
		dev->event_handler(dev);
	return 0;
}

static void take_down_and_look(struct kunit *test, int cpu)
{
	KUNIT_ASSERT_EQ(test, cpuhp_setup_state_nocalls(RUNG_BELOW_TIMERS, "test:dying", NULL,
							look_at_the_dying), 0);
	KUNIT_EXPECT_EQ(test, remove_cpu(cpu), 0);
	cpuhp_remove_state_nocalls(RUNG_BELOW_TIMERS);
	KUNIT_EXPECT_EQ(test, add_cpu(cpu), 0);
}

/* Whether anybody did before is up to chance: the tick suite asks for each case. */
static void somebody_counts_when_a_cpu_has_died(struct kunit *test)
{
	int round, cpu = victim(test);

	late_alarm = false;
	for (round = 0; round < 3; round++) {
		take_down_and_look(test, cpu);
		KUNIT_EXPECT_GE(test, counter_at_death, 0);
		KUNIT_EXPECT_NE(test, counter_at_death, cpu);
	}
}

/* It was on its way when the machine stopped, and arrives when interrupts are on again. */
static void late_alarm_of_a_dying_cpu_finds_nothing_to_do(struct kunit *test)
{
	int cpu = victim(test);

	KUNIT_ASSERT_TRUE(test, eventually(all_cpus_are_in_hres_mode()));
	late_alarm = true;
	take_down_and_look(test, cpu);
}

/* ---- a line whose CPU goes ---- */

static struct cpumask routed_to;

static void nothing(struct irq_data *d)
{
}

static int note_affinity(struct irq_data *d, const struct cpumask *mask, bool force)
{
	cpumask_copy(&routed_to, cpumask_of(cpumask_last(mask)));
	irq_data_update_effective_affinity(d, &routed_to);
	return IRQ_SET_MASK_OK;
}

static struct irq_chip note_chip = {
	.name = "note",
	.irq_mask = nothing,
	.irq_unmask = nothing,
	.irq_ack = nothing,
	.irq_set_affinity = note_affinity,
};

static void line_of_a_dead_cpu_moves(struct kunit *test)
{
	int irq, cpu = victim(test);

	irq = irq_alloc_desc_from(100, NUMA_NO_NODE);
	KUNIT_ASSERT_GT(test, irq, 0);
	irq_set_chip_and_handler(irq, &note_chip, handle_edge_irq);
	KUNIT_EXPECT_EQ(test, request_irq(irq, no_action, 0, "note", test), 0);
	KUNIT_EXPECT_EQ(test, irq_set_affinity(irq, cpumask_of(cpu)), 0);
	KUNIT_EXPECT_TRUE(test, cpumask_test_cpu(cpu, &routed_to));
	KUNIT_EXPECT_EQ(test, remove_cpu(cpu), 0);
	KUNIT_EXPECT_FALSE(test, cpumask_test_cpu(cpu, &routed_to));
	KUNIT_EXPECT_TRUE(test, cpumask_intersects(&routed_to, cpu_online_mask));
	KUNIT_EXPECT_EQ(test, add_cpu(cpu), 0);
	free_irq(irq, test);
	irq_set_chip_and_handler(irq, NULL, NULL);
	irq_free_desc(irq);
}

static struct kunit_case time_hotplug_cases[] = {
	KUNIT_CASE(timer_of_a_dead_cpu_fires_elsewhere),
	KUNIT_CASE(hrtimer_of_a_dead_cpu_fires_elsewhere),
	KUNIT_CASE(delayed_work_of_a_dead_cpu_runs_elsewhere),
	KUNIT_CASE(cpu_that_came_back_has_timers_and_workers),
	KUNIT_CASE(jiffies_go_on_while_cpus_come_and_go),
	KUNIT_CASE(somebody_counts_when_a_cpu_has_died),
	KUNIT_CASE(late_alarm_of_a_dying_cpu_finds_nothing_to_do),
	KUNIT_CASE(line_of_a_dead_cpu_moves),
	{}
};

static struct kunit_suite time_hotplug_suite = {
	.name = "time_hotplug",
	.test_cases = time_hotplug_cases,
};
kunit_test_suite(time_hotplug_suite);
