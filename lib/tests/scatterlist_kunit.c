// SPDX-License-Identifier: MIT
/* Tests of <linux/scatterlist.h>: walks over chains, copies, pages, and bytes page by page. */

#include <kunit/test.h>

#include <linux/array_size.h>
#include <linux/gfp.h>
#include <linux/scatterlist.h>
#include <linux/slab.h>
#include <linux/string.h>

#define ORDER	2
#define BYTES	(PAGE_SIZE << ORDER)

static struct page *pages;
static u8 *mem;

static int sg_init(struct kunit *test)
{
	unsigned int i;

	pages = alloc_pages(GFP_KERNEL | __GFP_COMP, ORDER);
	if (!pages)
		return -ENOMEM;
	mem = page_address(pages);
	for (i = 0; i < BYTES; i++)
		mem[i] = i * 7 + (i >> 8);
	return 0;
}

static void sg_exit(struct kunit *test)
{
	if (pages)
		__free_pages(pages, ORDER);
	pages = NULL;
}

static void tables_are_chained_as_need_be(struct kunit *test)
{
	static const unsigned int sizes[] = {
		1, 2, SG_MAX_SINGLE_ALLOC - 1, SG_MAX_SINGLE_ALLOC, SG_MAX_SINGLE_ALLOC + 1,
		2 * SG_MAX_SINGLE_ALLOC - 1, 2 * SG_MAX_SINGLE_ALLOC, 1000,
	};
	struct scatterlist *sg;
	struct sg_table table;
	unsigned int k, i;

	KUNIT_EXPECT_EQ(test, sg_alloc_table(&table, 0, GFP_KERNEL), -EINVAL);
	for (k = 0; k < ARRAY_SIZE(sizes); k++) {
		KUNIT_ASSERT_EQ(test, sg_alloc_table(&table, sizes[k], GFP_KERNEL), 0);
		KUNIT_EXPECT_EQ(test, table.orig_nents, sizes[k]);
		KUNIT_EXPECT_EQ(test, sg_nents(table.sgl), (int)sizes[k]);
		for_each_sgtable_sg(&table, sg, i)
			sg_set_page(sg, pages, 3, i % 1000);
		KUNIT_EXPECT_TRUE(test, sg_is_last(sg_last(table.sgl, sizes[k])));
		KUNIT_EXPECT_EQ(test, sg_nents_for_len(table.sgl, 3 * sizes[k]), (int)sizes[k]);
		KUNIT_EXPECT_EQ(test, sg_nents_for_len(table.sgl, 3 * sizes[k] + 1), -EINVAL);
		sg_free_table(&table);
		KUNIT_EXPECT_NULL(test, table.sgl);
	}
}

/* Three pieces, odd ones, in 2 + 2 entries of which one is the link. */
static void make_chain(struct scatterlist first[2], struct scatterlist second[2])
{
	sg_init_table(first, 2);
	sg_init_table(second, 2);
	sg_set_buf(&first[0], mem + 100, 10);
	sg_chain(first, 2, second);
	sg_set_page(&second[0], pages, PAGE_SIZE + 5, PAGE_SIZE - 2);
	sg_set_page(&second[1], pages, 20, 3 * PAGE_SIZE + 7);
}

#define CHAIN_BYTES	(10 + PAGE_SIZE + 5 + 20)

static u8 *whole_chain(struct kunit *test)
{
	u8 *want = kunit_kzalloc(test, CHAIN_BYTES, GFP_KERNEL);

	KUNIT_ASSERT_NOT_NULL(test, want);
	memcpy(want, mem + 100, 10);
	memcpy(want + 10, mem + PAGE_SIZE - 2, PAGE_SIZE + 5);
	memcpy(want + 15 + PAGE_SIZE, mem + 3 * PAGE_SIZE + 7, 20);
	return want;
}

static void copies_go_over_chains(struct kunit *test)
{
	u8 *got = kunit_kzalloc(test, CHAIN_BYTES + 1, GFP_KERNEL), *want;
	struct scatterlist first[2], second[2];
	size_t skip;

	KUNIT_ASSERT_NOT_NULL(test, got);
	make_chain(first, second);
	want = whole_chain(test);
	KUNIT_EXPECT_EQ(test, sg_copy_to_buffer(first, 3, got, CHAIN_BYTES + 1), CHAIN_BYTES);
	KUNIT_EXPECT_MEMEQ(test, got, want, CHAIN_BYTES);
	for (skip = 0; skip <= CHAIN_BYTES; skip += 9) {
		KUNIT_EXPECT_EQ(test, sg_pcopy_to_buffer(first, 3, got, CHAIN_BYTES, skip),
				CHAIN_BYTES - skip);
		KUNIT_EXPECT_MEMEQ(test, got, want + skip, CHAIN_BYTES - skip);
	}
	KUNIT_EXPECT_EQ(test, sg_copy_to_buffer(first, 2, got, CHAIN_BYTES), CHAIN_BYTES - 20);
	KUNIT_EXPECT_EQ(test, sg_pcopy_from_buffer(first, 3, "xyz", 3, 9), 3UL);
	KUNIT_EXPECT_EQ(test, mem[109], 'x');
	KUNIT_EXPECT_EQ(test, mem[PAGE_SIZE - 1], 'z');
	KUNIT_EXPECT_EQ(test, sg_zero_buffer(first, 3, 2, 9), 2UL);
	KUNIT_EXPECT_EQ(test, mem[109], 0);
	KUNIT_EXPECT_EQ(test, mem[PAGE_SIZE - 1], 'z');
}

static void mapped_bytes_come_page_by_page(struct kunit *test)
{
	struct scatterlist first[2], second[2];
	struct sg_mapping_iter m;
	size_t at = 0, steps = 0;
	u8 *want;

	make_chain(first, second);
	want = whole_chain(test);
	sg_miter_start(&m, first, 3, SG_MITER_FROM_SG);
	while (sg_miter_next(&m)) {
		KUNIT_ASSERT_LE(test, at + m.length, CHAIN_BYTES);
		KUNIT_EXPECT_LE(test, offset_in_page(m.addr) + m.length, PAGE_SIZE);
		KUNIT_EXPECT_MEMEQ(test, (u8 *)m.addr, want + at, m.length);
		at += m.length;
		steps++;
	}
	sg_miter_stop(&m);
	KUNIT_EXPECT_EQ(test, at, CHAIN_BYTES);
	KUNIT_EXPECT_EQ(test, steps, 5UL);	/* 10; 2, a page, 3; 20 */
}

static void what_was_not_consumed_comes_again(struct kunit *test)
{
	struct scatterlist first[2], second[2];
	struct sg_mapping_iter m;

	make_chain(first, second);
	sg_miter_start(&m, first, 3, SG_MITER_FROM_SG | SG_MITER_ATOMIC);
	KUNIT_ASSERT_TRUE(test, sg_miter_next(&m));
	m.consumed = 4;
	KUNIT_ASSERT_TRUE(test, sg_miter_next(&m));
	KUNIT_EXPECT_EQ(test, m.length, 6UL);
	KUNIT_EXPECT_PTR_EQ(test, m.addr, (void *)mem + 104);
	sg_miter_stop(&m);
	KUNIT_EXPECT_TRUE(test, sg_miter_skip(&m, 3));
	KUNIT_ASSERT_TRUE(test, sg_miter_next(&m));
	KUNIT_EXPECT_EQ(test, m.length, PAGE_SIZE - 1);
	KUNIT_EXPECT_FALSE(test, sg_miter_skip(&m, 100));
	sg_miter_stop(&m);
}

static void pages_are_counted_from_each_piece(struct kunit *test)
{
	static const unsigned int want[] = { 0, 0, 1, 2, 0, 1, 2, 3 };
	struct scatterlist first[2], second[2];
	struct sg_page_iter piter;
	unsigned int n = 0;

	make_chain(first, second);
	for_each_sg_page(first, &piter, 3, 0) {
		KUNIT_ASSERT_LT(test, n, (unsigned int)ARRAY_SIZE(want));
		KUNIT_EXPECT_PTR_EQ(test, sg_page_iter_page(&piter), n ? pages + want[n] :
				    virt_to_page(mem + 100));
		n++;
	}
	KUNIT_EXPECT_EQ(test, n, (unsigned int)ARRAY_SIZE(want));
	n = 0;
	for_each_sg_page(first, &piter, 3, 6)
		n++;
	KUNIT_EXPECT_EQ(test, n, 2U);
}

static void neighbours_join_in_a_table_of_pages(struct kunit *test)
{
	struct page *list[4] = { pages + 1, pages + 2, pages, pages + 3 };
	struct sg_table t;

	KUNIT_ASSERT_EQ(test, 0,
			sg_alloc_table_from_pages(&t, list, 4, 100, 3 * PAGE_SIZE, GFP_KERNEL));
	KUNIT_EXPECT_EQ(test, t.nents, 3U);
	KUNIT_EXPECT_EQ(test, t.sgl[0].length, (unsigned int)(2 * PAGE_SIZE - 100));
	KUNIT_EXPECT_EQ(test, t.sgl[0].offset, 100U);
	KUNIT_EXPECT_EQ(test, t.sgl[1].length, (unsigned int)PAGE_SIZE);
	KUNIT_EXPECT_EQ(test, t.sgl[2].length, 100U);
	sg_free_table(&t);
	KUNIT_EXPECT_EQ(test, sg_alloc_table_from_pages_segment(&t, list, 4, 0, 4 * PAGE_SIZE,
								PAGE_SIZE, GFP_KERNEL), 0);
	KUNIT_EXPECT_EQ(test, t.nents, 4U);
	sg_free_table(&t);
	KUNIT_EXPECT_EQ(test, -EINVAL,
			sg_alloc_table_from_pages_segment(&t, list, 4, 0, 4 * PAGE_SIZE,
							  PAGE_SIZE - 1, GFP_KERNEL));
}

static void lists_may_have_memory_of_their_own(struct kunit *test)
{
	struct scatterlist *sgl;
	unsigned int n = 0;

	sgl = sgl_alloc(2 * PAGE_SIZE + 1, GFP_KERNEL, &n);
	KUNIT_ASSERT_NOT_NULL(test, sgl);
	KUNIT_EXPECT_EQ(test, n, 3U);
	KUNIT_EXPECT_EQ(test, sgl[2].length, 1U);
	KUNIT_EXPECT_TRUE(test, sg_is_last(&sgl[2]));
	sgl_free(sgl);
	sgl = sgl_alloc_order(3 * PAGE_SIZE, 1, true, GFP_KERNEL, &n);
	KUNIT_ASSERT_NOT_NULL(test, sgl);
	KUNIT_EXPECT_EQ(test, n, 2U);
	KUNIT_EXPECT_EQ(test, sgl[0].length, (unsigned int)(2 * PAGE_SIZE));
	sgl_free_order(sgl, 1);
	KUNIT_EXPECT_NULL(test, sgl_alloc(U64_MAX, GFP_KERNEL, &n));
}

/* ---- arrays of one's own ---- */

static unsigned int arrays, array_limit;

static struct scatterlist *counted_alloc(unsigned int nents, gfp_t gfp)
{
	if (arrays == array_limit)
		return NULL;
	arrays++;
	return kmalloc_array(nents, sizeof(struct scatterlist), gfp);
}

static void counted_free(struct scatterlist *sgl, unsigned int nents)
{
	arrays--;
	kfree(sgl);
}

static void arrays_may_be_small_and_the_first_ones_own(struct kunit *test)
{
	struct scatterlist first[3], *sg;
	struct sg_table t;
	unsigned int nents, i;

	array_limit = UINT_MAX;
	for (nents = 1; nents < 20; nents++) {
		KUNIT_ASSERT_EQ(test, __sg_alloc_table(&t, nents, 2 + nents % 3, NULL, 0,
						       GFP_KERNEL, counted_alloc), 0);
		KUNIT_EXPECT_EQ(test, sg_nents(t.sgl), (int)nents);
		__sg_free_table(&t, 2 + nents % 3, 0, counted_free, t.orig_nents);
		KUNIT_EXPECT_EQ(test, arrays, 0U);

		KUNIT_ASSERT_EQ(test, __sg_alloc_table(&t, nents, 4, first, 3, GFP_KERNEL,
						       counted_alloc), 0);
		KUNIT_EXPECT_PTR_EQ(test, t.sgl, &first[0]);
		i = 0;
		for (sg = t.sgl; sg; sg = sg_next(sg))
			i++;
		KUNIT_EXPECT_EQ(test, i, nents);
		__sg_free_table(&t, 4, 3, counted_free, t.orig_nents);
		KUNIT_EXPECT_EQ(test, arrays, 0U);
	}
}

/* The suite's balance tells whether every array went back. */
static void chained_tables_begin_with_the_callers_array(struct kunit *test)
{
	static const unsigned int sizes[] = { 1, 2, 3, 8, 9, 127, 128, 129, 255, 256, 1000 };
	struct scatterlist first[8], *sg;
	struct sg_table t;
	unsigned int own, i, n;

	for (own = 0; own <= ARRAY_SIZE(first); own++) {
		for (i = 0; i < ARRAY_SIZE(sizes); i++) {
			KUNIT_ASSERT_EQ(test, sg_alloc_table_chained(&t, sizes[i],
								     own ? first : NULL, own), 0);
			/* A single entry serves alone; it can't be part of a chain. */
			KUNIT_EXPECT_EQ(test, t.sgl == first, own > 1 || own == sizes[i]);
			for (n = 0, sg = t.sgl; sg; sg = sg_next(sg))
				n++;
			KUNIT_EXPECT_EQ(test, n, sizes[i]);
			sg_free_table_chained(&t, own);
		}
	}
	KUNIT_EXPECT_EQ(test, sg_alloc_table_chained(&t, 0, NULL, 0), -EINVAL);
}

static void what_was_made_before_memory_ran_out_is_freed(struct kunit *test)
{
	struct sg_table t;

	for (array_limit = 0; array_limit < 5; array_limit++) {
		KUNIT_EXPECT_EQ(test, __sg_alloc_table(&t, 20, 2 + array_limit % 2, NULL, 0,
						       GFP_KERNEL, counted_alloc), -ENOMEM);
		KUNIT_EXPECT_EQ(test, arrays, array_limit);
		__sg_free_table(&t, 2 + array_limit % 2, 0, counted_free, t.orig_nents);
		KUNIT_EXPECT_EQ(test, arrays, 0U);
	}
}

/* ---- tables that grow ---- */

static void a_table_grows_call_by_call(struct kunit *test)
{
	struct page *order[] = { pages, pages + 1, pages + 3, pages, pages + 1, pages + 2 };
	struct sg_append_table t = {};
	unsigned int i;

	/* joins what goes on in memory, across calls too */
	KUNIT_ASSERT_EQ(test, sg_alloc_append_table_from_pages(&t, order, 1, 100, PAGE_SIZE - 100,
							       UINT_MAX, 5, GFP_KERNEL), 0);
	KUNIT_EXPECT_EQ(test, t.sgt.orig_nents, 1U);
	KUNIT_EXPECT_FALSE(test, sg_is_last(t.prv));
	KUNIT_ASSERT_EQ(test, sg_alloc_append_table_from_pages(&t, order + 1, 2, 0, 2 * PAGE_SIZE,
							       UINT_MAX, 3, GFP_KERNEL), 0);
	KUNIT_EXPECT_EQ(test, t.sgt.orig_nents, 2U);
	KUNIT_EXPECT_EQ(test, t.sgt.sgl[0].length, 2 * (unsigned int)PAGE_SIZE - 100);
	KUNIT_ASSERT_EQ(test, sg_alloc_append_table_from_pages(&t, order + 3, 3, 0,
							       2 * PAGE_SIZE + 7, 2 * PAGE_SIZE, 0,
							       GFP_KERNEL), 0);
	KUNIT_EXPECT_EQ(test, t.sgt.nents, 4U);
	KUNIT_EXPECT_EQ(test, sg_nents(t.sgt.sgl), 4);
	KUNIT_EXPECT_EQ(test, t.sgt.sgl[2].length, 2 * (unsigned int)PAGE_SIZE);
	KUNIT_EXPECT_EQ(test, t.sgt.sgl[3].length, 7U);
	sg_free_append_table(&t);
	KUNIT_EXPECT_NULL(test, t.sgt.sgl);

	/* many calls, several arrays: every other page, so that none join */
	for (i = 0; i < 600; i++)
		KUNIT_ASSERT_EQ(test, sg_alloc_append_table_from_pages(&t, &order[i % 2 * 2], 1, 0,
								       PAGE_SIZE, UINT_MAX, 599 - i,
								       GFP_KERNEL), 0);
	KUNIT_EXPECT_EQ(test, t.sgt.orig_nents, 600U);
	KUNIT_EXPECT_EQ(test, t.total_nents, 600U);
	KUNIT_EXPECT_EQ(test, sg_nents(t.sgt.sgl), 600);
	sg_free_append_table(&t);

	/* given up half way */
	KUNIT_ASSERT_EQ(test, sg_alloc_append_table_from_pages(&t, order, 3, 0, 3 * PAGE_SIZE,
							       UINT_MAX, 1000, GFP_KERNEL), 0);
	sg_free_append_table(&t);
	KUNIT_EXPECT_EQ(test, -EINVAL,
			sg_alloc_append_table_from_pages(&t, order, 1, 0, 1, 7, 0, GFP_KERNEL));
}

/* ---- splitting ---- */

/* Every cut of the chain in two, the first bytes left out, against the bytes themselves. */
static void a_list_is_split_at_every_byte(struct kunit *test)
{
	u8 *want = whole_chain(test), *got = kunit_kzalloc(test, CHAIN_BYTES, GFP_KERNEL);
	struct scatterlist first[2], second[2], *out[2];
	size_t sizes[2], skip, cut;

	KUNIT_ASSERT_NOT_NULL(test, got);
	make_chain(first, second);
	for (skip = 0; skip < 14; skip++) {
		for (cut = 1; cut < CHAIN_BYTES - skip; cut += cut < 30 ||
		     cut > PAGE_SIZE ? 1 : 37) {
			unsigned int k;
			size_t at = skip;

			sizes[0] = cut;
			sizes[1] = CHAIN_BYTES - skip - cut;
			KUNIT_ASSERT_EQ(test, sg_split(first, 0, skip, 2, sizes, out, NULL,
						       GFP_KERNEL), 0);
			for (k = 0; k < 2; k++) {
				KUNIT_ASSERT_EQ(test, sizes[k],
						sg_copy_to_buffer(out[k], sg_nents(out[k]), got,
								  CHAIN_BYTES));
				KUNIT_ASSERT_TRUE(test, !memcmp(got, want + at, sizes[k]));
				at += sizes[k];
				kfree(out[k]);
			}
		}
	}
	sizes[1]++;
	KUNIT_EXPECT_EQ(test, sg_split(first, 0, 14, 2, sizes, out, NULL, GFP_KERNEL), -EINVAL);
	sizes[1] = 0;
	KUNIT_EXPECT_EQ(test, sg_split(first, 0, 0, 2, sizes, out, NULL, GFP_KERNEL), -EINVAL);
	KUNIT_EXPECT_TRUE(test, sg_is_last(&second[1]));
}

/* Three pieces that the device sees as two. */
static void what_the_device_sees_is_split_likewise(struct kunit *test)
{
	struct scatterlist in[3], *out[2];
	size_t sizes[2] = { 70, 120 };
	int mapped[2];

	sg_init_table(in, 3);
	sg_set_buf(&in[0], mem, 50);
	sg_set_buf(&in[1], mem + 1000, 50);
	sg_set_buf(&in[2], mem + 3000, 100);
	sg_dma_address(&in[0]) = 0x1000;
	sg_dma_len(&in[0]) = 100;
	sg_dma_address(&in[1]) = 0x8000;
	sg_dma_len(&in[1]) = 100;
	KUNIT_ASSERT_EQ(test, sg_split(in, 2, 10, 2, sizes, out, mapped, GFP_KERNEL), 0);
	KUNIT_EXPECT_EQ(test, mapped[0], 1);
	KUNIT_EXPECT_EQ(test, mapped[1], 2);
	KUNIT_EXPECT_EQ(test, sg_nents(out[0]), 2);
	KUNIT_EXPECT_EQ(test, sg_dma_address(&out[0][0]), 0x100aULL);
	KUNIT_EXPECT_EQ(test, sg_dma_len(&out[0][0]), 70U);
	KUNIT_EXPECT_EQ(test, sg_dma_address(&out[1][0]), 0x1050ULL);
	KUNIT_EXPECT_EQ(test, sg_dma_len(&out[1][0]), 20U);
	KUNIT_EXPECT_EQ(test, sg_dma_address(&out[1][1]), 0x8000ULL);
	KUNIT_EXPECT_EQ(test, sg_dma_len(&out[1][1]), 100U);
	KUNIT_EXPECT_EQ(test, out[1][0].length, 20U);
	KUNIT_EXPECT_EQ(test, out[1][1].length, 100U);
	kfree(out[0]);
	kfree(out[1]);
}

static void entries_carry_what_the_dma_layer_notes(struct kunit *test)
{
	struct scatterlist sg;

	sg_init_table(&sg, 1);
	KUNIT_EXPECT_FALSE(test, sg_dma_is_bus_address(&sg) || sg_dma_is_swiotlb(&sg));
	sg_dma_mark_bus_address(&sg);
	sg_dma_mark_swiotlb(&sg);
	KUNIT_EXPECT_TRUE(test, sg_dma_is_bus_address(&sg) && sg_dma_is_swiotlb(&sg));
	sg_dma_unmark_bus_address(&sg);
	KUNIT_EXPECT_FALSE(test, sg_dma_is_bus_address(&sg));
}

static struct kunit_case scatterlist_cases[] = {
	KUNIT_CASE(tables_are_chained_as_need_be),
	KUNIT_CASE(copies_go_over_chains),
	KUNIT_CASE(mapped_bytes_come_page_by_page),
	KUNIT_CASE(what_was_not_consumed_comes_again),
	KUNIT_CASE(pages_are_counted_from_each_piece),
	KUNIT_CASE(neighbours_join_in_a_table_of_pages),
	KUNIT_CASE(lists_may_have_memory_of_their_own),
	KUNIT_CASE(arrays_may_be_small_and_the_first_ones_own),
	KUNIT_CASE(chained_tables_begin_with_the_callers_array),
	KUNIT_CASE(what_was_made_before_memory_ran_out_is_freed),
	KUNIT_CASE(a_table_grows_call_by_call),
	KUNIT_CASE(a_list_is_split_at_every_byte),
	KUNIT_CASE(what_the_device_sees_is_split_likewise),
	KUNIT_CASE(entries_carry_what_the_dma_layer_notes),
	{}
};

static struct kunit_suite scatterlist_suite = {
	.name = "scatterlist",
	.init = sg_init,
	.exit = sg_exit,
	.test_cases = scatterlist_cases,
};
kunit_test_suite(scatterlist_suite);
