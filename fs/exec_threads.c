// SPDX-License-Identifier: MIT
/*
 * execve() in a process of several threads.
 *
 * The new program begins with one thread, whose number is the process's. So the others die, and the
 * one that called execve() takes the place of the leader if it isn't it. The leader's struct is the
 * last to go anyway: it stays a zombie until no other thread is left. In time:
 *
 *	us				the others			the leader
 *	group_exec_task = us
 *	SIGKILL to all of them
 *	notify_count = how many		are released: count down
 *	... sleep			the last one wakes us
 *	notify_count = -1						becomes a zombie: wakes us
 *	... sleep
 *	take its number and its place in all lists; release it
 *
 * group_exec_task tells everybody else, an exit or another execve(), that it came too late; it is
 * set under siglock. The counts change under tasklist_lock held for writing (kernel/exit.c).
 */

#include "exec.h"

#include <linux/errno.h>
#include <linux/pid.h>
#include <linux/ptrace.h>
#include <linux/rculist.h>
#include <linux/sched.h>
#include <linux/sched/signal.h>
#include <linux/sched/task.h>
#include <linux/signal.h>

/* Return: false if the process ends already, or another thread was first: we are about to die. */
static bool begin_to_end_others(struct task_struct *me)
{
	spinlock_t *lock = &own_sighand()->siglock;
	struct signal_struct *sig = me->signal;
	bool first;

	spin_lock_irq(lock);
	first = !(sig->flags & SIGNAL_GROUP_EXIT) && !sig->group_exec_task;
	if (first) {
		sig->group_exec_task = me;
		/* A leader is not released before us. */
		sig->notify_count = zap_other_threads(me) - !thread_group_leader(me);
	}
	spin_unlock_irq(lock);
	return first;
}

/* Nobody is to wake us any more. Who would holds the lock for writing. */
static void stop_counting(struct signal_struct *sig)
{
	read_lock(&tasklist_lock);
	sig->group_exec_task = NULL;
	sig->notify_count = 0;
	read_unlock(&tasklist_lock);
}

/* Return: 0; -EAGAIN: we are to die as well. */
static int wait_for_others(struct task_struct *me)
{
	spinlock_t *lock = &own_sighand()->siglock;
	bool dying = false;

	spin_lock_irq(lock);
	while (me->signal->notify_count && !dying) {
		__set_current_state(TASK_KILLABLE);
		spin_unlock_irq(lock);
		schedule();
		spin_lock_irq(lock);
		dying = __fatal_signal_pending(me);
	}
	spin_unlock_irq(lock);
	return dying ? -EAGAIN : 0;
}

/* With tasklist_lock for writing; @leader is a zombie. */
static void swap_places(struct task_struct *me, struct task_struct *leader)
{
	exchange_tids(me, leader);
	transfer_pid(leader, me, PIDTYPE_TGID);
	transfer_pid(leader, me, PIDTYPE_PGID);
	transfer_pid(leader, me, PIDTYPE_SID);
	list_replace_rcu(&leader->tasks, &me->tasks);
	list_replace_init(&leader->sibling, &me->sibling);
	me->group_leader = me;
	leader->group_leader = me;
	/* To the world it is the same process. */
	me->start_time = leader->start_time;
	me->start_boottime = leader->start_boottime;
	me->exit_signal = SIGCHLD;
	leader->exit_signal = -1;
	leader->exit_state = EXIT_DEAD;
	/* Its tracer, who waits for the end of this very thread, waits in vain from now on. */
	if (unlikely(leader->ptrace))
		__wake_up_parent(leader, rcu_dereference_protected(leader->parent, true));
}

/* All but the leader and we have gone. Return: as wait_for_others(). */
static int take_leaders_place(struct task_struct *me)
{
	struct task_struct *leader = me->group_leader;

	write_lock_irq(&tasklist_lock);
	me->signal->notify_count = -1;
	while (!leader->exit_state) {
		__set_current_state(TASK_KILLABLE);
		write_unlock_irq(&tasklist_lock);
		schedule();
		if (__fatal_signal_pending(me))
			return -EAGAIN;
		write_lock_irq(&tasklist_lock);
	}
	swap_places(me, leader);
	write_unlock_irq(&tasklist_lock);
	release_task(leader);
	return 0;
}

/**
 * exec_end_other_threads - be the only thread of the process, and its leader
 *
 * Context: task context; sleeps until the others have gone.
 * Return: 0; -EAGAIN: another thread ends the process, or executes; we are to die.
 */
int exec_end_other_threads(void)
{
	struct task_struct *me = current;
	int err = 0;

	if (!thread_group_empty(me)) {
		if (!begin_to_end_others(me))
			return -EAGAIN;
		err = wait_for_others(me);
		if (!err && !thread_group_leader(me))
			err = take_leaders_place(me);
		stop_counting(me->signal);
	}
	if (!err)
		me->exit_signal = SIGCHLD;	/* whatever clone() had asked for */
	return err;
}
