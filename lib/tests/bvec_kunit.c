// SPDX-License-Identifier: MIT
/* Tests of <linux/bvec.h>: walks over page fragments, and access to their content. */

#include "iov_iter_world.h"

#include <linux/bvec.h>
#include <linux/highmem.h>
#include <linux/io.h>
#include <linux/string.h>

static void bvec_walks_cut_at_pages_or_do_not(struct kunit *test)
{
	struct world *w = test->priv;
	struct bio_vec vec[3], bv;
	struct bvec_iter_all all;
	struct bvec_iter it, start = { .bi_size = 2 * PAGE_SIZE + 20 };
	unsigned int n, bytes;

	bvec_set_page(&vec[0], w->page, 20, 8);
	bvec_set_page(&vec[1], w->page, 0, 0);
	bvec_set_page(&vec[2], w->page + 1, 2 * PAGE_SIZE, 100);
	n = bytes = 0;
	for_each_bvec(bv, vec, it, start) {
		KUNIT_EXPECT_LE(test, bv.bv_offset + bv.bv_len, (unsigned int)PAGE_SIZE);
		bytes += bv.bv_len;
		n += !!bv.bv_len;
	}
	KUNIT_EXPECT_EQ(test, n, 4U);
	KUNIT_EXPECT_EQ(test, bytes, start.bi_size);
	n = 0;
	for_each_mp_bvec(bv, vec, it, start)
		n += !!bv.bv_len;
	KUNIT_EXPECT_EQ(test, n, 2U);

	it = start;
	KUNIT_EXPECT_TRUE(test, bvec_iter_advance(vec, &it, 20 + PAGE_SIZE));
	KUNIT_EXPECT_EQ(test, it.bi_idx, 2U);
	KUNIT_EXPECT_EQ(test, it.bi_bvec_done, (unsigned int)PAGE_SIZE);
	bv = bvec_iter_bvec(vec, it);
	KUNIT_EXPECT_PTR_EQ(test, bv.bv_page, w->page + 2);
	KUNIT_EXPECT_EQ(test, bv.bv_offset, 100U);
	KUNIT_EXPECT_EQ(test, bv.bv_len, (unsigned int)PAGE_SIZE - 100);

	bvec_init_iter_all(&all);
	bvec_advance(&vec[2], &all);
	KUNIT_EXPECT_EQ(test, all.bv.bv_len, (unsigned int)PAGE_SIZE - 100);
	bvec_advance(&vec[2], &all);
	bvec_advance(&vec[2], &all);
	KUNIT_EXPECT_EQ(test, all.bv.bv_len, 100U);
	KUNIT_EXPECT_EQ(test, all.idx, 1);
}

static void bvec_content_is_at_hand(struct kunit *test)
{
	struct world *w = test->priv;
	struct bio_vec bv;
	char buf[8] = "";
	char *p;

	bvec_set_virt(&bv, w->mem + PAGE_SIZE + 5, 6);
	memcpy_to_bvec(&bv, "hello");
	KUNIT_EXPECT_STREQ(test, (char *)w->mem + PAGE_SIZE + 5, "hello");
	KUNIT_EXPECT_PTR_EQ(test, (u8 *)bvec_virt(&bv), w->mem + PAGE_SIZE + 5);
	KUNIT_EXPECT_EQ(test, bvec_phys(&bv), virt_to_phys(w->mem + PAGE_SIZE + 5));
	p = bvec_kmap_local(&bv);
	KUNIT_EXPECT_EQ(test, p[1], 'e');
	kunmap_local(p);
	memcpy_from_bvec(buf, &bv);
	KUNIT_EXPECT_STREQ(test, buf, "hello");
	memzero_bvec(&bv);
	KUNIT_EXPECT_EQ(test, w->mem[PAGE_SIZE + 5], 0);
}

static void advancing_a_bvec_walk_too_far_ends_it(struct kunit *test)
{
	struct world *w = test->priv;
	struct bio_vec bv;
	struct bvec_iter it = { .bi_size = 5 };

	kunit_expect_report(test, REPORT_WARN);
	bvec_set_virt(&bv, w->mem, 5);
	KUNIT_EXPECT_FALSE(test, bvec_iter_advance(&bv, &it, 6));
	KUNIT_EXPECT_EQ(test, it.bi_size, 0U);
}

static struct kunit_case bvec_cases[] = {
	KUNIT_CASE(bvec_walks_cut_at_pages_or_do_not),
	KUNIT_CASE(bvec_content_is_at_hand),
	KUNIT_CASE(advancing_a_bvec_walk_too_far_ends_it),
	{}
};

static struct kunit_suite bvec_suite = {
	.name = "bvec",
	.init = world_init,
	.exit = world_exit,
	.test_cases = bvec_cases,
};
kunit_test_suite(bvec_suite);

MODULE_LICENSE("MIT");
