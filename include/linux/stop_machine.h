/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_STOP_MACHINE_H
#define _LINUX_STOP_MACHINE_H

/*
 * Each CPU has a stopper, a thread of the highest class of all. stop_one_cpu() runs a function on
 * one, which so takes the CPU from whatever runs there; stop_machine() makes all of them hold
 * still with interrupts off while a function runs on one or some.
 */

#include <linux/cpu.h>
#include <linux/cpumask.h>
#include <linux/list.h>
#include <linux/smp.h>

typedef int (*cpu_stop_fn_t)(void *arg);

struct cpu_stop_done;

struct cpu_stop_work {
	struct list_head list;		/* guarded by the stopper's lock */
	cpu_stop_fn_t fn;
	unsigned long caller;
	void *arg;
	struct cpu_stop_done *done;
};

int stop_one_cpu(unsigned int cpu, cpu_stop_fn_t fn, void *arg);
int stop_two_cpus(unsigned int cpu1, unsigned int cpu2, cpu_stop_fn_t fn, void *arg);
/* kernel/sched/policy.c; for the stoppers' owner alone. */
void sched_set_stop_task(int cpu, struct task_struct *stop);

bool stop_one_cpu_nowait(unsigned int cpu, cpu_stop_fn_t fn, void *arg,
			 struct cpu_stop_work *work_buf);
void stop_machine_park(int cpu);
void stop_machine_unpark(int cpu);
void stop_machine_yield(const struct cpumask *cpumask);

/**
 * stop_machine - run @fn while nothing else runs on any CPU
 * @fn: the function, called with interrupts off
 * @data: its argument
 * @cpus: the online CPUs that run @fn; NULL runs it on one, any
 *
 * Context: may sleep; takes cpus_read_lock().
 * Return: 0 if every call returned 0, otherwise one of the errors.
 */
int stop_machine(cpu_stop_fn_t fn, void *data, const struct cpumask *cpus);
int stop_machine_cpuslocked(cpu_stop_fn_t fn, void *data, const struct cpumask *cpus);
int stop_machine_from_inactive_cpu(cpu_stop_fn_t fn, void *data, const struct cpumask *cpus);

#endif /* _LINUX_STOP_MACHINE_H */
