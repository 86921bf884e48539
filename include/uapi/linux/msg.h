/* SPDX-License-Identifier: MIT */
#ifndef _UAPI_LINUX_MSG_H
#define _UAPI_LINUX_MSG_H

#include <linux/ipc.h>
#include <asm/msgbuf.h>

#define MSG_STAT	11
#define MSG_INFO	12
#define MSG_STAT_ANY	13

/* msgrcv() */
#define MSG_NOERROR	010000		/* cut what is too long */
#define MSG_EXCEPT	020000		/* any type but this one */
#define MSG_COPY	040000		/* leave it: the one at this place */

#define MSGMNI	32000			/* queues */
#define MSGMAX	8192			/* bytes of a message */
#define MSGMNB	16384			/* bytes in a queue */

/* Told by IPC_INFO; they limit nothing. */
#define MSGPOOL	(MSGMNI * MSGMNB / 1024)
#define MSGTQL	MSGMNB
#define MSGMAP	MSGMNB
#define MSGSSZ	16
#define MSGSEG	0xffff

/* What a program sends: the type, and behind it the bytes. */
struct msgbuf {
	__kernel_long_t mtype;
	char mtext[1];
};

struct msginfo {
	int msgpool;
	int msgmap;
	int msgmax;
	int msgmnb;
	int msgmni;
	int msgssz;
	int msgtql;
	unsigned short msgseg;
};

#endif /* _UAPI_LINUX_MSG_H */
