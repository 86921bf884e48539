/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_SET_MEMORY_H
#define _LINUX_SET_MEMORY_H

/*
 * Change the rights of kernel mappings, page by page. The machine splits large mappings as it
 * must and flushes the TLBs of all CPUs. May sleep. Returns 0 or a negative errno.
 */

#include <asm/set_memory.h>

/** set_memory_rox - make kernel pages read-only, then executable. Return: 0, -errno */
static inline int set_memory_rox(unsigned long addr, int numpages)
{
	int ret = set_memory_ro(addr, numpages);

	return ret ? ret : set_memory_x(addr, numpages);
}

#endif /* _LINUX_SET_MEMORY_H */
