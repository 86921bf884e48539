// SPDX-License-Identifier: MIT
/*
 * Kernel threads: creation, binding, stopping and parking.
 *
 * Who creates: kthreadd, a thread of its own, so that new threads inherit nothing from whoever
 * happened to ask. A request waits on a list; kthreadd forks, the child reports itself to the
 * requester and sleeps until it is woken for the first time.
 *
 *	requester		kthreadd		child
 *	---------		--------		-----
 *	queue request
 *	wake kthreadd		fork  ----------->	kthread()
 *	wait for done					result = current, complete done
 *	  ... bind, policy				sleep
 *	wake_up_process  ----------------------->	threadfn(data)
 *
 * A requester that is killed while it waits leaves the request to the child, by exchanging
 * create->done with NULL: whoever finds NULL frees it.
 *
 * struct kthread hangs on task->worker_private for the thread's life. Its flags are atomic bits:
 * the stopper sets one and wakes, the thread tests it after set_current_state().
 */

#include <linux/completion.h>
#include <linux/cpu.h>
#include <linux/kthread.h>
#include <linux/mm.h>
#include <linux/mmu_context.h>
#include <linux/percpu.h>
#include <linux/sched/mm.h>
#include <linux/sched/signal.h>
#include <linux/sched/task.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/topology.h>

static DEFINE_SPINLOCK(kthread_create_lock);
static LIST_HEAD(kthread_create_list);		/* guarded by kthread_create_lock */
struct task_struct *kthreadd_task;

struct kthread_create_info {
	char *full_name;
	int (*threadfn)(void *data);
	void *data;
	int node;
	struct task_struct *result;
	struct completion *done;
	struct list_head list;
};

struct kthread {
	unsigned long flags;
	unsigned int cpu;
	int result;
	int (*threadfn)(void *);
	void *data;
	struct completion parked;
	struct completion exited;
	char *full_name;	/* if it didn't fit into comm */
};

enum KTHREAD_BITS {
	KTHREAD_IS_PER_CPU = 0,
	KTHREAD_SHOULD_STOP,
	KTHREAD_SHOULD_PARK,
};

static inline struct kthread *to_kthread(struct task_struct *k)
{
	WARN_ON(!(k->flags & PF_KTHREAD));
	return k->worker_private;
}

/* For tasks that may be anything: NULL if it is no kthread, or one without the struct. */
static inline struct kthread *__to_kthread(struct task_struct *p)
{
	return (p->flags & PF_KTHREAD) ? p->worker_private : NULL;
}

/**
 * set_kthread_struct - give a new kernel thread its struct kthread
 * @p: the task
 *
 * Return: whether there was memory.
 */
bool set_kthread_struct(struct task_struct *p)
{
	struct kthread *kthread;

	if (WARN_ON_ONCE(to_kthread(p)))
		return false;
	kthread = kzalloc(sizeof(*kthread), GFP_KERNEL);
	if (!kthread)
		return false;
	init_completion(&kthread->exited);
	init_completion(&kthread->parked);
	p->vfork_done = &kthread->exited;
	p->worker_private = kthread;
	return true;
}

/**
 * free_kthread_struct - free what a kernel thread has besides its task_struct
 * @k: the task, about to be freed
 */
void free_kthread_struct(struct task_struct *k)
{
	struct kthread *kthread = to_kthread(k);

	if (!kthread)
		return;
	k->worker_private = NULL;
	kfree(kthread->full_name);
	kfree(kthread);
}

/**
 * kthread_exited - whoever waits in kthread_stop() may go on
 * @tsk: current; nothing happens if it is no kthread
 *
 * Context: do_exit().
 */
void kthread_exited(struct task_struct *tsk)
{
	struct kthread *kthread = __to_kthread(tsk);

	if (!kthread)
		return;
	tsk->vfork_done = NULL;
	complete_all(&kthread->exited);
}

/* ---- questions that a thread asks about itself ---- */

/**
 * kthread_should_stop - has somebody called kthread_stop() on this thread
 *
 * Return: true if its function should return.
 */
bool kthread_should_stop(void)
{
	return test_bit(KTHREAD_SHOULD_STOP, &to_kthread(current)->flags);
}
EXPORT_SYMBOL(kthread_should_stop);

/**
 * kthread_should_park - has somebody called kthread_park() on this thread
 *
 * Context: a kthread.
 * Return: true if it should call kthread_parkme().
 */
bool kthread_should_park(void)
{
	return test_bit(KTHREAD_SHOULD_PARK, &to_kthread(current)->flags);
}
EXPORT_SYMBOL(kthread_should_park);

/**
 * kthread_should_stop_or_park - kthread_should_stop() or kthread_should_park(), for any task
 *
 * Return: false if current is no kthread.
 */
bool kthread_should_stop_or_park(void)
{
	struct kthread *kthread = __to_kthread(current);

	if (!kthread)
		return false;
	return kthread->flags & (BIT(KTHREAD_SHOULD_STOP) | BIT(KTHREAD_SHOULD_PARK));
}

/**
 * kthread_func - the function of a kthread
 * @task: any task
 *
 * Return: the function; NULL if it is no kthread.
 */
void *kthread_func(struct task_struct *task)
{
	struct kthread *kthread = __to_kthread(task);

	return kthread ? kthread->threadfn : NULL;
}

/**
 * kthread_data - the data argument of a kthread's function
 * @task: a kthread
 */
void *kthread_data(struct task_struct *task)
{
	return to_kthread(task)->data;
}

/**
 * kthread_probe_data - kthread_data() of a task that may be anything: for reports
 * @task: any task
 *
 * Return: the data; NULL if it is no kthread.
 */
void *kthread_probe_data(struct task_struct *task)
{
	struct kthread *kthread = __to_kthread(task);

	return kthread ? READ_ONCE(kthread->data) : NULL;
}

/* ---- parking ---- */

/*
 * The state is TASK_PARKED, which only kthread_unpark() wakes. Telling the parker and going to
 * sleep happen with preemption off, so that when it hears of it this thread is as good as off its
 * CPU; kthread_park() makes sure with wait_task_inactive().
 */
static void __kthread_parkme(struct kthread *self)
{
	for (;;) {
		set_special_state(TASK_PARKED);
		if (!test_bit(KTHREAD_SHOULD_PARK, &self->flags))
			break;
		preempt_disable();
		complete(&self->parked);
		schedule_preempt_disabled();
		preempt_enable();
	}
	__set_current_state(TASK_RUNNING);
}

/**
 * kthread_parkme - sleep until kthread_unpark(), if kthread_should_park()
 *
 * Context: a kthread; may sleep.
 */
void kthread_parkme(void)
{
	__kthread_parkme(to_kthread(current));
}
EXPORT_SYMBOL(kthread_parkme);

/**
 * kthread_park - make a thread sleep in kthread_parkme() and wait until it does
 * @k: the thread, which tests kthread_should_park()
 *
 * Context: may sleep. Not by the thread itself.
 * Return: 0; -ENOSYS if it has exited, -EBUSY if it is parked already.
 */
int kthread_park(struct task_struct *k)
{
	struct kthread *kthread = to_kthread(k);

	if (WARN_ON(k->flags & PF_EXITING))
		return -ENOSYS;
	if (WARN_ON_ONCE(test_bit(KTHREAD_SHOULD_PARK, &kthread->flags)))
		return -EBUSY;
	set_bit(KTHREAD_SHOULD_PARK, &kthread->flags);
	if (k == current)
		return 0;
	wake_up_process(k);
	wait_for_completion(&kthread->parked);
	WARN_ON_ONCE(!wait_task_inactive(k, TASK_PARKED));
	return 0;
}
EXPORT_SYMBOL(kthread_park);

static void bind_mask(struct task_struct *p, const struct cpumask *mask, unsigned int state)
{
	unsigned long flags;

	if (!wait_task_inactive(p, state)) {
		WARN_ON(1);
		return;
	}
	/* It sleeps in @state and we are the only one to wake it. */
	raw_spin_lock_irqsave(&p->pi_lock, flags);
	do_set_cpus_allowed(p, mask);
	p->flags |= PF_NO_SETAFFINITY;
	raw_spin_unlock_irqrestore(&p->pi_lock, flags);
}

/**
 * kthread_unpark - let a parked thread go on
 * @k: the thread; a per-CPU one is bound to its CPU again first, from which a hot-unplug took it
 */
void kthread_unpark(struct task_struct *k)
{
	struct kthread *kthread = to_kthread(k);

	if (!test_bit(KTHREAD_SHOULD_PARK, &kthread->flags))
		return;
	if (test_bit(KTHREAD_IS_PER_CPU, &kthread->flags))
		bind_mask(k, cpumask_of(kthread->cpu), TASK_PARKED);
	clear_bit(KTHREAD_SHOULD_PARK, &kthread->flags);
	wake_up_state(k, TASK_PARKED);
}
EXPORT_SYMBOL(kthread_unpark);

/* ---- binding ---- */

/**
 * kthread_bind_mask - bind a thread that has not run yet to some CPUs, for good
 * @p: from kthread_create()
 * @mask: the CPUs, which need not be online
 */
void kthread_bind_mask(struct task_struct *p, const struct cpumask *mask)
{
	bind_mask(p, mask, TASK_UNINTERRUPTIBLE);
}

/**
 * kthread_bind - bind a thread that has not run yet to one CPU, for good
 * @p: from kthread_create()
 * @cpu: the CPU, which need not be online
 */
void kthread_bind(struct task_struct *p, unsigned int cpu)
{
	bind_mask(p, cpumask_of(cpu), TASK_UNINTERRUPTIBLE);
}
EXPORT_SYMBOL(kthread_bind);

/**
 * kthread_set_per_cpu - mark a thread as belonging to a CPU, or not any more
 * @k: the thread
 * @cpu: the CPU, or negative to take the mark away
 *
 * A per-CPU thread may run on its CPU while that is going down.
 */
void kthread_set_per_cpu(struct task_struct *k, int cpu)
{
	struct kthread *kthread = to_kthread(k);

	if (cpu < 0) {
		clear_bit(KTHREAD_IS_PER_CPU, &kthread->flags);
		return;
	}
	WARN_ON_ONCE(!(k->flags & PF_NO_SETAFFINITY));
	kthread->cpu = cpu;
	set_bit(KTHREAD_IS_PER_CPU, &kthread->flags);
}

/**
 * kthread_is_per_cpu - may a task run on its CPU while that is going down?
 * @p: any task
 */
bool kthread_is_per_cpu(struct task_struct *p)
{
	struct kthread *kthread = __to_kthread(p);

	return kthread && test_bit(KTHREAD_IS_PER_CPU, &kthread->flags);
}

/* ---- ending ---- */

/**
 * kthread_exit - end the current kernel thread
 * @result: what kthread_stop() returns
 */
void __noreturn kthread_exit(long result)
{
	to_kthread(current)->result = result;
	do_exit(0);
}
EXPORT_SYMBOL(kthread_exit);

/**
 * kthread_complete_and_exit - the last words of a thread whose code may be freed once it has said
 * them
 * @comp: completed first, or NULL
 * @code: what kthread_stop() returns
 */
void __noreturn kthread_complete_and_exit(struct completion *comp, long code)
{
	if (comp)
		complete(comp);
	kthread_exit(code);
}
EXPORT_SYMBOL(kthread_complete_and_exit);

/**
 * kthread_stop - ask a thread to end and wait until it has
 * @k: the thread; if it may end by itself, the caller holds a reference
 *
 * A thread that never ran is ended without running its function.
 *
 * Context: may sleep.
 * Return: what its function returned, or -EINTR if it never ran.
 */
int kthread_stop(struct task_struct *k)
{
	struct kthread *kthread;
	int ret;

	get_task_struct(k);
	kthread = to_kthread(k);
	set_bit(KTHREAD_SHOULD_STOP, &kthread->flags);
	kthread_unpark(k);
	set_tsk_thread_flag(k, TIF_NOTIFY_SIGNAL);
	wake_up_process(k);
	wait_for_completion(&kthread->exited);
	ret = kthread->result;
	put_task_struct(k);
	return ret;
}
EXPORT_SYMBOL(kthread_stop);

/**
 * kthread_stop_put - kthread_stop() that also drops the caller's reference
 * @k: the thread
 *
 * Context: may sleep.
 * Return: as kthread_stop().
 */
int kthread_stop_put(struct task_struct *k)
{
	int ret = kthread_stop(k);

	put_task_struct(k);
	return ret;
}
EXPORT_SYMBOL(kthread_stop_put);

/* ---- creation ---- */

/* The child's side: where every thread made by kthread_create() begins. */
static int kthread(void *_create)
{
	struct kthread_create_info *create = _create;
	int (*threadfn)(void *data) = create->threadfn;
	void *data = create->data;
	struct kthread *self = to_kthread(current);
	struct completion *done;
	int ret;

	/* If the requester was killed, the request is ours to free. */
	done = xchg(&create->done, NULL);
	if (!done) {
		kfree(create->full_name);
		kfree(create);
		kthread_exit(-EINTR);
	}
	self->full_name = create->full_name;
	self->threadfn = threadfn;
	self->data = data;

	/* Announced before we sleep: preemption is off so that nobody sees us in between. */
	__set_current_state(TASK_UNINTERRUPTIBLE);
	create->result = current;
	preempt_disable();
	complete(done);
	schedule_preempt_disabled();
	preempt_enable();

	ret = -EINTR;
	if (!test_bit(KTHREAD_SHOULD_STOP, &self->flags)) {
		if (test_bit(KTHREAD_SHOULD_PARK, &self->flags))
			__kthread_parkme(self);
		ret = threadfn(data);
	}
	kthread_exit(ret);
}

/* kthreadd's side. */
static void create_kthread(struct kthread_create_info *create)
{
	struct completion *done;
	int pid;

	pid = kernel_thread(kthread, create, create->full_name,
			    CLONE_FS | CLONE_FILES | SIGCHLD);
	if (pid >= 0)
		return;
	done = xchg(&create->done, NULL);
	kfree(create->full_name);
	if (!done) {
		kfree(create);
		return;
	}
	create->result = ERR_PTR(pid);
	complete(done);
}

/**
 * kthreadd - the thread that makes all others
 * @unused: nothing
 */
int kthreadd(void *unused)
{
	(void)unused;
	set_task_comm(current, "kthreadd");
	current->flags |= PF_NOFREEZE;

	for (;;) {
		set_current_state(TASK_IDLE);
		if (list_empty(&kthread_create_list))
			schedule();
		__set_current_state(TASK_RUNNING);

		spin_lock(&kthread_create_lock);
		while (!list_empty(&kthread_create_list)) {
			struct kthread_create_info *create;

			create = list_first_entry(&kthread_create_list,
						  struct kthread_create_info, list);
			list_del_init(&create->list);
			spin_unlock(&kthread_create_lock);
			create_kthread(create);
			spin_lock(&kthread_create_lock);
		}
		spin_unlock(&kthread_create_lock);
	}
	return 0;
}

/* Threads start plain, whatever kthreadd's own policy and mask are. */
static void reset_scheduling(struct task_struct *task)
{
	static const struct sched_param param = { .sched_priority = 0 };

	sched_setscheduler_nocheck(task, SCHED_NORMAL, &param);
	set_cpus_allowed_ptr(task, cpu_possible_mask);
}

static __printf(4, 0)
struct task_struct *__kthread_create_on_node(int (*threadfn)(void *data), void *data, int node,
					     const char namefmt[], va_list args)
{
	DECLARE_COMPLETION_ONSTACK(done);
	struct kthread_create_info *create;
	struct task_struct *task;

	create = kmalloc(sizeof(*create), GFP_KERNEL);
	if (!create)
		return ERR_PTR(-ENOMEM);
	create->threadfn = threadfn;
	create->data = data;
	create->node = node;
	create->done = &done;
	create->full_name = kvasprintf(GFP_KERNEL, namefmt, args);
	if (!create->full_name) {
		kfree(create);
		return ERR_PTR(-ENOMEM);
	}

	spin_lock(&kthread_create_lock);
	list_add_tail(&create->list, &kthread_create_list);
	spin_unlock(&kthread_create_lock);
	wake_up_process(kthreadd_task);

	if (unlikely(wait_for_completion_killable(&done))) {
		/* Killed. If we get it back, the child will find NULL and free the request. */
		if (xchg(&create->done, NULL))
			return ERR_PTR(-EINTR);
		/* The child was faster and completes in a moment. */
		wait_for_completion(&done);
	}
	task = create->result;
	kfree(create);
	if (!IS_ERR(task))
		reset_scheduling(task);
	return task;
}

/**
 * kthread_create_on_node - make a kernel thread, not yet running
 * @threadfn: its function
 * @data: for @threadfn
 * @node: where its memory had better be, NUMA_NO_NODE for anywhere
 * @namefmt: printf format of its name
 *
 * Context: may sleep.
 * Return: the thread, asleep until wake_up_process(); ERR_PTR(-ENOMEM), -EAGAIN or -EINTR.
 */
struct task_struct *kthread_create_on_node(int (*threadfn)(void *data), void *data, int node,
					   const char namefmt[], ...)
{
	struct task_struct *task;
	va_list args;

	va_start(args, namefmt);
	task = __kthread_create_on_node(threadfn, data, node, namefmt, args);
	va_end(args);
	return task;
}
EXPORT_SYMBOL(kthread_create_on_node);

/**
 * kthread_create_on_cpu - make a thread that belongs to a CPU
 * @threadfn: its function
 * @data: for @threadfn
 * @cpu: the CPU
 * @namefmt: name with one %u for the CPU
 *
 * Return: as kthread_create_on_node().
 */
struct task_struct *kthread_create_on_cpu(int (*threadfn)(void *data), void *data,
					  unsigned int cpu, const char *namefmt)
{
	struct task_struct *p;

	p = kthread_create_on_node(threadfn, data, cpu_to_node(cpu), namefmt, cpu);
	if (IS_ERR(p))
		return p;
	kthread_bind(p, cpu);
	to_kthread(p)->cpu = cpu;
	return p;
}
EXPORT_SYMBOL(kthread_create_on_cpu);

/* ---- borrowing a user's memory ---- */

/**
 * kthread_use_mm - make a user's address space this thread's own
 * @mm: the address space; the caller holds mm_users
 */
void kthread_use_mm(struct mm_struct *mm)
{
	WARN_ON_ONCE(!(current->flags & PF_KTHREAD));
	WARN_ON_ONCE(current->mm);
	mmgrab(mm);
	mmdrop_lazy_tlb(take_current_mm(mm));
}
EXPORT_SYMBOL(kthread_use_mm);

/**
 * kthread_unuse_mm - give it back; the tables stay loaded, lazily
 * @mm: the address space
 */
void kthread_unuse_mm(struct mm_struct *mm)
{
	WARN_ON_ONCE(current->mm != mm);
	drop_current_mm();
	mmdrop(mm);
}
EXPORT_SYMBOL(kthread_unuse_mm);

/* ---- names ---- */

/**
 * __set_task_comm - name a task
 * @tsk: the task
 * @from: the name, cut to 15 bytes
 * @exec: does it come from exec?
 */
void __set_task_comm(struct task_struct *tsk, const char *from, bool exec)
{
	(void)exec;
	task_lock(tsk);
	strscpy_pad(tsk->comm, from);
	task_unlock(tsk);
}
EXPORT_SYMBOL(__set_task_comm);
