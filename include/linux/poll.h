/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_POLL_H
#define _LINUX_POLL_H

/*
 * Waiting for files: what a file's ->poll() and those who call it say to each other.
 *
 *	__poll_t my_poll(struct file *file, poll_table *wait)
 *	{
 *		poll_wait(file, &my_queue, wait);	first: queue ...
 *		return what is ready now;		... then look
 *	}
 *
 * Whoever makes the file ready changes its state first and calls wake_up*_poll(&my_queue, mask)
 * after: so either ->poll() sees the state, or the wake-up finds the waiter. poll_wait() has the
 * full barrier that this needs. ->poll() may sleep for a mutex, not for the event.
 */

#include <linux/fs.h>
#include <linux/ktime.h>
#include <linux/types.h>
#include <linux/uaccess.h>
#include <linux/wait.h>

#include <uapi/linux/eventpoll.h>
#include <uapi/linux/poll.h>

struct poll_table_struct;
struct timespec64;

/* Puts the caller of ->poll() onto a queue. */
typedef void (*poll_queue_proc)(struct file *file, wait_queue_head_t *head,
				struct poll_table_struct *table);

/*
 * What ->poll() gets. @_qproc is NULL once the caller is queued, or doesn't want to sleep; @_key
 * are the events that it cares for, which a queue may use to sort its wake-ups.
 */
typedef struct poll_table_struct {
	poll_queue_proc _qproc;
	__poll_t _key;
} poll_table;

#define DEFAULT_POLLMASK	(EPOLLIN | EPOLLOUT | EPOLLRDNORM | EPOLLWRNORM)

/**
 * poll_wait - in ->poll(): wake the caller when this queue is woken
 * @file: the file
 * @head: queue that outlives the file's last fput(), or is emptied by wake_up_pollfree()
 * @p: as ->poll() got it; may be NULL
 *
 * Context: may sleep (memory for the entry).
 */
static inline void poll_wait(struct file *file, wait_queue_head_t *head, poll_table *p)
{
	if (p && p->_qproc) {
		p->_qproc(file, head, p);
		/*
		 * Queued before the caller looks at the state. Partner: the barrier in
		 * wq_has_sleeper(), or the queue's lock, on the side of the waker.
		 */
		smp_mb();
	}
}

/** poll_does_not_wait - is only the present state asked for? */
static inline bool poll_does_not_wait(const poll_table *p)
{
	return !p || !p->_qproc;
}

/** poll_requested_events - the events, EPOLL*, that anybody waits for */
static inline __poll_t poll_requested_events(const poll_table *p)
{
	return p ? p->_key : ~(__poll_t)0;
}

/** init_poll_funcptr - @qproc is called for each queue that a file's ->poll() names */
static inline void init_poll_funcptr(poll_table *pt, poll_queue_proc qproc)
{
	pt->_qproc = qproc;
	pt->_key = ~(__poll_t)0;
}

/** file_can_poll - has a file a ->poll()? Else it is always ready */
static inline bool file_can_poll(struct file *file)
{
	return file->f_op->poll;
}

/** vfs_poll - what is ready; a file without ->poll() always is, for reading and writing */
static inline __poll_t vfs_poll(struct file *file, struct poll_table_struct *pt)
{
	if (unlikely(!file->f_op->poll))
		return DEFAULT_POLLMASK;
	return file->f_op->poll(file, pt);
}

/* One queue that a caller of poll() or select() stands in. */
struct poll_table_entry {
	struct file *filp;		/* referenced */
	__poll_t key;
	wait_queue_entry_t wait;
	wait_queue_head_t *wait_address;
};

#define POLL_INLINE_ENTRIES	8

/**
 * struct poll_wqueues - all queues that one poll() or select() stands in
 * @pt: goes to ->poll()
 * @table: more entries, when the inline ones are used up
 * @polling_task: who waits
 * @triggered: a wake-up came; set by wakers, cleared by the sleeper
 * @error: -ENOMEM if an entry was lacking
 * @inline_index: inline entries in use
 * @inline_entries: the first few
 */
struct poll_wqueues {
	poll_table pt;
	struct poll_table_page *table;
	struct task_struct *polling_task;
	int triggered;
	int error;
	int inline_index;
	struct poll_table_entry inline_entries[POLL_INLINE_ENTRIES];
};

void poll_initwait(struct poll_wqueues *pwq);
void poll_freewait(struct poll_wqueues *pwq);
u64 select_estimate_accuracy(struct timespec64 *tv);
int poll_select_set_timeout(struct timespec64 *to, time64_t sec, long nsec);

/** mangle_poll - events EPOLL* as POLL*: both sets of names have the same numbers */
static inline __u16 mangle_poll(__poll_t val)
{
	return (__force __u16)val;
}

/** demangle_poll - undo mangle_poll() */
static inline __poll_t demangle_poll(u16 val)
{
	return (__force __poll_t)val;
}

#endif /* _LINUX_POLL_H */
