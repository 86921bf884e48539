/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_CONTEXT_TRACKING_H
#define _LINUX_CONTEXT_TRACKING_H

/*
 * The places where a CPU passes between user mode, idle and the kernel. Entry code and the idle
 * loop call these hooks; whoever needs to know (RCU's extended quiescent states) counts there.
 * At present nobody needs to: a grace period asks idle CPUs by interrupt.
 */

#include <linux/types.h>

enum ctx_state {
	CONTEXT_DISABLED = -1,
	CONTEXT_KERNEL = 0,
	CONTEXT_IDLE = 1,
	CONTEXT_USER = 2,
	CONTEXT_GUEST = 3,
};

static __always_inline void ct_idle_enter(void) { }
static __always_inline void ct_idle_exit(void) { }
static __always_inline void ct_irq_enter(void) { }
static __always_inline void ct_irq_exit(void) { }
static __always_inline void ct_nmi_enter(void) { }
static __always_inline void ct_nmi_exit(void) { }
static __always_inline void ct_cpuidle_enter(void) { }
static __always_inline void ct_cpuidle_exit(void) { }
static __always_inline void user_enter_irqoff(void) { }
static __always_inline void user_exit_irqoff(void) { }

/* The state before the call; CONTEXT_DISABLED says that nobody tracks. */
static __always_inline int __ct_state(void)
{
	return CONTEXT_DISABLED;
}

static __always_inline int ct_state(void)
{
	return CONTEXT_DISABLED;
}

static inline enum ctx_state exception_enter(void)
{
	return CONTEXT_DISABLED;
}

static inline void exception_exit(enum ctx_state prev_ctx)
{
	(void)prev_ctx;
}

#endif /* _LINUX_CONTEXT_TRACKING_H */
