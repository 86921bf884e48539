// SPDX-License-Identifier: MIT
/*
 * System V message queues: msgget(2), msgsnd(2), msgrcv(2), msgctl(2).
 *
 * A queue is a list of messages, each with a type above 0. A receiver takes the first one, the
 * first of a type, the first of any other type, or one of the lowest types up to a bound. A queue
 * has room for so many bytes, and for as many messages as bytes, so that empty ones fill it too.
 *
 * Who finds no message or no room sleeps on one of the queue's two wait queues, and tries again
 * from the beginning when it wakes. All sleepers of a kind are woken: they want different things,
 * and who wakes them doesn't know which message fits whom. Messages themselves: msgutil.c.
 */

#include "msgutil.h"
#include "util.h"

#include <linux/capability.h>
#include <linux/cred.h>
#include <linux/err.h>
#include <linux/errno.h>
#include <linux/init.h>
#include <linux/limits.h>
#include <linux/list.h>
#include <linux/sched/signal.h>
#include <linux/security.h>
#include <linux/seq_file.h>
#include <linux/slab.h>
#include <linux/stat.h>
#include <linux/syscalls.h>
#include <linux/timekeeping.h>
#include <linux/uaccess.h>
#include <linux/wait.h>
#include <uapi/linux/msg.h>

/* All behind the head is guarded by its lock. */
struct msg_queue {
	struct kern_ipc_perm perm;
	time64_t stime;			/* of the last message sent */
	time64_t rtime;			/* of the last received */
	time64_t ctime;
	unsigned long cbytes;		/* in the queue */
	unsigned long qnum;		/* messages in it */
	unsigned long qbytes;		/* how many of either may be */
	struct pid *lspid;		/* who sent last */
	struct pid *lrpid;		/* who received last */
	struct list_head messages;
	wait_queue_head_t readers;
	wait_queue_head_t writers;
};

static struct msg_queue *queue_of(struct kern_ipc_perm *perm)
{
	return container_of(perm, struct msg_queue, perm);
}

static struct ipc_ids *msg_ids(struct ipc_namespace *ns)
{
	return &ns->ids[IPC_MSG_IDS];
}

/* ---- msgget(2) ---- */

static void release_queue(struct kern_ipc_perm *perm)
{
	struct msg_queue *q = queue_of(perm);

	put_pid(q->lspid);
	put_pid(q->lrpid);
	security_msg_queue_free_security(perm);
	kfree(q);
}

static int create_queue(struct ipc_namespace *ns, const struct ipc_params *params)
{
	struct msg_queue *q = kzalloc(sizeof(*q), GFP_KERNEL_ACCOUNT);
	int ret;

	if (!q)
		return -ENOMEM;
	q->perm.release = release_queue;
	q->qbytes = ns->msg_ctlmnb;
	q->ctime = ktime_get_real_seconds();
	INIT_LIST_HEAD(&q->messages);
	init_waitqueue_head(&q->readers);
	init_waitqueue_head(&q->writers);
	ret = security_msg_queue_alloc_security(&q->perm);
	if (!ret) {
		ret = ipc_add(msg_ids(ns), &q->perm, params, ns->msg_ctlmni);
		if (ret < 0)
			security_msg_queue_free_security(&q->perm);
	}
	if (ret < 0)
		kfree(q);
	return ret;
}

static int may_associate(struct kern_ipc_perm *perm, int flags)
{
	return security_msg_queue_associate(perm, flags);
}

static const struct ipc_ops msg_ops = {
	.create = create_queue,
	.associate = may_associate,
};

SYSCALL_DEFINE2(msgget, key_t, key, int, msgflg)
{
	const struct ipc_params params = { .key = key, .flags = msgflg };

	return ipc_get(current_ipc_ns(), IPC_MSG_IDS, &msg_ops, &params);
}

/* ---- waiting ---- */

/*
 * Sleeps until somebody wakes @wq; the queue is locked before and after. An error: it isn't locked
 * any more. A signal counts only if there is nothing else to do: the caller has just tried.
 */
static int sleep_on(struct msg_queue *q, wait_queue_head_t *wq)
{
	DEFINE_WAIT(wait);

	if (signal_pending(current)) {
		ipc_unlock(&q->perm);
		return -ERESTARTNOHAND;
	}
	ipc_hold(&q->perm);
	/* Under the lock: who changes the queue after us finds us. */
	prepare_to_wait(wq, &wait, TASK_INTERRUPTIBLE);
	ipc_unlock(&q->perm);
	schedule();
	finish_wait(wq, &wait);

	rcu_read_lock();
	spin_lock(&q->perm.lock);
	if (q->perm.deleted) {
		ipc_unlock(&q->perm);
		ipc_put(&q->perm);
		return -EIDRM;
	}
	/* Not the last one: the table has one. */
	ipc_put(&q->perm);
	return 0;
}

/* ---- msgsnd(2) ---- */

static bool has_room(const struct msg_queue *q, size_t size)
{
	return q->cbytes + size <= q->qbytes && q->qnum < q->qbytes;
}

static void enqueue(struct ipc_namespace *ns, struct msg_queue *q, struct msg_msg *msg)
{
	list_add_tail(&msg->list, &q->messages);
	q->qnum++;
	q->cbytes += msg->size;
	q->stime = ktime_get_real_seconds();
	ipc_note_pid(&q->lspid);
	atomic_long_add(msg->size, &ns->msg_bytes);
	atomic_long_inc(&ns->msg_hdrs);
	wake_up(&q->readers);
}

/* The message goes to the queue if this succeeds. */
static int send_message(struct ipc_namespace *ns, int id, struct msg_msg *msg, int flags)
{
	struct kern_ipc_perm *perm = ipc_lock_id(msg_ids(ns), id);
	int err;

	if (IS_ERR(perm))
		return PTR_ERR(perm);
	for (;;) {
		err = ipcperms(ns, perm, S_IWUGO);
		if (!err)
			err = security_msg_queue_msgsnd(perm, msg, flags);
		if (err)
			break;
		if (has_room(queue_of(perm), msg->size)) {
			enqueue(ns, queue_of(perm), msg);
			break;
		}
		err = -EAGAIN;
		if (flags & IPC_NOWAIT)
			break;
		err = sleep_on(queue_of(perm), &queue_of(perm)->writers);
		if (err)
			return err;
	}
	ipc_unlock(perm);
	return err;
}

SYSCALL_DEFINE4(msgsnd, int, msqid, struct msgbuf __user *, msgp, size_t, msgsz, int, msgflg)
{
	struct ipc_namespace *ns = current_ipc_ns();
	struct msg_msg *msg;
	long type;
	int err;

	if (get_user(type, (long __user *)msgp))
		return -EFAULT;
	if (msgsz > ns->msg_ctlmax || (long)msgsz < 0 || msqid < 0 || type < 1)
		return -EINVAL;
	msg = load_msg(type, (char __user *)msgp + sizeof(long), msgsz);
	if (IS_ERR(msg))
		return PTR_ERR(msg);
	err = send_message(ns, msqid, msg, msgflg);
	if (err)
		put_msg(msg);
	return err;
}

/* ---- msgrcv(2) ---- */

/* What a receiver wants. */
struct wanted {
	long type;
	int flags;
	size_t room;	/* bytes */
};

/* Is @msg of a type that is wanted? A negative type: any up to its amount. */
static bool is_wanted(const struct msg_msg *msg, const struct wanted *want)
{
	if (want->type == 0)
		return true;
	if (want->type > 0)
		return (msg->type == want->type) != !!(want->flags & MSG_EXCEPT);
	return msg->type <= (want->type == LONG_MIN ? LONG_MAX : -want->type);
}

/* MSG_COPY: the type is a place in the list. */
static struct msg_msg *message_at(const struct msg_queue *q, long place)
{
	struct msg_msg *msg;

	list_for_each_entry(msg, &q->messages, list)
		if (place-- == 0)
			return msg;
	return NULL;
}

/* The first that is wanted; of a range of types, the first of the lowest one. */
static struct msg_msg *find_message(struct kern_ipc_perm *perm, const struct wanted *want)
{
	struct msg_msg *msg, *best = NULL;
	struct msg_queue *q = queue_of(perm);

	if (want->flags & MSG_COPY)
		return message_at(q, want->type);
	list_for_each_entry(msg, &q->messages, list) {
		if (!is_wanted(msg, want) || (best && msg->type >= best->type))
			continue;
		if (security_msg_queue_msgrcv(perm, msg, current, want->type, want->flags))
			continue;
		best = msg;
		if (want->type >= 0)
			break;
	}
	return best;
}

static void dequeue(struct ipc_namespace *ns, struct msg_queue *q, struct msg_msg *msg)
{
	list_del(&msg->list);
	q->qnum--;
	q->cbytes -= msg->size;
	q->rtime = ktime_get_real_seconds();
	ipc_note_pid(&q->lrpid);
	atomic_long_sub(msg->size, &ns->msg_bytes);
	atomic_long_dec(&ns->msg_hdrs);
	wake_up(&q->writers);
}

/* A message with a reference for the caller; an error pointer. */
static struct msg_msg *receive_message(struct ipc_namespace *ns, int id, const struct wanted *want)
{
	struct kern_ipc_perm *perm = ipc_lock_id(msg_ids(ns), id);
	struct msg_msg *msg;
	int err;

	if (IS_ERR(perm))
		return ERR_CAST(perm);
	for (;;) {
		err = ipcperms(ns, perm, S_IRUGO);
		if (err)
			break;
		msg = find_message(perm, want);
		if (msg)
			break;
		err = -ENOMSG;
		if (want->flags & IPC_NOWAIT)
			break;
		err = sleep_on(queue_of(perm), &queue_of(perm)->readers);
		if (err)
			return ERR_PTR(err);
	}
	if (!err && msg->size > want->room && !(want->flags & MSG_NOERROR))
		err = -E2BIG;
	if (err)
		msg = ERR_PTR(err);
	else if (want->flags & MSG_COPY)
		refcount_inc(&msg->refs);
	else
		dequeue(ns, queue_of(perm), msg);
	ipc_unlock(perm);
	return msg;
}

SYSCALL_DEFINE5(msgrcv, int, msqid, struct msgbuf __user *, msgp, size_t, msgsz, long, msgtyp,
		int, msgflg)
{
	const struct wanted want = { msgtyp, msgflg, msgsz };
	struct msg_msg *msg;
	long ret;

	if (msqid < 0 || (long)msgsz < 0)
		return -EINVAL;
	if ((msgflg & MSG_COPY) && ((msgflg & MSG_EXCEPT) || !(msgflg & IPC_NOWAIT)))
		return -EINVAL;
	msg = receive_message(current_ipc_ns(), msqid, &want);
	if (IS_ERR(msg))
		return PTR_ERR(msg);
	ret = min(msgsz, msg->size);
	/* A message that can't be stored is lost. */
	if (put_user(msg->type, (long __user *)msgp) ||
	    copy_to_user((char __user *)msgp + sizeof(long), msg->text, ret))
		ret = -EFAULT;
	put_msg(msg);
	return ret;
}

/* ---- msgctl(2) ---- */

static int tell_limits(struct ipc_namespace *ns, int cmd, struct msginfo __user *to)
{
	struct ipc_ids *ids = msg_ids(ns);
	struct msginfo info;
	int err, highest;

	memset(&info, 0, sizeof(info));
	err = security_msg_queue_msgctl(NULL, cmd);
	if (err)
		return err;
	info.msgmni = ns->msg_ctlmni;
	info.msgmax = ns->msg_ctlmax;
	info.msgmnb = ns->msg_ctlmnb;
	info.msgssz = MSGSSZ;
	info.msgseg = MSGSEG;
	info.msgmap = MSGMAP;
	info.msgpool = MSGPOOL;
	info.msgtql = MSGTQL;
	down_read(&ids->rwsem);
	if (cmd == MSG_INFO) {
		info.msgpool = ids->in_use;
		info.msgmap = atomic_long_read(&ns->msg_hdrs);
		info.msgtql = atomic_long_read(&ns->msg_bytes);
	}
	highest = ipc_highest_index(ids);
	up_read(&ids->rwsem);
	return copy_to_user(to, &info, sizeof(info)) ? -EFAULT : highest;
}

/* IPC_STAT by id, MSG_STAT and MSG_STAT_ANY by place: the answer to these is the id. */
static int tell_queue(struct ipc_namespace *ns, int id, int cmd, struct msqid64_ds __user *to)
{
	struct kern_ipc_perm *perm = ipc_lock_stat(ns, msg_ids(ns), id, cmd, MSG_STAT_ANY,
						   security_msg_queue_msgctl);
	const struct msg_queue *q;
	struct msqid64_ds ds;
	int err;

	if (IS_ERR(perm))
		return PTR_ERR(perm);
	q = queue_of(perm);
	memset(&ds, 0, sizeof(ds));
	ipc_tell_perm(perm, &ds.msg_perm);
	ds.msg_stime = q->stime;
	ds.msg_rtime = q->rtime;
	ds.msg_ctime = q->ctime;
	ds.msg_cbytes = q->cbytes;
	ds.msg_qnum = q->qnum;
	ds.msg_qbytes = q->qbytes;
	ds.msg_lspid = pid_vnr(q->lspid);
	ds.msg_lrpid = pid_vnr(q->lrpid);
	err = cmd == IPC_STAT ? 0 : perm->id;
	ipc_unlock(perm);
	return copy_to_user(to, &ds, sizeof(ds)) ? -EFAULT : err;
}

static int change_queue(struct ipc_namespace *ns, struct msg_queue *q, const struct msqid64_ds *ds)
{
	int err;

	if (ds->msg_qbytes > ns->msg_ctlmnb && !capable(CAP_SYS_RESOURCE))
		return -EPERM;
	err = ipc_set_perm(&q->perm, &ds->msg_perm);
	if (err)
		return err;
	q->qbytes = ds->msg_qbytes;
	q->ctime = ktime_get_real_seconds();
	/* Some may have lost the right to wait, others have room now. */
	wake_up(&q->readers);
	wake_up(&q->writers);
	return 0;
}

/* IPC_SET with @ds; IPC_RMID without. */
static int change_or_remove(struct ipc_namespace *ns, int id, int cmd, const struct msqid64_ds *ds)
{
	struct ipc_ids *ids = msg_ids(ns);
	struct kern_ipc_perm *perm;
	struct msg_msg *msg, *next;
	LIST_HEAD(gone);
	int err;

	down_write(&ids->rwsem);
	perm = ipc_lock_id(ids, id);
	err = PTR_ERR_OR_ZERO(perm);
	if (err)
		goto out;
	err = ipc_may_change(perm);
	if (!err)
		err = security_msg_queue_msgctl(perm, cmd);
	if (!err && ds)
		err = change_queue(ns, queue_of(perm), ds);
	if (err || ds) {
		ipc_unlock(perm);
		goto out;
	}
	ipc_remove(ids, perm);
	list_splice_init(&queue_of(perm)->messages, &gone);
	atomic_long_sub(queue_of(perm)->cbytes, &ns->msg_bytes);
	atomic_long_sub(queue_of(perm)->qnum, &ns->msg_hdrs);
	wake_up(&queue_of(perm)->readers);
	wake_up(&queue_of(perm)->writers);
	ipc_unlock(perm);
	ipc_put(perm);
out:
	up_write(&ids->rwsem);
	list_for_each_entry_safe(msg, next, &gone, list)
		put_msg(msg);
	return err;
}

SYSCALL_DEFINE3(msgctl, int, msqid, int, cmd, struct msqid_ds __user *, buf)
{
	struct ipc_namespace *ns = current_ipc_ns();
	struct msqid64_ds ds;

	if (msqid < 0 || cmd < 0)
		return -EINVAL;
	switch (cmd) {
	case IPC_INFO:
	case MSG_INFO:
		return tell_limits(ns, cmd, (struct msginfo __user *)buf);
	case IPC_STAT:
	case MSG_STAT:
	case MSG_STAT_ANY:
		return tell_queue(ns, msqid, cmd, (struct msqid64_ds __user *)buf);
	case IPC_SET:
		if (copy_from_user(&ds, buf, sizeof(ds)))
			return -EFAULT;
		return change_or_remove(ns, msqid, cmd, &ds);
	case IPC_RMID:
		return change_or_remove(ns, msqid, cmd, NULL);
	default:
		return -EINVAL;
	}
}

/* ---- /proc/sysvipc/msg ---- */

static void show_queue(struct seq_file *m, struct kern_ipc_perm *perm)
{
	struct user_namespace *ns = current_user_ns();
	const struct msg_queue *q = queue_of(perm);

	seq_printf(m, "%10d %10d  %4o  %10lu %10lu %5u %5u %5u %5u %5u %5u %10llu %10llu %10llu\n",
		   perm->key, perm->id, perm->mode, q->cbytes, q->qnum, pid_vnr(q->lspid),
		   pid_vnr(q->lrpid), from_kuid_munged(ns, perm->uid),
		   from_kgid_munged(ns, perm->gid), from_kuid_munged(ns, perm->cuid),
		   from_kgid_munged(ns, perm->cgid), q->stime, q->rtime, q->ctime);
}

static int __init msg_init(void)
{
	ipc_proc_file("msg", IPC_MSG_IDS,
		      "       key      msqid perms      cbytes       qnum lspid lrpid   uid   gid  cuid"
		      "  cgid      stime      rtime      ctime\n", show_queue);
	return 0;
}
fs_initcall(msg_init);
