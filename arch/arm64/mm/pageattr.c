// SPDX-License-Identifier: MIT
/*
 * set_memory_*(): other rights for pages of the image or of vmalloc space, which are mapped page by
 * page.
 *
 * The direct map is made of blocks that cannot be split while in use (that would need a moment
 * without any mapping), so it is refused, and can_set_direct_map() says so.
 */
#include <linux/errno.h>
#include <linux/kernel.h>
#include <linux/mm.h>
#include <linux/pgtable.h>
#include <linux/set_memory.h>

#include <asm/pgtable.h>
#include <asm/tlbflush.h>

struct page_change_data {
	pteval_t set_mask;
	pteval_t clear_mask;
};

static int change_page_range(pte_t *ptep, unsigned long addr, void *data)
{
	struct page_change_data *cdata = data;
	pte_t pte = ptep_get(ptep);

	pte = clear_pte_bit(pte, cdata->clear_mask);
	set_pte(ptep, set_pte_bit(pte, cdata->set_mask));
	return 0;
}

static int change_memory_common(unsigned long addr, int numpages, pteval_t set_mask,
				pteval_t clear_mask)
{
	struct page_change_data data = { .set_mask = set_mask, .clear_mask = clear_mask };
	unsigned long size = (unsigned long)numpages * PAGE_SIZE;
	int ret;

	if (WARN_ON_ONCE(addr & ~PAGE_MASK))
		return -EINVAL;
	if (!numpages)
		return 0;
	if (__is_lm_address(addr))
		return -EINVAL;
	ret = apply_to_existing_page_range(&init_mm, addr, size, change_page_range, &data);
	flush_tlb_kernel_range(addr, addr + size);
	return ret;
}

/**
 * set_memory_ro - kernel memory can't be written any more
 * @addr: the first page, of the image or vmalloc space
 * @numpages: how many
 *
 * Context: may sleep.
 * Return: 0; -EINVAL for an @addr within a page, or in the direct map.
 */
int set_memory_ro(unsigned long addr, int numpages)
{
	return change_memory_common(addr, numpages, PTE_RDONLY, PTE_WRITE | PTE_DIRTY);
}

/** set_memory_rw - kernel memory can be written, and not executed. Return: as set_memory_ro() */
int set_memory_rw(unsigned long addr, int numpages)
{
	return change_memory_common(addr, numpages, PTE_WRITE | PTE_DIRTY | PTE_PXN, PTE_RDONLY);
}

/** set_memory_nx - kernel memory can't be executed. Return: as set_memory_ro() */
int set_memory_nx(unsigned long addr, int numpages)
{
	return change_memory_common(addr, numpages, PTE_PXN, 0);
}

/** set_memory_x - kernel memory can be executed, and not written. Return: as set_memory_ro() */
int set_memory_x(unsigned long addr, int numpages)
{
	return change_memory_common(addr, numpages, PTE_RDONLY, PTE_PXN | PTE_WRITE | PTE_DIRTY);
}

/**
 * set_memory_valid - map pages in or out without forgetting what they are
 * @addr: first
 * @numpages: how many
 * @enable: 0 makes every access fault
 *
 * Return: 0, -EINVAL for a direct-map or unaligned address
 */
int set_memory_valid(unsigned long addr, int numpages, int enable)
{
	if (enable)
		return change_memory_common(addr, numpages, PTE_VALID, 0);
	return change_memory_common(addr, numpages, 0, PTE_VALID);
}

/** can_set_direct_map - may pages leave the direct map? No: see the top of this file */
bool can_set_direct_map(void)
{
	return false;
}

/** set_direct_map_invalid_noflush - not possible: -EOPNOTSUPP */
int set_direct_map_invalid_noflush(struct page *page)
{
	return -EOPNOTSUPP;
}

/** set_direct_map_default_noflush - not possible: -EOPNOTSUPP */
int set_direct_map_default_noflush(struct page *page)
{
	return -EOPNOTSUPP;
}

/** kernel_page_present - is the page in the direct map? Always */
bool kernel_page_present(struct page *page)
{
	return true;
}
