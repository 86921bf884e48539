// SPDX-License-Identifier: MIT
/*
 * PI futexes: locks whose owner inherits the priority of those that wait.
 *
 * The word says who owns the lock, so that nobody has to ask when nobody waits:
 *
 *	0				free: a program takes it by writing its thread id
 *	tid				owned; the owner gives it back by writing 0
 *	tid | FUTEX_WAITERS		owned, and wanted: the owner has to call here
 *	... | FUTEX_OWNER_DIED		an owner died; the next one is to look after the data
 *
 * Who finds it owned calls LOCK_PI. Here the lock gets a second shape, for as long as somebody
 * waits: a futex_pi_state, whose rt_mutex belongs to the task that the word names, though that task
 * has never heard of it. Waiting for the rt_mutex boosts the owner. The futex_pi_state is found
 * through the bucket, by the futex_q of any waiter.
 *
 * The word and the rt_mutex must not disagree on the owner. Everything that changes one of them is
 * done under the bucket's lock, and in this order:
 *
 *	UNLOCK_PI	choose the most urgent waiter; write its id to the word (the only step that
 *			can fail, and then nothing has happened); hand it the rt_mutex
 *			(rt_mutex_futex_handoff()). Nobody can take the lock in between: it is
 *			never free while it is wanted.
 *	owner dies	(exit_pi_state_list()) the word may be out of its reach, in memory that it
 *			has unmapped: only the rt_mutex is handed on, and word_behind is set. The
 *			new owner writes the word when it runs (catch_up_word()).
 *
 *	waiter, timed out		owner in UNLOCK_PI
 *	wakes without the lock
 *	lock bucket	  <- or ->	lock bucket
 *	  handed the lock meanwhile?	  the waiter is still in the queue: it is given the lock
 *	  then it has it: no timeout	  wake
 *	  else leave the queue		unlock bucket
 *	unlock bucket
 *
 * A thread id in the word may be anything that the program wrote: of a thread that never was, of a
 * kernel thread, or of one that is exiting. The last has to be waited for: whether it hands the
 * lock on or dies leaving it is open until its futex_state is FUTEX_STATE_DEAD.
 *
 * Lock order: bucket > graph_lock of rtmutex.c > a task's pi_lock.
 */

#include "futex.h"

#include <linux/errno.h>
#include <linux/pid.h>
#include <linux/sched/signal.h>
#include <linux/sched/task.h>
#include <linux/slab.h>
#include <linux/uaccess.h>

#include "../locking/rtmutex_common.h"

/* --- futex_pi_state --------------------------------------------------------------------------- */

/* One is kept ready, as none can be allocated under the bucket's lock. Return: 0 or -ENOMEM. */
int refill_pi_state_cache(void)
{
	struct futex_pi_state *ps;

	if (likely(current->pi_state_cache))
		return 0;
	ps = kzalloc(sizeof(*ps), GFP_KERNEL);
	if (!ps)
		return -ENOMEM;
	INIT_LIST_HEAD(&ps->list);
	current->pi_state_cache = ps;
	return 0;
}

/** drop_pi_state_cache - a task exits: the state that it kept in store goes */
void drop_pi_state_cache(struct task_struct *tsk)
{
	kfree(tsk->pi_state_cache);
	tsk->pi_state_cache = NULL;
}

/** get_pi_state - one user more. Context: its bucket's lock held */
void get_pi_state(struct futex_pi_state *ps)
{
	ps->users++;
}

/* Its list follows its owner. NULL: it is in nobody's. */
static void pi_state_set_owner(struct futex_pi_state *ps, struct task_struct *new_owner)
{
	unsigned long flags;

	if (ps->owner) {
		raw_spin_lock_irqsave(&ps->owner->pi_lock, flags);
		list_del_init(&ps->list);
		raw_spin_unlock_irqrestore(&ps->owner->pi_lock, flags);
	}
	ps->owner = new_owner;
	if (new_owner) {
		raw_spin_lock_irqsave(&new_owner->pi_lock, flags);
		list_add(&ps->list, &new_owner->pi_state_list);
		raw_spin_unlock_irqrestore(&new_owner->pi_lock, flags);
	}
}

/**
 * put_pi_state - one that refers to it less; with the last one nobody waits any more
 * @ps: in a bucket that is locked
 */
void put_pi_state(struct futex_pi_state *ps)
{
	lockdep_assert_held(&futex_hash(&ps->key)->lock);
	if (--ps->users)
		return;
	pi_state_set_owner(ps, NULL);
	rt_mutex_proxy_unlock(&ps->pi_mutex);
	if (current->pi_state_cache)
		kfree(ps);
	else
		current->pi_state_cache = ps;
}

/* The one that was kept ready becomes the futex's, owned by @owner, whose pi_lock is held. */
static struct futex_pi_state *new_pi_state(const union futex_key *key, struct task_struct *owner)
{
	struct futex_pi_state *ps = current->pi_state_cache;

	current->pi_state_cache = NULL;
	rt_mutex_init_proxy_locked(&ps->pi_mutex, owner);
	ps->key = *key;
	ps->users = 0;
	ps->word_behind = false;
	ps->owner = owner;
	list_add(&ps->list, &owner->pi_state_list);
	return ps;
}

/* --- Taking part in a lock that is wanted already --------------------------------------------- */

static struct futex_q *first_waiter(struct futex_hash_bucket *hb, const union futex_key *key)
{
	struct futex_q *this;

	plist_for_each_entry(this, &hb->chain, list)
		if (futex_match(&this->key, key))
			return this;
	return NULL;
}

/* Does what the program has written go with what we know? */
static int check_word(u32 uval, const struct futex_pi_state *ps)
{
	u32 tid = uval & FUTEX_TID_MASK;

	if (ps->word_behind)
		return 0;
	/* A robust list was worked through; the owner's exit has yet to hand the lock on. */
	if (!tid && (uval & FUTEX_OWNER_DIED))
		return 0;
	return tid == (u32)task_pid_vnr(ps->owner) ? 0 : -EINVAL;
}

/* The word named a task that is gone. Did it change since, or will it be so for ever? */
static int owner_is_gone(u32 __user *uaddr, u32 uval)
{
	u32 now;

	if (futex_get_value_locked(&now, uaddr))
		return -EFAULT;
	return now == uval ? -ESRCH : -EAGAIN;
}

/*
 * Nobody waits yet: the task that the word names becomes an owner whom one can wait for.
 * Return: 0; -EBUSY with *@exiting referenced; -ESRCH, -EPERM, -EAGAIN, -EFAULT.
 */
static int attach_to_owner(u32 __user *uaddr, u32 uval, const union futex_key *key,
			   struct futex_pi_state **ps, struct task_struct **exiting)
{
	struct task_struct *p = find_get_task_by_vpid(uval & FUTEX_TID_MASK);
	unsigned int state;

	if (!p)
		return owner_is_gone(uaddr, uval);
	if (unlikely(p->flags & PF_KTHREAD)) {
		put_task_struct(p);
		return -EPERM;
	}
	raw_spin_lock_irq(&p->pi_lock);
	state = p->futex_state;
	if (likely(state == FUTEX_STATE_OK))
		*ps = new_pi_state(key, p);
	raw_spin_unlock_irq(&p->pi_lock);
	if (state == FUTEX_STATE_EXITING) {
		*exiting = p;
		return -EBUSY;
	}
	put_task_struct(p);
	return state == FUTEX_STATE_OK ? 0 : owner_is_gone(uaddr, uval);
}

static int swap_word(u32 __user *uaddr, u32 uval, u32 newval)
{
	u32 found;
	int err = futex_cmpxchg_value_locked(&found, uaddr, uval, newval);

	if (unlikely(err))
		return err;
	return found == uval ? 0 : -EAGAIN;
}

/**
 * futex_lock_pi_atomic - take the lock, or find out whom to wait for
 * @uaddr: the word
 * @hb: its bucket, locked
 * @key: the futex
 * @ps: filled with what to wait for; no reference is taken
 * @task: for whom
 * @exiting: filled, with a reference, for -EBUSY
 * @set_waiters: the word is to say at once that the lock is wanted
 *
 * Return: 1: @task owns it; 0: wait for *@ps; -EDEADLK: @task owned it before; -EFAULT: the word
 * isn't there; -EAGAIN: it changed; -EBUSY: the owner is exiting; -ESRCH, -EPERM, -EINVAL: the word
 * makes no sense.
 */
int futex_lock_pi_atomic(u32 __user *uaddr, struct futex_hash_bucket *hb,
			 const union futex_key *key, struct futex_pi_state **ps,
			 struct task_struct *task, struct task_struct **exiting, bool set_waiters)
{
	u32 uval, tid = task_pid_vnr(task);
	struct futex_q *waiter;
	int err;

	if (futex_get_value_locked(&uval, uaddr))
		return -EFAULT;
	if (unlikely((uval & FUTEX_TID_MASK) == tid))
		return -EDEADLK;
	waiter = first_waiter(hb, key);
	if (waiter) {
		*ps = waiter->pi_state;
		return *ps ? check_word(uval, *ps) : -EINVAL;
	}
	if (!(uval & FUTEX_TID_MASK)) {
		err = swap_word(uaddr, uval, (uval & FUTEX_OWNER_DIED) | tid |
				(set_waiters ? FUTEX_WAITERS : 0));
		return err ? err : 1;
	}
	/* From here on the owner can't give it back without the bucket's lock. */
	if (!(uval & FUTEX_WAITERS)) {
		err = swap_word(uaddr, uval, uval | FUTEX_WAITERS);
		if (err)
			return err;
	}
	return attach_to_owner(uaddr, uval | FUTEX_WAITERS, key, ps, exiting);
}

/* Reference and all. May sleep; no bucket is locked. */
void wait_for_owner_exiting(struct task_struct *exiting)
{
	mutex_lock(&exiting->futex_exit_mutex);
	mutex_unlock(&exiting->futex_exit_mutex);
	put_task_struct(exiting);
}

/* --- Waiting ---------------------------------------------------------------------------------- */

/**
 * futex_start_pi_wait - @q begins to wait for the lock
 * @q: its rt_waiter is initialised
 * @ps: in a bucket that is locked
 * @task: whose @q is; asleep, or current
 *
 * Return: 0; -EDEADLK: the owner waits, in the end, for @task.
 */
int futex_start_pi_wait(struct futex_q *q, struct futex_pi_state *ps, struct task_struct *task)
{
	int ret;

	get_pi_state(ps);
	ret = rt_mutex_start_proxy_lock(&ps->pi_mutex, q->rt_waiter, task);
	/* It is never free: see UNLOCK_PI above. */
	WARN_ON_ONCE(ret > 0);
	if (unlikely(ret)) {
		put_pi_state(ps);
		return ret;
	}
	q->pi_state = ps;
	return 0;
}

/* To the most urgent waiter. Return: false if there is none. The bucket is locked. */
static bool hand_on(struct futex_pi_state *ps)
{
	struct task_struct *next = rt_mutex_futex_top_task(&ps->pi_mutex);

	if (!next)
		return false;
	pi_state_set_owner(ps, next);
	rt_mutex_futex_handoff(&ps->pi_mutex, next);
	return true;
}

/* We own what a dead task left: write it down. The bucket is locked, and dropped meanwhile. */
static int catch_up_word(u32 __user *uaddr, struct futex_q *q)
{
	u32 uval, newval;
	int err;

	for (;;) {
		err = futex_get_value_locked(&uval, uaddr);
		if (!err) {
			newval = FUTEX_OWNER_DIED | FUTEX_WAITERS | task_pid_vnr(current);
			err = swap_word(uaddr, uval, newval);
		}
		if (!err) {
			q->pi_state->word_behind = false;
			return 0;
		}
		spin_unlock(q->lock_ptr);
		if (err == -EFAULT)
			err = fault_in_user_writeable(uaddr);
		else
			err = 0;
		cond_resched();
		spin_lock(q->lock_ptr);
		if (err)
			return err;
	}
}

/**
 * futex_finish_pi_wait - wait, to the end
 * @uaddr: the word of the PI futex
 * @q: queued, futex_start_pi_wait() was done for it
 * @to: a timer that runs, or NULL
 *
 * Return: 0: the lock is ours; -ETIMEDOUT, -EINTR; -EFAULT: it would be, but for the word.
 */
int futex_finish_pi_wait(u32 __user *uaddr, struct futex_q *q, struct hrtimer_sleeper *to)
{
	struct futex_pi_state *ps = q->pi_state;
	int ret = rt_mutex_wait_proxy_lock(&ps->pi_mutex, to, q->rt_waiter);

	/* Nobody moves those that wait for a PI futex: lock_ptr doesn't change. */
	spin_lock(q->lock_ptr);
	if (ret && !rt_mutex_cleanup_proxy_lock(&ps->pi_mutex, q->rt_waiter))
		ret = 0;
	if (!ret && ps->word_behind) {
		ret = catch_up_word(uaddr, q);
		if (ret && !hand_on(ps)) {
			pi_state_set_owner(ps, NULL);
			rt_mutex_proxy_unlock(&ps->pi_mutex);
		}
	}
	__futex_unqueue(q);
	put_pi_state(ps);
	spin_unlock(q->lock_ptr);
	return ret;
}

/* --- The operations --------------------------------------------------------------------------- */

/*
 * Until the lock is taken (1), or @q is queued and waits (0). With @trylock -EAGAIN in its place.
 * Errors are those of futex_lock_pi().
 */
static int lock_or_queue(u32 __user *uaddr, unsigned int flags, struct futex_q *q, bool trylock)
{
	struct task_struct *exiting = NULL;
	struct futex_pi_state *ps = NULL;
	struct futex_hash_bucket *hb;
	int ret;

	for (;;) {
		/* The last try may have used it up. */
		if (refill_pi_state_cache())
			return -ENOMEM;
		ret = get_futex_key(uaddr, flags, &q->key, FUTEX_WRITE);
		if (unlikely(ret))
			return ret;
		hb = futex_q_lock(q);
		ret = futex_lock_pi_atomic(uaddr, hb, &q->key, &ps, current, &exiting, false);
		if (!ret) {
			get_pi_state(ps);
			ret = trylock ? -EWOULDBLOCK : futex_start_pi_wait(q, ps, current);
			if (!ret)
				__futex_queue(q, hb);
			put_pi_state(ps);
			if (!ret) {
				spin_unlock(&hb->lock);
				return 0;
			}
			futex_q_unlock(hb);
			return ret;
		}
		futex_q_unlock(hb);
		switch (ret) {
		case -EFAULT:
			ret = fault_in_user_writeable(uaddr);
			if (ret)
				return ret;
			break;
		case -EBUSY:
			wait_for_owner_exiting(exiting);
			break;
		case -EAGAIN:
			break;
		default:
			return ret;
		}
		cond_resched();
	}
}

/**
 * futex_lock_pi - LOCK_PI, LOCK_PI2, TRYLOCK_PI
 * @uaddr: the word
 * @flags: FLAGS_*
 * @time: until then, absolute; NULL: for ever
 * @trylock: don't wait
 *
 * Return: 0 with the lock. -EDEADLK: current has it, or its owner waits for current. -ESRCH,
 * -EPERM: the word names nobody, or a kernel thread. -EINVAL: it doesn't fit, or waiters without PI
 * are there. -EAGAIN (@trylock), -ETIMEDOUT, -EFAULT, -ENOMEM; -ERESTARTNOINTR for a signal.
 */
int futex_lock_pi(u32 __user *uaddr, unsigned int flags, ktime_t *time, bool trylock)
{
	struct hrtimer_sleeper timeout, *to;
	struct rt_mutex_waiter rt_waiter;
	struct futex_q q = FUTEX_Q_INIT;
	int ret;

	rt_mutex_init_waiter(&rt_waiter);
	q.rt_waiter = &rt_waiter;
	to = futex_setup_timer(time, &timeout, flags, 0);
	ret = lock_or_queue(uaddr, flags, &q, trylock);
	if (!ret) {
		if (to)
			hrtimer_sleeper_start_expires(to, HRTIMER_MODE_ABS);
		ret = futex_finish_pi_wait(uaddr, &q, to);
		/* The timeout is a moment: the same arguments will do again. */
		if (ret == -EINTR)
			ret = -ERESTARTNOINTR;
	} else if (ret > 0) {
		ret = 0;
	}
	if (to) {
		hrtimer_cancel(&to->timer);
		destroy_hrtimer_on_stack(&to->timer);
	}
	return ret;
}

/* Current owns @ps, and the bucket is locked. Return: 0, or what swap_word() says. */
static int unlock_wanted(u32 __user *uaddr, u32 uval, struct futex_pi_state *ps)
{
	struct task_struct *next = rt_mutex_futex_top_task(&ps->pi_mutex);
	int err;

	/* Who refers to a lock that current owns waits for it. */
	if (WARN_ON_ONCE(!next))
		return -EINVAL;
	err = swap_word(uaddr, uval, FUTEX_WAITERS | task_pid_vnr(next));
	if (err)
		return err;
	pi_state_set_owner(ps, next);
	rt_mutex_futex_handoff(&ps->pi_mutex, next);
	return 0;
}

/**
 * futex_unlock_pi - UNLOCK_PI
 * @uaddr: the word
 * @flags: FLAGS_*
 *
 * Return: 0; -EPERM: current isn't the owner; -EINVAL, -EFAULT.
 */
int futex_unlock_pi(u32 __user *uaddr, unsigned int flags)
{
	union futex_key key = FUTEX_KEY_INIT;
	u32 uval, tid = task_pid_vnr(current);
	struct futex_hash_bucket *hb;
	struct futex_q *waiter;
	int ret;

	for (;;) {
		if (get_user(uval, uaddr))
			return -EFAULT;
		if ((uval & FUTEX_TID_MASK) != tid)
			return -EPERM;
		ret = get_futex_key(uaddr, flags, &key, FUTEX_WRITE);
		if (ret)
			return ret;
		hb = futex_hash(&key);
		spin_lock(&hb->lock);
		waiter = first_waiter(hb, &key);
		if (!waiter)
			ret = swap_word(uaddr, uval, 0);
		else if (!waiter->pi_state || waiter->pi_state->owner != current)
			ret = -EINVAL;
		else
			ret = unlock_wanted(uaddr, uval, waiter->pi_state);
		spin_unlock(&hb->lock);
		if (ret == -EFAULT)
			ret = fault_in_user_writeable(uaddr);
		else if (ret != -EAGAIN)
			return ret;
		if (ret && ret != -EAGAIN)
			return ret;
		cond_resched();
	}
}

/* --- Exit ------------------------------------------------------------------------------------- */

/**
 * exit_pi_state_list - whatever the task owns, and others wait for, goes to the most urgent of them
 * @curr: current; its futex_state keeps it from being made an owner afresh
 */
void exit_pi_state_list(struct task_struct *curr)
{
	struct futex_hash_bucket *hb;
	struct futex_pi_state *ps;
	union futex_key key;

	raw_spin_lock_irq(&curr->pi_lock);
	while (!list_empty(&curr->pi_state_list)) {
		/* The bucket's lock comes first, but only @ps knows which: look, and look again. */
		ps = list_first_entry(&curr->pi_state_list, struct futex_pi_state, list);
		key = ps->key;
		raw_spin_unlock_irq(&curr->pi_lock);

		hb = futex_hash(&key);
		spin_lock(&hb->lock);
		raw_spin_lock_irq(&curr->pi_lock);
		if (list_first_entry_or_null(&curr->pi_state_list, struct futex_pi_state,
					     list) != ps ||
		    !futex_match(&ps->key, &key)) {
			spin_unlock(&hb->lock);
			continue;
		}
		raw_spin_unlock_irq(&curr->pi_lock);
		ps->word_behind = true;
		WARN_ON_ONCE(!hand_on(ps));
		spin_unlock(&hb->lock);
		raw_spin_lock_irq(&curr->pi_lock);
	}
	raw_spin_unlock_irq(&curr->pi_lock);
}
