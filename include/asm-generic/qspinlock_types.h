/* SPDX-License-Identifier: MIT */
#ifndef _ASM_GENERIC_QSPINLOCK_TYPES_H
#define _ASM_GENERIC_QSPINLOCK_TYPES_H

/*
 * The queued spin lock's word; kernel/locking/qspinlock.c says how it works.
 *
 *	bits  0- 7	locked
 *	bits  8-15	pending: one waiter that spins on the word itself
 *	bits 16-17	tail: which of the CPU's four queue nodes (task, softirq, hardirq, NMI)
 *	bits 18-31	tail: CPU + 1, of the last in the queue
 *
 * Both machines are little-endian, so the parts can be named as smaller words.
 */

#include <linux/types.h>

typedef struct qspinlock {
	union {
		atomic_t val;
		struct {
			u8 locked;
			u8 pending;
		};
		struct {
			u16 locked_pending;
			u16 tail;
		};
	};
} arch_spinlock_t;

#define __ARCH_SPIN_LOCK_UNLOCKED	{ { .val = ATOMIC_INIT(0) } }

#define _Q_LOCKED_OFFSET	0
#define _Q_LOCKED_BITS		8
#define _Q_LOCKED_MASK		0xffU
#define _Q_PENDING_OFFSET	8
#define _Q_PENDING_MASK		0xff00U
#define _Q_LOCKED_PENDING_MASK	(_Q_LOCKED_MASK | _Q_PENDING_MASK)
#define _Q_TAIL_IDX_OFFSET	16
#define _Q_TAIL_IDX_MASK	0x30000U
#define _Q_TAIL_CPU_OFFSET	18
#define _Q_TAIL_CPU_MASK	0xfffc0000U
#define _Q_TAIL_OFFSET		_Q_TAIL_IDX_OFFSET
#define _Q_TAIL_MASK		(_Q_TAIL_IDX_MASK | _Q_TAIL_CPU_MASK)

#define _Q_LOCKED_VAL		(1U << _Q_LOCKED_OFFSET)
#define _Q_PENDING_VAL		(1U << _Q_PENDING_OFFSET)

#endif /* _ASM_GENERIC_QSPINLOCK_TYPES_H */
