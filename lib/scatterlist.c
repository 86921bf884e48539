// SPDX-License-Identifier: MIT
/*
 * Scatter lists: walking, making, and copying from and to them. See <linux/scatterlist.h>.
 *
 * A list that sg_alloc_table() makes is a chain of arrays of one page: the last entry of each but the
 * last array links to the next. The caller locks; only the allocation may sleep.
 */

#include <linux/scatterlist.h>

#include <linux/errno.h>
#include <linux/export.h>
#include <linux/minmax.h>
#include <linux/slab.h>

/* Entries of one array of a chain, the link included. */
#define ENTRIES_PER_ARRAY	(PAGE_SIZE / sizeof(struct scatterlist))

/** sg_next() - the next piece, or NULL after the last */
struct scatterlist *sg_next(struct scatterlist *sg)
{
	if (sg_is_last(sg))
		return NULL;
	sg++;
	return unlikely(sg_is_chain(sg)) ? sg_chain_ptr(sg) : sg;
}
EXPORT_SYMBOL(sg_next);

/** sg_nents() - how many pieces a list has */
int sg_nents(struct scatterlist *sg)
{
	int nents;

	for (nents = 0; sg; sg = sg_next(sg))
		nents++;
	return nents;
}
EXPORT_SYMBOL(sg_nents);

/** sg_nents_for_len() - how many pieces hold the first @len bytes; -EINVAL if there are fewer bytes */
int sg_nents_for_len(struct scatterlist *sg, u64 len)
{
	int nents = 0;
	u64 total = 0;

	if (!len)
		return 0;
	for (; sg; sg = sg_next(sg)) {
		nents++;
		total += sg->length;
		if (total >= len)
			return nents;
	}
	return -EINVAL;
}
EXPORT_SYMBOL(sg_nents_for_len);

/** sg_last() - the last of @nents pieces */
struct scatterlist *sg_last(struct scatterlist *sgl, unsigned int nents)
{
	struct scatterlist *sg, *last = NULL;
	unsigned int i;

	for_each_sg(sgl, sg, nents, i)
		last = sg;
	return last;
}
EXPORT_SYMBOL(sg_last);

/** sg_init_table() - clear an array of entries, the last being the list's end */
void sg_init_table(struct scatterlist *sgl, unsigned int nents)
{
	memset(sgl, 0, sizeof(*sgl) * nents);
	sg_init_marker(sgl, nents);
}
EXPORT_SYMBOL(sg_init_table);

/** sg_init_one() - a list of one piece */
void sg_init_one(struct scatterlist *sg, const void *buf, unsigned int buflen)
{
	sg_init_table(sg, 1);
	sg_set_buf(sg, buf, buflen);
}
EXPORT_SYMBOL(sg_init_one);

/**
 * sg_alloc_table() - make a list
 * @table: gets it
 * @nents: pieces, at least one
 * @gfp_mask: how to allocate
 *
 * Return: 0, -EINVAL, -ENOMEM.
 */
int sg_alloc_table(struct sg_table *table, unsigned int nents, gfp_t gfp_mask)
{
	struct scatterlist *prev = NULL;
	unsigned int left = nents;

	memset(table, 0, sizeof(*table));
	if (!nents)
		return -EINVAL;

	while (left) {
		bool more = left > ENTRIES_PER_ARRAY;
		unsigned int entries = more ? ENTRIES_PER_ARRAY : left;
		struct scatterlist *array = kmalloc_array(entries, sizeof(*array), gfp_mask);

		if (!array) {
			/* what there is ends where its last array does */
			if (prev)
				sg_mark_end(&prev[ENTRIES_PER_ARRAY - 2]);
			sg_free_table(table);
			return -ENOMEM;
		}
		sg_init_table(array, entries);
		if (prev) {
			sg_unmark_end(&prev[ENTRIES_PER_ARRAY - 1]);
			sg_chain(prev, ENTRIES_PER_ARRAY, array);
		} else {
			table->sgl = array;
		}
		/* one entry of this array may become a link */
		left -= more ? entries - 1 : entries;
		table->orig_nents = nents - left;
		prev = array;
	}
	table->nents = table->orig_nents;
	return 0;
}
EXPORT_SYMBOL(sg_alloc_table);

/** sg_free_table() - free what sg_alloc_table() made */
void sg_free_table(struct sg_table *table)
{
	struct scatterlist *array = table->sgl;
	unsigned int left = table->orig_nents;

	while (array) {
		struct scatterlist *next = NULL;

		if (left > ENTRIES_PER_ARRAY) {
			next = sg_chain_ptr(&array[ENTRIES_PER_ARRAY - 1]);
			left -= ENTRIES_PER_ARRAY - 1;
		}
		kfree(array);
		array = next;
	}
	memset(table, 0, sizeof(*table));
}
EXPORT_SYMBOL(sg_free_table);

/* What to do with each stretch of memory: copy out, copy in, or clear. */
enum copy_kind { TO_BUFFER, FROM_BUFFER, ZERO };

static size_t walk(struct scatterlist *sg, unsigned int nents, void *buf, size_t buflen,
		   off_t skip, enum copy_kind kind)
{
	size_t done = 0;

	for (; sg && nents && done < buflen; sg = sg_next(sg), nents--) {
		size_t len;
		void *at;

		if (skip >= sg->length) {
			skip -= sg->length;
			continue;
		}
		len = min_t(size_t, sg->length - skip, buflen - done);
		at = sg_virt(sg) + skip;
		skip = 0;

		if (kind == TO_BUFFER)
			memcpy(buf + done, at, len);
		else if (kind == FROM_BUFFER)
			memcpy(at, buf + done, len);
		else
			memset(at, 0, len);
		done += len;
	}
	return done;
}

/** sg_copy_buffer() - copy between a list, from byte @skip on, and a buffer; bytes copied */
size_t sg_copy_buffer(struct scatterlist *sgl, unsigned int nents, void *buf, size_t buflen,
		      off_t skip, bool to_buffer)
{
	return walk(sgl, nents, buf, buflen, skip, to_buffer ? TO_BUFFER : FROM_BUFFER);
}
EXPORT_SYMBOL(sg_copy_buffer);

/** sg_copy_from_buffer() - copy a buffer into a list; bytes copied */
size_t sg_copy_from_buffer(struct scatterlist *sgl, unsigned int nents, const void *buf,
			   size_t buflen)
{
	return walk(sgl, nents, (void *)buf, buflen, 0, FROM_BUFFER);
}
EXPORT_SYMBOL(sg_copy_from_buffer);

/** sg_copy_to_buffer() - copy a list into a buffer; bytes copied */
size_t sg_copy_to_buffer(struct scatterlist *sgl, unsigned int nents, void *buf, size_t buflen)
{
	return walk(sgl, nents, buf, buflen, 0, TO_BUFFER);
}
EXPORT_SYMBOL(sg_copy_to_buffer);

/** sg_pcopy_from_buffer() - copy a buffer into a list from byte @skip on; bytes copied */
size_t sg_pcopy_from_buffer(struct scatterlist *sgl, unsigned int nents, const void *buf,
			    size_t buflen, off_t skip)
{
	return walk(sgl, nents, (void *)buf, buflen, skip, FROM_BUFFER);
}
EXPORT_SYMBOL(sg_pcopy_from_buffer);

/** sg_pcopy_to_buffer() - copy a list from byte @skip on into a buffer; bytes copied */
size_t sg_pcopy_to_buffer(struct scatterlist *sgl, unsigned int nents, void *buf,
			  size_t buflen, off_t skip)
{
	return walk(sgl, nents, buf, buflen, skip, TO_BUFFER);
}
EXPORT_SYMBOL(sg_pcopy_to_buffer);

/** sg_zero_buffer() - clear @buflen bytes of a list from byte @skip on; bytes cleared */
size_t sg_zero_buffer(struct scatterlist *sgl, unsigned int nents, size_t buflen, off_t skip)
{
	return walk(sgl, nents, NULL, buflen, skip, ZERO);
}
EXPORT_SYMBOL(sg_zero_buffer);
