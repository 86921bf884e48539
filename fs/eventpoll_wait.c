// SPDX-License-Identifier: MIT
/*
 * epoll_wait(): telling what is ready, and sleeping until something is.
 *
 * The scan is described in eventpoll.c: the ready list is taken whole, each file on it is asked
 * again, and what is level-triggered goes back on the list.
 */

#include <linux/cred.h>
#include <linux/file.h>
#include <linux/fs.h>
#include <linux/hrtimer.h>
#include <linux/list.h>
#include <linux/mm.h>
#include <linux/mutex.h>
#include <linux/poll.h>
#include <linux/rbtree.h>
#include <linux/sched/signal.h>
#include <linux/seq_file.h>
#include <linux/signal.h>
#include <linux/slab.h>
#include <linux/spinlock.h>
#include <linux/syscalls.h>
#include <linux/time.h>
#include <linux/timekeeping.h>
#include <linux/uaccess.h>
#include <linux/wait.h>

#include "eventpoll.h"

#define EP_MAX_EVENTS	(INT_MAX / sizeof(struct epoll_event))

/* ---- waiting ---- */

static int put_event(struct epoll_event __user *to, __poll_t revents, __u64 data)
{
	struct epoll_event ev;

	memset(&ev, 0, sizeof(ev));	/* some machines' has padding */
	ev.events = revents;
	ev.data = data;
	return copy_to_user(to, &ev, sizeof(ev)) ? -EFAULT : 0;
}

/* Tell what is ready, @maxevents at most. How many, or -EFAULT if it wasn't any. */
static int deliver_events(struct eventpoll *ep, struct epoll_event __user *events, int maxevents)
{
	struct epitem *epi, *tmp;
	LIST_HEAD(txlist);
	poll_table pt;
	int res = 0;

	/* Whoever is being killed needn't be told; there may be a lot. */
	if (fatal_signal_pending(current))
		return -EINTR;
	init_poll_funcptr(&pt, NULL);
	mutex_lock(&ep->mtx);
	take_ready_list(ep, &txlist);
	list_for_each_entry_safe(epi, tmp, &txlist, rdllink) {
		__poll_t revents;

		if (res >= maxevents)
			break;
		/* Off the list before the file is asked: an event after that lists it afresh. */
		unlink_ready(ep, epi);
		revents = ask_item(epi, &pt, 1);
		if (!revents)
			continue;
		if (put_event(events + res, revents, epi->event.data)) {
			spin_lock_irq(&ep->lock);
			if (list_empty(&epi->rdllink))
				list_add(&epi->rdllink, &txlist);
			spin_unlock_irq(&ep->lock);
			if (!res)
				res = -EFAULT;
			break;
		}
		res++;
		spin_lock_irq(&ep->lock);
		if (epi->event.events & EPOLLONESHOT)
			WRITE_ONCE(epi->event.events, epi->event.events & EP_PRIVATE_BITS);
		else if (!(epi->event.events & EPOLLET) && list_empty(&epi->rdllink))
			list_add_tail(&epi->rdllink, &ep->rdllist);
		spin_unlock_irq(&ep->lock);
	}
	give_back_ready_list(ep, &txlist);
	mutex_unlock(&ep->mtx);
	return res;
}

/* Sleep until the ready list isn't empty, @to, or a signal. True when the time was up. */
static bool sleep_until_ready(struct eventpoll *ep, ktime_t *to, u64 slack)
{
	bool timed_out = false;
	DEFINE_WAIT(wait);

	prepare_to_wait_exclusive(&ep->wq, &wait, TASK_INTERRUPTIBLE);
	if (!has_ready_items(ep) && !signal_pending(current))
		timed_out = !schedule_hrtimeout_range(to, slack, HRTIMER_MODE_ABS);
	finish_wait(&ep->wq, &wait);
	return timed_out;
}

static int wait_and_deliver(struct eventpoll *ep, struct epoll_event __user *events, int maxevents,
		   struct timespec64 *timeout)
{
	ktime_t expires, *to = NULL;
	bool timed_out = false;
	u64 slack = 0;
	int res;

	if (timeout && (timeout->tv_sec | timeout->tv_nsec)) {
		slack = select_estimate_accuracy(timeout);
		expires = timespec64_to_ktime(*timeout);
		to = &expires;
	} else if (timeout) {
		timed_out = true;
	}
	/*
	 * A wake-up is for one of the sleepers: whoever got it looks at the list before it
	 * believes in its time-out or signal, or the event would wait for the next one.
	 */
	for (;;) {
		if (has_ready_items(ep)) {
			res = deliver_events(ep, events, maxevents);
			if (res)
				return res;
		}
		if (timed_out)
			return 0;
		if (signal_pending(current))
			return -EINTR;
		timed_out = sleep_until_ready(ep, to, slack);
	}
}

static int wait_on_epoll(int epfd, struct epoll_event __user *events, int maxevents,
			 struct timespec64 *to)
{
	CLASS(fd, f)(epfd);

	if (maxevents <= 0 || maxevents > EP_MAX_EVENTS)
		return -EINVAL;
	if (!access_ok(events, maxevents * sizeof(struct epoll_event)))
		return -EFAULT;
	if (fd_empty(f))
		return -EBADF;
	if (!is_file_epoll(fd_file(f)))
		return -EINVAL;
	return wait_and_deliver(fd_file(f)->private_data, events, maxevents, to);
}

/* Milliseconds, negative for ever, to a point in time; NULL for ever. */
static struct timespec64 *timeout_in_ms(struct timespec64 *to, long ms)
{
	if (ms < 0)
		return NULL;
	poll_select_set_timeout(to, ms / MSEC_PER_SEC, NSEC_PER_MSEC * (ms % MSEC_PER_SEC));
	return to;
}

SYSCALL_DEFINE4(epoll_wait, int, epfd, struct epoll_event __user *, events, int, maxevents,
		int, timeout)
{
	struct timespec64 to;

	return wait_on_epoll(epfd, events, maxevents, timeout_in_ms(&to, timeout));
}

static int wait_with_sigmask(int epfd, struct epoll_event __user *events, int maxevents,
			  struct timespec64 *to, const sigset_t __user *sigmask,
			  size_t sigsetsize)
{
	int error = set_user_sigmask(sigmask, sigsetsize);

	if (error)
		return error;
	error = wait_on_epoll(epfd, events, maxevents, to);
	restore_saved_sigmask_unless(error == -EINTR);
	return error;
}

SYSCALL_DEFINE6(epoll_pwait, int, epfd, struct epoll_event __user *, events, int, maxevents,
		int, timeout, const sigset_t __user *, sigmask, size_t, sigsetsize)
{
	struct timespec64 to;

	return wait_with_sigmask(epfd, events, maxevents, timeout_in_ms(&to, timeout),
			      sigmask, sigsetsize);
}

SYSCALL_DEFINE6(epoll_pwait2, int, epfd, struct epoll_event __user *, events, int, maxevents,
		const struct __kernel_timespec __user *, timeout,
		const sigset_t __user *, sigmask, size_t, sigsetsize)
{
	struct timespec64 ts, *to = NULL;

	if (timeout) {
		if (get_timespec64(&ts, timeout))
			return -EFAULT;
		to = &ts;
		if (poll_select_set_timeout(to, ts.tv_sec, ts.tv_nsec))
			return -EINVAL;
	}
	return wait_with_sigmask(epfd, events, maxevents, to, sigmask, sigsetsize);
}
