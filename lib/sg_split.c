// SPDX-License-Identifier: MIT
/*
 * Splitting a scatter list: one that the device gets in several transfers, each a list of its own.
 *
 *	in	  |--- a ---|-- b --|------ c ------|
 *	skip	  >>>>
 *	sizes	      [ 0      ][ 1     ][ 2 ]
 *	out[0]	      |- a -|b-|
 *	out[1]			|b -|-c-|
 *	out[2]			        |-c-|
 *
 * A list has two views: pieces of memory (page, offset, length), and after mapping what the device
 * sees (DMA address and length), which may be fewer, for neighbours join. Both are cut at the same
 * bytes, each by its own lengths; of a new list the first entries hold the second view.
 */

#include <linux/scatterlist.h>

#include <linux/errno.h>
#include <linux/export.h>
#include <linux/minmax.h>
#include <linux/slab.h>

/* Where a new list begins and ends in the old one. */
struct sg_part {
	struct scatterlist *first;
	size_t skip;		/* bytes of the first entry that are before it */
	int nents;
	size_t last_len;	/* bytes of the last entry, from where it begins to count */
};

static size_t entry_len(struct scatterlist *sg, bool mapped)
{
	return mapped ? sg_dma_len(sg) : sg->length;
}

/* Finds all parts in one of the two views. -EINVAL if the list is too short. */
static int find_parts(struct scatterlist *sg, int nents, bool mapped, off_t skip, int nb_splits,
		      const size_t *sizes, struct sg_part *parts)
{
	size_t at = skip;	/* bytes of the current entry that are used up */
	int k;

	for (k = 0; k < nb_splits; k++) {
		struct sg_part *part = &parts[k];
		size_t left = sizes[k];

		for (; nents && at >= entry_len(sg, mapped); sg = sg_next(sg), nents--)
			at -= entry_len(sg, mapped);
		*part = (struct sg_part) { .first = sg, .skip = at };
		while (left) {
			if (!nents)
				return -EINVAL;
			part->nents++;
			part->last_len = min(left, entry_len(sg, mapped) - at);
			left -= part->last_len;
			at += part->last_len;
			if (left) {
				sg = sg_next(sg);
				nents--;
				at = 0;
			}
		}
	}
	return 0;
}

static void fill_memory_view(struct scatterlist *out, const struct sg_part *part)
{
	struct scatterlist *in = part->first;
	int i;

	for (i = 0; i < part->nents; i++, in = sg_next(in)) {
		out[i] = *in;
		sg_unmark_end(&out[i]);
		sg_dma_address(&out[i]) = 0;
		sg_dma_len(&out[i]) = 0;
	}
	out[0].offset += part->skip;
	out[0].length -= part->skip;
	out[part->nents - 1].length = part->last_len;
	sg_mark_end(&out[part->nents - 1]);
}

static void fill_device_view(struct scatterlist *out, const struct sg_part *part)
{
	struct scatterlist *in = part->first;
	int i;

	for (i = 0; i < part->nents; i++, in = sg_next(in)) {
		sg_dma_address(&out[i]) = sg_dma_address(in);
		sg_dma_len(&out[i]) = sg_dma_len(in);
	}
	sg_dma_address(&out[0]) += part->skip;
	sg_dma_len(&out[0]) -= part->skip;
	sg_dma_len(&out[part->nents - 1]) = part->last_len;
}

static int make_lists(struct scatterlist **out, const struct sg_part *parts, int nb_splits,
		      gfp_t gfp_mask)
{
	int k;

	for (k = 0; k < nb_splits; k++) {
		out[k] = kmalloc_array(parts[k].nents, sizeof(**out), gfp_mask);
		if (!out[k])
			goto err_free;
	}
	return 0;

err_free:
	while (k--)
		kfree(out[k]);
	return -ENOMEM;
}

/**
 * sg_split() - cut a scatter list into several
 * @in: the list, which stays as it is
 * @in_mapped_nents: entries that were mapped for DMA; 0 if it wasn't
 * @skip: bytes at its beginning that go into none
 * @nb_splits: how many lists to make
 * @split_sizes: their bytes, none 0
 * @out: gets the lists: kfree() each; they name the same memory
 * @out_mapped_nents: gets how many of their entries are mapped; NULL if @in isn't
 * @gfp_mask: how to allocate
 *
 * Return: 0, -EINVAL if @in is too short or a size is 0, -ENOMEM; then @out holds nothing to free.
 */
int sg_split(struct scatterlist *in, const int in_mapped_nents, const off_t skip,
	     const int nb_splits, const size_t *split_sizes, struct scatterlist **out,
	     int *out_mapped_nents, gfp_t gfp_mask)
{
	struct sg_part *parts, *mapped;
	int k, ret = -EINVAL;

	for (k = 0; k < nb_splits; k++)
		if (!split_sizes[k])
			return -EINVAL;
	parts = kcalloc(2 * (size_t)nb_splits, sizeof(*parts), gfp_mask);
	if (!parts)
		return -ENOMEM;
	mapped = parts + nb_splits;

	ret = find_parts(in, sg_nents(in), false, skip, nb_splits, split_sizes, parts);
	if (!ret && in_mapped_nents)
		ret = find_parts(in, in_mapped_nents, true, skip, nb_splits, split_sizes, mapped);
	for (k = 0; !ret && k < nb_splits; k++)
		if (WARN_ON_ONCE(mapped[k].nents > parts[k].nents))
			ret = -EINVAL;
	if (!ret)
		ret = make_lists(out, parts, nb_splits, gfp_mask);
	if (ret)
		goto out_free;

	for (k = 0; k < nb_splits; k++) {
		fill_memory_view(out[k], &parts[k]);
		if (!in_mapped_nents)
			continue;
		fill_device_view(out[k], &mapped[k]);
		out_mapped_nents[k] = mapped[k].nents;
	}
out_free:
	kfree(parts);
	return ret;
}
EXPORT_SYMBOL(sg_split);
