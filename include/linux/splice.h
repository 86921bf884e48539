/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_SPLICE_H
#define _LINUX_SPLICE_H

/* Moving bytes between files with a pipe on one side: by page where it can be, else by copy. */

#include <linux/pipe_fs_i.h>

struct kiocb;

#define SPLICE_F_MOVE		0x01	/* by page, if possible */
#define SPLICE_F_NONBLOCK	0x02	/* don't wait for the pipe */
#define SPLICE_F_MORE		0x04	/* more will come */
#define SPLICE_F_GIFT		0x08	/* vmsplice: the pages are given away */
#define SPLICE_F_ALL	(SPLICE_F_MOVE | SPLICE_F_NONBLOCK | SPLICE_F_MORE | SPLICE_F_GIFT)

ssize_t copy_splice_read(struct file *in, loff_t *ppos, struct pipe_inode_info *pipe, size_t len,
			 unsigned int flags);
ssize_t filemap_splice_read(struct file *in, loff_t *ppos, struct pipe_inode_info *pipe,
			    size_t len, unsigned int flags);
ssize_t iter_file_splice_write(struct pipe_inode_info *pipe, struct file *out, loff_t *ppos,
			       size_t len, unsigned int flags);
ssize_t vfs_splice_read(struct file *in, loff_t *ppos, struct pipe_inode_info *pipe, size_t len,
			unsigned int flags);
ssize_t do_splice_direct(struct file *in, loff_t *ppos, struct file *out, loff_t *opos, size_t len,
			 unsigned int flags);
ssize_t splice_copy_file_range(struct file *in, loff_t pos_in, struct file *out, loff_t pos_out,
			       size_t len);

#endif /* _LINUX_SPLICE_H */
