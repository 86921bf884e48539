// SPDX-License-Identifier: MIT
/*
 * Cross calls, stoppers, CPU hot-plug, notifiers and the small RCU.
 */

#include <kunit/test.h>

#include <linux/completion.h>
#include <linux/cpu.h>
#include <linux/delay.h>
#include <linux/kthread.h>
#include <linux/notifier.h>
#include <linux/percpu.h>
#include <linux/rcupdate.h>
#include <linux/slab.h>
#include <linux/smp.h>
#include <linux/stop_machine.h>

#include "patience.h"

/* ---- cross calls ---- */

static void set_cpu_bit(void *info)
{
	cpumask_set_cpu(smp_processor_id(), info);
}

static void single_call_runs_on_its_cpu(struct kunit *test)
{
	int cpu;

	for_each_online_cpu(cpu) {
		struct cpumask ran = { };

		KUNIT_EXPECT_EQ(test, smp_call_function_single(cpu, set_cpu_bit, &ran, 1), 0);
		KUNIT_EXPECT_TRUE(test, cpumask_equal(&ran, cpumask_of(cpu)));
	}
}

static void a_call_to_nowhere_fails(struct kunit *test)
{
	struct cpumask ran = { };

	KUNIT_EXPECT_EQ(test, smp_call_function_single(nr_cpu_ids, set_cpu_bit, &ran, 1), -ENXIO);
	KUNIT_EXPECT_TRUE(test, cpumask_empty(&ran));
}

static void many_skips_the_caller(struct kunit *test)
{
	struct cpumask ran = { }, want;
	int cpu;

	preempt_disable();
	cpu = smp_processor_id();
	smp_call_function_many(cpu_online_mask, set_cpu_bit, &ran, true);
	preempt_enable();
	cpumask_andnot(&want, cpu_online_mask, cpumask_of(cpu));
	KUNIT_EXPECT_TRUE(test, cpumask_equal(&ran, &want));
}

static void on_each_cpu_includes_the_caller(struct kunit *test)
{
	struct cpumask ran = { };

	on_each_cpu(set_cpu_bit, &ran, 1);
	KUNIT_EXPECT_TRUE(test, cpumask_equal(&ran, cpu_online_mask));
}

static void on_each_cpu_mask_keeps_to_the_mask(struct kunit *test)
{
	struct cpumask ran = { };
	int cpu = cpumask_last(cpu_online_mask);

	on_each_cpu_mask(cpumask_of(cpu), set_cpu_bit, &ran, true);
	KUNIT_EXPECT_TRUE(test, cpumask_equal(&ran, cpumask_of(cpu)));
}

static bool even_cpu(int cpu, void *info)
{
	(void)info;
	return !(cpu & 1);
}

static void on_each_cpu_cond_asks_first(struct kunit *test)
{
	struct cpumask ran = { };
	int cpu;

	on_each_cpu_cond(even_cpu, set_cpu_bit, &ran, true);
	for_each_online_cpu(cpu)
		KUNIT_EXPECT_EQ(test, cpumask_test_cpu(cpu, &ran), !(cpu & 1));
}

static void call_any_prefers_the_mask(struct kunit *test)
{
	struct cpumask ran = { };
	int cpu = cpumask_last(cpu_online_mask);

	KUNIT_EXPECT_EQ(test, smp_call_function_any(cpumask_of(cpu), set_cpu_bit, &ran, 1), 0);
	KUNIT_EXPECT_TRUE(test, cpumask_test_cpu(cpu, &ran));
}

struct async {
	call_single_data_t csd;
	struct completion done;
	int runs;
};

static void async_fn(void *info)
{
	struct async *a = info;

	a->runs++;
	complete(&a->done);
}

static void async_calls_reuse_their_csd(struct kunit *test)
{
	struct async *a = kunit_kzalloc(test, sizeof(*a), GFP_KERNEL);
	int i, cpu = cpumask_last(cpu_online_mask);

	KUNIT_ASSERT_NOT_NULL(test, a);
	INIT_CSD(&a->csd, async_fn, a);
	init_completion(&a->done);
	for (i = 0; i < 50; i++) {
		unsigned long flags;
		int ret;

		local_irq_save(flags);
		ret = smp_call_function_single_async(cpu, &a->csd);
		local_irq_restore(flags);
		KUNIT_EXPECT_EQ(test, ret, 0);
		wait_for_completion(&a->done);
	}
	KUNIT_EXPECT_EQ(test, a->runs, 50);
}

static DEFINE_PER_CPU(atomic_t, storm_hits);

static void storm_fn(void *info)
{
	(void)info;
	atomic_inc(this_cpu_ptr(&storm_hits));
}

#define STORM_CALLS	500

/* Each call waits for every CPU, and the host may have fewer than we have. */
struct call_storm {
	atomic_t calls;
	struct completion done;
};

static int storm_thread(void *data)
{
	struct call_storm *s = data;
	int i;

	for_rounds(i, STORM_CALLS) {
		on_each_cpu(storm_fn, NULL, i & 1);
		atomic_inc(&s->calls);
	}
	complete(&s->done);
	return 0;
}

static void all_cpus_call_all_cpus(struct kunit *test)
{
	struct call_storm *s = kunit_kzalloc(test, sizeof(*s), GFP_KERNEL);
	int cpu, n = num_online_cpus();

	KUNIT_ASSERT_NOT_NULL(test, s);
	init_completion(&s->done);
	for_each_possible_cpu(cpu)
		atomic_set(per_cpu_ptr(&storm_hits, cpu), 0);
	for_each_online_cpu(cpu) {
		struct task_struct *t = kthread_create_on_cpu(storm_thread, s, cpu, "storm/%u");

		KUNIT_ASSERT_FALSE(test, IS_ERR(t));
		wake_up_process(t);
	}
	for (cpu = 0; cpu < n; cpu++)
		wait_for_completion(&s->done);
	on_each_cpu(storm_fn, NULL, 1);		/* behind all that were not waited for */
	for_each_online_cpu(cpu)
		KUNIT_EXPECT_EQ(test, atomic_read(per_cpu_ptr(&storm_hits, cpu)),
				atomic_read(&s->calls) + 1);
}

static int tell_cpu(void *data)
{
	msleep(1);
	*(int *)data = raw_smp_processor_id();
	return 17;
}

static void call_on_cpu_may_sleep(struct kunit *test)
{
	int cpu;

	for_each_online_cpu(cpu) {
		int ran_on = -1;

		KUNIT_EXPECT_EQ(test, smp_call_on_cpu(cpu, tell_cpu, &ran_on, false), 17);
		KUNIT_EXPECT_EQ(test, ran_on, cpu);
	}
	KUNIT_EXPECT_EQ(test, smp_call_on_cpu(nr_cpu_ids, tell_cpu, &cpu, false), -ENXIO);
}

/* ---- stoppers ---- */

static int stop_report(void *data)
{
	*(int *)data = raw_smp_processor_id();
	return 5;
}

static void stop_one_cpu_runs_there(struct kunit *test)
{
	int cpu;

	for_each_online_cpu(cpu) {
		int ran_on = -1;

		KUNIT_EXPECT_EQ(test, stop_one_cpu(cpu, stop_report, &ran_on), 5);
		KUNIT_EXPECT_EQ(test, ran_on, cpu);
	}
}

static void stop_two_cpus_runs_on_the_first(struct kunit *test)
{
	int first = cpumask_first(cpu_online_mask), last = cpumask_last(cpu_online_mask);
	int ran_on = -1;

	if (first == last) {
		kunit_skip(test, "needs two CPUs");
		return;
	}
	KUNIT_EXPECT_EQ(test, stop_two_cpus(last, first, stop_report, &ran_on), 5);
	KUNIT_EXPECT_EQ(test, ran_on, last);
}

struct still {
	u64 before, after;
	u64 *counter;
};

static int look_twice(void *data)
{
	struct still *s = data;

	s->before = READ_ONCE(*s->counter);
	udelay(500);
	s->after = READ_ONCE(*s->counter);
	return 0;
}

static int count_up(void *data)
{
	u64 *counter = data;

	while (!kthread_should_stop())
		WRITE_ONCE(*counter, *counter + 1);
	return 0;
}

static void stop_machine_stops_everything(struct kunit *test)
{
	u64 counter = 0;
	struct still s = { .counter = &counter };
	struct task_struct *t = kthread_run(count_up, &counter, "counter");
	int i;

	KUNIT_ASSERT_FALSE(test, IS_ERR(t));
	for (i = 0; i < 3; i++) {
		KUNIT_EXPECT_EQ(test, stop_machine(look_twice, &s, NULL), 0);
		KUNIT_EXPECT_EQ(test, s.before, s.after);
	}
	kthread_stop(t);
}

static int count_cpu(void *data)
{
	atomic_inc(data);
	return irqs_disabled() ? 0 : -EINVAL;
}

static void stop_machine_runs_on_the_mask(struct kunit *test)
{
	atomic_t n = ATOMIC_INIT(0);

	KUNIT_EXPECT_EQ(test, stop_machine(count_cpu, &n, cpu_online_mask), 0);
	KUNIT_EXPECT_EQ(test, atomic_read(&n), (int)num_online_cpus());
	atomic_set(&n, 0);
	KUNIT_EXPECT_EQ(test, stop_machine(count_cpu, &n, NULL), 0);
	KUNIT_EXPECT_EQ(test, atomic_read(&n), 1);
}

/* ---- CPU hot-plug ---- */

static int last_cpu_or_skip(struct kunit *test)
{
	int cpu = cpumask_last(cpu_online_mask);

	if (num_online_cpus() < 2)
		kunit_skip(test, "needs two CPUs");
	return cpu;
}

static void a_cpu_goes_down_and_comes_up(struct kunit *test)
{
	int cpu = last_cpu_or_skip(test);
	int n = num_online_cpus(), i;

	for (i = 0; i < 5; i++) {
		struct cpumask ran = { };

		KUNIT_ASSERT_EQ(test, remove_cpu(cpu), 0);
		KUNIT_EXPECT_FALSE(test, cpu_online(cpu));
		KUNIT_EXPECT_FALSE(test, cpu_active(cpu));
		KUNIT_EXPECT_EQ(test, (int)num_online_cpus(), n - 1);
		KUNIT_EXPECT_EQ(test, smp_call_function_single(cpu, set_cpu_bit, &ran, 1), -ENXIO);
		KUNIT_ASSERT_EQ(test, add_cpu(cpu), 0);
		KUNIT_EXPECT_TRUE(test, cpu_online(cpu));
		KUNIT_EXPECT_TRUE(test, cpu_active(cpu));
		KUNIT_EXPECT_EQ(test, smp_call_function_single(cpu, set_cpu_bit, &ran, 1), 0);
		KUNIT_EXPECT_TRUE(test, cpumask_test_cpu(cpu, &ran));
	}
}

static void every_cpu_but_one_can_go(struct kunit *test)
{
	struct cpumask was;

	cpumask_copy(&was, cpu_online_mask);
	KUNIT_EXPECT_EQ(test, freeze_secondary_cpus(-1), 0);
	KUNIT_EXPECT_EQ(test, (int)num_online_cpus(), 1);
	KUNIT_EXPECT_EQ(test, remove_cpu(cpumask_first(cpu_online_mask)), -EBUSY);
	thaw_secondary_cpus();
	KUNIT_EXPECT_TRUE(test, cpumask_equal(&was, cpu_online_mask));
}

static void the_boot_cpu_can_go_if_the_machine_can(struct kunit *test)
{
	int cpu = cpumask_first(cpu_online_mask);

	last_cpu_or_skip(test);
	if (!arch_cpu_is_hotpluggable(cpu)) {
		KUNIT_EXPECT_EQ(test, remove_cpu(cpu), -EOPNOTSUPP);
		return;
	}
	KUNIT_ASSERT_EQ(test, remove_cpu(cpu), 0);
	KUNIT_EXPECT_FALSE(test, cpu_online(cpu));
	msleep(20);
	KUNIT_ASSERT_EQ(test, add_cpu(cpu), 0);
}

/* Counts, and sleeps so often that it is woken on every CPU in turn. */
static int busy(void *data)
{
	u64 *loops = data;

	while (!kthread_should_stop()) {
		WRITE_ONCE(*loops, *loops + 1);
		if (!(*loops & 1023))
			usleep_range(50, 100);
	}
	return 0;
}

#define NR_BUSY	6

static void hotplug_under_load(struct kunit *test)
{
	static u64 loops[NR_BUSY];
	struct task_struct *t[NR_BUSY];
	u64 seen[NR_BUSY];
	int i, cpu = last_cpu_or_skip(test);

	for (i = 0; i < NR_BUSY; i++) {
		t[i] = kthread_run(busy, &loops[i], "busy%d", i);
		KUNIT_ASSERT_FALSE(test, IS_ERR(t[i]));
	}
	for_rounds(i, 40) {
		KUNIT_EXPECT_EQ(test, remove_cpu(cpu), 0);
		msleep(i % 3);
		KUNIT_EXPECT_EQ(test, add_cpu(cpu), 0);
	}
	/* Nobody was lost. */
	for (i = 0; i < NR_BUSY; i++)
		seen[i] = READ_ONCE(loops[i]);
	for (i = 0; i < NR_BUSY; i++) {
		KUNIT_EXPECT_TRUE(test, eventually(READ_ONCE(loops[i]) != seen[i]));
		kthread_stop(t[i]);
	}
}

static void a_bound_task_survives_its_cpu(struct kunit *test)
{
	static u64 loops;
	int cpu = last_cpu_or_skip(test);
	struct task_struct *t = kthread_create(busy, &loops, "bound");
	u64 seen;

	KUNIT_ASSERT_FALSE(test, IS_ERR(t));
	set_cpus_allowed_ptr(t, cpumask_of(cpu));
	loops = 0;
	wake_up_process(t);
	KUNIT_EXPECT_TRUE(test, eventually(READ_ONCE(loops)));
	KUNIT_EXPECT_EQ(test, remove_cpu(cpu), 0);
	seen = READ_ONCE(loops);
	KUNIT_EXPECT_TRUE(test, eventually(READ_ONCE(loops) != seen));
	KUNIT_EXPECT_NE(test, (int)task_cpu(t), cpu);
	KUNIT_EXPECT_EQ(test, add_cpu(cpu), 0);
	kthread_stop(t);
}

static int up_calls, down_calls, up_error;

static int note_up(unsigned int cpu)
{
	WARN_ON_ONCE(cpu != raw_smp_processor_id());
	up_calls++;
	return up_error;
}

static int note_down(unsigned int cpu)
{
	WARN_ON_ONCE(cpu != raw_smp_processor_id());
	down_calls++;
	return 0;
}

static void callbacks_run_for_each_cpu(struct kunit *test)
{
	int n = num_online_cpus();
	int state, cpu = last_cpu_or_skip(test);

	up_calls = down_calls = up_error = 0;
	state = cpuhp_setup_state(CPUHP_AP_ONLINE_DYN, "test:notes", note_up, note_down);
	KUNIT_ASSERT_GE(test, state, CPUHP_AP_ONLINE_DYN);
	KUNIT_EXPECT_EQ(test, up_calls, n);
	KUNIT_EXPECT_EQ(test, cpuhp_setup_state(CPUHP_AP_ACTIVE, "test:taken", NULL, NULL), -EBUSY);
	KUNIT_EXPECT_EQ(test, remove_cpu(cpu), 0);
	KUNIT_EXPECT_EQ(test, down_calls, 1);
	KUNIT_EXPECT_EQ(test, add_cpu(cpu), 0);
	KUNIT_EXPECT_EQ(test, up_calls, n + 1);
	cpuhp_remove_state(state);
	KUNIT_EXPECT_EQ(test, down_calls, n + 1);
}

static void a_failing_callback_rolls_the_cpu_back(struct kunit *test)
{
	int state, cpu = last_cpu_or_skip(test);

	up_calls = down_calls = up_error = 0;
	state = cpuhp_setup_state_nocalls(CPUHP_AP_ONLINE_DYN, "test:fails", note_up, note_down);
	KUNIT_ASSERT_GE(test, state, 0);
	KUNIT_EXPECT_EQ(test, up_calls, 0);
	KUNIT_EXPECT_EQ(test, remove_cpu(cpu), 0);
	up_error = -ENOMEM;
	KUNIT_EXPECT_EQ(test, add_cpu(cpu), -ENOMEM);
	KUNIT_EXPECT_FALSE(test, cpu_online(cpu));
	up_error = 0;
	KUNIT_EXPECT_EQ(test, add_cpu(cpu), 0);
	KUNIT_EXPECT_TRUE(test, cpu_online(cpu));
	cpuhp_remove_state_nocalls(state);
}

static void a_failing_setup_leaves_nothing(struct kunit *test)
{
	up_calls = down_calls = 0;
	up_error = -EIO;
	KUNIT_EXPECT_EQ(test, cpuhp_setup_state(CPUHP_AP_ONLINE_DYN, "test:io", note_up, note_down),
			-EIO);
	KUNIT_EXPECT_EQ(test, up_calls, 1);
	KUNIT_EXPECT_EQ(test, down_calls, 0);
	up_error = 0;
}

/* An object of a driver that has many, each of which wants to hear of CPUs. */
struct instance {
	struct hlist_node node;
	int ups, downs;
	int fails_on;	/* this CPU, or -1 */
};

static int instance_up(unsigned int cpu, struct hlist_node *node)
{
	struct instance *i = hlist_entry(node, struct instance, node);

	i->ups++;
	return (int)cpu == i->fails_on ? -EIO : 0;
}

static int instance_down(unsigned int cpu, struct hlist_node *node)
{
	hlist_entry(node, struct instance, node)->downs++;
	return 0;
}

static void instances_of_a_rung_get_calls_of_their_own(struct kunit *test)
{
	struct instance called = { .fails_on = -1 }, quiet = { .fails_on = -1 };
	int state, n = num_online_cpus(), cpu = last_cpu_or_skip(test);

	state = cpuhp_setup_state_multi(CPUHP_AP_ONLINE_DYN, "test:multi", instance_up,
					instance_down);
	KUNIT_ASSERT_GE(test, state, 0);
	KUNIT_EXPECT_EQ(test, cpuhp_state_add_instance(state, &called.node), 0);
	KUNIT_EXPECT_EQ(test, called.ups, n);
	cpus_read_lock();
	KUNIT_EXPECT_EQ(test, cpuhp_state_add_instance_nocalls_cpuslocked(state, &quiet.node), 0);
	cpus_read_unlock();
	KUNIT_EXPECT_EQ(test, quiet.ups, 0);

	KUNIT_EXPECT_EQ(test, remove_cpu(cpu), 0);
	KUNIT_EXPECT_EQ(test, called.downs, 1);
	KUNIT_EXPECT_EQ(test, quiet.downs, 1);
	KUNIT_EXPECT_EQ(test, add_cpu(cpu), 0);
	KUNIT_EXPECT_EQ(test, called.ups, n + 1);
	KUNIT_EXPECT_EQ(test, quiet.ups, 1);

	KUNIT_EXPECT_EQ(test, cpuhp_state_remove_instance(state, &called.node), 0);
	KUNIT_EXPECT_EQ(test, called.downs, n + 1);
	KUNIT_EXPECT_EQ(test, cpuhp_state_remove_instance_nocalls(state, &quiet.node), 0);
	KUNIT_EXPECT_EQ(test, quiet.downs, 1);
	cpuhp_remove_multi_state(state);
}

static void an_instance_that_fails_is_taken_back(struct kunit *test)
{
	struct instance bad = { .fails_on = last_cpu_or_skip(test) };
	int state = cpuhp_setup_state_multi(CPUHP_AP_ONLINE_DYN, "test:bad", instance_up,
					    instance_down);

	KUNIT_ASSERT_GE(test, state, 0);
	KUNIT_EXPECT_EQ(test, cpuhp_state_add_instance(state, &bad.node), -EIO);
	/* It came up everywhere but on the last CPU, and down again there. */
	KUNIT_EXPECT_EQ(test, bad.downs, bad.ups - 1);
	cpuhp_remove_multi_state(state);
	KUNIT_EXPECT_EQ(test, cpuhp_state_add_instance(CPUHP_AP_ACTIVE, &bad.node), -EINVAL);
}

static void disabled_hotplug_is_busy(struct kunit *test)
{
	int cpu = last_cpu_or_skip(test);

	cpu_hotplug_disable();
	KUNIT_EXPECT_EQ(test, remove_cpu(cpu), -EBUSY);
	cpu_hotplug_enable();
	KUNIT_EXPECT_EQ(test, add_cpu(nr_cpu_ids), -EINVAL);
}

/* ---- notifiers ---- */

static int calls[8], nr_calls;

static int note_call(struct notifier_block *nb, unsigned long action, void *data)
{
	(void)data;
	calls[nr_calls++] = nb->priority;
	return (int)action == nb->priority ? NOTIFY_BAD : NOTIFY_OK;
}

static void notifiers_run_by_priority(struct kunit *test)
{
	static ATOMIC_NOTIFIER_HEAD(chain);
	struct notifier_block nb[3] = {
		{ .notifier_call = note_call, .priority = 1 },
		{ .notifier_call = note_call, .priority = 9 },
		{ .notifier_call = note_call, .priority = 5 },
	};
	int i;

	for (i = 0; i < 3; i++)
		KUNIT_EXPECT_EQ(test, atomic_notifier_chain_register(&chain, &nb[i]), 0);
	nr_calls = 0;
	KUNIT_EXPECT_EQ(test, atomic_notifier_call_chain(&chain, 0, NULL), NOTIFY_OK);
	KUNIT_EXPECT_EQ(test, nr_calls, 3);
	KUNIT_EXPECT_EQ(test, calls[0], 9);
	KUNIT_EXPECT_EQ(test, calls[1], 5);
	KUNIT_EXPECT_EQ(test, calls[2], 1);
	nr_calls = 0;
	KUNIT_EXPECT_EQ(test, atomic_notifier_call_chain(&chain, 5, NULL), NOTIFY_BAD);
	KUNIT_EXPECT_EQ(test, nr_calls, 2);
	for (i = 0; i < 3; i++)
		KUNIT_EXPECT_EQ(test, atomic_notifier_chain_unregister(&chain, &nb[i]), 0);
	KUNIT_EXPECT_EQ(test, atomic_notifier_chain_unregister(&chain, &nb[0]), -ENOENT);
	KUNIT_EXPECT_TRUE(test, atomic_notifier_call_chain_is_empty(&chain));
}

static void a_robust_call_takes_back(struct kunit *test)
{
	RAW_NOTIFIER_HEAD(chain);
	struct notifier_block nb[3] = {
		{ .notifier_call = note_call, .priority = 3 },
		{ .notifier_call = note_call, .priority = 2 },
		{ .notifier_call = note_call, .priority = 1 },
	};
	int i;

	for (i = 0; i < 3; i++)
		raw_notifier_chain_register(&chain, &nb[i]);
	nr_calls = 0;
	KUNIT_EXPECT_EQ(test, raw_notifier_call_chain_robust(&chain, 2, 77, NULL), NOTIFY_BAD);
	KUNIT_EXPECT_EQ(test, nr_calls, 3);	/* 3, then 2 objects, then 3 again */
	KUNIT_EXPECT_EQ(test, calls[2], 3);
	KUNIT_EXPECT_EQ(test, notifier_to_errno(notifier_from_errno(-ENOMEM)), -ENOMEM);
	KUNIT_EXPECT_EQ(test, notifier_to_errno(NOTIFY_OK), 0);
}

/* ---- RCU ---- */

struct element {
	int value;
	struct rcu_head rcu;
};

static struct element __rcu *shared;

static int rcu_reader(void *data)
{
	int *bad = data;

	while (!kthread_should_stop()) {
		int i;

		rcu_read_lock();
		for (i = 0; i < 20; i++) {
			struct element *e = rcu_dereference(shared);

			if (e && READ_ONCE(e->value) != 1)
				WRITE_ONCE(*bad, 1);
			cpu_relax();
		}
		rcu_read_unlock();
		cond_resched();
	}
	return 0;
}

static void readers_never_see_what_was_freed(struct kunit *test)
{
	struct task_struct *t[3];
	struct element *e[2];
	int i, bad = 0;

	for (i = 0; i < 2; i++) {
		e[i] = kunit_kzalloc(test, sizeof(*e[i]), GFP_KERNEL);
		KUNIT_ASSERT_NOT_NULL(test, e[i]);
	}
	for (i = 0; i < 3; i++) {
		t[i] = kthread_run(rcu_reader, &bad, "reader%d", i);
		KUNIT_ASSERT_FALSE(test, IS_ERR(t[i]));
	}
	for_rounds(i, 200) {
		struct element *new = e[i & 1], *old = e[!(i & 1)];

		WRITE_ONCE(new->value, 1);
		rcu_assign_pointer(shared, new);
		synchronize_rcu();
		WRITE_ONCE(old->value, 0);	/* "freed" */
	}
	RCU_INIT_POINTER(shared, NULL);
	synchronize_rcu();
	for (i = 0; i < 3; i++)
		kthread_stop(t[i]);
	KUNIT_EXPECT_EQ(test, bad, 0);
}

static atomic_t cb_count;

static void count_cb(struct rcu_head *head)
{
	atomic_inc(&cb_count);
	kfree(container_of(head, struct element, rcu));
}

static void barrier_waits_for_callbacks(struct kunit *test)
{
	int i;

	atomic_set(&cb_count, 0);
	for (i = 0; i < 100; i++) {
		struct element *e = kzalloc(sizeof(*e), GFP_KERNEL);

		KUNIT_ASSERT_NOT_NULL(test, e);
		call_rcu(&e->rcu, count_cb);
	}
	rcu_barrier();
	KUNIT_EXPECT_EQ(test, atomic_read(&cb_count), 100);
}

static void kfree_rcu_frees(struct kunit *test)
{
	int i;

	for (i = 0; i < 50; i++) {
		struct element *e = kzalloc(sizeof(*e), GFP_KERNEL);

		KUNIT_ASSERT_NOT_NULL(test, e);
		kfree_rcu(e, rcu);
	}
	rcu_barrier();	/* the suite's balance tells the rest */
}

static struct kunit_case smp_cases[] = {
	KUNIT_CASE(single_call_runs_on_its_cpu),
	KUNIT_CASE(a_call_to_nowhere_fails),
	KUNIT_CASE(many_skips_the_caller),
	KUNIT_CASE(on_each_cpu_includes_the_caller),
	KUNIT_CASE(on_each_cpu_mask_keeps_to_the_mask),
	KUNIT_CASE(on_each_cpu_cond_asks_first),
	KUNIT_CASE(call_any_prefers_the_mask),
	KUNIT_CASE(async_calls_reuse_their_csd),
	KUNIT_CASE(all_cpus_call_all_cpus),
	KUNIT_CASE(call_on_cpu_may_sleep),
	KUNIT_CASE(stop_one_cpu_runs_there),
	KUNIT_CASE(stop_two_cpus_runs_on_the_first),
	KUNIT_CASE(stop_machine_stops_everything),
	KUNIT_CASE(stop_machine_runs_on_the_mask),
	KUNIT_CASE(notifiers_run_by_priority),
	KUNIT_CASE(a_robust_call_takes_back),
	KUNIT_CASE(readers_never_see_what_was_freed),
	KUNIT_CASE(barrier_waits_for_callbacks),
	KUNIT_CASE(kfree_rcu_frees),
	{}
};

static struct kunit_suite smp_suite = {
	.name = "smp",
	.test_cases = smp_cases,
};

static struct kunit_case hotplug_cases[] = {
	KUNIT_CASE(a_cpu_goes_down_and_comes_up),
	KUNIT_CASE(every_cpu_but_one_can_go),
	KUNIT_CASE(the_boot_cpu_can_go_if_the_machine_can),
	KUNIT_CASE(hotplug_under_load),
	KUNIT_CASE(a_bound_task_survives_its_cpu),
	KUNIT_CASE(callbacks_run_for_each_cpu),
	KUNIT_CASE(a_failing_callback_rolls_the_cpu_back),
	KUNIT_CASE(instances_of_a_rung_get_calls_of_their_own),
	KUNIT_CASE(an_instance_that_fails_is_taken_back),
	KUNIT_CASE(a_failing_setup_leaves_nothing),
	KUNIT_CASE(disabled_hotplug_is_busy),
	{}
};

static struct kunit_suite hotplug_suite = {
	.name = "cpu_hotplug",
	.test_cases = hotplug_cases,
};
kunit_test_suites(&smp_suite, &hotplug_suite);
