// SPDX-License-Identifier: MIT
/*
 * Running functions on other CPUs.
 *
 * Each CPU has a lock-free list, call_single_queue. To call, push a struct call_single_data (csd)
 * on the target's list and, if the list was empty, send the call-function interrupt: if it was
 * not, whoever pushed first has sent it and the target will find both. The target takes the whole
 * list at once and runs it, oldest first.
 *
 * A csd is busy from the moment it is pushed until CSD_FLAG_LOCK is cleared:
 *
 *	sync	cleared after the function returned; the caller spins on it
 *	async	cleared before the function is called, so that it may use the csd again
 *
 * irq_work for another CPU travels on the same list (CSD_TYPE_IRQ_WORK).
 *
 * Memory order: the push is a full barrier (llist_add() is a cmpxchg), so the target sees what the
 * caller stored before; the unlock is a release and the caller's spin an acquire, so the caller
 * sees what the function stored.
 */

#include <linux/completion.h>
#include <linux/cpu.h>
#include <linux/export.h>
#include <linux/hardirq.h>
#include <linux/init.h>
#include <linux/irq_work.h>
#include <linux/kernel.h>
#include <linux/llist.h>
#include <linux/percpu.h>
#include <linux/sched.h>
#include <linux/sched/clock.h>
#include <linux/sched/nohz.h>
#include <linux/slab.h>
#include <linux/smp.h>
#include <linux/workqueue.h>

#include "smpboot.h"

static DEFINE_PER_CPU_SHARED_ALIGNED(struct llist_head, call_single_queue);

/* One csd for each target and a mask, for this CPU's call to many. Preemption is off meanwhile. */
struct call_function_data {
	call_single_data_t __percpu *csd;
	cpumask_t cpumask;
	cpumask_t cpumask_ipi;
};
static DEFINE_PER_CPU_ALIGNED(struct call_function_data, cfd_data);

/* For a synchronous call to one, the csd is on the stack; for wait == 0 it is this one. */
static DEFINE_PER_CPU_SHARED_ALIGNED(call_single_data_t, csd_data);

unsigned int setup_max_cpus = NR_CPUS;
unsigned int total_cpus;

/* ---- the csd's lock ---- */

static __always_inline void csd_lock_wait(call_single_data_t *csd)
{
	smp_cond_load_acquire(&csd->node.u_flags, !(VAL & CSD_FLAG_LOCK));
}

static __always_inline void csd_lock(call_single_data_t *csd)
{
	csd_lock_wait(csd);
	csd->node.u_flags |= CSD_FLAG_LOCK;
	smp_wmb();	/* the flag before func and info, which the next user will overwrite */
}

static __always_inline void csd_unlock(call_single_data_t *csd)
{
	WARN_ON_ONCE(!(csd->node.u_flags & CSD_FLAG_LOCK));
	smp_store_release(&csd->node.u_flags, 0);
}

/* ---- sending ---- */

static void send_call_function_single_ipi(int cpu)
{
	arch_send_call_function_single_ipi(cpu);
}

/**
 * __smp_call_single_queue - queue a call for a CPU and interrupt it, unless it is to come anyway
 * @cpu: online, another one
 * @node: of the call, which stays until it was run
 *
 * Context: preemption off.
 */
void __smp_call_single_queue(int cpu, struct llist_node *node)
{
	if (llist_add(node, &per_cpu(call_single_queue, cpu)))
		send_call_function_single_ipi(cpu);
}

/* Preemption is off. */
static int generic_exec_single(int cpu, call_single_data_t *csd)
{
	if (cpu == smp_processor_id()) {
		smp_call_func_t func = csd->func;
		void *info = csd->info;
		unsigned long flags;

		csd_unlock(csd);
		local_irq_save(flags);
		func(info);
		local_irq_restore(flags);
		return 0;
	}
	if ((unsigned int)cpu >= nr_cpu_ids || !cpu_online(cpu)) {
		csd_unlock(csd);
		return -ENXIO;
	}
	__smp_call_single_queue(cpu, &csd->node.llist);
	return 0;
}

/* ---- receiving ---- */

/* Two kinds of entry share the queue: an irq_work ends where a call has its argument. */
static void run_call(call_single_data_t *csd, bool sync)
{
	smp_call_func_t func = csd->func;
	void *info = csd->info;

	if (!sync)
		csd_unlock(csd);
	func(info);
	if (sync)
		csd_unlock(csd);
}

static void run_one(struct __call_single_node *node)
{
	switch (node->u_flags & CSD_FLAG_TYPE_MASK) {
	case CSD_TYPE_SYNC:
		run_call(container_of(node, call_single_data_t, node), true);
		break;
	case CSD_TYPE_ASYNC:
		run_call(container_of(node, call_single_data_t, node), false);
		break;
	case CSD_TYPE_IRQ_WORK:
		irq_work_single(container_of(node, struct irq_work, node));
		break;
	default:
		WARN_ONCE(1, "unknown call-single type %x\n", node->u_flags);
	}
}

/* Interrupts are off. The next pointer is read before the entry runs: it may be reused at once. */
static void flush_queue(bool warn_cpu_offline)
{
	struct llist_head *head = this_cpu_ptr(&call_single_queue);
	struct llist_node *entry = llist_reverse_order(llist_del_all(head));
	struct __call_single_node *node, *next;

	if (unlikely(warn_cpu_offline && entry && !cpu_online(smp_processor_id())))
		WARN_ONCE(1, "IPI on offline CPU %d\n", smp_processor_id());
	llist_for_each_entry_safe(node, next, entry, llist)
		run_one(node);
}

/**
 * generic_smp_call_function_single_interrupt - what the arch's call-function interrupt calls
 */
void generic_smp_call_function_single_interrupt(void)
{
	flush_queue(true);
}

/**
 * flush_smp_call_function_queue - the idle loop's look: no interrupt may have been sent
 */
void flush_smp_call_function_queue(void)
{
	unsigned long flags;

	if (llist_empty(this_cpu_ptr(&call_single_queue)))
		return;
	local_irq_save(flags);
	flush_queue(true);
	local_irq_restore(flags);
}

/* ---- calling one ---- */

/* Waiting with interrupts off can deadlock with a CPU that does the same to us. */
static void check_call_context(void)
{
	if (cpu_online(smp_processor_id()) && !oops_in_progress &&
	    system_state >= SYSTEM_SCHEDULING)
		lockdep_assert_irqs_enabled();
	/* In an interrupt we may have interrupted a user of the same per-CPU csd. */
	WARN_ON_ONCE(!in_task());
}

/**
 * smp_call_function_single - run a function on one CPU
 * @cpu: the CPU, this one included
 * @func: fast and not sleeping; runs with interrupts off
 * @info: for @func
 * @wait: return only when it has run
 *
 * Context: task context, interrupts on.
 * Return: 0, or -ENXIO if @cpu is not online.
 */
int smp_call_function_single(int cpu, smp_call_func_t func, void *info, int wait)
{
	call_single_data_t csd_stack = {
		.node = { .u_flags = CSD_FLAG_LOCK | CSD_TYPE_SYNC, },
	};
	call_single_data_t *csd = &csd_stack;
	int this_cpu, err;

	this_cpu = get_cpu();
	if (cpu != this_cpu)
		check_call_context();
	if (!wait) {
		csd = this_cpu_ptr(&csd_data);
		csd_lock(csd);
	}
	csd->func = func;
	csd->info = info;
	csd->node.src = this_cpu;
	csd->node.dst = cpu;
	err = generic_exec_single(cpu, csd);
	if (wait)
		csd_lock_wait(csd);
	put_cpu();
	return err;
}
EXPORT_SYMBOL(smp_call_function_single);

/**
 * smp_call_function_single_async - smp_call_function_single() with the caller's own csd,
 * without waiting
 * @cpu: the CPU
 * @csd: func and info filled in
 *
 * Context: any but NMI; interrupts may be off.
 * Return: 0; -EBUSY if @csd is still in use; -ENXIO.
 */
int smp_call_function_single_async(int cpu, call_single_data_t *csd)
{
	int err = -EBUSY;

	preempt_disable();
	if (csd->node.u_flags & CSD_FLAG_LOCK)
		goto out;
	csd->node.u_flags = CSD_FLAG_LOCK;
	smp_wmb();	/* as in csd_lock() */
	err = generic_exec_single(cpu, csd);
out:
	preempt_enable();
	return err;
}
EXPORT_SYMBOL(smp_call_function_single_async);

/**
 * smp_call_function_any - run a function on one CPU of a set, this one if possible
 * @mask: the set
 * @func: the function
 * @info: for @func
 * @wait: return only when it has run
 *
 * Return: 0, or -ENXIO if none is online.
 */
int smp_call_function_any(const struct cpumask *mask, smp_call_func_t func, void *info, int wait)
{
	unsigned int cpu = get_cpu();
	int ret;

	if (!cpumask_test_cpu(cpu, mask))
		cpu = cpumask_any_and(mask, cpu_online_mask);
	ret = smp_call_function_single(cpu, func, info, wait);
	put_cpu();
	return ret;
}
EXPORT_SYMBOL(smp_call_function_any);

/* ---- calling many ---- */

/*
 * Pushes to each target; those whose list was empty need an interrupt and are collected, so that
 * one call to the arch can reach them all. Returns with cfd->cpumask the CPUs that were called.
 */
static void queue_to_many(struct call_function_data *cfd, int this_cpu, smp_cond_func_t cond_func,
			  smp_call_func_t func, void *info, bool wait)
{
	int cpu;

	cpumask_clear(&cfd->cpumask_ipi);
	for_each_cpu(cpu, &cfd->cpumask) {
		call_single_data_t *csd = per_cpu_ptr(cfd->csd, cpu);

		if (cond_func && !cond_func(cpu, info)) {
			__cpumask_clear_cpu(cpu, &cfd->cpumask);
			continue;
		}
		csd_lock(csd);
		csd->node.u_flags = CSD_FLAG_LOCK | (wait ? CSD_TYPE_SYNC : CSD_TYPE_ASYNC);
		csd->func = func;
		csd->info = info;
		csd->node.src = this_cpu;
		csd->node.dst = cpu;
		if (llist_add(&csd->node.llist, &per_cpu(call_single_queue, cpu)))
			__cpumask_set_cpu(cpu, &cfd->cpumask_ipi);
	}
	if (!cpumask_empty(&cfd->cpumask_ipi))
		arch_send_call_function_ipi_mask(&cfd->cpumask_ipi);
}

static void wait_for_many(struct call_function_data *cfd)
{
	int cpu;

	for_each_cpu(cpu, &cfd->cpumask)
		csd_lock_wait(per_cpu_ptr(cfd->csd, cpu));
}

/* The others, then this CPU if it is in @mask and @include_self. Preemption is off. */
static void call_many_cond(const struct cpumask *mask, smp_call_func_t func, void *info, bool wait,
			   bool include_self, smp_cond_func_t cond_func)
{
	struct call_function_data *cfd = this_cpu_ptr(&cfd_data);
	int this_cpu = smp_processor_id();
	bool others;

	lockdep_assert_preemption_disabled();
	cpumask_and(&cfd->cpumask, mask, cpu_online_mask);
	__cpumask_clear_cpu(this_cpu, &cfd->cpumask);
	others = !cpumask_empty(&cfd->cpumask);
	if (others) {
		check_call_context();
		queue_to_many(cfd, this_cpu, cond_func, func, info, wait);
	}
	if (include_self && cpumask_test_cpu(this_cpu, mask) &&
	    (!cond_func || cond_func(this_cpu, info))) {
		unsigned long flags;

		local_irq_save(flags);
		func(info);
		local_irq_restore(flags);
	}
	if (others && wait)
		wait_for_many(cfd);
}

/**
 * smp_call_function_many - run a function on a set of CPUs, without this one
 * @mask: the set; offline CPUs and this one are skipped
 * @func: fast and not sleeping
 * @info: for @func
 * @wait: return only when all have run it
 *
 * Context: preemption off, interrupts on, task context.
 */
void smp_call_function_many(const struct cpumask *mask, smp_call_func_t func, void *info,
			    bool wait)
{
	call_many_cond(mask, func, info, wait, false, NULL);
}
EXPORT_SYMBOL(smp_call_function_many);

/**
 * smp_call_function - run a function on all other CPUs that are online
 * @func: fast and not sleeping; runs with interrupts off
 * @info: for @func
 * @wait: return only when all have run it
 *
 * Context: task context, interrupts on.
 */
void smp_call_function(smp_call_func_t func, void *info, int wait)
{
	preempt_disable();
	smp_call_function_many(cpu_online_mask, func, info, wait);
	preempt_enable();
}
EXPORT_SYMBOL(smp_call_function);

/**
 * on_each_cpu_cond_mask - run a function on the CPUs of a set for which a test says so
 * @cond_func: called here with each CPU, NULL for all
 * @func: runs there with interrupts off
 * @info: for both
 * @wait: return only when all have run it
 * @mask: the set, this CPU included if in it
 *
 * Context: task context, interrupts on.
 */
void on_each_cpu_cond_mask(smp_cond_func_t cond_func, smp_call_func_t func, void *info, bool wait,
			   const struct cpumask *mask)
{
	preempt_disable();
	call_many_cond(mask, func, info, wait, true, cond_func);
	preempt_enable();
}
EXPORT_SYMBOL(on_each_cpu_cond_mask);

static void do_nothing(void *unused)
{
	(void)unused;
}

/**
 * kick_all_cpus_sync - every other CPU has taken an interrupt, and so passed a full barrier, when
 * this returns
 *
 * Context: task context, interrupts on.
 */
void kick_all_cpus_sync(void)
{
	smp_mb();
	smp_call_function(do_nothing, NULL, 1);
}
EXPORT_SYMBOL(kick_all_cpus_sync);

/**
 * wake_up_all_idle_cpus - have every other CPU that is idle go through its idle loop once
 *
 * Context: any but NMI, without a run queue's lock; doesn't wait for them.
 */
void wake_up_all_idle_cpus(void)
{
	int cpu;

	for_each_possible_cpu(cpu) {
		preempt_disable();
		if (cpu != smp_processor_id() && cpu_online(cpu))
			wake_up_if_idle(cpu);
		preempt_enable();
	}
}
EXPORT_SYMBOL(wake_up_all_idle_cpus);

/* ---- a function that may sleep ---- */

struct call_on_cpu {
	struct work_struct work;
	struct completion done;
	int (*func)(void *);
	void *data;
	int ret;
};

static void call_on_cpu_fn(struct work_struct *work)
{
	struct call_on_cpu *c = container_of(work, struct call_on_cpu, work);

	c->ret = c->func(c->data);
	complete(&c->done);
}

/**
 * smp_call_on_cpu - run a function in a thread on a CPU and wait for it
 * @cpu: the CPU
 * @func: may sleep
 * @par: for @func
 * @phys: bind to the physical CPU under a hypervisor: not needed by any that we know
 *
 * Context: may sleep.
 * Return: what @func returned, or -ENXIO if @cpu is not online.
 */
int smp_call_on_cpu(unsigned int cpu, int (*func)(void *), void *par, bool phys)
{
	struct call_on_cpu c = {
		.done = COMPLETION_INITIALIZER_ONSTACK(c.done),
		.func = func,
		.data = par,
	};

	(void)phys;
	if (cpu >= nr_cpu_ids || !cpu_online(cpu))
		return -ENXIO;
	INIT_WORK_ONSTACK(&c.work, call_on_cpu_fn);
	queue_work_on(cpu, system_wq, &c.work);
	wait_for_completion(&c.done);
	destroy_work_on_stack(&c.work);
	return c.ret;
}
EXPORT_SYMBOL(smp_call_on_cpu);

/* ---- CPU hot-plug ---- */

/**
 * smpcfd_prepare_cpu - hot-plug callback: memory for the calls that a CPU makes to many
 * @cpu: the CPU, not up yet
 *
 * Context: may sleep.
 * Return: 0, -ENOMEM.
 */
int smpcfd_prepare_cpu(unsigned int cpu)
{
	struct call_function_data *cfd = &per_cpu(cfd_data, cpu);

	if (cfd->csd)
		return 0;	/* it was up before */
	cfd->csd = alloc_percpu(call_single_data_t);
	return cfd->csd ? 0 : -ENOMEM;
}

/**
 * smpcfd_dead_cpu - hot-plug callback: nothing is given back
 * @cpu: the CPU
 *
 * Others may still have calls in flight whose csds are its: they stay for the next time up.
 *
 * Return: 0.
 */
int smpcfd_dead_cpu(unsigned int cpu)
{
	(void)cpu;
	return 0;
}

/**
 * smpcfd_dying_cpu - hot-plug callback: what was queued before the CPU went offline is run here
 * @cpu: this one
 *
 * Context: the dying CPU, interrupts off.
 * Return: 0.
 */
int smpcfd_dying_cpu(unsigned int cpu)
{
	(void)cpu;
	flush_queue(false);
	irq_work_run();
	return 0;
}

/**
 * call_function_init - make the queues, and the boot CPU's memory
 *
 * Context: boot.
 */
void __init call_function_init(void)
{
	int cpu;

	for_each_possible_cpu(cpu)
		init_llist_head(&per_cpu(call_single_queue, cpu));
	if (smpcfd_prepare_cpu(smp_processor_id()))
		panic("no memory for cross calls");
}

/* ---- boot ---- */

static int __init nosmp(char *str)
{
	(void)str;
	setup_max_cpus = 0;
	return 0;
}
early_param("nosmp", nosmp);

/* maxcpus=n: bring up n CPUs at boot; the others may come later. 0 is the same as nosmp. */
static int __init maxcpus(char *str)
{
	if (!str || kstrtouint(str, 0, &setup_max_cpus))
		return -EINVAL;
	return 0;
}
early_param("maxcpus", maxcpus);

/* nr_cpus=n: no more than n CPUs are possible at all. */
static int __init nrcpus(char *str)
{
	int nr;

	if (kstrtoint(str, 0, &nr) || nr <= 0)
		return -EINVAL;
	if (nr < nr_cpu_ids)
		set_nr_cpu_ids(nr);
	return 0;
}
early_param("nr_cpus", nrcpus);

/**
 * setup_nr_cpu_ids - nr_cpu_ids follows from the highest possible CPU
 *
 * Context: boot, when the machine has told which CPUs are possible.
 */
void __init setup_nr_cpu_ids(void)
{
	set_nr_cpu_ids(find_last_bit(cpumask_bits(cpu_possible_mask), NR_CPUS) + 1);
}

/**
 * smp_init - bring up the other CPUs
 */
void __init smp_init(void)
{
	idle_threads_init();
	cpuhp_threads_init();
	pr_info("Bringing up secondary CPUs ...\n");
	bringup_nonboot_cpus(setup_max_cpus);
	pr_info("Brought up %d CPU%s\n", num_online_cpus(), num_online_cpus() > 1 ? "s" : "");
	smp_cpus_done(setup_max_cpus);
}

/** smp_cpus_done - what a machine does when all CPUs are up; nothing by default */
void __weak __init smp_cpus_done(unsigned int max_cpus)
{
	(void)max_cpus;
}
