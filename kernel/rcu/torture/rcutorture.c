// SPDX-License-Identifier: MIT
/*
 * RCU torture: elements that readers hold while grace periods pass over them.
 *
 * A writer publishes an element, later puts another in its place, and then leads the old one
 * through a pipe of grace periods before it may be used again:
 *
 *	age 0		published
 *	age 1		replaced: readers may still hold it
 *	age 2		a grace period has passed since: no reader may hold it
 *	age 3 .. AGES	further grace periods, so that the size of an error can be told
 *	(free)		filled with nonsense, back in the pool
 *
 * A reader notes the age when it ends: 2 or more is an error, the one that RCU exists to prevent.
 * It also looks at the contents when it begins and when it ends: nonsense is an error (a free
 * element, or one published before it was filled).
 *
 * Writers pass grace periods in every way that the flavour offers: waiting for one (waits[]), or by
 * callbacks, where the callback itself ages the element and queues itself again. A callback that is
 * lost leaves its element behind: counted at the end, after flavour->wait_for_callbacks().
 *
 * Before all that, one reader at a time is held until a grace period is seen to wait for it, or not
 * to: hostage.c. What can be caught without luck is caught there.
 *
 * Progress: a heartbeat thread sleeps one tick at a time. A host that is slow slows it as well, so
 * "one grace period at least in so many heartbeats" is a fair floor where one in seconds is not.
 *
 * Who may touch an element: its age and contents, the writer that took it from the pool, and
 * then, while it is queued, its callback; readers only look. Errors are counted, never acted on:
 * the torture goes on to its end whatever it finds.
 */

#define pr_fmt(fmt) "rcutorture: " fmt

#include "rcutorture.h"

#include <linux/atomic.h>
#include <linux/completion.h>
#include <linux/cpumask.h>
#include <linux/delay.h>
#include <linux/err.h>
#include <linux/hrtimer.h>
#include <linux/jiffies.h>
#include <linux/kernel.h>
#include <linux/list.h>
#include <linux/percpu.h>
#include <linux/printk.h>
#include <linux/sched.h>
#include <linux/slab.h>
#include <linux/smp.h>
#include <linux/spinlock.h>
#include <linux/timekeeping.h>
#include <linux/timer.h>
#include <linux/types.h>

#include "break.h"
#include "../rcu.h"

#define ELEMENTS	256		/* in the pool */
#define WRITERS_MAX	8
#define SIT_MIN		(5 * NSEC_PER_MSEC)
#define SIT_MAX		(400 * NSEC_PER_MSEC)
#define NONSENSE	0x5a5a5a5a5a5a5a5aUL

struct element {
	struct rcu_head head;
	struct list_head link;		/* in the pool, or its writer's list of the pipe */
	int age;
	u64 queued;			/* as a callback, when */
	unsigned long value, complement;	/* complement == ~value in a good one */
};

/* Only its own thread writes to it. */
struct writer {
	struct element __rcu *current_element;
	struct list_head pipe;		/* aged by waiting */
	struct task_struct *task;
	unsigned long updates, waits;
};

/* What happened, counted where it happens and summed up at the end. */
struct tally {
	unsigned long reads, preemptions;
	unsigned long ages[AGES + 1];
};

static const struct rcu_torture_scenario *scene;
static const struct rcu_torture_flavour *flavour;

static DEFINE_SPINLOCK(pool_lock);	/* guards pool; callbacks take it: bottom halves off */
static LIST_HEAD(pool);
static struct element *elements;

static struct writer writers[WRITERS_MAX];
static struct task_struct **readers;
static unsigned int nr_readers;
static struct task_struct *heart;
static struct task_struct *flooder;
static struct task_struct *hogs[NR_CPUS];

static DEFINE_PER_CPU(struct tally, tally);	/* by its CPU, interrupts as well */
static DEFINE_PER_CPU(struct torture_random_state, interrupt_random);
static DEFINE_PER_CPU(struct hrtimer, hard_reader);
static DEFINE_PER_CPU(struct timer_list, soft_reader);

static atomic_long_t callbacks_queued, callbacks_run;
static u64 gp_time;			/* nanoseconds; see note_gp_time() */
static unsigned long heartbeats;	/* the heart's own */
static atomic_long_t errors;

#define ERRORS_TOLD	10

/** rcu_torture_error - count a failure, and tell the first ones */
void rcu_torture_error(const char *fmt, ...)
{
	struct va_format vaf;
	va_list args;

	if (atomic_long_inc_return(&errors) > ERRORS_TOLD)
		return;
	va_start(args, fmt);
	vaf.fmt = fmt;
	vaf.va = &args;
	pr_err("!!! %pV\n", &vaf);
	va_end(args);
}

unsigned long rcu_torture_errors_taken(void)
{
	return atomic_long_xchg(&errors, 0);
}

/* ---- the pool ---- */

static struct element *take_element(void)
{
	struct element *e;

	spin_lock_bh(&pool_lock);
	e = list_first_entry_or_null(&pool, struct element, link);
	if (e)
		list_del_init(&e->link);
	spin_unlock_bh(&pool_lock);
	return e;
}

static void free_element(struct element *e)
{
	WRITE_ONCE(e->value, NONSENSE);
	WRITE_ONCE(e->complement, NONSENSE);
	spin_lock_bh(&pool_lock);
	/* At the end: an element is used again as late as possible. */
	list_add_tail(&e->link, &pool);
	spin_unlock_bh(&pool_lock);
}

/* One grace period more. Returns whether it has gone all the way. */
static bool grow_older(struct element *e)
{
	WRITE_ONCE(e->age, e->age + 1);
	return e->age >= AGES;
}

/* ---- readers ---- */

static const struct rcu_torture_reader *pick_reader(struct torture_random_state *rand,
						    unsigned int must)
{
	const struct rcu_torture_reader *r, *found = NULL;
	unsigned int n = 0;

	for (r = flavour->readers; r->name; r++) {
		if ((r->can & must) == must && torture_one_in(rand, ++n))
			found = r;
	}
	return found;
}

/*
 * How long a grace period takes, when nothing holds it up: a running guess that follows short ones
 * quickly and long ones slowly.
 */
static void note_gp_time(u64 began)
{
	s64 took = ktime_get_mono_fast_ns() - began, guess = READ_ONCE(gp_time);

	WRITE_ONCE(gp_time, guess + (took - guess) / (took < guess ? 4 : 64));
}

/*
 * To sit: hold an element for longer than a grace period takes that ends too soon. The guess makes
 * it fit a host of any speed. With some of the readers sitting some of the time, grace periods that
 * don't have to wait for a sitter are short, and one that wrongly doesn't is found out.
 */
static u64 sit(const struct rcu_torture_reader *r)
{
	u64 began = ktime_get_mono_fast_ns();
	u64 long_enough = clamp_t(u64, 3 * READ_ONCE(gp_time), SIT_MIN, SIT_MAX);

	if (r->can & READER_IRQS_OFF)
		long_enough = min_t(u64, long_enough, SIT_MAX / 8);
	while (ktime_get_mono_fast_ns() - began < long_enough && !torture_must_stop_irq())
		udelay(100);
	return long_enough;
}

static void dawdle(const struct rcu_torture_reader *r, struct torture_random_state *rand)
{
	if (torture_one_in(rand, 20))
		udelay(50 + torture_random(rand) % 100);
	if (!in_task())
		return;
	if ((r->can & READER_SLEEP) && torture_one_in(rand, 10))
		schedule_timeout_uninterruptible(1);
	if ((r->can & READER_PREEMPT) && torture_one_in(rand, scene->preempt ? 4 : 100)) {
		torture_preempt_schedule();
		this_cpu_inc(tally.preemptions);
	}
}

static void check_contents(const struct element *e, const char *when)
{
	unsigned long value = READ_ONCE(e->value), complement = READ_ONCE(e->complement);

	if (unlikely(complement != ~value))
		rcu_torture_error("reader found %s %s",
				  value == NONSENSE ? "a free element" : "half an element",
				  when);
}

static void note_age(const struct element *e, const char *first, const char *second)
{
	int age = min(READ_ONCE(e->age), AGES);

	this_cpu_inc(tally.reads);
	this_cpu_inc(tally.ages[age]);
	if (unlikely(age > 1))
		rcu_torture_error("a reader (%s%s%s) held an element through %d grace period(s)",
				  first, second ? ", then " : "", second ?: "", age - 1);
}

/*
 * One reader, or two that overlap: the second keeps what the first found. Return: nanoseconds that
 * it sat, if it was to.
 */
static u64 read_once(struct torture_random_state *rand, unsigned int must, bool sits)
{
	const struct rcu_torture_reader *r = pick_reader(rand, must), *second = NULL;
	unsigned long cookie, later;
	struct element *e;
	u64 sat = 0;

	if (!r)
		return 0;
	cookie = r->lock();
	e = rcu_dereference_raw(writers[torture_random(rand) % scene->writers].current_element);
	if (!e) {
		r->unlock(cookie);
		return 0;
	}
	check_contents(e, "at its start");
	dawdle(r, rand);
	if (sits)
		sat = sit(r);
	if ((r->can & READER_ANY_END) && torture_one_in(rand, 3)) {
		second = pick_reader(rand, must | READER_ANY_END);
		/* ... and with two of those, the first to end would turn them on. */
		if (second && (second->can & READER_IRQS_OFF) &&
		    (r->can & (READER_BH_OFF | READER_IRQS_OFF)))
			second = NULL;
	}
	if (second) {
		later = second->lock();
		r->unlock(cookie);
		dawdle(second, rand);
	}
	check_contents(e, "at its end");
	note_age(e, r->name, second ? second->name : NULL);
	if (second)
		second->unlock(later);
	else
		r->unlock(cookie);
	return sat;
}

static int rcu_torture_reader(void *arg)
{
	bool sitter = (unsigned long)arg & 1;
	DEFINE_TORTURE_RANDOM(rand);
	u64 next_sit = 0;

	set_user_nice(current, 19);
	while (!torture_must_stop()) {
		u64 now = ktime_get_mono_fast_ns();
		u64 sat = read_once(&rand, 0, sitter && now >= next_sit);

		if (sat)
			next_sit = now + sat * (2 + torture_random(&rand) % 4);
		stutter_wait("rcu_torture_reader");
		cond_resched();
	}
	torture_kthread_stopping("rcu_torture_reader");
	return 0;
}

/* ---- readers in interrupts ---- */

static enum hrtimer_restart hard_read(struct hrtimer *timer)
{
	read_once(this_cpu_ptr(&interrupt_random), READER_IRQ, false);
	if (torture_must_stop_irq())
		return HRTIMER_NORESTART;
	hrtimer_forward_now(timer, ns_to_ktime(400 * NSEC_PER_USEC));
	return HRTIMER_RESTART;
}

static void soft_read(struct timer_list *timer)
{
	/* A hard interrupt may come on top and use the same numbers: they stay random. */
	read_once(this_cpu_ptr(&interrupt_random), READER_IRQ, false);
	if (!torture_must_stop_irq())
		mod_timer(timer, jiffies + 1);
}

static void start_interrupt_readers(void *unused)
{
	struct hrtimer *hard = this_cpu_ptr(&hard_reader);

	hrtimer_init(hard, CLOCK_MONOTONIC, HRTIMER_MODE_REL_HARD);
	hard->function = hard_read;
	hrtimer_start(hard, ns_to_ktime(NSEC_PER_MSEC), HRTIMER_MODE_REL_HARD);
}

static void start_all_interrupt_readers(void)
{
	int cpu;

	for_each_online_cpu(cpu) {
		timer_setup(per_cpu_ptr(&soft_reader, cpu), soft_read, 0);
		per_cpu_ptr(&soft_reader, cpu)->expires = jiffies + 1;
		add_timer_on(per_cpu_ptr(&soft_reader, cpu), cpu);
		smp_call_function_single(cpu, start_interrupt_readers, NULL, 1);
	}
}

static void stop_all_interrupt_readers(void)
{
	int cpu;

	for_each_online_cpu(cpu) {
		timer_delete_sync(per_cpu_ptr(&soft_reader, cpu));
		hrtimer_cancel(per_cpu_ptr(&hard_reader, cpu));
	}
}

/* ---- writers ---- */

static void queue_callback(struct element *e);

static void age_by_callback(struct rcu_head *head)
{
	struct element *e = container_of(head, struct element, head);

	atomic_long_inc(&callbacks_run);
	note_gp_time(e->queued);
	if (grow_older(e)) {
		free_element(e);
	} else {
		queue_callback(e);
	}
}

static void queue_callback(struct element *e)
{
	atomic_long_inc(&callbacks_queued);
	e->queued = ktime_get_mono_fast_ns();
	flavour->call(&e->head, age_by_callback);
}

static void age_all(struct writer *w)
{
	struct element *e, *next;

	list_for_each_entry_safe(e, next, &w->pipe, link) {
		if (grow_older(e)) {
			list_del(&e->link);
			free_element(e);
		}
	}
}

static const struct rcu_torture_wait *pick_wait(struct torture_random_state *rand)
{
	const struct rcu_torture_wait *wait, *found = NULL;
	unsigned int n = 0;

	for (wait = flavour->waits; wait->name; wait++) {
		if ((scene->waits & wait->kind) && torture_one_in(rand, ++n))
			found = wait;
	}
	return found;
}

static void retire(struct writer *w, struct element *old, struct torture_random_state *rand)
{
	const struct rcu_torture_wait *wait = pick_wait(rand);
	bool callback = flavour->call && (scene->waits & WAIT_CALLBACK) &&
			(!wait || torture_one_in(rand, 2));
	u64 began;

	WRITE_ONCE(old->age, 1);
	if (callback) {
		queue_callback(old);
		return;
	}
	list_add_tail(&old->link, &w->pipe);
	began = ktime_get_mono_fast_ns();
	wait->wait();
	note_gp_time(began);
	w->waits++;
	age_all(w);
}

static void publish(struct writer *w, struct element *e, struct torture_random_state *rand)
{
	struct element *old;

	WRITE_ONCE(e->age, 0);
	WRITE_ONCE(e->value, torture_random(rand));
	WRITE_ONCE(e->complement, ~e->value);
	old = rcu_dereference_protected(w->current_element, true);
	rcu_assign_pointer(w->current_element, e);
	w->updates++;
	if (old)
		retire(w, old, rand);
}

static int rcu_torture_writer(void *arg)
{
	struct writer *w = arg;
	DEFINE_TORTURE_RANDOM(rand);

	while (!torture_must_stop()) {
		struct element *e = take_element();

		if (e)
			publish(w, e, &rand);
		/* Callbacks have them all; or from time to time let somebody else. */
		if (!e || torture_one_in(&rand, 20))
			schedule_timeout_uninterruptible(1);
		stutter_wait("rcu_torture_writer");
		cond_resched();
	}
	torture_kthread_stopping("rcu_torture_writer");
	return 0;
}

/* ---- callback flood ---- */

struct flood {
	struct rcu_head *heads;
	atomic_t left;
	struct completion done;
};

static struct flood flood;

static void flood_callback(struct rcu_head *head)
{
	if (atomic_dec_and_test(&flood.left))
		complete(&flood.done);
}

/*
 * Waves of callbacks, queued as fast as one thread can. Each wave has to be through before the
 * next: one that is lost stops the flood, and is found when the torture ends.
 */
static int rcu_torture_flood(void *arg)
{
	while (!torture_must_stop()) {
		unsigned int i;

		init_completion(&flood.done);
		atomic_set(&flood.left, scene->flood);
		for (i = 0; i < scene->flood; i++) {
			flavour->call(&flood.heads[i], flood_callback);
			if (i % 256 == 0)
				cond_resched();
		}
		while (!wait_for_completion_timeout(&flood.done, HZ / 4) && !torture_must_stop())
			;
		/* The heads are still theirs; the end of the torture waits for them. */
		if (!completion_done(&flood.done) && atomic_read(&flood.left))
			break;
		atomic_long_add(scene->flood, &callbacks_run);
		atomic_long_add(scene->flood, &callbacks_queued);
		stutter_wait("rcu_torture_flood");
	}
	torture_kthread_stopping("rcu_torture_flood");
	return 0;
}

/* ---- hogs: keep preempted readers off their CPU for a while ---- */

static int rcu_torture_hog(void *arg)
{
	DEFINE_TORTURE_RANDOM(rand);

	sched_set_fifo_low(current);
	while (!torture_must_stop()) {
		mdelay(1 + torture_random(&rand) % 4);
		schedule_timeout_interruptible(1 + torture_random(&rand) % 3);
	}
	torture_kthread_stopping("rcu_torture_hog");
	return 0;
}

/* ---- progress ---- */

static int rcu_torture_heart(void *arg)
{
	while (!torture_must_stop()) {
		schedule_timeout_uninterruptible(1);
		WRITE_ONCE(heartbeats, heartbeats + 1);
	}
	torture_kthread_stopping("rcu_torture_heart");
	return 0;
}

static void check_progress(const struct rcu_torture_result *result)
{
	unsigned long floor = result->heartbeats / flavour->ticks_per_gp;

	if (result->gps < floor)
		rcu_torture_error("%lu grace periods in %lu heartbeats: at least %lu are wanted",
				  result->gps, result->heartbeats, floor);
	if (!result->reads)
		rcu_torture_error("no reader has read");
	if (!result->updates)
		rcu_torture_error("no writer has written");
}

/* ---- one torture ---- */

static int make_elements(void)
{
	int i;

	elements = kcalloc(ELEMENTS, sizeof(*elements), GFP_KERNEL);
	if (!elements)
		return -ENOMEM;
	INIT_LIST_HEAD(&pool);
	for (i = 0; i < ELEMENTS; i++)
		free_element(&elements[i]);
	return 0;
}

static void reset(void)
{
	int cpu, i;

	for_each_possible_cpu(cpu)
		memset(per_cpu_ptr(&tally, cpu), 0, sizeof(struct tally));
	memset(writers, 0, sizeof(writers));
	for (i = 0; i < WRITERS_MAX; i++)
		INIT_LIST_HEAD(&writers[i].pipe);
	memset(hogs, 0, sizeof(hogs));
	memset(&flood, 0, sizeof(flood));
	elements = NULL;	/* freed, or left to lost callbacks, by the run before */
	atomic_long_set(&callbacks_queued, 0);
	atomic_long_set(&callbacks_run, 0);
	heartbeats = 0;
	gp_time = SIT_MIN;
}

static int start_threads(void)
{
	unsigned int i, cpu;
	int err = torture_create_kthread(rcu_torture_heart, NULL, heart);

	for (i = 0; i < scene->writers && !err; i++)
		err = torture_create_kthread(rcu_torture_writer, &writers[i], writers[i].task);
	for (i = 0; i < nr_readers && !err; i++)
		err = torture_create_kthread(rcu_torture_reader, (void *)(unsigned long)i,
					     readers[i]);
	if (scene->flood && !err)
		err = torture_create_kthread(rcu_torture_flood, NULL, flooder);
	if (scene->preempt) {
		for_each_online_cpu(cpu) {
			if (!err)
				err = torture_create_kthread(rcu_torture_hog, NULL, hogs[cpu]);
		}
	}
	if (scene->interrupts)
		start_all_interrupt_readers();
	if (scene->shuffle && !err)
		err = torture_shuffle_init(HZ / 10);
	if (scene->stutter && !err)
		err = torture_stutter_init(HZ / 5, HZ / 20);
	if (scene->hotplug && !err)
		err = torture_onoff_init(HZ / 50);
	return err;
}

static void stop_threads(void)
{
	unsigned int i;

	torture_cleanup_begin();
	if (scene->interrupts)
		stop_all_interrupt_readers();
	for (i = 0; i < nr_cpu_ids; i++)
		torture_stop_kthread(rcu_torture_hog, hogs[i]);
	for (i = 0; i < nr_readers; i++)
		torture_stop_kthread(rcu_torture_reader, readers[i]);
	for (i = 0; i < scene->writers; i++)
		torture_stop_kthread(rcu_torture_writer, writers[i].task);
	torture_stop_kthread(rcu_torture_flood, flooder);
	torture_stop_kthread(rcu_torture_heart, heart);
}

/*
 * After the writers: their last callbacks queue themselves again until their elements are free.
 * Each barrier brings all of them at least one grace period on.
 */
static void drain_callbacks(void)
{
	int i;

	if (!flavour->call)
		return;
	for (i = 0; i < AGES + 2; i++)
		flavour->wait_for_callbacks();
	if (atomic_long_read(&callbacks_queued) != atomic_long_read(&callbacks_run))
		rcu_torture_error("%ld callbacks are lost",
				  atomic_long_read(&callbacks_queued) -
				  atomic_long_read(&callbacks_run));
	if (scene->flood && atomic_read(&flood.left))
		rcu_torture_error("%d callbacks of the flood are lost", atomic_read(&flood.left));
}

static void sum_up(struct rcu_torture_result *result)
{
	unsigned int i;
	int cpu;

	for_each_possible_cpu(cpu) {
		struct tally *t = per_cpu_ptr(&tally, cpu);

		result->reads += t->reads;
		result->preemptions += t->preemptions;
		for (i = 0; i <= AGES; i++)
			result->ages[i] += t->ages[i];
	}
	for (i = 0; i < scene->writers; i++) {
		result->updates += writers[i].updates;
		if (!flavour->completed)
			result->gps += writers[i].waits;
	}
	result->callbacks = atomic_long_read(&callbacks_run);
	result->heartbeats = heartbeats;
	if (scene->hotplug)
		torture_onoff_counts(&result->cpus_down, &result->cpus_up);
}

/**
 * rcu_torture_run - torture one flavour of RCU in one way
 * @scenario: the way
 * @seconds: for how long
 * @result: filled
 *
 * Context: may sleep; one at a time.
 * Return: 0 if it ran (errors of RCU are in @result), -ENOMEM, -EBUSY.
 */
int rcu_torture_run(const struct rcu_torture_scenario *scenario, unsigned int seconds,
		    struct rcu_torture_result *result)
{
	unsigned long gps_before = 0;
	const char *broken;
	int err = -ENOMEM;

	memset(result, 0, sizeof(*result));
	if (scenario->special)
		return scenario->special(result, seconds);
	if (!torture_init_begin("rcutorture"))
		return -EBUSY;
	scene = scenario;
	flavour = scenario->flavour;
	nr_readers = scenario->readers_per_cpu * num_online_cpus();
	reset();
	readers = kcalloc(nr_readers, sizeof(*readers), GFP_KERNEL);
	if (!readers || make_elements())
		goto out_free;
	if (scene->flood) {
		flood.heads = kvcalloc(scene->flood, sizeof(*flood.heads), GFP_KERNEL);
		if (!flood.heads)
			goto out_free;
	}
	err = flavour->init ? flavour->init() : 0;
	if (err)
		goto out_free;
	broken = rcu_break_arm();
	if (broken)
		pr_info("RCU is broken now: %s\n", broken);
	rcu_torture_hostages(scene);
	rcu_torture_roll_call(flavour);
	rcu_break_disarm();
	rcu_torture_roll_call_end(flavour);

	if (flavour->completed)
		gps_before = flavour->completed();
	err = start_threads();
	rcu_break_arm();
	if (!err)
		schedule_timeout_uninterruptible(seconds * HZ);
	stop_threads();
	if (flavour->completed)
		result->gps = (flavour->completed() - gps_before) >> RCU_SEQ_CTR_SHIFT;
	rcu_break_disarm();
	drain_callbacks();
	sum_up(result);
	if (!err)
		check_progress(result);
	result->errors = rcu_torture_errors_taken();
	if (flavour->cleanup)
		flavour->cleanup();
out_free:
	/* What a lost callback still points to is not freed: it might turn up. */
	if (!result->errors) {
		kvfree(flood.heads);
		kfree(elements);
	}
	kfree(readers);
	torture_cleanup_end();
	return err;
}

/** rcu_torture_show - one line of counts, one of ages */
void rcu_torture_show(const char *name, const struct rcu_torture_result *result)
{
	char ages[120];
	int i, at = 0;

	pr_info("%s: %lu reads, %lu updates, %lu grace periods, %lu errors\n", name, result->reads,
		result->updates, result->gps, result->errors);
	for (i = 0; i <= AGES; i++) {
		if (result->ages[i])
			at += scnprintf(ages + at, sizeof(ages) - at, " %d:%lu", i,
					result->ages[i]);
	}
	ages[at] = '\0';
	pr_info("%s: heartbeats %lu, callbacks %lu, preemptions %lu, "
		"CPUs down %lu up %lu, ages%s\n",
		name, result->heartbeats, result->callbacks, result->preemptions,
		result->cpus_down, result->cpus_up, ages);
}
