/* SPDX-License-Identifier: MIT */
#ifndef _DRIVERS_CHAR_MEM_H
#define _DRIVERS_CHAR_MEM_H

/* The devices of major 1 that have files of their own. */

struct file_operations;

extern const struct file_operations random_fops, urandom_fops;	/* random_dev.c */

#endif /* _DRIVERS_CHAR_MEM_H */
