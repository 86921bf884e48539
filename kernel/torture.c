// SPDX-License-Identifier: MIT
/*
 * Torture: what every torture test needs, see <linux/torture.h>.
 *
 * The life of a torture:
 *
 *	torture_init_begin()	running		threads are made and work
 *	torture_stop_begin()	stopping	torture_must_stop() says so; threads leave their
 *						loops
 *	_stop_kthread() each
 *	torture_cleanup_end()	none		the next one may begin
 *
 * One torture at a time (torture_mutex), since CPUs and the tasks' affinities are shared.
 *
 * The three tormentors:
 *
 *	shuffler   every interval all registered tasks are kept off one CPU, the next each time: it
 *		   goes idle, and what relies on a tick or on a context switch there has to manage
 *	stutterer  lets all run, lets all pause: what happens when the load stops?
 *	onoff	   takes random CPUs down and up; a CPU that refuses (the last, or the boot CPU) is
 *		   counted and let be
 */

#define pr_fmt(fmt) "torture: " fmt

#include <linux/torture.h>

#include <linux/cpu.h>
#include <linux/cpumask.h>
#include <linux/err.h>
#include <linux/export.h>
#include <linux/kthread.h>
#include <linux/list.h>
#include <linux/mutex.h>
#include <linux/preempt.h>
#include <linux/printk.h>
#include <linux/sched.h>
#include <linux/sched/clock.h>
#include <linux/slab.h>
#include <linux/smp.h>

enum torture_state { TORTURE_NONE, TORTURE_RUNNING, TORTURE_STOPPING };

static DEFINE_MUTEX(torture_mutex);	/* guards torture_name and changes of torture_state */
static const char *torture_name;
static enum torture_state torture_state;

/* ---- random numbers ---- */

#define TORTURE_RANDOM_REFRESH	10000

/**
 * torture_random - a random number, good enough to choose what to do next
 * @trsp: the caller's own state
 *
 * A linear congruential generator (Knuth's MMIX constants), stirred by the clock now and then so
 * that two with the same start part. The high half is the better one.
 *
 * Context: any; the caller sees to it that nobody else uses @trsp meanwhile.
 */
unsigned long torture_random(struct torture_random_state *trsp)
{
	if (--trsp->trs_count < 0) {
		trsp->trs_state += (unsigned long)local_clock() + raw_smp_processor_id();
		trsp->trs_count = TORTURE_RANDOM_REFRESH;
	}
	trsp->trs_state = trsp->trs_state * 6364136223846793005UL + 1442695040888963407UL;
	return trsp->trs_state >> 32;
}
EXPORT_SYMBOL_GPL(torture_random);

/**
 * torture_preempt_schedule - let this task be preempted here
 *
 * Unlike cond_resched() it may stand in a preemptible RCU reader.
 *
 * Context: any; does nothing where preemption is off.
 */
void torture_preempt_schedule(void)
{
	if (!preemptible())
		return;
	preempt_disable();
	set_tsk_need_resched(current);
	set_preempt_need_resched();
	preempt_enable();
}
EXPORT_SYMBOL_GPL(torture_preempt_schedule);

/* ---- threads ---- */

/** torture_must_stop - is it time for a thread to leave its loop? */
bool torture_must_stop(void)
{
	return torture_must_stop_irq() || kthread_should_stop();
}
EXPORT_SYMBOL_GPL(torture_must_stop);

/** torture_must_stop_irq - torture_must_stop() for code that is no torture thread's */
bool torture_must_stop_irq(void)
{
	return READ_ONCE(torture_state) != TORTURE_RUNNING;
}
EXPORT_SYMBOL_GPL(torture_must_stop_irq);

/**
 * torture_kthread_stopping - a thread's last step: wait for its kthread_stop()
 * @title: its name
 *
 * Context: may sleep.
 */
void torture_kthread_stopping(const char *title)
{
	for (;;) {
		set_current_state(TASK_INTERRUPTIBLE);
		if (kthread_should_stop())
			break;
		schedule();
	}
	__set_current_state(TASK_RUNNING);
}
EXPORT_SYMBOL_GPL(torture_kthread_stopping);

/**
 * _torture_create_kthread - the function under torture_create_kthread(): make and start a thread
 * @fn: its function
 * @arg: for @fn
 * @name: its name
 * @task: where to put it; NULL if that failed
 *
 * Context: may sleep.
 * Return: 0, or as kthread_create_on_node().
 */
int _torture_create_kthread(int (*fn)(void *arg), void *arg, const char *name,
			    struct task_struct **task)
{
	struct task_struct *t = kthread_create(fn, arg, "%s", name);

	*task = NULL;
	if (IS_ERR(t)) {
		pr_err("%s: no thread %s: %ld\n", torture_name, name, PTR_ERR(t));
		return PTR_ERR(t);
	}
	*task = t;
	torture_shuffle_task_register(t);
	wake_up_process(t);
	return 0;
}
EXPORT_SYMBOL_GPL(_torture_create_kthread);

static void torture_shuffle_task_unregister(struct task_struct *task);

/**
 * _torture_stop_kthread - the function under torture_stop_kthread(): wait until a thread has ended
 * @name: its name
 * @task: where it was put; NULL afterwards, and if it is so already nothing happens
 *
 * Context: may sleep.
 */
void _torture_stop_kthread(const char *name, struct task_struct **task)
{
	if (!*task)
		return;
	torture_shuffle_task_unregister(*task);
	kthread_stop(*task);
	*task = NULL;
}
EXPORT_SYMBOL_GPL(_torture_stop_kthread);

/* ---- the shuffler ---- */

struct shuffle_task {
	struct list_head link;
	struct task_struct *task;
};

static DEFINE_MUTEX(shuffle_mutex);	/* guards the list and the masks */
static LIST_HEAD(shuffle_tasks);
static struct task_struct *shuffler;
static long shuffle_interval;

/**
 * torture_shuffle_task_register - let the shuffler move a thread
 * @task: the thread; without memory it merely isn't shuffled
 *
 * Context: may sleep.
 */
void torture_shuffle_task_register(struct task_struct *task)
{
	struct shuffle_task *st = kmalloc(sizeof(*st), GFP_KERNEL);

	if (!st)
		return;
	st->task = task;
	mutex_lock(&shuffle_mutex);
	list_add(&st->link, &shuffle_tasks);
	mutex_unlock(&shuffle_mutex);
}
EXPORT_SYMBOL_GPL(torture_shuffle_task_register);

static void torture_shuffle_task_unregister(struct task_struct *task)
{
	struct shuffle_task *st;

	mutex_lock(&shuffle_mutex);
	list_for_each_entry(st, &shuffle_tasks, link) {
		if (st->task == task) {
			list_del(&st->link);
			kfree(st);
			break;
		}
	}
	mutex_unlock(&shuffle_mutex);
}

/* Nobody on @idle_cpu; everywhere if it is out of range. */
static void shuffle_tasks_off(unsigned int idle_cpu)
{
	static struct cpumask mask;	/* guarded by shuffle_mutex */
	struct shuffle_task *st;

	mutex_lock(&shuffle_mutex);
	cpumask_copy(&mask, cpu_possible_mask);
	if (idle_cpu < nr_cpu_ids)
		cpumask_clear_cpu(idle_cpu, &mask);
	/* A CPU may go down meanwhile: then some tasks stay where they are for a round. */
	list_for_each_entry(st, &shuffle_tasks, link)
		set_cpus_allowed_ptr(st->task, &mask);
	mutex_unlock(&shuffle_mutex);
}

static int torture_shuffle(void *arg)
{
	unsigned int idle_cpu = 0;

	while (!torture_must_stop()) {
		schedule_timeout_interruptible(shuffle_interval);
		idle_cpu = idle_cpu < nr_cpu_ids ? cpumask_next(idle_cpu, cpu_online_mask) :
						   cpumask_first(cpu_online_mask);
		/* Every round ends with nobody kept off. */
		if (num_online_cpus() > 1)
			shuffle_tasks_off(idle_cpu);
	}
	shuffle_tasks_off(nr_cpu_ids);
	torture_kthread_stopping("torture_shuffle");
	return 0;
}

/**
 * torture_shuffle_init - start the shuffler
 * @interval: jiffies from one CPU to the next
 *
 * Context: may sleep.
 * Return: 0, or as kthread_create_on_node().
 */
int torture_shuffle_init(long interval)
{
	shuffle_interval = interval;
	return torture_create_kthread(torture_shuffle, NULL, shuffler);
}
EXPORT_SYMBOL_GPL(torture_shuffle_init);

/**
 * torture_shuffle_cleanup - stop the shuffler; all tasks may be everywhere again
 *
 * Context: may sleep; after torture_stop_begin().
 */
void torture_shuffle_cleanup(void)
{
	torture_stop_kthread(torture_shuffle, shuffler);
}
EXPORT_SYMBOL_GPL(torture_shuffle_cleanup);

/* ---- the stutterer ---- */

static struct task_struct *stutterer;
static long stutter_run, stutter_pause;
static bool stutter_paused;

/**
 * stutter_wait - pause here if all are to
 * @title: the thread's name
 *
 * Context: may sleep; a torture thread.
 * Return: whether it paused.
 */
bool stutter_wait(const char *title)
{
	bool paused = false;

	while (READ_ONCE(stutter_paused) && !torture_must_stop()) {
		paused = true;
		schedule_timeout_interruptible(1);
	}
	cond_resched_tasks_rcu_qs();
	return paused;
}
EXPORT_SYMBOL_GPL(stutter_wait);

static int torture_stutter(void *arg)
{
	while (!torture_must_stop()) {
		schedule_timeout_interruptible(stutter_run);
		WRITE_ONCE(stutter_paused, true);
		if (!torture_must_stop())
			schedule_timeout_interruptible(stutter_pause);
		WRITE_ONCE(stutter_paused, false);
	}
	torture_kthread_stopping("torture_stutter");
	return 0;
}

/**
 * torture_stutter_init - start the stutterer
 * @run: jiffies that all run
 * @pause: jiffies that all pause in stutter_wait()
 *
 * Context: may sleep.
 * Return: 0, or as kthread_create_on_node().
 */
int torture_stutter_init(long run, long pause)
{
	stutter_run = run;
	stutter_pause = pause;
	return torture_create_kthread(torture_stutter, NULL, stutterer);
}
EXPORT_SYMBOL_GPL(torture_stutter_init);

/**
 * torture_stutter_cleanup - stop the stutterer
 *
 * Context: may sleep; after torture_stop_begin().
 */
void torture_stutter_cleanup(void)
{
	torture_stop_kthread(torture_stutter, stutterer);
}
EXPORT_SYMBOL_GPL(torture_stutter_cleanup);

/* ---- CPUs down and up ---- */

static struct task_struct *onoff_task;
static long onoff_interval;
static unsigned long onoff_down, onoff_up;	/* the onoff thread's; read when it has stopped */

static void torture_online_all(void)
{
	unsigned int cpu;

	for_each_present_cpu(cpu) {
		if (!cpu_online(cpu) && !add_cpu(cpu))
			onoff_up++;
	}
}

static int torture_onoff(void *arg)
{
	DEFINE_TORTURE_RANDOM(rand);

	while (!torture_must_stop()) {
		unsigned int cpu = torture_random(&rand) % nr_cpu_ids;

		if (!cpu_present(cpu)) {
			/* try another */
		} else if (!cpu_online(cpu)) {
			if (!add_cpu(cpu))
				onoff_up++;
		} else if (num_online_cpus() > 1) {
			if (!remove_cpu(cpu))
				onoff_down++;
		}
		schedule_timeout_interruptible(onoff_interval);
	}
	torture_online_all();
	torture_kthread_stopping("torture_onoff");
	return 0;
}

/**
 * torture_onoff_init - start to take random CPUs down and up
 * @interval: jiffies from one to the next
 *
 * Context: may sleep.
 * Return: 0, or as kthread_create_on_node().
 */
int torture_onoff_init(long interval)
{
	onoff_interval = interval;
	onoff_down = onoff_up = 0;
	return torture_create_kthread(torture_onoff, NULL, onoff_task);
}
EXPORT_SYMBOL_GPL(torture_onoff_init);

/**
 * torture_onoff_cleanup - stop that; afterwards all present CPUs are up that would come
 *
 * Context: may sleep; after torture_stop_begin().
 */
void torture_onoff_cleanup(void)
{
	torture_stop_kthread(torture_onoff, onoff_task);
}
EXPORT_SYMBOL_GPL(torture_onoff_cleanup);

/**
 * torture_onoff_counts - how many CPUs have been taken down and brought up
 * @down: since torture_onoff_init()
 * @up: since torture_onoff_init()
 */
void torture_onoff_counts(unsigned long *down, unsigned long *up)
{
	*down = READ_ONCE(onoff_down);
	*up = READ_ONCE(onoff_up);
}
EXPORT_SYMBOL_GPL(torture_onoff_counts);

/* ---- the life of a torture ---- */

/**
 * torture_init_begin - may a torture begin?
 * @name: its name, kept by pointer
 *
 * Context: may sleep.
 * Return: false if another one runs.
 */
bool torture_init_begin(const char *name)
{
	bool free;

	mutex_lock(&torture_mutex);
	free = torture_state == TORTURE_NONE;
	if (free) {
		torture_name = name;
		WRITE_ONCE(torture_state, TORTURE_RUNNING);
	}
	mutex_unlock(&torture_mutex);
	return free;
}
EXPORT_SYMBOL_GPL(torture_init_begin);

/** torture_stop_begin - tell all threads to leave their loops */
void torture_stop_begin(void)
{
	mutex_lock(&torture_mutex);
	WRITE_ONCE(torture_state, TORTURE_STOPPING);
	mutex_unlock(&torture_mutex);
}
EXPORT_SYMBOL_GPL(torture_stop_begin);

/**
 * torture_cleanup_begin - stop, and end the tormentors
 *
 * CPUs stop coming and going first, since others wait for them.
 */
void torture_cleanup_begin(void)
{
	torture_stop_begin();
	torture_onoff_cleanup();
	torture_stutter_cleanup();
	torture_shuffle_cleanup();
}
EXPORT_SYMBOL_GPL(torture_cleanup_begin);

/** torture_cleanup_end - all threads are gone; the next torture may begin */
void torture_cleanup_end(void)
{
	mutex_lock(&torture_mutex);
	torture_name = NULL;
	WRITE_ONCE(torture_state, TORTURE_NONE);
	mutex_unlock(&torture_mutex);
}
EXPORT_SYMBOL_GPL(torture_cleanup_end);
