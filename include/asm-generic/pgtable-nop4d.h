/* SPDX-License-Identifier: MIT */
#ifndef _ASM_GENERIC_PGTABLE_NOP4D_H
#define _ASM_GENERIC_PGTABLE_NOP4D_H

/*
 * Four levels of tables: the p4d level is folded into the pgd. A p4d entry is the pgd entry seen
 * under another name, so the pgd itself is never empty, bad or cleared; only its p4d is.
 */

#ifndef __ASSEMBLY__

#define __PAGETABLE_P4D_FOLDED 1

typedef struct { pgd_t pgd; } p4d_t;

#define P4D_SHIFT		PGDIR_SHIFT
#define PTRS_PER_P4D		1
#define MAX_PTRS_PER_P4D	1
#define P4D_SIZE		(1UL << P4D_SHIFT)
#define P4D_MASK		(~(P4D_SIZE - 1))

static inline int pgd_none(pgd_t pgd)		{ (void)pgd; return 0; }
static inline int pgd_bad(pgd_t pgd)		{ (void)pgd; return 0; }
static inline int pgd_present(pgd_t pgd)	{ (void)pgd; return 1; }
static inline int pgd_leaf(pgd_t pgd)		{ (void)pgd; return 0; }
static inline void pgd_clear(pgd_t *pgd)	{ (void)pgd; }
#define pgd_leaf		pgd_leaf

#define p4d_ERROR(p4d)		pgd_ERROR((p4d).pgd)

/* set_pgd() is never called; setting a p4d sets the pgd entry. */
static inline p4d_t *p4d_offset(pgd_t *pgd, unsigned long address)
{
	(void)address;
	return (p4d_t *)pgd;
}

#define p4d_val(x)		pgd_val((x).pgd)
#define __p4d(x)		((p4d_t) { __pgd(x) })

#define pgd_page(pgd)		p4d_page((p4d_t) { pgd })
#define pgd_page_vaddr(pgd)	((unsigned long)p4d_pgtable((p4d_t) { pgd }))

#define p4d_alloc_one(mm, address)	NULL
#define p4d_free(mm, x)			do { } while (0)

#define p4d_addr_end(addr, end)		(end)

#endif /* !__ASSEMBLY__ */
#endif /* _ASM_GENERIC_PGTABLE_NOP4D_H */
