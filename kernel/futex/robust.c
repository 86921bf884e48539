// SPDX-License-Identifier: MIT
/*
 * A thread ends with locks held.
 *
 * The thread keeps a list, in user memory, of the robust locks it holds; the word of each has its
 * thread id. When it exits, or execs, the kernel walks the list: each word that still has the id
 * gets FUTEX_OWNER_DIED, and one waiter wakes to find that.
 *
 *	list_op_pending		the lock that is being taken or released at this moment: it may be
 *				held without being in the list, or the other way round
 *
 * The memory is the program's and may hold anything, a circle too: so many entries and no more, and
 * every access may fail.
 */

#include "futex.h"

#include <linux/errno.h>
#include <linux/mutex.h>
#include <linux/pid.h>
#include <linux/sched/task.h>
#include <linux/uaccess.h>
#include <linux/user_field.h>

/**
 * handle_futex_death - mark one lock
 * @uaddr: its word
 * @pi: it is a PI lock: its waiters are woken by its own means
 * @pending_op: it is the one of list_op_pending
 *
 * Return: 0, or -1 if the list can't be right.
 */
static int handle_futex_death(u32 __user *uaddr, bool pi, bool pending_op)
{
	u32 uval, mval, found;
	int err;

	if (!IS_ALIGNED((unsigned long)uaddr, sizeof(*uaddr)))
		return -1;
	for (;;) {
		if (get_user(uval, uaddr))
			return -1;
		/*
		 * Released, the word is 0, but the waiter that was to be woken hasn't been: death
		 * came between.
		 */
		if (pending_op && !pi && !uval) {
			futex_wake(uaddr, FLAGS_SHARED, 1, FUTEX_BITSET_MATCH_ANY);
			return 0;
		}
		if ((uval & FUTEX_TID_MASK) != task_pid_vnr(current))
			return 0;
		mval = (uval & FUTEX_WAITERS) | FUTEX_OWNER_DIED;
		err = futex_cmpxchg_value_locked(&found, uaddr, uval, mval);
		if (err == -EFAULT && fault_in_user_writeable(uaddr))
			return -1;
		if (!err && found == uval)
			break;
		cond_resched();
	}
	if (!pi && (uval & FUTEX_WAITERS))
		futex_wake(uaddr, FLAGS_SHARED, 1, FUTEX_BITSET_MATCH_ANY);
	return 0;
}

/* A pointer of the list; its lowest bit says that the lock is a PI lock. */
static int fetch_entry(struct robust_list __user **entry, struct robust_list __user *__user *head,
		       bool *pi)
{
	unsigned long word;

	if (get_user(word, (unsigned long __user *)head))
		return -EFAULT;
	*entry = (void __user *)(word & ~1UL);
	*pi = word & 1;
	return 0;
}

static u32 __user *word_of(struct robust_list __user *entry, long offset)
{
	return (u32 __user *)((char __user *)entry + offset);
}

static void exit_robust_list(struct task_struct *curr)
{
	struct robust_list_head __user *head = curr->robust_list;
	struct robust_list __user *entry, *next, *pending;
	unsigned int limit = ROBUST_LIST_LIMIT;
	bool pi, next_pi, pending_pi;
	long offset;
	int err;

	if (fetch_entry(&entry, user_field(head, list.next), &pi) ||
	    get_user(offset, user_field(head, futex_offset)) ||
	    fetch_entry(&pending, user_field(head, list_op_pending), &pending_pi))
		return;
	while (entry != user_field(head, list)) {
		/* Before the lock: once it is released its owner may reuse the entry. */
		err = fetch_entry(&next, user_field(entry, next), &next_pi);
		if (entry != pending && handle_futex_death(word_of(entry, offset), pi, false))
			return;
		if (err)
			return;
		entry = next;
		pi = next_pi;
		if (!--limit)
			break;
		cond_resched();
	}
	if (pending)
		handle_futex_death(word_of(pending, offset), pending_pi, true);
}

static void futex_cleanup(struct task_struct *tsk)
{
	if (unlikely(tsk->robust_list)) {
		exit_robust_list(tsk);
		tsk->robust_list = NULL;
	}
	/* After the robust list: it marks words, this hands the locks on. */
	if (!list_empty(&tsk->pi_state_list))
		exit_pi_state_list(tsk);
	drop_pi_state_cache(tsk);
}

static void set_futex_state(struct task_struct *tsk, unsigned int state)
{
	raw_spin_lock_irq(&tsk->pi_lock);
	tsk->futex_state = state;
	raw_spin_unlock_irq(&tsk->pi_lock);
}

static void futex_release(struct task_struct *tsk, unsigned int end_state)
{
	mutex_lock(&tsk->futex_exit_mutex);
	set_futex_state(tsk, FUTEX_STATE_EXITING);
	futex_cleanup(tsk);
	set_futex_state(tsk, end_state);
	mutex_unlock(&tsk->futex_exit_mutex);
}

/**
 * futex_exec_release - the address space is about to be replaced
 * @tsk: current, which lives on
 */
void futex_exec_release(struct task_struct *tsk)
{
	futex_release(tsk, FUTEX_STATE_OK);
}

/**
 * futex_exit_release - the task ends
 * @tsk: current
 */
void futex_exit_release(struct task_struct *tsk)
{
	futex_release(tsk, FUTEX_STATE_DEAD);
}

/**
 * futex_exit_recursive - the task has oopsed while it exited
 * @tsk: current
 */
void futex_exit_recursive(struct task_struct *tsk)
{
	if (tsk->futex_state == FUTEX_STATE_EXITING)
		mutex_unlock(&tsk->futex_exit_mutex);
	tsk->futex_state = FUTEX_STATE_DEAD;
}

/**
 * futex_init_task - a new task has no locks
 * @tsk: the task
 */
void futex_init_task(struct task_struct *tsk)
{
	tsk->robust_list = NULL;
	INIT_LIST_HEAD(&tsk->pi_state_list);
	tsk->pi_state_cache = NULL;
	tsk->futex_state = FUTEX_STATE_OK;
	mutex_init(&tsk->futex_exit_mutex);
}
