/* SPDX-License-Identifier: MIT */
#ifndef _IPC_SEM_H
#define _IPC_SEM_H

/* Between sem.c (sets), semop.c (operations on them) and sem_undo.c (taking them back). */

#include "util.h"

#include <linux/list.h>
#include <linux/sched/wake_q.h>
#include <uapi/linux/sem.h>

/* One semaphore of a set. */
struct sem {
	int value;		/* 0 to SEMVMX */
	struct pid *pid;	/* who changed it last */
};

/* A set. All behind the head is guarded by its lock. */
struct sem_array {
	struct kern_ipc_perm perm;
	time64_t otime;			/* of the last operation */
	time64_t ctime;			/* made, or changed by semctl() */
	struct list_head waiters;	/* struct sem_waiter, who came first in front */
	struct list_head undos;		/* struct sem_undo */
	int nsems;			/* constant */
	struct sem sems[];
};

/**
 * struct sem_undo_list - what a process has to take back when it ends
 * @refs: its threads, and others that were cloned with CLONE_SYSVSEM
 * @lock: guards @undos; taken inside a set's lock
 * @undos: one for each set
 */
struct sem_undo_list {
	refcount_t refs;
	spinlock_t lock;
	struct list_head undos;
};

/**
 * struct sem_undo - of one set, what one process has to take back
 * @by_process: in @list; the list's lock
 * @by_set: in @set; the set's lock
 * @list: constant
 * @set: constant; the set outlives us, for who removes it removes us before
 * @adjust: for each semaphore, what to add to it; the set's lock
 */
struct sem_undo {
	struct list_head by_process;
	struct list_head by_set;
	struct sem_undo_list *list;
	struct sem_array *set;
	short adjust[];
};

/* What a semop() call asks for. */
struct sem_request {
	const struct sembuf *ops;
	int nops;
	struct sem_undo *undo;	/* NULL if no step has SEM_UNDO */
	bool alters;		/* is there one that isn't just waiting for 0? */
};

static inline struct sem_array *set_of(struct kern_ipc_perm *perm)
{
	return container_of(perm, struct sem_array, perm);
}

static inline struct ipc_ids *sem_ids(struct ipc_namespace *ns)
{
	return &ns->ids[IPC_SEM_IDS];
}

/* semop.c. The set is locked. */
int sem_try(struct sem_array *set, const struct sem_request *req, int *blocking);
void sem_run_waiters(struct sem_array *set, struct wake_q_head *wake);
void sem_end_waiters(struct sem_array *set, int result, struct wake_q_head *wake);
int sem_count_waiters(const struct sem_array *set, int num, bool for_zero);

/* sem_undo.c */
struct sem_undo_list *sem_own_undos(void);
struct sem_undo *sem_find_undo(struct sem_array *set, struct sem_undo_list *list);
struct sem_undo *sem_new_undo(struct sem_array *set, struct sem_undo_list *list);
void sem_add_undo(struct sem_undo *undo);
void sem_forget_undos(struct sem_array *set);
void sem_clear_undos(struct sem_array *set, int first, int count);

#endif /* _IPC_SEM_H */
