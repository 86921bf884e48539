// SPDX-License-Identifier: MIT
/* Making a scatter list of what an iterator names: for drivers that hand buffers to a device. */

#include <linux/uio.h>

#include <linux/errno.h>
#include <linux/export.h>
#include <linux/kernel.h>
#include <linux/math.h>
#include <linux/mm.h>
#include <linux/scatterlist.h>

/* Pages that are extracted at a time; the array is on the stack. */
#define BATCH	16

/*
 * Adds @bytes of @pages from @start on: an entry a page, or one for all if they follow each other.
 */
static unsigned int add_stretch(struct scatterlist *sg, struct page **pages, size_t bytes,
				size_t start, bool join)
{
	unsigned int n = 0, k;

	for (k = 0; bytes; k++) {
		size_t part = min_t(size_t, bytes, PAGE_SIZE - start);

		if (join && k && pages[k] == pages[k - 1] + 1)
			sg[n - 1].length += part;
		else
			sg_set_page(&sg[n++], pages[k], part, start);
		bytes -= part;
		start = 0;
	}
	return n;
}

/**
 * extract_iter_to_sg() - add what an iterator names to a scatter list
 * @iter: the iterator, which moves over what was added; not ITER_DISCARD
 * @maxsize: most bytes
 * @sgtable: its entries from @sgtable->nents on are filled; nents counts up, orig_nents stays
 * @sg_max: most entries to add; the list is one array with room for so many
 * @extraction_flags: 0 or ITER_ALLOW_P2PDMA
 *
 * Pages of a user's are pinned and have an entry each: unpin_user_page() them if
 * iov_iter_extract_will_pin() says so. Those of other kinds are only named; they have to stay where
 * they are by other means, and neighbours in one piece share entries, except those of ITER_KVEC. No
 * entry is marked as the end.
 *
 * Context: may sleep.
 * Return: bytes added, fewer if entries or pages ran out; if none, -EFAULT, -ENOMEM, or -EIO for a
 * kind that names no pages.
 */
ssize_t extract_iter_to_sg(struct iov_iter *iter, size_t maxsize, struct sg_table *sgtable,
			   unsigned int sg_max, iov_iter_extraction_t extraction_flags)
{
	bool join = !user_backed_iter(iter) && !iov_iter_is_kvec(iter);
	/*
	 * What can be extracted in one go of these lies in one piece: one entry is enough for it.
	 */
	bool one_entry = iov_iter_is_bvec(iter) || iov_iter_is_folioq(iter);
	struct page *batch[BATCH], **pages = batch;
	ssize_t added = 0, bytes;
	size_t start;

	if (!maxsize)
		return 0;
	if (WARN_ON_ONCE(iov_iter_is_discard(iter)))
		return -EIO;
	while (maxsize && sg_max) {
		unsigned int n = one_entry ? BATCH : min_t(unsigned int, sg_max, BATCH);

		bytes = iov_iter_extract_pages(iter, &pages, maxsize, n, extraction_flags, &start);
		if (bytes <= 0)
			return added ?: bytes;
		n = add_stretch(sgtable->sgl + sgtable->nents, pages, bytes, start, join);
		sgtable->nents += n;
		sg_max -= n;
		maxsize -= bytes;
		added += bytes;
	}
	return added;
}
EXPORT_SYMBOL_GPL(extract_iter_to_sg);
