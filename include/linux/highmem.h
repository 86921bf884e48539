/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_HIGHMEM_H
#define _LINUX_HIGHMEM_H

/*
 * Access to the content of a page. All RAM is in the direct map, so a "temporary mapping" is its
 * address there; the calls exist because code that uses them says where it looks into pages, and
 * the local ones keep their last-in-first-out discipline.
 */

#include <linux/mm.h>
#include <linux/string.h>
#include <linux/uaccess.h>

/** kmap - a page's address in the kernel; all memory has one here. Context: may sleep */
static inline void *kmap(struct page *page)
{
	might_sleep();
	return page_address(page);
}

/** kunmap - undo kmap(); nothing to do */
static inline void kunmap(const struct page *page)
{
	(void)page;
}

/** kmap_local_page - kmap() that never sleeps; undone by kunmap_local(), the last one first */
static inline void *kmap_local_page(struct page *page)
{
	return page_address(page);
}

/**
 * kmap_local_folio - kmap_local_page() of the page of a folio that has a byte; returns the byte's
 * address
 */
static inline void *kmap_local_folio(struct folio *folio, size_t offset)
{
	return (char *)page_address(&folio->page) + offset;
}

/** kmap_local_pfn - kmap_local_page() of a frame that has a struct page */
static inline void *kmap_local_pfn(unsigned long pfn)
{
	return page_address(pfn_to_page(pfn));
}

#define kunmap_local(addr)	((void)(addr))

/** kmap_atomic - kmap_local_page() with preemption and page faults off, until kunmap_atomic() */
static inline void *kmap_atomic(struct page *page)
{
	preempt_disable();
	pagefault_disable();
	return page_address(page);
}

#define kunmap_atomic(addr)		\
do {					\
	(void)(addr);			\
	pagefault_enable();		\
	preempt_enable();		\
} while (0)

/** clear_highpage - fill a page with zeros */
static inline void clear_highpage(struct page *page)
{
	clear_page(page_address(page));
}

struct vm_area_struct;

/**
 * copy_user_highpage - copy a page that a program has at an address; our caches don't care which
 */
static inline void copy_user_highpage(struct page *to, struct page *from, unsigned long vaddr,
				      struct vm_area_struct *vma)
{
	(void)vaddr;
	(void)vma;
	copy_page(page_address(to), page_address(from));
}

/** copy_highpage - copy a page */
static inline void copy_highpage(struct page *to, struct page *from)
{
	copy_page(page_address(to), page_address(from));
}

/** zero_user_segment - zero bytes [@start, @end) of a page */
static inline void zero_user_segment(struct page *page, unsigned int start, unsigned int end)
{
	memset((char *)page_address(page) + start, 0, end - start);
}

/** zero_user - zero @size bytes of a page from @start on */
static inline void zero_user(struct page *page, unsigned int start, unsigned int size)
{
	zero_user_segment(page, start, start + size);
}

/** memcpy_from_page - copy @len bytes out of a page, from @offset on */
static inline void memcpy_from_page(char *to, struct page *page, size_t offset, size_t len)
{
	memcpy(to, (char *)page_address(page) + offset, len);
}

/** memcpy_to_page - copy @len bytes into a page, from @offset on */
static inline void memcpy_to_page(struct page *page, size_t offset, const char *from, size_t len)
{
	memcpy((char *)page_address(page) + offset, from, len);
}

/** memzero_page - zero @len bytes of a page from @offset on */
static inline void memzero_page(struct page *page, size_t offset, size_t len)
{
	memset((char *)page_address(page) + offset, 0, len);
}

/** folio_zero_segment - zero bytes [@start, @end) of a folio */
static inline void folio_zero_segment(struct folio *folio, size_t start, size_t end)
{
	memset((char *)folio_address(folio) + start, 0, end - start);
}

/** folio_zero_segments - zero two ranges of bytes of a folio */
static inline void folio_zero_segments(struct folio *folio, size_t start1, size_t end1,
				       size_t start2, size_t end2)
{
	folio_zero_segment(folio, start1, end1);
	folio_zero_segment(folio, start2, end2);
}

/** folio_zero_range - zero @length bytes of a folio from @start on */
static inline void folio_zero_range(struct folio *folio, size_t start, size_t length)
{
	folio_zero_segment(folio, start, start + length);
}

#endif /* _LINUX_HIGHMEM_H */
