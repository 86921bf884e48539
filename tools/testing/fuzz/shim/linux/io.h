/* SPDX-License-Identifier: MIT */
static inline void *ioremap(u64 phys, u64 size)
{
	(void)phys;
	(void)size;
	return NULL;
}
