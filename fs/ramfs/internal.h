/* SPDX-License-Identifier: MIT */
#ifndef _RAMFS_INTERNAL_H
#define _RAMFS_INTERNAL_H

extern const struct inode_operations ramfs_file_inode_operations;

#endif /* _RAMFS_INTERNAL_H */
