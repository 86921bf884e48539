/* SPDX-License-Identifier: MIT */
/*
 * The page-table vocabulary of <linux/pgtable.h> for x86_64. Entries are read
 * and written with single 64-bit accesses; the processor may set ACCESSED and
 * DIRTY at any time, so whoever clears an entry that was live does it with an
 * exchange and looks at what came back.
 */
#ifndef _ASM_X86_PGTABLE_H
#define _ASM_X86_PGTABLE_H

#include <asm/page.h>
#include <asm/pgtable_types.h>
#include <asm-generic/pgtable-nop4d.h>

#ifndef __ASSEMBLY__
#include <linux/compiler.h>
#include <asm/cmpxchg.h>

struct mm_struct;
struct vm_area_struct;

#define PUD_SIZE		(_AC(1, UL) << PUD_SHIFT)
#define PUD_MASK		(~(PUD_SIZE - 1))
#define PMD_SIZE		(_AC(1, UL) << PMD_SHIFT)
#define PMD_MASK		(~(PMD_SIZE - 1))

#define FIRST_USER_ADDRESS	0UL
/* The kernel half of every top-level table starts here. */
#define KERNEL_PGD_BOUNDARY	256
#define USER_PTRS_PER_PGD	256

#define vmemmap			((struct page *)VMEMMAP_START)

extern pgd_t swapper_pg_dir[PTRS_PER_PGD];
#define init_top_pgt		swapper_pg_dir

/* One page of zeroes, mapped read-only wherever a file or heap has holes. */
extern unsigned long empty_zero_page[PAGE_SIZE / sizeof(unsigned long)];
#define ZERO_PAGE(vaddr)	((void)(vaddr), virt_to_page(empty_zero_page))

#define pte_ERROR(e)	pr_err("bad pte %p: %016lx\n", &(e), pte_val(e))
#define pmd_ERROR(e)	pr_err("bad pmd %p: %016lx\n", &(e), pmd_val(e))
#define pud_ERROR(e)	pr_err("bad pud %p: %016lx\n", &(e), pud_val(e))
#define pgd_ERROR(e)	pr_err("bad pgd %p: %016lx\n", &(e), pgd_val(e))

/* pte */

/** pte_flags - the entry without the frame */
static inline unsigned long pte_flags(pte_t pte)
{
	return pte_val(pte) & PTE_FLAGS_MASK;
}

/** pte_none - is the entry empty? */
static inline int pte_none(pte_t pte)
{
	return !pte_val(pte);
}

/** pte_present - does the entry have a page, even one that may not be accessed? */
static inline int pte_present(pte_t pte)
{
	return (pte_val(pte) & (_PAGE_PRESENT | _PAGE_PROTNONE)) != 0;
}

/** pte_same - are the entries the same? */
static inline int pte_same(pte_t a, pte_t b)
{
	return pte_val(a) == pte_val(b);
}
#define __HAVE_ARCH_PTE_SAME

/** pte_accessible - may a TLB have the entry? */
static inline bool pte_accessible(struct mm_struct *mm, pte_t pte)
{
	(void)mm;
	return pte_val(pte) & _PAGE_PRESENT;
}
#define pte_accessible pte_accessible

/** pte_write - may the page be written? */
static inline int pte_write(pte_t pte)
{
	return (pte_val(pte) & _PAGE_RW) != 0;
}
#define pte_write pte_write

/** pte_dirty - was the page written? */
static inline int pte_dirty(pte_t pte)
{
	return (pte_val(pte) & _PAGE_DIRTY) != 0;
}

/** pte_young - was the page accessed since pte_mkold()? */
static inline int pte_young(pte_t pte)
{
	return (pte_val(pte) & _PAGE_ACCESSED) != 0;
}

/** pte_exec - may the page be executed? */
static inline int pte_exec(pte_t pte)
{
	return !(pte_val(pte) & _PAGE_NX);
}

/** pte_user - may programs access the page? */
static inline int pte_user(pte_t pte)
{
	return (pte_val(pte) & _PAGE_USER) != 0;
}

/** pte_special - is the page one without struct page, or that nobody counts? */
static inline int pte_special(pte_t pte)
{
	return (pte_val(pte) & _PAGE_SPECIAL) != 0;
}

/** pte_pfn - the number of the page's frame */
static inline unsigned long pte_pfn(pte_t pte)
{
	return (pte_val(pte) & PTE_PFN_MASK) >> PAGE_SHIFT;
}
#define pte_page(pte)		pfn_to_page(pte_pfn(pte))

/** pte_pgprot - the rights and kind of memory */
static inline pgprot_t pte_pgprot(pte_t pte)
{
	return __pgprot(pte_flags(pte));
}

/** pte_set_flags - the entry with these bits set */
static inline pte_t pte_set_flags(pte_t pte, pteval_t set)
{
	return __pte(pte_val(pte) | set);
}

/** pte_clear_flags - the entry with these bits clear */
static inline pte_t pte_clear_flags(pte_t pte, pteval_t clear)
{
	return __pte(pte_val(pte) & ~clear);
}

/** pte_mkclean - the entry as if the page hadn't been written */
static inline pte_t pte_mkclean(pte_t pte)
{
	return pte_clear_flags(pte, _PAGE_DIRTY);
}

/** pte_mkold - the entry as if the page hadn't been accessed */
static inline pte_t pte_mkold(pte_t pte)
{
	return pte_clear_flags(pte, _PAGE_ACCESSED);
}

/** pte_wrprotect - the entry without the right to write */
static inline pte_t pte_wrprotect(pte_t pte)
{
	return pte_clear_flags(pte, _PAGE_RW);
}

/** pte_mkexec - the entry with the right to execute */
static inline pte_t pte_mkexec(pte_t pte)
{
	return pte_clear_flags(pte, _PAGE_NX);
}

/** pte_mkdirty - the entry as if the page had been written */
static inline pte_t pte_mkdirty(pte_t pte)
{
	return pte_set_flags(pte, _PAGE_DIRTY);
}

/** pte_mkyoung - the entry as if the page had been accessed */
static inline pte_t pte_mkyoung(pte_t pte)
{
	return pte_set_flags(pte, _PAGE_ACCESSED);
}

/** pte_mkwrite_novma - the entry with the right to write */
static inline pte_t pte_mkwrite_novma(pte_t pte)
{
	return pte_set_flags(pte, _PAGE_RW);
}
#define pte_mkwrite_novma pte_mkwrite_novma

/** pte_mkspecial - the entry of a page that nobody counts */
static inline pte_t pte_mkspecial(pte_t pte)
{
	return pte_set_flags(pte, _PAGE_SPECIAL);
}

/** pfn_pte - the entry of a frame with these rights */
static inline pte_t pfn_pte(unsigned long pfn, pgprot_t prot)
{
	return __pte(((pteval_t)pfn << PAGE_SHIFT) | pgprot_val(prot));
}
#define mk_pte(page, prot)	pfn_pte(page_to_pfn(page), prot)

/** pte_modify - the entry with other rights; frame, accessed and dirty stay */
static inline pte_t pte_modify(pte_t pte, pgprot_t prot)
{
	return __pte((pte_val(pte) & _PAGE_CHG_MASK) | (pgprot_val(prot) & ~_PAGE_CHG_MASK));
}

/** set_pte - write an entry, in one piece */
static inline void set_pte(pte_t *ptep, pte_t pte)
{
	WRITE_ONCE(*ptep, pte);
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
	return __pte(arch_xchg(&ptep->pte, 0UL));
}

#define __HAVE_ARCH_PTEP_SET_WRPROTECT
/** ptep_set_wrprotect - take the right to write from an entry that CPUs may be using */
static inline void ptep_set_wrprotect(struct mm_struct *mm, unsigned long addr, pte_t *ptep)
{
	pteval_t old = READ_ONCE(ptep->pte);

	(void)mm;
	(void)addr;
	while (!arch_try_cmpxchg(&ptep->pte, &old, old & ~_PAGE_RW))
		;
}

/* The fault itself has dropped the stale entry: no flush. */
#define __HAVE_ARCH_PTEP_SET_ACCESS_FLAGS
#define ptep_set_access_flags(vma, address, ptep, entry, dirty)		\
({									\
	int __changed = !pte_same(ptep_get(ptep), entry);		\
									\
	(void)(vma);							\
	(void)(address);						\
	(void)(dirty);							\
	if (__changed)							\
		set_pte(ptep, entry);					\
	__changed;							\
})

#define flush_tlb_fix_spurious_fault(vma, address, ptep)		\
	do { (void)(vma); (void)(address); (void)(ptep); } while (0)

#define __HAVE_ARCH_PTEP_TEST_AND_CLEAR_YOUNG
/** ptep_test_and_clear_young - was the page accessed? Not from now on */
static inline int ptep_test_and_clear_young(struct vm_area_struct *vma, unsigned long addr,
					    pte_t *ptep)
{
	pteval_t old = READ_ONCE(ptep->pte);

	(void)vma;
	(void)addr;
	while (!arch_try_cmpxchg(&ptep->pte, &old, old & ~_PAGE_ACCESSED))
		;
	return (old & _PAGE_ACCESSED) != 0;
}

/* pmd */
static inline unsigned long pmd_flags(pmd_t pmd)
{
	return pmd_val(pmd) & PTE_FLAGS_MASK;
}

/** pmd_none - is the entry empty? */
static inline int pmd_none(pmd_t pmd)
{
	return !pmd_val(pmd);
}

/** pmd_present - does the entry lead to a table or a page? */
static inline int pmd_present(pmd_t pmd)
{
	return (pmd_val(pmd) & (_PAGE_PRESENT | _PAGE_PROTNONE | _PAGE_PSE)) != 0;
}

/** pmd_leaf - does the entry map 2 MiB? */
static inline int pmd_leaf(pmd_t pmd)
{
	return (pmd_val(pmd) & _PAGE_PSE) != 0;
}
#define pmd_leaf pmd_leaf

/** pmd_bad - is the entry anything but a proper table's? */
static inline int pmd_bad(pmd_t pmd)
{
	return (pmd_flags(pmd) & ~(_PAGE_USER | _PAGE_ACCESSED | _PAGE_NX)) !=
	       (_KERNPG_TABLE & ~_PAGE_ACCESSED);
}

/** pmd_write - may what is mapped be written? */
static inline int pmd_write(pmd_t pmd)
{
	return (pmd_val(pmd) & _PAGE_RW) != 0;
}
#define pmd_write pmd_write

/** pmd_pfn - the number of the frame: of the table, or of the 2 MiB */
static inline unsigned long pmd_pfn(pmd_t pmd)
{
	unsigned long mask = pmd_leaf(pmd) ? PMD_PAGE_MASK : PAGE_MASK;

	return (pmd_val(pmd) & PTE_PFN_MASK & mask) >> PAGE_SHIFT;
}
#define pmd_page(pmd)		pfn_to_page(pmd_pfn(pmd))
#define pmd_pgtable(pmd)	pmd_page(pmd)

/** pmd_page_vaddr - the address of the table that an entry leads to */
static inline unsigned long pmd_page_vaddr(pmd_t pmd)
{
	return (unsigned long)__va(pmd_val(pmd) & PTE_PFN_MASK);
}

/** pfn_pmd - the entry of a frame with these rights */
static inline pmd_t pfn_pmd(unsigned long pfn, pgprot_t prot)
{
	return __pmd(((pmdval_t)pfn << PAGE_SHIFT) | pgprot_val(prot));
}

/** pmd_mkhuge - the entry as one that maps 2 MiB */
static inline pmd_t pmd_mkhuge(pmd_t pmd)
{
	return __pmd(pmd_val(pmd) | _PAGE_PSE);
}

/** set_pmd - write an entry, in one piece */
static inline void set_pmd(pmd_t *pmdp, pmd_t pmd)
{
	WRITE_ONCE(*pmdp, pmd);
}

/** pmd_clear - empty an entry */
static inline void pmd_clear(pmd_t *pmdp)
{
	set_pmd(pmdp, __pmd(0));
}

/* pud */
static inline unsigned long pud_flags(pud_t pud)
{
	return pud_val(pud) & PTE_FLAGS_MASK;
}

/** pud_none - is the entry empty? */
static inline int pud_none(pud_t pud)
{
	return !pud_val(pud);
}

/** pud_present - does the entry lead to a table or a page? */
static inline int pud_present(pud_t pud)
{
	return (pud_val(pud) & _PAGE_PRESENT) != 0;
}

/** pud_leaf - does the entry map 1 GiB? */
static inline int pud_leaf(pud_t pud)
{
	return (pud_val(pud) & _PAGE_PSE) != 0;
}
#define pud_leaf pud_leaf

/** pud_bad - has the entry a flag that no table's has? */
static inline int pud_bad(pud_t pud)
{
	return (pud_flags(pud) & ~(_KERNPG_TABLE | _PAGE_USER)) != 0;
}

/** pud_write - may what is mapped be written? */
static inline int pud_write(pud_t pud)
{
	return (pud_val(pud) & _PAGE_RW) != 0;
}
#define pud_write pud_write

/** pud_pfn - the number of the frame: of the table, or of the 1 GiB */
static inline unsigned long pud_pfn(pud_t pud)
{
	unsigned long mask = pud_leaf(pud) ? PUD_PAGE_MASK : PAGE_MASK;

	return (pud_val(pud) & PTE_PFN_MASK & mask) >> PAGE_SHIFT;
}
#define pud_page(pud)		pfn_to_page(pud_pfn(pud))

/** pud_pgtable - the table that an entry leads to */
static inline pmd_t *pud_pgtable(pud_t pud)
{
	return (pmd_t *)__va(pud_val(pud) & PTE_PFN_MASK);
}

/** pfn_pud - the entry of a frame with these rights */
static inline pud_t pfn_pud(unsigned long pfn, pgprot_t prot)
{
	return __pud(((pudval_t)pfn << PAGE_SHIFT) | pgprot_val(prot));
}

/** pud_mkhuge - the entry as one that maps 1 GiB */
static inline pud_t pud_mkhuge(pud_t pud)
{
	return __pud(pud_val(pud) | _PAGE_PSE);
}

/** set_pud - write an entry, in one piece */
static inline void set_pud(pud_t *pudp, pud_t pud)
{
	WRITE_ONCE(*pudp, pud);
}

/** pud_clear - empty an entry */
static inline void pud_clear(pud_t *pudp)
{
	set_pud(pudp, __pud(0));
}

/* p4d (the folded level: a p4d is the pgd entry) */
static inline unsigned long p4d_flags(p4d_t p4d)
{
	return pgd_val(p4d.pgd) & PTE_FLAGS_MASK;
}

/** p4d_none - is the entry empty? */
static inline int p4d_none(p4d_t p4d)
{
	return !pgd_val(p4d.pgd);
}

/** p4d_present - does the entry lead to a table? */
static inline int p4d_present(p4d_t p4d)
{
	return (pgd_val(p4d.pgd) & _PAGE_PRESENT) != 0;
}

/** p4d_bad - has the entry a flag that no table's has? */
static inline int p4d_bad(p4d_t p4d)
{
	return (p4d_flags(p4d) & ~(_KERNPG_TABLE | _PAGE_USER | _PAGE_NX)) != 0;
}

/** p4d_leaf - does the entry map memory? Never on this level */
static inline int p4d_leaf(p4d_t p4d)
{
	(void)p4d;
	return 0;
}
#define p4d_leaf p4d_leaf

/** p4d_pgtable - the table that an entry leads to */
static inline pud_t *p4d_pgtable(p4d_t p4d)
{
	return (pud_t *)__va(pgd_val(p4d.pgd) & PTE_PFN_MASK);
}
#define p4d_page(p4d)	pfn_to_page((pgd_val((p4d).pgd) & PTE_PFN_MASK) >> PAGE_SHIFT)

/** set_p4d - write an entry, in one piece */
static inline void set_p4d(p4d_t *p4dp, p4d_t p4d)
{
	WRITE_ONCE(*p4dp, p4d);
}

/** p4d_clear - empty an entry */
static inline void p4d_clear(p4d_t *p4dp)
{
	set_p4d(p4dp, (p4d_t) { __pgd(0) });
}

/** pud_index - which entry of its table maps an address */
static inline unsigned long pud_index(unsigned long addr)
{
	return (addr >> PUD_SHIFT) & (PTRS_PER_PUD - 1);
}
#define pud_index pud_index

/** pud_offset - the entry that maps an address */
static inline pud_t *pud_offset(p4d_t *p4d, unsigned long addr)
{
	return p4d_pgtable(READ_ONCE(*p4d)) + pud_index(addr);
}
#define pud_offset pud_offset

/* Swap entries: type in bits 1-5 above the PROTNONE/PRESENT pair, offset from bit 14. */
#define __swp_type(x)			(((x).val >> 2) & 0x1f)
#define __swp_offset(x)			((x).val >> 14)
#define __swp_entry(type, offset)	((swp_entry_t) { ((type) << 2) | ((offset) << 14) })
#define __pte_to_swp_entry(pte)		((swp_entry_t) { pte_val(pte) })
#define __swp_entry_to_pte(x)		__pte((x).val)

/**
 * update_mmu_cache - an entry was set: nothing to do, since the hardware walks tables coherently
 */
static inline void update_mmu_cache(struct vm_area_struct *vma, unsigned long addr, pte_t *ptep)
{
	(void)vma;
	(void)addr;
	(void)ptep;
}
#define update_mmu_cache_range(vmf, vma, addr, ptep, nr) do { } while (0)

#define kern_addr_valid(addr)	virt_addr_valid(addr)

/**
 * lookup_address - find the kernel mapping of an address
 * @address: kernel virtual address
 * @level: set to the level (enum pg_level) of the entry that was found
 *
 * Return: pointer to the leaf entry, which is a pmd_t or pud_t in disguise
 * when *@level says so, or NULL where a table above it is missing.
 */
pte_t *lookup_address(unsigned long address, unsigned int *level);
pte_t *lookup_address_in_pgd(pgd_t *pgd, unsigned long address, unsigned int *level);

#endif /* !__ASSEMBLY__ */
#endif /* _ASM_X86_PGTABLE_H */
