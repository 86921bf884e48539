// SPDX-License-Identifier: MIT
/*
 * membarrier(2): a memory barrier in all threads of a process at once.
 *
 * A program with a fast path and a rare slow path leaves the barrier out of the fast one, and calls
 * this in the slow one: before it returns, every running thread of the process has executed a full
 * barrier. Threads that don't run have: a switch of tasks is one.
 *
 *	caller			CPU that runs a thread
 *	smp_mb()
 *	curr->mm == ours?	(switches to us from here on: the switch is the barrier)
 *	IPI			smp_mb()
 *	smp_mb()
 *
 * GLOBAL is for all processes, by an RCU grace period: slow. The expedited ones want a registration
 * before, since an IPI is a disturbance.
 *
 * Two kinds do more than a barrier. RSEQ breaks off the restartable sequences that run: whoever is
 * in one at the time of the call will abort it, and threads that don't run abort theirs anyway.
 * SYNC_CORE is for a program that writes instructions: no thread goes on with what was fetched
 * before. An interrupt does that; for a CPU that runs a kernel thread now and comes back to us by a
 * switch, membarrier_mm_sync_core_before_usermode() does.
 */

#include <linux/membarrier.h>

#include <linux/cpu.h>
#include <linux/cpumask.h>
#include <linux/errno.h>
#include <linux/gfp.h>
#include <linux/mm_types.h>
#include <linux/rcupdate.h>
#include <linux/rseq.h>
#include <linux/sched.h>
#include <linux/smp.h>
#include <linux/syscalls.h>
#include <linux/topology.h>
#include <linux/uaccess.h>

/* Of each private command the next bit is its registration. */
#define PRIVATE_COMMANDS	(MEMBARRIER_CMD_PRIVATE_EXPEDITED |			\
				 MEMBARRIER_CMD_PRIVATE_EXPEDITED_SYNC_CORE |		\
				 MEMBARRIER_CMD_PRIVATE_EXPEDITED_RSEQ)
#define OFFERED			(MEMBARRIER_CMD_GLOBAL | MEMBARRIER_CMD_GLOBAL_EXPEDITED |	\
				 MEMBARRIER_CMD_REGISTER_GLOBAL_EXPEDITED |		\
				 PRIVATE_COMMANDS | PRIVATE_COMMANDS << 1 |		\
				 MEMBARRIER_CMD_GET_REGISTRATIONS)

#define ALL_CPUS	(-1)

static bool is_registered(struct mm_struct *mm, int registration)
{
	return atomic_read(&mm->membarrier_state) & registration << MEMBARRIER_READY_SHIFT;
}

/* ---- on the other CPUs ---- */

static void ipi_mb(void *info)
{
	(void)info;
	smp_mb();	/* Partner: the program's compiler barrier in its fast path. */
}

static void ipi_rseq(void *info)
{
	(void)info;
	/* Before the sequence starts over it sees what the caller has stored. */
	smp_mb();
	rseq_preempt(current);
}

/* ---- which ---- */

/* Does the task on @cpu need the barrier? @mm: of this process; NULL: of any that registered. */
static bool cpu_needs_ipi(int cpu, struct mm_struct *mm)
{
	struct mm_struct *theirs = READ_ONCE(curr_task(cpu)->mm);

	if (!theirs)
		return false;
	if (mm)
		return theirs == mm;
	return is_registered(theirs, MEMBARRIER_CMD_REGISTER_GLOBAL_EXPEDITED);
}

static void find_cpus(struct cpumask *mask, struct mm_struct *mm)
{
	int cpu;

	rcu_read_lock();
	for_each_online_cpu(cpu) {
		if (cpu_needs_ipi(cpu, mm))
			__cpumask_set_cpu(cpu, mask);
	}
	rcu_read_unlock();
}

/* Interrupts one CPU, if it runs us. With cpus_read_lock(). */
static void run_on_one(struct mm_struct *mm, smp_call_func_t func, int cpu)
{
	bool ours;

	if (cpu >= (int)nr_cpu_ids || !cpu_online(cpu))
		return;
	rcu_read_lock();
	ours = cpu_needs_ipi(cpu, mm);
	rcu_read_unlock();
	if (ours)
		smp_call_function_single(cpu, func, NULL, 1);
}

/*
 * Have @func run on the CPUs that run @mm, this one too if @self. @cpu: only that one; negative:
 * all. Return: 0 or -ENOMEM.
 */
static int run_on_cpus(struct mm_struct *mm, smp_call_func_t func, int cpu, bool self)
{
	cpumask_var_t mask;

	if (!zalloc_cpumask_var(&mask, GFP_KERNEL))
		return -ENOMEM;
	/* What the caller stored before comes before the look at who runs. */
	smp_mb();
	cpus_read_lock();
	if (cpu < 0) {
		find_cpus(mask, mm);
		/* We may move meanwhile: both CPUs have a barrier by the switch. */
		preempt_disable();
		if (self)
			on_each_cpu_mask(mask, func, NULL, true);
		else
			smp_call_function_many(mask, func, NULL, true);
		preempt_enable();
	} else {
		run_on_one(mm, func, cpu);
	}
	cpus_read_unlock();
	free_cpumask_var(mask);
	/* And what it loads afterwards comes after. */
	smp_mb();
	return 0;
}

/* ---- commands ---- */

static int global_expedited(void)
{
	return num_online_cpus() == 1 ? 0 : run_on_cpus(NULL, ipi_mb, ALL_CPUS, false);
}

/* One of PRIVATE_COMMANDS. */
static int private_expedited(struct mm_struct *mm, int cmd, int cpu)
{
	smp_call_func_t func = cmd == MEMBARRIER_CMD_PRIVATE_EXPEDITED_RSEQ ? ipi_rseq : ipi_mb;
	/* The interrupt is what synchronises, so the caller has to have one itself. */
	bool self = cmd == MEMBARRIER_CMD_PRIVATE_EXPEDITED_SYNC_CORE;

	if (!is_registered(mm, cmd << 1))
		return -EPERM;
	if (!self && (atomic_read(&mm->mm_users) == 1 || num_online_cpus() == 1))
		return 0;
	return run_on_cpus(mm, func, cpu, self);
}

/* @cmd is its own bit of the registrations. */
static int register_command(struct mm_struct *mm, int cmd)
{
	int told = cmd, ret;

	if (is_registered(mm, cmd))
		return 0;
	/*
	 * As Linux tells it: who has a private command has the plain one, though it can't be used.
	 */
	if (cmd != MEMBARRIER_CMD_REGISTER_GLOBAL_EXPEDITED)
		told |= MEMBARRIER_CMD_REGISTER_PRIVATE_EXPEDITED;
	atomic_or(told, &mm->membarrier_state);
	/* Threads that run now see the mark when they are switched next. */
	ret = run_on_cpus(mm, ipi_mb, ALL_CPUS, false);
	if (!ret)
		atomic_or(cmd << MEMBARRIER_READY_SHIFT, &mm->membarrier_state);
	return ret;
}

static bool flags_are_valid(int cmd, unsigned int flags)
{
	if (cmd == MEMBARRIER_CMD_PRIVATE_EXPEDITED_RSEQ)
		flags &= ~MEMBARRIER_CMD_FLAG_CPU;
	return !flags;
}

/*
 * membarrier(2). @cpu_id: with MEMBARRIER_CMD_FLAG_CPU the only CPU that has to abort; one that
 * doesn't exist has nothing to. -EINVAL: command or flags; -EPERM: not registered; -ENOMEM.
 */
SYSCALL_DEFINE3(membarrier, int, cmd, unsigned int, flags, int, cpu_id)
{
	struct mm_struct *mm = current->mm;

	if (unlikely(!flags_are_valid(cmd, flags)))
		return -EINVAL;
	switch (cmd) {
	case MEMBARRIER_CMD_QUERY:
		return OFFERED;
	case MEMBARRIER_CMD_GLOBAL:
		if (num_online_cpus() > 1)
			synchronize_rcu();
		return 0;
	case MEMBARRIER_CMD_GLOBAL_EXPEDITED:
		return global_expedited();
	case MEMBARRIER_CMD_PRIVATE_EXPEDITED:
	case MEMBARRIER_CMD_PRIVATE_EXPEDITED_SYNC_CORE:
	case MEMBARRIER_CMD_PRIVATE_EXPEDITED_RSEQ:
		return private_expedited(mm, cmd, flags ? cpu_id : ALL_CPUS);
	case MEMBARRIER_CMD_REGISTER_GLOBAL_EXPEDITED:
	case MEMBARRIER_CMD_REGISTER_PRIVATE_EXPEDITED:
	case MEMBARRIER_CMD_REGISTER_PRIVATE_EXPEDITED_SYNC_CORE:
	case MEMBARRIER_CMD_REGISTER_PRIVATE_EXPEDITED_RSEQ:
		return register_command(mm, cmd);
	case MEMBARRIER_CMD_GET_REGISTRATIONS:
		return atomic_read(&mm->membarrier_state) & MEMBARRIER_TOLD_MASK;
	default:
		return -EINVAL;
	}
}

/* getcpu(2). Stale by the time that the caller has it, unless it is bound to a CPU. */
SYSCALL_DEFINE3(getcpu, unsigned int __user *, cpup, unsigned int __user *, nodep,
		struct getcpu_cache __user *, unused)
{
	unsigned int cpu = raw_smp_processor_id();

	(void)unused;
	if (cpup && put_user(cpu, cpup))
		return -EFAULT;
	if (nodep && put_user(cpu_to_node(cpu), nodep))
		return -EFAULT;
	return 0;
}
