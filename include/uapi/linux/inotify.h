/* SPDX-License-Identifier: MIT */
/* inotify(7): what is watched for, and what read(2) gives. */
#ifndef _UAPI_LINUX_INOTIFY_H
#define _UAPI_LINUX_INOTIFY_H

#include <linux/fcntl.h>
#include <linux/types.h>

struct inotify_event {
	__s32 wd;		/* of which watch; -1 with IN_Q_OVERFLOW */
	__u32 mask;
	__u32 cookie;		/* the same in both halves of a rename */
	__u32 len;		/* of name, its NULs included */
	char name[];
};

#define IN_ACCESS		0x00000001
#define IN_MODIFY		0x00000002
#define IN_ATTRIB		0x00000004
#define IN_CLOSE_WRITE		0x00000008
#define IN_CLOSE_NOWRITE	0x00000010
#define IN_OPEN			0x00000020
#define IN_MOVED_FROM		0x00000040
#define IN_MOVED_TO		0x00000080
#define IN_CREATE		0x00000100
#define IN_DELETE		0x00000200
#define IN_DELETE_SELF		0x00000400
#define IN_MOVE_SELF		0x00000800

/* Told without being asked for. */
#define IN_UNMOUNT		0x00002000
#define IN_Q_OVERFLOW		0x00004000
#define IN_IGNORED		0x00008000

#define IN_CLOSE		(IN_CLOSE_WRITE | IN_CLOSE_NOWRITE)
#define IN_MOVE			(IN_MOVED_FROM | IN_MOVED_TO)

/* How to watch. */
#define IN_ONLYDIR		0x01000000
#define IN_DONT_FOLLOW		0x02000000
#define IN_EXCL_UNLINK		0x04000000	/* nothing of children that were unlinked */
#define IN_MASK_CREATE		0x10000000	/* only if there is no watch yet */
#define IN_MASK_ADD		0x20000000	/* to the mask of a watch that is there */
#define IN_ISDIR		0x40000000	/* in events: of a directory */
#define IN_ONESHOT		0x80000000

#define IN_ALL_EVENTS	(IN_ACCESS | IN_MODIFY | IN_ATTRIB | IN_CLOSE_WRITE | IN_CLOSE_NOWRITE | \
			 IN_OPEN | IN_MOVED_FROM | IN_MOVED_TO | IN_DELETE | IN_CREATE |	\
			 IN_DELETE_SELF | IN_MOVE_SELF)

/* inotify_init1(2) */
#define IN_CLOEXEC		O_CLOEXEC
#define IN_NONBLOCK		O_NONBLOCK

#endif /* _UAPI_LINUX_INOTIFY_H */
