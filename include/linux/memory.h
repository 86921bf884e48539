/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_MEMORY_H
#define _LINUX_MEMORY_H

#include <linux/mutex.h>

/*
 * Held by whoever changes kernel text. Nests inside cpu_hotplug_lock and
 * jump_label_lock(), outside everything else.
 */
extern struct mutex text_mutex;

#endif /* _LINUX_MEMORY_H */
