/* SPDX-License-Identifier: MIT */
#ifndef _UAPI_ASM_GENERIC_SHMBUF_H
#define _UAPI_ASM_GENERIC_SHMBUF_H

#include <asm/ipcbuf.h>

struct shmid64_ds {
	struct ipc64_perm shm_perm;
	__kernel_size_t shm_segsz;	/* bytes */
	long shm_atime;			/* last attached */
	long shm_dtime;			/* last detached */
	long shm_ctime;
	__kernel_pid_t shm_cpid;	/* who made it */
	__kernel_pid_t shm_lpid;	/* who attached or detached last */
	unsigned long shm_nattch;
	unsigned long __unused4;
	unsigned long __unused5;
};

struct shminfo64 {
	unsigned long shmmax;
	unsigned long shmmin;
	unsigned long shmmni;
	unsigned long shmseg;
	unsigned long shmall;
	unsigned long __unused1;
	unsigned long __unused2;
	unsigned long __unused3;
	unsigned long __unused4;
};

#endif /* _UAPI_ASM_GENERIC_SHMBUF_H */
