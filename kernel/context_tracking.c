// SPDX-License-Identifier: MIT
/* The word and the count of <linux/context_tracking.h>: every CPU begins in the kernel. */

#include <linux/context_tracking.h>

#include <linux/export.h>

DEFINE_PER_CPU(struct context_tracking, context_tracking) = {
	.state = ATOMIC_INIT(CT_RCU_WATCHING | CONTEXT_KERNEL),
	.depth = 1,
};
EXPORT_PER_CPU_SYMBOL_GPL(context_tracking);
