/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_PIPE_FS_I_H
#define _LINUX_PIPE_FS_I_H

/*
 * Pipes: a ring of pieces of pages. head and tail count up for ever, their low bits are the slot.
 * Writers fill at head, readers empty at tail, both under the pipe's mutex.
 */

#include <linux/log2.h>
#include <linux/mutex.h>
#include <linux/types.h>
#include <linux/wait.h>

struct fasync_struct;
struct file;
struct inode;
struct page;
struct pipe_buffer;
struct user_struct;

#define PIPE_DEF_BUFFERS	16
#define PIPE_MIN_DEF_BUFFERS	2	/* of a user who is over the soft limit */

#define PIPE_BUF_FLAG_LRU	0x01
#define PIPE_BUF_FLAG_ATOMIC	0x02
#define PIPE_BUF_FLAG_GIFT	0x04	/* the page is the pipe's alone */
#define PIPE_BUF_FLAG_PACKET	0x08	/* one write(2) of O_DIRECT: read apart from others */
#define PIPE_BUF_FLAG_CAN_MERGE	0x10	/* the next write may go on in this page */
#define PIPE_BUF_FLAG_WHOLE	0x20

/**
 * struct pipe_buffer - bytes of one page
 * @page: where
 * @offset: of the first byte that was not read
 * @len: how many are left
 * @ops: what the page's owner does with it
 * @flags: PIPE_BUF_FLAG_*
 * @private: the owner's
 */
struct pipe_buffer {
	struct page *page;
	unsigned int offset, len;
	const struct pipe_buf_operations *ops;
	unsigned int flags;
	unsigned long private;
};

/* All fields under @mutex, but: a waiter looks at head and tail without it, then looks again. */
struct pipe_inode_info {
	struct mutex mutex;
	wait_queue_head_t rd_wait, wr_wait;
	unsigned int head;		/* slot of the next write */
	unsigned int tail;		/* slot of the next read */
	unsigned int max_usage;		/* slots that may be in use */
	unsigned int ring_size;		/* slots there are: a power of two */
	unsigned int nr_accounted;	/* pages charged to the user */
	unsigned int readers, writers;	/* open files that can */
	unsigned int files;		/* open files: inode->i_lock */
	unsigned int r_counter, w_counter;	/* opens so far: open() of a FIFO waits for one */
	bool poll_usage;		/* somebody polls: wake more than sleepers need */
	struct page *tmp_page[2];	/* kept for the next write */
	struct fasync_struct *fasync_readers, *fasync_writers;
	struct pipe_buffer *bufs;
	struct user_struct *user;
};

struct pipe_buf_operations {
	/* Is the content there? It may be a page of the cache that is still read. NULL: always. */
	int (*confirm)(struct pipe_inode_info *pipe, struct pipe_buffer *buf);
	void (*release)(struct pipe_inode_info *pipe, struct pipe_buffer *buf);
	/* true: the page is the caller's alone from now on */
	bool (*try_steal)(struct pipe_inode_info *pipe, struct pipe_buffer *buf);
	bool (*get)(struct pipe_inode_info *pipe, struct pipe_buffer *buf);
};

/** pipe_empty - is nothing between two positions? */
static inline bool pipe_empty(unsigned int head, unsigned int tail)
{
	return head == tail;
}

/** pipe_occupancy - buffers between two positions, which count on for ever */
static inline unsigned int pipe_occupancy(unsigned int head, unsigned int tail)
{
	return head - tail;
}

/** pipe_full - are there @limit buffers or more between two positions? */
static inline bool pipe_full(unsigned int head, unsigned int tail, unsigned int limit)
{
	return pipe_occupancy(head, tail) >= limit;
}

/** pipe_buf - the buffer at a position. Context: the pipe is locked */
static inline struct pipe_buffer *pipe_buf(const struct pipe_inode_info *pipe, unsigned int slot)
{
	return &pipe->bufs[slot & (pipe->ring_size - 1)];
}

/** pipe_head_buf - the buffer that is filled next. Context: the pipe is locked */
static inline struct pipe_buffer *pipe_head_buf(const struct pipe_inode_info *pipe)
{
	return pipe_buf(pipe, pipe->head);
}

/** pipe_buf_release - empty a buffer: its page is given back */
static inline void pipe_buf_release(struct pipe_inode_info *pipe, struct pipe_buffer *buf)
{
	const struct pipe_buf_operations *ops = buf->ops;

	buf->ops = NULL;
	ops->release(pipe, buf);
}

/** pipe_buf_confirm - wait until a buffer's data are there. Return: 0, or why they won't be */
static inline int pipe_buf_confirm(struct pipe_inode_info *pipe, struct pipe_buffer *buf)
{
	return buf->ops->confirm ? buf->ops->confirm(pipe, buf) : 0;
}

/** pipe_buf_try_steal - take a buffer's page for oneself. Return: whether nobody else uses it */
static inline bool pipe_buf_try_steal(struct pipe_inode_info *pipe, struct pipe_buffer *buf)
{
	return buf->ops->try_steal && buf->ops->try_steal(pipe, buf);
}

/** pipe_buf_get - one reference more to a buffer's page. Return: false if there are too many */
static inline bool pipe_buf_get(struct pipe_inode_info *pipe, struct pipe_buffer *buf)
{
	return buf->ops->get(pipe, buf);
}

#define PIPE_SIZE	PAGE_SIZE

extern unsigned int pipe_max_size;
extern unsigned long pipe_user_pages_soft, pipe_user_pages_hard;

void pipe_lock(struct pipe_inode_info *pipe);
void pipe_unlock(struct pipe_inode_info *pipe);
void pipe_double_lock(struct pipe_inode_info *a, struct pipe_inode_info *b);
void pipe_wait_readable(struct pipe_inode_info *pipe);
void pipe_wait_writable(struct pipe_inode_info *pipe);
struct pipe_inode_info *alloc_pipe_info(void);
void free_pipe_info(struct pipe_inode_info *pipe);
struct pipe_inode_info *get_pipe_info(struct file *file, bool for_splice);
int create_pipe_files(struct file **res, int flags);
void pipe_wait_for_readers(struct file *file);
long pipe_fcntl(struct file *file, unsigned int cmd, unsigned int arg);
bool generic_pipe_buf_get(struct pipe_inode_info *pipe, struct pipe_buffer *buf);
bool generic_pipe_buf_try_steal(struct pipe_inode_info *pipe, struct pipe_buffer *buf);
void generic_pipe_buf_release(struct pipe_inode_info *pipe, struct pipe_buffer *buf);

extern const struct pipe_buf_operations nosteal_pipe_buf_ops;

#endif /* _LINUX_PIPE_FS_I_H */
