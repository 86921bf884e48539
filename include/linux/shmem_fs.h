/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_SHMEM_FS_H
#define _LINUX_SHMEM_FS_H

/*
 * Memory that has an object of its own: tmpfs files, shared anonymous mappings, memfd_create(2),
 * System V shared memory.
 */

#include <linux/types.h>

struct file;
struct vm_area_struct;

struct file *shmem_file_setup(const char *name, loff_t size, unsigned long flags);
struct file *shmem_kernel_file_setup(const char *name, loff_t size, unsigned long flags);
int shmem_zero_setup(struct vm_area_struct *vma);

#endif /* _LINUX_SHMEM_FS_H */
