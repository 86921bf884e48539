// SPDX-License-Identifier: MIT
/*
 * System V semaphore sets: semget(2) and semctl(2). Operations on them are in semop.c.
 */

#include "sem.h"

#include <linux/capability.h>
#include <linux/cred.h>
#include <linux/err.h>
#include <linux/errno.h>
#include <linux/init.h>
#include <linux/mm.h>
#include <linux/security.h>
#include <linux/seq_file.h>
#include <linux/slab.h>
#include <linux/stat.h>
#include <linux/syscalls.h>
#include <linux/timekeeping.h>
#include <linux/uaccess.h>

/* ---- semget(2) ---- */

static void release_set(struct kern_ipc_perm *perm)
{
	struct sem_array *set = set_of(perm);
	int i;

	for (i = 0; i < set->nsems; i++)
		put_pid(set->sems[i].pid);
	security_sem_free_security(perm);
	kvfree(set);
}

static int create_set(struct ipc_namespace *ns, const struct ipc_params *params)
{
	struct sem_array *set;
	int ret;

	if (!params->size)
		return -EINVAL;
	/* Under the lock for creating: nobody else adds to the sum. */
	if (atomic_long_read(&ns->used_sems) + (long)params->size > ns->sem_ctls[1])
		return -ENOSPC;
	set = kvzalloc(struct_size(set, sems, params->size), GFP_KERNEL_ACCOUNT);
	if (!set)
		return -ENOMEM;
	set->perm.release = release_set;
	set->nsems = params->size;
	set->ctime = ktime_get_real_seconds();
	INIT_LIST_HEAD(&set->waiters);
	INIT_LIST_HEAD(&set->undos);
	ret = security_sem_alloc_security(&set->perm);
	if (!ret) {
		ret = ipc_add(sem_ids(ns), &set->perm, params, ns->sem_ctls[3]);
		if (ret < 0)
			security_sem_free_security(&set->perm);
	}
	if (ret < 0)
		kvfree(set);
	else
		atomic_long_add(params->size, &ns->used_sems);
	return ret;
}

static int has_as_many(struct kern_ipc_perm *perm, const struct ipc_params *params)
{
	return params->size > (size_t)set_of(perm)->nsems ? -EINVAL : 0;
}

static int may_associate(struct kern_ipc_perm *perm, int flags)
{
	return security_sem_associate(perm, flags);
}

static const struct ipc_ops sem_ops = {
	.create = create_set,
	.fits = has_as_many,
	.associate = may_associate,
};

SYSCALL_DEFINE3(semget, key_t, key, int, nsems, int, semflg)
{
	const struct ipc_params params = { .key = key, .flags = semflg, .size = nsems };
	struct ipc_namespace *ns = current_ipc_ns();

	if (nsems < 0 || nsems > ns->sem_ctls[0])
		return -EINVAL;
	return ipc_get(ns, IPC_SEM_IDS, &sem_ops, &params);
}

/* ---- semctl(2): telling ---- */

static int tell_limits(struct ipc_namespace *ns, int cmd, struct seminfo __user *to)
{
	struct ipc_ids *ids = sem_ids(ns);
	struct seminfo info;
	int err, highest;

	err = security_sem_semctl(NULL, cmd);
	if (err)
		return err;
	memset(&info, 0, sizeof(info));
	info.semmni = ns->sem_ctls[3];
	info.semmns = ns->sem_ctls[1];
	info.semmsl = ns->sem_ctls[0];
	info.semopm = ns->sem_ctls[2];
	info.semvmx = SEMVMX;
	info.semmnu = SEMMNU;
	info.semmap = SEMMAP;
	info.semume = SEMUME;
	info.semusz = SEMUSZ;
	info.semaem = SEMAEM;
	down_read(&ids->rwsem);
	if (cmd == SEM_INFO) {
		info.semusz = ids->in_use;
		info.semaem = atomic_long_read(&ns->used_sems);
	}
	highest = ipc_highest_index(ids);
	up_read(&ids->rwsem);
	return copy_to_user(to, &info, sizeof(info)) ? -EFAULT : highest;
}

/* IPC_STAT by id, SEM_STAT and SEM_STAT_ANY by place: the answer to these is the id. */
static int tell_set(struct ipc_namespace *ns, int id, int cmd, struct semid64_ds __user *to)
{
	struct kern_ipc_perm *perm = ipc_lock_stat(ns, sem_ids(ns), id, cmd, SEM_STAT_ANY,
						   security_sem_semctl);
	struct semid64_ds ds;
	int err;

	if (IS_ERR(perm))
		return PTR_ERR(perm);
	memset(&ds, 0, sizeof(ds));
	ipc_tell_perm(perm, &ds.sem_perm);
	ds.sem_otime = set_of(perm)->otime;
	ds.sem_ctime = set_of(perm)->ctime;
	ds.sem_nsems = set_of(perm)->nsems;
	err = cmd == IPC_STAT ? 0 : perm->id;
	ipc_unlock(perm);
	return copy_to_user(to, &ds, sizeof(ds)) ? -EFAULT : err;
}

/* ---- semctl(2): values ---- */

/* The set, locked, if @may (S_IRUGO or S_IWUGO) and the modules allow @cmd. */
static struct kern_ipc_perm *lock_for(struct ipc_namespace *ns, int id, int cmd, umode_t may)
{
	return ipc_allow(ns, ipc_lock_id(sem_ids(ns), id), may, security_sem_semctl, cmd);
}

static int tell_one(struct ipc_namespace *ns, int id, int num, int cmd)
{
	struct kern_ipc_perm *perm = lock_for(ns, id, cmd, S_IRUGO);
	const struct sem_array *set;
	int ret = -EINVAL;

	if (IS_ERR(perm))
		return PTR_ERR(perm);
	set = set_of(perm);
	if (num < 0 || num >= set->nsems)
		goto out;
	switch (cmd) {
	case GETVAL:
		ret = set->sems[num].value;
		break;
	case GETPID:
		ret = set->sems[num].pid ? pid_vnr(set->sems[num].pid) : 0;
		break;
	case GETNCNT:
		ret = sem_count_waiters(set, num, false);
		break;
	case GETZCNT:
		ret = sem_count_waiters(set, num, true);
		break;
	}
out:
	ipc_unlock(perm);
	return ret;
}

/* Values [first, first + count) of a locked set were stored. Unlocks it. */
static void values_set(struct sem_array *set, int first, int count)
{
	DEFINE_WAKE_Q(wake);
	int i;

	sem_clear_undos(set, first, count);
	for (i = first; i < first + count; i++)
		ipc_note_pid(&set->sems[i].pid);
	set->ctime = ktime_get_real_seconds();
	sem_run_waiters(set, &wake);
	ipc_unlock(&set->perm);
	wake_up_q(&wake);
}

static int set_one(struct ipc_namespace *ns, int id, int num, int value)
{
	struct kern_ipc_perm *perm;

	if (value < 0 || value > SEMVMX)
		return -ERANGE;
	perm = lock_for(ns, id, SETVAL, S_IWUGO);
	if (IS_ERR(perm))
		return PTR_ERR(perm);
	if (num < 0 || num >= set_of(perm)->nsems) {
		ipc_unlock(perm);
		return -EINVAL;
	}
	set_of(perm)->sems[num].value = value;
	values_set(set_of(perm), num, 1);
	return 0;
}

/* Room for the values of a set, which may have been removed since. @may as lock_for(). */
static unsigned short *room_for_values(struct ipc_namespace *ns, int id, int cmd, umode_t may,
				       int *nsems)
{
	struct kern_ipc_perm *perm = lock_for(ns, id, cmd, may);
	unsigned short *values;

	if (IS_ERR(perm))
		return ERR_CAST(perm);
	*nsems = set_of(perm)->nsems;
	ipc_unlock(perm);
	values = kvmalloc_array(*nsems, sizeof(*values), GFP_KERNEL);
	return values ? values : ERR_PTR(-ENOMEM);
}

static int tell_all(struct ipc_namespace *ns, int id, unsigned short __user *to)
{
	struct kern_ipc_perm *perm;
	unsigned short *values;
	int i, nsems, err = 0;

	values = room_for_values(ns, id, GETALL, S_IRUGO, &nsems);
	if (IS_ERR(values))
		return PTR_ERR(values);
	/* By id again: a set doesn't change its size, and another one has another id. */
	perm = lock_for(ns, id, GETALL, S_IRUGO);
	if (IS_ERR(perm)) {
		err = PTR_ERR(perm);
		goto out;
	}
	for (i = 0; i < nsems; i++)
		values[i] = set_of(perm)->sems[i].value;
	ipc_unlock(perm);
	if (copy_to_user(to, values, nsems * sizeof(*values)))
		err = -EFAULT;
out:
	kvfree(values);
	return err == -EINVAL ? -EIDRM : err;
}

static int set_all(struct ipc_namespace *ns, int id, const unsigned short __user *from)
{
	struct kern_ipc_perm *perm;
	unsigned short *values;
	int i, nsems, err;

	values = room_for_values(ns, id, SETALL, S_IWUGO, &nsems);
	if (IS_ERR(values))
		return PTR_ERR(values);
	err = -EFAULT;
	if (copy_from_user(values, from, nsems * sizeof(*values)))
		goto out;
	err = -ERANGE;
	for (i = 0; i < nsems; i++)
		if (values[i] > SEMVMX)
			goto out;
	perm = lock_for(ns, id, SETALL, S_IWUGO);
	err = PTR_ERR_OR_ZERO(perm);
	if (err == -EINVAL)
		err = -EIDRM;
	if (err)
		goto out;
	for (i = 0; i < nsems; i++)
		set_of(perm)->sems[i].value = values[i];
	values_set(set_of(perm), 0, nsems);
out:
	kvfree(values);
	return err;
}

/* ---- semctl(2): changing and removing ---- */

/* The set is locked; afterwards it isn't, and its id names nothing. */
static void remove_set(struct ipc_namespace *ns, struct sem_array *set)
{
	DEFINE_WAKE_Q(wake);

	sem_forget_undos(set);
	sem_end_waiters(set, -EIDRM, &wake);
	ipc_remove(sem_ids(ns), &set->perm);
	atomic_long_sub(set->nsems, &ns->used_sems);
	ipc_unlock(&set->perm);
	wake_up_q(&wake);
	ipc_put(&set->perm);
}

/* IPC_SET with @ds; IPC_RMID without. */
static int change_or_remove(struct ipc_namespace *ns, int id, int cmd, const struct semid64_ds *ds)
{
	struct ipc_ids *ids = sem_ids(ns);
	struct kern_ipc_perm *perm;
	int err;

	down_write(&ids->rwsem);
	perm = ipc_lock_id(ids, id);
	err = PTR_ERR_OR_ZERO(perm);
	if (err)
		goto out;
	err = ipc_may_change(perm);
	if (!err)
		err = security_sem_semctl(perm, cmd);
	if (!err && !ds) {
		remove_set(ns, set_of(perm));
		goto out;
	}
	if (!err)
		err = ipc_set_perm(perm, &ds->sem_perm);
	if (!err)
		set_of(perm)->ctime = ktime_get_real_seconds();
	ipc_unlock(perm);
out:
	up_write(&ids->rwsem);
	return err;
}

SYSCALL_DEFINE4(semctl, int, semid, int, semnum, int, cmd, unsigned long, arg)
{
	struct ipc_namespace *ns = current_ipc_ns();
	void __user *p = (void __user *)arg;
	struct semid64_ds ds;

	if (semid < 0)
		return -EINVAL;
	switch (cmd) {
	case IPC_INFO:
	case SEM_INFO:
		return tell_limits(ns, cmd, p);
	case IPC_STAT:
	case SEM_STAT:
	case SEM_STAT_ANY:
		return tell_set(ns, semid, cmd, p);
	case GETVAL:
	case GETPID:
	case GETNCNT:
	case GETZCNT:
		return tell_one(ns, semid, semnum, cmd);
	case GETALL:
		return tell_all(ns, semid, p);
	case SETVAL:
		return set_one(ns, semid, semnum, (int)arg);
	case SETALL:
		return set_all(ns, semid, p);
	case IPC_SET:
		if (copy_from_user(&ds, p, sizeof(ds)))
			return -EFAULT;
		return change_or_remove(ns, semid, cmd, &ds);
	case IPC_RMID:
		return change_or_remove(ns, semid, cmd, NULL);
	default:
		return -EINVAL;
	}
}

/* ---- /proc/sysvipc/sem ---- */

static void show_set(struct seq_file *m, struct kern_ipc_perm *perm)
{
	struct user_namespace *ns = current_user_ns();
	const struct sem_array *set = set_of(perm);

	seq_printf(m, "%10d %10d  %4o %10u %5u %5u %5u %5u %10llu %10llu\n", perm->key, perm->id,
		   perm->mode, set->nsems, from_kuid_munged(ns, perm->uid),
		   from_kgid_munged(ns, perm->gid), from_kuid_munged(ns, perm->cuid),
		   from_kgid_munged(ns, perm->cgid), set->otime, set->ctime);
}

static int __init sem_init(void)
{
	ipc_proc_file("sem", IPC_SEM_IDS,
		      "       key      semid perms      nsems   uid   gid  cuid  cgid      otime"
		      "      ctime\n", show_set);
	return 0;
}
fs_initcall(sem_init);
