/* SPDX-License-Identifier: MIT */
#ifndef _UAPI_LINUX_IPC_H
#define _UAPI_LINUX_IPC_H

/* System V's three ways of talking between processes: what they have in common. */

#include <linux/types.h>

#define IPC_PRIVATE ((__kernel_key_t)0)	/* a key that no object has: make a new one */

/* *get() flags, beside the nine permission bits. */
#define IPC_CREAT	00001000
#define IPC_EXCL	00002000
#define IPC_NOWAIT	00004000	/* of operations: an errno instead of sleep */

/* *ctl() commands that all three know. */
#define IPC_RMID	0
#define IPC_SET		1
#define IPC_STAT	2
#define IPC_INFO	3

/* Programs of old set it in a command to say which struct they mean. There is one. */
#define IPC_64		0x0100

#include <asm/ipcbuf.h>

#endif /* _UAPI_LINUX_IPC_H */
