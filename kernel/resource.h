/* SPDX-License-Identifier: MIT */
#ifndef _KERNEL_RESOURCE_H
#define _KERNEL_RESOURCE_H

/* What the files about resources share: the trees' lock and what is done with it held. */

#include <linux/ioport.h>
#include <linux/spinlock.h>

extern rwlock_t resource_lock;

struct resource *resource_place(struct resource *parent, struct resource *new);
struct resource **resource_link_to(struct resource *old);

#endif /* _KERNEL_RESOURCE_H */
