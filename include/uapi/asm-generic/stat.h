/* SPDX-License-Identifier: MIT */
/* struct stat of stat(2) and its kin, for machines without a layout of their own: 128 bytes. */
#ifndef _UAPI_ASM_GENERIC_STAT_H
#define _UAPI_ASM_GENERIC_STAT_H

#define STAT_HAVE_NSEC	1

struct stat {
	unsigned long st_dev;
	unsigned long st_ino;
	unsigned int st_mode;
	unsigned int st_nlink;
	unsigned int st_uid;
	unsigned int st_gid;
	unsigned long st_rdev;
	unsigned long __pad1;
	long st_size;
	int st_blksize;
	int __pad2;
	long st_blocks;		/* of 512 bytes */
	long st_atime;
	unsigned long st_atime_nsec;
	long st_mtime;
	unsigned long st_mtime_nsec;
	long st_ctime;
	unsigned long st_ctime_nsec;
	unsigned int __unused4;
	unsigned int __unused5;
};

#endif /* _UAPI_ASM_GENERIC_STAT_H */
