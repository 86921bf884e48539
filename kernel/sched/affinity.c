// SPDX-License-Identifier: MIT
/*
 * Which CPUs a task may use, and getting it there.
 *
 * The mask changes under pi_lock and the queue's lock. If the task then stands on a CPU that it
 * may no longer use, it has to move:
 *
 *	asleep			nothing to do: its next wake-up picks from the new mask
 *	queued, not running	we move it ourselves, both its locks in hand
 *	running			the stopper of its CPU preempts it, and then it is "queued"
 *	migration disabled	wait; migrate_enable() sees migration_pending and lets us go on
 *
 * set_cpus_allowed_ptr() returns when the task is where it may be, or asleep.
 */

#include <linux/cpu.h>
#include <linux/kthread.h>
#include <linux/mmu_context.h>
#include <linux/wait_bit.h>

#include "sched.h"

/**
 * is_cpu_allowed - may a task be put on a CPU now
 * @p: the task
 * @cpu: the CPU
 *
 * A CPU that goes down stops being active first; then only its own threads and tasks that can't
 * leave may still be put there, until it is offline.
 */
bool is_cpu_allowed(struct task_struct *p, int cpu)
{
	if (!cpumask_test_cpu(cpu, p->cpus_ptr))
		return false;
	if (likely(cpu_active(cpu)))
		return true;
	if (is_migration_disabled(p) || kthread_is_per_cpu(p))
		return cpu_online(cpu);
	return false;
}

/**
 * set_cpus_allowed_common - a task's mask, whatever its class
 *
 * Context: pi_lock held; if the task is runnable, its run queue's lock too.
 */
void set_cpus_allowed_common(struct task_struct *p, const struct cpumask *new_mask)
{
	cpumask_copy(&p->cpus_mask, new_mask);
	p->nr_cpus_allowed = cpumask_weight(new_mask);
}

/**
 * do_set_cpus_allowed - set the mask of a task that is asleep or new, without moving it
 * @p: the task; pi_lock held
 * @new_mask: the CPUs
 */
void do_set_cpus_allowed(struct task_struct *p, const struct cpumask *new_mask)
{
	lockdep_assert_held(&p->pi_lock);
	set_cpus_allowed_common(p, new_mask);
}

/**
 * move_queued_task - carry a runnable task to another queue
 * @src_rq: its queue, locked; unlocked when this returns
 * @p: the task, queued, not running
 * @new_cpu: where to
 *
 * Between the queues the task is TASK_ON_RQ_MIGRATING and belongs to nobody: task_rq_lock()
 * waits for that to pass.
 */
void move_queued_task(struct rq *src_rq, struct task_struct *p, int new_cpu)
{
	struct rq *rq = cpu_rq(new_cpu);

	lockdep_assert_rq_held(src_rq);
	deactivate_task(src_rq, p, 0);
	set_task_cpu(p, new_cpu);
	raw_spin_rq_unlock(src_rq);

	raw_spin_rq_lock(rq);
	update_rq_clock(rq);
	activate_task(rq, p, 0);
	wakeup_preempt(rq, p, 0);
	if (p->sched_class->task_woken)
		p->sched_class->task_woken(rq, p);
	raw_spin_rq_unlock(rq);
}

/*
 * On the stopper of the CPU where the task was seen: it can't be running here now. It may have
 * gone to sleep or elsewhere; then there is nothing to do, __set_cpus_allowed_ptr() looks again.
 */
static int migrate_away_stop(void *data)
{
	struct task_struct *p = data;
	struct rq *rq = this_rq();

	raw_spin_lock_irq(&p->pi_lock);
	raw_spin_rq_lock(rq);
	if (task_rq(p) == rq && task_on_rq_queued(p) && !is_migration_disabled(p) &&
	    !cpumask_test_cpu(rq->cpu, &p->cpus_mask)) {
		update_rq_clock(rq);
		move_queued_task(rq, p, select_fallback_rq(rq->cpu, p));
	} else {
		raw_spin_rq_unlock(rq);
	}
	raw_spin_unlock_irq(&p->pi_lock);
	return 0;
}

/* One look at where the task is; the caller repeats until SETTLED. */
enum settle { SETTLED, MOVE_BY_STOPPER, WAIT_FOR_ENABLE };

/* Called with pi_lock and the queue locked; leaves with both unlocked. */
static enum settle settle_on_mask(struct rq *rq, struct task_struct *p, unsigned long *flags)
{
	enum settle ret = SETTLED;

	if (cpumask_test_cpu(task_cpu(p), &p->cpus_mask) || !p->on_rq) {
		task_rq_unlock(rq, p, flags);
		return ret;
	}
	if (is_migration_disabled(p)) {
		p->migration_pending = 1;
		ret = WAIT_FOR_ENABLE;
	} else if (task_on_cpu(p) || task_current(rq, p)) {
		ret = MOVE_BY_STOPPER;
	} else {
		update_rq_clock(rq);
		move_queued_task(rq, p, select_fallback_rq(rq->cpu, p));
		raw_spin_unlock_irqrestore(&p->pi_lock, *flags);
		return ret;
	}
	task_rq_unlock(rq, p, flags);
	return ret;
}

static void wait_until_settled(struct task_struct *p)
{
	unsigned long flags;
	struct rq *rq;

	for (;;) {
		rq = task_rq_lock(p, &flags);
		switch (settle_on_mask(rq, p, &flags)) {
		case SETTLED:
			return;
		case MOVE_BY_STOPPER:
			stop_one_cpu(task_cpu(p), migrate_away_stop, p);
			break;
		case WAIT_FOR_ENABLE:
			wait_var_event(&p->migration_disabled, !READ_ONCE(p->migration_pending));
			break;
		}
	}
}

/* Which CPUs of the wanted ones may be used: a per-CPU thread may be put on one that comes up. */
static const struct cpumask *valid_cpus(struct task_struct *p)
{
	return (data_race(p->flags) & PF_KTHREAD) ? cpu_online_mask : cpu_active_mask;
}

/**
 * __set_cpus_allowed_ptr - set_cpus_allowed_ptr(); with @check, not for threads that are bound for
 * good
 */
int __set_cpus_allowed_ptr(struct task_struct *p, const struct cpumask *new_mask, bool check)
{
	unsigned long flags;
	struct rq *rq;
	int ret = 0;

	rq = task_rq_lock(p, &flags);
	if (check && (data_race(p->flags) & PF_NO_SETAFFINITY)) {
		ret = -EINVAL;
		goto out;
	}
	if (!cpumask_intersects(new_mask, valid_cpus(p))) {
		ret = -EINVAL;
		goto out;
	}
	if (cpumask_equal(&p->cpus_mask, new_mask))
		goto out;
	set_cpus_allowed_common(p, new_mask);
	task_rq_unlock(rq, p, &flags);
	wait_until_settled(p);
	return 0;
out:
	task_rq_unlock(rq, p, &flags);
	return ret;
}

/**
 * set_cpus_allowed_ptr - change the CPUs that a task may run on
 * @p: the task; the caller keeps it from exiting
 * @new_mask: the CPUs; at least one must be online
 *
 * Context: may sleep.
 * Return: 0; -EINVAL if no CPU of @new_mask can be used.
 */
int set_cpus_allowed_ptr(struct task_struct *p, const struct cpumask *new_mask)
{
	return __set_cpus_allowed_ptr(p, new_mask, false);
}
EXPORT_SYMBOL(set_cpus_allowed_ptr);

/**
 * sched_setaffinity - set_cpus_allowed_ptr() by pid, for users
 * @pid: the task, 0 for the current one
 * @new_mask: the CPUs
 *
 * Return: 0; -ESRCH; -EINVAL also for a kernel thread that is bound for good.
 */
long sched_setaffinity(pid_t pid, const struct cpumask *new_mask)
{
	struct task_struct *p = pid ? find_get_task_by_vpid(pid) : get_task_struct(current);
	long ret;

	if (!p)
		return -ESRCH;
	ret = __set_cpus_allowed_ptr(p, new_mask, true);
	put_task_struct(p);
	return ret;
}

/**
 * sched_getaffinity - the CPUs that a task may run on
 * @pid: the task, 0 for the current one
 * @mask: its CPUs that are active
 *
 * Return: 0, -ESRCH. sched_getaffinity(2).
 */
long sched_getaffinity(pid_t pid, struct cpumask *mask)
{
	struct task_struct *p = pid ? find_get_task_by_vpid(pid) : get_task_struct(current);
	unsigned long flags;

	if (!p)
		return -ESRCH;
	raw_spin_lock_irqsave(&p->pi_lock, flags);
	cpumask_and(mask, &p->cpus_mask, cpu_active_mask);
	raw_spin_unlock_irqrestore(&p->pi_lock, flags);
	put_task_struct(p);
	return 0;
}

/* ---- pinning for a while ---- */

/*
 * The outermost call narrows cpus_ptr to this CPU, under the queue's lock for those who read the
 * mask there; the inner ones count.
 */
void migrate_disable(void)
{
	struct task_struct *p = current;
	unsigned long flags;
	struct rq *rq;

	if (p->migration_disabled) {
		WARN_ON_ONCE(p->migration_disabled == USHRT_MAX);
		p->migration_disabled++;
		return;
	}
	preempt_disable();
	rq = this_rq();
	raw_spin_rq_lock_irqsave(rq, flags);
	rq->nr_pinned++;
	p->migration_disabled = 1;
	p->cpus_ptr = cpumask_of(rq->cpu);
	raw_spin_rq_unlock_irqrestore(rq, flags);
	preempt_enable();
}
EXPORT_SYMBOL(migrate_disable);

/**
 * migrate_enable - end one migrate_disable()
 *
 * Whoever changed the mask meanwhile waits; the task then leaves by the stopper, as any running
 * task does, when wait_until_settled() looks again.
 *
 * Context: the task that called migrate_disable(); doesn't sleep.
 */
void migrate_enable(void)
{
	struct task_struct *p = current;
	unsigned long flags;
	struct rq *rq;
	bool pending;

	if (WARN_ON_ONCE(!p->migration_disabled))
		return;
	if (p->migration_disabled > 1) {
		p->migration_disabled--;
		return;
	}
	preempt_disable();
	rq = this_rq();
	raw_spin_rq_lock_irqsave(rq, flags);
	p->cpus_ptr = &p->cpus_mask;
	p->migration_disabled = 0;
	rq->nr_pinned--;
	pending = p->migration_pending;
	WRITE_ONCE(p->migration_pending, 0);
	raw_spin_rq_unlock_irqrestore(rq, flags);
	preempt_enable();

	if (unlikely(pending))
		wake_up_var(&p->migration_disabled);
}
EXPORT_SYMBOL(migrate_enable);

/* ---- CPU hot-plug ---- */

static void set_rq_online(struct rq *rq, bool online)
{
	const struct sched_class *class;

	if (rq->online == online)
		return;
	rq->online = online;
	for_each_class(class) {
		if (online && class->rq_online)
			class->rq_online(rq);
		if (!online && class->rq_offline)
			class->rq_offline(rq);
	}
}

static void change_rq_online(unsigned int cpu, bool online)
{
	struct rq *rq = cpu_rq(cpu);
	unsigned long flags;

	raw_spin_rq_lock_irqsave(rq, flags);
	set_rq_online(rq, online);
	raw_spin_rq_unlock_irqrestore(rq, flags);
}

/**
 * sched_cpu_starting - a CPU comes up
 * @cpu: this one
 *
 * Context: hot-plug callback, on the new CPU, interrupts off.
 * Return: 0.
 */
int sched_cpu_starting(unsigned int cpu)
{
	struct rq *rq = cpu_rq(cpu);

	rq->next_balance = jiffies;
	return 0;
}

/**
 * sched_cpu_activate - the last rung up: tasks may be placed here from now on
 * @cpu: the CPU
 *
 * Context: hot-plug callback, may sleep.
 * Return: 0.
 */
int sched_cpu_activate(unsigned int cpu)
{
	set_cpu_active(cpu, true);
	change_rq_online(cpu, true);
	return 0;
}

/**
 * sched_cpu_deactivate - the first rung down: no more tasks are placed here
 * @cpu: the CPU
 *
 * After the grace period every waker that read cpu_active_mask before has enqueued its task, where
 * sched_cpu_wait_empty() finds it.
 *
 * Context: hot-plug callback, may sleep.
 * Return: 0.
 */
int sched_cpu_deactivate(unsigned int cpu)
{
	set_cpu_active(cpu, false);
	synchronize_rcu();
	change_rq_online(cpu, false);
	nohz_balance_exit_idle(cpu);
	return 0;
}

/* One task of @rq that has to leave, with a reference, or NULL. */
static struct task_struct *first_stranger(struct rq *rq)
{
	struct task_struct *p;
	int prio;

	list_for_each_entry(p, &rq->cfs_tasks, se.group_node) {
		if (p != current && !kthread_is_per_cpu(p) && !is_migration_disabled(p))
			return get_task_struct(p);
	}
	for_each_set_bit(prio, rq->rt.bitmap, MAX_RT_PRIO) {
		list_for_each_entry(p, &rq->rt.queue[prio], rt.run_list) {
			if (p != current && !kthread_is_per_cpu(p) && !is_migration_disabled(p))
				return get_task_struct(p);
		}
	}
	return NULL;
}

/* Moves one task off this CPU; false when there is none left that can move. */
static bool evict_one(struct rq *rq)
{
	struct task_struct *p;

	raw_spin_rq_lock_irq(rq);
	p = first_stranger(rq);
	raw_spin_rq_unlock_irq(rq);
	if (!p)
		return false;

	raw_spin_lock_irq(&p->pi_lock);
	raw_spin_rq_lock(rq);
	if (task_rq(p) == rq && task_on_rq_queued(p) && !is_migration_disabled(p)) {
		update_rq_clock(rq);
		move_queued_task(rq, p, select_fallback_rq(rq->cpu, p));
	} else {
		raw_spin_rq_unlock(rq);
	}
	raw_spin_unlock_irq(&p->pi_lock);
	put_task_struct(p);
	return true;
}

/**
 * sched_cpu_wait_empty - move every task away, and wait for those that are pinned
 * @cpu: this one
 *
 * Context: the CPU's own hot-plug thread, so that every other task here is queued, not running. May
 * sleep: pinned tasks get the CPU meanwhile, until they unpin and can be moved.
 * Return: 0.
 */
int sched_cpu_wait_empty(unsigned int cpu)
{
	struct rq *rq = cpu_rq(cpu);

	for (;;) {
		while (evict_one(rq))
			;
		if (!READ_ONCE(rq->nr_pinned))
			return 0;
		schedule_timeout_uninterruptible(1);
	}
}

/**
 * sched_cpu_dying - a CPU goes: only the stopper and the idle thread are left
 * @cpu: this one
 *
 * Context: hot-plug callback, on the dying CPU with everything stopped.
 * Return: 0.
 */
int sched_cpu_dying(unsigned int cpu)
{
	struct rq *rq = cpu_rq(cpu);
	unsigned long flags;

	raw_spin_rq_lock_irqsave(rq, flags);
	if (WARN_ON(rq->nr_running != 1 || rq->nr_pinned))
		pr_warn("cpu%u dies with %u tasks, %u pinned\n", cpu, rq->nr_running,
			rq->nr_pinned);
	raw_spin_rq_unlock_irqrestore(rq, flags);
	return 0;
}

/**
 * idle_task_exit - the idle task gives the address space back that it borrowed
 *
 * Context: the idle task of a dying CPU.
 */
void idle_task_exit(void)
{
	struct mm_struct *mm = current->active_mm;

	BUG_ON(current != this_rq()->idle);
	if (mm == &init_mm)
		return;
	switch_mm(mm, &init_mm, current);
	current->active_mm = &init_mm;
	mmgrab_lazy_tlb(&init_mm);
	mmdrop_lazy_tlb(mm);
}

/* ---- after all CPUs are up ---- */

/**
 * sched_init_smp - the boot CPU takes part in scheduling like the others
 */
void __init sched_init_smp(void)
{
	change_rq_online(smp_processor_id(), true);
	/* Whoever runs the rest of the boot may do so anywhere. */
	current->flags &= ~PF_NO_SETAFFINITY;
	WARN_ON(set_cpus_allowed_ptr(current, cpu_possible_mask));
}
