/* SPDX-License-Identifier: MIT */
#ifndef SELFTESTS_HOSTILE_LEFTOVERS_H
#define SELFTESTS_HOSTILE_LEFTOVERS_H

/*
 * System V objects outlive who made them: what workers left is removed, or it would count as memory
 * that is lost.
 */

#include <sys/ipc.h>
#include <sys/msg.h>
#include <sys/sem.h>
#include <sys/shm.h>
#include <sys/syscall.h>

/*
 * All that one of the three calls can tell of: @info is the command that tells the highest place,
 * @stat that for a place.
 */
static inline void remove_objects(long call, int info, int stat)
{
	char state[256];	/* larger than each struct */
	bool sem = call == SYS_semctl;
	long highest, id;

	highest = sem ? syscall(call, 0, 0, info, state) : syscall(call, 0, info, state);
	for (long place = 0; place <= highest; place++) {
		id = sem ? syscall(call, place, 0, stat, state) : syscall(call, place, stat, state);
		if (id >= 0 && sem)
			syscall(call, id, 0, IPC_RMID, 0);
		else if (id >= 0)
			syscall(call, id, IPC_RMID, 0);
	}
}

static inline void remove_leftovers(void)
{
	remove_objects(SYS_semctl, SEM_INFO, SEM_STAT_ANY);
	remove_objects(SYS_msgctl, MSG_INFO, MSG_STAT_ANY);
	remove_objects(SYS_shmctl, SHM_INFO, SHM_STAT_ANY);
}

#endif /* SELFTESTS_HOSTILE_LEFTOVERS_H */
