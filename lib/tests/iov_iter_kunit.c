// SPDX-License-Identifier: MIT
/*
 * Tests of <linux/uio.h>: copying and moving, in every kind. Bad user memory is
 * iov_iter_user_kunit.c's, pages are iov_iter_pages_kunit.c's.
 *
 * The long random run walks a vector of disjoint pieces of the arena beside a model that is two
 * arrays: what the arena holds, and which of its bytes is byte n of the iterator.
 */

#include "iov_iter_world.h"

#include <linux/bvec.h>
#include <linux/folio_queue.h>
#include <linux/gfp.h>
#include <linux/iov_iter.h>
#include <linux/pagemap.h>
#include <linux/prandom.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/uio.h>

#define MAX_SEGS	12
#define FIRST_SLOT	(FOLIOQ_SLOTS - 2)	/* the arena's: it goes on in the next segment */

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
	struct folio_queue queue[2];	/* for ITER_FOLIOQ: the arena, a folio each page */
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

/* The one piece falls into those of the folios that it lies in. */
static void cut_at_pages(struct run *r)
{
	unsigned int at = r->seg_off[0], left = r->total, k;

	for (k = 0; k < MAX_SEGS && left; k++) {
		r->seg_off[k] = at;
		r->seg_len[k] = min_t(unsigned int, left, PAGE_SIZE - offset_in_page(at));
		at += r->seg_len[k];
		left -= r->seg_len[k];
	}
	r->nr = k;
}

static void make_queue(struct run *r)
{
	struct folio_queue *q = r->queue;
	unsigned int k, slot;

	folioq_init(&q[0]);
	folioq_init(&q[1]);
	q[0].next = &q[1];
	q[1].prev = &q[0];
	for (slot = 0; slot < FIRST_SLOT; slot++)
		folioq_append(&q[0], page_folio(r->w->rdonly));
	for (k = 0; k < 1 << ORDER; k++)
		folioq_append(&q[folioq_full(&q[0])],
			      page_folio(virt_to_page(r->w->mem + k * PAGE_SIZE)));
}

/* Behind the last slot of a segment is as good as in the first of the next. */
static void make_queue_iter(struct run *r)
{
	unsigned int slot = FIRST_SLOT + r->seg_off[0] / PAGE_SIZE;
	bool second = slot > FOLIOQ_SLOTS || (slot == FOLIOQ_SLOTS && below(r, 2));

	iov_iter_folio_queue(&r->iter, ITER_DEST, &r->queue[second],
			     second ? slot - FOLIOQ_SLOTS : slot, offset_in_page(r->seg_off[0]),
			     r->total);
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
	else if (type == ITER_FOLIOQ)
		make_queue_iter(r);
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
		if (iov_iter_is_xarray(&r->iter) || iov_iter_is_folioq(&r->iter))
			break;		/* have no bookmarks */
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
	else if (user_backed_iter(&r->iter))
		base = BASE;
	/* pieces: bytes of one segment that are left */
	for (k = 0; k < r->nr; from += r->seg_len[k++]) {
		unsigned int a = max(from, r->pos), b = min(from + r->seg_len[k], r->limit);
		unsigned long addr;

		if (a >= b)
			continue;
		addr = base + r->where[a];
		if (type == ITER_FOLIOQ)
			addr = offset_in_page(addr);
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

static void random_walk_in(struct kunit *test, struct world *w, enum iter_type type, u64 seed)
{
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
	KUNIT_EXPECT_EQ(test, store_folio_in(&r->cache, page_folio(w->page)), 0);
	make_queue(r);
	for (round = 0; r->page && round < 25; round++) {
		make_segments(r, type == ITER_UBUF || type == ITER_XARRAY || type == ITER_FOLIOQ);
		if (type == ITER_FOLIOQ)
			cut_at_pages(r);
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

static void random_walk(struct kunit *test, enum iter_type type, u64 seed)
{
	random_walk_in(test, test->priv, type, seed);
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

/* An arena of pages that are folios each. */
static void random_walks_over_a_queue_of_folios_follow_the_model(struct kunit *test)
{
	struct world w = *(struct world *)test->priv;
	struct page *page = alloc_pages(GFP_KERNEL | __GFP_ZERO, ORDER);
	unsigned int k;

	KUNIT_ASSERT_NOT_NULL(test, page);
	split_page(page, ORDER);
	w.page = page;
	w.mem = page_address(page);
	random_walk_in(test, &w, ITER_FOLIOQ, 6);
	for (k = 0; k < 1 << ORDER; k++)
		put_page(page + k);
}

/* The iterator has used up the queue; then there is more. */
static void a_queue_may_grow_behind_its_iterator(struct kunit *test)
{
	struct world *w = test->priv;
	struct folio_queue a, b;
	struct iov_iter i;
	unsigned int slot;
	u8 byte;

	folioq_init(&a);
	folioq_init(&b);
	while (!folioq_full(&a))
		slot = folioq_append(&a, page_folio(w->rdonly));
	KUNIT_EXPECT_EQ(test, slot, folioq_nr_slots(&a) - 1);
	iov_iter_folio_queue(&i, ITER_SOURCE, &a, slot, PAGE_SIZE - 2, 2 + ARENA);
	KUNIT_EXPECT_EQ(test, iov_iter_single_seg_count(&i), 2UL);
	KUNIT_EXPECT_EQ(test, copy_from_iter(w->buf, 5, &i), 2UL);
	KUNIT_EXPECT_EQ(test, iov_iter_single_seg_count(&i), 0UL);
	KUNIT_EXPECT_EQ(test, copy_from_iter(w->buf, 5, &i), 0UL);
	KUNIT_EXPECT_EQ(test, iov_iter_npages(&i, 100), 0);

	w->mem[0] = 0x77;
	folioq_append(&b, page_folio(w->page));
	b.prev = &a;
	smp_store_release(&a.next, &b);
	KUNIT_EXPECT_EQ(test, iov_iter_single_seg_count(&i), (size_t)ARENA);
	KUNIT_EXPECT_EQ(test, copy_from_iter(&byte, 1, &i), 1UL);
	KUNIT_EXPECT_EQ(test, byte, 0x77);
	iov_iter_advance(&i, ARENA - 1);
	KUNIT_EXPECT_EQ(test, iov_iter_count(&i), 0UL);
	iov_iter_revert(&i, ARENA + 1);
	KUNIT_EXPECT_PTR_EQ(test, (void *)i.folioq, (void *)&a);
	KUNIT_EXPECT_EQ(test, (unsigned int)i.folioq_slot, slot);
	KUNIT_EXPECT_EQ(test, i.iov_offset, PAGE_SIZE - 1UL);
}

static void folios_of_a_queue_have_three_marks(struct kunit *test)
{
	struct world *w = test->priv;
	struct folio_queue q;

	folioq_init(&q);
	KUNIT_EXPECT_EQ(test, folioq_append(&q, page_folio(w->page)), 0U);
	KUNIT_EXPECT_EQ(test, folioq_append_mark(&q, page_folio(w->rdonly)), 1U);
	KUNIT_EXPECT_FALSE(test, folioq_is_marked(&q, 0));
	KUNIT_EXPECT_TRUE(test, folioq_is_marked(&q, 1));
	KUNIT_EXPECT_EQ(test, folioq_folio_order(&q, 0), (unsigned int)ORDER);
	KUNIT_EXPECT_EQ(test, folioq_folio_size(&q, 1), (size_t)PAGE_SIZE);
	folioq_mark2(&q, 0);
	folioq_mark3(&q, 1);
	KUNIT_EXPECT_TRUE(test, folioq_is_marked2(&q, 0) && !folioq_is_marked2(&q, 1));
	KUNIT_EXPECT_TRUE(test, folioq_is_marked3(&q, 1) && !folioq_is_marked3(&q, 0));
	folioq_unmark2(&q, 0);
	KUNIT_EXPECT_FALSE(test, folioq_is_marked2(&q, 0));
	folioq_clear(&q, 1);
	KUNIT_EXPECT_NULL(test, folioq_folio(&q, 1));
	KUNIT_EXPECT_FALSE(test, folioq_is_marked(&q, 1) || folioq_is_marked3(&q, 1));
	KUNIT_EXPECT_EQ(test, folioq_count(&q), 2U);
	KUNIT_EXPECT_FALSE(test, folioq_full(&q));
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
	KUNIT_EXPECT_EQ(test, 7UL,
			iov_length((struct iovec[]) { { NULL, 3 }, { NULL, 0 }, { NULL, 4 } }, 3));
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
	KUNIT_EXPECT_EQ(test, iterate_and_advance2(&i, 100, buf, &calls, xor_user, take_three),
			5UL);
	KUNIT_EXPECT_EQ(test, calls, 2);
	KUNIT_EXPECT_STREQ(test, buf, "abcde");
	KUNIT_EXPECT_EQ(test, i.nr_segs, 2UL);
	KUNIT_EXPECT_EQ(test, i.iov_offset, 3UL);
	KUNIT_EXPECT_EQ(test, iterate_and_advance2(&i, 2, buf, &calls, xor_user, take_three), 2UL);
	KUNIT_EXPECT_EQ(test, iov_iter_count(&i), 3UL);
}

static void a_step_of_nothing_leaves_empty_segments_behind(struct kunit *test)
{
	struct iovec iov[] = {
		{ USER(BASE), 0 }, { USER(BASE), 1 }, { USER(BASE), 0 }, { USER(BASE + 9), 2 },
		{ USER(BASE), 0 },
	};
	struct iov_iter i;

	iov_iter_init(&i, ITER_SOURCE, iov, ARRAY_SIZE(iov), 3);
	iov_iter_advance(&i, 0);
	KUNIT_EXPECT_PTR_EQ(test, iter_iov(&i), &iov[1]);
	iov_iter_advance(&i, 1);
	KUNIT_EXPECT_PTR_EQ(test, iter_iov_addr(&i), USER(BASE + 9));
	KUNIT_EXPECT_EQ(test, iter_iov_len(&i), 2UL);
	iov_iter_advance(&i, 2);
	KUNIT_EXPECT_EQ(test, iov_iter_count(&i), 0UL);
	iov_iter_revert(&i, 3);
	KUNIT_EXPECT_PTR_EQ(test, iter_iov_addr(&i), USER(BASE));
	KUNIT_EXPECT_EQ(test, iter_iov_len(&i), 1UL);
}

static struct kunit_case iov_iter_cases[] = {
	KUNIT_CASE(random_walks_over_a_user_buffer_follow_the_model),
	KUNIT_CASE(random_walks_over_a_user_vector_follow_the_model),
	KUNIT_CASE(random_walks_over_a_kernel_vector_follow_the_model),
	KUNIT_CASE(random_walks_over_page_fragments_follow_the_model),
	KUNIT_CASE(random_walks_over_a_page_cache_follow_the_model),
	KUNIT_CASE(random_walks_over_a_queue_of_folios_follow_the_model),
	KUNIT_CASE(a_queue_may_grow_behind_its_iterator),
	KUNIT_CASE(folios_of_a_queue_have_three_marks),
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
	KUNIT_CASE(a_step_of_nothing_leaves_empty_segments_behind),
	{}
};

static struct kunit_suite iov_iter_suite = {
	.name = "iov_iter",
	.init = world_init,
	.exit = world_exit,
	.test_cases = iov_iter_cases,
};
kunit_test_suite(iov_iter_suite);

MODULE_LICENSE("MIT");
