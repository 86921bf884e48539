// SPDX-License-Identifier: MIT
/*
 * The top table of a user address space: one zeroed page. The kernel's half has a table of its own.
 */
#include <linux/gfp.h>
#include <linux/mm.h>

#include <asm/pgalloc.h>

pgd_t *pgd_alloc(struct mm_struct *mm)
{
	return __pgd_alloc(mm, 0);
}

void pgd_free(struct mm_struct *mm, pgd_t *pgd)
{
	__pgd_free(mm, pgd);
}
