/* SPDX-License-Identifier: MIT */
#ifndef _UAPI_ASM_GENERIC_MSGBUF_H
#define _UAPI_ASM_GENERIC_MSGBUF_H

#include <asm/ipcbuf.h>

struct msqid64_ds {
	struct ipc64_perm msg_perm;
	long msg_stime;			/* last msgsnd() */
	long msg_rtime;			/* last msgrcv() */
	long msg_ctime;
	unsigned long msg_cbytes;	/* bytes in the queue */
	unsigned long msg_qnum;		/* messages in it */
	unsigned long msg_qbytes;	/* how many bytes may be */
	__kernel_pid_t msg_lspid;
	__kernel_pid_t msg_lrpid;
	unsigned long __unused4;
	unsigned long __unused5;
};

#endif /* _UAPI_ASM_GENERIC_MSGBUF_H */
