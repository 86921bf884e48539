/* SPDX-License-Identifier: MIT */
#ifndef _UAPI_ASM_GENERIC_IPCBUF_H
#define _UAPI_ASM_GENERIC_IPCBUF_H

#include <linux/posix_types.h>

/* Whose an object is, and who may use it: the head of each *id64_ds. */
struct ipc64_perm {
	__kernel_key_t key;
	__kernel_uid32_t uid;
	__kernel_gid32_t gid;
	__kernel_uid32_t cuid;	/* who made it */
	__kernel_gid32_t cgid;
	unsigned int mode;
	unsigned short seq;
	unsigned short __pad2;
	__kernel_ulong_t __unused1;
	__kernel_ulong_t __unused2;
};

#endif /* _UAPI_ASM_GENERIC_IPCBUF_H */
