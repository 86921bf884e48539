// SPDX-License-Identifier: MIT
/*
 * The top table of a user address space: one zeroed page. The kernel's half has a table of its own.
 */
#include <linux/gfp.h>
#include <linux/mm.h>

#include <asm/pgalloc.h>

/** pgd_alloc - a top-level table for user addresses. Context: may sleep. Return: it, or NULL */
pgd_t *pgd_alloc(struct mm_struct *mm)
{
	return __pgd_alloc(mm, 0);
}

/** pgd_free - free a top-level table of pgd_alloc() */
void pgd_free(struct mm_struct *mm, pgd_t *pgd)
{
	__pgd_free(mm, pgd);
}
