/* SPDX-License-Identifier: MIT */
#ifndef SELFTESTS_HOSTILE_IPC_H
#define SELFTESTS_HOSTILE_IPC_H

/*
 * System V objects and POSIX message queues, and what names them.
 *
 * A worker begins with a set of semaphores, a queue and a segment of its own, and with two message
 * queues among its descriptors (sandbox.h). Ids, keys and names are mostly theirs; but all workers
 * draw from the same few keys and names, so that they also meet at one object, remove each other's,
 * and sleep where another wakes them.
 */

#include "args.h"

#include <mqueue.h>
#include <sys/ipc.h>
#include <sys/msg.h>
#include <sys/sem.h>
#include <sys/shm.h>
#include <sys/syscall.h>

#define HOSTILE_KEY	0x4c480000

/* A worker's own. */
static struct {
	int sem, msg, shm;
} own_ipc = { -1, -1, -1 };

/* -1 where something fails: then there's one thing less to try. */
static inline void make_ipc_objects(void)
{
	own_ipc.sem = semget(IPC_PRIVATE, 4, 0666);
	own_ipc.msg = msgget(IPC_PRIVATE, 0666);
	own_ipc.shm = shmget(IPC_PRIVATE, 2 * PAGE, 0666);
}

/* A queue of a few messages that has no name. The calls themselves: the library's want a slash. */
static inline int nameless_mqueue(int flags)
{
	long attr[8] = { 0, 4, 64 };
	int fd;

	syscall(SYS_mq_unlink, "hostile");
	fd = syscall(SYS_mq_open, "hostile", O_CREAT | O_EXCL | flags, 0666, attr);
	syscall(SYS_mq_unlink, "hostile");
	return fd;
}

static inline unsigned long an_ipc_key(struct rng *r)
{
	switch (below(r, 8)) {
	case 0:
		return IPC_PRIVATE;
	case 1:
		return a_word(r);
	default:
		return HOSTILE_KEY + below(r, 4);
	}
}

/* Of @own, of somebody who came early, or of nobody. */
static inline unsigned long an_ipc_id(struct rng *r, int own)
{
	if (percent(r, 60))
		return own;
	return percent(r, 60) ? below(r, 8) : a_word(r);
}

/* IPC_CREAT and IPC_EXCL, rights; IPC_NOWAIT, MSG_* and SHM_*. */
static inline unsigned long ipc_flags(struct rng *r)
{
	static const int rights[] = { 0666, 0600, 0, 0777, 0444 };
	unsigned long flags = ONE_OF(r, rights);

	if (percent(r, 10))
		return a_word(r);
	if (percent(r, 70))
		flags |= IPC_CREAT;
	if (percent(r, 20))
		flags |= IPC_EXCL;
	if (percent(r, 50))
		flags |= IPC_NOWAIT;
	if (percent(r, 30))
		flags |= 1 << (9 + below(r, 7));
	return flags;
}

/* The numbers of all three kinds overlap, and end at SEM_STAT_ANY. */
static inline unsigned long an_ipc_command(struct rng *r)
{
	if (percent(r, 5))
		return a_word(r);
	/* IPC_RMID (0) is the end of an object: not too often. */
	return percent(r, 10) ? IPC_RMID : 1 + below(r, 21);
}

static inline unsigned long an_mqueue_name(struct rng *r, int forced)
{
	static const char *const names[] = {
		"a", "b", "c", "a", "b", "c", "", ".", "..", "/a", "a/b", "\xff",
	};

	return percent(r, 95) ? a_string(r, forced, ONE_OF(r, names)) : a_path(r, forced);
}

static inline unsigned long open_flags(struct rng *r)
{
	static const int bits[] = {
		O_CREAT, O_CREAT, O_EXCL, O_NONBLOCK, O_NONBLOCK, O_TRUNC, O_APPEND, O_PATH,
		O_DIRECTORY,
	};
	unsigned long flags = percent(r, 70) ? O_RDWR : below(r, 4);

	if (percent(r, 10))
		return a_word(r);
	for (int n = below(r, 4); n; n--)
		flags |= ONE_OF(r, bits);
	return flags;
}

static inline unsigned long an_mqueue(struct rng *r)
{
	return percent(r, 75) ? MQUEUE_FD + below(r, NR_MQUEUES) : a_descriptor(r);
}

/* --- Structures; see structs.h --- */

static inline void fill_sembuf(struct rng *r, void *p)
{
	struct sembuf ops[8];

	for (int i = 0; i < 8; i++) {
		ops[i].sem_num = percent(r, 90) ? below(r, 5) : rnd(r);
		ops[i].sem_op = percent(r, 90) ? (int)below(r, 7) - 3 : (int)rnd(r);
		ops[i].sem_flg = (below(r, 2) ? IPC_NOWAIT : 0) | (below(r, 2) ? SEM_UNDO : 0);
		if (percent(r, 20))
			ops[i].sem_flg = rnd(r);
	}
	memcpy(p, ops, sizeof(ops));
}

static inline void fill_msgbuf(struct rng *r, void *p)
{
	long words[16];

	fill(r, words, sizeof(words));
	words[0] = percent(r, 85) ? 1 + (long)below(r, 5) : (long)a_word(r);
	memcpy(p, words, sizeof(words));
}

/* What IPC_SET takes of it: owner, rights, and a queue's size. */
static inline void fill_msqid_ds(struct rng *r, void *p)
{
	struct msqid_ds ds;

	fill(r, &ds, sizeof(ds));
	ds.msg_perm.uid = an_id(r);
	ds.msg_perm.gid = an_id(r);
	ds.msg_perm.mode = percent(r, 70) ? 0666 : rnd(r);
	ds.msg_qbytes = percent(r, 70) ? below(r, 16384) : a_length(r);
	memcpy(p, &ds, sizeof(ds));
}

static inline void fill_shmid_ds(struct rng *r, void *p)
{
	struct shmid_ds ds;

	fill(r, &ds, sizeof(ds));
	ds.shm_perm.uid = an_id(r);
	ds.shm_perm.gid = an_id(r);
	ds.shm_perm.mode = percent(r, 70) ? 0666 : rnd(r);
	memcpy(p, &ds, sizeof(ds));
}

static inline void fill_mq_attr(struct rng *r, void *p)
{
	long attr[8] = {
		percent(r, 70) ? (long)below(r, 2) * O_NONBLOCK : (long)a_word(r),
		percent(r, 80) ? (long)below(r, 12) : (long)a_length(r),
		percent(r, 80) ? (long)below(r, 200) : (long)a_length(r),
		a_word(r), a_word(r),
	};

	memcpy(p, attr, sizeof(attr));
}

#endif /* SELFTESTS_HOSTILE_IPC_H */
