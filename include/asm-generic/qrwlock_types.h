/* SPDX-License-Identifier: MIT */
#ifndef _ASM_GENERIC_QRWLOCK_TYPES_H
#define _ASM_GENERIC_QRWLOCK_TYPES_H

#include <linux/types.h>

#include <asm-generic/qspinlock_types.h>

/*
 * The queued read-write lock: a word and a queue for those who wait.
 *
 *	bits 0- 7	0xff while a writer holds it
 *	bit  8		a writer waits: new readers go to the queue
 *	bits 9-31	readers inside
 */
typedef struct qrwlock {
	union {
		atomic_t cnts;
		struct {
			u8 wlocked;
			u8 __lstate[3];
		};
	};
	arch_spinlock_t wait_lock;	/* the queue */
} arch_rwlock_t;

#define __ARCH_RW_LOCK_UNLOCKED {			\
	{ .cnts = ATOMIC_INIT(0), },			\
	.wait_lock = __ARCH_SPIN_LOCK_UNLOCKED,		\
}

#endif /* _ASM_GENERIC_QRWLOCK_TYPES_H */
