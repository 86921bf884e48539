/* SPDX-License-Identifier: MIT */
#ifndef _FS_SYSFS_SYSFS_H
#define _FS_SYSFS_SYSFS_H

/* What the files of sysfs share. */

#include <linux/kernfs.h>
#include <linux/sysfs.h>

extern struct kernfs_node *sysfs_root_kn;

/* dir.c */
void sysfs_warn_dup(struct kernfs_node *parent, const char *name);

/* file.c */
int sysfs_add_file_mode(struct kernfs_node *parent, const struct attribute *attr, umode_t mode);

#endif /* _FS_SYSFS_SYSFS_H */
