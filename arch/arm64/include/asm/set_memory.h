/* SPDX-License-Identifier: MIT */
/* Changing the rights of kernel pages in place (mm/pageattr.c). */
#ifndef _ASM_SET_MEMORY_H
#define _ASM_SET_MEMORY_H

#include <linux/types.h>

struct page;

int set_memory_ro(unsigned long addr, int numpages);
int set_memory_rw(unsigned long addr, int numpages);
int set_memory_nx(unsigned long addr, int numpages);
int set_memory_x(unsigned long addr, int numpages);
int set_memory_valid(unsigned long addr, int numpages, int enable);

bool can_set_direct_map(void);
#define can_set_direct_map can_set_direct_map

int set_direct_map_invalid_noflush(struct page *page);
int set_direct_map_default_noflush(struct page *page);
bool kernel_page_present(struct page *page);

#endif /* _ASM_SET_MEMORY_H */
