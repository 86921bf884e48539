/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_RESTART_BLOCK_H
#define _LINUX_RESTART_BLOCK_H

/*
 * How an interrupted system call that slept for a *relative* time goes on: the call stores here
 * what is left to do and returns -ERESTART_RESTARTBLOCK; restart_syscall(2) then calls @fn.
 */

#include <linux/compiler.h>
#include <linux/types.h>

struct __kernel_timespec;
struct pollfd;
struct restart_block;

enum timespec_type {
	TT_NONE		= 0,
	TT_NATIVE	= 1,
	TT_COMPAT	= 2,
};

struct restart_block {
	unsigned long arch_data;
	long (*fn)(struct restart_block *restart);
	union {
		struct {
			u32 __user *uaddr;
			u32 val;
			u32 flags;
			u32 bitset;
			u64 time;
			u32 __user *uaddr2;
		} futex;
		struct {
			int clockid;
			enum timespec_type type;
			struct __kernel_timespec __user *rmtp;
			u64 expires;
		} nanosleep;
		struct {
			struct pollfd __user *ufds;
			int nfds;
			int has_timeout;
			unsigned long tv_sec;
			unsigned long tv_nsec;
		} poll;
	};
};

long do_no_restart_syscall(struct restart_block *param);

#endif /* _LINUX_RESTART_BLOCK_H */
