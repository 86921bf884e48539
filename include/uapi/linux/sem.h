/* SPDX-License-Identifier: MIT */
#ifndef _UAPI_LINUX_SEM_H
#define _UAPI_LINUX_SEM_H

#include <linux/ipc.h>
#include <asm/sembuf.h>

#define SEM_UNDO	0x1000		/* sem_flg: take it back when the process ends */

#define GETPID		11
#define GETVAL		12
#define GETALL		13
#define GETNCNT		14
#define GETZCNT		15
#define SETVAL		16
#define SETALL		17
#define SEM_STAT	18
#define SEM_INFO	19
#define SEM_STAT_ANY	20

/* One step of a semop(): all of them happen, or none. */
struct sembuf {
	unsigned short sem_num;
	short sem_op;			/* added; 0: wait until the value is 0 */
	short sem_flg;
};

struct seminfo {
	int semmap;
	int semmni;
	int semmns;
	int semmnu;
	int semmsl;
	int semopm;
	int semume;
	int semusz;
	int semvmx;
	int semaem;
};

/* Limits; /proc/sys/kernel/sem sets all but the last two. */
#define SEMMNI		32000		/* sets */
#define SEMMSL		32000		/* semaphores in a set */
#define SEMMNS		(SEMMNI * SEMMSL)
#define SEMOPM		500		/* steps of a call */
#define SEMVMX		32767		/* a value */
#define SEMAEM		SEMVMX		/* what is taken back */

/* Told by IPC_INFO; they limit nothing. */
#define SEMUME		SEMOPM
#define SEMMNU		SEMMNS
#define SEMMAP		SEMMNS
#define SEMUSZ		20

#endif /* _UAPI_LINUX_SEM_H */
