/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_NUMA_H
#define _LINUX_NUMA_H

#include <linux/init.h>
#include <linux/types.h>

/* Memory has one node, number 0; calls that take a node accept "no particular one" as well. */
#define NUMA_NO_NODE	(-1)
#define NUMA_NO_MEMBLK	(-1)

#ifndef NODES_SHIFT
#define NODES_SHIFT	0
#endif
#ifndef MAX_NUMNODES
#define MAX_NUMNODES	(1 << NODES_SHIFT)
#endif

#endif
