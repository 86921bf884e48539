// SPDX-License-Identifier: MIT
/*
 * poll(2), select(2) and their kin: sleep until one of several files is ready.
 *
 *	round 1		each file's ->poll() queues us (pollwait_enqueue) and says what is ready
 *	nothing ready:	sleep until a wake-up (pollwake), a signal, or the time is up
 *	round 2...	ask again, without queueing
 *	end		leave all queues (poll_freewait)
 *
 * A wake-up between a file's ->poll() and our sleep must not be lost:
 *
 *	poller					waker
 *	triggered = 0, barrier			makes the file ready
 *	->poll(): not ready			wakes the queue: pollwake()
 *	state = INTERRUPTIBLE			  triggered = 1
 *	triggered? then don't sleep		  wake_up_process()
 *
 * pollwake() sets `triggered` before it wakes; the poller clears it before it asks the files again.
 * So whichever comes first, the poller asks once more after the event.
 */

#include <linux/poll.h>

#include <linux/errno.h>
#include <linux/export.h>
#include <linux/fdtable.h>
#include <linux/file.h>
#include <linux/fs.h>
#include <linux/hrtimer.h>
#include <linux/kernel.h>
#include <linux/mm.h>
#include <linux/overflow.h>
#include <linux/rcupdate.h>
#include <linux/sched/rt.h>
#include <linux/sched/signal.h>
#include <linux/signal.h>
#include <linux/slab.h>
#include <linux/syscalls.h>
#include <linux/time.h>
#include <linux/timekeeping.h>
#include <linux/uaccess.h>
#include <linux/user_field.h>

#include <uapi/linux/personality.h>

/* ---- how exact a time-out has to be ---- */

#define MAX_SLACK	(100 * NSEC_PER_MSEC)

/* A thousandth of the wait; for a nice task five times as much. */
static long estimate_slack(const struct timespec64 *tv)
{
	long divfactor = task_nice(current) > 0 ? 1000 / 5 : 1000;
	long slack;

	if (tv->tv_sec < 0)
		return 0;
	if (tv->tv_sec > MAX_SLACK / (NSEC_PER_SEC / divfactor))
		return MAX_SLACK;
	slack = tv->tv_nsec / divfactor + tv->tv_sec * (NSEC_PER_SEC / divfactor);
	return min_t(long, slack, MAX_SLACK);
}

/**
 * select_estimate_accuracy - how late a sleep may end
 * @tv: when, by CLOCK_MONOTONIC
 *
 * Return: ns; 0 for a real-time task.
 */
u64 select_estimate_accuracy(struct timespec64 *tv)
{
	struct timespec64 now;
	u64 slack;

	if (rt_task(current))
		return 0;
	ktime_get_ts64(&now);
	now = timespec64_sub(*tv, now);
	slack = estimate_slack(&now);
	return max(slack, current->timer_slack_ns);
}

/* ---- standing in queues ---- */

struct poll_table_page {
	struct poll_table_page *next;
	struct poll_table_entry *entry;		/* the next free one */
	struct poll_table_entry entries[];
};

#define PAGE_ENTRIES_END(page)	((void *)((unsigned long)(page) + PAGE_SIZE))

static struct poll_table_entry *poll_get_entry(struct poll_wqueues *p)
{
	struct poll_table_page *table = p->table;

	if (p->inline_index < POLL_INLINE_ENTRIES)
		return p->inline_entries + p->inline_index++;
	if (!table || (void *)(table->entry + 1) > PAGE_ENTRIES_END(table)) {
		table = (struct poll_table_page *)__get_free_page(GFP_KERNEL);
		if (!table) {
			p->error = -ENOMEM;
			return NULL;
		}
		table->entry = table->entries;
		table->next = p->table;
		p->table = table;
	}
	return table->entry++;
}

/* A queue that we stand in is woken. Its lock is held. */
static int pollwake(wait_queue_entry_t *wait, unsigned int mode, int sync, void *key)
{
	struct poll_table_entry *entry = container_of(wait, struct poll_table_entry, wait);
	struct poll_wqueues *pwq = wait->private;
	DECLARE_WAITQUEUE(dummy_wait, pwq->polling_task);

	if (key && !(key_to_poll(key) & entry->key))
		return 0;	/* none of the events that we wait for */
	/*
	 * What was done to the file before this is seen by the poller that sees `triggered`.
	 * Partner: smp_store_mb() in poll_schedule_timeout().
	 */
	smp_wmb();
	WRITE_ONCE(pwq->triggered, 1);
	/* default_wake_function() wants a wait entry of the task itself. */
	return default_wake_function(&dummy_wait, mode, sync, key);
}

static void pollwait_enqueue(struct file *filp, wait_queue_head_t *wait_address, poll_table *p)
{
	struct poll_wqueues *pwq = container_of(p, struct poll_wqueues, pt);
	struct poll_table_entry *entry = poll_get_entry(pwq);

	if (!entry)
		return;
	entry->filp = get_file(filp);
	entry->wait_address = wait_address;
	entry->key = p->_key;
	init_waitqueue_func_entry(&entry->wait, pollwake);
	entry->wait.private = pwq;
	add_wait_queue(wait_address, &entry->wait);
}

/**
 * poll_initwait - stand in no queue yet
 * @pwq: @pwq->pt goes to ->poll()
 */
void poll_initwait(struct poll_wqueues *pwq)
{
	init_poll_funcptr(&pwq->pt, pollwait_enqueue);
	pwq->polling_task = current;
	pwq->triggered = 0;
	pwq->error = 0;
	pwq->table = NULL;
	pwq->inline_index = 0;
}
EXPORT_SYMBOL(poll_initwait);

static void free_poll_entry(struct poll_table_entry *entry)
{
	remove_wait_queue(entry->wait_address, &entry->wait);
	fput(entry->filp);
}

/**
 * poll_freewait - leave all queues
 * @pwq: after poll_initwait()
 *
 * Context: may sleep.
 */
void poll_freewait(struct poll_wqueues *pwq)
{
	struct poll_table_page *page = pwq->table;
	int i;

	for (i = 0; i < pwq->inline_index; i++)
		free_poll_entry(pwq->inline_entries + i);
	while (page) {
		struct poll_table_page *old = page;
		struct poll_table_entry *entry = page->entry;

		while (entry > page->entries)
			free_poll_entry(--entry);
		page = page->next;
		free_page((unsigned long)old);
	}
}
EXPORT_SYMBOL(poll_freewait);

/* Sleep, unless a wake-up came since the files were asked. 0 when the time is up. */
static int poll_schedule_timeout(struct poll_wqueues *pwq, int state, ktime_t *expires,
				 unsigned long slack)
{
	int rc = -EINTR;

	set_current_state(state);
	if (!READ_ONCE(pwq->triggered))
		rc = schedule_hrtimeout_range(expires, slack, HRTIMER_MODE_ABS);
	__set_current_state(TASK_RUNNING);
	/* Cleared before the files are asked again. Partner: smp_wmb() in pollwake(). */
	smp_store_mb(pwq->triggered, 0);
	return rc;
}

/* ---- the common shape of a time-out ---- */

/* A wait under way: until when, how exact, and whether it is over. */
struct poll_timeout {
	ktime_t expire;
	ktime_t *to;		/* NULL: for ever */
	u64 slack;
	bool timed_out;
};

static void poll_timeout_init(struct poll_timeout *t, struct timespec64 *end_time)
{
	*t = (struct poll_timeout){};
	if (!end_time)
		return;
	if (!end_time->tv_sec && !end_time->tv_nsec) {
		t->timed_out = true;	/* only look */
		return;
	}
	t->slack = select_estimate_accuracy(end_time);
	t->expire = timespec64_to_ktime(*end_time);
	t->to = &t->expire;
}

/**
 * poll_select_set_timeout - from "so long" to "until then"
 * @to: gets the time on the monotonic clock, or zero for "only look"
 * @sec: seconds
 * @nsec: nanoseconds, less than a second
 *
 * Return: 0, -EINVAL for a time that isn't one.
 */
int poll_select_set_timeout(struct timespec64 *to, time64_t sec, long nsec)
{
	struct timespec64 ts = { .tv_sec = sec, .tv_nsec = nsec };

	if (!timespec64_valid(&ts))
		return -EINVAL;
	if (!sec && !nsec) {
		to->tv_sec = to->tv_nsec = 0;
	} else {
		ktime_get_ts64(to);
		*to = timespec64_add_safe(*to, ts);
	}
	return 0;
}

/* Whom the remaining time is told to, and in which shape. */
enum poll_time_type { PT_TIMEVAL, PT_TIMESPEC };

/*
 * The end of select() and ppoll(): the mask as it was, and what is left of the time. That can't be
 * told in memory that is read-only: then a restart would begin the wait anew, so there is none.
 */
static int poll_select_finish(struct timespec64 *end_time, void __user *p,
			      enum poll_time_type pt_type, int ret)
{
	struct timespec64 left;

	restore_saved_sigmask_unless(ret == -ERESTARTNOHAND);
	if (!p || (current->personality & STICKY_TIMEOUTS))
		goto sticky;
	if (!end_time->tv_sec && !end_time->tv_nsec)
		return ret;	/* it only looked: nothing has changed */
	ktime_get_ts64(&left);
	left = timespec64_sub(*end_time, left);
	if (left.tv_sec < 0)
		left.tv_sec = left.tv_nsec = 0;
	if (pt_type == PT_TIMEVAL) {
		struct __kernel_old_timeval tv = {
			.tv_sec = left.tv_sec,
			.tv_usec = left.tv_nsec / NSEC_PER_USEC,
		};

		if (!copy_to_user(p, &tv, sizeof(tv)))
			return ret;
	} else if (!put_timespec64(&left, p)) {
		return ret;
	}
sticky:
	return ret == -ERESTARTNOHAND ? -EINTR : ret;
}

/* ---- select ---- */

/* Six bitmaps of descriptors: asked for, and found. */
typedef struct {
	unsigned long *in, *out, *ex;
	unsigned long *res_in, *res_out, *res_ex;
} fd_set_bits;

#define FDS_BITPERLONG	(8 * sizeof(long))
#define FDS_LONGS(nr)	(((nr) + FDS_BITPERLONG - 1) / FDS_BITPERLONG)
#define FDS_BYTES(nr)	(FDS_LONGS(nr) * sizeof(long))

#define BITS(fds, n)	((fds)->in[n] | (fds)->out[n] | (fds)->ex[n])

/* One more than the highest descriptor that is asked for; -EBADF if one isn't open. */
static int max_select_fd(unsigned long n, fd_set_bits *fds)
{
	unsigned long *open_fds, set, last = n % BITS_PER_LONG;
	unsigned long word = n / BITS_PER_LONG;
	struct fdtable *fdt;
	int max = 0;

	rcu_read_lock();
	fdt = rcu_dereference(current->files->fdt);
	open_fds = fdt->open_fds;
	if (last) {
		set = BITS(fds, word) & ~(~0UL << last);
		if (set & ~open_fds[word])
			goto bad;
		if (set)
			max = word * BITS_PER_LONG + __fls(set) + 1;
	}
	while (word--) {
		set = BITS(fds, word);
		if (set & ~open_fds[word])
			goto bad;
		if (set && !max)
			max = word * BITS_PER_LONG + __fls(set) + 1;
	}
	rcu_read_unlock();
	return max;
bad:
	rcu_read_unlock();
	return -EBADF;
}

/* What counts as ready in each of the sets. */
#define POLLIN_SET	(EPOLLRDNORM | EPOLLRDBAND | EPOLLIN | EPOLLHUP | EPOLLERR | EPOLLNVAL)
#define POLLOUT_SET	(EPOLLWRBAND | EPOLLWRNORM | EPOLLOUT | EPOLLERR | EPOLLNVAL)
#define POLLEX_SET	(EPOLLPRI | EPOLLNVAL)

static __poll_t select_poll_one(int fd, poll_table *wait, bool in, bool out, bool ex)
{
	CLASS(fd, f)(fd);

	if (fd_empty(f))
		return EPOLLNVAL;
	wait->_key = (in ? POLLIN_SET : 0) | (out ? POLLOUT_SET : 0) | (ex ? POLLEX_SET : 0);
	return vfs_poll(fd_file(f), wait);
}

/* Ask the descriptors of one word. How many bits were set in the results. */
static int select_poll_word(int n, fd_set_bits *fds, unsigned int word, poll_table *pt)
{
	unsigned long all = BITS(fds, word), in = 0, out = 0, ex = 0;
	int found = 0, base = word * BITS_PER_LONG;

	while (all) {
		unsigned int bit = __ffs(all);
		unsigned long m = 1UL << bit;
		__poll_t mask;

		all &= ~m;
		if (base + (int)bit >= n)
			break;
		mask = select_poll_one(base + bit, pt, fds->in[word] & m, fds->out[word] & m,
				       fds->ex[word] & m);
		if ((mask & POLLIN_SET) && (fds->in[word] & m)) {
			in |= m;
			found++;
		}
		if ((mask & POLLOUT_SET) && (fds->out[word] & m)) {
			out |= m;
			found++;
		}
		if ((mask & POLLEX_SET) && (fds->ex[word] & m)) {
			ex |= m;
			found++;
		}
		if (found)	/* no sleep: stand in no more queues */
			pt->_qproc = NULL;
	}
	fds->res_in[word] = in;
	fds->res_out[word] = out;
	fds->res_ex[word] = ex;
	return found;
}

static int do_select(int n, fd_set_bits *fds, struct timespec64 *end_time)
{
	struct poll_wqueues table;
	struct poll_timeout timeout;
	poll_table *wait;
	int retval;

	retval = max_select_fd(n, fds);
	if (retval < 0)
		return retval;
	n = retval;
	poll_initwait(&table);
	wait = &table.pt;
	poll_timeout_init(&timeout, end_time);
	if (timeout.timed_out)
		wait->_qproc = NULL;
	for (;;) {
		unsigned int word;

		retval = 0;
		for (word = 0; word < FDS_LONGS(n); word++) {
			if (BITS(fds, word))
				retval += select_poll_word(n, fds, word, wait);
			cond_resched();
		}
		wait->_qproc = NULL;	/* queued everywhere */
		if (retval || timeout.timed_out || signal_pending(current))
			break;
		if (table.error) {
			retval = table.error;
			break;
		}
		if (!poll_schedule_timeout(&table, TASK_INTERRUPTIBLE, timeout.to,
					   timeout.slack))
			timeout.timed_out = true;
	}
	poll_freewait(&table);
	return retval;
}

static int get_fd_set(unsigned long nr, void __user *ufdset, unsigned long *fdset)
{
	if (ufdset)
		return copy_from_user(fdset, ufdset, FDS_BYTES(nr)) ? -EFAULT : 0;
	memset(fdset, 0, FDS_BYTES(nr));
	return 0;
}

static unsigned long set_fd_set(unsigned long nr, void __user *ufdset, unsigned long *fdset)
{
	return ufdset ? copy_to_user(ufdset, fdset, FDS_BYTES(nr)) : 0;
}

#define SELECT_STACK_ALLOC	256

static int core_sys_select(int n, fd_set __user *inp, fd_set __user *outp, fd_set __user *exp,
			   struct timespec64 *end_time)
{
	long stack_fds[SELECT_STACK_ALLOC / sizeof(long)];
	unsigned int max_fds;
	fd_set_bits fds;
	void *bits = stack_fds;
	size_t size;
	int ret;

	if (unlikely(n < 0))
		return -EINVAL;
	rcu_read_lock();
	max_fds = rcu_dereference(current->files->fdt)->max_fds;
	rcu_read_unlock();
	if (n > max_fds)
		n = max_fds;

	size = FDS_BYTES(n);
	if (size > sizeof(stack_fds) / 6) {
		bits = kvmalloc(6 * size, GFP_KERNEL);
		if (!bits)
			return -ENOMEM;
	}
	fds.in = bits;
	fds.out = bits + size;
	fds.ex = bits + 2 * size;
	fds.res_in = bits + 3 * size;
	fds.res_out = bits + 4 * size;
	fds.res_ex = bits + 5 * size;
	ret = get_fd_set(n, inp, fds.in);
	if (!ret)
		ret = get_fd_set(n, outp, fds.out);
	if (!ret)
		ret = get_fd_set(n, exp, fds.ex);
	if (ret)
		goto out;
	memset(fds.res_in, 0, 3 * size);

	ret = do_select(n, &fds, end_time);
	if (ret < 0)
		goto out;
	if (!ret && signal_pending(current)) {
		ret = -ERESTARTNOHAND;
		goto out;
	}
	if (set_fd_set(n, inp, fds.res_in) || set_fd_set(n, outp, fds.res_out) ||
	    set_fd_set(n, exp, fds.res_ex))
		ret = -EFAULT;
out:
	if (bits != stack_fds)
		kvfree(bits);
	return ret;
}

SYSCALL_DEFINE5(select, int, n, fd_set __user *, inp, fd_set __user *, outp,
		fd_set __user *, exp, struct __kernel_old_timeval __user *, tvp)
{
	struct timespec64 end_time, *to = NULL;
	struct __kernel_old_timeval tv;
	int ret;

	if (tvp) {
		if (copy_from_user(&tv, tvp, sizeof(tv)))
			return -EFAULT;
		to = &end_time;
		/* More than a million microseconds have always been let pass. */
		if (poll_select_set_timeout(to, tv.tv_sec + tv.tv_usec / USEC_PER_SEC,
					    (tv.tv_usec % USEC_PER_SEC) * NSEC_PER_USEC))
			return -EINVAL;
	}
	ret = core_sys_select(n, inp, outp, exp, to);
	return poll_select_finish(&end_time, tvp, PT_TIMEVAL, ret);
}

/* For pselect6() and ppoll(): when the wait ends, if it does by itself, and the mask for it. */
static int begin_poll(struct __kernel_timespec __user *tsp, struct timespec64 *end,
		      const sigset_t __user *sigmask, size_t sigsetsize)
{
	struct timespec64 ts;

	if (tsp) {
		if (get_timespec64(&ts, tsp))
			return -EFAULT;
		if (poll_select_set_timeout(end, ts.tv_sec, ts.tv_nsec))
			return -EINVAL;
	}
	return set_user_sigmask(sigmask, sigsetsize);
}

static long do_pselect(int n, fd_set __user *inp, fd_set __user *outp, fd_set __user *exp,
		       struct __kernel_timespec __user *tsp, const sigset_t __user *sigmask,
		       size_t sigsetsize)
{
	struct timespec64 end_time, *to = tsp ? &end_time : NULL;
	int ret = begin_poll(tsp, &end_time, sigmask, sigsetsize);

	if (ret)
		return ret;
	ret = core_sys_select(n, inp, outp, exp, to);
	return poll_select_finish(&end_time, tsp, PT_TIMESPEC, ret);
}

/* pselect6's last argument: seven would be too many. */
struct sigset_argpack {
	sigset_t __user *p;
	size_t size;
};

SYSCALL_DEFINE6(pselect6, int, n, fd_set __user *, inp, fd_set __user *, outp,
		fd_set __user *, exp, struct __kernel_timespec __user *, tsp,
		void __user *, sig)
{
	struct sigset_argpack x = { NULL, 0 };

	if (sig && copy_from_user(&x, sig, sizeof(x)))
		return -EFAULT;
	return do_pselect(n, inp, outp, exp, tsp, x.p, x.size);
}

/* ---- poll ---- */

/* The caller's array in pieces of a page. */
struct poll_list {
	struct poll_list *next;
	unsigned int len;
	struct pollfd entries[];
};

#define POLL_STACK_ALLOC	256
#define N_STACK_PPS	((POLL_STACK_ALLOC - sizeof(struct poll_list)) / sizeof(struct pollfd))
#define POLLFD_PER_PAGE	((PAGE_SIZE - sizeof(struct poll_list)) / sizeof(struct pollfd))

static __poll_t do_pollfd(struct pollfd *pollfd, poll_table *pwait)
{
	__poll_t mask = 0, filter;

	if (pollfd->fd >= 0) {
		CLASS(fd, f)(pollfd->fd);

		if (fd_empty(f)) {
			mask = EPOLLNVAL;
		} else {
			/* Errors are told whether one asks or not. */
			filter = demangle_poll(pollfd->events) | EPOLLERR | EPOLLHUP;
			pwait->_key = filter;
			mask = vfs_poll(fd_file(f), pwait) & filter;
		}
	}
	pollfd->revents = mangle_poll(mask);
	return mask;
}

static int do_poll(struct poll_list *list, struct poll_wqueues *wait,
		   struct timespec64 *end_time)
{
	struct poll_timeout timeout;
	poll_table *pt = &wait->pt;
	int count = 0;

	poll_timeout_init(&timeout, end_time);
	if (timeout.timed_out)
		pt->_qproc = NULL;
	for (;;) {
		struct poll_list *walk;
		unsigned int i;

		for (walk = list; walk; walk = walk->next) {
			for (i = 0; i < walk->len; i++) {
				if (do_pollfd(&walk->entries[i], pt)) {
					count++;
					pt->_qproc = NULL;
				}
			}
		}
		pt->_qproc = NULL;
		if (!count) {
			count = wait->error;
			if (signal_pending(current))
				count = -ERESTARTNOHAND;
		}
		if (count || timeout.timed_out)
			return count;
		if (!poll_schedule_timeout(wait, TASK_INTERRUPTIBLE, timeout.to, timeout.slack))
			timeout.timed_out = true;
	}
}

static void free_poll_list(struct poll_list *head)
{
	struct poll_list *walk = head->next;

	while (walk) {
		struct poll_list *next = walk->next;

		kfree(walk);
		walk = next;
	}
}

/* Copy the array in: the first piece is @head, on the stack. */
static int get_poll_list(struct poll_list *head, struct pollfd __user *ufds, unsigned int nfds)
{
	struct poll_list *walk = head;
	unsigned int todo = nfds, len = min_t(unsigned int, nfds, N_STACK_PPS);

	for (;;) {
		walk->next = NULL;
		walk->len = len;
		if (!len)
			return 0;
		if (copy_from_user(walk->entries, ufds + nfds - todo,
				   sizeof(struct pollfd) * len))
			return -EFAULT;
		if (walk->len >= todo)
			return 0;
		todo -= walk->len;
		len = min_t(unsigned int, todo, POLLFD_PER_PAGE);
		walk->next = kmalloc(struct_size(walk, entries, len), GFP_KERNEL);
		walk = walk->next;
		if (!walk)
			return -ENOMEM;
	}
}

/* revents alone: the rest of the array may be changed by other threads meanwhile. */
static int put_poll_list(const struct poll_list *head, struct pollfd __user *ufds)
{
	const struct poll_list *walk;
	unsigned int i;

	for (walk = head; walk; walk = walk->next) {
		for (i = 0; i < walk->len; i++, ufds++) {
			if (put_user(walk->entries[i].revents, user_field(ufds, revents)))
				return -EFAULT;
		}
	}
	return 0;
}

static int do_sys_poll(struct pollfd __user *ufds, unsigned int nfds,
		       struct timespec64 *end_time)
{
	long stack_pps[POLL_STACK_ALLOC / sizeof(long)];
	struct poll_list *const head = (struct poll_list *)stack_pps;
	struct poll_wqueues table;
	int ret, fdcount;

	if (nfds > rlimit(RLIMIT_NOFILE))
		return -EINVAL;
	ret = get_poll_list(head, ufds, nfds);
	if (ret)
		goto out;
	poll_initwait(&table);
	fdcount = do_poll(head, &table, end_time);
	poll_freewait(&table);
	ret = put_poll_list(head, ufds);
	if (!ret)
		ret = fdcount;
out:
	free_poll_list(head);
	return ret;
}

static long do_restart_poll(struct restart_block *restart_block)
{
	struct pollfd __user *ufds = restart_block->poll.ufds;
	int nfds = restart_block->poll.nfds;
	struct timespec64 *to = NULL, end_time;
	int ret;

	if (restart_block->poll.has_timeout) {
		end_time.tv_sec = restart_block->poll.tv_sec;
		end_time.tv_nsec = restart_block->poll.tv_nsec;
		to = &end_time;
	}
	ret = do_sys_poll(ufds, nfds, to);
	if (ret == -ERESTARTNOHAND) {
		restart_block->fn = do_restart_poll;
		ret = -ERESTART_RESTARTBLOCK;
	}
	return ret;
}

SYSCALL_DEFINE3(poll, struct pollfd __user *, ufds, unsigned int, nfds, int, timeout_msecs)
{
	struct timespec64 end_time, *to = NULL;
	struct restart_block *restart_block;
	int ret;

	if (timeout_msecs >= 0) {
		to = &end_time;
		poll_select_set_timeout(to, timeout_msecs / MSEC_PER_SEC,
					NSEC_PER_MSEC * (timeout_msecs % MSEC_PER_SEC));
	}
	ret = do_sys_poll(ufds, nfds, to);
	if (ret != -ERESTARTNOHAND)
		return ret;

	restart_block = &current->restart_block;
	restart_block->poll.ufds = ufds;
	restart_block->poll.nfds = nfds;
	restart_block->poll.has_timeout = to != NULL;
	if (to) {
		restart_block->poll.tv_sec = end_time.tv_sec;
		restart_block->poll.tv_nsec = end_time.tv_nsec;
	}
	restart_block->fn = do_restart_poll;
	return -ERESTART_RESTARTBLOCK;
}

SYSCALL_DEFINE5(ppoll, struct pollfd __user *, ufds, unsigned int, nfds,
		struct __kernel_timespec __user *, tsp, const sigset_t __user *, sigmask,
		size_t, sigsetsize)
{
	struct timespec64 end_time, *to = tsp ? &end_time : NULL;
	int ret = begin_poll(tsp, &end_time, sigmask, sigsetsize);

	if (ret)
		return ret;
	ret = do_sys_poll(ufds, nfds, to);
	return poll_select_finish(&end_time, tsp, PT_TIMESPEC, ret);
}
