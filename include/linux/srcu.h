/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_SRCU_H
#define _LINUX_SRCU_H

/*
 * Sleepable RCU: readers may sleep, and each user has a domain of his own (struct srcu_struct), so
 * that a reader who sleeps for long holds up only those who share his domain.
 *
 * Rules of use:
 *  - DEFINE_SRCU() and DEFINE_STATIC_SRCU() at file scope, or init_srcu_struct() and, when neither
 *    readers nor callbacks are left, cleanup_srcu_struct().
 *  - srcu_read_lock() returns an index that the matching srcu_read_unlock() wants, in the same
 *    task. Readers nest, and may overlap. srcu_down_read() and srcu_up_read() may stand in
 *    different tasks or in an interrupt, but not in an NMI.
 *  - Waiting inside a reader for the same domain is a deadlock; so is a circle of domains, the
 *    readers of each waiting for the next.
 *  - Kinds of readers, of which a domain has only one for all its life:
 *
 *	kind		in an NMI	costs			its grace periods
 *	srcu_read_lock	no		a full barrier		wait for readers
 *	..._nmisafe	yes		the same, or more	the same
 *	..._lite	no		no barrier, but only	and for RCU as well, twice or more;
 *					where RCU watches	never hurried by themselves
 *
 *  - Ordering, only among users of one domain: what an updater stored before synchronize_srcu(),
 *    or before call_srcu(), is seen by every reader that isn't waited for; what a reader did who
 *    is waited for, is done when synchronize_srcu() returns or the callback runs.
 *
 * How a grace period moves is told in kernel/rcu/srcutree.c.
 */

#include <linux/cleanup.h>
#include <linux/lockdep.h>
#include <linux/mutex.h>
#include <linux/rcu_segcblist.h>
#include <linux/rcupdate.h>
#include <linux/workqueue.h>

struct srcu_struct;

#ifdef CONFIG_DEBUG_LOCK_ALLOC

/**
 * __init_srcu_struct - make a domain; the function under init_srcu_struct()
 * @ssp: memory for it
 * @name: for the lock checker, kept by pointer
 * @key: its class
 *
 * Context: may sleep.
 * Return: 0, for cleanup_srcu_struct() in the end; -ENOMEM.
 */
int __init_srcu_struct(struct srcu_struct *ssp, const char *name, struct lock_class_key *key);

#define init_srcu_struct(ssp)						\
({									\
	static struct lock_class_key __srcu_key;			\
									\
	__init_srcu_struct((ssp), #ssp, &__srcu_key);			\
})

#define __SRCU_DEP_MAP_INIT(srcu_name)	.dep_map = { .name = #srcu_name },

#else

int init_srcu_struct(struct srcu_struct *ssp);

#define __SRCU_DEP_MAP_INIT(srcu_name)

#endif

/* What kinds of readers a domain has seen on a CPU. */
#define SRCU_READ_FLAVOR_NORMAL	0x1
#define SRCU_READ_FLAVOR_NMI	0x2
#define SRCU_READ_FLAVOR_LITE	0x4
#define SRCU_READ_FLAVOR_ALL \
	(SRCU_READ_FLAVOR_NORMAL | SRCU_READ_FLAVOR_NMI | SRCU_READ_FLAVOR_LITE)

#include <linux/srcutree.h>

void call_srcu(struct srcu_struct *ssp, struct rcu_head *rhp, rcu_callback_t func);
void cleanup_srcu_struct(struct srcu_struct *ssp);
void synchronize_srcu(struct srcu_struct *ssp);

/* ---- polled grace periods: see linux/rcutree.h, of which these are the SRCU forms ---- */

#define SRCU_GET_STATE_COMPLETED	0x1

/** get_completed_synchronize_srcu - a cookie that every poll finds complete */
static inline unsigned long get_completed_synchronize_srcu(void)
{
	return SRCU_GET_STATE_COMPLETED;
}

/**
 * get_state_synchronize_srcu - a cookie for a grace period that begins after now; starts none
 * @ssp: the domain
 *
 * Context: any.
 * Return: for poll_state_synchronize_srcu().
 */
unsigned long get_state_synchronize_srcu(struct srcu_struct *ssp);

/**
 * start_poll_synchronize_srcu - get_state_synchronize_srcu(), and start the grace period
 * @ssp: the domain
 *
 * Context: any but NMI.
 * Return: for poll_state_synchronize_srcu().
 */
unsigned long start_poll_synchronize_srcu(struct srcu_struct *ssp);

/**
 * poll_state_synchronize_srcu - has a grace period passed since the cookie?
 * @ssp: the domain
 * @cookie: from one of the above, of this domain
 *
 * Context: any.
 * Return: true, with the ordering of a synchronize_srcu() in between; false: ask again.
 */
bool poll_state_synchronize_srcu(struct srcu_struct *ssp, unsigned long cookie);

/* How many different cookies of one domain can be waiting at one time. */
#define NUM_ACTIVE_SRCU_POLL_OLDSTATE	2

/** same_state_synchronize_srcu - are two cookies of one domain the same? */
static inline bool same_state_synchronize_srcu(unsigned long oldstate1, unsigned long oldstate2)
{
	return oldstate1 == oldstate2;
}

/* ---- the lock checker's view ---- */

#ifdef CONFIG_DEBUG_LOCK_ALLOC

/**
 * srcu_read_lock_held - is the caller a reader of this domain?
 * @ssp: the domain
 *
 * Context: Any, CPUs that RCU doesn't watch included: SRCU readers are fine there.
 * Return: nonzero if so, or if the checker is off.
 */
static inline int srcu_read_lock_held(const struct srcu_struct *ssp)
{
	if (!debug_lockdep_rcu_enabled())
		return 1;
	return lock_is_held(&ssp->dep_map);
}

/**
 * srcu_lock_acquire - tell lockdep that a reader begins: a circle of readers that wait for each
 * other's domains is found
 */
static inline void srcu_lock_acquire(struct lockdep_map *map)
{
	lock_map_acquire_read(map);
}

/** srcu_lock_release - tell lockdep that a reader ends */
static inline void srcu_lock_release(struct lockdep_map *map)
{
	lock_map_release(map);
}

/**
 * srcu_lock_sync - tell lockdep of a wait for readers, as if for a moment nobody else could hold
 * the lock
 */
static inline void srcu_lock_sync(struct lockdep_map *map)
{
	lock_map_sync(map);
}

#else

static inline int srcu_read_lock_held(const struct srcu_struct *ssp)
{
	(void)ssp;
	return 1;
}

#define srcu_lock_acquire(m)	do { } while (0)
#define srcu_lock_release(m)	do { } while (0)
#define srcu_lock_sync(m)	do { } while (0)

#endif

/**
 * srcu_dereference_check - fetch a pointer that SRCU protects
 * @p: the pointer
 * @ssp: the domain whose reader the caller is
 * @c: or what else makes the access right
 */
#define srcu_dereference_check(p, ssp, c) \
	__rcu_dereference_check((p), __UNIQUE_ID(rcu), (c) || srcu_read_lock_held(ssp), __rcu)

/** srcu_dereference - the same for readers alone */
#define srcu_dereference(p, ssp)	srcu_dereference_check((p), (ssp), 0)

/** srcu_dereference_notrace - the same without any check */
#define srcu_dereference_notrace(p, ssp)	srcu_dereference_check((p), (ssp), 1)

/* ---- readers ---- */

/**
 * srcu_read_lock - a reader begins
 * @ssp: the domain
 *
 * Context: Any but NMI.
 * Return: what srcu_read_unlock() wants, 0 or 1.
 */
static __always_inline int srcu_read_lock(struct srcu_struct *ssp) __acquires(ssp)
{
	int idx;

	srcu_check_read_flavor(ssp, SRCU_READ_FLAVOR_NORMAL);
	idx = __srcu_read_lock(ssp);
	srcu_lock_acquire(&ssp->dep_map);
	return idx;
}

/** srcu_read_unlock - the reader that got @idx ends */
static __always_inline void srcu_read_unlock(struct srcu_struct *ssp, int idx) __releases(ssp)
{
	srcu_check_unlock(ssp, idx, SRCU_READ_FLAVOR_NORMAL);
	srcu_lock_release(&ssp->dep_map);
	__srcu_read_unlock(ssp, idx);
}

/**
 * srcu_read_lock_lite - a reader without memory barriers begins
 * @ssp: a domain that knows no other kind of reader
 *
 * Context: Any but NMI, where RCU watches the CPU.
 * Return: what srcu_read_unlock_lite() wants.
 */
static __always_inline int srcu_read_lock_lite(struct srcu_struct *ssp) __acquires(ssp)
{
	int idx;

	srcu_check_read_flavor_lite(ssp);
	idx = __srcu_read_lock_lite(ssp);
	srcu_lock_acquire(&ssp->dep_map);
	return idx;
}

/** srcu_read_unlock_lite - the lite reader that got @idx ends */
static __always_inline void srcu_read_unlock_lite(struct srcu_struct *ssp, int idx)
	__releases(ssp)
{
	srcu_check_unlock(ssp, idx, SRCU_READ_FLAVOR_LITE);
	srcu_lock_release(&ssp->dep_map);
	__srcu_read_unlock_lite(ssp, idx);
}

/**
 * srcu_read_lock_nmisafe - a reader begins, possibly in an NMI
 * @ssp: a domain that knows no other kind of reader
 *
 * Return: what srcu_read_unlock_nmisafe() wants.
 */
static __always_inline int srcu_read_lock_nmisafe(struct srcu_struct *ssp) __acquires(ssp)
{
	int idx;

	srcu_check_read_flavor(ssp, SRCU_READ_FLAVOR_NMI);
	idx = __srcu_read_lock_nmisafe(ssp);
	if (!in_nmi())
		srcu_lock_acquire(&ssp->dep_map);
	return idx;
}

/** srcu_read_unlock_nmisafe - the NMI-safe reader that got @idx ends */
static __always_inline void srcu_read_unlock_nmisafe(struct srcu_struct *ssp, int idx)
	__releases(ssp)
{
	srcu_check_unlock(ssp, idx, SRCU_READ_FLAVOR_NMI);
	if (!in_nmi())
		srcu_lock_release(&ssp->dep_map);
	__srcu_read_unlock_nmisafe(ssp, idx);
}

/** srcu_read_lock_notrace - srcu_read_lock() for code below the checkers */
static __always_inline notrace int srcu_read_lock_notrace(struct srcu_struct *ssp)
	__acquires(ssp)
{
	srcu_check_read_flavor(ssp, SRCU_READ_FLAVOR_NORMAL);
	return __srcu_read_lock(ssp);
}

/** srcu_read_unlock_notrace - srcu_read_unlock() for code below the checkers */
static __always_inline notrace void srcu_read_unlock_notrace(struct srcu_struct *ssp, int idx)
	__releases(ssp)
{
	srcu_check_read_flavor(ssp, SRCU_READ_FLAVOR_NORMAL);
	__srcu_read_unlock(ssp, idx);
}

/**
 * srcu_down_read - a reader begins that somebody else may end
 * @ssp: the domain
 *
 * Like taking a semaphore: the lock checker doesn't follow it.
 * Context: Any but NMI.
 * Return: what srcu_up_read() wants.
 */
static inline int srcu_down_read(struct srcu_struct *ssp) __acquires(ssp)
{
	WARN_ON_ONCE(in_nmi());
	srcu_check_read_flavor(ssp, SRCU_READ_FLAVOR_NORMAL);
	return __srcu_read_lock(ssp);
}

/** srcu_up_read - the reader that srcu_down_read() began ends, wherever we are; not in an NMI */
static inline void srcu_up_read(struct srcu_struct *ssp, int idx) __releases(ssp)
{
	WARN_ON_ONCE(in_nmi());
	srcu_check_unlock(ssp, idx, SRCU_READ_FLAVOR_NORMAL);
	__srcu_read_unlock(ssp, idx);
}

/**
 * smp_mb__after_srcu_read_unlock - make the srcu_read_unlock() before it a full barrier
 *
 * By itself it only keeps the reader's accesses in: later ones may move up into it.
 */
static inline void smp_mb__after_srcu_read_unlock(void)
{
	smp_mb();
}

/**
 * smp_mb__after_srcu_read_lock - make the srcu_read_lock() before it a full barrier
 *
 * It ends with one already.
 */
static inline void smp_mb__after_srcu_read_lock(void)
{
	barrier();
}

DEFINE_LOCK_GUARD_1(srcu, struct srcu_struct,
		    _T->idx = srcu_read_lock(_T->lock),
		    srcu_read_unlock(_T->lock, _T->idx),
		    int idx)

#endif /* _LINUX_SRCU_H */
