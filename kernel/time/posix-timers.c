// SPDX-License-Identifier: MIT
/*
 * POSIX timers: timer_create(2) and its kin.
 *
 * A timer sends its signal once, or every interval. However often it expires before the signal is
 * taken, one signal waits: the others are counted as overruns, which the handler is told. So a
 * periodic timer isn't armed again when it expires but when its signal is taken
 * (posixtimer_rearm(), from dequeue_signal()); the periods that have gone by are the overruns.
 *
 *	expiry		it_requeue_pending becomes odd, its value goes along in the siginfo
 *	signal taken	same value still? then arm again. The timer may have been set or deleted
 *			meanwhile: then the value is another.
 *
 * Lock order: it_lock, then siglock. Finding a timer needs RCU only.
 */

#include "posix-timers.h"

#include <linux/errno.h>
#include <linux/hash.h>
#include <linux/init.h>
#include <linux/jiffies.h>
#include <linux/ktime.h>
#include <linux/rculist.h>
#include <linux/seq_file.h>
#include <linux/slab.h>
#include <linux/syscalls.h>
#include <linux/time.h>
#include <linux/uaccess.h>

#define TIMER_HASH_BITS	9

static struct hlist_head timer_hashtable[1 << TIMER_HASH_BITS];
static DEFINE_SPINLOCK(hash_lock);
static struct kmem_cache *timer_cachep;

/* --- Finding ---------------------------------------------------------------------------------- */

static struct hlist_head *bucket_of(struct signal_struct *sig, timer_t id)
{
	return &timer_hashtable[hash_64((unsigned long)sig + id, TIMER_HASH_BITS)];
}

/* Under RCU or hash_lock. */
static struct k_itimer *find_timer(struct signal_struct *sig, timer_t id)
{
	struct k_itimer *timr;

	hlist_for_each_entry_rcu(timr, bucket_of(sig, id), hash, lockdep_is_held(&hash_lock)) {
		if (READ_ONCE(timr->it_signal) == sig && timr->it_id == id)
			return timr;
	}
	return NULL;
}

/* The current process' timer @id, it_lock held; NULL if there is none. */
static struct k_itimer *lock_timer(timer_t id, unsigned long *flags)
{
	struct k_itimer *timr;

	if (id < 0)
		return NULL;
	rcu_read_lock();
	timr = find_timer(current->signal, id);
	if (timr) {
		spin_lock_irqsave(&timr->it_lock, *flags);
		/* Deleted while we came? */
		if (timr->it_signal != current->signal) {
			spin_unlock_irqrestore(&timr->it_lock, *flags);
			timr = NULL;
		}
	}
	rcu_read_unlock();
	return timr;
}

static void unlock_timer(struct k_itimer *timr, unsigned long flags)
{
	spin_unlock_irqrestore(&timr->it_lock, flags);
}

/* Give @timr the next free number of its process. Return: 0 or -EAGAIN. */
static int hash_timer(struct k_itimer *timr, struct signal_struct *sig)
{
	unsigned int tries;
	int ret = -EAGAIN;

	spin_lock(&hash_lock);
	for (tries = 0; tries <= INT_MAX; tries++) {
		unsigned int id = sig->next_posix_timer_id;

		sig->next_posix_timer_id = (id + 1) & INT_MAX;
		if (find_timer(sig, id))
			continue;
		timr->it_id = id;
		hlist_add_head_rcu(&timr->hash, bucket_of(sig, id));
		ret = 0;
		break;
	}
	spin_unlock(&hash_lock);
	return ret;
}

static void unhash_timer(struct k_itimer *timr)
{
	spin_lock(&hash_lock);
	hlist_del_rcu(&timr->hash);
	spin_unlock(&hash_lock);
}

/*
 * --- The signal ----------------------------------------------------------------------------------
 */

/* Return: nobody cares for the signal. it_lock held. */
bool posix_timer_send(struct k_itimer *timr, int si_private)
{
	timr->sigq->info.si_sys_private = si_private;
	return send_sigqueue(timr->sigq, timr->it_pid, timr->it_pid_type) > 0;
}

static int clamp_overrun(s64 overrun)
{
	return clamp_t(s64, overrun, 0, INT_MAX);
}

/**
 * posixtimer_rearm - the signal of a periodic timer was taken
 * @info: its siginfo; si_overrun is filled
 *
 * Context: no lock held, interrupts off.
 */
void posixtimer_rearm(struct kernel_siginfo *info)
{
	struct k_itimer *timr;
	unsigned long flags;

	timr = lock_timer(info->si_tid, &flags);
	if (!timr)
		return;
	if (timr->it_interval && timr->it_requeue_pending == info->si_sys_private) {
		timr->clock->timer_rearm(timr);
		timr->it_active = true;
		timr->it_overrun_last = timr->it_overrun;
		timr->it_overrun = -1;
		++timr->it_requeue_pending;
		info->si_overrun = clamp_overrun(timr->it_overrun_last + info->si_overrun);
	}
	unlock_timer(timr, flags);
}

/*
 * --- Timers on the hrtimer clocks
 * ------------------------------------------------------------------
 */

/*
 * The signal is ignored: keep going without it, as a handler may be set later. At most once a tick:
 * a timer of a nanosecond would keep a CPU busy for nothing.
 */
static void go_on_ignored(struct k_itimer *timr)
{
	struct hrtimer *timer = &timr->it.real;
	ktime_t now = hrtimer_cb_get_time(timer);

	if (timr->it_interval < TICK_NSEC)
		now = ktime_add(now, TICK_NSEC);
	timr->it_overrun += hrtimer_forward(timer, now, timr->it_interval);
	++timr->it_requeue_pending;
	timr->it_active = true;
}

static enum hrtimer_restart posix_timer_fn(struct hrtimer *timer)
{
	struct k_itimer *timr = container_of(timer, struct k_itimer, it.real);
	enum hrtimer_restart ret = HRTIMER_NORESTART;
	unsigned long flags;
	int si_private = 0;

	spin_lock_irqsave(&timr->it_lock, flags);
	if (!timr->it_signal)
		goto out;
	timr->it_active = false;
	if (timr->it_interval)
		si_private = ++timr->it_requeue_pending;
	if (posix_timer_send(timr, si_private) && timr->it_interval) {
		go_on_ignored(timr);
		ret = HRTIMER_RESTART;
	}
out:
	spin_unlock_irqrestore(&timr->it_lock, flags);
	return ret;
}

int common_timer_create(struct k_itimer *timr)
{
	hrtimer_setup(&timr->it.real, posix_timer_fn, timr->it_clock, HRTIMER_MODE_ABS);
	return 0;
}

/**
 * common_timer_rearm - a periodic timer's signal was taken: arm the next, and count those that were
 * missed
 */
void common_timer_rearm(struct k_itimer *timr)
{
	struct hrtimer *timer = &timr->it.real;

	timr->it_overrun += hrtimer_forward_now(timer, timr->it_interval);
	hrtimer_restart(timer);
}

/**
 * common_timer_get - timer_gettime(2) of a timer on an hrtimer
 *
 * Context: it_lock held; so for the next ones.
 */
void common_timer_get(struct k_itimer *timr, struct itimerspec64 *cur)
{
	bool silent = timr->it_sigev_notify == SIGEV_NONE;
	struct hrtimer *timer = &timr->it.real;
	ktime_t now, left, interval = timr->it_interval;

	if (interval)
		cur->it_interval = ktime_to_timespec64(interval);
	else if (!timr->it_active && !silent)
		return;
	now = hrtimer_cb_get_time(timer);
	/* Its signal waits, or there is none: bring it up to date here. */
	if (interval && (silent || (timr->it_requeue_pending & REQUEUE_PENDING)))
		timr->it_overrun += hrtimer_forward(timer, now, interval);
	left = ktime_sub(hrtimer_get_expires(timer), now);
	if (left > 0)
		cur->it_value = ktime_to_timespec64(left);
	else if (!silent)
		/* Due at any moment; 0 would say that it is off. */
		cur->it_value.tv_nsec = 1;
}

/**
 * common_timer_del - disarm a timer
 *
 * Return: 0; TIMER_RETRY: its function runs, wait without the lock.
 */
int common_timer_del(struct k_itimer *timr)
{
	timr->it_interval = 0;
	if (hrtimer_try_to_cancel(&timr->it.real) < 0)
		return TIMER_RETRY;
	timr->it_active = false;
	return 0;
}

static void common_arm(struct k_itimer *timr, ktime_t expires, bool absolute)
{
	enum hrtimer_mode mode = absolute ? HRTIMER_MODE_ABS : HRTIMER_MODE_REL;
	struct hrtimer *timer = &timr->it.real;

	/* Relative to CLOCK_REALTIME doesn't follow when that is set: another base. */
	hrtimer_setup(timer, posix_timer_fn, timr->it_clock, mode);
	if (!absolute)
		expires = ktime_add_safe(expires, hrtimer_cb_get_time(timer));
	hrtimer_set_expires(timer, expires);
	if (timr->it_sigev_notify != SIGEV_NONE)
		hrtimer_start_expires(timer, HRTIMER_MODE_ABS);
}

/** common_timer_set - timer_settime(2) of a timer on an hrtimer. Return: 0, TIMER_RETRY */
int common_timer_set(struct k_itimer *timr, int flags, struct itimerspec64 *new,
		     struct itimerspec64 *old)
{
	if (old)
		common_timer_get(timr, old);
	if (common_timer_del(timr))
		return TIMER_RETRY;
	/* A signal that waits is of the old setting: it shall not arm the new one. */
	timr->it_requeue_pending = (timr->it_requeue_pending + 2) & ~REQUEUE_PENDING;
	timr->it_overrun_last = 0;
	timr->it_overrun = -1;
	if (!new->it_value.tv_sec && !new->it_value.tv_nsec)
		return 0;
	timr->it_interval = timespec64_to_ktime(new->it_interval);
	common_arm(timr, timespec64_to_ktime(new->it_value), flags & TIMER_ABSTIME);
	timr->it_active = timr->it_sigev_notify != SIGEV_NONE;
	return 0;
}

/*
 * --- Life
 * -------------------------------------------------------------------------------------------
 */

static struct k_itimer *alloc_posix_timer(void)
{
	struct k_itimer *timr = kmem_cache_zalloc(timer_cachep, GFP_KERNEL);

	if (!timr)
		return NULL;
	timr->sigq = sigqueue_alloc();
	if (!timr->sigq) {
		kmem_cache_free(timer_cachep, timr);
		return NULL;
	}
	clear_siginfo(&timr->sigq->info);
	spin_lock_init(&timr->it_lock);
	timr->it_overrun = -1;
	return timr;
}

static void free_timer_rcu(struct rcu_head *head)
{
	kmem_cache_free(timer_cachep, container_of(head, struct k_itimer, rcu));
}

static void free_posix_timer(struct k_itimer *timr)
{
	put_pid(timr->it_pid);
	sigqueue_free(timr->sigq);
	call_rcu(&timr->rcu, free_timer_rcu);
}

/* Who gets the signal? NULL: what the event says is wrong. */
static struct pid *good_sigevent(const sigevent_t *event)
{
	struct pid *pid = task_tgid(current);
	struct task_struct *t;

	switch (event->sigev_notify) {
	case SIGEV_SIGNAL | SIGEV_THREAD_ID:
		pid = find_vpid(event->sigev_notify_thread_id);
		t = pid_task(pid, PIDTYPE_PID);
		if (!t || !same_thread_group(t, current))
			return NULL;
		fallthrough;
	case SIGEV_SIGNAL:
	case SIGEV_THREAD:
		if (event->sigev_signo <= 0 || event->sigev_signo > SIGRTMAX)
			return NULL;
		fallthrough;
	case SIGEV_NONE:
		return pid;
	default:
		return NULL;
	}
}

static int set_timer_event(struct k_itimer *timr, const sigevent_t *event)
{
	kernel_siginfo_t *info = &timr->sigq->info;

	rcu_read_lock();
	timr->it_pid = get_pid(good_sigevent(event));
	rcu_read_unlock();
	if (!timr->it_pid)
		return -EINVAL;
	timr->it_sigev_notify = event->sigev_notify;
	timr->it_pid_type = event->sigev_notify & SIGEV_THREAD_ID ? PIDTYPE_PID : PIDTYPE_TGID;
	info->si_signo = event->sigev_signo;
	info->_sifields._timer._sigval = event->sigev_value;
	info->si_code = SI_TIMER;
	return 0;
}

static int do_timer_create(clockid_t which, sigevent_t *event, timer_t __user *created_id)
{
	const struct posix_clock_ops *kc = clockid_to_ops(which);
	struct k_itimer *timr;
	int ret;

	if (!kc)
		return -EINVAL;
	if (!kc->timer_create)
		return -EOPNOTSUPP;
	timr = alloc_posix_timer();
	if (!timr)
		return -EAGAIN;
	timr->clock = kc;
	timr->it_clock = which;
	ret = hash_timer(timr, current->signal);
	if (ret)
		goto free;
	if (!event) {
		sigevent_t standard = {
			.sigev_notify = SIGEV_SIGNAL,
			.sigev_signo = SIGALRM,
			.sigev_value.sival_int = timr->it_id,
		};

		ret = set_timer_event(timr, &standard);
	} else {
		ret = set_timer_event(timr, event);
	}
	if (ret)
		goto unhash;
	timr->sigq->info.si_tid = timr->it_id;
	if (copy_to_user(created_id, &timr->it_id, sizeof(timr->it_id))) {
		ret = -EFAULT;
		goto unhash;
	}
	ret = kc->timer_create(timr);
	if (ret)
		goto unhash;

	spin_lock_irq(&rcu_dereference_protected(current->sighand, 1)->siglock);
	hlist_add_head(&timr->list, &current->signal->posix_timers);
	/* From here on it can be found. */
	WRITE_ONCE(timr->it_signal, current->signal);
	spin_unlock_irq(&rcu_dereference_protected(current->sighand, 1)->siglock);
	return 0;

unhash:
	unhash_timer(timr);
free:
	free_posix_timer(timr);
	return ret;
}

/* timer_create(2) */
SYSCALL_DEFINE3(timer_create, clockid_t, which_clock, struct sigevent __user *, timer_event_spec,
		timer_t __user *, created_timer_id)
{
	sigevent_t event;

	if (!timer_event_spec)
		return do_timer_create(which_clock, NULL, created_timer_id);
	if (copy_from_user(&event, timer_event_spec, sizeof(event)))
		return -EFAULT;
	return do_timer_create(which_clock, &event, created_timer_id);
}

/* timer_settime(2) */
SYSCALL_DEFINE4(timer_settime, timer_t, timer_id, int, flags,
		const struct __kernel_itimerspec __user *, new_setting,
		struct __kernel_itimerspec __user *, old_setting)
{
	struct itimerspec64 new, old;
	struct k_itimer *timr;
	unsigned long irqflags;
	int ret;

	if (!new_setting)
		return -EINVAL;
	if (get_itimerspec64(&new, new_setting))
		return -EFAULT;
	if (!itimerspec64_valid(&new))
		return -EINVAL;
	for (;;) {
		memset(&old, 0, sizeof(old));
		timr = lock_timer(timer_id, &irqflags);
		if (!timr)
			return -EINVAL;
		ret = timr->clock->timer_set(timr, flags, &new, old_setting ? &old : NULL);
		unlock_timer(timr, irqflags);
		if (ret != TIMER_RETRY)
			break;
		/* Its callback is at work, on another CPU, and wants the lock. */
		cpu_relax();
	}
	if (!ret && old_setting && put_itimerspec64(&old, old_setting))
		ret = -EFAULT;
	return ret;
}

/* timer_gettime(2) */
SYSCALL_DEFINE2(timer_gettime, timer_t, timer_id, struct __kernel_itimerspec __user *, setting)
{
	struct itimerspec64 cur = { };
	struct k_itimer *timr;
	unsigned long flags;

	timr = lock_timer(timer_id, &flags);
	if (!timr)
		return -EINVAL;
	timr->clock->timer_get(timr, &cur);
	unlock_timer(timr, flags);
	return put_itimerspec64(&cur, setting);
}

/* timer_getoverrun(2) */
SYSCALL_DEFINE1(timer_getoverrun, timer_t, timer_id)
{
	struct k_itimer *timr;
	unsigned long flags;
	int overrun;

	timr = lock_timer(timer_id, &flags);
	if (!timr)
		return -EINVAL;
	overrun = clamp_overrun(timr->it_overrun_last);
	unlock_timer(timr, flags);
	return overrun;
}

/* siglock held, so that @timr stays. */
static void show_timer(struct seq_file *m, const struct k_itimer *timr)
{
	static const char *const ways[] = {
		[SIGEV_SIGNAL] = "signal", [SIGEV_NONE] = "none", [SIGEV_THREAD] = "thread",
	};
	const kernel_siginfo_t *info = &timr->sigq->info;

	seq_printf(m, "ID: %d\nsignal: %d/%px\n", timr->it_id, info->si_signo,
		   info->_sifields._timer._sigval.sival_ptr);
	seq_printf(m, "notify: %s/%s.%d\n", ways[timr->it_sigev_notify & ~SIGEV_THREAD_ID],
		   timr->it_sigev_notify & SIGEV_THREAD_ID ? "tid" : "pid", pid_vnr(timr->it_pid));
	seq_printf(m, "ClockID: %d\n", timr->it_clock);
}

/**
 * posix_timers_show - the text of /proc/PID/timers
 * @m: where to
 * @task: of the process
 *
 * Context: no lock held.
 * Return: 0; -ESRCH: it has ended.
 */
int posix_timers_show(struct seq_file *m, struct task_struct *task)
{
	struct k_itimer *timr;
	unsigned long flags;

	if (!lock_task_sighand(task, &flags))
		return -ESRCH;
	hlist_for_each_entry(timr, &task->signal->posix_timers, list)
		show_timer(m, timr);
	unlock_task_sighand(task, &flags);
	return 0;
}

/* Off the lists and disarmed; nobody finds it any more. */
static void finish_timer(struct k_itimer *timr)
{
	unhash_timer(timr);
	free_posix_timer(timr);
}

/* timer_delete(2) */
SYSCALL_DEFINE1(timer_delete, timer_t, timer_id)
{
	spinlock_t *siglock = &rcu_dereference_protected(current->sighand, 1)->siglock;
	struct k_itimer *timr;
	unsigned long flags;

	for (;;) {
		timr = lock_timer(timer_id, &flags);
		if (!timr)
			return -EINVAL;
		if (timr->clock->timer_del(timr) != TIMER_RETRY)
			break;
		unlock_timer(timr, flags);
		cpu_relax();
	}
	spin_lock(siglock);
	hlist_del(&timr->list);
	spin_unlock(siglock);
	WRITE_ONCE(timr->it_signal, NULL);
	unlock_timer(timr, flags);
	finish_timer(timr);
	return 0;
}

static void delete_locked_free(struct k_itimer *timr)
{
	unsigned long flags;

	spin_lock_irqsave(&timr->it_lock, flags);
	while (timr->clock->timer_del(timr) == TIMER_RETRY) {
		spin_unlock_irqrestore(&timr->it_lock, flags);
		cpu_relax();
		spin_lock_irqsave(&timr->it_lock, flags);
	}
	WRITE_ONCE(timr->it_signal, NULL);
	spin_unlock_irqrestore(&timr->it_lock, flags);
	finish_timer(timr);
}

/**
 * exit_itimers - delete all timers of a process
 * @tsk: its last thread, or the one that execs
 */
void exit_itimers(struct task_struct *tsk)
{
	struct hlist_head timers;
	unsigned long flags;

	if (hlist_empty(&tsk->signal->posix_timers))
		return;
	if (!lock_task_sighand(tsk, &flags))
		return;
	hlist_move_list(&tsk->signal->posix_timers, &timers);
	unlock_task_sighand(tsk, &flags);
	while (!hlist_empty(&timers)) {
		struct k_itimer *timr = hlist_entry(timers.first, struct k_itimer, list);

		hlist_del(&timr->list);
		delete_locked_free(timr);
	}
}

static int __init posix_timers_init(void)
{
	timer_cachep = kmem_cache_create("posix_timers_cache", sizeof(struct k_itimer), 0,
					 SLAB_PANIC | SLAB_ACCOUNT, NULL);
	return 0;
}
core_initcall(posix_timers_init);
