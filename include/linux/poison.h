/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_POISON_H
#define _LINUX_POISON_H

/*
 * Poison values: bit patterns that mark memory as dead, so that a later use shows itself. A
 * pointer poison has to be an address that can never be mapped; on both machines the gap between
 * the canonical halves serves, hence the delta.
 */

#include <linux/const.h>

#ifndef POISON_POINTER_DELTA
#define POISON_POINTER_DELTA	_AC(0xdead000000000000, UL)
#endif

/* Left behind in list nodes by list_del() and hlist_del(); also used for RCU-removed nodes. */
#define LIST_POISON1	((void *)(0x100 + POISON_POINTER_DELTA))
#define LIST_POISON2	((void *)(0x122 + POISON_POINTER_DELTA))

/* A timer that is not pending any more. */
#define TIMER_ENTRY_STATIC	((void *)(0x300 + POISON_POINTER_DELTA))

/* Page allocator and slab. */
#define PAGE_POISON		0xaa
#define SLUB_RED_INACTIVE	0xbb	/* red zone of a free object */
#define SLUB_RED_ACTIVE		0xcc	/* red zone of an allocated object */
#define POISON_INUSE		0x5a	/* allocated, never written */
#define POISON_FREE		0x6b	/* freed */
#define POISON_END		0xa5	/* last byte of a poisoned object */
#define POISON_FREE_INITMEM	0xcc

/* Locks and keys. */
#define MUTEX_DEBUG_INIT	0x11
#define MUTEX_DEBUG_FREE	0x22
#define KEY_DESTROY		0xbd

/* llist nodes, and pointers that wait for a page to be reused. */
#define LLIST_POISON		((void *)(0x144 + POISON_POINTER_DELTA))
#define VMEMMAP_POISON		0xff

#endif
