/* SPDX-License-Identifier: MIT */
/*
 * Page-table entry bits and the typed entries. Four levels, p4d folded:
 *
 *   bits 47-39 pgd   38-30 pud (1 GiB leaf)   29-21 pmd (2 MiB leaf)   20-12 pte
 *
 * Bits 9, 10, 11 and 58 are ours. The PAT bit of a large leaf is bit 12, since
 * bit 7 says there that the entry is a leaf.
 */
#ifndef _ASM_X86_PGTABLE_TYPES_H
#define _ASM_X86_PGTABLE_TYPES_H

#include <asm/page_types.h>

#define _PAGE_BIT_PRESENT	0
#define _PAGE_BIT_RW		1
#define _PAGE_BIT_USER		2
#define _PAGE_BIT_PWT		3
#define _PAGE_BIT_PCD		4
#define _PAGE_BIT_ACCESSED	5
#define _PAGE_BIT_DIRTY		6
#define _PAGE_BIT_PSE		7
#define _PAGE_BIT_PAT		7
#define _PAGE_BIT_GLOBAL	8
#define _PAGE_BIT_SOFTW1	9
#define _PAGE_BIT_SOFTW2	10
#define _PAGE_BIT_SOFTW3	11
#define _PAGE_BIT_PAT_LARGE	12
#define _PAGE_BIT_NX		63

#define _PAGE_BIT_SPECIAL	_PAGE_BIT_SOFTW1
/* Only meaningful while the present bit is clear. */
#define _PAGE_BIT_PROTNONE	_PAGE_BIT_GLOBAL

#define _PAGE_PRESENT		(_AC(1, UL) << _PAGE_BIT_PRESENT)
#define _PAGE_RW		(_AC(1, UL) << _PAGE_BIT_RW)
#define _PAGE_USER		(_AC(1, UL) << _PAGE_BIT_USER)
#define _PAGE_PWT		(_AC(1, UL) << _PAGE_BIT_PWT)
#define _PAGE_PCD		(_AC(1, UL) << _PAGE_BIT_PCD)
#define _PAGE_ACCESSED		(_AC(1, UL) << _PAGE_BIT_ACCESSED)
#define _PAGE_DIRTY		(_AC(1, UL) << _PAGE_BIT_DIRTY)
#define _PAGE_PSE		(_AC(1, UL) << _PAGE_BIT_PSE)
#define _PAGE_PAT		(_AC(1, UL) << _PAGE_BIT_PAT)
#define _PAGE_GLOBAL		(_AC(1, UL) << _PAGE_BIT_GLOBAL)
#define _PAGE_SOFTW1		(_AC(1, UL) << _PAGE_BIT_SOFTW1)
#define _PAGE_SOFTW2		(_AC(1, UL) << _PAGE_BIT_SOFTW2)
#define _PAGE_SOFTW3		(_AC(1, UL) << _PAGE_BIT_SOFTW3)
#define _PAGE_PAT_LARGE		(_AC(1, UL) << _PAGE_BIT_PAT_LARGE)
#define _PAGE_SPECIAL		(_AC(1, UL) << _PAGE_BIT_SPECIAL)
#define _PAGE_PROTNONE		(_AC(1, UL) << _PAGE_BIT_PROTNONE)
#define _PAGE_NX		(_AC(1, UL) << _PAGE_BIT_NX)

#define _PAGE_KNL_ERRATUM_MASK	(_PAGE_DIRTY | _PAGE_ACCESSED)

#define _PAGE_TABLE		(_PAGE_PRESENT | _PAGE_RW | _PAGE_USER | \
				 _PAGE_ACCESSED | _PAGE_DIRTY)
#define _KERNPG_TABLE		(_PAGE_PRESENT | _PAGE_RW | _PAGE_ACCESSED | _PAGE_DIRTY)

/* What pte_modify() keeps of the old entry. */
#define _PAGE_CHG_MASK		(PTE_PFN_MASK | _PAGE_PCD | _PAGE_PWT | _PAGE_SPECIAL | \
				 _PAGE_ACCESSED | _PAGE_DIRTY)

/*
 * Memory types by PAT index. Entries 0 to 3 are as after reset (WB, WT, UC-,
 * UC), entry 1 is turned into write combining by pat_init().
 */
#define _PAGE_CACHE_MASK	(_PAGE_PWT | _PAGE_PCD | _PAGE_PAT)
#define _PAGE_CACHE_WB		_AC(0, UL)
#define _PAGE_CACHE_WC		_PAGE_PWT
#define _PAGE_CACHE_UC_MINUS	_PAGE_PCD
#define _PAGE_CACHE_UC		(_PAGE_PCD | _PAGE_PWT)

#define PTE_PFN_MASK		PHYSICAL_PAGE_MASK
#define PTE_FLAGS_MASK		(~PTE_PFN_MASK)

#define __PAGE_KERNEL_EXEC	(_KERNPG_TABLE | _PAGE_GLOBAL)
#define __PAGE_KERNEL		(__PAGE_KERNEL_EXEC | _PAGE_NX)
#define __PAGE_KERNEL_RO	(__PAGE_KERNEL & ~(_PAGE_RW | _PAGE_DIRTY))
#define __PAGE_KERNEL_ROX	(__PAGE_KERNEL_EXEC & ~(_PAGE_RW | _PAGE_DIRTY))

#define PGDIR_SHIFT		39
#define PTRS_PER_PGD		512
#define PUD_SHIFT		30
#define PTRS_PER_PUD		512
#define PMD_SHIFT		21
#define PTRS_PER_PMD		512
#define PTRS_PER_PTE		512

#define PGDIR_SIZE		(_AC(1, UL) << PGDIR_SHIFT)
#define PGDIR_MASK		(~(PGDIR_SIZE - 1))

#ifndef __ASSEMBLY__
#include <linux/types.h>

typedef unsigned long pteval_t;
typedef unsigned long pmdval_t;
typedef unsigned long pudval_t;
typedef unsigned long pgdval_t;
typedef unsigned long pgprotval_t;

typedef struct { pteval_t pte; } pte_t;
typedef struct { pmdval_t pmd; } pmd_t;
typedef struct { pudval_t pud; } pud_t;
typedef struct { pgdval_t pgd; } pgd_t;
typedef struct { pgprotval_t pgprot; } pgprot_t;

typedef struct page *pgtable_t;

#define __pgprot(x)		((pgprot_t) { (x) })
#define pgprot_val(x)		((x).pgprot)
#define __pgd(x)		((pgd_t) { (x) })
#define pgd_val(x)		((x).pgd)
#define __pud(x)		((pud_t) { (x) })
#define pud_val(x)		((x).pud)
#define __pmd(x)		((pmd_t) { (x) })
#define pmd_val(x)		((x).pmd)
#define __pte(x)		((pte_t) { (x) })
#define pte_val(x)		((x).pte)

/*
 * Bits that the processor must not see: NX before EFER.NXE is set, GLOBAL
 * before CR4.PGE. All processors that have long mode have both, so the mask is
 * a constant; the name is kept for code that filters.
 */
#define __supported_pte_mask	(~_AC(0, UL))

#define PAGE_NONE		__pgprot(_PAGE_PROTNONE | _PAGE_ACCESSED)
#define PAGE_SHARED		__pgprot(_PAGE_PRESENT | _PAGE_RW | _PAGE_USER | \
					 _PAGE_ACCESSED | _PAGE_NX)
#define PAGE_SHARED_EXEC	__pgprot(_PAGE_PRESENT | _PAGE_RW | _PAGE_USER | _PAGE_ACCESSED)
#define PAGE_COPY		__pgprot(_PAGE_PRESENT | _PAGE_USER | _PAGE_ACCESSED | _PAGE_NX)
#define PAGE_COPY_EXEC		__pgprot(_PAGE_PRESENT | _PAGE_USER | _PAGE_ACCESSED)
#define PAGE_READONLY		PAGE_COPY
#define PAGE_READONLY_EXEC	PAGE_COPY_EXEC

#define PAGE_KERNEL		__pgprot(__PAGE_KERNEL)
#define PAGE_KERNEL_RO		__pgprot(__PAGE_KERNEL_RO)
#define PAGE_KERNEL_EXEC	__pgprot(__PAGE_KERNEL_EXEC)
#define PAGE_KERNEL_ROX		__pgprot(__PAGE_KERNEL_ROX)
#define PAGE_KERNEL_NOCACHE	__pgprot(__PAGE_KERNEL | _PAGE_CACHE_UC_MINUS)
#define PAGE_KERNEL_IO		__pgprot(__PAGE_KERNEL | _PAGE_CACHE_UC_MINUS)
#define PAGE_KERNEL_IO_NOCACHE	PAGE_KERNEL_IO

#define pgprot_noncached(prot)	\
	__pgprot((pgprot_val(prot) & ~_PAGE_CACHE_MASK) | _PAGE_CACHE_UC_MINUS)
#define pgprot_writecombine(prot)	\
	__pgprot((pgprot_val(prot) & ~_PAGE_CACHE_MASK) | _PAGE_CACHE_WC)
#define pgprot_device(prot)	pgprot_noncached(prot)
#define pgprot_nx(prot)		__pgprot(pgprot_val(prot) | _PAGE_NX)

/* Levels as lookup_address() reports them. */
enum pg_level {
	PG_LEVEL_NONE,
	PG_LEVEL_4K,
	PG_LEVEL_2M,
	PG_LEVEL_1G,
	PG_LEVEL_512G,
	PG_LEVEL_NUM,
};

#endif /* !__ASSEMBLY__ */
#endif /* _ASM_X86_PGTABLE_TYPES_H */
