/* SPDX-License-Identifier: MIT */
/*
 * Which user address space TTBR0 translates with. See mm/context.c for ASIDs.
 *
 * A task without one runs with TTBR0 on an empty table (reserved_pg_dir), or on its predecessor's
 * while it borrows that (lazy TLB); kernel addresses never depend on it.
 */
#ifndef _ASM_MMU_CONTEXT_H
#define _ASM_MMU_CONTEXT_H

#ifndef __ASSEMBLY__

#include <linux/compiler.h>
#include <linux/mm_types.h>
#include <linux/sched.h>
#include <asm/pgtable.h>
#include <asm/sysreg.h>

void check_and_switch_context(struct mm_struct *mm);

/** cpu_set_reserved_ttbr0 - no user memory on this CPU: its tables are empty */
static inline void cpu_set_reserved_ttbr0(void)
{
	write_sysreg(__pa_symbol(reserved_pg_dir), ttbr0_el1);
	isb();
}

/** init_new_context - an address space without ASID. Return: 0 */
static inline int init_new_context(struct task_struct *tsk, struct mm_struct *mm)
{
	atomic64_set(&mm->context.id, 0);
	return 0;
}
#define init_new_context init_new_context

/** __switch_mm - this CPU uses @next. Context: interrupts off */
static inline void __switch_mm(struct mm_struct *next)
{
	/*
	 * init_mm has no user half: its pgd is the kernel's and must not be walked for user
	 * addresses.
	 */
	if (next == &init_mm)
		cpu_set_reserved_ttbr0();
	else
		check_and_switch_context(next);
}

static inline void switch_mm(struct mm_struct *prev, struct mm_struct *next,
			     struct task_struct *tsk)
{
	if (prev != next)
		__switch_mm(next);
}

#define switch_mm_irqs_off	switch_mm
#define activate_mm(prev, next)	switch_mm(prev, next, current)

static inline void enter_lazy_tlb(struct mm_struct *mm, struct task_struct *tsk)
{
}
#define enter_lazy_tlb enter_lazy_tlb

#define destroy_context(mm)	do { (void)(mm); } while (0)
#define deactivate_mm(tsk, mm)	do { (void)(tsk); (void)(mm); } while (0)
#define arch_dup_mmap(oldmm, mm)	({ (void)(oldmm); (void)(mm); 0; })
#define arch_exit_mmap(mm)	do { (void)(mm); } while (0)

#endif /* !__ASSEMBLY__ */
#endif /* _ASM_MMU_CONTEXT_H */
