/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_TASK_IO_ACCOUNTING_OPS_H
#define _LINUX_TASK_IO_ACCOUNTING_OPS_H

/* Sums of what tasks read and wrote. The counting itself is in <linux/sched/xacct.h>. */

#include <linux/task_io_accounting.h>

/** task_io_accounting_init - nothing read or written yet */
static inline void task_io_accounting_init(struct task_io_accounting *ioac)
{
	*ioac = (struct task_io_accounting){};
}

/**
 * task_io_accounting_add - add a task's I/O to its process's; what guards @dst is the caller's
 * affair
 */
static inline void task_io_accounting_add(struct task_io_accounting *dst,
					  const struct task_io_accounting *src)
{
	dst->rchar += src->rchar;
	dst->wchar += src->wchar;
	dst->syscr += src->syscr;
	dst->syscw += src->syscw;
	dst->read_bytes += src->read_bytes;
	dst->write_bytes += src->write_bytes;
	dst->cancelled_write_bytes += src->cancelled_write_bytes;
}

#endif /* _LINUX_TASK_IO_ACCOUNTING_OPS_H */
