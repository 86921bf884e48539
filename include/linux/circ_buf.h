/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_CIRC_BUF_H
#define _LINUX_CIRC_BUF_H

/*
 * A ring of bytes whose size is a power of two: written at head, read at tail, empty when they are
 * equal, so one byte is never used. With one writer and one reader no lock is needed if each
 * publishes its own index with smp_store_release() and reads the other's with smp_load_acquire().
 */

struct circ_buf {
	char *buf;
	int head;
	int tail;
};

/* Bytes to read, bytes to write. */
#define CIRC_CNT(head, tail, size)	(((head) - (tail)) & ((size) - 1))
#define CIRC_SPACE(head, tail, size)	CIRC_CNT((tail), ((head) + 1), (size))

/* The same up to the end of the buffer, each index looked at once. */
#define CIRC_CNT_TO_END(head, tail, size)					\
({										\
	int __to_end = (size) - (tail);						\
	int __count = ((head) + __to_end) & ((size) - 1);			\
										\
	__count < __to_end ? __count : __to_end;				\
})

#define CIRC_SPACE_TO_END(head, tail, size)					\
({										\
	int __last = (size) - 1 - (head);					\
	int __space = (__last + (tail)) & ((size) - 1);				\
										\
	__space <= __last ? __space : __last + 1;				\
})

#endif /* _LINUX_CIRC_BUF_H */
