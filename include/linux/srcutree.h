/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_SRCUTREE_H
#define _LINUX_SRCUTREE_H

/*
 * What an SRCU domain is made of, and the inner half of its readers. Include linux/srcu.h.
 *
 * The word and its per-CPU part are what readers touch; the rest is in a struct that only updaters
 * look at. A domain defined statically is whole for readers from the first instruction of the
 * kernel; the updaters' half is made on first use.
 */

#include <linux/completion.h>
#include <linux/list.h>
#include <linux/percpu.h>
#include <linux/spinlock.h>

/* One CPU's part. */
struct srcu_data {
	/* Readers. Each pair only grows; their sums over all CPUs are equal when nobody reads. */
	atomic_long_t srcu_lock_count[2];
	atomic_long_t srcu_unlock_count[2];
	int srcu_reader_flavor;			/* SRCU_READ_FLAVOR_*, set once */

	/* Updaters. */
	spinlock_t lock ____cacheline_internodealigned_in_smp;
	struct rcu_segcblist srcu_cblist;	/* L: lock */
	unsigned long srcu_gp_seq_needed;	/* L: the furthest grace period asked for here */
	unsigned long srcu_gp_seq_needed_exp;	/* L: and in haste */
	struct work_struct work;		/* invokes callbacks */
	struct rcu_head srcu_barrier_head;	/* srcu_barrier()'s, one at a time */
	int cpu;
	struct srcu_struct *ssp;
};

/* The updaters' half of a domain. */
struct srcu_usage {
	spinlock_t lock;			/* the numbers below; inside no srcu_data.lock */
	struct mutex srcu_gp_mutex;		/* the state machine moves under it */
	unsigned long srcu_gp_seq;		/* W: gp_mutex and lock; low bits: SRCU_STATE_* */
	unsigned long srcu_gp_seq_needed;	/* lock: the furthest that anybody asked for */
	unsigned long srcu_gp_seq_needed_exp;	/* lock: and in haste */
	u64 srcu_last_gp_end;			/* when, in ns; for "is it idle?" */
	unsigned int srcu_n_scans;		/* W: gp_mutex; scans in this state so far */
	bool sda_is_static;
	bool srcu_ready;			/* the lists and works are initialised */
	struct mutex srcu_barrier_mutex;	/* one srcu_barrier() at a time */
	struct completion srcu_barrier_completion;
	atomic_t srcu_barrier_cpu_cnt;		/* callbacks it waits for, and one */
	struct delayed_work work;		/* moves the state machine */
	struct list_head early;			/* in the list of those that wait for srcu_init() */
	struct srcu_struct *srcu_ssp;
};

/* A domain. */
struct srcu_struct {
	unsigned int srcu_idx;			/* 0 or 1: which counters new readers use */
	struct srcu_data __percpu *sda;
#ifdef CONFIG_DEBUG_LOCK_ALLOC
	struct lockdep_map dep_map;
#endif
	struct srcu_usage *srcu_sup;
};

/* srcu_gp_seq's low bits. */
#define SRCU_STATE_IDLE		0
#define SRCU_STATE_SCAN1	1
#define SRCU_STATE_SCAN2	2

/* The number overflows soon, so that whoever compares it wrongly is found out. */
#define SRCU_GP_SEQ_INITIAL	((0UL - 100UL) << 2)

#define __SRCU_USAGE_INIT(name) {						\
	.lock = __SPIN_LOCK_UNLOCKED(name.lock),				\
	.srcu_gp_seq = SRCU_GP_SEQ_INITIAL,					\
	.srcu_gp_seq_needed = SRCU_GP_SEQ_INITIAL,				\
	.srcu_gp_seq_needed_exp = SRCU_GP_SEQ_INITIAL,				\
	.srcu_gp_mutex = __MUTEX_INITIALIZER(name.srcu_gp_mutex),		\
	.sda_is_static = true,							\
	.srcu_barrier_mutex = __MUTEX_INITIALIZER(name.srcu_barrier_mutex),	\
}

#define __SRCU_STRUCT_INIT(name, usage_name, pcpu_name) {			\
	.sda = &pcpu_name,							\
	__SRCU_DEP_MAP_INIT(name)						\
	.srcu_sup = &usage_name,						\
}

#define __DEFINE_SRCU(name, is_static)						\
	static DEFINE_PER_CPU(struct srcu_data, name##_srcu_data);		\
	static struct srcu_usage name##_srcu_usage = __SRCU_USAGE_INIT(name##_srcu_usage); \
	is_static struct srcu_struct name =					\
		__SRCU_STRUCT_INIT(name, name##_srcu_usage, name##_srcu_data)

/** DEFINE_SRCU, DEFINE_STATIC_SRCU - define a domain at file scope; it needs no init nor cleanup */
#define DEFINE_SRCU(name)		__DEFINE_SRCU(name, /* not static */)
#define DEFINE_STATIC_SRCU(name)	__DEFINE_SRCU(name, static)

/**
 * srcu_init - from here on grace periods run, those that were asked for before too
 *
 * Context: boot, after workqueue_init_early().
 */
void srcu_init(void);
void synchronize_srcu_expedited(struct srcu_struct *ssp);
void srcu_barrier(struct srcu_struct *ssp);

/** srcu_batches_completed - a number that grows with @ssp's grace periods. Context: any */
unsigned long srcu_batches_completed(struct srcu_struct *ssp);

/**
 * srcu_torture_stats_print - show a domain's state, by printk
 * @ssp: the domain
 * @tt: who asks
 * @tf: name of the flavour
 */
void srcu_torture_stats_print(struct srcu_struct *ssp, char *tt, char *tf);

/**
 * __srcu_check_read_flavor - note what kind of reader this is; a second kind is a bug and reported
 * @ssp: the domain
 * @read_flavor: SRCU_READ_FLAVOR_*
 *
 * Context: as that kind of reader.
 */
void __srcu_check_read_flavor(struct srcu_struct *ssp, int read_flavor);

/* ---- readers; the barriers' letters are srcutree.c's ---- */

/*
 * Count one, here or on the CPU that we were on an instruction ago. Readers are the only ones who
 * write these counters and do it with this alone, so that neither an interrupt nor an NMI, nor our
 * moving to another CPU within it, can lose a count.
 */
#ifdef arch_this_cpu_inc_is_atomic
#define __srcu_count(v)	this_cpu_inc((v).counter)
#else
#define __srcu_count(v)	atomic_long_inc(raw_cpu_ptr(&(v)))
#endif

/**
 * __srcu_read_lock - the mechanism of srcu_read_lock(), below the checkers
 * @ssp: the domain
 *
 * Return: which of the two counts, for __srcu_read_unlock().
 */
static __always_inline int __srcu_read_lock(struct srcu_struct *ssp)
{
	/* model: srcu_lock */
	int idx = READ_ONCE(ssp->srcu_idx);

	__srcu_count(ssp->sda->srcu_lock_count[idx]);
	smp_mb();	/* B: the count before the reader's accesses; pairs with A */
	return idx;
}

/**
 * __srcu_read_unlock - the mechanism of srcu_read_unlock(), below the checkers
 * @ssp: the domain
 * @idx: from __srcu_read_lock()
 */
static __always_inline void __srcu_read_unlock(struct srcu_struct *ssp, int idx)
{
	/* model: srcu_unlock */
	/* C: the reader's accesses before the count; release order is enough. Pairs with A. */
	smp_mb__before_atomic();
	__srcu_count(ssp->sda->srcu_unlock_count[idx]);
}

/** __srcu_read_lock_nmisafe - __srcu_read_lock(); the counts are safe in an NMI as they are */
static __always_inline int __srcu_read_lock_nmisafe(struct srcu_struct *ssp)
{
	return __srcu_read_lock(ssp);
}

/** __srcu_read_unlock_nmisafe - end __srcu_read_lock_nmisafe() */
static __always_inline void __srcu_read_unlock_nmisafe(struct srcu_struct *ssp, int idx)
{
	__srcu_read_unlock(ssp, idx);
}

/**
 * __srcu_read_lock_lite - __srcu_read_lock() without barriers
 * @ssp: the domain
 *
 * B and C are the updater's to make, by a synchronize_rcu() in A's place.
 *
 * Return: for __srcu_read_unlock_lite().
 */
static __always_inline int __srcu_read_lock_lite(struct srcu_struct *ssp)
{
	int idx = READ_ONCE(ssp->srcu_idx);

	RCU_LOCKDEP_WARN(!rcu_is_watching(), "RCU must be watching srcu_read_lock_lite().");
	__srcu_count(ssp->sda->srcu_lock_count[idx]);
	barrier();
	return idx;
}

/** __srcu_read_unlock_lite - end __srcu_read_lock_lite() */
static __always_inline void __srcu_read_unlock_lite(struct srcu_struct *ssp, int idx)
{
	RCU_LOCKDEP_WARN(!rcu_is_watching(), "RCU must be watching srcu_read_unlock_lite().");
	barrier();
	__srcu_count(ssp->sda->srcu_unlock_count[idx]);
}

/**
 * srcu_check_read_flavor_lite - a lite reader begins: updaters have to know of the kind before the
 * first of them counts
 */
static __always_inline void srcu_check_read_flavor_lite(struct srcu_struct *ssp)
{
	if (unlikely(READ_ONCE(raw_cpu_ptr(ssp->sda)->srcu_reader_flavor) !=
		     SRCU_READ_FLAVOR_LITE))
		__srcu_check_read_flavor(ssp, SRCU_READ_FLAVOR_LITE);
}

/**
 * srcu_check_read_flavor - mixed kinds are a bug in the user, looked for by kernels that check
 * locks
 */
static __always_inline void srcu_check_read_flavor(struct srcu_struct *ssp, int read_flavor)
{
	if (IS_ENABLED(CONFIG_PROVE_LOCKING))
		__srcu_check_read_flavor(ssp, read_flavor);
}

/**
 * srcu_check_unlock - is it a number that a lock of this kind gave? Looked for by kernels that
 * check locks
 */
static __always_inline void srcu_check_unlock(struct srcu_struct *ssp, int idx, int read_flavor)
{
	if (IS_ENABLED(CONFIG_PROVE_LOCKING)) {
		WARN_ON_ONCE(idx & ~0x1);
		__srcu_check_read_flavor(ssp, read_flavor);
	}
}

#endif /* _LINUX_SRCUTREE_H */
