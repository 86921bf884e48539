/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_MNT_NAMESPACE_H
#define _LINUX_MNT_NAMESPACE_H

/* Trees of mounts that processes see; fs/mnt_ns.c. */

struct fs_struct;
struct mnt_namespace;

extern struct mnt_namespace init_mnt_ns;

struct mnt_namespace *copy_mnt_ns(unsigned long flags, struct mnt_namespace *ns,
				  struct fs_struct *new_fs);
void get_mnt_ns(struct mnt_namespace *ns);
void put_mnt_ns(struct mnt_namespace *ns);

#endif /* _LINUX_MNT_NAMESPACE_H */
