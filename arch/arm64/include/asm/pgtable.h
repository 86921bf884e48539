/* SPDX-License-Identifier: MIT */
/*
 * Reading, changing and walking translation tables.
 *
 * Rules that the accessors keep:
 *  1. An entry is read and written as one 64-bit unit (READ_ONCE/WRITE_ONCE): the walkers of other
 *     CPUs race with us.
 *  2. After a valid kernel entry is written, dsb(ishst) + isb make it visible before the address is
 *     used: kernel code does not expect the spurious fault that a user access would simply repeat.
 *  3. Break before make: an entry that is valid is cleared and flushed before another output
 *     address, block size or memory type takes its place. Only permission bits may change in place.
 */
#ifndef _ASM_PGTABLE_H
#define _ASM_PGTABLE_H

#include <asm/memory.h>
#include <asm/pgtable-hwdef.h>
#include <asm/pgtable-prot.h>

#define FIRST_USER_ADDRESS	0UL

#ifndef __ASSEMBLY__

#include <linux/compiler.h>
#include <asm/barrier.h>
#include <asm/cmpxchg.h>
#include <asm/page.h>

struct mm_struct;
struct vm_area_struct;

extern pgd_t swapper_pg_dir[PTRS_PER_PGD];	/* the kernel's tables, TTBR1 */
/* image at its physical address, TTBR0, while the MMU is switched on */
extern pgd_t idmap_pg_dir[PTRS_PER_PGD];
extern pgd_t init_pg_dir[PTRS_PER_PGD];		/* TTBR1 until paging_init() */
/* empty: TTBR0 when there is no user address space */
extern pgd_t reserved_pg_dir[PTRS_PER_PGD];

extern unsigned long empty_zero_page[PAGE_SIZE / sizeof(unsigned long)];
#define ZERO_PAGE(vaddr)	phys_to_page(__pa_symbol(empty_zero_page))

void paging_init(void);

#define pte_ERROR(e)	pr_err("%s:%d: bad pte %016llx\n", __FILE__, __LINE__, \
			       (unsigned long long)pte_val(e))
#define pmd_ERROR(e)	pr_err("%s:%d: bad pmd %016llx\n", __FILE__, __LINE__, \
			       (unsigned long long)pmd_val(e))
#define pud_ERROR(e)	pr_err("%s:%d: bad pud %016llx\n", __FILE__, __LINE__, \
			       (unsigned long long)pud_val(e))
#define pgd_ERROR(e)	pr_err("%s:%d: bad pgd %016llx\n", __FILE__, __LINE__, \
			       (unsigned long long)pgd_val(e))

/* ---- PTE: contents ---- */
#define pte_pfn(pte)		((unsigned long)((pte_val(pte) & DESC_ADDR_MASK) >> PAGE_SHIFT))
#define pfn_pte(pfn, prot)	__pte(((phys_addr_t)(pfn) << PAGE_SHIFT) | pgprot_val(prot))
#define mk_pte(page, prot)	pfn_pte(page_to_pfn(page), prot)
#define pte_page(pte)		pfn_to_page(pte_pfn(pte))
#define __pte_to_phys(pte)	((phys_addr_t)(pte_val(pte) & DESC_ADDR_MASK))
#define __phys_to_pte_val(pa)	((pteval_t)(pa))

/* May the kernel execute there? */
#define pte_exec(pte)		(!(pte_val(pte) & PTE_PXN))
#define pte_none(pte)		(!pte_val(pte))
#define pte_valid(pte)		(!!(pte_val(pte) & PTE_VALID))
#define pte_present(pte)	(!!(pte_val(pte) & (PTE_VALID | PTE_PROT_NONE)))
#define pte_present_invalid(pte) ((pte_val(pte) & (PTE_VALID | PTE_PROT_NONE)) == PTE_PROT_NONE)
#define pte_young(pte)		(!!(pte_val(pte) & PTE_AF))
#define pte_special(pte)	(!!(pte_val(pte) & PTE_SPECIAL))
#define pte_write(pte)		(!!(pte_val(pte) & PTE_WRITE))
#define pte_rdonly(pte)		(!!(pte_val(pte) & PTE_RDONLY))
#define pte_user(pte)		(!!(pte_val(pte) & PTE_USER))
#define pte_user_exec(pte)	(!(pte_val(pte) & PTE_UXN))
#define pte_cont(pte)		(!!(pte_val(pte) & PTE_CONT))
#define pte_hw_dirty(pte)	(pte_write(pte) && !pte_rdonly(pte))
#define pte_sw_dirty(pte)	(!!(pte_val(pte) & PTE_DIRTY))
#define pte_dirty(pte)		(pte_sw_dirty(pte) || pte_hw_dirty(pte))
#define pte_valid_not_user(pte)	((pte_val(pte) & (PTE_VALID | PTE_USER)) == PTE_VALID)
#define pte_accessible(mm, pte)	(pte_valid(pte))
#define pte_protnone(pte)	pte_present_invalid(pte)
#define pte_pgprot(pte)		__pgprot(pte_val(pte) & ~DESC_ADDR_MASK)

/** set_pte_bit - the entry with these bits set */
static inline pte_t set_pte_bit(pte_t pte, pteval_t bits)
{
	return __pte(pte_val(pte) | bits);
}

/** clear_pte_bit - the entry with these bits clear */
static inline pte_t clear_pte_bit(pte_t pte, pteval_t bits)
{
	return __pte(pte_val(pte) & ~bits);
}

/** pte_mkwrite_novma - the entry with the right to write; the first write is noted unless known */
static inline pte_t pte_mkwrite_novma(pte_t pte)
{
	pte = set_pte_bit(pte, PTE_WRITE);
	return pte_sw_dirty(pte) ? clear_pte_bit(pte, PTE_RDONLY) : pte;
}

/** pte_mkdirty - the entry as if the page had been written */
static inline pte_t pte_mkdirty(pte_t pte)
{
	pte = set_pte_bit(pte, PTE_DIRTY);
	return pte_write(pte) ? clear_pte_bit(pte, PTE_RDONLY) : pte;
}

/** pte_mkclean - the entry as if the page hadn't been written; the next write is noted */
static inline pte_t pte_mkclean(pte_t pte)
{
	return set_pte_bit(clear_pte_bit(pte, PTE_DIRTY), PTE_RDONLY);
}

/**
 * pte_wrprotect - the entry without the right to write
 *
 * What the hardware recorded as dirty must survive the loss of the write permission.
 */
static inline pte_t pte_wrprotect(pte_t pte)
{
	if (pte_hw_dirty(pte))
		pte = set_pte_bit(pte, PTE_DIRTY);
	return set_pte_bit(clear_pte_bit(pte, PTE_WRITE), PTE_RDONLY);
}

/** pte_mkold - the entry as if the page hadn't been accessed */
static inline pte_t pte_mkold(pte_t pte)
{
	return clear_pte_bit(pte, PTE_AF);
}

/** pte_mkyoung - the entry as if the page had been accessed */
static inline pte_t pte_mkyoung(pte_t pte)
{
	return set_pte_bit(pte, PTE_AF);
}

/** pte_mkspecial - the entry of a page that nobody counts */
static inline pte_t pte_mkspecial(pte_t pte)
{
	return set_pte_bit(pte, PTE_SPECIAL);
}

#define PTE_MODIFY_MASK	(PTE_USER | PTE_PXN | PTE_UXN | PTE_RDONLY | PTE_WRITE | PTE_VALID | \
			 PTE_PROT_NONE | PTE_ATTRINDX_MASK | PTE_TABLE_BIT)

/** pte_modify - the entry with other rights; what is known of its use (accessed, dirty) stays */
static inline pte_t pte_modify(pte_t pte, pgprot_t newprot)
{
	if (pte_hw_dirty(pte))
		pte = set_pte_bit(pte, PTE_DIRTY);
	pte = __pte((pte_val(pte) & ~PTE_MODIFY_MASK) | (pgprot_val(newprot) & PTE_MODIFY_MASK));
	if (pte_sw_dirty(pte))
		pte = pte_mkdirty(pte);
	return pte;
}

/* ---- PTE: memory ---- */
#define ptep_get ptep_get
/** ptep_get - read an entry, in one piece */
static inline pte_t ptep_get(pte_t *ptep)
{
	return READ_ONCE(*ptep);
}

/** set_pte - write an entry, in one piece; a kernel's is in use when it returns */
static inline void set_pte(pte_t *ptep, pte_t pte)
{
	WRITE_ONCE(*ptep, pte);
	/* Rule 2. A user access may fault spuriously and come back. */
	if (pte_valid_not_user(pte)) {
		dsb(ishst);
		isb();
	}
}

/* mm/flush.c */
void __sync_icache_dcache(pte_t pte);

/* User programs are about to be able to execute it: the first time, what was written must show. */
#define set_pte_at set_pte_at
/**
 * set_pte_at - set_pte(); instructions in a page that programs may execute are fetched as written
 */
static inline void set_pte_at(struct mm_struct *mm, unsigned long addr, pte_t *ptep, pte_t pte)
{
	(void)mm;
	(void)addr;
	if ((pte_val(pte) & (PTE_VALID | PTE_USER | PTE_UXN | PTE_SPECIAL)) ==
	    (PTE_VALID | PTE_USER))
		__sync_icache_dcache(pte);
	set_pte(ptep, pte);
}

#define set_ptes set_ptes
/** set_ptes - set_pte() of @nr entries, of frames that follow each other; @nr above 0 */
static inline void set_ptes(struct mm_struct *mm, unsigned long addr, pte_t *ptep, pte_t pte,
			    unsigned int nr)
{
	(void)mm;
	(void)addr;
	for (;;) {
		set_pte(ptep, pte);
		if (--nr == 0)
			return;
		ptep++;
		pte = __pte(pte_val(pte) + PAGE_SIZE);
	}
}

#define pte_clear pte_clear
/** pte_clear - empty an entry */
static inline void pte_clear(struct mm_struct *mm, unsigned long addr, pte_t *ptep)
{
	(void)mm;
	(void)addr;
	set_pte(ptep, __pte(0));
}

#define __HAVE_ARCH_PTEP_GET_AND_CLEAR
/** ptep_get_and_clear - empty an entry. Return: what it was, with the last bits that the CPU set */
static inline pte_t ptep_get_and_clear(struct mm_struct *mm, unsigned long addr, pte_t *ptep)
{
	(void)mm;
	(void)addr;
	return __pte(arch_xchg_relaxed(&pte_val(*ptep), 0));
}

#define __HAVE_ARCH_PTEP_TEST_AND_CLEAR_YOUNG
/** ptep_test_and_clear_young - was the page accessed? Not from now on */
static inline int ptep_test_and_clear_young(struct vm_area_struct *vma, unsigned long addr,
					    pte_t *ptep)
{
	pteval_t old = READ_ONCE(pte_val(*ptep)), seen;

	(void)vma;
	(void)addr;
	while ((seen = arch_cmpxchg_relaxed(&pte_val(*ptep), old, old & ~PTE_AF)) != old)
		old = seen;
	return !!(old & PTE_AF);
}

#define __HAVE_ARCH_PTEP_SET_WRPROTECT
/** ptep_set_wrprotect - take the right to write from an entry that CPUs may be using */
static inline void ptep_set_wrprotect(struct mm_struct *mm, unsigned long addr, pte_t *ptep)
{
	pteval_t old = READ_ONCE(pte_val(*ptep)), seen;

	(void)mm;
	(void)addr;
	while ((seen = arch_cmpxchg_relaxed(&pte_val(*ptep), old,
					    pte_val(pte_wrprotect(__pte(old))))) != old)
		old = seen;
}

/* ---- PMD ---- */
#define pte_pmd(pte)		__pmd(pte_val(pte))
#define pmd_pte(pmd)		__pte(pmd_val(pmd))
#define pmd_pfn(pmd)		((unsigned long)((pmd_val(pmd) & DESC_ADDR_MASK) >> PAGE_SHIFT))
#define pfn_pmd(pfn, prot)	__pmd(((phys_addr_t)(pfn) << PAGE_SHIFT) | \
				      (pgprot_val(prot) & ~PTE_TABLE_BIT))
/* A pmd made by pfn_pmd() is a block already. */
#define pmd_mkhuge(pmd)		(pmd)
#define mk_pmd(page, prot)	pfn_pmd(page_to_pfn(page), prot)
#define pmd_none(pmd)		(!pmd_val(pmd))
#define pmd_bad(pmd)		((pmd_val(pmd) & PMD_TYPE_MASK) != PMD_TYPE_TABLE)
#define pmd_table(pmd)		((pmd_val(pmd) & PMD_TYPE_MASK) == PMD_TYPE_TABLE)
#define pmd_sect(pmd)		((pmd_val(pmd) & PMD_TYPE_MASK) == PMD_TYPE_SECT)
#define pmd_leaf(pmd)		(pmd_present(pmd) && !pmd_table(pmd))
#define pmd_present(pmd)	pte_present(pmd_pte(pmd))
#define pmd_valid(pmd)		pte_valid(pmd_pte(pmd))
#define pmd_write(pmd)		pte_write(pmd_pte(pmd))
#define pmd_dirty(pmd)		pte_dirty(pmd_pte(pmd))
#define pmd_young(pmd)		pte_young(pmd_pte(pmd))
#define pmd_pgprot(pmd)		__pgprot(pmd_val(pmd) & ~DESC_ADDR_MASK)
#define pmd_page_paddr(pmd)	((phys_addr_t)(pmd_val(pmd) & DESC_ADDR_MASK))
#define pmd_page_vaddr(pmd)	((unsigned long)__va(pmd_page_paddr(pmd)))
#define pmd_page(pmd)		phys_to_page(pmd_page_paddr(pmd))
#define pmd_pgtable(pmd)	pmd_page(pmd)

#define pmdp_get pmdp_get
/** pmdp_get - read an entry, in one piece */
static inline pmd_t pmdp_get(pmd_t *pmdp)
{
	return READ_ONCE(*pmdp);
}

/** set_pmd - write an entry of level 2; a valid one is in use when it returns */
static inline void set_pmd(pmd_t *pmdp, pmd_t pmd)
{
	WRITE_ONCE(*pmdp, pmd);
	if (pmd_valid(pmd)) {
		dsb(ishst);
		isb();
	}
}

/** pmd_clear - empty an entry */
static inline void pmd_clear(pmd_t *pmdp)
{
	set_pmd(pmdp, __pmd(0));
}

#define pte_offset_phys(dir, addr) \
	(pmd_page_paddr(READ_ONCE(*(dir))) + pte_index(addr) * sizeof(pte_t))

/* ---- PUD ---- */
#define pud_pte(pud)		__pte(pud_val(pud))
#define pud_pfn(pud)		((unsigned long)((pud_val(pud) & DESC_ADDR_MASK) >> PAGE_SHIFT))
#define pfn_pud(pfn, prot)	__pud(((phys_addr_t)(pfn) << PAGE_SHIFT) | \
				      (pgprot_val(prot) & ~PTE_TABLE_BIT))
#define pud_none(pud)		(!pud_val(pud))
#define pud_bad(pud)		((pud_val(pud) & PUD_TYPE_MASK) != PUD_TYPE_TABLE)
#define pud_table(pud)		((pud_val(pud) & PUD_TYPE_MASK) == PUD_TYPE_TABLE)
#define pud_sect(pud)		((pud_val(pud) & PUD_TYPE_MASK) == PUD_TYPE_SECT)
#define pud_leaf(pud)		(pud_present(pud) && !pud_table(pud))
#define pud_present(pud)	pte_present(pud_pte(pud))
#define pud_valid(pud)		pte_valid(pud_pte(pud))
#define pud_write(pud)		pte_write(pud_pte(pud))
#define pud_pgprot(pud)		__pgprot(pud_val(pud) & ~DESC_ADDR_MASK)
#define pud_page_paddr(pud)	((phys_addr_t)(pud_val(pud) & DESC_ADDR_MASK))
#define pud_page(pud)		phys_to_page(pud_page_paddr(pud))

/** pud_pgtable - the table that an entry leads to */
static inline pmd_t *pud_pgtable(pud_t pud)
{
	return __va(pud_page_paddr(pud));
}

/** set_pud - write an entry of level 1; a valid one is in use when it returns */
static inline void set_pud(pud_t *pudp, pud_t pud)
{
	WRITE_ONCE(*pudp, pud);
	if (pud_valid(pud)) {
		dsb(ishst);
		isb();
	}
}

/** pud_clear - empty an entry */
static inline void pud_clear(pud_t *pudp)
{
	set_pud(pudp, __pud(0));
}

/* ---- PGD (the P4D folds into it) ---- */
#define p4d_none(p4d)		(!pgd_val((p4d).pgd))
#define p4d_bad(p4d)		(!(pgd_val((p4d).pgd) & PTE_TABLE_BIT))
#define p4d_present(p4d)	(!p4d_none(p4d))
#define p4d_leaf(p4d)		(0)
#define p4d_page_paddr(p4d)	((phys_addr_t)(pgd_val((p4d).pgd) & DESC_ADDR_MASK))
#define p4d_page(p4d)		phys_to_page(p4d_page_paddr(p4d))

/** p4d_pgtable - the table that an entry leads to */
static inline pud_t *p4d_pgtable(p4d_t p4d)
{
	return __va(p4d_page_paddr(p4d));
}

/** set_p4d - write an entry of level 0; it is in use when it returns */
static inline void set_p4d(p4d_t *p4dp, p4d_t p4d)
{
	WRITE_ONCE(*p4dp, p4d);
	dsb(ishst);
	isb();
}

/** p4d_clear - empty an entry */
static inline void p4d_clear(p4d_t *p4dp)
{
	set_p4d(p4dp, (p4d_t) { __pgd(0) });
}

/** set_pgd - as set_p4d(): the level is folded */
static inline void set_pgd(pgd_t *pgdp, pgd_t pgd)
{
	WRITE_ONCE(*pgdp, pgd);
	dsb(ishst);
	isb();
}

/* ---- Protections ---- */
#define __pgprot_modify(prot, mask, bits) \
	__pgprot((pgprot_val(prot) & ~(mask)) | (bits))

#define pgprot_nx(prot) \
	__pgprot_modify(prot, 0, PTE_PXN | PTE_UXN)
#define pgprot_noncached(prot) \
	__pgprot_modify(prot, PTE_ATTRINDX_MASK, PTE_ATTRINDX(MT_DEVICE_nGnRnE) | PTE_PXN | PTE_UXN)
#define pgprot_writecombine(prot) \
	__pgprot_modify(prot, PTE_ATTRINDX_MASK, PTE_ATTRINDX(MT_NORMAL_NC) | PTE_PXN | PTE_UXN)
#define pgprot_device(prot) \
	__pgprot_modify(prot, PTE_ATTRINDX_MASK, PTE_ATTRINDX(MT_DEVICE_nGnRE) | PTE_PXN | PTE_UXN)
#define pgprot_tagged(prot)	(prot)
#define pgprot_mhp(prot)	(prot)
#define pgprot_decrypted(prot)	(prot)

/*
 * An entry of a page that is elsewhere: neither PTE_VALID nor PTE_PROT_NONE is set.
 *   bit 2 exclusive | bits 8..3 type | bits 57..12 offset
 */
#define __SWP_TYPE_SHIFT	3
#define __SWP_TYPE_BITS		5
#define __SWP_TYPE_MASK		((1UL << __SWP_TYPE_BITS) - 1)
#define __SWP_OFFSET_SHIFT	12
#define __SWP_OFFSET_BITS	46
#define __SWP_OFFSET_MASK	((1UL << __SWP_OFFSET_BITS) - 1)
#define MAX_SWAPFILES_CHECK()	BUILD_BUG_ON(MAX_SWAPFILES_SHIFT > __SWP_TYPE_BITS)
#define __swp_type(x)		(((x).val >> __SWP_TYPE_SHIFT) & __SWP_TYPE_MASK)
#define __swp_offset(x)		(((x).val >> __SWP_OFFSET_SHIFT) & __SWP_OFFSET_MASK)
#define __swp_entry(type, offset) \
	((swp_entry_t) { ((unsigned long)(type) << __SWP_TYPE_SHIFT) | \
			 ((unsigned long)(offset) << __SWP_OFFSET_SHIFT) })
#define __pte_to_swp_entry(pte)	((swp_entry_t) { pte_val(pte) })
#define __swp_entry_to_pte(swp)	((pte_t) { (swp).val })

/*
 * The table walker of this CPU sees a store that was followed by the barrier in set_pte(); a user
 * entry's by retrying.
 */
#define update_mmu_cache_range(vmf, vma, addr, ptep, nr) \
	do { (void)(vma); (void)(addr); (void)(ptep); } while (0)
#define update_mmu_cache(vma, addr, ptep)	update_mmu_cache_range(NULL, vma, addr, ptep, 1)
#define update_mmu_cache_pmd(vma, addr, pmdp)	do { } while (0)

#define kern_addr_valid(addr)	(1)

struct file;

#include <asm/fixmap.h>

#endif /* !__ASSEMBLY__ */
#endif /* _ASM_PGTABLE_H */
