// SPDX-License-Identifier: MIT
/*
 * The queues in which signals wait.
 *
 * A thread has one of its own (task->pending), its process has one for signals that any thread may
 * take (signal->shared_pending). A queue is a set, which signals there are, and a list of entries
 * with what is known about each:
 *
 *	signals 1 to 31		are in the list at most once
 *	real-time signals	as often as they were sent, first come first taken
 *	no memory, no limit	the bit without an entry: "some signal", from nobody
 *
 * Entries count against RLIMIT_SIGPENDING of the user who receives them.
 *
 * Order of taking: what the program's own instructions caused, then by number; the thread's queue
 * before the process'.
 */

#include "signal.h"

#include <linux/cred.h>
#include <linux/export.h>
#include <linux/hrtimer.h>
#include <linux/init.h>
#include <linux/posix-timers.h>
#include <linux/ptrace.h>
#include <linux/sched/user.h>
#include <linux/slab.h>

static struct kmem_cache *sigqueue_cachep;

/* --- Entries ---------------------------------------------------------------------------- */

/**
 * sigqueue_alloc_for - an entry that counts for a task's user
 * @t: who will receive the signal
 * @gfp: how to allocate
 * @override_rlimit: the limit doesn't hold for this one
 *
 * Context: any that @gfp allows.
 * Return: the entry, in no list; NULL if the limit is reached or memory is short.
 */
struct sigqueue *sigqueue_alloc_for(struct task_struct *t, gfp_t gfp, bool override_rlimit)
{
	struct user_struct *user;
	struct sigqueue *q = NULL;
	int count;

	rcu_read_lock();
	user = get_uid(__task_cred(t)->user);
	rcu_read_unlock();
	count = atomic_inc_return(&user->sigpending);
	if (override_rlimit || count <= task_rlimit(t, RLIMIT_SIGPENDING))
		q = kmem_cache_alloc(sigqueue_cachep, gfp);
	if (!q) {
		atomic_dec(&user->sigpending);
		free_uid(user);
		return NULL;
	}
	INIT_LIST_HEAD(&q->list);
	q->flags = 0;
	q->user = user;
	return q;
}

/* The entry's end, unless a timer owns it. */
void sigqueue_put(struct sigqueue *q)
{
	if (q->flags & SIGQUEUE_PREALLOC)
		return;
	atomic_dec(&q->user->sigpending);
	free_uid(q->user);
	kmem_cache_free(sigqueue_cachep, q);
}

/**
 * sigqueue_alloc - the entry that a POSIX timer sends again and again
 *
 * Context: may sleep.
 * Return: the entry, or NULL.
 */
struct sigqueue *sigqueue_alloc(void)
{
	struct sigqueue *q = sigqueue_alloc_for(current, GFP_KERNEL, false);

	if (q)
		q->flags = SIGQUEUE_PREALLOC;
	return q;
}

/**
 * sigqueue_free - its end, whether it is queued or not
 * @q: made by sigqueue_alloc()
 *
 * A queued one is not taken from the queue, as the signal was sent: it just becomes an ordinary
 * entry.
 *
 * Context: the timer's process, siglock not held.
 */
void sigqueue_free(struct sigqueue *q)
{
	spinlock_t *lock = &own_sighand()->siglock;
	unsigned long flags;

	spin_lock_irqsave(lock, flags);
	q->flags &= ~SIGQUEUE_PREALLOC;
	if (!list_empty(&q->list))
		q = NULL;
	spin_unlock_irqrestore(lock, flags);
	if (q)
		sigqueue_put(q);
}

/**
 * flush_sigqueue - empty a queue
 * @queue: of a task or process that nobody else reaches, or locked
 */
void flush_sigqueue(struct sigpending *queue)
{
	struct sigqueue *q, *next;

	sigemptyset(&queue->signal);
	list_for_each_entry_safe(q, next, &queue->list, list) {
		list_del_init(&q->list);
		sigqueue_put(q);
	}
}

/* Take the signals in @mask out of a queue. Locked. */
void flush_sigqueue_mask(const sigset_t *mask, struct sigpending *s)
{
	struct sigqueue *q, *next;

	if (!(s->signal.sig[0] & mask->sig[0]))
		return;
	sigandnsets(&s->signal, &s->signal, mask);
	list_for_each_entry_safe(q, next, &s->list, list) {
		if (sigismember(mask, q->info.si_signo)) {
			list_del_init(&q->list);
			sigqueue_put(q);
		}
	}
}

/* exec: what the old program's timers sent means nothing to the new one. */
static void flush_timer_signals(struct sigpending *pending)
{
	sigset_t from_timers, others;
	struct sigqueue *q, *next;

	sigemptyset(&from_timers);
	sigemptyset(&others);
	list_for_each_entry_safe(q, next, &pending->list, list) {
		int sig = q->info.si_signo;

		if (q->info.si_code != SI_TIMER) {
			sigaddset(&others, sig);
			continue;
		}
		sigaddset(&from_timers, sig);
		list_del_init(&q->list);
		sigqueue_put(q);
	}
	/* A bit stays if something else of the same number waits. */
	sigandnsets(&from_timers, &from_timers, &others);
	sigandnsets(&pending->signal, &pending->signal, &from_timers);
}

/**
 * flush_itimer_signals - forget what timers have sent to the current process
 *
 * Context: exec, alone in the process.
 */
void flush_itimer_signals(void)
{
	spinlock_t *lock = &own_sighand()->siglock;

	spin_lock_irq(lock);
	flush_timer_signals(&current->pending);
	flush_timer_signals(&current->signal->shared_pending);
	spin_unlock_irq(lock);
}

/**
 * flush_signals - forget all signals of a task
 * @t: a kernel thread, or current
 */
void flush_signals(struct task_struct *t)
{
	unsigned long flags;

	if (!lock_task_sighand(t, &flags))
		return;
	clear_tsk_thread_flag(t, TIF_SIGPENDING);
	flush_sigqueue(&t->pending);
	flush_sigqueue(&t->signal->shared_pending);
	unlock_task_sighand(t, &flags);
}
EXPORT_SYMBOL(flush_signals);

/* --- Is there something to do? ------------------------------------------------------------ */

/* Locked. Raises the flag if there is; lowering is left to the task itself. */
bool recalc_sigpending_tsk(struct task_struct *t)
{
	if (!(t->jobctl & (JOBCTL_PENDING_MASK | JOBCTL_TRAP_FREEZE)) &&
	    !has_pending_signals(&t->pending.signal, &t->blocked) &&
	    !has_pending_signals(&t->signal->shared_pending.signal, &t->blocked))
		return false;
	set_tsk_thread_flag(t, TIF_SIGPENDING);
	return true;
}

/**
 * recalc_sigpending - put the current task's TIF_SIGPENDING right
 *
 * Context: siglock held.
 */
void recalc_sigpending(void)
{
	if (!recalc_sigpending_tsk(current) && test_thread_flag(TIF_SIGPENDING))
		clear_thread_flag(TIF_SIGPENDING);
}
EXPORT_SYMBOL(recalc_sigpending);

/**
 * recalc_sigpending_and_wake - likewise of another task, and wake it if there is
 * @t: the task, locked
 */
void recalc_sigpending_and_wake(struct task_struct *t)
{
	if (recalc_sigpending_tsk(t))
		signal_wake_up(t, 0);
}

/**
 * calculate_sigpending - a new task looks for the first time
 *
 * The process may have got signals while it was made.
 */
void calculate_sigpending(void)
{
	spinlock_t *lock = &own_sighand()->siglock;

	spin_lock_irq(lock);
	set_thread_flag(TIF_SIGPENDING);
	recalc_sigpending();
	spin_unlock_irq(lock);
}

/* --- Taking one --------------------------------------------------------------------------- */

/**
 * next_signal - which one is next?
 * @pending: a queue, locked
 * @mask: signals to pass over
 *
 * Return: its number, or 0.
 */
int next_signal(struct sigpending *pending, sigset_t *mask)
{
	unsigned long ready = pending->signal.sig[0] & ~mask->sig[0];

	if (!ready)
		return 0;
	if (ready & SYNCHRONOUS_MASK)
		ready &= SYNCHRONOUS_MASK;
	return __ffs(ready) + 1;
}

/* The first entry of a signal; @more says whether there are others behind it. */
static struct sigqueue *first_entry_of(int sig, struct sigpending *pending, bool *more)
{
	struct sigqueue *q, *first = NULL;

	*more = false;
	list_for_each_entry(q, &pending->list, list) {
		if (q->info.si_signo != sig)
			continue;
		if (first) {
			*more = true;
			break;
		}
		first = q;
	}
	return first;
}

static void collect_signal(int sig, struct sigpending *pending, kernel_siginfo_t *info,
			   bool *from_timer)
{
	bool more;
	struct sigqueue *q = first_entry_of(sig, pending, &more);

	if (!more)
		sigdelset(&pending->signal, sig);
	if (!q) {
		/* It was sent, but there was no entry for it. */
		clear_siginfo(info);
		info->si_signo = sig;
		info->si_code = SI_USER;
		return;
	}
	list_del_init(&q->list);
	copy_siginfo(info, &q->info);
	*from_timer = (q->flags & SIGQUEUE_PREALLOC) && info->si_code == SI_TIMER &&
		      info->si_sys_private;
	sigqueue_put(q);
}

static int take_from(struct sigpending *pending, sigset_t *mask, kernel_siginfo_t *info,
		     bool *from_timer)
{
	int sig = next_signal(pending, mask);

	if (sig)
		collect_signal(sig, pending, info, from_timer);
	return sig;
}

/*
 * ITIMER_REAL is armed again when its signal is taken, not when it is sent: however short its
 * interval, a process that doesn't get to run isn't flooded.
 */
static void rearm_real_timer(struct signal_struct *sig)
{
	struct hrtimer *tmr = &sig->real_timer;

	if (hrtimer_is_queued(tmr) || !sig->it_real_incr)
		return;
	hrtimer_forward_now(tmr, sig->it_real_incr);
	hrtimer_restart(tmr);
}

/**
 * dequeue_signal - take the next signal of the current task
 * @mask: signals to leave
 * @info: filled
 * @type: filled: PIDTYPE_PID if it was for this thread, PIDTYPE_TGID if for the process
 *
 * Context: siglock held; dropped and taken again for a timer's signal.
 * Return: its number, or 0.
 */
int dequeue_signal(sigset_t *mask, kernel_siginfo_t *info, enum pid_type *type)
{
	struct task_struct *tsk = current;
	bool from_timer = false;
	int sig;

	lockdep_assert_held(&own_sighand()->siglock);
	*type = PIDTYPE_PID;
	sig = take_from(&tsk->pending, mask, info, &from_timer);
	if (!sig) {
		*type = PIDTYPE_TGID;
		sig = take_from(&tsk->signal->shared_pending, mask, info, &from_timer);
		if (unlikely(sig == SIGALRM))
			rearm_real_timer(tsk->signal);
	}
	recalc_sigpending();
	if (!sig)
		return 0;

	/*
	 * Somebody may send SIGCONT while the lock is dropped on the way to the stop: that takes
	 * the mark away, and the stop doesn't happen.
	 */
	if (unlikely(sig_kernel_stop(sig)))
		tsk->jobctl |= JOBCTL_STOP_DEQUEUED;
	if (from_timer) {
		spin_unlock(&own_sighand()->siglock);
		posixtimer_rearm(info);
		spin_lock(&own_sighand()->siglock);
		info->si_sys_private = 0;
	}
	return sig;
}
EXPORT_SYMBOL_GPL(dequeue_signal);

/*
 * A fault's signal, before all others: the handler must find the registers of the fault. One that
 * somebody sent by hand doesn't count.
 */
int dequeue_synchronous_signal(kernel_siginfo_t *info)
{
	struct sigpending *pending = &current->pending;
	struct sigqueue *q, *other, *sync = NULL;
	int sig;

	if (!((pending->signal.sig[0] & ~current->blocked.sig[0]) & SYNCHRONOUS_MASK))
		return 0;
	list_for_each_entry(q, &pending->list, list) {
		sig = q->info.si_signo;
		if (q->info.si_code > SI_USER && siginmask(sig, SYNCHRONOUS_MASK) &&
		    !sigismember(&current->blocked, sig)) {
			sync = q;
			break;
		}
	}
	if (!sync)
		return 0;
	list_for_each_entry(other, &pending->list, list) {
		if (other != sync && other->info.si_signo == sync->info.si_signo)
			goto more;
	}
	sigdelset(&pending->signal, sync->info.si_signo);
	recalc_sigpending();
more:
	list_del_init(&sync->list);
	copy_siginfo(info, &sync->info);
	sigqueue_put(sync);
	return info->si_signo;
}

/**
 * kernel_dequeue_signal - a kernel thread takes one
 *
 * Return: the number, or 0.
 */
int kernel_dequeue_signal(void)
{
	spinlock_t *lock = &own_sighand()->siglock;
	kernel_siginfo_t info;
	enum pid_type type;
	int sig;

	spin_lock_irq(lock);
	sig = dequeue_signal(&current->blocked, &info, &type);
	spin_unlock_irq(lock);
	return sig;
}

/**
 * signals_init - make the cache for queued signals
 *
 * Context: boot.
 */
void __init signals_init(void)
{
	sigqueue_cachep = KMEM_CACHE(sigqueue, SLAB_PANIC | SLAB_ACCOUNT);
}
