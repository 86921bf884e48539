// SPDX-License-Identifier: MIT
/*
 * Storms: readers on every CPU against updaters that free, for each kind of reader, while CPUs come
 * and go. They last as long as storms do (patience.h).
 *
 * One pointer leads to an element. Readers fetch it, dawdle, and look whether it has been freed
 * under their eyes; updaters exchange it and free the old one after a grace period, by each of the
 * ways to wait for one in turn. A flavour is a table of those ways.
 */

#include <kunit/test.h>

#include <linux/atomic.h>
#include <linux/completion.h>
#include <linux/cpu.h>
#include <linux/cpumask.h>
#include <linux/kthread.h>
#include <linux/mutex.h>
#include <linux/rculist.h>
#include <linux/rculist_nulls.h>
#include <linux/rcupdate_trace.h>
#include <linux/sched.h>
#include <linux/slab.h>
#include <linux/srcu.h>

#include "../../tests/patience.h"
#include "wait.h"

#define UPDATES		40	/* by each updater, as the storm's time allows */
#define UPDATES_HOTPLUG	10
#define WAYS		4	/* to wait: each updater uses all of them */
#define MAX_READERS	10
#define ALIVE		0x600d600d
#define DEAD		0xdeadbeef

DEFINE_STATIC_SRCU(storm_normal);
DEFINE_STATIC_SRCU(storm_nmisafe);
DEFINE_STATIC_SRCU(storm_lite);

struct element {
	unsigned int state;		/* ALIVE, or DEAD after the grace period */
	struct rcu_head rcu;
};

struct flavour {
	const char *name;
	int (*lock)(void);
	void (*unlock)(int idx);
	void (*synchronize)(void);
	void (*expedited)(void);
	void (*call)(struct rcu_head *head, rcu_callback_t func);
	void (*wait_for_calls)(void);
	bool (*poll)(void);		/* start one and wait for it by polling */
	bool may_sleep;			/* readers may */
};

struct storm {
	const struct flavour *flavour;
	struct element __rcu *element;
	struct mutex lock;		/* one updater at a time exchanges */
	int rounds;			/* of each updater */
	bool stop;			/* readers end */
	atomic_t running;
	struct completion done;		/* the last reader or updater */
	atomic_long_t reads, updates, errors;
};

/* ---- the kinds ---- */

#define SRCU_WAYS(kind, dom)								\
static void kind##_synchronize(void) { synchronize_srcu(dom); }				\
static void kind##_expedited(void) { synchronize_srcu_expedited(dom); }			\
static void kind##_call(struct rcu_head *head, rcu_callback_t f) { call_srcu(dom, head, f); } \
static void kind##_barrier(void) { srcu_barrier(dom); }					\
static bool kind##_poll(void)								\
{											\
	unsigned long cookie = start_poll_synchronize_srcu(dom);			\
											\
	return wait_until(poll_state_synchronize_srcu(dom, cookie));			\
}

#define SRCU_READER(kind, dom, lock, unlock)						\
static int kind##_lock(void) { return lock(dom); }					\
static void kind##_unlock(int idx) { unlock(dom, idx); }

#define SRCU_FLAVOUR(kind) {								\
	.name = #kind, .lock = kind##_lock, .unlock = kind##_unlock,			\
	.synchronize = kind##_synchronize, .expedited = kind##_expedited,		\
	.call = kind##_call, .wait_for_calls = kind##_barrier, .poll = kind##_poll,	\
	.may_sleep = true,								\
}

SRCU_WAYS(normal, &storm_normal)
SRCU_WAYS(nmisafe, &storm_nmisafe)
SRCU_WAYS(lite, &storm_lite)
SRCU_READER(normal, &storm_normal, srcu_read_lock, srcu_read_unlock)
SRCU_READER(nmisafe, &storm_nmisafe, srcu_read_lock_nmisafe, srcu_read_unlock_nmisafe)
SRCU_READER(lite, &storm_lite, srcu_read_lock_lite, srcu_read_unlock_lite)

static int updown_lock(void)
{
	return srcu_down_read(&storm_normal);
}

static void updown_unlock(int idx)
{
	srcu_up_read(&storm_normal, idx);
}

static int trace_lock(void)
{
	rcu_read_lock_trace();
	return 0;
}

static void trace_unlock(int idx)
{
	rcu_read_unlock_trace();
}

static const struct flavour flavours[] = {
	SRCU_FLAVOUR(normal),
	SRCU_FLAVOUR(nmisafe),
	SRCU_FLAVOUR(lite),
	{
		.name = "down and up", .lock = updown_lock, .unlock = updown_unlock,
		.synchronize = normal_synchronize, .expedited = normal_expedited,
		.call = normal_call, .wait_for_calls = normal_barrier, .poll = normal_poll,
		.may_sleep = true,
	},
	{
		.name = "trace", .lock = trace_lock, .unlock = trace_unlock,
		.synchronize = synchronize_rcu_tasks_trace,
		.call = call_rcu_tasks_trace, .wait_for_calls = rcu_barrier_tasks_trace,
		.may_sleep = true,
	},
};

/* ---- readers ---- */

static void read_once(struct storm *s, unsigned long round)
{
	const struct flavour *f = s->flavour;
	int idx = f->lock(), i;
	struct element *e = rcu_dereference_raw(s->element);

	for (i = 0; i < 4; i++) {
		if (READ_ONCE(e->state) != ALIVE)
			atomic_long_inc(&s->errors);
		if (f->may_sleep && round % 64 == 0 && i == 1)
			schedule_timeout_uninterruptible(1);
		else if (round % 8 == 0)
			cond_resched();
		else
			cpu_relax();
	}
	f->unlock(idx);
	atomic_long_inc(&s->reads);
}

static void leave(struct storm *s)
{
	if (atomic_dec_and_test(&s->running))
		complete(&s->done);
}

static int reader_fn(void *arg)
{
	struct storm *s = arg;
	unsigned long round;

	for (round = 0; !READ_ONCE(s->stop); round++) {
		read_once(s, round);
		cond_resched();
	}
	leave(s);
	return 0;
}

/* ---- updaters ---- */

static void bury(struct rcu_head *rcu)
{
	struct element *e = container_of(rcu, struct element, rcu);

	WRITE_ONCE(e->state, DEAD);
	kfree(e);
}

static void wait_somehow(const struct flavour *f, int i)
{
	if (i % WAYS == 1 && f->expedited)
		f->expedited();
	else if (i % WAYS == 2 && f->poll)
		f->poll();
	else
		f->synchronize();
}

static int updater_fn(void *arg)
{
	struct storm *s = arg;
	int i;

	for_slow_rounds(i, WAYS, s->rounds) {
		struct element *new = kmalloc(sizeof(*new), GFP_KERNEL), *old;

		if (!new)
			continue;
		new->state = ALIVE;
		mutex_lock(&s->lock);
		old = rcu_replace_pointer(s->element, new, lockdep_is_held(&s->lock));
		mutex_unlock(&s->lock);
		if (i % WAYS == 3) {
			s->flavour->call(&old->rcu, bury);
		} else {
			wait_somehow(s->flavour, i);
			bury(&old->rcu);
		}
		atomic_long_inc(&s->updates);
	}
	WRITE_ONCE(s->stop, true);
	leave(s);
	return 0;
}

/* ---- CPUs come and go ---- */

static void cycle_a_cpu(void)
{
	unsigned int cpu = cpumask_last(cpu_online_mask);

	if (cpu && !remove_cpu(cpu))
		add_cpu(cpu);
}

static void run_storm(struct kunit *test, const struct flavour *f, bool hotplug)
{
	struct storm *s = kunit_kzalloc(test, sizeof(*s), GFP_KERNEL);
	int i, readers = min((int)num_online_cpus() + 2, MAX_READERS);
	struct element *last = kmalloc(sizeof(*last), GFP_KERNEL);

	KUNIT_ASSERT_NOT_NULL(test, s);
	KUNIT_ASSERT_NOT_NULL(test, last);
	last->state = ALIVE;
	RCU_INIT_POINTER(s->element, last);
	s->flavour = f;
	s->rounds = hotplug ? UPDATES_HOTPLUG : UPDATES;
	mutex_init(&s->lock);
	init_completion(&s->done);
	atomic_set(&s->running, readers + 2);
	for (i = 0; i < readers; i++)
		KUNIT_ASSERT_FALSE(test, IS_ERR(kthread_run(reader_fn, s, "storm-r/%d", i)));
	for (i = 0; i < 2; i++)
		KUNIT_ASSERT_FALSE(test, IS_ERR(kthread_run(updater_fn, s, "storm-u/%d", i)));
	while (hotplug && !READ_ONCE(s->stop))
		cycle_a_cpu();
	wait_for_completion(&s->done);
	f->wait_for_calls();
	bury(&rcu_dereference_raw(s->element)->rcu);
	KUNIT_EXPECT_EQ_MSG(test, atomic_long_read(&s->errors), 0L, "%s", f->name);
	KUNIT_EXPECT_GT(test, atomic_long_read(&s->reads), 0L);
	kunit_info(test, "%s: %ld reads, %ld updates%s", f->name, atomic_long_read(&s->reads),
		   atomic_long_read(&s->updates), hotplug ? ", with hot-plug" : "");
	KUNIT_EXPECT_GE(test, atomic_long_read(&s->updates), 2L * WAYS);
}

static void no_reader_sees_the_freed(struct kunit *test)
{
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(flavours); i++)
		run_storm(test, &flavours[i], false);
}

static void no_reader_sees_the_freed_while_cpus_come_and_go(struct kunit *test)
{
	unsigned int i;

	if (num_online_cpus() == 1) {
		kunit_skip(test, "the only CPU stays");
		return;
	}
	for (i = 0; i < ARRAY_SIZE(flavours); i++)
		run_storm(test, &flavours[i], true);
}

/* ---- lists: a walk always ends, in order, on living elements ---- */

#define LENGTH	8

struct node {
	int n;
	unsigned int state;
	struct list_head list;
	struct hlist_node chain;
	struct rcu_head rcu;
};

struct lists {
	struct list_head list;
	struct hlist_head chain;
	bool stop;
	atomic_t running, errors;
	atomic_long_t walks;
	struct completion done;
};

static int walk_fn(void *arg)
{
	struct lists *l = arg;
	struct node *pos;
	int last;

	while (!READ_ONCE(l->stop)) {
		rcu_read_lock();
		last = -1;
		list_for_each_entry_rcu(pos, &l->list, list) {
			if (READ_ONCE(pos->state) != ALIVE || pos->n <= last)
				atomic_inc(&l->errors);
			last = pos->n;
		}
		rcu_read_unlock();
		rcu_read_lock();
		last = -1;
		hlist_for_each_entry_rcu(pos, &l->chain, chain) {
			if (READ_ONCE(pos->state) != ALIVE || pos->n <= last)
				atomic_inc(&l->errors);
			last = pos->n;
		}
		rcu_read_unlock();
		atomic_long_inc(&l->walks);
		cond_resched();
	}
	if (atomic_dec_and_test(&l->running))
		complete(&l->done);
	return 0;
}

static struct node *new_node(int n)
{
	struct node *node = kzalloc(sizeof(*node), GFP_KERNEL);

	if (node) {
		node->n = n;
		node->state = ALIVE;
	}
	return node;
}

static void bury_node(struct rcu_head *rcu)
{
	struct node *node = container_of(rcu, struct node, rcu);

	WRITE_ONCE(node->state, DEAD);
	kfree(node);
}

/* Replace every second, then take one out and put a new one into its place. */
static void churn(struct lists *l, struct node **nodes, int round)
{
	int i = round % LENGTH;
	struct node *old = nodes[i], *new = new_node(i);

	if (!new)
		return;
	if (round & 1) {
		list_replace_rcu(&old->list, &new->list);
		hlist_replace_rcu(&old->chain, &new->chain);
	} else {
		list_del_rcu(&old->list);
		hlist_del_rcu(&old->chain);
		if (i) {
			list_add_rcu(&new->list, &nodes[i - 1]->list);
			hlist_add_behind_rcu(&new->chain, &nodes[i - 1]->chain);
		} else {
			list_add_rcu(&new->list, &l->list);
			hlist_add_head_rcu(&new->chain, &l->chain);
		}
	}
	nodes[i] = new;
	call_rcu(&old->rcu, bury_node);
}

static void walks_end_in_order_on_living_elements(struct kunit *test)
{
	struct lists *l = kunit_kzalloc(test, sizeof(*l), GFP_KERNEL);
	struct node *nodes[LENGTH];
	int i, readers = num_online_cpus();

	KUNIT_ASSERT_NOT_NULL(test, l);
	INIT_LIST_HEAD(&l->list);
	init_completion(&l->done);
	atomic_set(&l->running, readers);
	for (i = 0; i < LENGTH; i++) {
		nodes[i] = new_node(i);
		KUNIT_ASSERT_NOT_NULL(test, nodes[i]);
		list_add_tail_rcu(&nodes[i]->list, &l->list);
		hlist_add_tail_rcu(&nodes[i]->chain, &l->chain);
	}
	for (i = 0; i < readers; i++)
		KUNIT_ASSERT_FALSE(test, IS_ERR(kthread_run(walk_fn, l, "walker/%d", i)));
	for (i = 0; i < 2000; i++) {
		churn(l, nodes, i);
		cond_resched();
	}
	KUNIT_EXPECT_TRUE(test, wait_until(atomic_long_read(&l->walks) > 10));
	WRITE_ONCE(l->stop, true);
	wait_for_completion(&l->done);
	rcu_barrier();
	for (i = 0; i < LENGTH; i++)
		kfree(nodes[i]);
	KUNIT_EXPECT_EQ(test, atomic_read(&l->errors), 0);
}

static struct kunit_case rcu_storm_cases[] = {
	KUNIT_CASE_SLOW(no_reader_sees_the_freed),
	KUNIT_CASE_SLOW(no_reader_sees_the_freed_while_cpus_come_and_go),
	KUNIT_CASE(walks_end_in_order_on_living_elements),
	{}
};

static struct kunit_suite rcu_storm_suite = {
	.name = "rcu_storm",
	.test_cases = rcu_storm_cases,
};

kunit_test_suite(rcu_storm_suite);
