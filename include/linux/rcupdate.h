/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_RCUPDATE_H
#define _LINUX_RCUPDATE_H

/*
 * Read-copy update: readers of a linked structure take no lock and wait for nobody; an updater
 * unlinks an element, waits for a grace period (until every reader that could have seen the
 * element is done), and only then frees it.
 *
 * Rules of use:
 *  - A reader stands between rcu_read_lock() and rcu_read_unlock(), nests freely and must not
 *    sleep. It follows pointers with rcu_dereference().
 *  - An updater publishes with rcu_assign_pointer() after the element is initialised.
 *  - call_rcu() may be called in any context but NMI; the callback runs with bottom halves off.
 *    synchronize_rcu() sleeps.
 *  - Here a reader is any section with preemption off, so interrupt handlers and spin-lock
 *    sections are readers too. See kernel/rcu/update.c for how a grace period is found.
 */

#include <linux/bottom_half.h>
#include <linux/bug.h>
#include <linux/cleanup.h>
#include <linux/compiler.h>
#include <linux/irqflags.h>
#include <linux/preempt.h>
#include <linux/types.h>
#include <asm/barrier.h>
#include <asm/processor.h>

/* ---- grace periods ---- */

void call_rcu(struct rcu_head *head, rcu_callback_t func);
void synchronize_rcu(void);
void synchronize_rcu_expedited(void);
void rcu_barrier(void);

static inline void call_rcu_hurry(struct rcu_head *head, rcu_callback_t func)
{
	call_rcu(head, func);
}

/* Frees @ptr, which contains @head, after a grace period. */
void kvfree_call_rcu(struct rcu_head *head, void *ptr);

/*
 * An "offset" below 4096 in place of the function means: free the object that begins that many
 * bytes before the head.
 */
#define __is_kvfree_rcu_offset(offset)	((offset) < 4096)

#define kvfree_rcu_arg_2(ptr, rhf) \
do { \
	typeof(ptr) ___p = (ptr); \
	\
	if (___p) { \
		BUILD_BUG_ON(!__is_kvfree_rcu_offset(offsetof(typeof(*(ptr)), rhf))); \
		kvfree_call_rcu(&((___p)->rhf), (void *)(___p)); \
	} \
} while (0)

#define kvfree_rcu_arg_1(ptr) \
do { \
	typeof(ptr) ___p = (ptr); \
	\
	if (___p) \
		kvfree_call_rcu(NULL, (void *)(___p)); \
} while (0)

/* kfree_rcu(ptr, rcu_head_member); kfree_rcu_mightsleep(ptr) needs no member but may sleep. */
#define kfree_rcu(ptr, rhf)		kvfree_rcu_arg_2(ptr, rhf)
#define kvfree_rcu(ptr, rhf)		kvfree_rcu_arg_2(ptr, rhf)
#define kfree_rcu_mightsleep(ptr)	kvfree_rcu_arg_1(ptr)
#define kvfree_rcu_mightsleep(ptr)	kvfree_rcu_arg_1(ptr)

static inline void rcu_head_init(struct rcu_head *rhp)
{
	rhp->func = (rcu_callback_t)~0L;
}

/* ---- called by the core ---- */

void rcu_init(void);
void rcu_note_context_switch(bool preempt);
void rcu_report_cpu_starting(unsigned int cpu);
void rcu_report_cpu_dead(unsigned int cpu);

/* Nothing is done from the tick: a grace period asks each CPU for a context switch itself. */
static inline void rcu_sched_clock_irq(int user)
{
	(void)user;
}

/* Callbacks wait in lists that the grace-period thread collects: no CPU must stay awake. */
static inline int rcu_needs_cpu(void)
{
	return 0;
}

static inline void rcu_softirq_qs(void)
{
}

static inline void rcu_cpu_stall_reset(void)
{
}

static inline bool rcu_is_watching(void)
{
	return true;
}

/* ---- the read side ---- */

static __always_inline void __rcu_read_lock(void)
{
	preempt_disable();
}

static __always_inline void __rcu_read_unlock(void)
{
	preempt_enable();
}

static __always_inline void rcu_read_lock(void)
{
	__rcu_read_lock();
	__acquire(RCU);
}

static __always_inline void rcu_read_unlock(void)
{
	__release(RCU);
	__rcu_read_unlock();
}

static inline void rcu_read_lock_bh(void)
{
	local_bh_disable();
	__acquire(RCU_BH);
}

static inline void rcu_read_unlock_bh(void)
{
	__release(RCU_BH);
	local_bh_enable();
}

static inline void rcu_read_lock_sched(void)
{
	preempt_disable();
	__acquire(RCU_SCHED);
}

static inline void rcu_read_unlock_sched(void)
{
	__release(RCU_SCHED);
	preempt_enable();
}

static __always_inline void rcu_read_lock_sched_notrace(void)
{
	preempt_disable_notrace();
	__acquire(RCU_SCHED);
}

static __always_inline void rcu_read_unlock_sched_notrace(void)
{
	__release(RCU_SCHED);
	preempt_enable_notrace();
}

DEFINE_LOCK_GUARD_0(rcu, rcu_read_lock(), rcu_read_unlock())

static inline int rcu_read_lock_held(void)
{
	return !preemptible();
}

static inline int rcu_read_lock_bh_held(void)
{
	return in_softirq() || irqs_disabled();
}

static inline int rcu_read_lock_sched_held(void)
{
	return !preemptible();
}

static inline int rcu_read_lock_any_held(void)
{
	return !preemptible();
}

#ifdef CONFIG_PROVE_LOCKING
#define RCU_LOCKDEP_WARN(c, s) \
	WARN_ONCE(rcu_lockdep_ready() && (c), "suspicious RCU usage: %s", s)
bool rcu_lockdep_ready(void);
#else
#define RCU_LOCKDEP_WARN(c, s)	do { } while (0 && (c))
#endif

/* ---- pointers ---- */

#define rcu_check_sparse(p, space)	((void)(((typeof(*p) space *)p) == p))

#define __rcu_access_pointer(p, local, space) \
({ \
	typeof(*p) *local = (typeof(*p) *__force)READ_ONCE(p); \
	rcu_check_sparse(p, space); \
	((typeof(*p) __force __kernel *)(local)); \
})

/*
 * READ_ONCE() is enough on machines that keep dependent loads in order, and both of ours do: the
 * use of the pointer can't be satisfied before its load.
 */
#define __rcu_dereference_check(p, local, c, space) \
({ \
	typeof(*p) *local = (typeof(*p) *__force)READ_ONCE(p); \
	RCU_LOCKDEP_WARN(!(c), "rcu_dereference_check()"); \
	rcu_check_sparse(p, space); \
	((typeof(*p) __force __kernel *)(local)); \
})

#define __rcu_dereference_protected(p, local, c, space) \
({ \
	RCU_LOCKDEP_WARN(!(c), "rcu_dereference_protected()"); \
	rcu_check_sparse(p, space); \
	((typeof(*p) __force __kernel *)(p)); \
})

#define __rcu_dereference_raw(p, local) \
({ \
	typeof(p) local = READ_ONCE(p); \
	((typeof(*p) __force __kernel *)(local)); \
})

#define rcu_dereference_raw(p)		__rcu_dereference_raw(p, __UNIQUE_ID(rcu))
#define rcu_dereference_raw_check(p)	rcu_dereference_raw(p)
#define rcu_access_pointer(p)		__rcu_access_pointer((p), __UNIQUE_ID(rcu), __rcu)
#define rcu_dereference_check(p, c) \
	__rcu_dereference_check((p), __UNIQUE_ID(rcu), (c) || rcu_read_lock_held(), __rcu)
#define rcu_dereference_bh_check(p, c) \
	__rcu_dereference_check((p), __UNIQUE_ID(rcu), (c) || rcu_read_lock_bh_held(), __rcu)
#define rcu_dereference_sched_check(p, c) \
	__rcu_dereference_check((p), __UNIQUE_ID(rcu), (c) || rcu_read_lock_sched_held(), __rcu)
#define rcu_dereference_protected(p, c) \
	__rcu_dereference_protected((p), __UNIQUE_ID(rcu), (c), __rcu)
#define rcu_dereference(p)		rcu_dereference_check(p, 0)
#define rcu_dereference_bh(p)		rcu_dereference_bh_check(p, 0)
#define rcu_dereference_sched(p)	rcu_dereference_sched_check(p, 0)
#define rcu_pointer_handoff(p)		(p)
#define unrcu_pointer(p)		((typeof(*p) __force __kernel *)(p))

#define RCU_INITIALIZER(v)	((typeof(*(v)) __force __rcu *)(v))

/* The element's stores come before the pointer's; NULL has no element and needs no order. */
#define rcu_assign_pointer(p, v) \
do { \
	uintptr_t _r_a_p__v = (uintptr_t)(v); \
	\
	rcu_check_sparse(p, __rcu); \
	if (__builtin_constant_p(v) && _r_a_p__v == (uintptr_t)NULL) \
		WRITE_ONCE((p), (typeof(p))(_r_a_p__v)); \
	else \
		smp_store_release(&p, RCU_INITIALIZER((typeof(p))_r_a_p__v)); \
} while (0)

#define rcu_replace_pointer(rcu_ptr, ptr, c) \
({ \
	typeof(ptr) __tmp = rcu_dereference_protected((rcu_ptr), (c)); \
	rcu_assign_pointer((rcu_ptr), (ptr)); \
	__tmp; \
})

#define RCU_INIT_POINTER(p, v) \
do { \
	rcu_check_sparse(p, __rcu); \
	WRITE_ONCE(p, RCU_INITIALIZER(v)); \
} while (0)

#define RCU_POINTER_INITIALIZER(p, v)	.p = RCU_INITIALIZER(v)

#endif /* _LINUX_RCUPDATE_H */
