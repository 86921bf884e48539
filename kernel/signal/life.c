// SPDX-License-Identifier: MIT
/*
 * sighand_struct and signal_struct through fork, exec and exit.
 *
 * signal_struct is made with a process' first thread; every thread's task_struct has a reference
 * (sigcnt), so task->signal is good as long as the task_struct is.
 *
 * sighand_struct is shared by threads, and by processes made with CLONE_SIGHAND alone; exec gives a
 * process one of its own. A task that is reaped loses it. To lock somebody else's:
 *
 *	looker				the task
 *	rcu_read_lock
 *	s = t->sighand			t->sighand = NULL, s is freed, and made
 *	lock s->siglock			again for another process
 *	t->sighand == s?		no: unlock, look again
 *
 * The lock may be taken although s is another's by now, since memory of this cache stays
 * sighand_structs until a grace period has gone by (SLAB_TYPESAFE_BY_RCU), with a lock that is set
 * up once, by the constructor. While it is held and t->sighand is s, s can't go.
 */

#include "signal.h"

#include <linux/export.h>
#include <linux/hrtimer.h>
#include <linux/init.h>
#include <linux/posix-timers.h>
#include <linux/sched/mm.h>
#include <linux/sched/task.h>
#include <linux/signalfd.h>
#include <linux/slab.h>
#include <linux/string.h>

static struct kmem_cache *sighand_cachep;
static struct kmem_cache *signal_cachep;

/**
 * __lock_task_sighand - see lock_task_sighand()
 * @tsk: the task
 * @flags: as of spin_lock_irqsave()
 *
 * Return: the sighand, locked; NULL: the task has exited.
 */
struct sighand_struct *__lock_task_sighand(struct task_struct *tsk, unsigned long *flags)
{
	struct sighand_struct *sighand;

	rcu_read_lock();
	for (;;) {
		sighand = rcu_dereference(tsk->sighand);
		if (unlikely(!sighand))
			break;
		spin_lock_irqsave(&sighand->siglock, *flags);
		if (likely(sighand == rcu_access_pointer(tsk->sighand)))
			break;
		spin_unlock_irqrestore(&sighand->siglock, *flags);
	}
	rcu_read_unlock();
	return sighand;
}

static void sighand_ctor(void *data)
{
	struct sighand_struct *sighand = data;

	spin_lock_init(&sighand->siglock);
	init_waitqueue_head(&sighand->signalfd_wqh);
}

/* The handlers of a new process or program: what @old has; a kernel thread's child has defaults. */
static void copy_actions(struct sighand_struct *new, struct sighand_struct *old)
{
	if (old == &init_sighand)
		memset(new->action, 0, sizeof(new->action));
	else
		memcpy(new->action, old->action, sizeof(new->action));
}

/**
 * copy_sighand - the handlers of a new task
 * @clone_flags: CLONE_SIGHAND shares, CLONE_CLEAR_SIGHAND resets
 * @tsk: the task, a copy of current
 *
 * Context: may sleep. Return: 0 or -ENOMEM.
 */
int copy_sighand(u64 clone_flags, struct task_struct *tsk)
{
	struct sighand_struct *old = own_sighand();
	struct sighand_struct *sighand;

	if (tsk->flags & PF_KTHREAD) {
		refcount_inc(&init_sighand.count);
		RCU_INIT_POINTER(tsk->sighand, &init_sighand);
		return 0;
	}
	if ((clone_flags & CLONE_SIGHAND) && old != &init_sighand) {
		refcount_inc(&old->count);
		return 0;
	}
	sighand = kmem_cache_alloc(sighand_cachep, GFP_KERNEL);
	RCU_INIT_POINTER(tsk->sighand, sighand);
	if (!sighand)
		return -ENOMEM;
	refcount_set(&sighand->count, 1);
	spin_lock_irq(&old->siglock);
	copy_actions(sighand, old);
	spin_unlock_irq(&old->siglock);
	if (clone_flags & CLONE_CLEAR_SIGHAND)
		flush_signal_handlers(tsk, 0);
	return 0;
}

/**
 * __cleanup_sighand - give a reference back
 * @sighand: no task's any more
 */
void __cleanup_sighand(struct sighand_struct *sighand)
{
	if (!refcount_dec_and_test(&sighand->count))
		return;
	/* Who polls a signalfd still waits on the queue in here. */
	signalfd_cleanup(sighand);
	kmem_cache_free(sighand_cachep, sighand);
}

/**
 * unshare_sighand - exec: handlers of our own
 * @me: current
 *
 * Context: may sleep. Return: 0 or -ENOMEM.
 */
int unshare_sighand(struct task_struct *me)
{
	struct sighand_struct *old = rcu_dereference_protected(me->sighand, 1);
	struct sighand_struct *new;

	if (refcount_read(&old->count) == 1)
		return 0;
	new = kmem_cache_alloc(sighand_cachep, GFP_KERNEL);
	if (!new)
		return -ENOMEM;
	refcount_set(&new->count, 1);

	write_lock_irq(&tasklist_lock);
	spin_lock(&old->siglock);
	copy_actions(new, old);
	rcu_assign_pointer(me->sighand, new);
	spin_unlock(&old->siglock);
	write_unlock_irq(&tasklist_lock);
	__cleanup_sighand(old);
	return 0;
}

static void init_group_timers(struct signal_struct *sig)
{
	INIT_HLIST_HEAD(&sig->posix_timers);
	INIT_HLIST_HEAD(&sig->ignored_posix_timers);
	hrtimer_init(&sig->real_timer, CLOCK_MONOTONIC, HRTIMER_MODE_REL);
	sig->real_timer.function = it_real_fn;
	posix_cputimers_group_init(&sig->posix_cputimers, sig->rlim[RLIMIT_CPU].rlim_cur);
}

/**
 * copy_signal - what a new process' threads share
 * @clone_flags: a CLONE_THREAD uses its process'
 * @tsk: the task, a copy of current
 *
 * Its pids, terminal and place in groups are for the caller to set.
 *
 * Context: may sleep. Return: 0 or -ENOMEM.
 */
int copy_signal(u64 clone_flags, struct task_struct *tsk)
{
	struct signal_struct *sig;

	if (clone_flags & CLONE_THREAD)
		return 0;
	sig = kmem_cache_zalloc(signal_cachep, GFP_KERNEL);
	tsk->signal = sig;
	if (!sig)
		return -ENOMEM;

	sig->nr_threads = 1;
	sig->quick_threads = 1;
	atomic_set(&sig->live, 1);
	refcount_set(&sig->sigcnt, 1);
	/* The list is made with its one element: nobody ever sees a process without threads. */
	sig->thread_head = (struct list_head)LIST_HEAD_INIT(tsk->thread_node);
	tsk->thread_node = (struct list_head)LIST_HEAD_INIT(sig->thread_head);
	init_waitqueue_head(&sig->wait_chldexit);
	sig->curr_target = tsk;
	init_sigpending(&sig->shared_pending);
	INIT_HLIST_HEAD(&sig->multiprocess);
	seqlock_init(&sig->stats_lock);
	mutex_init(&sig->cred_guard_mutex);
	init_rwsem(&sig->exec_update_lock);

	task_lock(current->group_leader);
	memcpy(sig->rlim, current->signal->rlim, sizeof(sig->rlim));
	task_unlock(current->group_leader);
	init_group_timers(sig);

	sig->oom_score_adj = current->signal->oom_score_adj;
	sig->oom_score_adj_min = current->signal->oom_score_adj_min;
	return 0;
}

/**
 * free_signal_struct - free what a process's threads shared
 * @sig: the last reference has gone, or fork() failed
 */
void free_signal_struct(struct signal_struct *sig)
{
	if (sig->oom_mm)
		mmdrop(sig->oom_mm);
	kmem_cache_free(signal_cachep, sig);
}

/**
 * put_signal_struct - give a task's reference back
 * @sig: the struct
 */
void put_signal_struct(struct signal_struct *sig)
{
	if (refcount_dec_and_test(&sig->sigcnt))
		free_signal_struct(sig);
}

/**
 * flush_signal_handlers - all handlers to default
 * @t: the task
 * @force_default: also what is ignored; exec leaves that
 *
 * Context: nobody else uses its sighand yet, or any more.
 */
void flush_signal_handlers(struct task_struct *t, int force_default)
{
	struct k_sigaction *ka = locked_sighand(t)->action;
	int i;

	for (i = 0; i < _NSIG; i++, ka++) {
		if (force_default || ka->sa.sa_handler != SIG_IGN)
			ka->sa.sa_handler = SIG_DFL;
		ka->sa.sa_flags = 0;
		ka->sa.sa_restorer = NULL;
		sigemptyset(&ka->sa.sa_mask);
	}
}

/**
 * ignore_signals - ignore all that can be
 * @t: a task whose sighand is its own
 */
void ignore_signals(struct task_struct *t)
{
	int i;

	for (i = 0; i < _NSIG; i++)
		locked_sighand(t)->action[i].sa.sa_handler = SIG_IGN;
	flush_signals(t);
}

/**
 * sighand_cache_init - make the caches for handlers and for what a process's threads share
 *
 * Context: boot.
 */
void __init sighand_cache_init(void)
{
	sighand_cachep = kmem_cache_create("sighand_cache", sizeof(struct sighand_struct), 0,
					   SLAB_HWCACHE_ALIGN | SLAB_PANIC | SLAB_TYPESAFE_BY_RCU |
					   SLAB_ACCOUNT, sighand_ctor);
	signal_cachep = kmem_cache_create("signal_cache", sizeof(struct signal_struct), 0,
					  SLAB_HWCACHE_ALIGN | SLAB_PANIC | SLAB_ACCOUNT, NULL);
}
