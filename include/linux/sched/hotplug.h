/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_SCHED_HOTPLUG_H
#define _LINUX_SCHED_HOTPLUG_H

/* Steps of the CPU hot-plug table that belong to the scheduler. */
int sched_cpu_starting(unsigned int cpu);
int sched_cpu_activate(unsigned int cpu);
int sched_cpu_deactivate(unsigned int cpu);
int sched_cpu_wait_empty(unsigned int cpu);
int sched_cpu_dying(unsigned int cpu);

/* The dying CPU's idle thread gives back the address space that it borrowed. */
void idle_task_exit(void);

#endif /* _LINUX_SCHED_HOTPLUG_H */
