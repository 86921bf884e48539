/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_EVENTPOLL_H
#define _LINUX_EVENTPOLL_H

/* What the rest of the VFS has to know of epoll: a file that goes leaves the epolls it is in. */

#include <linux/fs.h>

#include <uapi/linux/eventpoll.h>

void eventpoll_release_file(struct file *file);

/** eventpoll_release - the last reference to @file went: nobody can add it any more */
static inline void eventpoll_release(struct file *file)
{
	if (likely(!READ_ONCE(file->f_ep)))
		return;
	eventpoll_release_file(file);
}

#endif /* _LINUX_EVENTPOLL_H */
