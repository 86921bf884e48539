// SPDX-License-Identifier: MIT
/*
 * Messages on their way from one program to another.
 *
 * Bytes are copied from and to programs without a lock: a message is whole before it is in a queue,
 * and out of the queue before it is taken apart.
 */

#include "msgutil.h"

#include <linux/err.h>
#include <linux/errno.h>
#include <linux/mm.h>
#include <linux/overflow.h>
#include <linux/security.h>
#include <linux/slab.h>
#include <linux/uaccess.h>

/**
 * load_msg - a message of a program's bytes
 * @type: its type or priority
 * @text: the bytes
 * @size: how many; the caller has compared it with a limit
 *
 * Context: may sleep.
 * Return: the message with one reference; an error pointer: -ENOMEM, -EFAULT, a security module's.
 */
struct msg_msg *load_msg(long type, const char __user *text, size_t size)
{
	struct msg_msg *msg = kvmalloc(struct_size(msg, text, size), GFP_KERNEL_ACCOUNT);
	int err;

	if (!msg)
		return ERR_PTR(-ENOMEM);
	refcount_set(&msg->refs, 1);
	msg->type = type;
	msg->size = size;
	msg->security = NULL;
	err = security_msg_msg_alloc_security(msg);
	if (err) {
		kvfree(msg);
		return ERR_PTR(err);
	}
	if (copy_from_user(msg->text, text, size)) {
		put_msg(msg);
		return ERR_PTR(-EFAULT);
	}
	return msg;
}

/**
 * put_msg - done with a message
 * @msg: in no queue, if this is the last reference
 *
 * Context: may sleep.
 */
void put_msg(struct msg_msg *msg)
{
	if (!refcount_dec_and_test(&msg->refs))
		return;
	security_msg_msg_free_security(msg);
	kvfree(msg);
}
