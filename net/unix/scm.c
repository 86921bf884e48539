// SPDX-License-Identifier: MIT
/*
 * What messages of Unix sockets carry besides data: the sender's credentials, and open files.
 *
 *	sender's struct scm_cookie -> UNIXCB(skb) -> receiver's struct scm_cookie
 *
 * While files are in a message they are under way, which garbage.c counts: unix_inflight_add() when
 * they enter it, unix_inflight_del() before anybody gets a descriptor of them.
 */

#include <net/af_unix.h>

#include <linux/capability.h>
#include <linux/cred.h>
#include <linux/file.h>
#include <linux/fs.h>
#include <linux/sched/signal.h>
#include <linux/sched/user.h>

/* RLIMIT_NOFILE bounds what a user has under way, too: messages could hide any number of files. */
static bool too_many_under_way(const struct user_struct *user)
{
	return atomic_long_read(&user->unix_inflight) > (long)rlimit(RLIMIT_NOFILE) &&
	       !capable(CAP_SYS_RESOURCE) && !capable(CAP_SYS_ADMIN);
}

/**
 * unix_load_message - what a sending call was given goes into a message
 * @scm: its cookie
 * @skb: charged to the sender, in no queue
 * @send_fds: the files, too: they leave the cookie
 *
 * Return: 0; -ETOOMANYREFS.
 */
int unix_load_message(struct scm_cookie *scm, struct sk_buff *skb, bool send_fds)
{
	UNIXCB(skb) = (struct unix_skb_parms){
		.pid = get_pid(scm->pid),
		.uid = scm->creds.uid,
		.gid = scm->creds.gid,
	};
	skb->destructor = unix_unload_message;
	if (!scm->fp || !send_fds)
		return 0;
	if (too_many_under_way(scm->fp->user))
		return -ETOOMANYREFS;
	UNIXCB(skb).fp = scm->fp;
	scm->fp = NULL;
	unix_inflight_add(UNIXCB(skb).fp);
	return 0;
}

/** unix_unload_message - the destructor of our messages: drops files and credentials they carry */
void unix_unload_message(struct sk_buff *skb)
{
	struct scm_fp_list *fpl = UNIXCB(skb).fp;

	if (fpl) {
		UNIXCB(skb).fp = NULL;
		unix_inflight_del(fpl);
		scm_fp_free(fpl);
	}
	put_pid(UNIXCB(skb).pid);
	sock_wfree(skb);
}

/**
 * unix_sign_message - the sender's credentials, if either side wants them
 * @skb: has them not yet
 * @sock: the sender
 * @other: the receiver, its state lock held; who isn't accepted yet may want them later
 */
void unix_sign_message(struct sk_buff *skb, const struct socket *sock, const struct sock *other)
{
	if (UNIXCB(skb).pid)
		return;
	if (unix_wants_creds(sock) || !other->sk_socket || unix_wants_creds(other->sk_socket)) {
		UNIXCB(skb).pid = get_pid(task_tgid(current));
		current_uid_gid(&UNIXCB(skb).uid, &UNIXCB(skb).gid);
	}
}

/** unix_same_sender - does a message come from whom the cookie names? */
bool unix_same_sender(const struct sk_buff *skb, const struct scm_cookie *scm)
{
	const struct unix_skb_parms *u = &UNIXCB(skb);

	return u->pid == scm->pid && uid_eq(u->uid, scm->creds.uid) &&
	       gid_eq(u->gid, scm->creds.gid);
}

/** unix_take_files - the files of a message that was taken go to the receiving call */
void unix_take_files(struct scm_cookie *scm, struct sk_buff *skb)
{
	scm->fp = UNIXCB(skb).fp;
	UNIXCB(skb).fp = NULL;
	unix_inflight_del(scm->fp);
}

/**
 * unix_copy_files - MSG_PEEK: the receiver gets the files, and the message keeps them
 *
 * Return: 0; -ENOMEM.
 */
int unix_copy_files(struct scm_cookie *scm, struct sk_buff *skb)
{
	struct scm_fp_list *copy = scm_fp_dup(UNIXCB(skb).fp);

	if (!copy)
		return -ENOMEM;
	scm->fp = copy;
	/* A collector at work may have counted without our references: let it end first. */
	unix_gc_barrier();
	return 0;
}
