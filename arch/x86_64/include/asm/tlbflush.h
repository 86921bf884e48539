/* SPDX-License-Identifier: MIT */
/*
 * Throwing away stale translations, here and on other CPUs.
 *
 * The caller has changed the tables already. A flush of user addresses goes to
 * the CPUs in mm_cpumask(mm); one of kernel addresses to all. The call returns
 * when every CPU has done it, so interrupts must be on (or just one CPU up).
 */
#ifndef _ASM_X86_TLBFLUSH_H
#define _ASM_X86_TLBFLUSH_H

#include <linux/mm_types.h>
#include <linux/percpu-defs.h>
#include <linux/types.h>
#include <asm/pgtable_types.h>

/* Above so many pages one full flush is cheaper than page by page. */
#define TLB_FLUSH_ALL		-1UL
#define TLB_SINGLE_PAGE_FLUSH_CEILING	33

struct tlb_state {
	/* The address space whose tables CR3 holds; changed with interrupts off. */
	struct mm_struct *loaded_mm;
	/* Its ctx_id and the tlb_gen up to which this CPU has flushed. */
	u64 ctx_id;
	u64 tlb_gen;
	/* CR4 as written last. */
	unsigned long cr4;
};
DECLARE_PER_CPU_ALIGNED(struct tlb_state, cpu_tlbstate);

struct flush_tlb_info {
	struct mm_struct *mm;	/* NULL: kernel addresses */
	unsigned long start;
	unsigned long end;
	u64 new_tlb_gen;
	u8 stride_shift;
	bool freed_tables;
};

void __flush_tlb_all(void);
void flush_tlb_local(void);
void flush_tlb_one_kernel(unsigned long addr);
void flush_tlb_one_user(unsigned long addr);

void flush_tlb_all(void);
void flush_tlb_kernel_range(unsigned long start, unsigned long end);
void flush_tlb_mm_range(struct mm_struct *mm, unsigned long start, unsigned long end,
			unsigned int stride_shift, bool freed_tables);

#define flush_tlb_mm(mm)	flush_tlb_mm_range((mm), 0UL, TLB_FLUSH_ALL, 0UL, true)
#define flush_tlb_range(vma, start, end)					\
	flush_tlb_mm_range((vma)->vm_mm, (start), (end), PAGE_SHIFT, false)
#define flush_tlb_page(vma, a)							\
	flush_tlb_mm_range((vma)->vm_mm, (a), (a) + PAGE_SIZE, PAGE_SHIFT, false)

void cr4_init_shadow(void);

#endif /* _ASM_X86_TLBFLUSH_H */
