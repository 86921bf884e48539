/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_ERRNO_H
#define _LINUX_ERRNO_H

#include <uapi/linux/errno.h>

/* Numbers that stay inside the kernel: a system call never returns them to a program. */
#define ERESTARTSYS		512	/* restart after the signal, if SA_RESTART says so */
#define ERESTARTNOINTR		513	/* restart in any case */
#define ERESTARTNOHAND		514	/* restart if no handler ran */
#define ENOIOCTLCMD		515	/* this driver doesn't know the ioctl */
#define ERESTART_RESTARTBLOCK	516	/* restart by way of restart_syscall() */
#define EPROBE_DEFER		517	/* the driver wants to be probed again later */
#define EOPENSTALE		518	/* open found a stale dentry */
#define ENOPARAM		519	/* the parameter isn't one of ours */

#define EBADHANDLE		521
#define ENOTSYNC		522
#define EBADCOOKIE		523
#define ENOTSUPP		524
#define ETOOSMALL		525
#define ESERVERFAULT		526
#define EBADTYPE		527
#define EJUKEBOX		528
#define EIOCBQUEUED		529	/* the answer will come through the iocb */
#define ERECALLCONFLICT		530
#define ENOGRACE		531

#endif /* _LINUX_ERRNO_H */
