/* SPDX-License-Identifier: MIT */
#ifndef _NET_SCM_H
#define _NET_SCM_H

/*
 * Socket control messages: descriptors and credentials that travel with data.
 *
 * A struct scm_cookie lives on the stack of a system call. Sending: scm_send() fills it from the
 * control data, the family moves what it holds into the message. Receiving: the family moves it out
 * of the message, scm_recv_unix() writes it to the program. scm_destroy() drops what is left.
 */

#include <linux/cred.h>
#include <linux/net.h>
#include <linux/pid.h>
#include <linux/security.h>
#include <linux/socket.h>

/* Descriptors in one message, at most. */
#define SCM_MAX_FD	253

struct user_struct;

/**
 * struct scm_fp_list - open files that travel together
 * @count: how many
 * @count_unix: of these, Unix sockets, which the garbage collector follows
 * @max: room in @fp
 * @inflight: counted as being under way (net/unix/garbage.c)
 * @user: in whose name
 * @fp: the files, each with a reference
 */
struct scm_fp_list {
	short count;
	short count_unix;
	short max;
	bool inflight;
	struct user_struct *user;
	struct file *fp[SCM_MAX_FD];
};

struct scm_creds {
	u32 pid;
	kuid_t uid;
	kgid_t gid;
};

struct scm_cookie {
	struct pid *pid;		/* with a reference; NULL: no credentials */
	struct scm_fp_list *fp;		/* or NULL */
	struct scm_creds creds;
};

int __scm_send(struct socket *sock, struct msghdr *msg, struct scm_cookie *scm);
void __scm_destroy(struct scm_cookie *scm);
struct scm_fp_list *scm_fp_dup(struct scm_fp_list *fpl);
void scm_fp_free(struct scm_fp_list *fpl);
void scm_detach_fds(struct msghdr *msg, struct scm_cookie *scm);
void scm_recv_unix(struct socket *sock, struct msghdr *msg, struct scm_cookie *scm, int flags);

/** scm_set_cred - note whose the message is; takes a reference to @pid */
static inline void scm_set_cred(struct scm_cookie *scm, struct pid *pid, kuid_t uid, kgid_t gid)
{
	scm->pid = get_pid(pid);
	scm->creds.pid = pid_vnr(pid);
	scm->creds.uid = uid;
	scm->creds.gid = gid;
}

/** scm_destroy_cred - drop the reference of scm_set_cred() */
static inline void scm_destroy_cred(struct scm_cookie *scm)
{
	put_pid(scm->pid);
	scm->pid = NULL;
}

/** scm_destroy - drop what is left in the cookie. Context: may sleep */
static inline void scm_destroy(struct scm_cookie *scm)
{
	scm_destroy_cred(scm);
	if (scm->fp)
		__scm_destroy(scm);
}

/**
 * scm_send - what the control data of a message says
 * @sock: the sender
 * @msg: the message; control data in kernel memory
 * @scm: filled in; scm_destroy() it after success
 *
 * Return: 0; -EINVAL: malformed; -EBADF, -EPERM, -ESRCH, -ENOMEM.
 */
static inline int scm_send(struct socket *sock, struct msghdr *msg, struct scm_cookie *scm)
{
	*scm = (struct scm_cookie){ .creds = { .uid = INVALID_UID, .gid = INVALID_GID } };
	return msg->msg_controllen ? __scm_send(sock, msg, scm) : 0;
}

#endif /* _NET_SCM_H */
