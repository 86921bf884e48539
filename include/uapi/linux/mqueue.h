/* SPDX-License-Identifier: MIT */
/* POSIX message queues: mq_overview(7). */
#ifndef _UAPI_LINUX_MQUEUE_H
#define _UAPI_LINUX_MQUEUE_H

#include <linux/types.h>

#define MQ_PRIO_MAX	32768		/* priorities are below it */
#define MQ_BYTES_MAX	819200		/* RLIMIT_MSGQUEUE as it begins */

struct mq_attr {
	__kernel_long_t mq_flags;	/* O_NONBLOCK, of a descriptor */
	__kernel_long_t mq_maxmsg;	/* messages that a queue holds */
	__kernel_long_t mq_msgsize;	/* bytes of a message at most */
	__kernel_long_t mq_curmsgs;	/* messages in it */
	__kernel_long_t __reserved[4];	/* 0 in answers */
};

/* SIGEV_THREAD: what the C library has sent back to it through a netlink socket. */
#define NOTIFY_NONE		0
#define NOTIFY_WOKENUP		1
#define NOTIFY_REMOVED		2
#define NOTIFY_COOKIE_LEN	32

#endif /* _UAPI_LINUX_MQUEUE_H */
