/* SPDX-License-Identifier: MIT */
#ifndef _UAPI_ASM_GENERIC_SEMBUF_H
#define _UAPI_ASM_GENERIC_SEMBUF_H

#include <asm/ipcbuf.h>

struct semid64_ds {
	struct ipc64_perm sem_perm;
	long sem_otime;			/* last semop() */
	long sem_ctime;			/* made, or last changed by semctl() */
	unsigned long sem_nsems;
	unsigned long __unused3;
	unsigned long __unused4;
};

#endif /* _UAPI_ASM_GENERIC_SEMBUF_H */
