// SPDX-License-Identifier: MIT
/*
 * Scatter lists: walking, making, and copying from and to them. See <linux/scatterlist.h>.
 *
 * A list that sg_alloc_table() makes is a chain of arrays of one page: the last entry of each but
 * the last array links to the next. The caller locks; only the allocation may sleep.
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

/**
 * sg_nents_for_len() - how many pieces hold the first @len bytes; -EINVAL if there are fewer bytes
 */
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
 * __sg_alloc_table() - make a list of arrays of one's own
 * @table: gets it
 * @nents: pieces, at least one
 * @max_ents: entries of an array, at most; at least 2 if there is more than one array
 * @first_chunk: the first array, or NULL
 * @nents_first_chunk: its entries; 0 without one
 * @gfp_mask: for @alloc_fn
 * @alloc_fn: makes an array
 *
 * Return: 0, -EINVAL, or -ENOMEM: then __sg_free_table() what there is.
 */
int __sg_alloc_table(struct sg_table *table, unsigned int nents, unsigned int max_ents,
		     struct scatterlist *first_chunk, unsigned int nents_first_chunk,
		     gfp_t gfp_mask, sg_alloc_fn *alloc_fn)
{
	unsigned int left = nents, room = first_chunk ? nents_first_chunk : max_ents, prev_size = 0;
	struct scatterlist *prev = NULL;

	memset(table, 0, sizeof(*table));
	if (!nents)
		return -EINVAL;
	/* an array of one entry would be nothing but a link */
	if (WARN_ON_ONCE(!max_ents || (max_ents == 1 && nents > 1) ||
			 (first_chunk && !nents_first_chunk)))
		return -EINVAL;

	for (; left; room = max_ents) {
		bool more = left > room;
		unsigned int entries = more ? room : left;
		struct scatterlist *array = first_chunk ?: alloc_fn(entries, gfp_mask);

		if (!array) {
			/* The entry kept for the link takes part in the count that frees. */
			if (prev)
				table->nents = ++table->orig_nents;
			return -ENOMEM;
		}
		first_chunk = NULL;
		sg_init_table(array, entries);
		if (prev)
			sg_chain(prev, prev_size, array);
		else
			table->sgl = array;
		/* one entry of this array may become a link */
		left -= more ? entries - 1 : entries;
		table->nents = table->orig_nents = nents - left;
		prev = array;
		prev_size = entries;
	}
	return 0;
}
EXPORT_SYMBOL(__sg_alloc_table);

/**
 * __sg_free_table() - free what __sg_alloc_table() made
 * @table: the list
 * @max_ents: as given to it
 * @nents_first_chunk: as given to it: that array is left alone
 * @free_fn: frees an array
 * @num_ents: entries in all, links not counted
 */
void __sg_free_table(struct sg_table *table, unsigned int max_ents,
		     unsigned int nents_first_chunk, sg_free_fn *free_fn, unsigned int num_ents)
{
	unsigned int room = nents_first_chunk ?: max_ents;
	struct scatterlist *array = table->sgl, *next;
	bool keep = nents_first_chunk;

	for (; array && num_ents; array = next, room = max_ents, keep = false) {
		unsigned int entries = min(num_ents, room);

		next = NULL;
		if (num_ents > room) {
			next = sg_chain_ptr(&array[room - 1]);
			num_ents -= room - 1;
		} else {
			num_ents = 0;
		}
		if (!keep)
			free_fn(array, entries);
	}
	memset(table, 0, sizeof(*table));
}
EXPORT_SYMBOL(__sg_free_table);

static struct scatterlist *array_alloc(unsigned int nents, gfp_t gfp_mask)
{
	return kmalloc_array(nents, sizeof(struct scatterlist), gfp_mask);
}

static void array_free(struct scatterlist *array, unsigned int nents)
{
	kfree(array);
}

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
	int ret = __sg_alloc_table(table, nents, ENTRIES_PER_ARRAY, NULL, 0, gfp_mask, array_alloc);

	if (ret)
		sg_free_table(table);
	return ret;
}
EXPORT_SYMBOL(sg_alloc_table);

/** sg_free_table() - free what sg_alloc_table() made */
void sg_free_table(struct sg_table *table)
{
	__sg_free_table(table, ENTRIES_PER_ARRAY, 0, array_free, table->orig_nents);
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
