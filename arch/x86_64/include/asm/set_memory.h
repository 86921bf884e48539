/* SPDX-License-Identifier: MIT */
/*
 * Changing the rights of kernel pages that are mapped already. Large leaves
 * are split where the range asks for it; the TLBs of all CPUs are clean on
 * return.
 */
#ifndef _ASM_X86_SET_MEMORY_H
#define _ASM_X86_SET_MEMORY_H

#include <linux/types.h>
#include <asm/pgtable_types.h>

struct page;

/* All: @addr page-aligned kernel address, @numpages > 0. May sleep. 0 or -errno. */
int set_memory_ro(unsigned long addr, int numpages);
int set_memory_rw(unsigned long addr, int numpages);
int set_memory_x(unsigned long addr, int numpages);
int set_memory_nx(unsigned long addr, int numpages);
int set_memory_np(unsigned long addr, int numpages);
int set_memory_p(unsigned long addr, int numpages);
int set_memory_uc(unsigned long addr, int numpages);
int set_memory_wc(unsigned long addr, int numpages);
int set_memory_wb(unsigned long addr, int numpages);

/* Presence of direct-map pages; no TLB flush in the first two. */
int set_direct_map_invalid_noflush(struct page *page);
int set_direct_map_default_noflush(struct page *page);
bool kernel_page_present(struct page *page);

#define can_set_direct_map()	true

#endif /* _ASM_X86_SET_MEMORY_H */
