// SPDX-License-Identifier: MIT
/*
 * Control messages of level SOL_SOCKET: SCM_RIGHTS, SCM_CREDENTIALS, SCM_PIDFD. The head of
 * <net/scm.h> says who holds what.
 *
 * Everything in the control data comes from a program: each length is checked before what it counts
 * is looked at, a descriptor becomes a file with a reference, an id becomes one that the sender is
 * allowed to call its own. Whatever fails, the cookie is emptied before the error is returned.
 */

#include <net/scm.h>

#include <linux/capability.h>
#include <linux/export.h>
#include <linux/file.h>
#include <linux/fs.h>
#include <linux/sched/user.h>
#include <linux/slab.h>
#include <linux/uaccess.h>
#include <net/sock.h>

/* ---- sending ---- */

/* May the current task say that it is that? */
static int check_creds(const struct ucred *uc, kuid_t uid, kgid_t gid)
{
	const struct cred *cred = current_cred();

	if (uc->pid != (__u32)task_tgid_vnr(current) &&
	    !ns_capable(current_user_ns(), CAP_SYS_ADMIN))
		return -EPERM;
	if (!uid_eq(uid, cred->uid) && !uid_eq(uid, cred->euid) && !uid_eq(uid, cred->suid) &&
	    !ns_capable(cred->user_ns, CAP_SETUID))
		return -EPERM;
	if (!gid_eq(gid, cred->gid) && !gid_eq(gid, cred->egid) && !gid_eq(gid, cred->sgid) &&
	    !ns_capable(cred->user_ns, CAP_SETGID))
		return -EPERM;
	return 0;
}

static int creds_from_cmsg(struct scm_cookie *scm, struct cmsghdr *cmsg)
{
	struct ucred uc;
	struct pid *pid;
	kuid_t uid;
	kgid_t gid;
	int err;

	if (cmsg->cmsg_len != CMSG_LEN(sizeof(uc)))
		return -EINVAL;
	memcpy(&uc, CMSG_DATA(cmsg), sizeof(uc));
	uid = make_kuid(current_user_ns(), uc.uid);
	gid = make_kgid(current_user_ns(), uc.gid);
	if (!uid_valid(uid) || !gid_valid(gid))
		return -EINVAL;
	err = check_creds(&uc, uid, gid);
	if (err)
		return err;
	pid = find_get_pid(uc.pid);
	if (!pid)
		return -ESRCH;
	scm_destroy_cred(scm);
	scm_set_cred(scm, pid, uid, gid);
	put_pid(pid);
	return 0;
}

static int files_from_cmsg(struct scm_cookie *scm, struct cmsghdr *cmsg)
{
	const int *fds = CMSG_DATA(cmsg);
	int i, num = (cmsg->cmsg_len - CMSG_LEN(0)) / sizeof(int);
	struct scm_fp_list *fpl = scm->fp;

	if (num <= 0)
		return 0;
	if (num > SCM_MAX_FD)
		return -EINVAL;
	if (!fpl) {
		fpl = kzalloc(sizeof(*fpl), GFP_KERNEL_ACCOUNT);
		if (!fpl)
			return -ENOMEM;
		fpl->max = SCM_MAX_FD;
		fpl->user = get_uid(current_user());
		scm->fp = fpl;
	}
	if (fpl->count + num > fpl->max)
		return -EINVAL;
	for (i = 0; i < num; i++) {
		struct file *file = fds[i] >= 0 ? fget_raw(fds[i]) : NULL;

		if (!file)
			return -EBADF;
		fpl->fp[fpl->count++] = file;
	}
	return 0;
}

static int take_cmsg(struct socket *sock, struct scm_cookie *scm, struct cmsghdr *cmsg)
{
	switch (cmsg->cmsg_type) {
	case SCM_RIGHTS:
		if (sock->ops->family != PF_UNIX)
			return -EINVAL;
		return files_from_cmsg(scm, cmsg);
	case SCM_CREDENTIALS:
		return creds_from_cmsg(scm, cmsg);
	default:
		return -EINVAL;
	}
}

/**
 * __scm_send - take the control messages of a sendmsg(2)
 * @sock: the sender's
 * @msg: has control data
 * @scm: gets the files and credentials
 *
 * Context: may sleep.
 * Return: 0; -EINVAL if a message is malformed or unknown or carries more than SCM_MAX_FD files,
 * -EBADF, -EPERM for credentials that aren't the sender's, -ESRCH for the ID of no process,
 * -ENOMEM. After an error @scm holds nothing.
 */
int __scm_send(struct socket *sock, struct msghdr *msg, struct scm_cookie *scm)
{
	struct cmsghdr *cmsg;
	int err = -EINVAL;

	for_each_cmsghdr(cmsg, msg) {
		if (!CMSG_OK(msg, cmsg))
			goto err_destroy;
		if (cmsg->cmsg_level != SOL_SOCKET)
			continue;
		err = take_cmsg(sock, scm, cmsg);
		if (err)
			goto err_destroy;
		err = -EINVAL;
	}
	return 0;

err_destroy:
	scm_destroy(scm);
	return err;
}
EXPORT_SYMBOL(__scm_send);

/** scm_fp_free - drop the files of a list, and the list */
void scm_fp_free(struct scm_fp_list *fpl)
{
	int i;

	for (i = fpl->count - 1; i >= 0; i--)
		fput(fpl->fp[i]);
	free_uid(fpl->user);
	kfree(fpl);
}

/** __scm_destroy - drop the files of @scm, which has some. Context: may sleep */
void __scm_destroy(struct scm_cookie *scm)
{
	struct scm_fp_list *fpl = scm->fp;

	scm->fp = NULL;
	scm_fp_free(fpl);
}
EXPORT_SYMBOL(__scm_destroy);

/** scm_fp_dup - a list of the same files, for MSG_PEEK. NULL without memory */
struct scm_fp_list *scm_fp_dup(struct scm_fp_list *fpl)
{
	struct scm_fp_list *new;
	int i;

	new = kmemdup(fpl, offsetof(struct scm_fp_list, fp[fpl->count]), GFP_KERNEL_ACCOUNT);
	if (!new)
		return NULL;
	for (i = 0; i < new->count; i++)
		get_file(new->fp[i]);
	new->max = new->count;
	new->inflight = false;
	get_uid(new->user);
	return new;
}
EXPORT_SYMBOL(scm_fp_dup);

/* ---- receiving ---- */

/* What a program is told of a sender whose credentials nobody took. */
#define OVERFLOW_ID	65534

static u32 uid_to_tell(kuid_t uid)
{
	return uid_valid(uid) ? from_kuid_munged(current_user_ns(), uid) : OVERFLOW_ID;
}

static u32 gid_to_tell(kgid_t gid)
{
	return gid_valid(gid) ? from_kgid_munged(current_user_ns(), gid) : OVERFLOW_ID;
}

/* Move behind a piece of control data that was written. */
static void advance_control(struct msghdr *msg, size_t space)
{
	space = min(space, msg->msg_controllen);
	msg->msg_control_user += space;
	msg->msg_controllen -= space;
}

/**
 * put_cmsg - control data for the program
 * @msg: being received
 * @level: SOL_SOCKET
 * @type: SCM_*
 * @len: of
 * @data: what it says
 *
 * What doesn't fit is cut off, and MSG_CTRUNC says so.
 *
 * Return: 0, also when it was cut; -EFAULT.
 */
int put_cmsg(struct msghdr *msg, int level, int type, int len, void *data)
{
	struct cmsghdr __user *cm = msg->msg_control_user;
	struct cmsghdr head = { CMSG_LEN(len), level, type };

	if (!cm || msg->msg_controllen < sizeof(head)) {
		msg->msg_flags |= MSG_CTRUNC;
		return 0;
	}
	if (msg->msg_controllen < head.cmsg_len) {
		msg->msg_flags |= MSG_CTRUNC;
		head.cmsg_len = msg->msg_controllen;
	}
	if (!msg->msg_control_is_user) {
		memcpy(msg->msg_control, &head, sizeof(head));
		memcpy(msg->msg_control + sizeof(head), data, head.cmsg_len - sizeof(head));
	} else if (copy_to_user(cm, &head, sizeof(head)) ||
		   copy_to_user(CMSG_USER_DATA(cm), data, head.cmsg_len - sizeof(head))) {
		return -EFAULT;
	}
	advance_control(msg, CMSG_SPACE(len));
	return 0;
}
EXPORT_SYMBOL(put_cmsg);

/* How many descriptors the control buffer has room for. */
static int room_for_fds(const struct msghdr *msg)
{
	if (!msg->msg_control_user || msg->msg_controllen < sizeof(struct cmsghdr) ||
	    !msg->msg_control_is_user)
		return 0;
	return min_t(size_t, (msg->msg_controllen - sizeof(struct cmsghdr)) / sizeof(int),
		     SCM_MAX_FD);
}

/**
 * scm_detach_fds - give the files of a message to the receiver, as descriptors
 * @msg: being received
 * @scm: has files; has none afterwards
 *
 * As many as there is room for, in the control data and in the table of descriptors; the others are
 * closed, and MSG_CTRUNC says that there were more.
 */
void scm_detach_fds(struct msghdr *msg, struct scm_cookie *scm)
{
	unsigned int o_flags = msg->msg_flags & MSG_CMSG_CLOEXEC ? O_CLOEXEC : 0;
	int __user *slots = CMSG_USER_DATA(msg->msg_control_user);
	int i, n = min_t(int, room_for_fds(msg), scm->fp->count);

	for (i = 0; i < n; i++)
		if (receive_fd(scm->fp->fp[i], slots + i, o_flags) < 0)
			break;
	if (i > 0) {
		struct cmsghdr head = { CMSG_LEN(i * sizeof(int)), SOL_SOCKET, SCM_RIGHTS };

		/* The descriptors are there already: who gave bad memory has to look for them. */
		if (!copy_to_user(msg->msg_control_user, &head, sizeof(head)))
			advance_control(msg, CMSG_SPACE(i * sizeof(int)));
	}
	if (i < scm->fp->count)
		msg->msg_flags |= MSG_CTRUNC;
	__scm_destroy(scm);
}
EXPORT_SYMBOL(scm_detach_fds);

static void recv_pidfd(struct msghdr *msg, struct scm_cookie *scm)
{
	struct file *file = NULL;
	int pidfd;

	if (msg->msg_controllen < CMSG_LEN(sizeof(int))) {
		msg->msg_flags |= MSG_CTRUNC;
		return;
	}
	if (!scm->pid)
		return;
	pidfd = pid_has_task(scm->pid, PIDTYPE_TGID) ? pidfd_prepare(scm->pid, 0, &file) : -EINVAL;
	/* An errno in its place tells why there is none. */
	if (put_cmsg(msg, SOL_SOCKET, SCM_PIDFD, sizeof(pidfd), &pidfd)) {
		if (file) {
			put_unused_fd(pidfd);
			fput(file);
		}
		return;
	}
	if (file)
		fd_install(pidfd, file);
}

/**
 * scm_recv_unix - tell the program what came along with a message
 * @sock: the receiver
 * @msg: being received
 * @scm: is empty afterwards
 * @flags: of recvmsg(2)
 */
void scm_recv_unix(struct socket *sock, struct msghdr *msg, struct scm_cookie *scm, int flags)
{
	bool want_creds = test_bit(SOCK_PASSCRED, &sock->flags);
	bool want_pidfd = test_bit(SOCK_PASSPIDFD, &sock->flags);

	(void)flags;
	if (!msg->msg_control_user) {
		if (want_creds || want_pidfd || scm->fp)
			msg->msg_flags |= MSG_CTRUNC;
		scm_destroy(scm);
		return;
	}
	if (want_creds) {
		struct ucred uc = {
			.pid = scm->creds.pid,
			.uid = uid_to_tell(scm->creds.uid),
			.gid = gid_to_tell(scm->creds.gid),
		};

		put_cmsg(msg, SOL_SOCKET, SCM_CREDENTIALS, sizeof(uc), &uc);
	}
	if (scm->fp)
		scm_detach_fds(msg, scm);
	if (want_pidfd)
		recv_pidfd(msg, scm);
	scm_destroy_cred(scm);
}
EXPORT_SYMBOL(scm_recv_unix);
