/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_PERCPU_H
#define _LINUX_PERCPU_H

/*
 * Dynamic per-CPU memory; the accessors are in percpu-defs.h.
 *
 * An allocation is one block per possible CPU, all at the same offset from their CPU's base, so
 * that this_cpu_*() and per_cpu_ptr() work on it as on a static DEFINE_PER_CPU() variable.
 * Memory is zeroed. alloc_percpu() may sleep; with a gfp that mustn't, only what is populated
 * already can be had. free_percpu() doesn't sleep.
 */

#include <linux/percpu-defs.h>
#include <linux/types.h>
#include <linux/gfp_types.h>
#include <linux/cleanup.h>
#include <linux/init.h>
#include <asm/percpu.h>

#include <asm/percpu.h>

#define PERCPU_MODULE_RESERVE		0
#define PCPU_MIN_ALLOC_SIZE		8
#define PCPU_MIN_UNIT_SIZE		(32UL << 10)
#define PERCPU_DYNAMIC_RESERVE		(24UL << 10)

void setup_per_cpu_areas(void);
void __init pcpu_setup_first_chunk(void *base, size_t unit_size, size_t static_size,
				   size_t dyn_size);
void __init pcpu_embed_first_chunk(size_t dyn_size);
extern void *pcpu_base_addr;

void __percpu *pcpu_alloc_noprof(size_t size, size_t align, bool reserved, gfp_t gfp)
	__attribute__((alloc_size(1)));
void free_percpu(void __percpu *pdata);
size_t pcpu_alloc_size(void __percpu *pdata);
bool is_kernel_percpu_address(unsigned long addr);
phys_addr_t per_cpu_ptr_to_phys(void *addr);
unsigned long pcpu_nr_pages(void);
unsigned long pcpu_allocated_bytes(void);
void pcpu_reclaim(void);

/** __alloc_percpu_gfp - @size bytes, aligned, for each possible CPU, zeroed; or NULL */
#define __alloc_percpu_gfp(size, align, gfp)	pcpu_alloc_noprof(size, align, false, gfp)
/** __alloc_percpu - __alloc_percpu_gfp() where it may sleep */
#define __alloc_percpu(size, align)		pcpu_alloc_noprof(size, align, false, GFP_KERNEL)
/** alloc_percpu_gfp - a @type for each possible CPU, zeroed; or NULL */
#define alloc_percpu_gfp(type, gfp) \
	((typeof(type) __percpu *)__alloc_percpu_gfp(sizeof(type), __alignof__(type), gfp))
/** alloc_percpu - alloc_percpu_gfp() where it may sleep */
#define alloc_percpu(type) \
	((typeof(type) __percpu *)__alloc_percpu(sizeof(type), __alignof__(type)))

DEFINE_FREE(free_percpu, void __percpu *, free_percpu(_T))

#endif /* _LINUX_PERCPU_H */
