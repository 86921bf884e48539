/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_SMPBOOT_H
#define _LINUX_SMPBOOT_H

/*
 * One thread per CPU that is parked while the CPU is down (ksoftirqd, stoppers, cpuhp).
 */

#include <linux/types.h>

struct smpboot_thread_data;
struct task_struct;

/**
 * struct smp_hotplug_thread - description of a set of per-CPU threads
 * @store: per-CPU place for the task pointers
 * @list: internal
 * @thread_should_run: is there work? Called with preemption off
 * @thread_fn: does the work
 * @create: optional, on the creating CPU after the thread was made
 * @setup: optional, in the thread before it first runs
 * @cleanup: optional, in the thread as it stops; online tells whether the CPU is
 * @park: optional, in the thread before it parks
 * @unpark: optional, in the thread after it unparks
 * @selfparking: the hot-plug code leaves parking and unparking to the threads' owner
 * @thread_comm: name with a %u for the CPU
 */
struct smp_hotplug_thread {
	struct task_struct * __percpu *store;
	struct list_head list;
	int (*thread_should_run)(unsigned int cpu);
	void (*thread_fn)(unsigned int cpu);
	void (*create)(unsigned int cpu);
	void (*setup)(unsigned int cpu);
	void (*cleanup)(unsigned int cpu, bool online);
	void (*park)(unsigned int cpu);
	void (*unpark)(unsigned int cpu);
	bool selfparking;
	const char *thread_comm;
};

int smpboot_register_percpu_thread(struct smp_hotplug_thread *plug_thread);
void smpboot_unregister_percpu_thread(struct smp_hotplug_thread *plug_thread);

#endif /* _LINUX_SMPBOOT_H */
