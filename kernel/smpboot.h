/* SPDX-License-Identifier: MIT */
#ifndef _KERNEL_SMPBOOT_H
#define _KERNEL_SMPBOOT_H

/* Between kernel/cpu.c, smpboot.c and smp.c. */

struct task_struct;

struct task_struct *idle_thread_get(unsigned int cpu);
void idle_thread_set_boot_cpu(void);
void idle_threads_init(void);

int smpboot_create_threads(unsigned int cpu);
int smpboot_park_threads(unsigned int cpu);
int smpboot_unpark_threads(unsigned int cpu);

#endif /* _KERNEL_SMPBOOT_H */
