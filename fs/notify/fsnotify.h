/* SPDX-License-Identifier: MIT */
#ifndef _FS_NOTIFY_FSNOTIFY_H
#define _FS_NOTIFY_FSNOTIFY_H

/* What the files of this folder share. */

#include <linux/fsnotify_backend.h>
#include <linux/srcu.h>

/* Readers walk the marks of an inode; a mark's memory goes after them. */
extern struct srcu_struct fsnotify_mark_srcu;

/* Racy: for those who look again, or know that no mark can come. */
bool fsnotify_has_marks(struct inode *inode);

#endif /* _FS_NOTIFY_FSNOTIFY_H */
