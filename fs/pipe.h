/* SPDX-License-Identifier: MIT */
#ifndef _FS_PIPE_H
#define _FS_PIPE_H

/* What pipe.c and pipe_open.c share. */

struct file;
struct inode;
struct pipe_inode_info;

unsigned int pipe_slots_for(unsigned int size);
int fifo_open(struct inode *inode, struct file *filp);
void put_pipe_info(struct inode *inode, struct pipe_inode_info *pipe);

#endif /* _FS_PIPE_H */
