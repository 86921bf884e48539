/* SPDX-License-Identifier: MIT */
/* Address spaces: which one this CPU has loaded. */
#ifndef _ASM_X86_MMU_CONTEXT_H
#define _ASM_X86_MMU_CONTEXT_H

#include <linux/atomic.h>
#include <linux/mm_types.h>
#include <asm/tlbflush.h>

struct task_struct;

extern atomic64_t last_mm_ctx_id;

/** init_new_context - numbers for a new address space. Return: 0 */
static inline int init_new_context(struct task_struct *tsk, struct mm_struct *mm)
{
	(void)tsk;
	mm->context.ctx_id = atomic64_inc_return(&last_mm_ctx_id);
	atomic64_set(&mm->context.tlb_gen, 1);
	return 0;
}
#define init_new_context init_new_context

/** destroy_context - nothing more is to be freed */
static inline void destroy_context(struct mm_struct *mm)
{
	(void)mm;
}
#define destroy_context destroy_context

void switch_mm(struct mm_struct *prev, struct mm_struct *next, struct task_struct *tsk);
#define switch_mm switch_mm
void switch_mm_irqs_off(struct mm_struct *prev, struct mm_struct *next,
			struct task_struct *tsk);
#define switch_mm_irqs_off switch_mm_irqs_off

/* A kernel thread goes on with the tables it finds. */
void enter_lazy_tlb(struct mm_struct *mm, struct task_struct *tsk);
#define enter_lazy_tlb enter_lazy_tlb

#define activate_mm(prev, next)		switch_mm((prev), (next), NULL)
#define deactivate_mm(tsk, mm)		do { (void)(tsk); (void)(mm); } while (0)
#define arch_dup_mmap(oldmm, mm)	({ (void)(oldmm); (void)(mm); 0; })
#define arch_exit_mmap(mm)		do { (void)(mm); } while (0)

#endif /* _ASM_X86_MMU_CONTEXT_H */
