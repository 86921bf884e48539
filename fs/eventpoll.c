// SPDX-License-Identifier: MIT
/*
 * epoll: a standing poll(2). The files of interest are told once; what becomes ready collects
 * itself.
 *
 *	EPOLL_CTL_ADD	struct epitem: in the epoll's tree (by file and descriptor), in the file's
 *			list f_ep, and with an eppoll_entry in each of the file's wait queues
 *	event		the file's wait queue calls item_queue_woken(): the item goes to the ready
 *			list
 *	epoll_wait()	takes the ready list, asks each file (->poll()), tells what is so; a
 *			level-triggered item goes back on the list and is asked again next time
 *
 * Delivery moves the ready list to one of its own (txlist), under the same lock and linked by the
 * same member. So a callback finds an item that is yet to be asked linked, and does nothing; one
 * that is being asked, or was, is not linked and gets onto the ready list afresh. No event is lost,
 * and an edge is at worst told twice.
 *
 * An epoll can be watched by another one. Wake-ups then run up a chain of epolls: adding fails with
 * -ELOOP if it would make a circle or a chain of more than EP_MAX_NESTS links.
 *
 * References. The struct has one from its file and one from each item. An item goes when it is
 * deleted, when its epoll is closed (close_epoll), or when its file is (eventpoll_release_file);
 * the last two can meet: `dying`, under the file's f_lock, says that the file's side will do it.
 *
 * Lock order:
 *	nesting_mutex > ep->mtx (outer epoll > inner) > file->f_lock
 *	file's wait queue lock > ep->lock > ep->wq.lock; ep->poll_wait.lock is taken alone, nested
 *	by depth in the chain of epolls
 *
 *	nesting_mutex	adding that could change how epolls hang together
 *	ep->mtx		the tree, items, delivery
 *	ep->lock	the ready list; taken by callbacks in any context
 */

#include "eventpoll.h"

#include <linux/anon_inodes.h>
#include <linux/capability.h>
#include <linux/cred.h>
#include <linux/file.h>
#include <linux/fs.h>
#include <linux/hrtimer.h>
#include <linux/init.h>
#include <linux/list.h>
#include <linux/mm.h>
#include <linux/mutex.h>
#include <linux/poll.h>
#include <linux/rbtree.h>
#include <linux/refcount.h>
#include <linux/sched/signal.h>
#include <linux/sched/user.h>
#include <linux/seq_file.h>
#include <linux/signal.h>
#include <linux/slab.h>
#include <linux/spinlock.h>
#include <linux/syscalls.h>
#include <linux/uaccess.h>
#include <linux/wait.h>

#define EP_MAX_NESTS	4

#define EPOLLINOUT_BITS	(EPOLLIN | EPOLLOUT)
#define EPOLLEXCLUSIVE_OK_BITS \
	(EPOLLINOUT_BITS | EPOLLERR | EPOLLHUP | EPOLLWAKEUP | EPOLLET | EPOLLEXCLUSIVE)

/* The key of a wake-up by wake_up_pollfree(): the queue is about to be freed. */
#define POLLFREE	((__force __poll_t)0x4000)

static DEFINE_MUTEX(nesting_mutex);
static u64 nesting_walk;
long epoll_max_user_watches __read_mostly;	/* items of one user */
static struct kmem_cache *epi_cache __ro_after_init;
static struct kmem_cache *pwq_cache __ro_after_init;

static void put_epoll(struct eventpoll *ep)
{
	if (!refcount_dec_and_test(&ep->refcount))
		return;
	mutex_destroy(&ep->mtx);
	free_uid(ep->user);
	kfree(ep);
}

/* ---- the tree of items ---- */

static int compare_item(const struct file *file, int fd, const struct epitem *epi)
{
	if (file != epi->file)
		return file > epi->file ? 1 : -1;
	return fd - epi->fd;
}

static struct epitem *find_item(struct eventpoll *ep, struct file *file, int fd)
{
	struct rb_node *rbp = ep->rbr.rb_root.rb_node;

	while (rbp) {
		struct epitem *epi = rb_entry(rbp, struct epitem, rbn);
		int cmp = compare_item(file, fd, epi);

		if (!cmp)
			return epi;
		rbp = cmp > 0 ? rbp->rb_right : rbp->rb_left;
	}
	return NULL;
}

static void link_item(struct eventpoll *ep, struct epitem *epi)
{
	struct rb_node **p = &ep->rbr.rb_root.rb_node, *parent = NULL;
	bool leftmost = true;

	while (*p) {
		parent = *p;
		if (compare_item(epi->file, epi->fd, rb_entry(parent, struct epitem, rbn)) > 0) {
			p = &parent->rb_right;
			leftmost = false;
		} else {
			p = &parent->rb_left;
		}
	}
	rb_link_node(&epi->rbn, parent, p);
	rb_insert_color_cached(&epi->rbn, &ep->rbr, leftmost);
}

/* ---- wake-ups ---- */

/* Wake those who poll this epoll. @epi is the item whose event it is, NULL: our own doing. */
static void wake_pollers(struct eventpoll *ep, struct epitem *epi, __poll_t pollflags)
{
	u8 nests = 0;
	unsigned long flags;

	if (epi && is_file_epoll(epi->file))
		nests = ((struct eventpoll *)epi->file->private_data)->nests + 1;
	spin_lock_irqsave_nested(&ep->poll_wait.lock, flags, nests);
	ep->nests = nests;
	wake_up_locked_poll(&ep->poll_wait, EPOLLIN | pollflags);
	ep->nests = 0;
	spin_unlock_irqrestore(&ep->poll_wait.lock, flags);
}

/* May a wake-up that is for one sleeper alone stop at an exclusive item? */
static int counts_as_woken(const struct epitem *epi, __poll_t pollflags)
{
	if (!(pollflags & EPOLLINOUT_BITS))
		return 1;
	return (epi->event.events & pollflags & EPOLLINOUT_BITS) != 0;
}

/*
 * A queue that an item stands in is woken; its lock is held, in whatever context. Return: whether
 * this counts as having woken an exclusive waiter.
 */
static int item_queue_woken(wait_queue_entry_t *wait, unsigned int mode, int sync, void *key)
{
	struct eppoll_entry *pwq = container_of(wait, struct eppoll_entry, wait);
	struct epitem *epi = pwq->base;
	struct eventpoll *ep = epi->ep;
	__poll_t pollflags = key_to_poll(key);
	__poll_t events;
	unsigned long flags;
	bool pwake = false;
	int ewake = 0;

	spin_lock_irqsave(&ep->lock, flags);
	events = READ_ONCE(epi->event.events);
	if (!(events & ~EP_PRIVATE_BITS))
		goto out_unlock;	/* EPOLLONESHOT has fired */
	if (pollflags && !(pollflags & events))
		goto out_unlock;
	if (list_empty(&epi->rdllink))
		list_add_tail(&epi->rdllink, &ep->rdllist);
	if (waitqueue_active(&ep->wq)) {
		if ((events & EPOLLEXCLUSIVE) && !(pollflags & POLLFREE))
			ewake = counts_as_woken(epi, pollflags);
		wake_up(&ep->wq);
	}
	pwake = waitqueue_active(&ep->poll_wait);
out_unlock:
	spin_unlock_irqrestore(&ep->lock, flags);
	if (pwake)
		wake_pollers(ep, epi, pollflags & EPOLL_URING_WAKE);
	if (!(events & EPOLLEXCLUSIVE))
		ewake = 1;
	if (pollflags & POLLFREE) {
		/*
		 * The queue is freed after a grace period. Out of it now, as its lock is held;
		 * from the release on leave_queue() doesn't touch it.
		 */
		list_del_init(&wait->entry);
		smp_store_release(&pwq->whead, NULL);
	}
	return ewake;
}

/* Leave a queue, unless it has thrown us out. */
static void leave_queue(struct eppoll_entry *pwq)
{
	wait_queue_head_t *whead;

	rcu_read_lock();
	whead = smp_load_acquire(&pwq->whead);	/* pairs with item_queue_woken() */
	if (whead)
		remove_wait_queue(whead, &pwq->wait);
	rcu_read_unlock();
}

static void leave_all_queues(struct epitem *epi)
{
	struct eppoll_entry *pwq;

	while ((pwq = epi->pwqlist)) {
		epi->pwqlist = pwq->next;
		leave_queue(pwq);
		kmem_cache_free(pwq_cache, pwq);
	}
}

static void join_queue(struct file *file, wait_queue_head_t *whead, poll_table *pt)
{
	struct ep_pqueue *epq = container_of(pt, struct ep_pqueue, pt);
	struct epitem *epi = epq->epi;
	struct eppoll_entry *pwq;

	if (unlikely(!epi))
		return;		/* an earlier queue found no memory */
	pwq = kmem_cache_alloc(pwq_cache, GFP_KERNEL);
	if (unlikely(!pwq)) {
		epq->epi = NULL;
		return;
	}
	init_waitqueue_func_entry(&pwq->wait, item_queue_woken);
	pwq->whead = whead;
	pwq->base = epi;
	if (epi->event.events & EPOLLEXCLUSIVE)
		add_wait_queue_exclusive(whead, &pwq->wait);
	else
		add_wait_queue(whead, &pwq->wait);
	pwq->next = epi->pwqlist;
	epi->pwqlist = pwq;
}

/* ---- asking a file ---- */

static __poll_t poll_epoll_nested(struct file *file, poll_table *wait, int depth);

/** ask_item - which of the events that an item waits for are there */
__poll_t ask_item(const struct epitem *epi, poll_table *pt, int depth)
{
	struct file *file = epi->file;
	__poll_t res;

	pt->_key = epi->event.events;
	if (is_file_epoll(file))
		res = poll_epoll_nested(file, pt, depth);
	else
		res = vfs_poll(file, pt);
	return res & epi->event.events;
}

/*
 * Take the ready list, or give back what is left of it and wake whoever may want it. mtx is held.
 */
void take_ready_list(struct eventpoll *ep, struct list_head *txlist)
{
	lockdep_assert_held(&ep->mtx);
	spin_lock_irq(&ep->lock);
	list_splice_init(&ep->rdllist, txlist);
	spin_unlock_irq(&ep->lock);
}

/**
 * give_back_ready_list - what wasn't told, or is still ready, goes back to the front; waiters are
 * woken
 */
void give_back_ready_list(struct eventpoll *ep, struct list_head *txlist)
{
	spin_lock_irq(&ep->lock);
	list_splice(txlist, &ep->rdllist);
	if (!list_empty(&ep->rdllist) && waitqueue_active(&ep->wq))
		wake_up(&ep->wq);
	spin_unlock_irq(&ep->lock);
}

/** unlink_ready - an item leaves the ready list, on which it may be */
void unlink_ready(struct eventpoll *ep, struct epitem *epi)
{
	spin_lock_irq(&ep->lock);
	list_del_init(&epi->rdllink);
	spin_unlock_irq(&ep->lock);
}

/* Ready if one of its items is. Items that aren't any more leave the list. */
static __poll_t poll_epoll_nested(struct file *file, poll_table *wait, int depth)
{
	struct eventpoll *ep = file->private_data;
	struct epitem *epi, *tmp;
	LIST_HEAD(txlist);
	poll_table pt;
	__poll_t res = 0;

	poll_wait(file, &ep->poll_wait, wait);
	init_poll_funcptr(&pt, NULL);
	mutex_lock_nested(&ep->mtx, depth);
	take_ready_list(ep, &txlist);
	list_for_each_entry_safe(epi, tmp, &txlist, rdllink) {
		if (ask_item(epi, &pt, depth + 1)) {
			res = EPOLLIN | EPOLLRDNORM;
			break;
		}
		/*
		 * Off the list, then asked once more: an event in between found the item linked
		 * and did nothing.
		 */
		unlink_ready(ep, epi);
		if (ask_item(epi, &pt, depth + 1)) {
			spin_lock_irq(&ep->lock);
			if (list_empty(&epi->rdllink))
				list_add_tail(&epi->rdllink, &ep->rdllist);
			spin_unlock_irq(&ep->lock);
			res = EPOLLIN | EPOLLRDNORM;
			break;
		}
	}
	give_back_ready_list(ep, &txlist);
	mutex_unlock(&ep->mtx);
	return res;
}

static __poll_t poll_epoll(struct file *file, poll_table *wait)
{
	return poll_epoll_nested(file, wait, 0);
}

/* ---- removal ---- */

/*
 * Take an item out of everything and free it; ep->mtx is held. @force: by eventpoll_release_file().
 * Return: true if the item's reference to @ep is the caller's to drop now.
 */
static bool unhook_item(struct eventpoll *ep, struct epitem *epi, bool force)
{
	struct file *file = epi->file;
	struct hlist_head *head, *to_free = NULL;

	lockdep_assert_held(&ep->mtx);
	/* Out of the queues first: from here on no callback runs. */
	leave_all_queues(epi);

	spin_lock(&file->f_lock);
	if (epi->dying && !force) {
		spin_unlock(&file->f_lock);
		return false;
	}
	head = file->f_ep;
	hlist_del(&epi->fllink);
	if (hlist_empty(head)) {
		WRITE_ONCE(file->f_ep, NULL);
		if (!is_file_epoll(file))
			to_free = head;
	}
	spin_unlock(&file->f_lock);
	kfree(to_free);

	rb_erase_cached(&epi->rbn, &ep->rbr);
	unlink_ready(ep, epi);
	kmem_cache_free(epi_cache, epi);
	atomic_long_dec(&ep->user->epoll_watches);
	return true;
}

static void remove_item(struct eventpoll *ep, struct epitem *epi)
{
	/* The file's reference to @ep is still there: this isn't the last. */
	if (unhook_item(ep, epi, false))
		put_epoll(ep);
}

/* The epoll's file is closed. Items whose files are closing now are left to those. */
static void close_epoll(struct eventpoll *ep)
{
	struct rb_node *rbp, *next;

	/* Whoever polls us gets told, since nothing will happen here any more. */
	if (waitqueue_active(&ep->poll_wait))
		wake_pollers(ep, NULL, 0);
	mutex_lock(&ep->mtx);
	for (rbp = rb_first_cached(&ep->rbr); rbp; rbp = next) {
		next = rb_next(rbp);
		remove_item(ep, rb_entry(rbp, struct epitem, rbn));
		cond_resched();
	}
	mutex_unlock(&ep->mtx);
	put_epoll(ep);
}

static int release_epoll(struct inode *inode, struct file *file)
{
	if (file->private_data)
		close_epoll(file->private_data);
	return 0;
}

/**
 * eventpoll_release_file - the last reference to a watched file went
 * @file: nobody else uses it but the epolls that watch it
 *
 * Context: may sleep.
 */
void eventpoll_release_file(struct file *file)
{
	for (;;) {
		struct eventpoll *ep;
		struct epitem *epi;
		bool dispose;

		spin_lock(&file->f_lock);
		if (!file->f_ep || !file->f_ep->first) {
			spin_unlock(&file->f_lock);
			return;
		}
		epi = hlist_entry(file->f_ep->first, struct epitem, fllink);
		epi->dying = true;	/* from here on it is ours, and keeps its ep */
		spin_unlock(&file->f_lock);

		ep = epi->ep;
		mutex_lock(&ep->mtx);
		dispose = unhook_item(ep, epi, true);
		mutex_unlock(&ep->mtx);
		if (dispose)
			put_epoll(ep);
	}
}

/* ---- epolls in epolls ---- */

/* How many links of epolls stand above: longest way from @ep up to one that nobody watches. */
static int links_above(struct eventpoll *ep, int depth)
{
	int deepest = depth;
	struct epitem *epi;

	if (depth > EP_MAX_NESTS)
		return depth;
	/* nesting_mutex keeps nested items from being added; f_lock from being removed. */
	spin_lock_nested(&ep->file->f_lock, min(depth, 7));
	hlist_for_each_entry(epi, &ep->refs, fllink)
		deepest = max(deepest, links_above(epi->ep, depth + 1));
	spin_unlock(&ep->file->f_lock);
	return deepest;
}

/*
 * The longest chain of epolls below @ep, in links; more than EP_MAX_NESTS if @wanted is among them
 * or the chain is longer anyway. Each epoll is walked once: what was found stands in it.
 */
static int links_below(struct eventpoll *ep, const struct eventpoll *wanted, int depth)
{
	struct rb_node *rbp;
	int height = 0;

	if (ep == wanted || depth > EP_MAX_NESTS)
		return EP_MAX_NESTS + 1;
	if (ep->gen == nesting_walk)
		return ep->height;
	mutex_lock_nested(&ep->mtx, depth + 1);
	for (rbp = rb_first_cached(&ep->rbr); rbp; rbp = rb_next(rbp)) {
		struct epitem *epi = rb_entry(rbp, struct epitem, rbn);

		if (!is_file_epoll(epi->file))
			continue;
		height = max(height, 1 + links_below(epi->file->private_data, wanted, depth + 1));
		if (height > EP_MAX_NESTS)
			break;
	}
	mutex_unlock(&ep->mtx);
	ep->gen = nesting_walk;
	ep->height = height;
	return height;
}

/* May @ep watch @target? nesting_mutex is held, no ep->mtx. 0 or -ELOOP. */
static int check_nesting(struct eventpoll *ep, struct eventpoll *target)
{
	int below;

	lockdep_assert_held(&nesting_mutex);
	nesting_walk++;
	below = links_below(target, ep, 0);
	if (below > EP_MAX_NESTS)
		return -ELOOP;
	return links_above(ep, 0) + 1 + below > EP_MAX_NESTS ? -ELOOP : 0;
}

/* ---- control ---- */

/* Hang the item on its file. */
static int hang_on_file(struct file *file, struct epitem *epi)
{
	struct hlist_head *fresh = NULL;

	if (!READ_ONCE(file->f_ep) && !is_file_epoll(file)) {
		fresh = kzalloc(sizeof(*fresh), GFP_KERNEL);
		if (!fresh)
			return -ENOMEM;
	}
	spin_lock(&file->f_lock);
	if (!file->f_ep) {
		if (is_file_epoll(file)) {
			file->f_ep = &((struct eventpoll *)file->private_data)->refs;
		} else if (fresh) {
			file->f_ep = fresh;
			fresh = NULL;
		} else {
			/* The last other item left between our look and the lock. */
			spin_unlock(&file->f_lock);
			return -EAGAIN;
		}
	}
	hlist_add_head(&epi->fllink, file->f_ep);
	spin_unlock(&file->f_lock);
	kfree(fresh);
	return 0;
}

/* The item is ready already, maybe: list it and wake. */
static void mark_ready(struct eventpoll *ep, struct epitem *epi)
{
	bool pwake = false;

	spin_lock_irq(&ep->lock);
	if (list_empty(&epi->rdllink)) {
		list_add_tail(&epi->rdllink, &ep->rdllist);
		if (waitqueue_active(&ep->wq))
			wake_up(&ep->wq);
		pwake = waitqueue_active(&ep->poll_wait);
	}
	spin_unlock_irq(&ep->lock);
	if (pwake)
		wake_pollers(ep, NULL, 0);
}

static int add_item(struct eventpoll *ep, const struct epoll_event *event, struct file *file,
		     int fd)
{
	struct ep_pqueue epq;
	struct epitem *epi;
	__poll_t revents;
	int ret;

	lockdep_assert_held(&ep->mtx);
	if (atomic_long_inc_return(&ep->user->epoll_watches) > epoll_max_user_watches) {
		ret = -ENOSPC;
		goto err_count;
	}
	epi = kmem_cache_zalloc(epi_cache, GFP_KERNEL);
	if (!epi) {
		ret = -ENOMEM;
		goto err_count;
	}
	INIT_LIST_HEAD(&epi->rdllink);
	epi->ep = ep;
	epi->file = file;
	epi->fd = fd;
	epi->event = *event;
	do {
		ret = hang_on_file(file, epi);
	} while (ret == -EAGAIN);
	if (ret) {
		kmem_cache_free(epi_cache, epi);
		goto err_count;
	}
	link_item(ep, epi);
	refcount_inc(&ep->refcount);

	epq.epi = epi;
	init_poll_funcptr(&epq.pt, join_queue);
	revents = ask_item(epi, &epq.pt, 1);
	if (unlikely(!epq.epi)) {
		remove_item(ep, epi);
		return -ENOMEM;
	}
	if (revents)
		mark_ready(ep, epi);
	return 0;

err_count:
	atomic_long_dec(&ep->user->epoll_watches);
	return ret;
}

static void change_item(struct eventpoll *ep, struct epitem *epi, const struct epoll_event *event)
{
	poll_table pt;

	lockdep_assert_held(&ep->mtx);
	init_poll_funcptr(&pt, NULL);
	/* Under the lock: a callback sees either the old events or the new ones. */
	spin_lock_irq(&ep->lock);
	WRITE_ONCE(epi->event.events, event->events);
	epi->event.data = event->data;
	spin_unlock_irq(&ep->lock);
	/*
	 * The new mask before our look at the file: an event that we miss finds it. Partner: the
	 * file's wait queue lock, taken by its waker after it changed the file.
	 */
	smp_mb();
	if (ask_item(epi, &pt, 1))
		mark_ready(ep, epi);
}

static int control_locked(struct eventpoll *ep, int op, int fd, struct file *target,
			 struct epoll_event *epds)
{
	struct epitem *epi = find_item(ep, target, fd);

	switch (op) {
	case EPOLL_CTL_ADD:
		if (epi)
			return -EEXIST;
		epds->events |= EPOLLERR | EPOLLHUP;
		return add_item(ep, epds, target, fd);
	case EPOLL_CTL_DEL:
		if (!epi)
			return -ENOENT;
		remove_item(ep, epi);
		return 0;
	case EPOLL_CTL_MOD:
		if (!epi)
			return -ENOENT;
		if (epi->event.events & EPOLLEXCLUSIVE)
			return -EINVAL;
		epds->events |= EPOLLERR | EPOLLHUP;
		change_item(ep, epi, epds);
		return 0;
	default:
		return -EINVAL;
	}
}

/* What EPOLLEXCLUSIVE may be combined with. */
static bool exclusive_is_allowed(int op, struct file *target, __poll_t events)
{
	if (!(events & EPOLLEXCLUSIVE))
		return true;
	if (op == EPOLL_CTL_MOD)
		return false;
	return op != EPOLL_CTL_ADD ||
	       (!is_file_epoll(target) && !(events & ~EPOLLEXCLUSIVE_OK_BITS));
}

/*
 * control_epoll - epoll_ctl(2) with the event in kernel memory
 */
static int control_epoll(int epfd, int op, int fd, struct epoll_event *epds)
{
	CLASS(fd, f)(epfd);
	CLASS(fd, tf)(fd);
	struct eventpoll *ep;
	bool nested;
	int ret;

	if (fd_empty(f) || fd_empty(tf))
		return -EBADF;
	if (!file_can_poll(fd_file(tf)))
		return -EPERM;
	if (op != EPOLL_CTL_DEL && (epds->events & EPOLLWAKEUP) && !capable(CAP_BLOCK_SUSPEND))
		epds->events &= ~EPOLLWAKEUP;
	if (fd_file(f) == fd_file(tf) || !is_file_epoll(fd_file(f)))
		return -EINVAL;
	if (op != EPOLL_CTL_DEL && !exclusive_is_allowed(op, fd_file(tf), epds->events))
		return -EINVAL;

	ep = fd_file(f)->private_data;
	nested = op == EPOLL_CTL_ADD && is_file_epoll(fd_file(tf));
	if (nested) {
		mutex_lock(&nesting_mutex);
		ret = check_nesting(ep, fd_file(tf)->private_data);
		if (ret)
			goto out_nested;
	}
	mutex_lock(&ep->mtx);
	ret = control_locked(ep, op, fd, fd_file(tf), epds);
	mutex_unlock(&ep->mtx);
out_nested:
	if (nested)
		mutex_unlock(&nesting_mutex);
	return ret;
}

SYSCALL_DEFINE4(epoll_ctl, int, epfd, int, op, int, fd, struct epoll_event __user *, event)
{
	struct epoll_event epds = {};

	if (op != EPOLL_CTL_DEL && copy_from_user(&epds, event, sizeof(epds)))
		return -EFAULT;
	return control_epoll(epfd, op, fd, &epds);
}

/* ---- making one ---- */

static struct eventpoll *alloc_epoll(void)
{
	struct eventpoll *ep = kzalloc(sizeof(*ep), GFP_KERNEL);

	if (!ep)
		return NULL;
	ep->user = get_uid(current_user());
	mutex_init(&ep->mtx);
	spin_lock_init(&ep->lock);
	init_waitqueue_head(&ep->wq);
	init_waitqueue_head(&ep->poll_wait);
	INIT_LIST_HEAD(&ep->rdllist);
	ep->rbr = RB_ROOT_CACHED;
	refcount_set(&ep->refcount, 1);
	return ep;
}

static int create_epoll(int flags)
{
	struct eventpoll *ep;
	struct file *file;
	int fd;

	if (flags & ~EPOLL_CLOEXEC)
		return -EINVAL;
	ep = alloc_epoll();
	if (!ep)
		return -ENOMEM;
	fd = get_unused_fd_flags(O_RDWR | (flags & O_CLOEXEC));
	if (fd < 0)
		goto err_ep;
	file = anon_inode_getfile("[eventpoll]", &eventpoll_fops, ep,
				  O_RDWR | (flags & O_CLOEXEC));
	if (IS_ERR(file)) {
		put_unused_fd(fd);
		fd = PTR_ERR(file);
		goto err_ep;
	}
	ep->file = file;
	fd_install(fd, file);
	return fd;

err_ep:
	put_epoll(ep);
	return fd;
}

SYSCALL_DEFINE1(epoll_create1, int, flags)
{
	return create_epoll(flags);
}

SYSCALL_DEFINE1(epoll_create, int, size)
{
	return size <= 0 ? -EINVAL : create_epoll(0);
}

static void show_epoll_fdinfo(struct seq_file *m, struct file *f)
{
	struct eventpoll *ep = f->private_data;
	struct rb_node *rbp;

	mutex_lock(&ep->mtx);
	for (rbp = rb_first_cached(&ep->rbr); rbp; rbp = rb_next(rbp)) {
		struct epitem *epi = rb_entry(rbp, struct epitem, rbn);
		struct inode *inode = file_inode(epi->file);

		seq_printf(m, "tfd: %8d events: %8x data: %16llx  pos:%lli ino:%lx sdev:%x\n",
			   epi->fd, (__force unsigned int)epi->event.events,
			   (long long)epi->event.data, (long long)epi->file->f_pos,
			   inode->i_ino, inode->i_sb->s_dev);
		if (seq_has_overflowed(m))
			break;
	}
	mutex_unlock(&ep->mtx);
}

const struct file_operations eventpoll_fops = {
	.show_fdinfo	= show_epoll_fdinfo,
	.release	= release_epoll,
	.poll		= poll_epoll,
	.llseek		= noop_llseek,
};

static int __init eventpoll_init(void)
{
	/* A twenty-fifth of memory may go into items. */
	epoll_max_user_watches = (long)(totalram_pages() / 25 << PAGE_SHIFT) /
		      (sizeof(struct epitem) + sizeof(struct eppoll_entry));
	epi_cache = kmem_cache_create("eventpoll_epi", sizeof(struct epitem), 0,
				      SLAB_HWCACHE_ALIGN | SLAB_PANIC | SLAB_ACCOUNT, NULL);
	pwq_cache = kmem_cache_create("eventpoll_pwq", sizeof(struct eppoll_entry), 0,
				      SLAB_PANIC | SLAB_ACCOUNT, NULL);
	return 0;
}
fs_initcall(eventpoll_init);
