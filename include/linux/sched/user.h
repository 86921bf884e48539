/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_SCHED_USER_H
#define _LINUX_SCHED_USER_H

#include <linux/atomic.h>
#include <linux/list.h>
#include <linux/ratelimit_types.h>
#include <linux/refcount.h>
#include <linux/uidgid.h>

/*
 * What one user id has of things that are limited by user. Found by uid in a hash (kernel/user.c).
 */
struct user_struct {
	refcount_t __count;
	atomic_long_t processes;	/* RLIMIT_NPROC */
	atomic_t sigpending;		/* RLIMIT_SIGPENDING */
	atomic_long_t locked_shm;	/* pages of locked shared memory */
	atomic_long_t unix_inflight;	/* descriptors on their way through Unix sockets */
	atomic_long_t pipe_bufs;	/* pages of pipes */
	atomic_long_t epoll_watches;
	atomic_long_t mq_bytes;		/* RLIMIT_MSGQUEUE: of POSIX message queues */
	struct hlist_node uidhash_node;	/* uidhash_lock */
	kuid_t uid;
	struct ratelimit_state ratelimit;
};

extern struct user_struct root_user;
#define INIT_USER	(&root_user)

struct user_struct *alloc_uid(kuid_t uid);
struct user_struct *find_user(kuid_t uid);
void free_uid(struct user_struct *up);

/** get_uid - one reference more. Return: @u */
static inline struct user_struct *get_uid(struct user_struct *u)
{
	refcount_inc(&u->__count);
	return u;
}

#endif /* _LINUX_SCHED_USER_H */
