// SPDX-License-Identifier: MIT
/*
 * Flushing translations on one CPU and on all, and loading address spaces.
 *
 * Kernel mappings are global: they survive a load of CR3 and need invlpg or a toggle
 * of CR4.PGE. User mappings aren't, and there are no PCIDs: loading CR3 drops them all.
 *
 * Which CPUs to ask: those in mm_cpumask(mm). A CPU sets its bit before it loads the
 * tables; a flusher changes the tables before it reads the mask:
 *
 *	switching CPU			flushing CPU
 *	set bit in mm_cpumask		change the table
 *	(load of CR3: serialises)	smp_mb()
 *	walk the table			read mm_cpumask
 *
 * So either the flusher sees the bit, or the walk sees the new entry. A kernel thread
 * that goes on with a user program's tables keeps its bit and takes the flushes.
 */

#include <linux/cpumask.h>
#include <linux/irqflags.h>
#include <linux/kernel.h>
#include <linux/mm.h>
#include <linux/percpu.h>
#include <linux/preempt.h>
#include <linux/sched.h>
#include <linux/smp.h>

#include <asm/mmu_context.h>
#include <asm/processor.h>
#include <asm/tlbflush.h>

atomic64_t last_mm_ctx_id = ATOMIC64_INIT(1);

DEFINE_PER_CPU_ALIGNED(struct tlb_state, cpu_tlbstate) = {
	.loaded_mm = &init_mm,
};

/* --- This CPU -------------------------------------------------------------------------------- */

/** flush_tlb_local - drop user mappings from this CPU's TLB. Context: no migration */
void flush_tlb_local(void)
{
	write_cr3(__read_cr3());
}

/**
 * __flush_tlb_all - drop all mappings from this CPU's TLB: leaving PGE drops the global ones too
 */
void __flush_tlb_all(void)
{
	unsigned long flags, cr4;

	raw_local_irq_save(flags);
	cr4 = this_cpu_read(cpu_tlbstate.cr4);
	if (cr4 & X86_CR4_PGE) {
		__write_cr4(cr4 & ~X86_CR4_PGE);
		__write_cr4(cr4);
	} else {
		flush_tlb_local();
	}
	raw_local_irq_restore(flags);
}

/** flush_tlb_one_kernel - drop a kernel page from this CPU's TLB */
void flush_tlb_one_kernel(unsigned long addr)
{
	__invlpg(addr);
}

/** flush_tlb_one_user - drop a page of the current program from this CPU's TLB */
void flush_tlb_one_user(unsigned long addr)
{
	__invlpg(addr);
}

/* --- All CPUs --------------------------------------------------------------------------------- */

static void do_flush_all(void *unused)
{
	(void)unused;
	__flush_tlb_all();
}

/** flush_tlb_all - drop all mappings from all CPUs' TLBs. Context: interrupts on; waits for them */
void flush_tlb_all(void)
{
	on_each_cpu(do_flush_all, NULL, 1);
}

static void do_flush_kernel_range(void *arg)
{
	const struct flush_tlb_info *info = arg;
	unsigned long addr;

	for (addr = info->start; addr < info->end; addr += PAGE_SIZE)
		flush_tlb_one_kernel(addr);
}

/**
 * flush_tlb_kernel_range - forget translations of kernel addresses on every CPU
 * @start: first byte
 * @end: end, exclusive
 *
 * Context: interrupts on, unless only one CPU is up.
 */
void flush_tlb_kernel_range(unsigned long start, unsigned long end)
{
	struct flush_tlb_info info = { .start = start & PAGE_MASK, .end = end };

	if ((end - start) >> PAGE_SHIFT > TLB_SINGLE_PAGE_FLUSH_CEILING)
		on_each_cpu(do_flush_all, NULL, 1);
	else
		on_each_cpu(do_flush_kernel_range, &info, 1);
}

static void do_flush_mm(void *arg)
{
	const struct flush_tlb_info *info = arg;
	unsigned long addr, stride = 1UL << info->stride_shift;

	if (this_cpu_read(cpu_tlbstate.loaded_mm) != info->mm)
		return;
	if (info->end == TLB_FLUSH_ALL || info->freed_tables ||
	    (info->end - info->start) >> info->stride_shift > TLB_SINGLE_PAGE_FLUSH_CEILING) {
		flush_tlb_local();
		return;
	}
	for (addr = info->start; addr < info->end; addr += stride)
		flush_tlb_one_user(addr);
}

/**
 * flush_tlb_mm_range - forget translations of an address space
 * @mm: whose
 * @start: first byte
 * @end: end, exclusive; TLB_FLUSH_ALL: everything
 * @stride_shift: of the page size in the range
 * @freed_tables: tables were freed: cached parts of walks have to go too
 *
 * Context: as flush_tlb_kernel_range().
 */
void flush_tlb_mm_range(struct mm_struct *mm, unsigned long start, unsigned long end,
			unsigned int stride_shift, bool freed_tables)
{
	struct flush_tlb_info info = {
		.mm = mm,
		.start = start,
		.end = end,
		.stride_shift = stride_shift ?: PAGE_SHIFT,
		.freed_tables = freed_tables,
	};

	/* Order the caller's stores to the tables before reading the mask: see the top. */
	info.new_tlb_gen = atomic64_inc_return(&mm->context.tlb_gen);
	on_each_cpu_mask(mm_cpumask(mm), do_flush_mm, &info, true);
}

/* --- Loading ---------------------------------------------------------------------------------- */

/**
 * switch_mm_irqs_off - this CPU uses another address space
 * @unused: what it used is known
 * @next: the new one
 * @tsk: unused
 *
 * Context: interrupts off.
 */
void switch_mm_irqs_off(struct mm_struct *unused, struct mm_struct *next,
			struct task_struct *tsk)
{
	struct mm_struct *prev = this_cpu_read(cpu_tlbstate.loaded_mm);
	unsigned int cpu = raw_smp_processor_id();

	(void)unused;
	(void)tsk;
	if (prev == next)
		return;
	if (next != &init_mm)
		cpumask_set_cpu(cpu, mm_cpumask(next));
	this_cpu_write(cpu_tlbstate.loaded_mm, next);
	write_cr3(__pa(next->pgd));
	if (prev != &init_mm)
		cpumask_clear_cpu(cpu, mm_cpumask(prev));
}

/** switch_mm - switch_mm_irqs_off() with interrupts as they are */
void switch_mm(struct mm_struct *prev, struct mm_struct *next, struct task_struct *tsk)
{
	unsigned long flags;

	local_irq_save(flags);
	switch_mm_irqs_off(prev, next, tsk);
	local_irq_restore(flags);
}

/** enter_lazy_tlb - a kernel thread borrows an address space: nothing to do */
void enter_lazy_tlb(struct mm_struct *mm, struct task_struct *tsk)
{
	(void)mm;
	(void)tsk;
}
