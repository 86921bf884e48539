/* SPDX-License-Identifier: MIT */
/*
 * The initial RAM disk that a loader left in memory.
 *
 * The platform code finds it, checks it against the memory map and reserves it; whoever unpacks
 * it frees the pages.  Both addresses are virtual, in the direct map; equal means none.
 */
#ifndef _LINUX_INITRD_H
#define _LINUX_INITRD_H

#include <linux/types.h>

extern unsigned long initrd_start, initrd_end;
extern phys_addr_t phys_initrd_start;
extern unsigned long phys_initrd_size;

void reserve_initrd_mem(void);

#endif /* _LINUX_INITRD_H */
