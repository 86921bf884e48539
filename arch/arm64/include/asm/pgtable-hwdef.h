/* SPDX-License-Identifier: MIT */
/*
 * What the table walker sees: geometry of the four levels and the bits of a descriptor (Arm ARM,
 * D8).
 *
 *   63  58..55   54  53  52   51      47..12    11 10 9..8  7    6   5  4..2     1     0
 *       software UXN PXN CONT DBM     address   nG AF SH    AP2  AP1 NS AttrIndx type  valid
 *
 * AP2 set: read-only. AP1 set: EL0 may access. An address descriptor with type clear is a block
 * (PUD, PMD).
 */
#ifndef _ASM_PGTABLE_HWDEF_H
#define _ASM_PGTABLE_HWDEF_H

#include <linux/const.h>
#include <asm/memory.h>

#define PTRS_PER_PTE		512
#define PTRS_PER_PMD		512
#define PTRS_PER_PUD		512
#define PTRS_PER_PGD		512

#define PMD_SHIFT		21
#define PMD_SIZE		(_AC(1, UL) << PMD_SHIFT)
#define PMD_MASK		(~(PMD_SIZE - 1))
#define PUD_SHIFT		30
#define PUD_SIZE		(_AC(1, UL) << PUD_SHIFT)
#define PUD_MASK		(~(PUD_SIZE - 1))
#define PGDIR_SHIFT		39
#define PGDIR_SIZE		(_AC(1, UL) << PGDIR_SHIFT)
#define PGDIR_MASK		(~(PGDIR_SIZE - 1))

#define CONT_PTE_SHIFT		(4 + PAGE_SHIFT)
#define CONT_PTE_SIZE		(_AC(1, UL) << CONT_PTE_SHIFT)

/* Bits of every level. */
#define DESC_VALID		(_AC(1, UL) << 0)
#define DESC_TABLE		(_AC(3, UL) << 0)	/* PGD, PUD, PMD: points to a table */
#define DESC_BLOCK		(_AC(1, UL) << 0)	/* PUD, PMD: maps 1 GiB, 2 MiB */
#define DESC_PAGE		(_AC(3, UL) << 0)	/* PTE */
#define DESC_TYPE_MASK		(_AC(3, UL) << 0)
#define DESC_ADDR_MASK		_AC(0x0000fffffffff000, UL)

#define PTE_VALID		DESC_VALID
#define PTE_TYPE_MASK		DESC_TYPE_MASK
#define PTE_TYPE_PAGE		DESC_PAGE
#define PTE_TABLE_BIT		(_AC(1, UL) << 1)
#define PTE_ATTRINDX(t)		(_AC(t, UL) << 2)
#define PTE_ATTRINDX_MASK	(_AC(7, UL) << 2)
#define PTE_USER		(_AC(1, UL) << 6)	/* AP[1] */
#define PTE_RDONLY		(_AC(1, UL) << 7)	/* AP[2] */
#define PTE_SHARED		(_AC(3, UL) << 8)	/* inner shareable */
#define PTE_AF			(_AC(1, UL) << 10)
#define PTE_NG			(_AC(1, UL) << 11)
#define PTE_DBM			(_AC(1, UL) << 51)
#define PTE_CONT		(_AC(1, UL) << 52)
#define PTE_PXN			(_AC(1, UL) << 53)
#define PTE_UXN			(_AC(1, UL) << 54)

#define PMD_TYPE_MASK		DESC_TYPE_MASK
#define PMD_TYPE_TABLE		DESC_TABLE
#define PMD_TYPE_SECT		DESC_BLOCK
#define PUD_TYPE_MASK		DESC_TYPE_MASK
#define PUD_TYPE_TABLE		DESC_TABLE
#define PUD_TYPE_SECT		DESC_BLOCK
#define PGD_TYPE_TABLE		DESC_TABLE

/*
 * Translation control (TCR_EL1): both halves 48 bits, 4 KiB, inner shareable, write-back
 * write-allocate.
 */
#define TCR_T0SZ		((_AC(64, UL) - VA_BITS) << 0)
#define TCR_T1SZ		((_AC(64, UL) - VA_BITS) << 16)
#define TCR_IRGN_WBWA		((_AC(1, UL) << 8) | (_AC(1, UL) << 24))
#define TCR_ORGN_WBWA		((_AC(1, UL) << 10) | (_AC(1, UL) << 26))
#define TCR_SH_INNER		((_AC(3, UL) << 12) | (_AC(3, UL) << 28))
#define TCR_TG0_4K		(_AC(0, UL) << 14)
#define TCR_TG1_4K		(_AC(2, UL) << 30)
#define TCR_IPS_SHIFT		32
#define TCR_AS_SHIFT		36			/* 16-bit ASIDs */
#define TCR_TBI0		(_AC(1, UL) << 37)	/* user pointers may carry a tag */
#define TCR_EPD0		(_AC(1, UL) << 7)

#define TTBR_ASID_SHIFT		48
#define TTBR_BADDR_MASK		_AC(0x0000fffffffffffe, UL)

#endif /* _ASM_PGTABLE_HWDEF_H */
