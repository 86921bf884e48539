/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_NS_COMMON_H
#define _LINUX_NS_COMMON_H

/* What namespaces of all kinds have, for the files that stand for them (fs/nsfs.c). */

#include <linux/refcount.h>
#include <linux/types.h>

struct proc_ns_operations;

/**
 * struct ns_common - part of each namespace
 * @ops: of its kind
 * @inum: its number: the inode's of its file, by which programs tell namespaces apart
 * @count: references
 */
struct ns_common {
	const struct proc_ns_operations *ops;
	unsigned int inum;
	refcount_t count;
};

int ns_alloc_inum(struct ns_common *ns);
void ns_free_inum(struct ns_common *ns);

#endif /* _LINUX_NS_COMMON_H */
