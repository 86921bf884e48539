// SPDX-License-Identifier: MIT
/*
 * Tests of <linux/uio.h>. The memory under test, the arena, is one block of pages that can be seen at
 * a kernel address and at a user address:
 *
 *	BASE			the arena, ARENA bytes, writable
 *	BASE + ARENA		nothing
 *	RDONLY			one read-only page
 *
 * The long random run walks a vector of disjoint pieces of it, in every kind, beside a model that
 * is two arrays: what the arena holds, and which of its bytes is byte n of the iterator.
 */

#include <kunit/test.h>

#include <linux/bvec.h>
#include <linux/gfp.h>
#include <linux/io.h>
#include <linux/iov_iter.h>
#include <linux/kthread.h>
#include <linux/mm.h>
#include <linux/page_ref.h>
#include <linux/pagemap.h>
#include <linux/pgtable.h>
#include <linux/prandom.h>
#include <linux/sched/mm.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/uaccess.h>
#include <linux/uio.h>
#include <linux/vmalloc.h>
#include <linux/xarray.h>

#define ORDER		2
#define ARENA		(PAGE_SIZE << ORDER)
#define BASE		0x20000000UL
#define RDONLY		(BASE + ARENA + PAGE_SIZE)
#define USER(addr)	((void __user *)(addr))
#define MAX_SEGS	12
#define XA_INDEX	100	/* of the arena in the page cache */

struct world {
	struct mm_struct *mm;
	struct page *page;	/* the arena's first, head of a folio */
	u8 *mem;		/* the arena */
	struct page *rdonly;
	u8 *buf;		/* ARENA bytes of the test's own */
};

static int world_init(struct kunit *test)
{
	struct world *w = kunit_kzalloc(test, sizeof(*w), GFP_KERNEL);
	unsigned int k;

	KUNIT_ASSERT_NOT_NULL(test, w);
	w->buf = kunit_kzalloc(test, ARENA, GFP_KERNEL);
	KUNIT_ASSERT_NOT_NULL(test, w->buf);
	w->mm = mm_alloc();
	KUNIT_ASSERT_NOT_NULL(test, w->mm);
	test->priv = w;
	w->page = alloc_pages(GFP_KERNEL | __GFP_ZERO | __GFP_COMP, ORDER);
	w->rdonly = alloc_page(GFP_KERNEL | __GFP_ZERO);
	KUNIT_ASSERT_NOT_NULL(test, w->page);
	KUNIT_ASSERT_NOT_NULL(test, w->rdonly);
	w->mem = page_address(w->page);
	for (k = 0; k < 1 << ORDER; k++)
		KUNIT_ASSERT_EQ(test, 0, mm_map_user_page(w->mm, BASE + k * PAGE_SIZE,
							  w->page + k, PAGE_SHARED));
	KUNIT_ASSERT_EQ(test, 0, mm_map_user_page(w->mm, RDONLY, w->rdonly, PAGE_READONLY));
	return 0;
}

static void world_exit(struct kunit *test)
{
	struct world *w = test->priv;

	if (!w)
		return;
	mmput(w->mm);
	if (w->page) {
		KUNIT_EXPECT_EQ(test, page_count(w->page), 1);
		put_page(w->page);
	}
	if (w->rdonly) {
		KUNIT_EXPECT_EQ(test, page_count(w->rdonly), 1);
		put_page(w->rdonly);
	}
}

/* A case that sees the arena at BASE: only EXPECTs in its body, so that the space is given back. */
#define IN_USER_SPACE(name)							\
static void __##name(struct kunit *test, struct world *w);			\
static void name(struct kunit *test)						\
{										\
	struct world *w = test->priv;						\
										\
	kthread_use_mm(w->mm);							\
	__##name(test, w);							\
	kthread_unuse_mm(w->mm);						\
}										\
static void __##name(struct kunit *test, struct world *w)

static void fill(void *p, size_t n, u8 seed)
{
	u8 *b = p;

	while (n--)
		*b++ = seed++ * 31 + 7;
}

/* ---- the random run ---- */

struct run {
	struct kunit *test;
	struct world *w;
	struct rnd_state rnd;
	unsigned int nr;
	unsigned int seg_off[MAX_SEGS], seg_len[MAX_SEGS];	/* in the arena */
	union {
		struct iovec iov[MAX_SEGS];
		struct kvec kvec[MAX_SEGS];
		struct bio_vec bvec[MAX_SEGS];
	};
	struct iov_iter iter;
	/* the model */
	u8 *shadow;
	u16 *where;		/* byte of the arena that byte n of the iterator is */
	unsigned int total, pos, limit;
	struct page *page;	/* of four pages, to copy from and to */
	struct xarray cache;	/* for ITER_XARRAY: the arena, one folio */
};

static unsigned int below(struct run *r, unsigned int n)
{
	return n ? prandom_u32_state(&r->rnd) % n : 0;
}

/* Disjoint pieces in rising order, a third of them empty. */
static void make_segments(struct run *r, bool single)
{
	unsigned int at = 0, n, k;

	r->nr = single ? 1 : 1 + below(r, MAX_SEGS);
	r->total = 0;
	for (k = 0; k < r->nr; k++) {
		at += below(r, 3) ? below(r, 300) : 0;
		n = below(r, 3) ? below(r, 2500) : 0;
		if (single)
			n += 3000;
		n = min_t(unsigned int, n, at < ARENA ? ARENA - at : 0);
		at = min_t(unsigned int, at, ARENA - 1);
		r->seg_off[k] = at;
		r->seg_len[k] = n;
		for (; n; n--)
			r->where[r->total++] = at++;
	}
	r->pos = 0;
	r->limit = r->total;
}

static void make_iter(struct run *r, enum iter_type type)
{
	unsigned int k;

	for (k = 0; k < r->nr; k++) {
		unsigned int off = r->seg_off[k], len = r->seg_len[k];

		if (type == ITER_IOVEC)
			r->iov[k] = (struct iovec) { USER(BASE + off), len };
		else if (type == ITER_KVEC)
			r->kvec[k] = (struct kvec) { r->w->mem + off, len };
		else if (type == ITER_BVEC)	/* an offset may be of a later page */
			bvec_set_page(&r->bvec[k], r->w->page, len, off);
	}
	if (type == ITER_UBUF)
		iov_iter_ubuf(&r->iter, ITER_DEST, USER(BASE + r->seg_off[0]), r->total);
	else if (type == ITER_IOVEC)
		iov_iter_init(&r->iter, ITER_DEST, r->iov, r->nr, r->total);
	else if (type == ITER_KVEC)
		iov_iter_kvec(&r->iter, ITER_DEST, r->kvec, r->nr, r->total);
	else if (type == ITER_BVEC)
		iov_iter_bvec(&r->iter, ITER_DEST, r->bvec, r->nr, r->total);
	else
		iov_iter_xarray(&r->iter, ITER_DEST, &r->cache,
				XA_INDEX * PAGE_SIZE + r->seg_off[0], r->total);
}

static unsigned int expect(struct run *r, unsigned int n)
{
	return min(n, r->limit - r->pos);
}

static void model_write(struct run *r, const u8 *from, unsigned int n)
{
	while (n--)
		r->shadow[r->where[r->pos++]] = from ? *from++ : 0;
}

static void expect_read(struct run *r, const u8 *got, unsigned int n)
{
	unsigned int k;

	for (k = 0; k < n; k++) {
		if (got[k] != r->shadow[r->where[r->pos + k]])
			break;
	}
	KUNIT_EXPECT_EQ(r->test, k, n);
	r->pos += n;
}

static void step_copy(struct run *r)
{
	unsigned int n = below(r, 4) ? below(r, 200) : below(r, 5000), want = expect(r, n);
	unsigned int off = below(r, ARENA - n);
	u8 *buf = r->w->buf, *page = page_address(r->page);
	size_t got = 0;

	switch (below(r, 6)) {
	case 0:
		prandom_bytes_state(&r->rnd, buf, n);
		got = copy_to_iter(buf, n, &r->iter);
		model_write(r, buf, want);
		break;
	case 1:
		prandom_bytes_state(&r->rnd, page + off, n);
		got = copy_page_to_iter(r->page, off, n, &r->iter);
		model_write(r, page + off, want);
		break;
	case 2:
		got = iov_iter_zero(n, &r->iter);
		model_write(r, NULL, want);
		break;
	case 3:
		r->iter.data_source = true;
		got = copy_from_iter(buf, n, &r->iter);
		expect_read(r, buf, want);
		break;
	case 4:
		r->iter.data_source = true;
		got = copy_page_from_iter(r->page, off, n, &r->iter);
		expect_read(r, page + off, want);
		break;
	case 5:
		r->iter.data_source = true;
		got = copy_folio_from_iter_atomic(page_folio(r->page), off, n, &r->iter);
		expect_read(r, page + off, want);
		break;
	}
	r->iter.data_source = false;
	KUNIT_EXPECT_EQ(r->test, got, (size_t)want);
}

static void step_move(struct run *r)
{
	struct iov_iter_state state;
	unsigned int n;

	switch (below(r, 5)) {
	case 0:
		n = below(r, 800);
		iov_iter_advance(&r->iter, n);
		r->pos += expect(r, n);
		break;
	case 1:
	case 2:
		n = below(r, r->pos + 1);
		iov_iter_revert(&r->iter, n);
		r->pos -= n;
		break;
	case 3:
		n = below(r, r->total);
		iov_iter_truncate(&r->iter, n);
		r->limit = min(r->limit, r->pos + n);
		if (below(r, 2)) {
			r->limit = r->total;
			iov_iter_reexpand(&r->iter, r->limit - r->pos);
		}
		break;
	case 4:
		if (iov_iter_is_xarray(&r->iter))
			break;		/* has no bookmarks */
		iov_iter_save_state(&r->iter, &state);
		iov_iter_advance(&r->iter, below(r, 3000));
		iov_iter_restore(&r->iter, &state);
		break;
	}
}

/* What measuring must say, by looking at every byte. */
static void check_measures(struct run *r, enum iter_type type)
{
	unsigned long align = 0, base = 0;
	unsigned int pages = 0, k, from = 0;
	bool aligned = true;

	if (type == ITER_KVEC)
		base = (unsigned long)r->w->mem;
	else if (type == ITER_XARRAY)
		base = XA_INDEX * PAGE_SIZE;
	else if (type != ITER_BVEC)
		base = BASE;
	/* pieces: bytes of one segment that are left */
	for (k = 0; k < r->nr; from += r->seg_len[k++]) {
		unsigned int a = max(from, r->pos), b = min(from + r->seg_len[k], r->limit);
		unsigned long addr;

		if (a >= b)
			continue;
		addr = base + r->where[a];
		align |= addr | (b - a);
		pages += (offset_in_page(addr) + (b - a) + PAGE_SIZE - 1) / PAGE_SIZE;
		aligned &= !(addr & 3) && !((b - a) & 1);
	}
	KUNIT_EXPECT_EQ(r->test, iov_iter_count(&r->iter), (size_t)(r->limit - r->pos));
	KUNIT_EXPECT_EQ(r->test, iov_iter_alignment(&r->iter), align);
	KUNIT_EXPECT_EQ(r->test, (unsigned int)iov_iter_npages(&r->iter, INT_MAX), pages);
	KUNIT_EXPECT_EQ(r->test, (unsigned int)iov_iter_npages(&r->iter, 2), min(pages, 2U));
	KUNIT_EXPECT_EQ(r->test, iov_iter_is_aligned(&r->iter, 3, 1), aligned);
}

/* As a page cache has it: one entry for all pages of the folio. */
static int store_folio(struct xarray *xa, struct folio *folio)
{
	XA_STATE_ORDER(xas, xa, folio->index, folio_order(folio));

	do {
		xas_lock(&xas);
		xas_store(&xas, folio);
		xas_unlock(&xas);
	} while (xas_nomem(&xas, GFP_KERNEL));
	return xas_error(&xas);
}

static void random_walk(struct kunit *test, enum iter_type type, u64 seed)
{
	struct world *w = test->priv;
	struct run *r = kunit_kzalloc(test, sizeof(*r), GFP_KERNEL);
	int round, step;

	if (!r)
		return;
	r->test = test;
	r->w = w;
	r->shadow = kunit_kzalloc(test, ARENA, GFP_KERNEL);
	r->where = kunit_kcalloc(test, ARENA, sizeof(*r->where), GFP_KERNEL);
	r->page = alloc_pages(GFP_KERNEL | __GFP_ZERO | __GFP_COMP, ORDER);
	prandom_seed_state(&r->rnd, seed);
	page_folio(w->page)->index = XA_INDEX;
	xa_init(&r->cache);
	KUNIT_EXPECT_EQ(test, store_folio(&r->cache, page_folio(w->page)), 0);
	for (round = 0; r->page && round < 25; round++) {
		make_segments(r, type == ITER_UBUF || type == ITER_XARRAY);
		make_iter(r, type);
		memcpy(r->shadow, w->mem, ARENA);
		for (step = 0; step < 40; step++) {
			if (below(r, 2))
				step_copy(r);
			else
				step_move(r);
			check_measures(r, type);
		}
		KUNIT_EXPECT_MEMEQ(test, w->mem, r->shadow, ARENA);
	}
	if (r->page)
		put_page(r->page);
	xa_destroy(&r->cache);
}

IN_USER_SPACE(random_walks_over_a_user_buffer_follow_the_model)
{
	random_walk(test, ITER_UBUF, 1);
}

IN_USER_SPACE(random_walks_over_a_user_vector_follow_the_model)
{
	random_walk(test, ITER_IOVEC, 2);
}

static void random_walks_over_a_kernel_vector_follow_the_model(struct kunit *test)
{
	random_walk(test, ITER_KVEC, 3);
}

static void random_walks_over_page_fragments_follow_the_model(struct kunit *test)
{
	random_walk(test, ITER_BVEC, 4);
}

static void random_walks_over_a_page_cache_follow_the_model(struct kunit *test)
{
	random_walk(test, ITER_XARRAY, 5);
}

static void a_page_cache_gives_its_pages(struct kunit *test)
{
	struct world *w = test->priv;
	struct page *room[4], **pages = room;
	struct iov_iter i;
	struct xarray xa;
	int refs = page_count(w->page);
	char buf[8];
	size_t start;

	xa_init(&xa);
	page_folio(w->page)->index = XA_INDEX;
	KUNIT_EXPECT_EQ(test, store_folio(&xa, page_folio(w->page)), 0);
	iov_iter_xarray(&i, ITER_SOURCE, &xa, (XA_INDEX + 1) * PAGE_SIZE + 7, 4 * PAGE_SIZE);
	KUNIT_EXPECT_TRUE(test, iov_iter_is_xarray(&i) && !user_backed_iter(&i));
	KUNIT_EXPECT_EQ(test, iov_iter_npages(&i, 9), 5);
	KUNIT_EXPECT_EQ(test, iov_iter_get_pages2(&i, pages, LONG_MAX, 2, &start),
			2 * (ssize_t)PAGE_SIZE - 7);
	KUNIT_EXPECT_EQ(test, start, 7UL);
	KUNIT_EXPECT_PTR_EQ(test, pages[1], w->page + 2);
	KUNIT_EXPECT_EQ(test, page_count(w->page), refs + 2);
	put_page(pages[0]);
	put_page(pages[1]);
	/* one page more, then the cache has nothing */
	KUNIT_EXPECT_EQ(test, iov_iter_extract_pages(&i, &pages, LONG_MAX, 4, 0, &start),
			(ssize_t)PAGE_SIZE);
	KUNIT_EXPECT_PTR_EQ(test, pages[0], w->page + 3);
	KUNIT_EXPECT_EQ(test, page_count(w->page), refs);
	KUNIT_EXPECT_EQ(test, iov_iter_extract_pages(&i, &pages, LONG_MAX, 4, 0, &start), 0);
	KUNIT_EXPECT_EQ(test, copy_from_iter(buf, 8, &i), 0UL);
	iov_iter_revert(&i, 3);
	KUNIT_EXPECT_EQ(test, copy_from_iter(buf, 8, &i), 3UL);
	xa_destroy(&xa);
}

/* ---- kinds and state ---- */

static void an_iterator_knows_its_kind_and_direction(struct kunit *test)
{
	struct kvec kv = { "abc", 3 };
	struct iovec iov = { USER(BASE), 5 };
	struct bio_vec bv = { };
	struct iov_iter i;

	iov_iter_ubuf(&i, ITER_SOURCE, USER(BASE), 7);
	KUNIT_EXPECT_TRUE(test, iter_is_ubuf(&i) && user_backed_iter(&i));
	KUNIT_EXPECT_EQ(test, iov_iter_rw(&i), WRITE);
	KUNIT_EXPECT_EQ(test, iter_iov(&i)->iov_len, 7UL);
	KUNIT_EXPECT_PTR_EQ(test, iter_iov_addr(&i), USER(BASE));
	iov_iter_advance(&i, 2);
	KUNIT_EXPECT_PTR_EQ(test, iter_iov_addr(&i), USER(BASE + 2));
	KUNIT_EXPECT_EQ(test, iter_iov_len(&i), 5UL);
	iov_iter_init(&i, ITER_DEST, &iov, 1, 4);
	KUNIT_EXPECT_TRUE(test, iter_is_iovec(&i) && user_backed_iter(&i));
	KUNIT_EXPECT_EQ(test, iov_iter_rw(&i), READ);
	KUNIT_EXPECT_EQ(test, iter_iov_len(&i), 4UL);
	KUNIT_EXPECT_PTR_EQ(test, iter_iov(&i), &iov);
	iov_iter_kvec(&i, ITER_SOURCE, &kv, 1, 3);
	KUNIT_EXPECT_TRUE(test, iov_iter_is_kvec(&i) && !user_backed_iter(&i));
	iov_iter_bvec(&i, ITER_SOURCE, &bv, 1, 0);
	KUNIT_EXPECT_TRUE(test, iov_iter_is_bvec(&i));
	iov_iter_discard(&i, ITER_DEST, 9);
	KUNIT_EXPECT_TRUE(test, iov_iter_is_discard(&i));
	KUNIT_EXPECT_EQ(test, iov_length((struct iovec[]) { { NULL, 3 }, { NULL, 0 }, { NULL, 4 } }, 3),
			7UL);
}

static void what_is_discarded_is_counted(struct kunit *test)
{
	struct iov_iter i;

	iov_iter_discard(&i, ITER_DEST, 10);
	KUNIT_EXPECT_EQ(test, copy_to_iter("abcd", 4, &i), 4UL);
	KUNIT_EXPECT_EQ(test, iov_iter_count(&i), 6UL);
	iov_iter_revert(&i, 2);
	KUNIT_EXPECT_EQ(test, iov_iter_zero(100, &i), 8UL);
	KUNIT_EXPECT_EQ(test, iov_iter_alignment(&i), 0UL);
	KUNIT_EXPECT_EQ(test, iov_iter_npages(&i, 5), 0);
}

static void an_empty_iterator_copies_nothing(struct kunit *test)
{
	struct iov_iter i;
	size_t start;
	struct page *page;
	char c;

	iov_iter_kvec(&i, ITER_SOURCE, NULL, 0, 0);
	KUNIT_EXPECT_EQ(test, copy_from_iter(&c, 1, &i), 0UL);
	KUNIT_EXPECT_FALSE(test, copy_from_iter_full(&c, 1, &i));
	KUNIT_EXPECT_TRUE(test, copy_from_iter_full(&c, 0, &i));
	iov_iter_advance(&i, 5);
	iov_iter_revert(&i, 0);
	KUNIT_EXPECT_EQ(test, iov_iter_npages(&i, 5), 0);
	KUNIT_EXPECT_EQ(test, iov_iter_single_seg_count(&i), 0UL);
	KUNIT_EXPECT_TRUE(test, iov_iter_is_aligned(&i, ~0, ~0));
	KUNIT_EXPECT_EQ(test, iov_iter_get_pages2(&i, &page, 1, 1, &start), 0);
}

static void the_wrong_direction_is_a_bug_and_copies_nothing(struct kunit *test)
{
	struct world *w = test->priv;
	struct kvec kv = { w->mem, 8 };
	struct iov_iter i;

	kunit_expect_report(test, REPORT_WARN);
	iov_iter_kvec(&i, ITER_SOURCE, &kv, 1, 8);
	KUNIT_EXPECT_EQ(test, copy_to_iter("abcd", 4, &i), 0UL);
	KUNIT_EXPECT_EQ(test, iov_iter_count(&i), 8UL);
}

static void full_copies_move_all_or_nothing(struct kunit *test)
{
	struct world *w = test->priv;
	struct kvec kv[] = { { w->mem, 3 }, { w->mem + 10, 4 } };
	struct iov_iter i;
	char buf[8] = "";

	iov_iter_kvec(&i, ITER_DEST, kv, 2, 7);
	KUNIT_EXPECT_FALSE(test, copy_to_iter_full("12345678", 8, &i));
	KUNIT_EXPECT_EQ(test, iov_iter_count(&i), 7UL);
	KUNIT_EXPECT_TRUE(test, copy_to_iter_full("1234567", 7, &i));
	iov_iter_kvec(&i, ITER_SOURCE, kv, 2, 7);
	KUNIT_EXPECT_FALSE(test, copy_from_iter_full(buf, 8, &i));
	KUNIT_EXPECT_FALSE(test, copy_from_iter_full_nocache(buf, 8, &i));
	KUNIT_EXPECT_EQ(test, copy_from_iter_nocache(buf, 2, &i), 2UL);
	KUNIT_EXPECT_TRUE(test, copy_from_iter_full(buf + 2, 5, &i));
	KUNIT_EXPECT_STREQ(test, buf, "1234567");
}

static void single_segment_counts_are_of_the_current_one(struct kunit *test)
{
	struct world *w = test->priv;
	struct kvec kv[] = { { w->mem, 3 }, { w->mem + 10, 4 } };
	struct bio_vec bv[2];
	struct iov_iter i;

	iov_iter_kvec(&i, ITER_DEST, kv, 2, 6);
	iov_iter_advance(&i, 1);
	KUNIT_EXPECT_EQ(test, iov_iter_single_seg_count(&i), 2UL);
	iov_iter_advance(&i, 2);
	KUNIT_EXPECT_EQ(test, iov_iter_single_seg_count(&i), 3UL);
	bvec_set_virt(&bv[0], w->mem, 5);
	bvec_set_virt(&bv[1], w->mem, 6);
	iov_iter_bvec(&i, ITER_DEST, bv, 2, 11);
	KUNIT_EXPECT_EQ(test, iov_iter_single_seg_count(&i), 5UL);
}

static void gaps_are_the_inner_borders(struct kunit *test)
{
	struct iovec iov[] = {
		{ USER(BASE + 0x10), 0xff0 }, { USER(BASE + 0x2000), 0 },
		{ USER(BASE + 0x3000), 0x1000 }, { USER(BASE + 0x5000), 0x123 },
	};
	struct iov_iter i;

	iov_iter_init(&i, ITER_DEST, iov, 4, iov_length(iov, 4));
	KUNIT_EXPECT_EQ(test, iov_iter_gap_alignment(&i) & ~PAGE_MASK, 0UL);
	iov_iter_init(&i, ITER_DEST, iov + 2, 2, 0x1123);
	iov[2].iov_len = 0xff8;
	iov_iter_truncate(&i, 0x1100);
	KUNIT_EXPECT_EQ(test, iov_iter_gap_alignment(&i) & ~PAGE_MASK, 0xff8UL);
	iov_iter_ubuf(&i, ITER_DEST, USER(BASE + 1), 3);
	KUNIT_EXPECT_EQ(test, iov_iter_gap_alignment(&i), 0UL);
}

static void pages_are_counted_up_to_a_number_of_bytes(struct kunit *test)
{
	struct iov_iter i;

	iov_iter_ubuf(&i, ITER_DEST, USER(BASE + PAGE_SIZE - 1), 2 * PAGE_SIZE);
	KUNIT_EXPECT_EQ(test, iov_iter_npages(&i, 100), 3);
	KUNIT_EXPECT_EQ(test, iov_iter_npages_cap(&i, 100, 1), 1);
	KUNIT_EXPECT_EQ(test, iov_iter_npages_cap(&i, 100, 2), 2);
	KUNIT_EXPECT_EQ(test, iov_iter_npages_cap(&i, 2, 3 * PAGE_SIZE), 2);
	KUNIT_EXPECT_EQ(test, iov_iter_count(&i), 2 * PAGE_SIZE);
}

static void a_duplicate_has_a_vector_of_its_own(struct kunit *test)
{
	struct world *w = test->priv;
	struct kvec kv[] = { { w->mem, 3 }, { w->mem + 10, 4 } };
	struct bio_vec bv[1];
	struct iov_iter i, d;
	const void *vec;

	iov_iter_kvec(&i, ITER_DEST, kv, 2, 7);
	vec = dup_iter(&d, &i, GFP_KERNEL);
	KUNIT_ASSERT_NOT_NULL(test, vec);
	KUNIT_EXPECT_PTR_EQ(test, (const void *)d.kvec, vec);
	memset(kv, 0, sizeof(kv));
	KUNIT_EXPECT_EQ(test, copy_to_iter("abcdefg", 7, &d), 7UL);
	KUNIT_EXPECT_MEMEQ(test, w->mem + 10, "defg", 4);
	kfree(vec);
	bvec_set_virt(bv, w->mem, 5);
	iov_iter_bvec(&i, ITER_DEST, bv, 1, 5);
	vec = dup_iter(&d, &i, GFP_KERNEL);
	KUNIT_EXPECT_PTR_EQ(test, (const void *)d.bvec, vec);
	kfree(vec);
	iov_iter_ubuf(&i, ITER_DEST, USER(BASE), 5);
	KUNIT_EXPECT_NULL(test, dup_iter(&d, &i, GFP_KERNEL));
	KUNIT_EXPECT_EQ(test, iov_iter_count(&d), 5UL);
}

static void a_copy_beyond_the_folio_is_refused(struct kunit *test)
{
	struct world *w = test->priv;
	struct kvec kv = { w->buf, ARENA };
	struct iov_iter i;

	kunit_expect_report(test, REPORT_WARN);
	iov_iter_kvec(&i, ITER_DEST, &kv, 1, ARENA);
	KUNIT_EXPECT_EQ(test, copy_page_to_iter(w->page + 1, 0, ARENA - PAGE_SIZE, &i),
			ARENA - PAGE_SIZE);
	KUNIT_EXPECT_EQ(test, copy_page_to_iter(w->page + 1, 1, ARENA - PAGE_SIZE, &i), 0UL);
}

/* ---- a walk of the caller's own ---- */

static size_t xor_user(void __user *p, size_t progress, size_t len, void *priv, void *priv2)
{
	return len;
}

/* Does three bytes of each piece at most. */
static size_t take_three(void *p, size_t progress, size_t len, void *priv, void *priv2)
{
	size_t n = min_t(size_t, len, 3);

	memcpy(priv + progress, p, n);
	++*(int *)priv2;
	return len - n;
}

static void a_step_that_stops_short_ends_the_walk(struct kunit *test)
{
	struct kvec kv[] = { { "ab", 2 }, { "", 0 }, { "cdefgh", 6 }, { "ij", 2 } };
	struct iov_iter i;
	char buf[16] = "";
	int calls = 0;

	iov_iter_kvec(&i, ITER_SOURCE, kv, 4, 10);
	KUNIT_EXPECT_EQ(test, iterate_and_advance2(&i, 100, buf, &calls, xor_user, take_three), 5UL);
	KUNIT_EXPECT_EQ(test, calls, 2);
	KUNIT_EXPECT_STREQ(test, buf, "abcde");
	KUNIT_EXPECT_EQ(test, i.nr_segs, 2UL);
	KUNIT_EXPECT_EQ(test, i.iov_offset, 3UL);
	KUNIT_EXPECT_EQ(test, iterate_and_advance2(&i, 2, buf, &calls, xor_user, take_three), 2UL);
	KUNIT_EXPECT_EQ(test, iov_iter_count(&i), 3UL);
}

/* ---- bad user memory ---- */

IN_USER_SPACE(a_copy_stops_where_the_memory_does)
{
	struct iovec iov[] = { { USER(BASE + ARENA - 6), 10 }, { USER(BASE), 4 } };
	struct iov_iter i;
	size_t n;

	fill(w->mem, ARENA, 3);
	iov_iter_init(&i, ITER_SOURCE, iov, 2, 14);
	memset(w->buf, 0xee, 16);
	n = copy_from_iter(w->buf, 14, &i);
	KUNIT_EXPECT_LE(test, n, 6UL);
	KUNIT_EXPECT_MEMEQ(test, w->buf, w->mem + ARENA - 6, n);
	KUNIT_EXPECT_EQ(test, w->buf[10], 0xee);
	KUNIT_EXPECT_EQ(test, iov_iter_count(&i), 14 - n);
	KUNIT_EXPECT_EQ(test, i.iov_offset, n);
	iov_iter_revert(&i, n);
	KUNIT_EXPECT_FALSE(test, copy_from_iter_full(w->buf, 14, &i));
	KUNIT_EXPECT_EQ(test, iov_iter_count(&i), 14UL);

	iov_iter_ubuf(&i, ITER_DEST, USER(RDONLY), 8);
	KUNIT_EXPECT_EQ(test, copy_to_iter("12345678", 8, &i), 0UL);
	KUNIT_EXPECT_EQ(test, iov_iter_zero(8, &i), 0UL);
	iov_iter_ubuf(&i, ITER_DEST, (void __user *)w->mem, 8);
	KUNIT_EXPECT_EQ(test, copy_to_iter("12345678", 8, &i), 0UL);
	i.data_source = true;
	KUNIT_EXPECT_EQ(test, copy_from_iter(w->buf, 8, &i), 0UL);
}

IN_USER_SPACE(copies_without_faults_say_what_was_not_there)
{
	struct iovec iov[] = { { USER(BASE), 4 }, { USER(BASE + ARENA), 4 } };
	struct iov_iter i;

	iov_iter_init(&i, ITER_DEST, iov, 2, 8);
	memcpy(w->mem + 100, "firstsecond", 11);
	KUNIT_EXPECT_EQ(test, copy_page_to_iter_nofault(w->page, 100, 8, &i), 4UL);
	KUNIT_EXPECT_MEMEQ(test, w->mem, "firs", 4);
	iov_iter_init(&i, ITER_SOURCE, iov, 2, 8);
	KUNIT_EXPECT_EQ(test, copy_page_from_iter_atomic(w->page, 200, 8, &i), 4UL);
	KUNIT_EXPECT_MEMEQ(test, w->mem + 200, "firs", 4);
	KUNIT_EXPECT_EQ(test, preempt_count(), 0);
}

IN_USER_SPACE(faulting_in_says_what_is_left)
{
	struct iovec iov[] = {
		{ USER(BASE + 1), PAGE_SIZE }, { NULL, 0 }, { USER(RDONLY), 20 },
		{ USER(BASE + ARENA), 5 },
	};
	struct iov_iter i;
	u8 byte;

	iov_iter_init(&i, ITER_SOURCE, iov, 4, PAGE_SIZE + 25);
	KUNIT_EXPECT_EQ(test, fault_in_iov_iter_readable(&i, PAGE_SIZE + 20), 0UL);
	KUNIT_EXPECT_EQ(test, fault_in_iov_iter_readable(&i, PAGE_SIZE + 25), 5UL);
	KUNIT_EXPECT_EQ(test, fault_in_iov_iter_readable(&i, PAGE_SIZE + 30), 10UL);
	w->mem[1] = 0x55;
	KUNIT_EXPECT_EQ(test, fault_in_iov_iter_writeable(&i, PAGE_SIZE), 0UL);
	KUNIT_EXPECT_EQ(test, fault_in_iov_iter_writeable(&i, PAGE_SIZE + 2), 2UL);
	KUNIT_EXPECT_EQ(test, w->mem[1], 0x55);
	iov_iter_ubuf(&i, ITER_SOURCE, USER(BASE + ARENA - 8), 16);
	KUNIT_EXPECT_EQ(test, fault_in_iov_iter_readable(&i, 16), 8UL);
	iov_iter_kvec(&i, ITER_SOURCE, NULL, 0, 0);
	KUNIT_EXPECT_EQ(test, fault_in_iov_iter_readable(&i, 16), 0UL);

	KUNIT_EXPECT_EQ(test, fault_in_readable(USER(BASE), 0), 0UL);
	KUNIT_EXPECT_EQ(test, fault_in_readable(USER(BASE + ARENA - 1), 2), 1UL);
	KUNIT_EXPECT_EQ(test, fault_in_readable(USER(~0UL - 3), 8), 8UL);
	KUNIT_EXPECT_EQ(test, fault_in_writeable(USER(RDONLY), 3), 3UL);
	memset(w->mem, 0xff, 2 * PAGE_SIZE);
	KUNIT_EXPECT_EQ(test, fault_in_writeable(USER(BASE + 5), PAGE_SIZE), 0UL);
	byte = w->mem[5];
	KUNIT_EXPECT_EQ(test, byte, 0);
	KUNIT_EXPECT_EQ(test, fault_in_safe_writeable(USER(BASE), ARENA + 1), 1UL);
}

/* ---- vectors from user memory ---- */

static struct iovec *user_vector(struct world *w)
{
	return (struct iovec *)(w->mem + 64);
}

#define UVEC	((const struct iovec __user *)USER(BASE + 64))

IN_USER_SPACE(a_vector_is_imported_and_checked)
{
	struct iovec fast[4], *iovp = fast, *uvec = user_vector(w);
	struct iov_iter i;

	uvec[0] = (struct iovec) { USER(BASE + 1000), 3 };
	uvec[1] = (struct iovec) { NULL, 0 };
	uvec[2] = (struct iovec) { USER(BASE + 2000), 5 };
	KUNIT_EXPECT_EQ(test, import_iovec(ITER_DEST, UVEC, 3, 4, &iovp, &i), 8);
	KUNIT_EXPECT_NULL(test, iovp);
	KUNIT_EXPECT_TRUE(test, iter_is_iovec(&i));
	KUNIT_EXPECT_EQ(test, copy_to_iter("abcdefgh", 8, &i), 8UL);
	KUNIT_EXPECT_MEMEQ(test, w->mem + 2000, "defgh", 5);

	/* longer than the fast array: allocated */
	iovp = fast;
	KUNIT_EXPECT_EQ(test, import_iovec(ITER_DEST, UVEC, 3, 2, &iovp, &i), 8);
	KUNIT_EXPECT_NOT_NULL(test, iovp);
	kfree(iovp);

	/* one buffer needs no vector */
	iovp = fast;
	KUNIT_EXPECT_EQ(test, import_iovec(ITER_SOURCE, UVEC, 1, 4, &iovp, &i), 3);
	KUNIT_EXPECT_NULL(test, iovp);
	KUNIT_EXPECT_TRUE(test, iter_is_ubuf(&i));

	/* none at all is no error */
	iovp = fast;
	KUNIT_EXPECT_EQ(test, import_iovec(ITER_SOURCE, NULL, 0, 4, &iovp, &i), 0);
	KUNIT_EXPECT_EQ(test, iov_iter_count(&i), 0UL);
}

IN_USER_SPACE(bad_vectors_are_refused)
{
	struct iovec fast[4], *iovp, *uvec = user_vector(w);
	struct iov_iter i;

	iovp = fast;
	KUNIT_EXPECT_EQ(test, import_iovec(ITER_DEST, UVEC, UIO_MAXIOV + 1, 4, &iovp, &i), -EINVAL);
	KUNIT_EXPECT_NULL(test, iovp);
	iovp = fast;
	KUNIT_EXPECT_EQ(test, import_iovec(ITER_DEST, USER(BASE + ARENA - 8), 2, 4, &iovp, &i),
			-EFAULT);
	iovp = fast;
	KUNIT_EXPECT_EQ(test, import_iovec(ITER_DEST, USER(BASE + ARENA - 8), 6, 4, &iovp, &i),
			-EFAULT);
	KUNIT_EXPECT_NULL(test, iovp);
	uvec[0] = (struct iovec) { USER(BASE), 1 };
	uvec[1] = (struct iovec) { USER(BASE), (size_t)-1 };
	iovp = fast;
	KUNIT_EXPECT_EQ(test, import_iovec(ITER_DEST, UVEC, 2, 4, &iovp, &i), -EINVAL);
	uvec[1] = (struct iovec) { (void __user *)w->mem, 1 };
	iovp = fast;
	KUNIT_EXPECT_EQ(test, import_iovec(ITER_DEST, UVEC, 2, 4, &iovp, &i), -EFAULT);
	iovp = fast;
	KUNIT_EXPECT_EQ(test, import_iovec(ITER_DEST, UVEC, 2, 0, &iovp, &i), -EFAULT);
	KUNIT_EXPECT_NULL(test, iovp);
	iovp = fast;
	KUNIT_EXPECT_EQ(test, import_iovec(ITER_DEST, UVEC + 1, 1, 4, &iovp, &i), -EFAULT);
	iovp = fast;
	KUNIT_EXPECT_EQ(test, __import_iovec(ITER_DEST, UVEC, 1, 4, &iovp, &i, true), -EINVAL);
}

IN_USER_SPACE(an_import_is_cut_to_what_a_call_may_move)
{
	struct iovec fast[4], *iovp = fast, *uvec = user_vector(w);
	size_t big = (size_t)MAX_RW_COUNT - 10;
	struct iov_iter i;

	uvec[0] = (struct iovec) { USER(PAGE_SIZE), big };
	uvec[1] = (struct iovec) { USER(PAGE_SIZE), 30 };
	uvec[2] = (struct iovec) { USER(PAGE_SIZE), 30 };
	KUNIT_EXPECT_EQ(test, import_iovec(ITER_DEST, UVEC, 3, 4, &iovp, &i), MAX_RW_COUNT);
	KUNIT_EXPECT_EQ(test, fast[1].iov_len, 10UL);
	KUNIT_EXPECT_EQ(test, fast[2].iov_len, 0UL);
	KUNIT_EXPECT_EQ(test, import_ubuf(ITER_DEST, USER(PAGE_SIZE), 1UL << 33, &i), 0);
	KUNIT_EXPECT_EQ(test, iov_iter_count(&i), (size_t)MAX_RW_COUNT);
	KUNIT_EXPECT_EQ(test, import_ubuf(ITER_DEST, (void __user *)w->mem, 1, &i), -EFAULT);
	KUNIT_EXPECT_EQ(test, import_ubuf(ITER_DEST, USER(BASE), 0, &i), 0);
}

/* ---- pages ---- */

IN_USER_SPACE(pages_of_user_memory_are_referenced)
{
	struct iovec iov[] = { { NULL, 0 }, { USER(BASE + 100), PAGE_SIZE }, { USER(RDONLY), 7 } };
	struct page *pages[4], **array;
	struct iov_iter i;
	size_t start = 0;
	int refs = page_count(w->page);

	iov_iter_init(&i, ITER_SOURCE, iov, 3, PAGE_SIZE + 7);
	KUNIT_EXPECT_EQ(test, iov_iter_get_pages2(&i, pages, LONG_MAX, 4, &start),
			(ssize_t)PAGE_SIZE);
	KUNIT_EXPECT_EQ(test, start, 100UL);
	KUNIT_EXPECT_PTR_EQ(test, pages[0], w->page);
	KUNIT_EXPECT_PTR_EQ(test, pages[1], w->page + 1);
	KUNIT_EXPECT_EQ(test, page_count(w->page), refs + 2);
	put_page(pages[0]);
	put_page(pages[1]);
	KUNIT_EXPECT_EQ(test, iov_iter_get_pages_alloc2(&i, &array, LONG_MAX, &start), 7);
	KUNIT_EXPECT_EQ(test, start, 0UL);
	KUNIT_EXPECT_PTR_EQ(test, array[0], w->rdonly);
	put_page(array[0]);
	kvfree(array);
	KUNIT_EXPECT_EQ(test, iov_iter_count(&i), 0UL);

	/* one page at most: the rest of it */
	iov_iter_init(&i, ITER_SOURCE, iov, 3, PAGE_SIZE + 7);
	KUNIT_EXPECT_EQ(test, iov_iter_get_pages2(&i, pages, LONG_MAX, 1, &start),
			(ssize_t)PAGE_SIZE - 100);
	put_page(pages[0]);

	/* into read-only memory, or a hole */
	iov_iter_ubuf(&i, ITER_DEST, USER(RDONLY), 7);
	KUNIT_EXPECT_EQ(test, iov_iter_get_pages2(&i, pages, 7, 4, &start), -EFAULT);
	KUNIT_EXPECT_EQ(test, iov_iter_get_pages_alloc2(&i, &array, 7, &start), -EFAULT);
	KUNIT_EXPECT_NULL(test, array);
	iov_iter_ubuf(&i, ITER_SOURCE, USER(BASE + ARENA - 1), 7);
	i.nofault = true;
	KUNIT_EXPECT_EQ(test, iov_iter_get_pages2(&i, pages, 7, 4, &start), 1);
	put_page(pages[0]);
	KUNIT_EXPECT_EQ(test, iov_iter_get_pages2(&i, pages, 7, 4, &start), -EFAULT);
}

IN_USER_SPACE(extracted_user_pages_are_pinned)
{
	struct page *room[2], **pages = room;
	struct iov_iter i;
	size_t start;
	int refs = page_count(w->rdonly);

	iov_iter_ubuf(&i, ITER_DEST, USER(BASE + 8), 2 * PAGE_SIZE);
	KUNIT_EXPECT_TRUE(test, iov_iter_extract_will_pin(&i));
	KUNIT_EXPECT_EQ(test, iov_iter_extract_pages(&i, &pages, LONG_MAX, 2, 0, &start),
			2 * (ssize_t)PAGE_SIZE - 8);
	KUNIT_EXPECT_TRUE(test, folio_maybe_dma_pinned(page_folio(w->page)));
	unpin_user_pages(pages, 2);
	KUNIT_EXPECT_FALSE(test, folio_maybe_dma_pinned(page_folio(w->page)));

	iov_iter_ubuf(&i, ITER_SOURCE, USER(RDONLY), 9);
	pages = NULL;
	KUNIT_EXPECT_EQ(test, iov_iter_extract_pages(&i, &pages, 9, 2, ITER_ALLOW_P2PDMA, &start), 9);
	KUNIT_EXPECT_TRUE(test, folio_maybe_dma_pinned(page_folio(w->rdonly)));
	unpin_user_page(pages[0]);
	kvfree(pages);
	KUNIT_EXPECT_EQ(test, page_count(w->rdonly), refs);
}

static void kernel_pages_are_named_not_held(struct kunit *test)
{
	struct world *w = test->priv;
	u8 *v = vmalloc(2 * PAGE_SIZE);
	struct kvec kv[] = { { w->mem + 3, 0 }, { w->mem + 3, 5 }, { v + 9, PAGE_SIZE } };
	struct page *room[4], **pages = room;
	struct iov_iter i;
	size_t start;
	int refs = page_count(w->page);

	KUNIT_ASSERT_NOT_NULL(test, v);
	iov_iter_kvec(&i, ITER_SOURCE, kv, 3, PAGE_SIZE + 5);
	KUNIT_EXPECT_FALSE(test, iov_iter_extract_will_pin(&i));
	KUNIT_EXPECT_EQ(test, iov_iter_get_pages2(&i, pages, 5, 4, &start), -EFAULT);
	KUNIT_EXPECT_EQ(test, iov_iter_extract_pages(&i, &pages, LONG_MAX, 4, 0, &start), 5);
	KUNIT_EXPECT_EQ(test, start, 3UL);
	KUNIT_EXPECT_PTR_EQ(test, pages[0], w->page);
	KUNIT_EXPECT_EQ(test, page_count(w->page), refs);
	KUNIT_EXPECT_EQ(test, iov_iter_extract_pages(&i, &pages, LONG_MAX, 4, 0, &start),
			(ssize_t)PAGE_SIZE);
	KUNIT_EXPECT_PTR_EQ(test, pages[0], vmalloc_to_page(v));
	KUNIT_EXPECT_PTR_EQ(test, pages[1], vmalloc_to_page(v + PAGE_SIZE));
	KUNIT_EXPECT_EQ(test, iov_iter_extract_pages(&i, &pages, LONG_MAX, 4, 0, &start), 0);
	vfree(v);
	iov_iter_discard(&i, ITER_DEST, 5);
	KUNIT_EXPECT_EQ(test, iov_iter_extract_pages(&i, &pages, 5, 4, 0, &start), -EFAULT);
}

static void fragments_give_their_pages(struct kunit *test)
{
	struct world *w = test->priv;
	struct page *room[4], **pages = room;
	struct bio_vec bv[2];
	struct iov_iter i;
	size_t start;
	int refs = page_count(w->page);

	bvec_set_page(&bv[0], w->page, 0, 0);
	bvec_set_folio(&bv[1], page_folio(w->page), 2 * PAGE_SIZE, PAGE_SIZE + 16);
	iov_iter_bvec(&i, ITER_SOURCE, bv, 2, 2 * PAGE_SIZE);
	KUNIT_EXPECT_EQ(test, iov_iter_get_pages2(&i, pages, LONG_MAX, 2, &start),
			2 * (ssize_t)PAGE_SIZE - 16);
	KUNIT_EXPECT_EQ(test, start, 16UL);
	KUNIT_EXPECT_PTR_EQ(test, pages[0], w->page + 1);
	KUNIT_EXPECT_PTR_EQ(test, pages[1], w->page + 2);
	KUNIT_EXPECT_EQ(test, page_count(w->page), refs + 2);
	put_page(pages[0]);
	put_page(pages[1]);
	KUNIT_EXPECT_EQ(test, iov_iter_extract_pages(&i, &pages, LONG_MAX, 2, 0, &start), 16);
	KUNIT_EXPECT_PTR_EQ(test, pages[0], w->page + 3);
	KUNIT_EXPECT_EQ(test, page_count(w->page), refs);
}

/* ---- bio_vec walks ---- */

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

static struct kunit_case iov_iter_cases[] = {
	KUNIT_CASE(random_walks_over_a_user_buffer_follow_the_model),
	KUNIT_CASE(random_walks_over_a_user_vector_follow_the_model),
	KUNIT_CASE(random_walks_over_a_kernel_vector_follow_the_model),
	KUNIT_CASE(random_walks_over_page_fragments_follow_the_model),
	KUNIT_CASE(random_walks_over_a_page_cache_follow_the_model),
	KUNIT_CASE(a_page_cache_gives_its_pages),
	KUNIT_CASE(an_iterator_knows_its_kind_and_direction),
	KUNIT_CASE(what_is_discarded_is_counted),
	KUNIT_CASE(an_empty_iterator_copies_nothing),
	KUNIT_CASE(the_wrong_direction_is_a_bug_and_copies_nothing),
	KUNIT_CASE(full_copies_move_all_or_nothing),
	KUNIT_CASE(single_segment_counts_are_of_the_current_one),
	KUNIT_CASE(gaps_are_the_inner_borders),
	KUNIT_CASE(pages_are_counted_up_to_a_number_of_bytes),
	KUNIT_CASE(a_duplicate_has_a_vector_of_its_own),
	KUNIT_CASE(a_copy_beyond_the_folio_is_refused),
	KUNIT_CASE(a_step_that_stops_short_ends_the_walk),
	KUNIT_CASE(a_copy_stops_where_the_memory_does),
	KUNIT_CASE(copies_without_faults_say_what_was_not_there),
	KUNIT_CASE(faulting_in_says_what_is_left),
	KUNIT_CASE(a_vector_is_imported_and_checked),
	KUNIT_CASE(bad_vectors_are_refused),
	KUNIT_CASE(an_import_is_cut_to_what_a_call_may_move),
	KUNIT_CASE(pages_of_user_memory_are_referenced),
	KUNIT_CASE(extracted_user_pages_are_pinned),
	KUNIT_CASE(kernel_pages_are_named_not_held),
	KUNIT_CASE(fragments_give_their_pages),
	KUNIT_CASE(bvec_walks_cut_at_pages_or_do_not),
	KUNIT_CASE(bvec_content_is_at_hand),
	KUNIT_CASE(advancing_a_bvec_walk_too_far_ends_it),
	{}
};

static struct kunit_suite iov_iter_suite = {
	.name = "iov_iter",
	.init = world_init,
	.exit = world_exit,
	.test_cases = iov_iter_cases,
};
kunit_test_suite(iov_iter_suite);
