/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_PLIST_TYPES_H
#define _LINUX_PLIST_TYPES_H

#include <linux/types.h>

struct plist_head {
	struct list_head node_list;
};

struct plist_node {
	int prio;			/* lower comes first */
	struct list_head prio_list;	/* joins the first nodes of each priority */
	struct list_head node_list;	/* joins all nodes */
};

#endif
