/* SPDX-License-Identifier: MIT */
#ifndef _IPC_MQUEUE_H
#define _IPC_MQUEUE_H

/*
 * POSIX message queues, between mqueue.c (what goes through a queue) and mqueue_fs.c (its name, its
 * life, its limits).
 */

#include <linux/fs.h>
#include <linux/list.h>
#include <linux/rbtree.h>
#include <linux/spinlock.h>
#include <linux/time64.h>
#include <linux/types.h>
#include <linux/wait.h>
#include <asm/siginfo.h>
#include <uapi/linux/mqueue.h>

struct ipc_namespace;
struct msg_msg;
struct pid;
struct task_struct;
struct user_struct;
struct wake_q_head;

/**
 * struct mqueue - a queue, which is a file
 * @vfs_inode: the file
 * @lock: guards all that follows down to @notify_exec
 * @attr: mq_curmsgs changes; the rest is as the queue was made, and read without @lock
 * @messages: highest priority first, and of one priority the oldest
 * @bytes: in all messages
 * @receivers: struct mq_waiter: the queue is empty while there are any
 * @senders: likewise: the queue is full
 * @notify_owner: the process that is to be told of a message; NULL: nobody
 * @notify: how
 * @notify_exec: the owner's self_exec_id: another program is not told
 * @poll_wait: of poll(2)
 * @user: whose RLIMIT_MSGQUEUE pays; NULL until it does
 * @charged: bytes paid
 */
struct mqueue {
	struct inode vfs_inode;
	spinlock_t lock;
	struct mq_attr attr;
	struct rb_root_cached messages;
	size_t bytes;
	struct list_head receivers;
	struct list_head senders;
	struct pid *notify_owner;
	struct sigevent notify;
	u64 notify_exec;
	wait_queue_head_t poll_wait;
	struct user_struct *user;
	long charged;
};

/**
 * struct mq_waiter - who sleeps until the queue has a message, or room for one
 * @list: in receivers or senders: by the sleepers' priority, those of one by arrival
 * @task: who
 * @msg: a sender's: what it wants to send. A receiver's: what it got
 * @served: by the one who did the rest of the work for it; it is in no list any more
 *
 * On the sleeper's stack; guarded by the queue's lock.
 */
struct mq_waiter {
	struct list_head list;
	struct task_struct *task;
	struct msg_msg *msg;
	bool served;
};

static inline struct mqueue *mqueue_of(const struct inode *inode)
{
	return container_of(inode, struct mqueue, vfs_inode);
}

/* Bytes of the line that reading the file yields, its end included; stat(2) says so many. */
#define MQUEUE_LINE	80

/* mqueue.c */
extern const struct file_operations mqueue_file_operations;

void mq_init(struct mqueue *q, const struct mq_attr *attr);
void mq_empty(struct mqueue *q);
void mq_line_up(struct list_head *waiters, struct mq_waiter *waiter);
bool mq_deliver(struct mqueue *q, struct msg_msg *msg, struct wake_q_head *wake);
struct msg_msg *mq_fetch(struct mqueue *q, struct wake_q_head *wake);

/* mqueue_fs.c */
int mq_charge_of(const struct ipc_namespace *ns, const struct mq_attr *attr, bool privileged,
		 long *charge);
struct file *mq_open_file(struct ipc_namespace *ns, const char *name, int oflag, umode_t mode,
			  const struct mq_attr *attr);
int mq_unlink_file(struct ipc_namespace *ns, const char *name);

#endif /* _IPC_MQUEUE_H */
