// SPDX-License-Identifier: MIT
/*
 * Address spaces: init_mm, which is the kernel's own, and the making and freeing of others.
 *
 * All share the kernel's half of the page table; pgd_alloc() of the machine sees to it. The
 * user's half belongs to the struct. Two counts keep it, see linux/mm_types.h; kernel/fork.c and
 * kthread_use_mm() hold them.
 */

#include <linux/cpumask.h>
#include <linux/err.h>
#include <linux/init.h>
#include <linux/mm.h>
#include <linux/mm_types.h>
#include <linux/rbtree.h>
#include <linux/rwsem.h>
#include <linux/sched/coredump.h>
#include <linux/sched/mm.h>
#include <linux/slab.h>
#include <linux/spinlock.h>
#include <asm/mmu_context.h>
#include <asm/pgalloc.h>
#include <asm/processor.h>
#include <asm/tlbflush.h>

#ifndef INIT_MM_CONTEXT
#define INIT_MM_CONTEXT(name)
#endif

struct mm_struct init_mm = {
	.mm_rb = RB_ROOT,
	.pgd = swapper_pg_dir,
	.mm_users = ATOMIC_INIT(2),
	.mm_count = ATOMIC_INIT(1),
	.mmap_lock = __RWSEM_INITIALIZER(init_mm.mmap_lock),
	.page_table_lock = __SPIN_LOCK_UNLOCKED(init_mm.page_table_lock),
	.mmlist = LIST_HEAD_INIT(init_mm.mmlist),
	INIT_MM_CONTEXT(init_mm)
};

void setup_initial_init_mm(void *start_code, void *end_code, void *end_data, void *brk)
{
	init_mm.start_code = (unsigned long)start_code;
	init_mm.end_code = (unsigned long)end_code;
	init_mm.end_data = (unsigned long)end_data;
	init_mm.brk = (unsigned long)brk;
}

static struct kmem_cache *mm_cachep;

int suid_dumpable;

/* SUID_DUMP_*, in the low bits of mm->flags, which others change too. */
void set_dumpable(struct mm_struct *mm, int value)
{
	unsigned long old = READ_ONCE(mm->flags);

	if (WARN_ON((unsigned int)value > SUID_DUMP_ROOT))
		return;
	while (!try_cmpxchg(&mm->flags, &old, (old & ~MMF_DUMPABLE_MASK) | value))
		;
}

static int __init mm_cache_init(void)
{
	mm_cachep = KMEM_CACHE(mm_struct, SLAB_HWCACHE_ALIGN | SLAB_PANIC | SLAB_ACCOUNT);
	return 0;
}
pure_initcall(mm_cache_init);

/**
 * mm_alloc() - a new, empty address space
 *
 * Context: May sleep.
 * Return: the address space with mm_users and mm_count one, or NULL.
 */
struct mm_struct *mm_alloc(void)
{
	struct mm_struct *mm = kmem_cache_zalloc(mm_cachep, GFP_KERNEL);

	if (!mm)
		return NULL;
	atomic_set(&mm->mm_users, 1);
	atomic_set(&mm->mm_count, 1);
	init_rwsem(&mm->mmap_lock);
	spin_lock_init(&mm->page_table_lock);
	mm->mm_rb = RB_ROOT;
	INIT_LIST_HEAD(&mm->mmlist);
	mm->task_size = TASK_SIZE;
	mm_pgtables_bytes_init(mm);
	mm->pgd = pgd_alloc(mm);
	if (!mm->pgd)
		goto free_mm;
	if (init_new_context(current, mm))
		goto free_pgd;
	return mm;
free_pgd:
	pgd_free(mm, mm->pgd);
free_mm:
	kmem_cache_free(mm_cachep, mm);
	return NULL;
}

/* The last reference to the struct is gone. */
void __mmdrop(struct mm_struct *mm)
{
	BUG_ON(mm == &init_mm);
	WARN_ON_ONCE(mm_pgtables_bytes(mm));
	pgd_free(mm, mm->pgd);
	destroy_context(mm);
	kmem_cache_free(mm_cachep, mm);
}

/**
 * mmput() - one user less
 * @mm: the address space
 *
 * The last one frees the user mappings.
 *
 * Context: May sleep.
 */
void mmput(struct mm_struct *mm)
{
	might_sleep();
	if (!atomic_dec_and_test(&mm->mm_users))
		return;
	mm_free_user_tables(mm);
	mmdrop(mm);
}

/* ---- user pages by hand, until there are VMAs ---- */

/**
 * mm_map_user_page() - map one page at a user address
 * @mm: the address space
 * @addr: page aligned, below TASK_SIZE
 * @page: the page; the mapping holds a reference of its own
 * @prot: of the mapping, e.g. PAGE_SHARED
 *
 * Context: May sleep.
 * Return: 0, -EINVAL, -ENOMEM, -EBUSY if something is mapped there.
 */
int mm_map_user_page(struct mm_struct *mm, unsigned long addr, struct page *page, pgprot_t prot)
{
	spinlock_t *ptl;
	pud_t *pud;
	pmd_t *pmd;
	pte_t *pte, entry = pte_mkyoung(pfn_pte(page_to_pfn(page), prot));
	int ret = -EBUSY;

	/* There is nobody to take the fault in which the first write would be noted. */
	if (pte_write(entry))
		entry = pte_mkdirty(entry);
	if (!PAGE_ALIGNED(addr) || addr >= TASK_SIZE)
		return -EINVAL;
	pud = pud_alloc(mm, p4d_offset(pgd_offset(mm, addr), addr), addr);
	if (!pud)
		return -ENOMEM;
	pmd = pmd_alloc(mm, pud, addr);
	if (!pmd)
		return -ENOMEM;
	pte = pte_alloc_map_lock(mm, pmd, addr, &ptl);
	if (!pte)
		return -ENOMEM;
	if (pte_none(ptep_get(pte))) {
		pte_t entry = pte_mkyoung(pfn_pte(page_to_pfn(page), prot));

		/* Nobody handles a fault here: make the entry such that none is taken. */
		if (pte_write(entry))
			entry = pte_mkdirty(entry);
		get_page(page);
		set_pte_at(mm, addr, pte, entry);
		ret = 0;
	}
	pte_unmap_unlock(pte, ptl);
	return ret;
}

static pte_t *user_pte(struct mm_struct *mm, unsigned long addr)
{
	p4d_t *p4d = p4d_offset(pgd_offset(mm, addr), addr);
	pud_t *pud;
	pmd_t *pmd;

	if (p4d_none(*p4d))
		return NULL;
	pud = pud_offset(p4d, addr);
	if (pud_none(*pud))
		return NULL;
	pmd = pmd_offset(pud, addr);
	return pmd_none(*pmd) ? NULL : pte_offset_kernel(pmd, addr);
}

/**
 * mm_unmap_user_page() - undo mm_map_user_page()
 * @mm: the address space
 * @addr: the address
 *
 * All CPUs have forgotten the mapping when it returns.
 *
 * Return: the page with the mapping's reference, now the caller's; NULL if there was none.
 */
struct page *mm_unmap_user_page(struct mm_struct *mm, unsigned long addr)
{
	struct page *page = NULL;
	pte_t *pte;

	spin_lock(&mm->page_table_lock);
	pte = user_pte(mm, addr);
	if (pte && pte_present(ptep_get(pte)))
		page = pfn_to_page(pte_pfn(ptep_get_and_clear(mm, addr, pte)));
	spin_unlock(&mm->page_table_lock);
	if (page)
		flush_tlb_mm(mm);
	return page;
}

static void free_user_ptes(struct mm_struct *mm, pmd_t *pmd, unsigned long addr)
{
	pte_t *table = pte_offset_kernel(pmd, addr & PMD_MASK);
	unsigned int i;

	for (i = 0; i < PTRS_PER_PTE; i++)
		if (pte_present(ptep_get(&table[i])))
			put_page(pfn_to_page(pte_pfn(ptep_get(&table[i]))));
	pmd_clear(pmd);
	pte_free(mm, virt_to_page(table));
	mm_dec_nr_ptes(mm);
}

static void free_user_pmds(struct mm_struct *mm, pud_t *pud, unsigned long addr)
{
	pmd_t *table = pmd_offset(pud, addr & PUD_MASK);
	unsigned int i;

	for (i = 0; i < PTRS_PER_PMD; i++)
		if (!pmd_none(table[i]))
			free_user_ptes(mm, &table[i], (addr & PUD_MASK) + i * PMD_SIZE);
	pud_clear(pud);
	pmd_free(mm, table);
	mm_dec_nr_pmds(mm);
}

static void free_user_puds(struct mm_struct *mm, p4d_t *p4d, unsigned long addr)
{
	pud_t *table = pud_offset(p4d, addr & P4D_MASK);
	unsigned int i;

	for (i = 0; i < PTRS_PER_PUD; i++)
		if (!pud_none(table[i]))
			free_user_pmds(mm, &table[i], (addr & P4D_MASK) + i * PUD_SIZE);
	p4d_clear(p4d);
	pud_free(mm, table);
	mm_dec_nr_puds(mm);
}

/**
 * mm_free_user_tables() - drop all user pages and tables of an address space
 * @mm: nobody runs in it any more (or will touch user memory)
 *
 * Context: May sleep.
 */
void mm_free_user_tables(struct mm_struct *mm)
{
	unsigned long addr = 0, last = TASK_SIZE - 1;

	/* TLBs first: after that no CPU can walk into the tables. */
	flush_tlb_mm(mm);
	for (;;) {
		p4d_t *p4d = p4d_offset(pgd_offset(mm, addr), addr);

		if (!p4d_none(*p4d))
			free_user_puds(mm, p4d, addr);
		if (pgd_index(addr) == pgd_index(last))
			break;
		addr += PGDIR_SIZE;
	}
}
