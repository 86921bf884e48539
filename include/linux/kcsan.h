/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_KCSAN_H
#define _LINUX_KCSAN_H

/*
 * The data-race detector's state of a task, or of a CPU's interrupts. Only the code that runs in
 * that context touches it, so nothing here is locked or atomic. See kernel/kcsan/README.md.
 */

#include <linux/kcsan-checks.h>
#include <linux/types.h>

#ifdef CONFIG_KCSAN

struct kcsan_ctx {
	int disable_count;		/* > 0: this context is neither watched nor reported */
	int atomic_next;		/* so many accesses to come count as marked */
	int atomic_nest_count;		/* depth of nestable atomic regions */
	bool in_flat_atomic;
	bool in_scoped;			/* the scoped claims are being checked right now */
	unsigned long access_mask;	/* bits that a claim is about; 0: all */
	struct kcsan_scoped_access *scoped;	/* newest first */
	struct {			/* the access that may still be delayed; size 0: none */
		const volatile void *ptr;
		size_t size;
		int type;
		unsigned long ip;
		unsigned long frame;	/* of the function that did it */
	} reorder;
};

/* A new task starts with nothing pending. */
void kcsan_init_task(struct kcsan_ctx *ctx);

#else

struct kcsan_ctx { };
static inline void kcsan_init_task(struct kcsan_ctx *ctx) { }

#endif

#endif /* _LINUX_KCSAN_H */
