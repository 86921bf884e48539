/* SPDX-License-Identifier: MIT */
#ifndef _FS_FILE_H
#define _FS_FILE_H

/* What file.c and fdtable.c share. files->file_lock is held for all of it. */

#include <linux/bitops.h>
#include <linux/fdtable.h>
#include <linux/types.h>

/* fdtable.c */
int expand_files(struct files_struct *files, unsigned int nr);

static inline void __set_close_on_exec(unsigned int fd, struct fdtable *fdt, bool set)
{
	if (set)
		__set_bit(fd, fdt->close_on_exec);
	else if (test_bit(fd, fdt->close_on_exec))
		__clear_bit(fd, fdt->close_on_exec);
}

static inline void __set_open_fd(unsigned int fd, struct fdtable *fdt, bool cloexec)
{
	__set_bit(fd, fdt->open_fds);
	__set_close_on_exec(fd, fdt, cloexec);
	fd /= BITS_PER_LONG;
	if (!~fdt->open_fds[fd])
		__set_bit(fd, fdt->full_fds_bits);
}

static inline void __clear_open_fd(unsigned int fd, struct fdtable *fdt)
{
	__clear_bit(fd, fdt->open_fds);
	fd /= BITS_PER_LONG;
	if (test_bit(fd, fdt->full_fds_bits))
		__clear_bit(fd, fdt->full_fds_bits);
}

#endif /* _FS_FILE_H */
