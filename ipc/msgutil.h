/* SPDX-License-Identifier: MIT */
#ifndef _IPC_MSGUTIL_H
#define _IPC_MSGUTIL_H

/* Messages, of System V's queues (msg.c) and of POSIX' (mqueue.c). */

#include <linux/list.h>
#include <linux/rbtree.h>
#include <linux/refcount.h>
#include <linux/types.h>

/**
 * struct msg_msg - a message
 * @list: in a System V queue
 * @node: in a POSIX queue
 * @refs: the queue's, or the receiver's; one for who copies it with MSG_COPY
 * @type: System V: above 0. POSIX: the priority
 * @size: bytes
 * @security: a module's
 * @text: the bytes
 */
struct msg_msg {
	union {
		struct list_head list;
		struct rb_node node;
	};
	refcount_t refs;
	long type;
	size_t size;
	void *security;
	char text[];
};

struct msg_msg *load_msg(long type, const char __user *text, size_t size);
void put_msg(struct msg_msg *msg);

#endif /* _IPC_MSGUTIL_H */
