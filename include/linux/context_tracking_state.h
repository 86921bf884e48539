/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_CONTEXT_TRACKING_STATE_H
#define _LINUX_CONTEXT_TRACKING_STATE_H

/*
 * Where a CPU is, in one word that other CPUs may read: does RCU have to watch it?
 *
 *	bits 0-1	kernel, idle, user mode
 *	bit  2		1: RCU watches; there may be readers
 *		   	0: extended quiescent state; there are none
 *	bits 2..	counts the changes of bit 2
 *
 * So a CPU that was watched twice with different words was in an extended quiescent state between.
 * Every change is a full barrier: a reader's accesses stay on its side of it.
 */

#include <linux/atomic.h>
#include <linux/percpu.h>
#include <linux/types.h>

enum ctx_state {
	CONTEXT_DISABLED = -1,
	CONTEXT_KERNEL = 0,
	CONTEXT_IDLE = 1,
	CONTEXT_USER = 2,
	CONTEXT_GUEST = 3,
};

#define CT_STATE_MASK		3
#define CT_RCU_WATCHING		4

/* @state as above; @depth: see context_tracking.h. Written by its CPU only. */
struct context_tracking {
	atomic_t state;
	long depth;
};

DECLARE_PER_CPU(struct context_tracking, context_tracking);

/** __ct_state - ct_state() */
static __always_inline int __ct_state(void)
{
	return raw_atomic_read(&raw_cpu_ptr(&context_tracking)->state) & CT_STATE_MASK;
}

/** __ct_rcu_watching - does RCU watch this CPU? */
static __always_inline bool __ct_rcu_watching(void)
{
	return raw_atomic_read(&raw_cpu_ptr(&context_tracking)->state) & CT_RCU_WATCHING;
}

/**
 * ct_rcu_watching_cpu_acquire - another CPU's word, without its context bits; later accesses come
 * after
 */
static inline int ct_rcu_watching_cpu_acquire(int cpu)
{
	return atomic_read_acquire(&per_cpu_ptr(&context_tracking, cpu)->state) & ~CT_STATE_MASK;
}

#endif /* _LINUX_CONTEXT_TRACKING_STATE_H */
