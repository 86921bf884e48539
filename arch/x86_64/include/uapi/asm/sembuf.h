/* SPDX-License-Identifier: MIT */
#ifndef _UAPI_ASM_X86_SEMBUF_H
#define _UAPI_ASM_X86_SEMBUF_H

#include <asm/ipcbuf.h>

/* x86 keeps the holes that once were the upper halves of 64-bit times. */
struct semid64_ds {
	struct ipc64_perm sem_perm;
	__kernel_long_t sem_otime;		/* last semop() */
	__kernel_ulong_t __unused1;
	__kernel_long_t sem_ctime;		/* made, or last changed by semctl() */
	__kernel_ulong_t __unused2;
	__kernel_ulong_t sem_nsems;
	__kernel_ulong_t __unused3;
	__kernel_ulong_t __unused4;
};

#endif /* _UAPI_ASM_X86_SEMBUF_H */
