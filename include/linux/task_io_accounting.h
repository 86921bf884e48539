/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_TASK_IO_ACCOUNTING_H
#define _LINUX_TASK_IO_ACCOUNTING_H

#include <linux/types.h>

/**
 * struct task_io_accounting - what a task read and wrote, for /proc/PID/io
 * @rchar: bytes that read(2) and its kin returned, wherever they came from
 * @wchar: bytes that write(2) and its kin took
 * @syscr: calls that read, failed ones too if they got as far as the file
 * @syscw: calls that wrote
 * @read_bytes: bytes that a device had to fetch for the task
 * @write_bytes: bytes that it made dirty in the cache of a device
 * @cancelled_write_bytes: of these, what was cut off before it was written
 *
 * A task counts its own without a lock. A process's sum of its dead threads and waited-for children
 * is under signal_struct's stats_lock.
 */
struct task_io_accounting {
	u64 rchar;
	u64 wchar;
	u64 syscr;
	u64 syscw;
	u64 read_bytes;
	u64 write_bytes;
	u64 cancelled_write_bytes;
};

#endif /* _LINUX_TASK_IO_ACCOUNTING_H */
