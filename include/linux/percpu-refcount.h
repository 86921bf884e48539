/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_PERCPU_REFCOUNT_H
#define _LINUX_PERCPU_REFCOUNT_H

/*
 * A reference count that is spread over the CPUs while its object is in use, when nobody needs to
 * know whether it is zero, and becomes one atomic number when the owner wants the end:
 *
 *	percpu_ref_init()	a count of one, per-CPU mode (or as flags say)
 *	get, tryget, put	any context but NMI
 *	percpu_ref_kill()	drops the first reference; no percpu_ref_tryget_live() succeeds
 *				after a grace period; the last put calls release(), in any context
 *	percpu_ref_exit()	frees the per-CPU part
 *
 * Per-CPU mode counts modulo 2^64 on each CPU: only the sum means something. The atomic count
 * starts with a big bias, so that it can't reach zero before the switch has added that sum. The
 * switch is announced in the pointer's low bit; after a grace period nobody counts per CPU any
 * more.
 */

#include <linux/atomic.h>
#include <linux/percpu.h>
#include <linux/rcupdate.h>
#include <linux/types.h>

struct percpu_ref;
typedef void (percpu_ref_func_t)(struct percpu_ref *);

/* Low bits of percpu_count_ptr. */
enum {
	__PERCPU_REF_ATOMIC = 1LU << 0,
	__PERCPU_REF_DEAD = 1LU << 1,
	__PERCPU_REF_ATOMIC_DEAD = __PERCPU_REF_ATOMIC | __PERCPU_REF_DEAD,
	__PERCPU_REF_FLAG_BITS = 2,
};

enum {
	PERCPU_REF_INIT_ATOMIC = 1 << 0,	/* start in atomic mode */
	PERCPU_REF_INIT_DEAD = 1 << 1,		/* start dead, count 0; implies the others */
	PERCPU_REF_ALLOW_REINIT = 1 << 2,	/* it can be brought back to life */
};

struct percpu_ref_data {
	atomic_long_t count;
	percpu_ref_func_t *release;
	percpu_ref_func_t *confirm_switch;	/* a switch is under way; percpu_ref_switch_lock */
	bool force_atomic:1;			/* stays so when brought back; the same lock */
	bool allow_reinit:1;
	struct rcu_head rcu;
	struct percpu_ref *ref;
};

struct percpu_ref {
	unsigned long percpu_count_ptr;		/* unsigned long __percpu *, with flags */
	struct percpu_ref_data *data;
};

int __must_check percpu_ref_init(struct percpu_ref *ref, percpu_ref_func_t *release,
				 unsigned int flags, gfp_t gfp);
void percpu_ref_exit(struct percpu_ref *ref);
void percpu_ref_switch_to_atomic(struct percpu_ref *ref, percpu_ref_func_t *confirm_switch);
void percpu_ref_switch_to_atomic_sync(struct percpu_ref *ref);
void percpu_ref_switch_to_percpu(struct percpu_ref *ref);
void percpu_ref_kill_and_confirm(struct percpu_ref *ref, percpu_ref_func_t *confirm_kill);
void percpu_ref_resurrect(struct percpu_ref *ref);
void percpu_ref_reinit(struct percpu_ref *ref);
bool percpu_ref_is_zero(struct percpu_ref *ref);

/** percpu_ref_kill - drop the first reference and let the count go to zero */
static inline void percpu_ref_kill(struct percpu_ref *ref)
{
	percpu_ref_kill_and_confirm(ref, NULL);
}

/** __ref_is_percpu - is the counter in per-CPU mode? Then where to count. Context: RCU reader */
static inline bool __ref_is_percpu(struct percpu_ref *ref, unsigned long __percpu **percpu_countp)
{
	/* One load: mode and address belong together. */
	unsigned long ptr = READ_ONCE(ref->percpu_count_ptr);

	if (unlikely(ptr & __PERCPU_REF_ATOMIC_DEAD))
		return false;
	*percpu_countp = (unsigned long __percpu *)ptr;
	return true;
}

/** percpu_ref_get_many - more references; the caller has one */
static inline void percpu_ref_get_many(struct percpu_ref *ref, unsigned long nr)
{
	unsigned long __percpu *percpu_count;

	rcu_read_lock();
	if (__ref_is_percpu(ref, &percpu_count))
		this_cpu_add(*percpu_count, nr);
	else
		atomic_long_add(nr, &ref->data->count);
	rcu_read_unlock();
}

/** percpu_ref_get - one more reference, by who has one. Context: any */
static inline void percpu_ref_get(struct percpu_ref *ref)
{
	percpu_ref_get_many(ref, 1);
}

/** percpu_ref_tryget_many - more references unless the count is zero */
static inline bool percpu_ref_tryget_many(struct percpu_ref *ref, unsigned long nr)
{
	unsigned long __percpu *percpu_count;
	bool ret = true;

	rcu_read_lock();
	if (__ref_is_percpu(ref, &percpu_count))
		this_cpu_add(*percpu_count, nr);
	else
		ret = atomic_long_add_unless(&ref->data->count, nr, 0);
	rcu_read_unlock();
	return ret;
}

/** percpu_ref_tryget - a reference, unless the last one is gone */
static inline bool percpu_ref_tryget(struct percpu_ref *ref)
{
	return percpu_ref_tryget_many(ref, 1);
}

/** percpu_ref_tryget_live_rcu - one more reference unless it was killed; under rcu_read_lock() */
static inline bool percpu_ref_tryget_live_rcu(struct percpu_ref *ref)
{
	unsigned long __percpu *percpu_count;

	if (likely(__ref_is_percpu(ref, &percpu_count))) {
		this_cpu_inc(*percpu_count);
		return true;
	}
	if (READ_ONCE(ref->percpu_count_ptr) & __PERCPU_REF_DEAD)
		return false;
	return atomic_long_inc_not_zero(&ref->data->count);
}

/** percpu_ref_tryget_live - a reference, unless the counter was killed. Context: any */
static inline bool percpu_ref_tryget_live(struct percpu_ref *ref)
{
	bool ret;

	rcu_read_lock();
	ret = percpu_ref_tryget_live_rcu(ref);
	rcu_read_unlock();
	return ret;
}

/** percpu_ref_put_many - fewer references; the last calls release() */
static inline void percpu_ref_put_many(struct percpu_ref *ref, unsigned long nr)
{
	unsigned long __percpu *percpu_count;

	rcu_read_lock();
	if (__ref_is_percpu(ref, &percpu_count))
		this_cpu_sub(*percpu_count, nr);
	else if (unlikely(atomic_long_sub_and_test(nr, &ref->data->count)))
		ref->data->release(ref);
	rcu_read_unlock();
}

/** percpu_ref_put - drop a reference; the last one calls release(). Context: any */
static inline void percpu_ref_put(struct percpu_ref *ref)
{
	percpu_ref_put_many(ref, 1);
}

/** percpu_ref_is_dying - has it been killed? */
static inline bool percpu_ref_is_dying(struct percpu_ref *ref)
{
	return READ_ONCE(ref->percpu_count_ptr) & __PERCPU_REF_DEAD;
}

#endif /* _LINUX_PERCPU_REFCOUNT_H */
