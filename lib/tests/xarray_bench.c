// SPDX-License-Identifier: MIT
/*
 * Benchmark of what finds things by number: XArray, IDR, IDA, maple tree. Rows of `make bench-lib`.
 *
 * Rows run with interrupts off, so nodes that were freed come back only between them.
 */

#include <linux/bench.h>

#include <linux/idr.h>
#include <linux/maple_tree.h>
#include <linux/xarray.h>

/* ---- XArray: a million indices ---- */

#define MILLION	1000000UL

static DEFINE_XARRAY(array);

static void empty_array(void)
{
	xa_destroy(&array);
}

static void store_million(void)
{
	unsigned long i;

	for (i = 0; i < MILLION; i++)
		xa_store(&array, i, xa_mk_value(i), GFP_NOWAIT);
}

static int full_array(void)
{
	store_million();
	return xa_load(&array, MILLION - 1) ? 0 : -ENOMEM;
}

static void load_million(void)
{
	unsigned long i;

	for (i = 0; i < MILLION; i++)
		bench_use(xa_load(&array, i));
}

static void walk_million(void)
{
	XA_STATE(xas, &array, 0);
	void *entry;

	rcu_read_lock();
	xas_for_each(&xas, entry, ULONG_MAX)
		bench_use(entry);
	rcu_read_unlock();
}

static void find_million(void)
{
	unsigned long i;
	void *entry;

	xa_for_each(&array, i, entry)
		bench_use(entry);
}

static void erase_million(void)
{
	unsigned long i;

	for (i = 0; i < MILLION; i++)
		xa_erase(&array, i);
}

static void refill(void)
{
	xa_destroy(&array);
	store_million();
}

PORTABLE_ROW(lib, xa_store_million, "xa_store of a million indices, new", store_million,
	  .before = empty_array, .teardown = empty_array, .operations = MILLION, .calls = 1);
PORTABLE_ROW(lib, xa_restore_million, "xa_store of a million indices, over others", store_million,
	  .setup = full_array, .teardown = empty_array, .operations = MILLION, .calls = 1);
PORTABLE_ROW(lib, xa_load_million, "xa_load of a million indices", load_million,
	  .setup = full_array, .teardown = empty_array, .operations = MILLION, .calls = 1);
PORTABLE_ROW(lib, xas_for_each_million, "xas_for_each over a million entries", walk_million,
	  .setup = full_array, .teardown = empty_array, .operations = MILLION, .calls = 1);
PORTABLE_ROW(lib, xa_for_each_million, "xa_for_each over a million entries", find_million,
	  .setup = full_array, .teardown = empty_array, .operations = MILLION, .calls = 1);
PORTABLE_ROW(lib, xa_erase_million, "xa_erase of a million indices", erase_million,
	  .before = refill, .teardown = empty_array, .operations = MILLION, .calls = 1);

/* ---- ids ---- */

#define IDS	1000

static DEFINE_IDR(ids);
static DEFINE_IDA(numbers);

static void take_ids(void)
{
	int i;

	for (i = 0; i < IDS; i++)
		bench_use(idr_alloc(&ids, &ids, 0, 0, GFP_NOWAIT));
}

static void free_ids(void)
{
	idr_destroy(&ids);
}

static void take_numbers(void)
{
	int i;

	for (i = 0; i < IDS; i++)
		bench_use(ida_alloc(&numbers, GFP_NOWAIT));
}

static void free_numbers(void)
{
	ida_destroy(&numbers);
}

PORTABLE_ROW(lib, idr_alloc, "idr_alloc, 1,000 ids", take_ids, .before = free_ids,
	  .teardown = free_ids, .operations = IDS);
PORTABLE_ROW(lib, ida_alloc, "ida_alloc, 1,000 ids", take_numbers, .before = free_numbers,
	  .teardown = free_numbers, .operations = IDS);

/* ---- maple tree: 10,000 ranges with gaps between them ---- */

#define RANGES	10000UL

static struct maple_tree plain_tree = MTREE_INIT(plain_tree, 0);
static struct maple_tree rcu_tree = MTREE_INIT(rcu_tree, MT_FLAGS_USE_RCU | MT_FLAGS_ALLOC_RANGE);

static void empty_trees(void)
{
	mtree_destroy(&plain_tree);
	mtree_destroy(&rcu_tree);
}

static void store_ranges(struct maple_tree *mt, unsigned long length)
{
	unsigned long i;

	for (i = 0; i < RANGES; i++)
		mtree_store_range(mt, i * 16, i * 16 + length - 1, xa_mk_value(i), GFP_NOWAIT);
}

static void store_plain(void)
{
	store_ranges(&plain_tree, 8);
}

static void store_rcu(void)
{
	store_ranges(&rcu_tree, 8);
}

static void lengthen_rcu(void)
{
	store_ranges(&rcu_tree, 10);
}

static int full_trees(void)
{
	store_plain();
	store_rcu();
	return mtree_load(&rcu_tree, 16 * (RANGES - 1)) ? 0 : -ENOMEM;
}

static void load_ranges(void)
{
	unsigned long i;

	for (i = 0; i < RANGES; i++)
		bench_use(mtree_load(&rcu_tree, i * 16 + 3));
}

static void walk_ranges(void)
{
	MA_STATE(mas, &rcu_tree, 0, 0);
	void *entry;

	rcu_read_lock();
	mas_for_each(&mas, entry, ULONG_MAX)
		bench_use(entry);
	rcu_read_unlock();
}

static void find_areas(void)
{
	MA_STATE(mas, &rcu_tree, 0, 0);
	unsigned long i;

	mas_lock(&mas);
	for (i = 0; i < RANGES; i++)
		bench_use(mas_empty_area_rev(&mas, 0, i * 16 + 15, 8));
	mas_unlock(&mas);
}

PORTABLE_ROW(lib, mtree_store_plain, "mtree_store_range, 10,000 new, no RCU readers", store_plain,
	  .before = empty_trees, .teardown = empty_trees, .operations = RANGES, .calls = 1);
PORTABLE_ROW(lib, mtree_store_rcu, "mtree_store_range, 10,000 new, RCU readers", store_rcu,
	  .before = empty_trees, .teardown = empty_trees, .operations = RANGES, .calls = 1);
PORTABLE_ROW(lib, mtree_lengthen_rcu, "mtree_store_range, 10,000 lengthened, RCU readers",
	  lengthen_rcu, .setup = full_trees, .teardown = empty_trees, .operations = RANGES,
	  .calls = 1);
PORTABLE_ROW(lib, mtree_load, "mtree_load among 10,000 ranges", load_ranges,
	  .setup = full_trees, .teardown = empty_trees, .operations = RANGES, .calls = 1);
PORTABLE_ROW(lib, mas_for_each, "mas_for_each over 10,000 ranges", walk_ranges,
	  .setup = full_trees, .teardown = empty_trees, .operations = RANGES, .calls = 1);
PORTABLE_ROW(lib, mas_empty_area_rev, "mas_empty_area_rev among 10,000 ranges", find_areas,
	  .setup = full_trees, .teardown = empty_trees, .operations = RANGES, .calls = 1);
