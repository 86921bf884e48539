// SPDX-License-Identifier: MIT
/*
 * SIGIO: a file that was given FASYNC tells its owner when it can be read or written.
 *
 * A driver keeps a list of struct fasync_struct for each object. Its ->fasync() calls
 * fasync_helper(), which puts the file on the list or takes it off; when something happens the
 * driver calls kill_fasync(). The list is walked under RCU, from any context; fasync_lock guards
 * changes, fa_lock keeps an entry's file while its owner is told.
 *
 * Lock order: filp->f_lock > fasync_lock > fa_lock > f_owner->lock > siglock.
 */

#include <linux/cred.h>
#include <linux/export.h>
#include <linux/fs.h>
#include <linux/init.h>
#include <linux/pid.h>
#include <linux/poll.h>
#include <linux/sched/signal.h>
#include <linux/sched/task.h>
#include <linux/security.h>
#include <linux/signal.h>
#include <linux/slab.h>

static DEFINE_SPINLOCK(fasync_lock);
static struct kmem_cache *fasync_cache __ro_after_init;

/* si_band for si_code POLL_IN .. POLL_HUP */
static const __poll_t band_table[NSIGPOLL] = {
	EPOLLIN | EPOLLRDNORM,
	EPOLLOUT | EPOLLWRNORM | EPOLLWRBAND,
	EPOLLIN | EPOLLRDNORM | EPOLLMSG,
	EPOLLERR,
	EPOLLPRI | EPOLLRDBAND,
	EPOLLHUP | EPOLLERR,
};

/* May whoever set the owner signal @p? As kill(2) would have asked them. RCU read lock held. */
static bool sigio_perm(struct task_struct *p, struct fown_struct *fown)
{
	const struct cred *cred = __task_cred(p);

	return uid_eq(fown->euid, GLOBAL_ROOT_UID) || uid_eq(fown->euid, cred->suid) ||
	       uid_eq(fown->euid, cred->uid) || uid_eq(fown->uid, cred->suid) ||
	       uid_eq(fown->uid, cred->uid);
}

static void send_sigio_to_task(struct task_struct *p, struct fown_struct *fown, int fd, int reason,
			       enum pid_type type)
{
	int signum = READ_ONCE(fown->signum);
	struct kernel_siginfo si;

	if (!sigio_perm(p, fown))
		return;
	if (signum) {
		clear_siginfo(&si);
		si.si_signo = signum;
		si.si_code = reason;
		/* A signal of another meaning has its own codes there. */
		if (signum != SIGPOLL && siginfo_layout(signum, reason) != SIL_POLL)
			si.si_code = SI_SIGIO;
		si.si_band = reason - POLL_IN < NSIGPOLL ?
			     (long)mangle_poll(band_table[reason - POLL_IN]) : ~0L;
		si.si_fd = fd;
		if (!do_send_sig_info(signum, &si, p, type))
			return;
		/* The queue is full: SIGIO says that something was lost. */
	}
	do_send_sig_info(SIGIO, SEND_SIG_PRIV, p, type);
}

/* To whom it may concern; @send for each task. */
static void for_each_owner(struct fown_struct *fown, int fd, int band,
			   void (*send)(struct task_struct *p, struct fown_struct *fown, int fd,
					int band, enum pid_type type))
{
	enum pid_type type = fown->pid_type;
	struct task_struct *p;

	if (type <= PIDTYPE_TGID) {
		rcu_read_lock();
		p = pid_task(fown->pid, PIDTYPE_PID);
		if (p)
			send(p, fown, fd, band, type);
		rcu_read_unlock();
		return;
	}
	read_lock(&tasklist_lock);
	do_each_pid_task(fown->pid, type, p) {
		send(p, fown, fd, band, type);
	} while_each_pid_task(fown->pid, type, p);
	read_unlock(&tasklist_lock);
}

/**
 * send_sigio - tell a file's owner that something happened
 * @fown: the file's
 * @fd: for si_fd
 * @band: POLL_IN and its like
 *
 * Context: any but NMI.
 */
void send_sigio(struct fown_struct *fown, int fd, int band)
{
	unsigned long flags;

	read_lock_irqsave(&fown->lock, flags);
	if (fown->pid)
		for_each_owner(fown, fd, band, send_sigio_to_task);
	read_unlock_irqrestore(&fown->lock, flags);
}

static void send_sigurg_to_task(struct task_struct *p, struct fown_struct *fown, int fd, int band,
				enum pid_type type)
{
	(void)fd;
	(void)band;
	if (sigio_perm(p, fown))
		do_send_sig_info(SIGURG, SEND_SIG_PRIV, p, type);
}

/**
 * send_sigurg - SIGURG to a file's owner: urgent data has come
 * @file: a socket
 *
 * Context: any but NMI.
 * Return: 1 if there is an owner, 0.
 */
int send_sigurg(struct file *file)
{
	struct fown_struct *fown = smp_load_acquire(&file->f_owner);
	unsigned long flags;
	int ret = 0;

	if (!fown)
		return 0;
	read_lock_irqsave(&fown->lock, flags);
	if (fown->pid) {
		ret = 1;
		for_each_owner(fown, -1, 0, send_sigurg_to_task);
	}
	read_unlock_irqrestore(&fown->lock, flags);
	return ret;
}

/* ---- lists ---- */

static struct fasync_struct **find_entry(struct fasync_struct **fp, struct file *filp)
{
	while (*fp && (*fp)->fa_file != filp)
		fp = &(*fp)->fa_next;
	return fp;
}

static void fasync_free_rcu(struct rcu_head *head)
{
	kmem_cache_free(fasync_cache, container_of(head, struct fasync_struct, fa_rcu));
}

static int fasync_remove(struct file *filp, struct fasync_struct **fapp)
{
	struct fasync_struct **fp, *fa;
	int result = 0;

	spin_lock(&filp->f_lock);
	spin_lock(&fasync_lock);
	fp = find_entry(fapp, filp);
	fa = *fp;
	if (fa) {
		/* Nobody who found the entry still looks at the file after this. */
		write_lock_irq(&fa->fa_lock);
		fa->fa_file = NULL;
		write_unlock_irq(&fa->fa_lock);
		WRITE_ONCE(*fp, fa->fa_next);
		call_rcu(&fa->fa_rcu, fasync_free_rcu);
		filp->f_flags &= ~FASYNC;
		result = 1;
	}
	spin_unlock(&fasync_lock);
	spin_unlock(&filp->f_lock);
	return result;
}

static int fasync_add(int fd, struct file *filp, struct fasync_struct **fapp)
{
	struct fasync_struct *new, *fa;
	int result = 0, err = file_f_owner_allocate(filp);

	if (err)
		return err;
	new = kmem_cache_alloc(fasync_cache, GFP_KERNEL);
	if (!new)
		return -ENOMEM;
	spin_lock(&filp->f_lock);
	spin_lock(&fasync_lock);
	fa = *find_entry(fapp, filp);
	if (fa) {
		write_lock_irq(&fa->fa_lock);
		fa->fa_fd = fd;
		write_unlock_irq(&fa->fa_lock);
	} else {
		rwlock_init(&new->fa_lock);
		new->magic = FASYNC_MAGIC;
		new->fa_file = filp;
		new->fa_fd = fd;
		new->fa_next = *fapp;
		smp_store_release(fapp, new);	/* kill_fasync() walks without the lock */
		new = NULL;
		filp->f_flags |= FASYNC;
		result = 1;
	}
	spin_unlock(&fasync_lock);
	spin_unlock(&filp->f_lock);
	if (new)
		kmem_cache_free(fasync_cache, new);
	return result;
}

/**
 * fasync_helper - what ->fasync() is made of
 * @fd: the descriptor, told with the signal
 * @filp: the file
 * @on: join; else leave
 * @fapp: the object's list
 *
 * Context: may sleep.
 * Return: 1 if the list changed, 0 if not; -ENOMEM.
 */
int fasync_helper(int fd, struct file *filp, int on, struct fasync_struct **fapp)
{
	return on ? fasync_add(fd, filp, fapp) : fasync_remove(filp, fapp);
}
EXPORT_SYMBOL(fasync_helper);

/**
 * kill_fasync - something happened: tell who asked to be told
 * @fp: the list
 * @sig: SIGIO; SIGURG goes only to those who chose a signal of their own
 * @band: POLL_*
 *
 * Context: any.
 */
void kill_fasync(struct fasync_struct **fp, int sig, int band)
{
	struct fasync_struct *fa;

	if (likely(!READ_ONCE(*fp)))
		return;
	rcu_read_lock();
	for (fa = rcu_dereference_raw(*fp); fa; fa = rcu_dereference_raw(fa->fa_next)) {
		struct fown_struct *fown;
		unsigned long flags;

		if (WARN_ONCE(fa->magic != FASYNC_MAGIC, "kill_fasync: bad list\n"))
			break;
		read_lock_irqsave(&fa->fa_lock, flags);
		if (fa->fa_file) {
			fown = fa->fa_file->f_owner;
			if (fown && !(sig == SIGURG && !fown->signum))
				send_sigio(fown, fa->fa_fd, band);
		}
		read_unlock_irqrestore(&fa->fa_lock, flags);
	}
	rcu_read_unlock();
}
EXPORT_SYMBOL(kill_fasync);

static int __init fasync_init(void)
{
	fasync_cache = KMEM_CACHE(fasync_struct, SLAB_PANIC | SLAB_ACCOUNT);
	return 0;
}
core_initcall(fasync_init);
