/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_LOCKDEP_TYPES_H
#define _LINUX_LOCKDEP_TYPES_H

/* The data of the lock checker; what it does is in kernel/locking/lockdep.c. */

#include <linux/types.h>

#define MAX_LOCKDEP_SUBCLASSES		8UL

/*
 * What a holder of a lock may wait for while holding it, from least to most. A lock's inner type
 * says what its holder can still do; its outer type, if set, as what it may be taken.
 */
enum lockdep_wait_type {
	LD_WAIT_INV = 0,	/* not checked */
	LD_WAIT_FREE,		/* waits for nothing: RCU readers */
	LD_WAIT_SPIN,		/* spins: raw and plain spin locks, rwlocks */
	LD_WAIT_CONFIG = LD_WAIT_SPIN,
	LD_WAIT_SLEEP,		/* sleeps: mutex, rwsem */
	LD_WAIT_MAX,
};

enum lockdep_lock_type {
	LD_LOCK_NORMAL = 0,
	LD_LOCK_PERCPU,		/* a local_lock: the same address on each CPU */
	LD_LOCK_WAIT_OVERRIDE,	/* a map that says a wait type without being a lock */
	LD_LOCK_MAX,
};

#ifdef CONFIG_LOCKDEP

#define NR_LOCKDEP_CACHING_CLASSES	2
#define MAX_LOCKDEP_KEYS_BITS		11
#define MAX_LOCKDEP_KEYS		(1UL << MAX_LOCKDEP_KEYS_BITS)
#define MAX_LOCK_DEPTH			48UL

struct lockdep_subclass_key {
	char __one_byte;
} __attribute__((__packed__));

/* A class of locks is the address of one of these, plus the subclass. Must be static. */
struct lock_class_key {
	union {
		struct hlist_node		hash_entry;
		struct lockdep_subclass_key	subkeys[MAX_LOCKDEP_SUBCLASSES];
	};
};

extern struct lock_class_key __lockdep_no_validate__;
extern struct lock_class_key __lockdep_no_track__;

struct lock_class;

/* Embedded in each lock. */
struct lockdep_map {
	struct lock_class_key	*key;
	struct lock_class	*class_cache[NR_LOCKDEP_CACHING_CLASSES];
	const char		*name;
	u8			wait_type_outer;
	u8			wait_type_inner;
	u8			lock_type;
};

struct pin_cookie {
	unsigned int val;
};

/* One lock that a task holds. Touched by its task alone. */
struct held_lock {
	u64			prev_chain_key;	/* of what was held before this one */
	unsigned long		acquire_ip;
	struct lockdep_map	*instance;
	struct lockdep_map	*nest_lock;
	unsigned int		class_idx:MAX_LOCKDEP_KEYS_BITS;
	unsigned int		irq_context:2;	/* bit 0: in a softirq, bit 1: in a hardirq */
	unsigned int		trylock:1;
	unsigned int		read:2;		/* 0 write, 1 read, 2 recursive read */
	unsigned int		check:1;	/* validate, or only track */
	unsigned int		hardirqs_off:1;
	unsigned int		references:12;	/* nest_lock: how many instances this stands for */
	unsigned int		pin_count;
};

#else /* !CONFIG_LOCKDEP */

struct lock_class_key { };
struct lockdep_map { };
struct pin_cookie { };

#endif /* CONFIG_LOCKDEP */

#endif /* _LINUX_LOCKDEP_TYPES_H */
