/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_CPUHPLOCK_H
#define _LINUX_CPUHPLOCK_H

/*
 * cpus_read_lock() keeps the set of online CPUs as it is. Many may hold it, it sleeps, and it
 * nests only outside of locks that a hot-plug callback takes. Code that runs inside a hot-plug
 * callback holds it already: such code calls the *_cpuslocked() forms.
 */

#include <linux/cleanup.h>
#include <linux/errno.h>

void cpus_write_lock(void);
void cpus_write_unlock(void);
void cpus_read_lock(void);
void cpus_read_unlock(void);
int cpus_read_trylock(void);
void lockdep_assert_cpus_held(void);
void cpu_hotplug_disable(void);
void cpu_hotplug_enable(void);

DEFINE_LOCK_GUARD_0(cpus_read_lock, cpus_read_lock(), cpus_read_unlock())

#endif /* _LINUX_CPUHPLOCK_H */
