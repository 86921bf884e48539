/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_PGTABLE_H
#define _LINUX_PGTABLE_H

/*
 * Page tables, the part that both machines share.
 *
 *	pgd -> (p4d, folded) -> pud -> pmd -> pte -> page
 *
 * asm/pgtable.h brings the entry types, their tests and constructors, set_pte()/set_pmd()/
 * set_pud()/set_p4d(), and p4d_pgtable()/pud_pgtable()/pmd_page_vaddr() (entry to address of the
 * next table). This header brings the walk: index, offset, end of range, and what the machine may
 * override by defining a macro of the same name.
 *
 * Kernel mappings change under init_mm.page_table_lock while tables are added, and by whoever
 * owns the address range for the entries in them. Tables of the kernel are never freed.
 */

#include <linux/pfn.h>
#include <asm/pgtable.h>

#ifndef __ASSEMBLY__

#include <linux/bug.h>
#include <linux/mm_types.h>

#ifndef pte_index

/** pte_index - which entry of its last-level table an address has */
static inline unsigned long pte_index(unsigned long address)
{
	return (address >> PAGE_SHIFT) & (PTRS_PER_PTE - 1);
}
#endif

#ifndef pmd_index

/** pmd_index - which entry of its second-level table an address has */
static inline unsigned long pmd_index(unsigned long address)
{
	return (address >> PMD_SHIFT) & (PTRS_PER_PMD - 1);
}
#define pmd_index pmd_index
#endif

#ifndef pud_index
/** pud_index - which entry of its table maps an address */
static inline unsigned long pud_index(unsigned long address)
{
	return (address >> PUD_SHIFT) & (PTRS_PER_PUD - 1);
}
#define pud_index pud_index
#endif

#ifndef pgd_index
#define pgd_index(a)	(((a) >> PGDIR_SHIFT) & (PTRS_PER_PGD - 1))
#endif

#ifndef pte_offset_kernel

/** pte_offset_kernel - the last-level entry of an address; the table is there */
static inline pte_t *pte_offset_kernel(pmd_t *pmd, unsigned long address)
{
	return (pte_t *)pmd_page_vaddr(*pmd) + pte_index(address);
}
#define pte_offset_kernel pte_offset_kernel
#endif

#ifndef pmd_offset

/** pmd_offset - the second-level entry of an address; the table is there */
static inline pmd_t *pmd_offset(pud_t *pud, unsigned long address)
{
	return (pmd_t *)pud_pgtable(*pud) + pmd_index(address);
}
#define pmd_offset pmd_offset
#endif

#ifndef pud_offset
/** pud_offset - the entry that maps an address */
static inline pud_t *pud_offset(p4d_t *p4d, unsigned long address)
{
	return (pud_t *)p4d_pgtable(*p4d) + pud_index(address);
}
#define pud_offset pud_offset
#endif

/** pgd_offset_pgd - the top-level entry of an address in a table */
static inline pgd_t *pgd_offset_pgd(pgd_t *pgd, unsigned long address)
{
	return pgd + pgd_index(address);
}

#ifndef pgd_offset
#define pgd_offset(mm, address)	pgd_offset_pgd((mm)->pgd, (address))
#endif
#ifndef pgd_offset_k
#define pgd_offset_k(address)	pgd_offset(&init_mm, (address))
#endif

/** pmd_off_k - the second-level entry of a kernel address whose upper levels are known to exist */
static inline pmd_t *pmd_off_k(unsigned long va)
{
	return pmd_offset(pud_offset(p4d_offset(pgd_offset_k(va), va), va), va);
}

/*
 * End of the part of [addr, end) that one entry covers. Compared less one, so that a range that
 * ends at the top of the address space (end == 0) works.
 */
#define pgd_addr_end(addr, end)						\
({	unsigned long __boundary = ((addr) + PGDIR_SIZE) & PGDIR_MASK;	\
	(__boundary - 1 < (end) - 1) ? __boundary : (end);		\
})

#ifndef p4d_addr_end
#define p4d_addr_end(addr, end)						\
({	unsigned long __boundary = ((addr) + P4D_SIZE) & P4D_MASK;	\
	(__boundary - 1 < (end) - 1) ? __boundary : (end);		\
})
#endif

#ifndef pud_addr_end
#define pud_addr_end(addr, end)						\
({	unsigned long __boundary = ((addr) + PUD_SIZE) & PUD_MASK;	\
	(__boundary - 1 < (end) - 1) ? __boundary : (end);		\
})
#endif

#ifndef pmd_addr_end
#define pmd_addr_end(addr, end)						\
({	unsigned long __boundary = ((addr) + PMD_SIZE) & PMD_MASK;	\
	(__boundary - 1 < (end) - 1) ? __boundary : (end);		\
})
#endif

#ifndef pgd_leaf
#define pgd_leaf(x)	0
#endif
#ifndef p4d_leaf
#define p4d_leaf(x)	0
#endif
#ifndef pud_leaf
#define pud_leaf(x)	0
#endif
#ifndef pmd_leaf
#define pmd_leaf(x)	0
#endif

/* One whole read of an entry that others may change under us. */
#ifndef ptep_get
static inline pte_t ptep_get(pte_t *ptep)
{
	return READ_ONCE(*ptep);
}
#endif
#ifndef pmdp_get
/** pmdp_get - read an entry, in one piece */
static inline pmd_t pmdp_get(pmd_t *pmdp)
{
	return READ_ONCE(*pmdp);
}
#endif
#ifndef pudp_get

/** pudp_get - an entry, read once */
static inline pud_t pudp_get(pud_t *pudp)
{
	return READ_ONCE(*pudp);
}
#endif
#ifndef p4dp_get

/** p4dp_get - an entry, read once */
static inline p4d_t p4dp_get(p4d_t *p4dp)
{
	return READ_ONCE(*p4dp);
}
#endif

#ifndef set_ptes
#ifndef pte_next_pfn

/** pte_next_pfn - the same entry for the next frame */
static inline pte_t pte_next_pfn(pte_t pte)
{
	return __pte(pte_val(pte) + PAGE_SIZE);
}
#endif
static inline void set_ptes(struct mm_struct *mm, unsigned long addr, pte_t *ptep, pte_t pte,
			    unsigned int nr)
{
	(void)mm;
	(void)addr;
	for (;;) {
		set_pte(ptep, pte);
		if (--nr == 0)
			break;
		ptep++;
		pte = pte_next_pfn(pte);
	}
}
#endif
#ifndef set_pte_at
#define set_pte_at(mm, addr, ptep, pte) set_ptes(mm, addr, ptep, pte, 1)
#endif

#ifndef pte_clear
static inline void pte_clear(struct mm_struct *mm, unsigned long addr, pte_t *ptep)
{
	(void)mm;
	(void)addr;
	set_pte(ptep, __pte(0));
}
#endif

#ifndef __HAVE_ARCH_PTEP_GET_AND_CLEAR
/* Without the machine's atomic form the caller holds what keeps the hardware from the entry. */
static inline pte_t ptep_get_and_clear(struct mm_struct *mm, unsigned long address, pte_t *ptep)
{
	pte_t pte = ptep_get(ptep);

	pte_clear(mm, address, ptep);
	return pte;
}
#endif

#ifndef pte_mkwrite
/**
 * pte_mkwrite - an entry made writable
 *
 * The VMA decides on machines with kinds of writable memory; on ours there is one.
 */
static inline pte_t pte_mkwrite(pte_t pte, struct vm_area_struct *vma)
{
	(void)vma;
	return pte_mkwrite_novma(pte);
}
#endif

#ifndef __HAVE_ARCH_PTE_SAME
static inline int pte_same(pte_t a, pte_t b)
{
	return pte_val(a) == pte_val(b);
}
#endif

/*
 * Memory that can be executed and not read: the same as readable, where that can't be told apart.
 */
#ifndef PAGE_EXECONLY
#define PAGE_EXECONLY	PAGE_READONLY_EXEC
#endif

/* Kernel protections that a machine may derive from PAGE_KERNEL only. */
#ifndef PAGE_KERNEL_RO
#define PAGE_KERNEL_RO PAGE_KERNEL
#endif
#ifndef PAGE_KERNEL_EXEC
#define PAGE_KERNEL_EXEC PAGE_KERNEL
#endif
#ifndef pgprot_nx
#define pgprot_nx(prot)		(prot)
#endif
#ifndef pgprot_noncached
#define pgprot_noncached(prot)	(prot)
#endif
#ifndef pgprot_writecombine
#define pgprot_writecombine	pgprot_noncached
#endif
#ifndef pgprot_writethrough
#define pgprot_writethrough	pgprot_noncached
#endif
#ifndef pgprot_device
#define pgprot_device		pgprot_noncached
#endif
#ifndef pgprot_mhp
#define pgprot_mhp(prot)	(prot)
#endif
#ifndef pgprot_decrypted
#define pgprot_decrypted(prot)	(prot)
#endif

/* Called after new kernel entries were written and before they are used. */
#ifndef arch_sync_kernel_mappings

/**
 * arch_sync_kernel_mappings - the kernel's upper tables have changed; all address spaces share them
 * by default
 */
static inline void arch_sync_kernel_mappings(unsigned long start, unsigned long end)
{
	(void)start;
	(void)end;
}
#endif

/*
 * Entries of user pages, under the lock of their table.
 *
 * ptep_set_access_flags() gives rights: nobody needs to hear of it but those who have a stale
 * read-only entry, and they fault. On a machine whose TLB would give them the same entry again, it
 * flushes (@dirty: a write was refused).
 */
#ifndef __HAVE_ARCH_PTEP_SET_ACCESS_FLAGS
#define ptep_set_access_flags(vma, address, ptep, entry, dirty)		\
({									\
	int __changed = !pte_same(ptep_get(ptep), entry);		\
									\
	if (__changed) {						\
		set_pte_at((vma)->vm_mm, address, ptep, entry);		\
		if (dirty)						\
			flush_tlb_page(vma, address);			\
	}								\
	__changed;							\
})
#endif

/* The table allowed what faulted: some other CPU was faster, or this one's TLB is behind. */
#ifndef flush_tlb_fix_spurious_fault
#define flush_tlb_fix_spurious_fault(vma, address, ptep)	flush_tlb_page(vma, address)
#endif

/* Cleared, and forgotten by every CPU. */
#define ptep_clear_flush(vma, address, ptep)				\
({									\
	pte_t __pte = ptep_get_and_clear((vma)->vm_mm, address, ptep);	\
									\
	if (pte_accessible((vma)->vm_mm, __pte))			\
		flush_tlb_page(vma, address);				\
	__pte;								\
})

void p4d_clear_bad(p4d_t *p4d);
void pud_clear_bad(pud_t *pud);
void pmd_clear_bad(pmd_t *pmd);

/** p4d_none_or_clear_bad - is it empty? One that makes no sense is reported and emptied */
static inline int p4d_none_or_clear_bad(p4d_t *p4d)
{
	if (p4d_none(*p4d))
		return 1;
	if (unlikely(p4d_bad(*p4d))) {
		p4d_clear_bad(p4d);
		return 1;
	}
	return 0;
}

/** pud_none_or_clear_bad - is it empty? One that makes no sense is reported and emptied */
static inline int pud_none_or_clear_bad(pud_t *pud)
{
	if (pud_none(*pud))
		return 1;
	if (unlikely(pud_bad(*pud))) {
		pud_clear_bad(pud);
		return 1;
	}
	return 0;
}

/** pmd_none_or_clear_bad - is it empty? One that makes no sense is reported and emptied */
static inline int pmd_none_or_clear_bad(pmd_t *pmd)
{
	if (pmd_none(*pmd))
		return 1;
	if (unlikely(pmd_bad(*pmd))) {
		pmd_clear_bad(pmd);
		return 1;
	}
	return 0;
}

/*
 * walk_kernel_page_range() visits every present leaf of the kernel's tables in [start, end),
 * whatever its size. A callback that returns non-zero ends the walk with that value.
 */
struct kernel_walk_ops {
	int (*pud)(pud_t *pud, unsigned long addr, unsigned long next, void *private);
	int (*pmd)(pmd_t *pmd, unsigned long addr, unsigned long next, void *private);
	int (*pte)(pte_t *pte, unsigned long addr, unsigned long next, void *private);
};

int walk_kernel_page_range(unsigned long start, unsigned long end,
			   const struct kernel_walk_ops *ops, void *private);
pte_t *virt_to_kpte(unsigned long vaddr);

#endif /* !__ASSEMBLY__ */
#endif /* _LINUX_PGTABLE_H */
