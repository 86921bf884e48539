// SPDX-License-Identifier: MIT
/*
 * What a process leaves behind: its children, and process groups that it looked after.
 *
 * Every task but the idle threads has a parent that may wait for it. When the parent dies its
 * children are orphans, and get a guardian: the first of these that is still alive
 *
 *	1. another thread of the same process: for the children nothing changes
 *	2. the nearest ancestor that asked for orphans, by prctl(PR_SET_CHILD_SUBREAPER)
 *	3. init
 *
 * A shell that dies may leave more than children: the jobs that it had stopped. A process group is
 * "orphaned" (POSIX, 3.264) if nobody could continue it: no member has a parent that is of the same
 * session but of another group. Members of such a group don't stop by the terminal's signals, and
 * one that becomes orphaned while a member is stopped gets SIGHUP and SIGCONT, so that it neither
 * sleeps for ever nor is surprised to find its terminal gone.
 *
 * Everything here is about links between processes, so tasklist_lock is held throughout.
 */

#include "fork.h"

#include <linux/lockdep.h>
#include <linux/pid.h>
#include <linux/pid_namespace.h>
#include <linux/ptrace.h>
#include <linux/rculist.h>
#include <linux/sched.h>
#include <linux/sched/signal.h>
#include <linux/sched/task.h>
#include <linux/signal.h>

static struct task_struct *parent_of(struct task_struct *p)
{
	return rcu_dereference_protected(p->real_parent, lockdep_is_held(&tasklist_lock));
}

/* ---- orphaned process groups ---- */

/*
 * Is @p's parent one that job control counts on? It must be of the same session, else it has no
 * business with @p, and of another group, else the stop would have caught it as well.
 */
static bool has_job_control_parent(struct task_struct *p)
{
	struct task_struct *parent = parent_of(p);

	return !is_global_init(parent) && task_session(parent) == task_session(p) &&
	       task_pgrp(parent) != task_pgrp(p);
}

/* Would @pgrp be orphaned if @leaving, who may be NULL, were not in it? */
static bool is_orphaned_without(struct pid *pgrp, struct task_struct *leaving)
{
	struct task_struct *p;

	do_each_pid_task(pgrp, PIDTYPE_PGID, p) {
		bool is_dead = p->exit_state && thread_group_empty(p);

		if (p != leaving && !is_dead && has_job_control_parent(p))
			return false;
	} while_each_pid_task(pgrp, PIDTYPE_PGID, p);
	return true;
}

static bool has_stopped_member(struct pid *pgrp)
{
	struct task_struct *p;

	do_each_pid_task(pgrp, PIDTYPE_PGID, p) {
		if (p->signal->flags & SIGNAL_STOP_STOPPED)
			return true;
	} while_each_pid_task(pgrp, PIDTYPE_PGID, p);
	return false;
}

/**
 * is_current_pgrp_orphaned - is there nobody to continue our group if it stops?
 *
 * Context: any but with tasklist_lock held for writing.
 */
int is_current_pgrp_orphaned(void)
{
	int ret;

	read_lock(&tasklist_lock);
	ret = is_orphaned_without(task_pgrp(current), NULL);
	read_unlock(&tasklist_lock);
	return ret;
}

/**
 * kill_orphaned_pgrp - a death may have left a group without somebody to continue it
 * @tsk: who dies, or its child that gets another parent
 * @parent: NULL if @tsk dies; its old parent, if that does
 *
 * Context: tasklist_lock held for writing.
 */
void kill_orphaned_pgrp(struct task_struct *tsk, struct task_struct *parent)
{
	struct task_struct *leaving = parent ? NULL : tsk;
	struct pid *pgrp = task_pgrp(tsk);

	if (!parent)
		parent = parent_of(tsk);
	/* Only a link out of the group, within the session, can have been the one that counted. */
	if (task_session(parent) != task_session(tsk) || task_pgrp(parent) == pgrp)
		return;
	if (is_orphaned_without(pgrp, leaving) && has_stopped_member(pgrp)) {
		__kill_pgrp_info(SIGHUP, SEND_SIG_PRIV, pgrp);
		__kill_pgrp_info(SIGCONT, SEND_SIG_PRIV, pgrp);
	}
}

/* ---- orphaned children ---- */

/* A thread of @p's process that can still be a parent: a dying one would pass them on at once. */
static struct task_struct *living_thread(struct task_struct *p)
{
	struct task_struct *t;

	for_each_thread(p, t)
		if (!(t->flags & PF_EXITING))
			return t;
	return NULL;
}

/* init is a process, child_reaper one thread of it. If that one dies, the office goes on. */
static void pass_on_init(struct task_struct *dying)
{
	struct task_struct *heir;

	if (likely(init_pid_ns.child_reaper != dying))
		return;
	heir = living_thread(dying);
	if (heir)
		init_pid_ns.child_reaper = heir;
}

static struct task_struct *nearest_subreaper(struct task_struct *dying, struct task_struct *init)
{
	struct task_struct *p = parent_of(dying), *t;

	while (p != &init_task && !same_thread_group(p, init)) {
		t = p->signal->is_child_subreaper ? living_thread(p) : NULL;
		if (t)
			return t;
		p = parent_of(p);
	}
	return NULL;
}

static struct task_struct *choose_guardian(struct task_struct *dying)
{
	struct task_struct *init = init_pid_ns.child_reaper;
	struct task_struct *guardian = living_thread(dying);

	/* has_child_subreaper is inherited: without it there is no need to look up the line. */
	if (!guardian && dying->signal->has_child_subreaper)
		guardian = nearest_subreaper(dying, init);
	return guardian ? guardian : init;
}

/* All threads of @child get the new parent. Who asked for it hears that the old one has died. */
static void change_parent(struct task_struct *child, struct task_struct *guardian)
{
	struct task_struct *t;

	for_each_thread(child, t) {
		RCU_INIT_POINTER(t->real_parent, guardian);
		/* A tracer stays in the parent's place until it lets go. */
		if (likely(!t->ptrace))
			RCU_INIT_POINTER(t->parent, guardian);
		if (t->pdeath_signal)
			group_send_sig_info(t->pdeath_signal, SEND_SIG_NOINFO, t, PIDTYPE_TGID);
	}
}

/*
 * @child has a guardian in another process. That one knows nothing of an exit signal which the old
 * parent chose. If @child is a zombie already, the guardian is told; unless a tracer has yet to see
 * the end, who hands the rest on.
 */
static void enter_guardianship(struct task_struct *child, struct task_struct *dying,
			       struct list_head *unwanted)
{
	if (unlikely(child->exit_state == EXIT_DEAD))
		return;		/* who takes it already has it */
	child->exit_signal = SIGCHLD;
	if (child->exit_state == EXIT_ZOMBIE && thread_group_empty(child) && !child->ptrace &&
	    do_notify_parent(child, SIGCHLD))
		add_to_unwanted(child, unwanted);
	kill_orphaned_pgrp(child, dying);
}

/**
 * orphan_children - a dying task's children and tracees are its no more
 * @dying: the task, PF_EXITING
 * @unwanted: gets the dead ones that nobody will wait for, see release_unwanted()
 *
 * Context: tasklist_lock held for writing.
 */
void orphan_children(struct task_struct *dying, struct list_head *unwanted)
{
	struct task_struct *guardian, *child;

	lockdep_assert_held_write(&tasklist_lock);
	pass_on_init(dying);
	if (unlikely(!list_empty(&dying->ptraced)))
		exit_ptrace(dying, unwanted);
	if (list_empty(&dying->children))
		return;
	guardian = choose_guardian(dying);
	list_for_each_entry(child, &dying->children, sibling) {
		change_parent(child, guardian);
		if (!same_thread_group(guardian, dying))
			enter_guardianship(child, dying, unwanted);
	}
	list_splice_tail_init(&dying->children, &guardian->children);
}
