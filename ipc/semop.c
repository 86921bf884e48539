// SPDX-License-Identifier: MIT
/*
 * semop(2), semtimedop(2): steps on the semaphores of a set, all of them or none.
 *
 *	sem_op > 0	add it
 *	sem_op < 0	take so much away, once there is so much
 *	sem_op == 0	go on once the value is 0
 *
 * A call whose steps can't all be done changes nothing, and sleeps in the set's queue with its
 * request. Who changes a value does for the sleepers what they asked for, in the order in which
 * they came, as long as one of them succeeds and so may have helped another; then it wakes them,
 * and they find their answer:
 *
 *	sleeper				who changes a value
 *	lock; sem_try() says: wait
 *	queue; answer = WAITING
 *	state = INTERRUPTIBLE; unlock
 *	schedule()
 *					lock; changes it
 *					sem_run_waiters(): sem_try() for the sleeper, out of the
 *					queue, answer = 0; unlock; wakes it
 *	lock; answer isn't WAITING: done
 *
 * The answer and the request, which lie on the sleeper's stack, are touched under the lock only.
 */

#include "sem.h"

#include <linux/err.h>
#include <linux/errno.h>
#include <linux/hrtimer.h>
#include <linux/ktime.h>
#include <linux/sched.h>
#include <linux/sched/signal.h>
#include <linux/security.h>
#include <linux/slab.h>
#include <linux/stat.h>
#include <linux/syscalls.h>
#include <linux/time.h>
#include <linux/timekeeping.h>
#include <linux/uaccess.h>

#define WAITING	1	/* sem_try(), sem_waiter.answer: neither done nor refused */

/* Requests up to so many steps need no memory of their own. */
#define STEPS_ON_STACK	16

/* Who sleeps for a set. Guarded by the set's lock. */
struct sem_waiter {
	struct list_head list;
	struct task_struct *task;
	struct pid *pid;
	struct sem_request req;
	int blocking;	/* which step can't be done */
	int answer;
};

/* ---- one request ---- */

/* Waiting for 0 changes nothing that would have to be undone. */
static bool wants_undo(const struct sembuf *op)
{
	return op->sem_op && (op->sem_flg & SEM_UNDO);
}

/* The first @n steps didn't happen. */
static void take_back(struct sem_array *set, const struct sem_request *req, int n)
{
	while (n-- > 0) {
		const struct sembuf *op = &req->ops[n];

		set->sems[op->sem_num].value -= op->sem_op;
		if (wants_undo(op))
			req->undo->adjust[op->sem_num] += op->sem_op;
	}
}

/* Return: 0: done; WAITING; -ERANGE. */
static int do_step(struct sem_array *set, const struct sembuf *op, struct sem_undo *undo)
{
	struct sem *sem = &set->sems[op->sem_num];
	int value = sem->value + op->sem_op;

	if (op->sem_op == 0)
		return sem->value ? WAITING : 0;
	if (value < 0)
		return WAITING;
	if (value > SEMVMX)
		return -ERANGE;
	if (wants_undo(op)) {
		int adjust = undo->adjust[op->sem_num] - op->sem_op;

		if (adjust < -SEMAEM - 1 || adjust > SEMAEM)
			return -ERANGE;
		undo->adjust[op->sem_num] = adjust;
	}
	sem->value = value;
	return 0;
}

/**
 * sem_try - do all steps of a request, or none
 * @set: locked
 * @req: the request; its semaphores exist
 * @blocking: result: if it has to wait, for which step
 *
 * Return: 0: done; 1: it has to wait; -EAGAIN: it would, and doesn't want to; -ERANGE.
 */
int sem_try(struct sem_array *set, const struct sem_request *req, int *blocking)
{
	int i, ret;

	for (i = 0; i < req->nops; i++) {
		ret = do_step(set, &req->ops[i], req->undo);
		if (ret)
			goto undo;
	}
	return 0;
undo:
	take_back(set, req, i);
	*blocking = i;
	return ret == WAITING && (req->ops[i].sem_flg & IPC_NOWAIT) ? -EAGAIN : ret;
}

/* It was done for @pid. */
static void note_done(struct sem_array *set, const struct sem_request *req, struct pid *pid)
{
	int i;

	set->otime = ktime_get_real_seconds();
	for (i = 0; i < req->nops; i++) {
		struct sem *sem = &set->sems[req->ops[i].sem_num];
		struct pid *old = sem->pid;

		if (old == pid)
			continue;
		sem->pid = get_pid(pid);
		put_pid(old);
	}
}

/* ---- who waits ---- */

static void end_waiter(struct sem_waiter *w, int answer, struct wake_q_head *wake)
{
	list_del(&w->list);
	w->answer = answer;
	wake_q_add(wake, w->task);
}

/**
 * sem_run_waiters - a value has changed: do what can be done now
 * @set: locked
 * @wake: gets who is to be woken, without the lock
 */
void sem_run_waiters(struct sem_array *set, struct wake_q_head *wake)
{
	struct sem_waiter *w, *next;
	bool again;

	do {
		again = false;
		list_for_each_entry_safe(w, next, &set->waiters, list) {
			int ret = sem_try(set, &w->req, &w->blocking);

			if (ret == WAITING)
				continue;
			if (!ret)
				note_done(set, &w->req, w->pid);
			end_waiter(w, ret, wake);
			if (!ret && w->req.alters) {
				again = true;
				break;
			}
		}
	} while (again);
}

/** sem_end_waiters - the set is removed: @result for all. It is locked. */
void sem_end_waiters(struct sem_array *set, int result, struct wake_q_head *wake)
{
	struct sem_waiter *w, *next;

	list_for_each_entry_safe(w, next, &set->waiters, list)
		end_waiter(w, result, wake);
}

/** sem_count_waiters - how many wait for semaphore @num to be 0, or to grow? The set is locked. */
int sem_count_waiters(const struct sem_array *set, int num, bool for_zero)
{
	const struct sem_waiter *w;
	int count = 0;

	list_for_each_entry(w, &set->waiters, list) {
		const struct sembuf *op = &w->req.ops[w->blocking];

		count += op->sem_num == num && (op->sem_op == 0) == for_zero;
	}
	return count;
}

/*
 * Sleeps until the request was done or refused, the time is over, or a signal comes. The set is
 * locked; afterwards it isn't.
 */
static int wait_for_answer(struct sem_array *set, struct sem_waiter *w, ktime_t *until)
{
	bool in_time = true;
	int answer;

	w->task = current;
	w->pid = task_tgid(current);
	w->answer = WAITING;
	list_add_tail(&w->list, &set->waiters);
	ipc_hold(&set->perm);
	while (w->answer == WAITING && in_time && !signal_pending(current)) {
		__set_current_state(TASK_INTERRUPTIBLE);
		ipc_unlock(&set->perm);
		in_time = schedule_hrtimeout_range(until, current->timer_slack_ns,
						   HRTIMER_MODE_ABS) != 0;
		rcu_read_lock();
		spin_lock(&set->perm.lock);
	}
	answer = w->answer;
	if (answer == WAITING) {
		list_del(&w->list);
		answer = in_time ? -EINTR : -EAGAIN;
	}
	ipc_unlock(&set->perm);
	ipc_put(&set->perm);
	return answer;
}

/* ---- the calls ---- */

/* Looks through the steps. Return: the highest semaphore that they name. */
static int look_through(struct sem_request *req, bool *undos)
{
	int i, highest = 0;

	for (i = 0; i < req->nops; i++) {
		highest = max_t(int, highest, req->ops[i].sem_num);
		*undos |= wants_undo(&req->ops[i]);
		req->alters |= req->ops[i].sem_op != 0;
	}
	return highest;
}

/* The set, locked, and with it what the process has to take back. */
static struct kern_ipc_perm *lock_set(struct ipc_namespace *ns, int id, bool undos,
				      struct sem_undo **undo)
{
	struct sem_undo_list *list = undos ? sem_own_undos() : NULL;
	struct sem_undo *new = NULL;
	struct kern_ipc_perm *perm;

	if (IS_ERR(list))
		return ERR_CAST(list);
	for (;;) {
		perm = ipc_lock_id(sem_ids(ns), id);
		if (IS_ERR(perm) || !list)
			break;
		*undo = sem_find_undo(set_of(perm), list);
		if (*undo)
			break;
		if (new && new->set == set_of(perm)) {
			sem_add_undo(new);
			*undo = new;
			return perm;
		}
		/*
		 * Memory is made without the lock; meanwhile another thread may have done the same.
		 */
		ipc_hold(perm);
		ipc_unlock(perm);
		kfree(new);
		new = sem_new_undo(set_of(perm), list);
		ipc_put(perm);
		if (!new)
			return ERR_PTR(-ENOMEM);
	}
	kfree(new);
	return perm;
}

static int do_request(struct ipc_namespace *ns, int id, struct sem_request *req, ktime_t *until)
{
	struct sem_waiter w;
	struct kern_ipc_perm *perm;
	DEFINE_WAKE_Q(wake);
	bool undos = false;
	int highest, err;

	highest = look_through(req, &undos);
	perm = lock_set(ns, id, undos, &req->undo);
	if (IS_ERR(perm))
		return PTR_ERR(perm);
	err = -EFBIG;
	if (highest >= set_of(perm)->nsems)
		goto out;
	err = ipcperms(ns, perm, req->alters ? S_IWUGO : S_IRUGO);
	if (!err)
		err = security_sem_semop(perm, (struct sembuf *)req->ops, req->nops, req->alters);
	if (err)
		goto out;
	w.req = *req;
	err = sem_try(set_of(perm), req, &w.blocking);
	if (err == WAITING)
		return wait_for_answer(set_of(perm), &w, until);
	if (!err) {
		note_done(set_of(perm), req, task_tgid(current));
		if (req->alters)
			sem_run_waiters(set_of(perm), &wake);
	}
out:
	ipc_unlock(perm);
	wake_up_q(&wake);
	return err;
}

/* @until: of the monotonic clock; NULL: for ever. */
static int copy_and_do(int id, struct sembuf __user *from, unsigned int nops, ktime_t *until)
{
	struct ipc_namespace *ns = current_ipc_ns();
	struct sembuf few[STEPS_ON_STACK], *ops = few;
	struct sem_request req = {};
	int ret = -EFAULT;

	if (nops < 1 || id < 0)
		return -EINVAL;
	if (nops > (unsigned int)ns->sem_ctls[2])
		return -E2BIG;
	if (nops > STEPS_ON_STACK) {
		ops = kvmalloc_array(nops, sizeof(*ops), GFP_KERNEL_ACCOUNT);
		if (!ops)
			return -ENOMEM;
	}
	if (!copy_from_user(ops, from, nops * sizeof(*ops))) {
		req.ops = ops;
		req.nops = nops;
		ret = do_request(ns, id, &req, until);
	}
	if (ops != few)
		kvfree(ops);
	return ret;
}

SYSCALL_DEFINE3(semop, int, semid, struct sembuf __user *, tsops, unsigned int, nsops)
{
	return copy_and_do(semid, tsops, nsops, NULL);
}

SYSCALL_DEFINE4(semtimedop, int, semid, struct sembuf __user *, tsops, unsigned int, nsops,
		const struct __kernel_timespec __user *, timeout)
{
	struct timespec64 ts;
	ktime_t until;

	if (!timeout)
		return copy_and_do(semid, tsops, nsops, NULL);
	if (get_timespec64(&ts, timeout))
		return -EFAULT;
	if (!timespec64_valid(&ts))
		return -EINVAL;
	until = ktime_add_safe(ktime_get(), timespec64_to_ktime(ts));
	return copy_and_do(semid, tsops, nsops, &until);
}
