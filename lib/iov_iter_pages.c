// SPDX-License-Identifier: MIT
/*
 * The pages behind an iterator, for those who hand them to a device or to another owner instead of
 * copying.
 *
 *	iov_iter_get_pages2()		one reference on each; put_page() them
 *	iov_iter_get_pages_alloc2()	likewise, the array is allocated; kvfree() it
 *	iov_iter_extract_pages()	user pages are pinned, the kernel's just named: see
 *					iov_iter_extract_will_pin()
 *
 * Each call deals with one contiguous stretch, so the caller goes on calling until the iterator has
 * nothing left; the iterator moves behind what was got.
 */

#include <linux/iov_iter.h>
#include <linux/uio.h>

#include <linux/errno.h>
#include <linux/export.h>
#include <linux/math.h>
#include <linux/mm.h>
#include <linux/slab.h>
#include <linux/vmalloc.h>
#include <linux/xarray.h>

/* Pages of @bytes from @offset of the first on, @maxpages at most; the array if there is none. */
static int want_pages(struct page ***pages, size_t bytes, size_t offset, unsigned int maxpages)
{
	unsigned int count = DIV_ROUND_UP(bytes + offset, PAGE_SIZE);

	count = min(count, maxpages);
	WARN_ON(!count);
	if (!*pages)
		*pages = kvmalloc_array(count, sizeof(struct page *), GFP_KERNEL);
	return *pages ? (int)count : -ENOMEM;
}

/* Moves over the bytes that @got pages hold, of the @bytes from @offset on; how many. */
static ssize_t advance_over(struct iov_iter *i, size_t bytes, size_t offset, unsigned int got)
{
	bytes = min(bytes, got * PAGE_SIZE - offset);
	iov_iter_advance(i, bytes);
	return bytes;
}

/* First stretch of a user's iterator; *@bytes is cut to it. */
static unsigned long first_user_stretch(const struct iov_iter *i, size_t *bytes)
{
	const struct iovec *seg = i->__iov;
	size_t skip = i->iov_offset;

	if (iter_is_ubuf(i))
		return (unsigned long)i->ubuf + skip;
	for (; seg->iov_len <= skip; seg++)
		skip = 0;
	*bytes = min(*bytes, seg->iov_len - skip);
	return (unsigned long)seg->iov_base + skip;
}

/* First stretch of an ITER_BVEC: its page, the offset in it; *@bytes is cut to it. */
static struct page *first_bvec_stretch(const struct iov_iter *i, size_t *bytes, size_t *offset)
{
	const struct bio_vec *seg = i->bvec;
	size_t skip = i->iov_offset;

	for (; seg->bv_len <= skip; seg++)
		skip = 0;
	*bytes = min(*bytes, seg->bv_len - skip);
	skip += seg->bv_offset;
	*offset = skip % PAGE_SIZE;
	return seg->bv_page + skip / PAGE_SIZE;
}

static ssize_t get_user_stretch(struct iov_iter *i, struct page ***pages, size_t bytes,
				unsigned int maxpages, size_t *start, bool pin)
{
	unsigned long addr = first_user_stretch(i, &bytes);
	unsigned int flags = 0;
	int n, got;

	if (!i->data_source)
		flags |= FOLL_WRITE;
	if (i->nofault)
		flags |= FOLL_NOFAULT;
	*start = offset_in_page(addr);
	n = want_pages(pages, bytes, *start, maxpages);
	if (n < 0)
		return n;
	if (pin)
		got = pin_user_pages_fast(addr, n, flags, *pages);
	else
		got = get_user_pages_fast(addr, n, flags, *pages);
	if (got <= 0)
		return got ?: -EFAULT;
	return advance_over(i, bytes, *start, got);
}

/* @bytes from offset @start of @page on, whose neighbours in memory are the next ones. */
static ssize_t get_run(struct iov_iter *i, struct page ***pages, struct page *page, size_t bytes,
		       unsigned int maxpages, size_t start, bool take_refs)
{
	int n = want_pages(pages, bytes, start, maxpages), k;

	if (n < 0)
		return n;
	for (k = 0; k < n; k++) {
		(*pages)[k] = page + k;
		if (take_refs)
			get_page(page + k);
	}
	return advance_over(i, bytes, start, n);
}

static ssize_t get_bvec_stretch(struct iov_iter *i, struct page ***pages, size_t bytes,
				unsigned int maxpages, size_t *start, bool take_refs)
{
	struct page *page = first_bvec_stretch(i, &bytes, start);

	return get_run(i, pages, page, bytes, maxpages, *start, take_refs);
}

/* Memory of the kernel's that is no vmalloc() memory is contiguous in the direct map. */
static struct page *kernel_addr_to_page(const void *addr)
{
	return is_vmalloc_or_module_addr(addr) ? vmalloc_to_page(addr) : virt_to_page(addr);
}

static ssize_t extract_kvec_stretch(struct iov_iter *i, struct page ***pages, size_t bytes,
				    unsigned int maxpages, size_t *start)
{
	const struct kvec *seg = i->kvec;
	size_t skip = i->iov_offset;
	const void *addr;
	int n, k;

	for (; seg->iov_len <= skip; seg++)
		skip = 0;
	bytes = min(bytes, seg->iov_len - skip);
	addr = seg->iov_base + skip;
	*start = offset_in_page(addr);
	n = want_pages(pages, bytes, *start, maxpages);
	if (n < 0)
		return n;
	for (k = 0; k < n; k++)
		(*pages)[k] = kernel_addr_to_page(addr - *start + k * PAGE_SIZE);
	return advance_over(i, bytes, *start, n);
}

/* The rest of one folio. */
static ssize_t get_folioq_stretch(struct iov_iter *i, struct page ***pages, size_t bytes,
				  unsigned int maxpages, size_t *start, bool take_refs)
{
	const struct folio_queue *folioq = i->folioq;
	unsigned int slot = i->folioq_slot;
	size_t skip = i->iov_offset;
	struct page *page;

	while (folioq_settle(&folioq, &slot) && skip >= folioq_folio_size(folioq, slot)) {
		skip = 0;
		slot++;
	}
	if (slot >= folioq_nr_slots(folioq))
		return 0;
	bytes = min(bytes, folioq_folio_size(folioq, slot) - skip);
	page = folio_page(folioq_folio(folioq, slot), skip / PAGE_SIZE);
	*start = skip % PAGE_SIZE;
	return get_run(i, pages, page, bytes, maxpages, *start, take_refs);
}

/* The folios are the caller's to keep, so each is still there when it is looked at. */
static ssize_t get_xarray_stretch(struct iov_iter *i, struct page ***pages, size_t bytes,
				  unsigned int maxpages, size_t *start, bool take_refs)
{
	loff_t pos = i->xarray_start + i->iov_offset;
	pgoff_t index = pos / PAGE_SIZE;
	int n, k;

	*start = pos % PAGE_SIZE;
	n = want_pages(pages, bytes, *start, maxpages);
	if (n < 0)
		return n;
	for (k = 0; k < n; k++) {
		struct folio *folio = xa_load(i->xarray, index + k);

		if (!folio || WARN_ON_ONCE(xa_is_value(folio)))
			break;
		(*pages)[k] = &folio->page + (index + k - folio->index);
		if (take_refs)
			get_page((*pages)[k]);
	}
	return k ? advance_over(i, bytes, *start, k) : 0;
}

static size_t clamp_bytes(const struct iov_iter *i, size_t bytes)
{
	return min3(bytes, i->count, (size_t)MAX_RW_COUNT);
}

static ssize_t get_pages(struct iov_iter *i, struct page ***pages, size_t maxsize,
			 unsigned int maxpages, size_t *start)
{
	maxsize = clamp_bytes(i, maxsize);
	if (!maxsize || !maxpages)
		return 0;
	switch (iov_iter_type(i)) {
	case ITER_UBUF:
	case ITER_IOVEC:
		return get_user_stretch(i, pages, maxsize, maxpages, start, false);
	case ITER_BVEC:
		return get_bvec_stretch(i, pages, maxsize, maxpages, start, true);
	case ITER_FOLIOQ:
		return get_folioq_stretch(i, pages, maxsize, maxpages, start, true);
	case ITER_XARRAY:
		return get_xarray_stretch(i, pages, maxsize, maxpages, start, true);
	default:
		return -EFAULT;		/* a kernel buffer's pages can't be held by a reference */
	}
}

/**
 * iov_iter_get_pages2() - take references on the pages of the next stretch
 * @i: the iterator, which moves over them
 * @pages: gets the pages
 * @maxsize: most bytes
 * @maxpages: most pages
 * @start: gets the offset of the first byte in the first page
 *
 * Context: may sleep if @i is of a user's kind.
 * Return: bytes in the pages; 0 at the end; -EFAULT, also for kernel buffers and ITER_DISCARD.
 */
ssize_t iov_iter_get_pages2(struct iov_iter *i, struct page **pages, size_t maxsize,
			    unsigned int maxpages, size_t *start)
{
	BUG_ON(!pages);
	return get_pages(i, &pages, maxsize, maxpages, start);
}
EXPORT_SYMBOL(iov_iter_get_pages2);

/**
 * iov_iter_get_pages_alloc2() - the same into an array that is allocated
 * @i: the iterator
 * @pages: gets the array, to be freed by kvfree(); NULL after an error
 * @maxsize: most bytes
 * @start: gets the offset of the first byte in the first page
 *
 * Context: may sleep.
 * Return: as iov_iter_get_pages2(), and -ENOMEM.
 */
ssize_t iov_iter_get_pages_alloc2(struct iov_iter *i, struct page ***pages, size_t maxsize,
				  size_t *start)
{
	ssize_t len;

	*pages = NULL;
	len = get_pages(i, pages, maxsize, ~0U, start);
	if (len <= 0) {
		kvfree(*pages);
		*pages = NULL;
	}
	return len;
}
EXPORT_SYMBOL(iov_iter_get_pages_alloc2);

/**
 * iov_iter_extract_pages() - the pages of the next stretch, pinned if they are a user's
 * @i: the iterator, which moves over them
 * @pages: points to an array of @maxpages, or to NULL: then one is allocated (kvfree() it, also
 *	after an error)
 * @maxsize: most bytes
 * @maxpages: most pages
 * @extraction_flags: 0 or ITER_ALLOW_P2PDMA
 * @offset0: gets the offset of the first byte in the first page
 *
 * Pages of kernel buffers are only named: the caller knows that the buffers stay, and must not
 * get_page() or put_page() what may be slab memory.
 *
 * Context: may sleep.
 * Return: bytes in the pages; 0 at the end; -EFAULT, -ENOMEM.
 */
ssize_t iov_iter_extract_pages(struct iov_iter *i, struct page ***pages, size_t maxsize,
			       unsigned int maxpages, iov_iter_extraction_t extraction_flags,
			       size_t *offset0)
{
	(void)extraction_flags;
	maxsize = clamp_bytes(i, maxsize);
	if (!maxsize || !maxpages)
		return 0;
	switch (iov_iter_type(i)) {
	case ITER_UBUF:
	case ITER_IOVEC:
		return get_user_stretch(i, pages, maxsize, maxpages, offset0, true);
	case ITER_KVEC:
		return extract_kvec_stretch(i, pages, maxsize, maxpages, offset0);
	case ITER_BVEC:
		return get_bvec_stretch(i, pages, maxsize, maxpages, offset0, false);
	case ITER_FOLIOQ:
		return get_folioq_stretch(i, pages, maxsize, maxpages, offset0, false);
	case ITER_XARRAY:
		return get_xarray_stretch(i, pages, maxsize, maxpages, offset0, false);
	default:
		return -EFAULT;
	}
}
EXPORT_SYMBOL(iov_iter_extract_pages);
