/* SPDX-License-Identifier: MIT */
#ifndef _FUZZ_FWNODE_H
#define _FUZZ_FWNODE_H
struct fwnode_operations {
	char unused;
};

struct fwnode_handle {
	const struct fwnode_operations *ops;
	const char *name;
};

static inline void fwnode_init(struct fwnode_handle *fwnode, const struct fwnode_operations *ops)
{
	fwnode->ops = ops;
}
#endif
