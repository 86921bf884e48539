// SPDX-License-Identifier: MIT
/*
 * Stoppers: a thread per CPU that preempts everything, and the two things built on them.
 *
 * stop_one_cpu() hands the CPU's stopper a function. While that runs, nothing else does there, and
 * whatever ran before is merely queued: this is how a running task is moved.
 *
 * stop_machine() gives every stopper the same function, multi_cpu_stop(), which steps through
 *
 *	NONE -> PREPARE -> DISABLE_IRQ -> RUN -> EXIT
 *
 * in lockstep: each CPU acknowledges a state, the last one to do so sets the next. So no CPU runs
 * @fn before all have their interrupts off, and none leaves before all are done.
 *
 * Queueing for several CPUs at once has to be atomic, or two such calls could each occupy half of
 * the stoppers and wait for the other half for ever: stop_cpus_mutex serialises stop_machine(),
 * and stop_two_cpus() takes both stoppers' locks.
 */

#include <linux/completion.h>
#include <linux/cpu.h>
#include <linux/init.h>
#include <linux/interrupt.h>
#include <linux/kallsyms.h>
#include <linux/kernel.h>
#include <linux/kthread.h>
#include <linux/mutex.h>
#include <linux/nmi.h>
#include <linux/percpu.h>
#include <linux/sched.h>
#include <linux/sched/wake_q.h>
#include <linux/smpboot.h>
#include <linux/stop_machine.h>

/* Shared by the parts of one call. */
struct cpu_stop_done {
	atomic_t nr_todo;
	int ret;		/* the last error of any part; one wins if they race */
	struct completion completion;
};

struct cpu_stopper {
	struct task_struct *thread;
	raw_spinlock_t lock;		/* guards all below */
	bool enabled;			/* the CPU is up */
	struct list_head works;
};

static DEFINE_PER_CPU(struct cpu_stopper, cpu_stopper);
static bool stop_machine_initialized;
static DEFINE_MUTEX(stop_cpus_mutex);

static void init_done(struct cpu_stop_done *done, unsigned int nr_todo)
{
	atomic_set(&done->nr_todo, nr_todo);
	done->ret = 0;
	init_completion(&done->completion);
}

static void signal_done(struct cpu_stop_done *done)
{
	if (atomic_dec_and_test(&done->nr_todo))
		complete(&done->completion);
}

static void __queue_work(struct cpu_stopper *stopper, struct cpu_stop_work *work,
			 struct wake_q_head *wakeq)
{
	list_add_tail(&work->list, &stopper->works);
	wake_q_add(wakeq, stopper->thread);
}

/*
 * The wake-up comes after the lock is dropped, since it takes run-queue locks; preemption is off
 * between, or the stopper's own work could be delayed by whatever preempts us.
 */
static bool queue_stop_work(unsigned int cpu, struct cpu_stop_work *work)
{
	struct cpu_stopper *stopper = &per_cpu(cpu_stopper, cpu);
	DEFINE_WAKE_Q(wakeq);
	unsigned long flags;
	bool enabled;

	preempt_disable();
	raw_spin_lock_irqsave(&stopper->lock, flags);
	enabled = stopper->enabled;
	if (enabled)
		__queue_work(stopper, work, &wakeq);
	else if (work->done)
		signal_done(work->done);
	raw_spin_unlock_irqrestore(&stopper->lock, flags);
	wake_up_q(&wakeq);
	preempt_enable();
	return enabled;
}

/**
 * stop_one_cpu - run a function on a CPU's stopper and wait for it
 * @cpu: the CPU
 * @fn: runs with interrupts on, and must not sleep
 * @arg: for @fn
 *
 * Context: may sleep.
 * Return: what @fn returned, or -ENOENT if the CPU is down.
 */
int stop_one_cpu(unsigned int cpu, cpu_stop_fn_t fn, void *arg)
{
	struct cpu_stop_done done;
	struct cpu_stop_work work = { .fn = fn, .arg = arg, .done = &done, .caller = _RET_IP_ };

	init_done(&done, 1);
	if (!queue_stop_work(cpu, &work))
		return -ENOENT;
	wait_for_completion(&done.completion);
	return done.ret;
}

/**
 * stop_one_cpu_nowait - stop_one_cpu() without waiting
 * @cpu: the CPU
 * @fn: the function
 * @arg: for @fn
 * @work_buf: in use until @fn is called
 *
 * Context: any but NMI, and no run-queue lock held.
 * Return: false if the CPU is down.
 */
bool stop_one_cpu_nowait(unsigned int cpu, cpu_stop_fn_t fn, void *arg,
			 struct cpu_stop_work *work_buf)
{
	*work_buf = (struct cpu_stop_work){ .fn = fn, .arg = arg, .caller = _RET_IP_, };
	return queue_stop_work(cpu, work_buf);
}

/* ---- all in lockstep ---- */

enum multi_stop_state {
	MULTI_STOP_NONE,
	MULTI_STOP_PREPARE,
	MULTI_STOP_DISABLE_IRQ,
	MULTI_STOP_RUN,
	MULTI_STOP_EXIT,
};

struct multi_stop_data {
	cpu_stop_fn_t fn;
	void *data;
	unsigned int num_threads;
	const struct cpumask *active_cpus;
	enum multi_stop_state state;
	atomic_t thread_ack;
};

static void set_state(struct multi_stop_data *msdata, enum multi_stop_state newstate)
{
	atomic_set(&msdata->thread_ack, msdata->num_threads);
	smp_wmb();	/* the count before the state that makes others count it down */
	WRITE_ONCE(msdata->state, newstate);
}

/* The last one to acknowledge moves everybody on. */
static void ack_state(struct multi_stop_data *msdata)
{
	if (atomic_dec_and_test(&msdata->thread_ack))
		set_state(msdata, msdata->state + 1);
}

/**
 * stop_machine_yield - what a stopped CPU does while it waits for the others; the machine may do
 * better
 * @cpumask: the CPUs that are stopped
 */
void __weak stop_machine_yield(const struct cpumask *cpumask)
{
	(void)cpumask;
	cpu_relax();
}

static bool runs_fn(struct multi_stop_data *msdata, int cpu)
{
	if (!msdata->active_cpus)
		return cpu == cpumask_first(cpu_online_mask);
	return cpumask_test_cpu(cpu, msdata->active_cpus);
}

static int multi_cpu_stop(void *data)
{
	struct multi_stop_data *msdata = data;
	enum multi_stop_state newstate, curstate = MULTI_STOP_NONE;
	int cpu = smp_processor_id();
	bool is_active = runs_fn(msdata, cpu);
	unsigned long flags;
	int err = 0;

	/* The caller may have had interrupts off, in stop_machine_from_inactive_cpu(). */
	local_save_flags(flags);
	do {
		stop_machine_yield(cpu_online_mask);
		newstate = READ_ONCE(msdata->state);
		if (newstate == curstate)
			continue;
		curstate = newstate;
		switch (curstate) {
		case MULTI_STOP_DISABLE_IRQ:
			local_irq_disable();
			break;
		case MULTI_STOP_RUN:
			if (is_active)
				err = msdata->fn(msdata->data);
			break;
		default:
			break;
		}
		ack_state(msdata);
	} while (curstate != MULTI_STOP_EXIT);
	local_irq_restore(flags);
	return err;
}

/* ---- two CPUs ---- */

static void queue_two_works(int cpu1, struct cpu_stop_work *work1, int cpu2,
			    struct cpu_stop_work *work2, int *err)
{
	struct cpu_stopper *stopper1 = per_cpu_ptr(&cpu_stopper, cpu1);
	struct cpu_stopper *stopper2 = per_cpu_ptr(&cpu_stopper, cpu2);
	DEFINE_WAKE_Q(wakeq);

	preempt_disable();
	raw_spin_lock_irq(&stopper1->lock);
	raw_spin_lock_nested(&stopper2->lock, SINGLE_DEPTH_NESTING);
	*err = -ENOENT;
	if (stopper1->enabled && stopper2->enabled) {
		*err = 0;
		__queue_work(stopper1, work1, &wakeq);
		__queue_work(stopper2, work2, &wakeq);
	}
	raw_spin_unlock(&stopper2->lock);
	raw_spin_unlock_irq(&stopper1->lock);
	wake_up_q(&wakeq);
	preempt_enable();
}

/**
 * stop_two_cpus - hold two CPUs and run a function on the first
 * @cpu1: runs @fn
 * @cpu2: stands still meanwhile
 * @fn: runs with interrupts off
 * @arg: for @fn
 *
 * Return: what @fn returned, or -ENOENT if one of them is down.
 */
int stop_two_cpus(unsigned int cpu1, unsigned int cpu2, cpu_stop_fn_t fn, void *arg)
{
	struct cpu_stop_done done;
	struct multi_stop_data msdata = {
		.fn = fn,
		.data = arg,
		.num_threads = 2,
		.active_cpus = cpumask_of(cpu1),
	};
	struct cpu_stop_work work1 = {
		.fn = multi_cpu_stop,
		.arg = &msdata,
		.done = &done,
		.caller = _RET_IP_,
	};
	struct cpu_stop_work work2 = work1;
	int err;

	init_done(&done, 2);
	set_state(&msdata, MULTI_STOP_PREPARE);
	mutex_lock(&stop_cpus_mutex);
	if (cpu1 > cpu2)
		queue_two_works(cpu2, &work2, cpu1, &work1, &err);
	else
		queue_two_works(cpu1, &work1, cpu2, &work2, &err);
	mutex_unlock(&stop_cpus_mutex);
	if (err)
		return err;
	wait_for_completion(&done.completion);
	return done.ret;
}

/* ---- the machine ---- */

/* Under stop_cpus_mutex. The CPUs of @cpumask are online and stay so. */
static void queue_on_all(const struct cpumask *cpumask, struct cpu_stop_work __percpu *works,
			 struct cpu_stop_work *proto)
{
	unsigned int cpu;

	/* The first stopper to run spins for the others: don't let it preempt us half-way. */
	preempt_disable();
	for_each_cpu(cpu, cpumask) {
		struct cpu_stop_work *work = per_cpu_ptr(works, cpu);

		*work = *proto;
		queue_stop_work(cpu, work);
	}
	preempt_enable();
}

static DEFINE_PER_CPU(struct cpu_stop_work, stop_cpus_work);

/**
 * stop_machine_cpuslocked - stop_machine() with cpus_read_lock() held
 * @fn: runs with interrupts off, while all other CPUs only wait
 * @data: for @fn
 * @cpus: where @fn runs; NULL: on the first of the online CPUs
 *
 * Context: may sleep.
 * Return: 0, or what @fn returned on a CPU that returned something else.
 */
int stop_machine_cpuslocked(cpu_stop_fn_t fn, void *data, const struct cpumask *cpus)
{
	struct multi_stop_data msdata = {
		.fn = fn,
		.data = data,
		.num_threads = num_online_cpus(),
		.active_cpus = cpus,
	};
	struct cpu_stop_done done;
	struct cpu_stop_work proto = {
		.fn = multi_cpu_stop,
		.arg = &msdata,
		.done = &done,
		.caller = _RET_IP_,
	};

	lockdep_assert_cpus_held();
	if (!stop_machine_initialized) {
		unsigned long flags;
		int ret;

		WARN_ON_ONCE(msdata.num_threads != 1);
		local_irq_save(flags);
		ret = fn(data);
		local_irq_restore(flags);
		return ret;
	}

	set_state(&msdata, MULTI_STOP_PREPARE);
	init_done(&done, msdata.num_threads);
	mutex_lock(&stop_cpus_mutex);
	queue_on_all(cpu_online_mask, &stop_cpus_work, &proto);
	mutex_unlock(&stop_cpus_mutex);
	wait_for_completion(&done.completion);
	return done.ret;
}

int stop_machine(cpu_stop_fn_t fn, void *data, const struct cpumask *cpus)
{
	int ret;

	cpus_read_lock();
	ret = stop_machine_cpuslocked(fn, data, cpus);
	cpus_read_unlock();
	return ret;
}
EXPORT_SYMBOL(stop_machine);

/**
 * stop_machine_from_inactive_cpu - stop_machine() for a CPU that is coming up
 * @fn: the function
 * @data: for @fn
 * @cpus: CPUs that run it, this one always does
 *
 * Called before the CPU is active, interrupts off: it can't sleep, so it spins along.
 *
 * Return: 0, or what @fn returned that wasn't.
 */
int stop_machine_from_inactive_cpu(cpu_stop_fn_t fn, void *data, const struct cpumask *cpus)
{
	struct multi_stop_data msdata = {
		.fn = fn,
		.data = data,
		.num_threads = num_active_cpus() + 1,
		.active_cpus = cpus,
	};
	struct cpu_stop_done done;
	struct cpu_stop_work proto = { .fn = multi_cpu_stop, .arg = &msdata, .done = &done, };
	int ret;

	BUG_ON(cpu_active(raw_smp_processor_id()));
	while (!mutex_trylock(&stop_cpus_mutex))
		cpu_relax();
	set_state(&msdata, MULTI_STOP_PREPARE);
	init_done(&done, num_active_cpus());
	queue_on_all(cpu_active_mask, &stop_cpus_work, &proto);
	ret = multi_cpu_stop(&msdata);
	while (!completion_done(&done.completion))
		cpu_relax();
	mutex_unlock(&stop_cpus_mutex);
	return ret ? ret : done.ret;
}

/* ---- the threads ---- */

static int stopper_should_run(unsigned int cpu)
{
	struct cpu_stopper *stopper = &per_cpu(cpu_stopper, cpu);
	unsigned long flags;
	int run;

	raw_spin_lock_irqsave(&stopper->lock, flags);
	run = !list_empty(&stopper->works);
	raw_spin_unlock_irqrestore(&stopper->lock, flags);
	return run;
}

static struct cpu_stop_work *take_work(struct cpu_stopper *stopper)
{
	struct cpu_stop_work *work = NULL;

	raw_spin_lock_irq(&stopper->lock);
	if (!list_empty(&stopper->works)) {
		work = list_first_entry(&stopper->works, struct cpu_stop_work, list);
		list_del_init(&work->list);
	}
	raw_spin_unlock_irq(&stopper->lock);
	return work;
}

/* Everything of the work is read before fn runs: without @done its owner may reuse it then. */
static void stopper_thread(unsigned int cpu)
{
	struct cpu_stopper *stopper = &per_cpu(cpu_stopper, cpu);
	struct cpu_stop_work *work;

	while ((work = take_work(stopper))) {
		cpu_stop_fn_t fn = work->fn;
		void *arg = work->arg;
		struct cpu_stop_done *done = work->done;
		int ret;

		preempt_count_inc();	/* a function that sleeps is reported */
		ret = fn(arg);
		if (done) {
			if (ret)
				done->ret = ret;
			signal_done(done);
		}
		preempt_count_dec();
		WARN_ONCE(preempt_count(), "cpu_stop: %ps(%p) leaked preempt count\n", fn, arg);
	}
}

/**
 * stop_machine_park - a CPU goes: its stopper parks when it is done with that
 * @cpu: this one
 *
 * Context: take_cpu_down(), on the dying CPU with all others stopped.
 */
void stop_machine_park(int cpu)
{
	struct cpu_stopper *stopper = &per_cpu(cpu_stopper, cpu);

	/*
	 * Without the lock: the queuers are stopped, all but those with interrupts off elsewhere,
	 * and there are none: every CPU is in multi_cpu_stop().
	 */
	stopper->enabled = false;
	kthread_park(stopper->thread);
}

static void stopper_create(unsigned int cpu)
{
	sched_set_stop_task(cpu, per_cpu(cpu_stopper.thread, cpu));
}

static void stopper_park(unsigned int cpu)
{
	WARN_ON(!list_empty(&per_cpu(cpu_stopper.works, cpu)));
}

/**
 * stop_machine_unpark - a CPU has come: its stopper takes work
 * @cpu: the CPU
 *
 * Context: may sleep.
 */
void stop_machine_unpark(int cpu)
{
	struct cpu_stopper *stopper = &per_cpu(cpu_stopper, cpu);

	stopper->enabled = true;
	kthread_unpark(stopper->thread);
}

static struct smp_hotplug_thread cpu_stop_threads = {
	.store			= &cpu_stopper.thread,
	.thread_should_run	= stopper_should_run,
	.thread_fn		= stopper_thread,
	.thread_comm		= "migration/%u",
	.create			= stopper_create,
	.park			= stopper_park,
	.selfparking		= true,
};

static int __init cpu_stop_init(void)
{
	unsigned int cpu;

	for_each_possible_cpu(cpu) {
		struct cpu_stopper *stopper = &per_cpu(cpu_stopper, cpu);

		raw_spin_lock_init(&stopper->lock);
		INIT_LIST_HEAD(&stopper->works);
	}
	BUG_ON(smpboot_register_percpu_thread(&cpu_stop_threads));
	stop_machine_unpark(raw_smp_processor_id());
	stop_machine_initialized = true;
	return 0;
}
early_initcall(cpu_stop_init);
