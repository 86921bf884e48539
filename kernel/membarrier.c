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
 * SYNC_CORE and RSEQ commands are not offered: QUERY doesn't name them, and they answer -EINVAL.
 */

#include <linux/cpu.h>
#include <linux/cpumask.h>
#include <linux/errno.h>
#include <linux/gfp.h>
#include <linux/mm_types.h>
#include <linux/rcupdate.h>
#include <linux/sched.h>
#include <linux/smp.h>
#include <linux/syscalls.h>
#include <linux/topology.h>
#include <linux/uaccess.h>
#include <uapi/linux/membarrier.h>

/* mm->membarrier_state: the registrations, by their command's bit. */
#define OFFERED	(MEMBARRIER_CMD_GLOBAL | MEMBARRIER_CMD_GLOBAL_EXPEDITED |		\
		 MEMBARRIER_CMD_REGISTER_GLOBAL_EXPEDITED |				\
		 MEMBARRIER_CMD_PRIVATE_EXPEDITED |					\
		 MEMBARRIER_CMD_REGISTER_PRIVATE_EXPEDITED |				\
		 MEMBARRIER_CMD_GET_REGISTRATIONS)

static void ipi_mb(void *info)
{
	(void)info;
	smp_mb();	/* Partner: the program's compiler barrier in its fast path. */
}

static bool is_registered(struct mm_struct *mm, int registration)
{
	return atomic_read(&mm->membarrier_state) & registration;
}

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

static int barrier_on_cpus(struct mm_struct *mm)
{
	cpumask_var_t mask;
	int cpu;

	if (num_online_cpus() == 1)
		return 0;
	if (!zalloc_cpumask_var(&mask, GFP_KERNEL))
		return -ENOMEM;
	/* What the caller stored before comes before the look at who runs. */
	smp_mb();
	cpus_read_lock();
	rcu_read_lock();
	for_each_online_cpu(cpu) {
		if (cpu != raw_smp_processor_id() && cpu_needs_ipi(cpu, mm))
			__cpumask_set_cpu(cpu, mask);
	}
	rcu_read_unlock();
	/* We may have changed CPUs since: ours is a barrier by the switch, or gets one more IPI. */
	preempt_disable();
	smp_call_function_many(mask, ipi_mb, NULL, true);
	preempt_enable();
	cpus_read_unlock();
	free_cpumask_var(mask);
	/* And what it loads afterwards comes after. */
	smp_mb();
	return 0;
}

static int membarrier_register(struct mm_struct *mm, int registration)
{
	atomic_or(registration, &mm->membarrier_state);
	/* Threads that run already see the mark when they are asked for; others by their switch. */
	return barrier_on_cpus(mm);
}

/* membarrier(2) */
SYSCALL_DEFINE3(membarrier, int, cmd, unsigned int, flags, int, cpu_id)
{
	struct mm_struct *mm = current->mm;

	(void)cpu_id;
	if (unlikely(flags))
		return -EINVAL;
	switch (cmd) {
	case MEMBARRIER_CMD_QUERY:
		return OFFERED;
	case MEMBARRIER_CMD_GLOBAL:
		if (num_online_cpus() > 1)
			synchronize_rcu();
		return 0;
	case MEMBARRIER_CMD_GLOBAL_EXPEDITED:
		return barrier_on_cpus(NULL);
	case MEMBARRIER_CMD_PRIVATE_EXPEDITED:
		if (!is_registered(mm, MEMBARRIER_CMD_REGISTER_PRIVATE_EXPEDITED))
			return -EPERM;
		return barrier_on_cpus(mm);
	case MEMBARRIER_CMD_REGISTER_GLOBAL_EXPEDITED:
	case MEMBARRIER_CMD_REGISTER_PRIVATE_EXPEDITED:
		return membarrier_register(mm, cmd);
	case MEMBARRIER_CMD_GET_REGISTRATIONS:
		return atomic_read(&mm->membarrier_state);
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
