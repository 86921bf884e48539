// SPDX-License-Identifier: MIT
/*
 * Tables of scatterlists for those who may not wait and may not fail for long, as drivers of disks:
 * arrays come from reserves, one for each power of two of entries up to SG_CHUNK_SIZE, and longer
 * lists are chained of several.
 *
 * The caller may bring the first array, which often is enough. One entry of each array but the last
 * becomes a link, so that an array of one entry can't be part of a chain: it is left out then.
 */

#include <linux/scatterlist.h>

#include <linux/array_size.h>
#include <linux/export.h>
#include <linux/init.h>
#include <linux/log2.h>
#include <linux/mempool.h>
#include <linux/minmax.h>

#define SMALLEST	8
#define RESERVE		2	/* arrays of each size */

static mempool_t *pools[ilog2(SG_CHUNK_SIZE / SMALLEST) + 1];

static mempool_t *pool_for(unsigned int nents)
{
	return pools[ilog2(roundup_pow_of_two(max(nents, (unsigned int)SMALLEST)) / SMALLEST)];
}

static struct scatterlist *take_array(unsigned int nents, gfp_t gfp)
{
	return mempool_alloc(pool_for(nents), gfp);
}

static void give_array_back(struct scatterlist *sgl, unsigned int nents)
{
	mempool_free(sgl, pool_for(nents));
}

/* How many entries of the caller's array can be part of a chain. */
static unsigned int useful(unsigned int nents_first_chunk)
{
	return nents_first_chunk > 1 ? nents_first_chunk : 0;
}

/**
 * sg_free_table_chained() - free what sg_alloc_table_chained() has made
 * @table: the table
 * @nents_first_chunk: as it was given there
 */
void sg_free_table_chained(struct sg_table *table, unsigned int nents_first_chunk)
{
	if (table->orig_nents <= nents_first_chunk)
		return;
	__sg_free_table(table, SG_CHUNK_SIZE, useful(nents_first_chunk), give_array_back,
			table->orig_nents);
}
EXPORT_SYMBOL_GPL(sg_free_table_chained);

/**
 * sg_alloc_table_chained() - make a table of entries, in arrays of SG_CHUNK_SIZE at the most
 * @table: to be filled
 * @nents: entries
 * @first_chunk: the first array, the caller's; NULL: none
 * @nents_first_chunk: its entries
 *
 * Context: any but NMI.
 * Return: 0; -EINVAL for no entries; -ENOMEM, with nothing left to be freed.
 */
int sg_alloc_table_chained(struct sg_table *table, int nents, struct scatterlist *first_chunk,
			   unsigned int nents_first_chunk)
{
	unsigned int room = first_chunk ? nents_first_chunk : 0;
	int err;

	if (nents > 0 && nents <= room) {
		table->sgl = first_chunk;
		table->nents = table->orig_nents = nents;
		sg_init_table(first_chunk, nents);
		return 0;
	}
	room = useful(room);
	err = __sg_alloc_table(table, nents, SG_CHUNK_SIZE, room ? first_chunk : NULL, room,
			       GFP_ATOMIC, take_array);
	if (err)
		__sg_free_table(table, SG_CHUNK_SIZE, room, give_array_back, table->orig_nents);
	return err;
}
EXPORT_SYMBOL_GPL(sg_alloc_table_chained);

static int __init sg_pool_init(void)
{
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(pools); i++) {
		pools[i] = mempool_create_kmalloc_pool(RESERVE, (SMALLEST << i) *
								sizeof(struct scatterlist));
		if (!pools[i])
			return -ENOMEM;
	}
	return 0;
}
subsys_initcall(sg_pool_init);
