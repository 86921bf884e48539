// SPDX-License-Identifier: MIT
/*
 * SEM_UNDO: what a process did to semaphores is taken back when it ends.
 *
 * For each set that it changed so, a process has a struct sem_undo with what to add to each value.
 * All threads of a process share them, and end with the last one; a fork has none.
 *
 * An undo is in two lists: its process's, by which the end of the process finds it, and its set's,
 * by which the removal of the set does. It is put into both, and taken out of both, under both
 * locks, the set's outside. The end of a process comes from the wrong side: it takes the lock of
 * its list to find an undo and so its set, lets go, locks the set, and looks whether the undo is
 * there still. While an undo is in the process's list its set wasn't yet removed, so it can be
 * held:
 *
 *	end of the process			removal of the set
 *	lock list; undo->set; ipc_hold()
 *	unlock list
 *						lock set; takes the undos out and frees them; unlock
 *						ipc_put()
 *	lock set; no undo of ours: the next
 *	ipc_put()
 */

#include <linux/sem.h>

#include "sem.h"

#include <linux/err.h>
#include <linux/errno.h>
#include <linux/minmax.h>
#include <linux/sched.h>
#include <linux/slab.h>
#include <linux/timekeeping.h>

/** sem_own_undos - the current process's list. Return: it; ERR_PTR(-ENOMEM). May sleep. */
struct sem_undo_list *sem_own_undos(void)
{
	struct sem_undo_list *list = current->sem_undo;

	if (list)
		return list;
	list = kzalloc(sizeof(*list), GFP_KERNEL_ACCOUNT);
	if (!list)
		return ERR_PTR(-ENOMEM);
	refcount_set(&list->refs, 1);
	spin_lock_init(&list->lock);
	INIT_LIST_HEAD(&list->undos);
	current->sem_undo = list;
	return list;
}

/** sem_find_undo - what @list's process has to take back of @set; NULL. @set is locked. */
struct sem_undo *sem_find_undo(struct sem_array *set, struct sem_undo_list *list)
{
	struct sem_undo *undo, *found = NULL;

	spin_lock(&list->lock);
	list_for_each_entry(undo, &list->undos, by_process) {
		if (undo->set == set) {
			found = undo;
			break;
		}
	}
	spin_unlock(&list->lock);
	return found;
}

/** sem_new_undo - one that is in no list; kfree() it, or sem_add_undo() it. May sleep. */
struct sem_undo *sem_new_undo(struct sem_array *set, struct sem_undo_list *list)
{
	struct sem_undo *undo = kzalloc(struct_size(undo, adjust, set->nsems), GFP_KERNEL_ACCOUNT);

	if (!undo)
		return NULL;
	undo->set = set;
	undo->list = list;
	return undo;
}

/** sem_add_undo - into both lists. The set is locked. */
void sem_add_undo(struct sem_undo *undo)
{
	list_add(&undo->by_set, &undo->set->undos);
	spin_lock(&undo->list->lock);
	list_add(&undo->by_process, &undo->list->undos);
	spin_unlock(&undo->list->lock);
}

/* Out of both lists. The set is locked. */
static void drop_undo(struct sem_undo *undo)
{
	spin_lock(&undo->list->lock);
	list_del(&undo->by_process);
	spin_unlock(&undo->list->lock);
	list_del(&undo->by_set);
	kfree(undo);
}

/** sem_forget_undos - the set is removed: nobody has anything to take back. It is locked. */
void sem_forget_undos(struct sem_array *set)
{
	struct sem_undo *undo, *next;

	list_for_each_entry_safe(undo, next, &set->undos, by_set)
		drop_undo(undo);
}

/** sem_clear_undos - these values were set: nothing that was done before counts. @set is locked. */
void sem_clear_undos(struct sem_array *set, int first, int count)
{
	struct sem_undo *undo;

	list_for_each_entry(undo, &set->undos, by_set)
		memset(&undo->adjust[first], 0, count * sizeof(undo->adjust[0]));
}

/* The set is locked. A value stays in its range: others may have changed it since. */
static void take_back(struct sem_undo *undo, struct wake_q_head *wake)
{
	struct sem_array *set = undo->set;
	int i;

	for (i = 0; i < set->nsems; i++) {
		struct sem *sem = &set->sems[i];

		if (!undo->adjust[i])
			continue;
		sem->value = clamp(sem->value + undo->adjust[i], 0, SEMVMX);
		ipc_note_pid(&sem->pid);
	}
	set->otime = ktime_get_real_seconds();
	sem_run_waiters(set, wake);
}

/* The set of the list's first undo, with a reference; NULL if there is none. */
static struct sem_array *first_set(struct sem_undo_list *list)
{
	struct sem_undo *undo;
	struct sem_array *set = NULL;

	spin_lock(&list->lock);
	undo = list_first_entry_or_null(&list->undos, struct sem_undo, by_process);
	if (undo) {
		set = undo->set;
		ipc_hold(&set->perm);
	}
	spin_unlock(&list->lock);
	return set;
}

/**
 * exit_sem - a task ends, or unshares what it has to take back
 * @tsk: the current one
 *
 * Context: may sleep; no lock held.
 */
void exit_sem(struct task_struct *tsk)
{
	struct sem_undo_list *list = tsk->sem_undo;
	struct sem_array *set;
	struct sem_undo *undo;

	tsk->sem_undo = NULL;
	if (!list || !refcount_dec_and_test(&list->refs))
		return;
	while ((set = first_set(list))) {
		DEFINE_WAKE_Q(wake);

		spin_lock(&set->perm.lock);
		undo = sem_find_undo(set, list);
		if (undo) {
			take_back(undo, &wake);
			drop_undo(undo);
		}
		spin_unlock(&set->perm.lock);
		wake_up_q(&wake);
		ipc_put(&set->perm);
	}
	kfree(list);
}

/**
 * copy_semundo - for a new task: CLONE_SYSVSEM shares the list of undos
 * @clone_flags: CLONE_*
 * @tsk: the new task
 *
 * The parent has a list from now on, so that the two stay together.
 *
 * Context: may sleep.
 * Return: 0; -ENOMEM.
 */
int copy_semundo(unsigned long clone_flags, struct task_struct *tsk)
{
	struct sem_undo_list *list;

	tsk->sem_undo = NULL;
	if (!(clone_flags & CLONE_SYSVSEM))
		return 0;
	list = sem_own_undos();
	if (IS_ERR(list))
		return PTR_ERR(list);
	refcount_inc(&list->refs);
	tsk->sem_undo = list;
	return 0;
}
