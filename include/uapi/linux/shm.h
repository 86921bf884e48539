/* SPDX-License-Identifier: MIT */
#ifndef _UAPI_LINUX_SHM_H
#define _UAPI_LINUX_SHM_H

#include <linux/ipc.h>
#include <asm/shmbuf.h>

#define SHMMIN	1				/* bytes of a segment */
#define SHMMNI	4096				/* segments */
#define SHMMAX	(~0UL - (1UL << 24))		/* bytes of a segment */
#define SHMALL	(~0UL - (1UL << 24))		/* pages of all */
#define SHMSEG	SHMMNI

/* shmget() */
#define SHM_R		0400
#define SHM_W		0200
#define SHM_HUGETLB	04000
#define SHM_NORESERVE	010000

/* shmat() */
#define SHM_RDONLY	010000
#define SHM_RND		020000		/* round the address down */
#define SHM_REMAP	040000		/* in the place of what is there */
#define SHM_EXEC	0100000

/* shmctl() */
#define SHM_LOCK	11
#define SHM_UNLOCK	12
#define SHM_STAT	13
#define SHM_INFO	14
#define SHM_STAT_ANY	15

/* Told in the mode. */
#define SHM_DEST	01000		/* goes with its last attachment */
#define SHM_LOCKED	02000

struct shm_info {
	int used_ids;
	__kernel_ulong_t shm_tot;	/* pages of all segments */
	__kernel_ulong_t shm_rss;	/* of them, in memory */
	__kernel_ulong_t shm_swp;
	__kernel_ulong_t swap_attempts;
	__kernel_ulong_t swap_successes;
};

#endif /* _UAPI_LINUX_SHM_H */
