// SPDX-License-Identifier: MIT
/*
 * POSIX message queues: what goes through them. mq_overview(7); names and limits: mqueue_fs.c.
 *
 * A queue holds messages by priority, and those of one priority in the order they came. Who finds
 * it full or empty sleeps, in a line that is ordered by the sleepers' own priority. Such a sleeper
 * is served by whoever comes along with what it waits for: a sender gives its message straight to
 * the first receiver in line; a receiver that takes a message puts that of the first sender in its
 * place. A sleeper that wakes finds its call done, so nobody who came later can be before it.
 *
 *	receiver (queue empty)			sender
 *	lock; no message
 *	line up; state = sleeping
 *	unlock; schedule()
 *						lock; a receiver is in line
 *						its msg = ours; served = true; out of the line
 *						unlock; wake it
 *	lock; served: take msg
 *
 * What holds while the lock is free:
 *	1. if receivers wait, the queue is empty;
 *	2. if senders wait, the queue is full.
 *
 * One process may have itself told when a message comes into an empty queue for which nobody waits
 * (mq_notify(2)): once, by a signal. SIGEV_THREAD, of which the kernel's part is to send 32 bytes
 * back through a netlink socket, is refused as on a Linux without such sockets.
 */

#include "mqueue.h"
#include "msgutil.h"

#include <linux/cred.h>
#include <linux/errno.h>
#include <linux/fcntl.h>
#include <linux/file.h>
#include <linux/hrtimer.h>
#include <linux/ipc_namespace.h>
#include <linux/net.h>
#include <linux/pid.h>
#include <linux/poll.h>
#include <linux/sched.h>
#include <linux/sched/signal.h>
#include <linux/sched/wake_q.h>
#include <linux/signal.h>
#include <linux/sprintf.h>
#include <linux/string.h>
#include <linux/syscalls.h>
#include <linux/time.h>
#include <linux/uaccess.h>

/* ---- messages in a queue: its lock is held ---- */

static struct msg_msg *msg_at(const struct rb_node *node)
{
	return rb_entry(node, struct msg_msg, node);
}

static bool goes_before(struct rb_node *a, const struct rb_node *b)
{
	return msg_at(a)->type > msg_at(b)->type;
}

static void insert(struct mqueue *q, struct msg_msg *msg)
{
	rb_add_cached(&msg->node, &q->messages, goes_before);
	q->attr.mq_curmsgs++;
	q->bytes += msg->size;
}

/* The first; there is one. */
static struct msg_msg *take_first(struct mqueue *q)
{
	struct msg_msg *msg = msg_at(rb_first_cached(&q->messages));

	rb_erase_cached(&msg->node, &q->messages);
	q->attr.mq_curmsgs--;
	q->bytes -= msg->size;
	return msg;
}

/**
 * mq_init - an empty queue
 * @q: its lock, lists and wait queue have been made already if it comes from the cache of inodes
 * @attr: how many messages of what size
 *
 * Context: any; nobody else knows @q.
 */
void mq_init(struct mqueue *q, const struct mq_attr *attr)
{
	spin_lock_init(&q->lock);
	init_waitqueue_head(&q->poll_wait);
	INIT_LIST_HEAD(&q->receivers);
	INIT_LIST_HEAD(&q->senders);
	q->messages = RB_ROOT_CACHED;
	q->attr = *attr;
	q->attr.mq_curmsgs = 0;
	q->bytes = 0;
	q->notify_owner = NULL;
	q->user = NULL;
}

/**
 * mq_empty - throw away what is left in a queue
 * @q: nobody else knows it any more
 *
 * Context: may sleep.
 */
void mq_empty(struct mqueue *q)
{
	while (q->attr.mq_curmsgs)
		put_msg(take_first(q));
}

/* ---- notification: the queue's lock is held ---- */

static void forget_notification(struct mqueue *q)
{
	put_pid(q->notify_owner);
	q->notify_owner = NULL;
}

static void send_signal_to_owner(struct mqueue *q)
{
	struct task_struct *owner;
	kernel_siginfo_t info;

	clear_siginfo(&info);
	info.si_signo = q->notify.sigev_signo;
	info.si_code = SI_MESGQ;
	info.si_value = q->notify.sigev_value;
	info.si_pid = task_tgid_vnr(current);
	info.si_uid = from_kuid_munged(&init_user_ns, current_uid());

	rcu_read_lock();
	owner = pid_task(q->notify_owner, PIDTYPE_TGID);
	if (owner && READ_ONCE(owner->self_exec_id) == q->notify_exec)
		do_send_sig_info(info.si_signo, &info, owner, PIDTYPE_TGID);
	rcu_read_unlock();
}

/* A message has come into an empty queue. */
static void notify(struct mqueue *q)
{
	if (!q->notify_owner)
		return;
	if (q->notify.sigev_notify == SIGEV_SIGNAL && q->notify.sigev_signo)
		send_signal_to_owner(q);
	forget_notification(q);
}

/* ---- sleeping, and being served: the queue's lock is held ---- */

/**
 * mq_line_up - take one's place among those who wait
 * @waiters: the queue's receivers or senders
 * @waiter: with its task
 *
 * Context: the queue's lock is held.
 */
void mq_line_up(struct list_head *waiters, struct mq_waiter *waiter)
{
	struct mq_waiter *other;

	/* From the end, where most belong. A lower number is a higher priority. */
	list_for_each_entry_reverse(other, waiters, list)
		if (other->task->prio <= waiter->task->prio)
			break;
	list_add(&waiter->list, &other->list);
}

static struct mq_waiter *first_in_line(struct list_head *waiters)
{
	return list_first_entry_or_null(waiters, struct mq_waiter, list);
}

/* Its call is done; it is woken when the lock is free. */
static void serve(struct mq_waiter *waiter, struct wake_q_head *wake)
{
	list_del(&waiter->list);
	waiter->served = true;
	wake_q_add(wake, waiter->task);
}

/**
 * mq_deliver - give a message to a receiver, or put it into the queue
 * @q: the queue
 * @msg: belongs to others now, if this succeeds
 * @wake: who is to be woken when the lock is free
 *
 * Context: @q's lock is held.
 * Return: false: the queue is full.
 */
bool mq_deliver(struct mqueue *q, struct msg_msg *msg, struct wake_q_head *wake)
{
	struct mq_waiter *receiver = first_in_line(&q->receivers);

	if (receiver) {
		receiver->msg = msg;
		serve(receiver, wake);
		return true;
	}
	if (q->attr.mq_curmsgs == q->attr.mq_maxmsg)
		return false;
	insert(q, msg);
	if (q->attr.mq_curmsgs == 1)
		notify(q);
	wake_up_interruptible_poll(&q->poll_wait, EPOLLIN | EPOLLRDNORM);
	return true;
}

/**
 * mq_fetch - take the first message; a sender that waits for room gets its place
 * @q: the queue
 * @wake: who is to be woken when the lock is free
 *
 * Context: @q's lock is held.
 * Return: the message, now the caller's; NULL: the queue is empty.
 */
struct msg_msg *mq_fetch(struct mqueue *q, struct wake_q_head *wake)
{
	struct mq_waiter *sender;
	struct msg_msg *msg;

	if (!q->attr.mq_curmsgs)
		return NULL;
	msg = take_first(q);
	sender = first_in_line(&q->senders);
	if (sender) {
		insert(q, sender->msg);
		serve(sender, wake);
	} else {
		wake_up_interruptible_poll(&q->poll_wait, EPOLLOUT | EPOLLWRNORM);
	}
	return msg;
}

/*
 * Sleeps in one of @q's two lines until served. The lock is held before and after.
 * Return: 0; -ERESTARTSYS after a signal; -ETIMEDOUT: the wall clock shows @until.
 */
static int wait_in_line(struct mqueue *q, struct list_head *line, struct mq_waiter *waiter,
			ktime_t *until)
{
	bool late;

	mq_line_up(line, waiter);
	for (;;) {
		/* Before the lock is dropped: who serves us afterwards finds us asleep. */
		set_current_state(TASK_INTERRUPTIBLE);
		spin_unlock(&q->lock);
		late = !schedule_hrtimeout_range_clock(until, 0, HRTIMER_MODE_ABS, CLOCK_REALTIME);
		spin_lock(&q->lock);
		if (waiter->served)
			return 0;
		if (late || signal_pending(current))
			break;
	}
	list_del(&waiter->list);
	return late ? -ETIMEDOUT : -ERESTARTSYS;
}

/* ---- descriptors ---- */

/*
 * The queue behind a descriptor that is open for all of @mode; NULL: there is none. Otherwise the
 * caller has @f to put.
 */
static struct mqueue *get_queue(mqd_t mqdes, fmode_t mode, struct fd *f)
{
	struct file *file;

	*f = fdget(mqdes);
	file = fd_file(*f);
	if (!file)
		return NULL;
	if (file->f_op != &mqueue_file_operations || (file->f_mode & mode) != mode) {
		fdput(*f);
		return NULL;
	}
	return mqueue_of(file_inode(file));
}

static bool may_wait(struct fd f)
{
	return !(READ_ONCE(fd_file(f)->f_flags) & O_NONBLOCK);
}

/* Something went through the queue. Its lock is held. */
static void touch_all_times(struct mqueue *q)
{
	struct inode *inode = &q->vfs_inode;

	inode_set_atime_to_ts(inode, inode_set_mtime_to_ts(inode, inode_set_ctime_current(inode)));
}

/* Something of its state was told or changed. */
static void touch_state_times(struct mqueue *q)
{
	struct inode *inode = &q->vfs_inode;

	inode_set_atime_to_ts(inode, inode_set_ctime_current(inode));
}

/*
 * An absolute time of the wall clock from a program; @to is set to NULL without one. It has to be
 * valid even if nobody will wait. 0, -EFAULT, -EINVAL.
 */
static int get_timeout(const struct __kernel_timespec __user *from, ktime_t *time, ktime_t **to)
{
	struct timespec64 ts;

	*to = NULL;
	if (!from)
		return 0;
	if (get_timespec64(&ts, from))
		return -EFAULT;
	if (!timespec64_valid(&ts))
		return -EINVAL;
	*time = timespec64_to_ktime(ts);
	*to = time;
	return 0;
}

/* ---- mq_timedsend(2) ---- */

/* @msg belongs to others if this returns 0. */
static int send(struct mqueue *q, struct msg_msg *msg, bool patient, ktime_t *until)
{
	struct mq_waiter waiter = { .task = current, .msg = msg };
	DEFINE_WAKE_Q(wake);
	int err = 0;

	spin_lock(&q->lock);
	if (!mq_deliver(q, msg, &wake))
		err = patient ? wait_in_line(q, &q->senders, &waiter, until) : -EAGAIN;
	if (!err)
		touch_all_times(q);
	spin_unlock(&q->lock);
	wake_up_q(&wake);
	return err;
}

static int load_and_send(struct mqueue *q, const char __user *text, size_t size, unsigned int prio,
			 bool patient, ktime_t *until)
{
	struct msg_msg *msg;
	int err;

	if (size > q->attr.mq_msgsize)
		return -EMSGSIZE;
	msg = load_msg(prio, text, size);
	if (IS_ERR(msg))
		return PTR_ERR(msg);
	err = send(q, msg, patient, until);
	if (err)
		put_msg(msg);
	return err;
}

SYSCALL_DEFINE5(mq_timedsend, mqd_t, mqdes, const char __user *, msg_ptr, size_t, msg_len,
		unsigned int, msg_prio, const struct __kernel_timespec __user *, abs_timeout)
{
	struct fd f;
	struct mqueue *q;
	ktime_t time, *until;
	int err = get_timeout(abs_timeout, &time, &until);

	if (err)
		return err;
	if (msg_prio >= MQ_PRIO_MAX)
		return -EINVAL;
	q = get_queue(mqdes, FMODE_WRITE, &f);
	if (!q)
		return -EBADF;
	err = load_and_send(q, msg_ptr, msg_len, msg_prio, may_wait(f), until);
	fdput(f);
	return err;
}

/* ---- mq_timedreceive(2) ---- */

/* A message that is the caller's, or an error pointer. */
static struct msg_msg *receive(struct mqueue *q, bool patient, ktime_t *until)
{
	struct mq_waiter waiter = { .task = current };
	DEFINE_WAKE_Q(wake);
	struct msg_msg *msg;
	int err = 0;

	spin_lock(&q->lock);
	msg = mq_fetch(q, &wake);
	if (!msg) {
		err = patient ? wait_in_line(q, &q->receivers, &waiter, until) : -EAGAIN;
		msg = waiter.msg;
	}
	if (!err)
		touch_all_times(q);
	spin_unlock(&q->lock);
	wake_up_q(&wake);
	return err ? ERR_PTR(err) : msg;
}

/* Bytes stored, or -errno. A message that can't be stored is lost. */
static long receive_and_store(struct mqueue *q, char __user *text, size_t room,
			      unsigned int __user *prio, bool patient, ktime_t *until)
{
	struct msg_msg *msg;
	long ret;

	if (room < q->attr.mq_msgsize)
		return -EMSGSIZE;
	msg = receive(q, patient, until);
	if (IS_ERR(msg))
		return PTR_ERR(msg);
	ret = msg->size;
	if ((prio && put_user((unsigned int)msg->type, prio)) ||
	    copy_to_user(text, msg->text, msg->size))
		ret = -EFAULT;
	put_msg(msg);
	return ret;
}

SYSCALL_DEFINE5(mq_timedreceive, mqd_t, mqdes, char __user *, msg_ptr, size_t, msg_len,
		unsigned int __user *, msg_prio, const struct __kernel_timespec __user *,
		abs_timeout)
{
	struct fd f;
	struct mqueue *q;
	ktime_t time, *until;
	long ret = get_timeout(abs_timeout, &time, &until);

	if (ret)
		return ret;
	q = get_queue(mqdes, FMODE_READ, &f);
	if (!q)
		return -EBADF;
	ret = receive_and_store(q, msg_ptr, msg_len, msg_prio, may_wait(f), until);
	fdput(f);
	return ret;
}

/* ---- mq_notify(2) ---- */

/* SIGEV_THREAD wants a netlink socket, and there are none. */
static int refuse_thread(const struct sigevent *event)
{
	char cookie[NOTIFY_COOKIE_LEN];
	struct socket *sock;
	int err;

	if (copy_from_user(cookie, event->sigev_value.sival_ptr, sizeof(cookie)))
		return -EFAULT;
	sock = sockfd_lookup(event->sigev_signo, &err);
	if (!sock)
		return err;
	sockfd_put(sock);
	return -EINVAL;
}

static int validate_event(const struct sigevent *event)
{
	switch (event->sigev_notify) {
	case SIGEV_NONE:
		return 0;
	case SIGEV_SIGNAL:
		return valid_signal(event->sigev_signo) ? 0 : -EINVAL;
	case SIGEV_THREAD:
		return refuse_thread(event);
	default:
		return -EINVAL;
	}
}

/* With the lock. */
static int register_owner(struct mqueue *q, const struct sigevent *event)
{
	if (q->notify_owner)
		return -EBUSY;
	q->notify = *event;
	q->notify_owner = get_pid(task_tgid(current));
	q->notify_exec = current->self_exec_id;
	touch_state_times(q);
	return 0;
}

static void unregister_owner(struct mqueue *q)
{
	if (q->notify_owner != task_tgid(current))
		return;
	forget_notification(q);
	touch_state_times(q);
}

SYSCALL_DEFINE2(mq_notify, mqd_t, mqdes, const struct sigevent __user *, notification)
{
	struct sigevent event;
	struct mqueue *q;
	struct fd f;
	int err = 0;

	if (notification) {
		if (copy_from_user(&event, notification, sizeof(event)))
			return -EFAULT;
		err = validate_event(&event);
		if (err)
			return err;
	}
	q = get_queue(mqdes, 0, &f);
	if (!q)
		return -EBADF;
	spin_lock(&q->lock);
	if (notification)
		err = register_owner(q, &event);
	else
		unregister_owner(q);
	spin_unlock(&q->lock);
	fdput(f);
	return err;
}

/* ---- mq_getsetattr(2) ---- */

static void set_nonblock(struct file *file, bool on)
{
	spin_lock(&file->f_lock);
	file->f_flags = (file->f_flags & ~O_NONBLOCK) | (on ? O_NONBLOCK : 0);
	spin_unlock(&file->f_lock);
}

SYSCALL_DEFINE3(mq_getsetattr, mqd_t, mqdes, const struct mq_attr __user *, mqstat,
		struct mq_attr __user *, omqstat)
{
	struct mq_attr new, old;
	struct mqueue *q;
	struct fd f;

	if (mqstat) {
		if (copy_from_user(&new, mqstat, sizeof(new)))
			return -EFAULT;
		if (new.mq_flags & ~O_NONBLOCK)
			return -EINVAL;
	}
	q = get_queue(mqdes, 0, &f);
	if (!q)
		return -EBADF;
	spin_lock(&q->lock);
	old = q->attr;
	old.mq_flags = fd_file(f)->f_flags & O_NONBLOCK;
	if (mqstat) {
		set_nonblock(fd_file(f), new.mq_flags);
		touch_state_times(q);
	}
	spin_unlock(&q->lock);
	fdput(f);
	return omqstat && copy_to_user(omqstat, &old, sizeof(old)) ? -EFAULT : 0;
}

/* ---- mq_open(2), mq_unlink(2) ---- */

/* The descriptor comes first: a queue is made only if it can be told. */
static int open_as_descriptor(const char *name, int oflag, umode_t mode,
			      const struct mq_attr *attr)
{
	int fd = get_unused_fd_flags(O_CLOEXEC);
	struct file *file;

	if (fd < 0)
		return fd;
	file = mq_open_file(current_ipc_ns(), name, oflag, mode, attr);
	if (IS_ERR(file)) {
		put_unused_fd(fd);
		return PTR_ERR(file);
	}
	fd_install(fd, file);
	return fd;
}

SYSCALL_DEFINE4(mq_open, const char __user *, name, int, oflag, umode_t, mode,
		struct mq_attr __user *, attr)
{
	struct filename *filename;
	struct mq_attr wanted;
	int fd;

	if (attr && copy_from_user(&wanted, attr, sizeof(wanted)))
		return -EFAULT;
	filename = getname(name);
	if (IS_ERR(filename))
		return PTR_ERR(filename);
	fd = open_as_descriptor(filename->name, oflag, mode, attr ? &wanted : NULL);
	putname(filename);
	return fd;
}

SYSCALL_DEFINE1(mq_unlink, const char __user *, name)
{
	struct filename *filename = getname(name);
	int err;

	if (IS_ERR(filename))
		return PTR_ERR(filename);
	err = mq_unlink_file(current_ipc_ns(), filename->name);
	putname(filename);
	return err;
}

/* ---- the queue as a file ---- */

/* A line about the queue's state. */
static ssize_t mqueue_read(struct file *file, char __user *buf, size_t count, loff_t *ppos)
{
	struct mqueue *q = mqueue_of(file_inode(file));
	bool told, by_signal;
	char line[MQUEUE_LINE];
	ssize_t ret;
	int len;

	spin_lock(&q->lock);
	told = q->notify_owner;
	by_signal = told && q->notify.sigev_notify == SIGEV_SIGNAL;
	len = scnprintf(line, sizeof(line), "QSIZE:%-10zu NOTIFY:%-5d SIGNO:%-5d NOTIFY_PID:%-6d\n",
			q->bytes, told ? q->notify.sigev_notify : 0,
			by_signal ? q->notify.sigev_signo : 0, pid_vnr(q->notify_owner));
	spin_unlock(&q->lock);

	ret = simple_read_from_buffer(buf, count, ppos, line, len);
	if (ret > 0)
		touch_state_times(q);
	return ret;
}

static __poll_t mqueue_poll(struct file *file, struct poll_table_struct *wait)
{
	struct mqueue *q = mqueue_of(file_inode(file));
	__poll_t events = 0;

	poll_wait(file, &q->poll_wait, wait);
	spin_lock(&q->lock);
	if (q->attr.mq_curmsgs)
		events |= EPOLLIN | EPOLLRDNORM;
	if (q->attr.mq_curmsgs < q->attr.mq_maxmsg)
		events |= EPOLLOUT | EPOLLWRNORM;
	spin_unlock(&q->lock);
	return events;
}

/* The process that is to be told closes one of its descriptors of the queue. */
static int mqueue_flush(struct file *file, fl_owner_t id)
{
	struct mqueue *q = mqueue_of(file_inode(file));

	(void)id;
	spin_lock(&q->lock);
	if (q->notify_owner == task_tgid(current))
		forget_notification(q);
	spin_unlock(&q->lock);
	return 0;
}

const struct file_operations mqueue_file_operations = {
	.flush		= mqueue_flush,
	.llseek		= default_llseek,
	.poll		= mqueue_poll,
	.read		= mqueue_read,
};
