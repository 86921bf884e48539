/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_SMP_TYPES_H
#define _LINUX_SMP_TYPES_H

#include <linux/llist.h>
#include <linux/types.h>

/*
 * What can hang on a CPU's call_single_queue. The kind is in u_flags beside the lock bit:
 * a synchronous call unlocks its entry after the function ran, an asynchronous one before.
 */
enum {
	CSD_FLAG_LOCK		= 0x01,

	CSD_TYPE_ASYNC		= 0x00,
	CSD_TYPE_SYNC		= 0x10,
	CSD_TYPE_IRQ_WORK	= 0x20,
	CSD_TYPE_TTWU		= 0x30,
	CSD_FLAG_TYPE_MASK	= 0xF0,
};

struct __call_single_node {
	struct llist_node llist;
	union {
		unsigned int u_flags;
		atomic_t a_flags;
	};
	u16 src, dst;
};

#endif /* _LINUX_SMP_TYPES_H */
