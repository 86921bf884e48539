/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_RCUPDATE_H
#define _LINUX_RCUPDATE_H

/*
 * Read-copy update: readers of a linked structure take no lock and wait for nobody; an updater
 * unlinks an element, waits for a grace period (until every reader that could have seen the
 * element is done), and only then frees it.
 *
 * Rules of use:
 *  - A reader stands between rcu_read_lock() and rcu_read_unlock(), nests freely, may be preempted
 *    but must not sleep. It follows pointers with rcu_dereference(). Code with preemption, softirqs
 *    or interrupts off, and an NMI handler, is a reader too.
 *  - An updater publishes with rcu_assign_pointer() after the element is initialised.
 *  - call_rcu() may be called in any context but NMI; the callback runs in softirq context, and
 *    may be seconds late: call_rcu_hurry() is for those who wait. synchronize_rcu() sleeps.
 *  - Lock and unlock in the same context: an interrupt handler doesn't end a task's reader.
 *
 * Ordering (on more than one CPU), for call_rcu() and its callback as for synchronize_rcu() and its
 * return: whoever was a reader before the call does a full barrier between the end of the reader
 * and the callback; whoever still is one after the callback did a full barrier between the call
 * and the start of that reader; the calling CPU and the one that runs the callback do one each in
 * between. kernel/rcu/tree.c says where each of them stands.
 */

#include <linux/bottom_half.h>
#include <linux/bug.h>
#include <linux/cleanup.h>
#include <linux/compiler.h>
#include <linux/irqflags.h>
#include <linux/lockdep.h>
#include <linux/preempt.h>
#include <linux/types.h>
#include <asm/barrier.h>
#include <asm/processor.h>

/* ---- grace periods ---- */

void call_rcu(struct rcu_head *head, rcu_callback_t func);

/**
 * call_rcu_hurry - call_rcu() for a callback that somebody waits for
 * @head: in the object; RCU's until the call
 * @func: called with @head after a grace period, in softirq context or a thread
 *
 * A grace period is asked for now. What call_rcu() has put off on this CPU comes along.
 *
 * Context: any but NMI.
 */
void call_rcu_hurry(struct rcu_head *head, rcu_callback_t func);
void synchronize_rcu(void);

struct rcu_gp_oldstate;
struct task_struct;

/**
 * get_completed_synchronize_rcu - a cookie for which a grace period has always passed
 *
 * Context: any.
 * Return: for poll_state_synchronize_rcu() and cond_synchronize_rcu().
 */
unsigned long get_completed_synchronize_rcu(void);

/**
 * get_completed_synchronize_rcu_full - get_completed_synchronize_rcu() with both numbers
 * @rgosp: the cookie
 *
 * Context: any.
 */
void get_completed_synchronize_rcu_full(struct rcu_gp_oldstate *rgosp);

/**
 * same_state_synchronize_rcu - are two cookies the same?
 * @oldstate1: from get_state_synchronize_rcu(), start_poll_... or get_completed_...
 * @oldstate2: likewise
 */
static inline bool same_state_synchronize_rcu(unsigned long oldstate1, unsigned long oldstate2)
{
	return oldstate1 == oldstate2;
}

#include <linux/rcutree.h>

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

/**
 * rcu_head_init - prepare a head for rcu_head_after_call_rcu()
 * @rhp: the head, which nobody else uses yet
 */
static inline void rcu_head_init(struct rcu_head *rhp)
{
	rhp->func = (rcu_callback_t)~0L;
}

/**
 * rcu_head_after_call_rcu - was this head given to call_rcu()?
 * @rhp: the head, prepared by rcu_head_init()
 * @f: the function it would have been given with
 *
 * Must not race with the callback's invocation: ask inside the reader that found the object.
 */
static inline bool rcu_head_after_call_rcu(struct rcu_head *rhp, rcu_callback_t f)
{
	rcu_callback_t func = READ_ONCE(rhp->func);

	if (func == f)
		return true;
	WARN_ON_ONCE(func != (rcu_callback_t)~0L);
	return false;
}

/** init_rcu_head - a head begins its life: for a debugger of objects; there is none here */
static inline void init_rcu_head(struct rcu_head *head)
{
	(void)head;
}

/** destroy_rcu_head - a head ends its life; nothing to do */
static inline void destroy_rcu_head(struct rcu_head *head)
{
	(void)head;
}

/** init_rcu_head_on_stack - init_rcu_head() of a head on the stack */
static inline void init_rcu_head_on_stack(struct rcu_head *head)
{
	(void)head;
}

/** destroy_rcu_head_on_stack - destroy_rcu_head() of a head on the stack */
static inline void destroy_rcu_head_on_stack(struct rcu_head *head)
{
	(void)head;
}

/* ---- called by the core ---- */

/**
 * rcu_init - build the tree and let the boot CPU in
 *
 * call_rcu() may have been used before: its callbacks wait.
 *
 * Context: boot, one CPU, interrupts off.
 */
void rcu_init(void);
void rcu_sched_clock_irq(int user);

/* ---- is the caller a reader? ---- */

#ifdef CONFIG_DEBUG_LOCK_ALLOC

extern struct lockdep_map rcu_lock_map;
extern struct lockdep_map rcu_bh_lock_map;
extern struct lockdep_map rcu_sched_lock_map;
extern struct lockdep_map rcu_callback_map;

/**
 * debug_lockdep_rcu_enabled - is the lock checker's word about readers good for anything?
 *
 * Not before the scheduler runs, nor after the checker's first report, nor inside the checker.
 *
 * Context: any.
 * Return: nonzero if so.
 */
int debug_lockdep_rcu_enabled(void);
int rcu_read_lock_held(void);
int rcu_read_lock_bh_held(void);
int rcu_read_lock_sched_held(void);
int rcu_read_lock_any_held(void);

/**
 * rcu_lock_acquire - tell lockdep that a reader begins
 * @map: of the kind of reader
 *
 * It may begin again, by anybody, anywhere: so it is tracked, but its order isn't checked.
 */
static inline void rcu_lock_acquire(struct lockdep_map *map)
{
	lock_acquire(map, 0, 0, 2, 0, NULL, _THIS_IP_);
}

/** rcu_try_lock_acquire - rcu_lock_acquire() of a reader that never waits for others */
static inline void rcu_try_lock_acquire(struct lockdep_map *map)
{
	lock_acquire(map, 0, 1, 2, 0, NULL, _THIS_IP_);
}

/** rcu_lock_release - tell lockdep that a reader ends */
static inline void rcu_lock_release(struct lockdep_map *map)
{
	lock_release(map, _THIS_IP_);
}

/**
 * RCU_LOCKDEP_WARN - complain once about a place where RCU's rules are broken
 * @c: the breach
 * @s: what to say
 *
 * Twice asked: before, because the check means nothing while the kernel boots; after, because a
 * report on another CPU may have turned the checker off in between.
 */
#define RCU_LOCKDEP_WARN(c, s) \
do { \
	static bool __warned; \
	\
	if (!__warned && debug_lockdep_rcu_enabled() && (c) && debug_lockdep_rcu_enabled()) { \
		__warned = true; \
		lockdep_rcu_suspicious(__FILE__, __LINE__, s); \
	} \
} while (0)

/** lockdep_assert_in_rcu_read_lock - complain unless this is in rcu_read_lock() */
#define lockdep_assert_in_rcu_read_lock() \
	WARN_ON_ONCE(debug_lockdep_rcu_enabled() && !lock_is_held(&rcu_lock_map))

/** lockdep_assert_in_rcu_read_lock_bh - complain unless this is in rcu_read_lock_bh() */
#define lockdep_assert_in_rcu_read_lock_bh() \
	WARN_ON_ONCE(debug_lockdep_rcu_enabled() && !lock_is_held(&rcu_bh_lock_map))

/** lockdep_assert_in_rcu_read_lock_sched - complain unless this is in rcu_read_lock_sched() */
#define lockdep_assert_in_rcu_read_lock_sched() \
	WARN_ON_ONCE(debug_lockdep_rcu_enabled() && !lock_is_held(&rcu_sched_lock_map))

/**
 * lockdep_assert_in_rcu_reader - complain unless this is in a reader of any of these, or not
 * preemptible
 */
#define lockdep_assert_in_rcu_reader() \
	WARN_ON_ONCE(debug_lockdep_rcu_enabled() && \
		     !lock_is_held(&rcu_lock_map) && !lock_is_held(&rcu_bh_lock_map) && \
		     !lock_is_held(&rcu_sched_lock_map) && preemptible())

#else /* !CONFIG_DEBUG_LOCK_ALLOC */

#define rcu_lock_acquire(map)		do { } while (0)
#define rcu_try_lock_acquire(map)	do { } while (0)
#define rcu_lock_release(map)		do { } while (0)

/* Without the checker: yes, unless it is plain that not. */
static inline int debug_lockdep_rcu_enabled(void)
{
	return 0;
}

/**
 * rcu_read_lock_held - is this in rcu_read_lock(), as far as can be told? Without the checker: yes
 */
static inline int rcu_read_lock_held(void)
{
	return 1;
}

/** rcu_read_lock_bh_held - is this in rcu_read_lock_bh(), as far as can be told? */
static inline int rcu_read_lock_bh_held(void)
{
	return 1;
}

/** rcu_read_lock_sched_held - is this in rcu_read_lock_sched(), or not preemptible? */
static inline int rcu_read_lock_sched_held(void)
{
	return !preemptible();
}

/** rcu_read_lock_any_held - is this in any kind of reader, or not preemptible? */
static inline int rcu_read_lock_any_held(void)
{
	return !preemptible();
}

#define RCU_LOCKDEP_WARN(c, s)	do { } while (0 && (c))

#define lockdep_assert_in_rcu_read_lock()	do { } while (0)
#define lockdep_assert_in_rcu_read_lock_bh()	do { } while (0)
#define lockdep_assert_in_rcu_read_lock_sched()	do { } while (0)
#define lockdep_assert_in_rcu_reader()		do { } while (0)

#endif /* CONFIG_DEBUG_LOCK_ALLOC */

/**
 * rcu_trace_implies_rcu_gp - does a grace period of Tasks Trace imply one of RCU? It does here, see
 * kernel/rcu/
 */
static inline bool rcu_trace_implies_rcu_gp(void)
{
	return true;
}

/* ---- pointers ---- */

/* For sparse alone, so that the pointer's expression is evaluated once. */
#ifdef __CHECKER__
#define rcu_check_sparse(p, space)	((void)(((typeof(*p) space *)p) == p))
#else
#define rcu_check_sparse(p, space)	do { } while (0)
#endif

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
	RCU_LOCKDEP_WARN(!(c), "suspicious rcu_dereference_check() usage"); \
	rcu_check_sparse(p, space); \
	((typeof(*p) __force __kernel *)(local)); \
})

#define __rcu_dereference_protected(p, local, c, space) \
({ \
	RCU_LOCKDEP_WARN(!(c), "suspicious rcu_dereference_protected() usage"); \
	rcu_check_sparse(p, space); \
	((typeof(*p) __force __kernel *)(p)); \
})

#define __rcu_dereference_raw(p, local) \
({ \
	typeof(p) local = READ_ONCE(p); \
	((typeof(*p) __force __kernel *)(local)); \
})

/**
 * rcu_dereference_raw - rcu_dereference() whose reason nobody checks; the last resort
 * @p: the pointer
 */
#define rcu_dereference_raw(p)		__rcu_dereference_raw(p, __UNIQUE_ID(rcu))
#define rcu_dereference_raw_check(p)	rcu_dereference_raw(p)

/**
 * rcu_access_pointer - a pointer to be compared, above all with NULL, not to be followed
 * @p: the pointer
 *
 * Context: any; no reader is needed.
 */
#define rcu_access_pointer(p)		__rcu_access_pointer((p), __UNIQUE_ID(rcu), __rcu)

/**
 * rcu_dereference_check - rcu_dereference() that another exclusion makes right, too
 * @p: the pointer
 * @c: that holds, lockdep_is_held() of a lock most often
 */
#define rcu_dereference_check(p, c) \
	__rcu_dereference_check((p), __UNIQUE_ID(rcu), (c) || rcu_read_lock_held(), __rcu)

/** rcu_dereference_bh_check - rcu_dereference_check() for readers by rcu_read_lock_bh() */
#define rcu_dereference_bh_check(p, c) \
	__rcu_dereference_check((p), __UNIQUE_ID(rcu), (c) || rcu_read_lock_bh_held(), __rcu)

/** rcu_dereference_sched_check - rcu_dereference_check() for readers by rcu_read_lock_sched() */
#define rcu_dereference_sched_check(p, c) \
	__rcu_dereference_check((p), __UNIQUE_ID(rcu), (c) || rcu_read_lock_sched_held(), __rcu)

/** rcu_dereference_all_check - rcu_dereference_check() for readers of any of the three */
#define rcu_dereference_all_check(p, c) \
	__rcu_dereference_check((p), __UNIQUE_ID(rcu), (c) || rcu_read_lock_any_held(), __rcu)

/**
 * rcu_dereference_protected - a pointer that nobody changes now, read plainly
 * @p: the pointer
 * @c: why: lockdep_is_held() of the lock that its writers take
 *
 * Context: not for readers, whose pointer may change under them.
 */
#define rcu_dereference_protected(p, c) \
	__rcu_dereference_protected((p), __UNIQUE_ID(rcu), (c), __rcu)

/**
 * rcu_dereference - fetch a pointer that a reader is going to follow
 * @p: the pointer, changed by rcu_assign_pointer() meanwhile or not
 *
 * What the writer stored into the element before is seen.
 *
 * Context: in rcu_read_lock(). The pointer is good until the matching rcu_read_unlock().
 * Return: the pointer, of the address space of the kernel for sparse.
 */
#define rcu_dereference(p)		rcu_dereference_check(p, 0)

/** rcu_dereference_bh - rcu_dereference() in rcu_read_lock_bh() */
#define rcu_dereference_bh(p)		rcu_dereference_bh_check(p, 0)

/** rcu_dereference_sched - rcu_dereference() in rcu_read_lock_sched() */
#define rcu_dereference_sched(p)	rcu_dereference_sched_check(p, 0)

/**
 * rcu_pointer_handoff - from here on something else than RCU, a reference say, keeps what @p points
 * to
 */
#define rcu_pointer_handoff(p)		(p)

/** unrcu_pointer - for sparse: @p, as xchg() gives it, is no pointer of RCU's any more */
#define unrcu_pointer(p)		((typeof(*p) __force __kernel *)(p))

/** RCU_INITIALIZER - a value for a pointer of RCU's that nobody reads yet */
#define RCU_INITIALIZER(v)	((typeof(*(v)) __force __rcu *)(v))

/**
 * rcu_assign_pointer - publish an element
 * @p: the pointer, which readers follow with rcu_dereference()
 * @v: to the element, or NULL
 *
 * The element's stores come before the pointer's; NULL has no element and needs no order. Writers
 * exclude each other.
 */
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

/**
 * rcu_replace_pointer - publish an element in another's place
 * @rcu_ptr: the pointer
 * @ptr: to the new element, or NULL
 * @c: lockdep_is_held() of the writers' lock
 *
 * Return: the old one; it may be freed a grace period later.
 */
#define rcu_replace_pointer(rcu_ptr, ptr, c) \
({ \
	typeof(ptr) __tmp = rcu_dereference_protected((rcu_ptr), (c)); \
	rcu_assign_pointer((rcu_ptr), (ptr)); \
	__tmp; \
})

/**
 * RCU_INIT_POINTER - rcu_assign_pointer() without order
 * @p: the pointer
 * @v: NULL, or an element that readers can't have seen unfinished, or nobody follows @p yet
 */
#define RCU_INIT_POINTER(p, v) \
do { \
	rcu_check_sparse(p, __rcu); \
	WRITE_ONCE(p, RCU_INITIALIZER(v)); \
} while (0)

/** RCU_POINTER_INITIALIZER - RCU_INITIALIZER() of a member, in a static initializer */
#define RCU_POINTER_INITIALIZER(p, v)	.p = RCU_INITIALIZER(v)

/* ---- the read side ---- */

/*
 * The one header whose task_struct must be whole: the read lock is a count in the task, inlined.
 * Everything above this line works without, for headers that sched.h itself includes.
 */
#include <linux/sched.h>

/**
 * rcu_read_unlock_special - the slow half of rcu_read_unlock(): somebody waits for this reader
 * @t: current, out of its outermost reader, with a note in rcu_read_unlock_special
 *
 * Where the end can't be told now (interrupts or softirqs are off) it is told as soon as they are
 * on.
 *
 * Context: any but NMI.
 */
void rcu_read_unlock_special(struct task_struct *t);

/** rcu_preempt_depth - how many rcu_read_lock() current is in */
static __always_inline int rcu_preempt_depth(void)
{
	return READ_ONCE(current->rcu_read_lock_nesting);
}

/**
 * __rcu_read_lock - the mechanism of rcu_read_lock(), below the checkers
 *
 * Only the task itself changes its count, and an interrupt leaves it as it was: no atomic.
 */
static __always_inline void __rcu_read_lock(void)
{
	current->rcu_read_lock_nesting++;
	barrier();	/* the section stays behind the count */
}

/**
 * __rcu_read_unlock - the mechanism of rcu_read_unlock(), below the checkers
 *
 * Leaving the outermost section, somebody may be waiting for it: the flags are set by interrupts on
 * this CPU and by the scheduler when it preempts the section, so looking after the decrement misses
 * none.
 */
static __always_inline void __rcu_read_unlock(void)
{
	struct task_struct *t = current;

	barrier();	/* the section stays before the count */
	if (!--t->rcu_read_lock_nesting) {
		barrier();
		if (unlikely(READ_ONCE(t->rcu_read_unlock_special.s)))
			rcu_read_unlock_special(t);
	}
}

/**
 * rcu_read_lock - a reader begins
 *
 * Grace periods that begin from here on wait for the matching rcu_read_unlock(). Nests.
 * Context: any in which RCU watches the CPU: not deep in idle, not in entry code.
 */
static __always_inline void rcu_read_lock(void)
{
	__rcu_read_lock();
	__acquire(RCU);
	rcu_lock_acquire(&rcu_lock_map);
	RCU_LOCKDEP_WARN(!rcu_is_watching(), "rcu_read_lock() used illegally while idle");
}

/**
 * rcu_read_unlock - a reader ends
 *
 * Never deadlocks, whatever locks are held: with interrupts, preemption or softirqs off, what has
 * to be done beyond the count is left for later.
 */
static __always_inline void rcu_read_unlock(void)
{
	RCU_LOCKDEP_WARN(!rcu_is_watching(), "rcu_read_unlock() used illegally while idle");
	rcu_lock_release(&rcu_lock_map);
	__release(RCU);
	__rcu_read_unlock();
}

/**
 * rcu_read_lock_bh - begin a reader with softirqs off on top; ended by rcu_read_unlock_bh() in the
 * same context
 */
static inline void rcu_read_lock_bh(void)
{
	local_bh_disable();
	__acquire(RCU_BH);
	rcu_lock_acquire(&rcu_bh_lock_map);
	RCU_LOCKDEP_WARN(!rcu_is_watching(), "rcu_read_lock_bh() used illegally while idle");
}

/** rcu_read_unlock_bh - end rcu_read_lock_bh() */
static inline void rcu_read_unlock_bh(void)
{
	RCU_LOCKDEP_WARN(!rcu_is_watching(), "rcu_read_unlock_bh() used illegally while idle");
	rcu_lock_release(&rcu_bh_lock_map);
	__release(RCU_BH);
	local_bh_enable();
}

/**
 * rcu_read_lock_sched - begin a reader with preemption off on top; ended by rcu_read_unlock_sched()
 * in the same context
 */
static inline void rcu_read_lock_sched(void)
{
	preempt_disable();
	__acquire(RCU_SCHED);
	rcu_lock_acquire(&rcu_sched_lock_map);
	RCU_LOCKDEP_WARN(!rcu_is_watching(), "rcu_read_lock_sched() used illegally while idle");
}

/** rcu_read_unlock_sched - end rcu_read_lock_sched() */
static inline void rcu_read_unlock_sched(void)
{
	RCU_LOCKDEP_WARN(!rcu_is_watching(), "rcu_read_unlock_sched() used illegally while idle");
	rcu_lock_release(&rcu_sched_lock_map);
	__release(RCU_SCHED);
	preempt_enable();
}

/** rcu_read_lock_sched_notrace - rcu_read_lock_sched() for code below the checkers */
static __always_inline void rcu_read_lock_sched_notrace(void)
{
	preempt_disable_notrace();
	__acquire(RCU_SCHED);
}

/** rcu_read_unlock_sched_notrace - end rcu_read_lock_sched_notrace() */
static __always_inline void rcu_read_unlock_sched_notrace(void)
{
	__release(RCU_SCHED);
	preempt_enable_notrace();
}

DEFINE_LOCK_GUARD_0(rcu, rcu_read_lock(), rcu_read_unlock())

/* ---- Tasks RCU; linux/rcupdate_trace.h has the flavour with readers ---- */

/* @func is called with softirqs off, perhaps a quarter of a second late. Any context but NMI. */
void call_rcu_tasks(struct rcu_head *head, rcu_callback_t func);

/**
 * synchronize_rcu_tasks - wait until every task has switched of its own accord, or slept
 *
 * Idle tasks are not waited for; synchronize_rcu_tasks_rude() does that.
 *
 * Context: may sleep.
 */
void synchronize_rcu_tasks(void);
/* Until every callback of call_rcu_tasks() so far has been called. */
void rcu_barrier_tasks(void);
void synchronize_rcu_tasks_rude(void);
struct task_struct *get_rcu_tasks_gp_kthread(void);
struct task_struct *get_rcu_tasks_rude_gp_kthread(void);

/**
 * rcu_tasks_init - make the three flavours usable; their threads come later
 *
 * Context: boot, before the first context switch.
 */
void rcu_tasks_init(void);

/**
 * exit_tasks_rcu_start - current is about to leave the list of all tasks, where waiters look
 *
 * Context: current exits. exit_tasks_rcu_finish() follows.
 */
void exit_tasks_rcu_start(void);

/**
 * exit_tasks_rcu_finish - current can't be preempted any more: nobody has to wait for it
 *
 * Context: current exits, preemption off for good.
 */
void exit_tasks_rcu_finish(void);

/**
 * exit_tasks_rcu_finish_trace - end the Tasks Trace reader that a dying task left open by mistake
 * @t: current
 *
 * Context: current exits; it begins no reader any more.
 */
void exit_tasks_rcu_finish_trace(struct task_struct *t);

/**
 * rcu_tasks_trace_qs_blkd - note a Tasks Trace reader for which a grace period may have to wait
 * @t: current, not noted yet
 *
 * Context: interrupts in any state; the scheduler, or the grace period's interrupt.
 */
void rcu_tasks_trace_qs_blkd(struct task_struct *t);

/* Tasks: a voluntary quiescent state of @t, which is current. */
#define rcu_tasks_classic_qs(t, preempt) \
do { \
	if (!(preempt) && READ_ONCE((t)->rcu_tasks_holdout)) \
		WRITE_ONCE((t)->rcu_tasks_holdout, false); \
} while (0)

/* Tasks Trace: if @t, which is current, is a reader, note it. */
#define rcu_tasks_trace_qs(t) \
do { \
	if (unlikely(READ_ONCE((t)->trc_reader_nesting)) && \
	    !READ_ONCE((t)->trc_reader_special.b.blocked)) \
		rcu_tasks_trace_qs_blkd(t); \
} while (0)

/* At a context switch, and wherever a task has nothing of the kernel's in its hands. */
#define rcu_tasks_qs(t, preempt) \
do { \
	rcu_tasks_classic_qs((t), (preempt)); \
	rcu_tasks_trace_qs((t)); \
} while (0)
#define rcu_note_voluntary_context_switch(t)	rcu_tasks_qs(t, false)

/* cond_resched() that Tasks RCU hears of even where cond_resched() itself does nothing. */
#define cond_resched_tasks_rcu_qs() \
do { \
	rcu_tasks_qs(current, false); \
	cond_resched(); \
} while (0)

/**
 * rcu_softirq_qs_periodic - for a loop that runs long outside softirqs' own rounds
 * @old_ts: variable of the caller, jiffies when the loop began
 *
 * Reports a quiescent state at most every 100 ms. Preemption and softirqs are on.
 */
#define rcu_softirq_qs_periodic(old_ts) \
do { \
	if (time_after(jiffies, (old_ts) + HZ / 10)) { \
		preempt_disable(); \
		rcu_softirq_qs(); \
		preempt_enable(); \
		(old_ts) = jiffies; \
	} \
} while (0)

#endif /* _LINUX_RCUPDATE_H */
