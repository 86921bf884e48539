// SPDX-License-Identifier: MIT
/*
 * Names of Linux's headers that no suite of their own covers: spans of the interval tree,
 * masks of CPUs in pieces, more CRCs, and small macros.
 */

#include <kunit/test.h>

#include <linux/bitmap.h>
#include <linux/bvec.h>
#include <linux/cpumask.h>
#include <linux/crc-t10dif.h>
#include <linux/crc64.h>
#include <linux/interval_tree.h>
#include <linux/kernel.h>
#include <linux/kstrtox.h>
#include <linux/prandom.h>
#include <linux/printk.h>
#include <linux/random.h>
#include <linux/rhashtable.h>
#include <linux/siphash.h>
#include <linux/string.h>
#include <linux/swab.h>

static const u8 digits[] = "123456789";

/* The check values that the catalogues of CRCs give for "123456789". */
static void crcs_have_their_catalogued_check_values(struct kunit *test)
{
	KUNIT_EXPECT_EQ(test, crc_t10dif(digits, 9), 0xd0db);
	KUNIT_EXPECT_EQ(test, crc64_rocksoft(digits, 9), 0xae8b14860a799888ULL);
	KUNIT_EXPECT_EQ(test, crc64_be(0, digits, 9), 0x6c40df5f0b497347ULL);
}

static void crcs_go_on_where_they_stopped(struct kunit *test)
{
	int cut;

	for (cut = 0; cut <= 9; cut++) {
		u16 t10 = crc_t10dif_update(0, digits, cut);
		u64 rocksoft = crc64_rocksoft_update(0, digits, cut);

		KUNIT_EXPECT_EQ(test, crc_t10dif_update(t10, digits + cut, 9 - cut), 0xd0db);
		KUNIT_EXPECT_EQ(test, crc64_rocksoft_update(rocksoft, digits + cut, 9 - cut),
				0xae8b14860a799888ULL);
	}
}

static void a_cpumask_is_read_in_pieces(struct kunit *test)
{
	char whole[64], pieces[64] = "";
	cpumask_t mask = CPU_MASK_NONE;
	ssize_t n;
	loff_t at;

	cpumask_set_cpu(0, &mask);
	if (nr_cpu_ids > 2)
		cpumask_set_cpu(2, &mask);
	n = cpumap_print_list_to_buf(whole, &mask, 0, sizeof(whole));
	KUNIT_EXPECT_EQ(test, n, (ssize_t)strlen(nr_cpu_ids > 2 ? "0,2\n" : "0\n") + 1);
	KUNIT_EXPECT_STREQ(test, whole, nr_cpu_ids > 2 ? "0,2\n" : "0\n");
	n = cpumap_print_bitmask_to_buf(whole, &mask, 0, sizeof(whole));
	KUNIT_EXPECT_GT(test, n, 0);
	for (at = 0; at < n; at++)
		KUNIT_EXPECT_EQ(test, cpumap_print_bitmask_to_buf(pieces + at, &mask, at, 1), 1);
	KUNIT_EXPECT_STREQ(test, pieces, whole);
	KUNIT_EXPECT_EQ(test, cpumap_print_bitmask_to_buf(pieces, &mask, n, 1), 0);
	KUNIT_EXPECT_GE(test, CPUMAP_FILE_MAX_BYTES, (int)PAGE_SIZE);
	KUNIT_EXPECT_GE(test, CPULIST_FILE_MAX_BYTES, (int)PAGE_SIZE);
}

static void numbers_from_a_user_by_width(struct kunit *test)
{
	const char __user *bad = (const char __user *)~0xfffUL;
	u64 a = 1;
	s64 b = 1;
	u32 c = 1;
	s32 d = 1;

	KUNIT_EXPECT_EQ(test, kstrtou64_from_user(bad, 2, 0, &a), -EFAULT);
	KUNIT_EXPECT_EQ(test, kstrtos64_from_user(bad, 2, 0, &b), -EFAULT);
	KUNIT_EXPECT_EQ(test, kstrtou32_from_user(bad, 2, 0, &c), -EFAULT);
	KUNIT_EXPECT_EQ(test, kstrtos32_from_user(bad, 2, 0, &d), -EFAULT);
	KUNIT_EXPECT_EQ(test, a + b + c + d, 4ULL);
}

static void waiting_for_random_numbers_gives_them(struct kunit *test)
{
	unsigned long l;
	u64 ull;
	u32 u;
	u16 s;
	u8 c;

	if (!rng_is_initialized()) {
		kunit_skip(test, "no entropy: it would wait");
		return;
	}
	KUNIT_EXPECT_EQ(test, get_random_u8_wait(&c), 0);
	KUNIT_EXPECT_EQ(test, get_random_u16_wait(&s), 0);
	KUNIT_EXPECT_EQ(test, get_random_u32_wait(&u), 0);
	KUNIT_EXPECT_EQ(test, get_random_u64_wait(&ull), 0);
	KUNIT_EXPECT_EQ(test, get_random_long_wait(&l), 0);
}

static DEFINE_PER_CPU(struct rnd_state, states);

static void prandom_init_once_seeds_once(struct kunit *test)
{
	struct rnd_state first;
	int i;

	for (i = 0; i < 2; i++) {
		prandom_init_once(&states);
		if (!i)
			first = *per_cpu_ptr(&states, 0);
	}
	KUNIT_EXPECT_MEMEQ(test, &first, per_cpu_ptr(&states, 0), sizeof(first));
	KUNIT_EXPECT_GE(test, first.s4, 128U);
}

/* SipHash-2-4 of no bytes, put together from its parts. */
static void the_siphash_permutation_makes_siphash(struct kunit *test)
{
	const siphash_key_t key = { { 0x0706050403020100ULL, 0x0f0e0d0c0b0a0908ULL } };
	u64 v0 = SIPHASH_CONST_0 ^ key.key[0], v1 = SIPHASH_CONST_1 ^ key.key[1];
	u64 v2 = SIPHASH_CONST_2 ^ key.key[0], v3 = SIPHASH_CONST_3 ^ key.key[1];
	int i;

	for (i = 0; i < 2; i++)
		SIPHASH_PERMUTATION(v0, v1, v2, v3);	/* the last word is 0 */
	v2 ^= 0xff;
	for (i = 0; i < 4; i++)
		SIPHASH_PERMUTATION(v0, v1, v2, v3);
	KUNIT_EXPECT_EQ(test, v0 ^ v1 ^ v2 ^ v3, siphash("", 0, &key));
	KUNIT_EXPECT_EQ(test, v0 ^ v1 ^ v2 ^ v3, 0x726fdb47dd0e0e31ULL);
}

static void half_words_change_places(struct kunit *test)
{
	u32 x = 0x11223344;

	KUNIT_EXPECT_EQ(test, swahw32p(&x), 0x33441122U);
	KUNIT_EXPECT_EQ(test, swahb32p(&x), 0x22114433U);
	swahw32s(&x);
	KUNIT_EXPECT_EQ(test, x, 0x33441122U);
	swahb32s(&x);
	KUNIT_EXPECT_EQ(test, x, 0x44332211U);
}

static void pointers_under_a_condition(struct kunit *test)
{
	u64 address = 0x12345678;

	KUNIT_EXPECT_PTR_EQ(test, PTR_IF(true, test), test);
	KUNIT_EXPECT_NULL(test, PTR_IF(false, test));
	KUNIT_EXPECT_EQ(test, (unsigned long)u64_to_user_ptr(address), 0x12345678UL);
	KUNIT_EXPECT_EQ(test, VERIFY_OCTAL_PERMISSIONS(0644), 0644);
}

static void messages_name_who_is_to_blame(struct kunit *test)
{
	KUNIT_EXPECT_STREQ(test, FW_BUG, "[Firmware Bug]: ");
	KUNIT_EXPECT_STREQ(test, FW_WARN, "[Firmware Warn]: ");
	KUNIT_EXPECT_STREQ(test, FW_INFO, "[Firmware Info]: ");
	KUNIT_EXPECT_STREQ(test, HW_ERR, "[Hardware Error]: ");
}

static void a_ring_of_fragments_is_walked_round(struct kunit *test)
{
	struct bio_vec ring[3], bv;
	struct bvec_iter iter, start = { .bi_size = 3 * 3 * 8 };
	struct page *page = virt_to_page(test);
	unsigned int seen = 0, wrong = 0;
	int i;

	for (i = 0; i < 3; i++)
		bvec_set_page(&ring[i], page, 8, i * 8);
	for_each_bvec_wrap(bv, ring, iter, start, 3) {
		wrong += bv.bv_offset != seen % 3 * 8 || bv.bv_len != 8;
		seen++;
	}
	KUNIT_EXPECT_EQ(test, seen, 9U);
	KUNIT_EXPECT_EQ(test, wrong, 0U);
}

struct thing {
	u32 key;
	struct rhash_head node;
};

static const struct rhashtable_params by_key = {
	.key_len = sizeof(u32),
	.key_offset = offsetof(struct thing, key),
	.head_offset = offsetof(struct thing, node),
};

/* A chain is walked under its bucket's lock, in a table that isn't being resized. */
static void chains_are_walked_by_entry(struct kunit *test)
{
	struct thing things[20], *thing;
	struct rhash_head *pos, *next;
	struct bucket_table *tbl;
	struct rhashtable ht;
	unsigned int i, sum = 0, safe_sum = 0;

	KUNIT_ASSERT_EQ(test, rhashtable_init(&ht, &by_key), 0);
	for (i = 0; i < 20; i++) {
		things[i].key = i;
		KUNIT_ASSERT_EQ(test, rhashtable_insert_fast(&ht, &things[i].node, by_key), 0);
	}
	mutex_lock(&ht.mutex);
	tbl = rht_dereference(ht.tbl, &ht);
	for (i = 0; i < tbl->size; i++) {
		struct rhash_lock_head __rcu **bkt = rht_bucket_var(tbl, i);
		unsigned long flags;

		if (!bkt)
			continue;
		flags = rht_lock(tbl, bkt);
		rht_for_each_entry(thing, pos, tbl, i, node)
			sum += thing->key;
		rht_for_each_entry_safe(thing, pos, next, tbl, i, node)
			safe_sum += thing->key;
		rht_unlock(tbl, bkt, flags);
	}
	mutex_unlock(&ht.mutex);
	KUNIT_EXPECT_EQ(test, sum, 190U);
	KUNIT_EXPECT_EQ(test, safe_sum, 190U);
	rhashtable_destroy(&ht);
}

/* ---- spans of an interval tree ---- */

#define SPAN_INDICES	200

/* Random intervals; every walk over a range against a map of which index is in one. */
static void spans_say_which_indices_are_used(struct kunit *test)
{
	struct interval_tree_node nodes[12];
	struct interval_tree_span_iter span;
	bool used[SPAN_INDICES];
	struct rnd_state rnd;
	unsigned int round, i, bad = 0;
	unsigned long first, last, at;

	prandom_seed_state(&rnd, 77);
	for (round = 0; round < 200; round++) {
		struct rb_root_cached root = RB_ROOT_CACHED;
		unsigned int n = prandom_u32_state(&rnd) % ARRAY_SIZE(nodes);
		int before = -1;

		memset(used, 0, sizeof(used));
		for (i = 0; i < n; i++) {
			nodes[i].start = prandom_u32_state(&rnd) % SPAN_INDICES;
			nodes[i].last = min_t(unsigned long, SPAN_INDICES - 1,
					      nodes[i].start + prandom_u32_state(&rnd) % 20);
			interval_tree_insert(&nodes[i], &root);
			memset(used + nodes[i].start, 1, nodes[i].last - nodes[i].start + 1);
		}
		first = prandom_u32_state(&rnd) % SPAN_INDICES;
		last = first + prandom_u32_state(&rnd) % (SPAN_INDICES - first);
		at = first;
		interval_tree_for_each_span(&span, &root, first, last) {
			bad += span.start_hole != at || span.is_hole == before;
			before = span.is_hole;
			for (; at <= span.last_hole; at++)
				bad += used[at] == span.is_hole;
		}
		bad += at != last + 1;

		/* the same from a place in the middle */
		interval_tree_span_iter_first(&span, &root, first, last);
		at = first + (last - first) / 2;
		interval_tree_span_iter_advance(&span, &root, at);
		bad += span.start_hole != at || used[at] == span.is_hole;
		interval_tree_span_iter_advance(&span, &root, last + 1);
		bad += !interval_tree_span_iter_done(&span);
	}
	KUNIT_EXPECT_EQ(test, bad, 0U);
}

static void spans_reach_the_end_of_the_index(struct kunit *test)
{
	struct interval_tree_node node = { .start = ULONG_MAX - 5, .last = ULONG_MAX };
	struct rb_root_cached root = RB_ROOT_CACHED;
	struct interval_tree_span_iter span;
	unsigned int spans = 0;

	interval_tree_for_each_span(&span, &root, 0, ULONG_MAX)
		spans += span.is_hole == 1 && span.last_hole == ULONG_MAX;
	KUNIT_EXPECT_EQ(test, spans, 1U);
	interval_tree_insert(&node, &root);
	interval_tree_for_each_span(&span, &root, 7, ULONG_MAX)
		spans++;
	KUNIT_EXPECT_EQ(test, spans, 3U);
}

static struct kunit_case header_families_cases[] = {
	KUNIT_CASE(crcs_have_their_catalogued_check_values),
	KUNIT_CASE(crcs_go_on_where_they_stopped),
	KUNIT_CASE(a_cpumask_is_read_in_pieces),
	KUNIT_CASE(numbers_from_a_user_by_width),
	KUNIT_CASE(waiting_for_random_numbers_gives_them),
	KUNIT_CASE(prandom_init_once_seeds_once),
	KUNIT_CASE(the_siphash_permutation_makes_siphash),
	KUNIT_CASE(half_words_change_places),
	KUNIT_CASE(pointers_under_a_condition),
	KUNIT_CASE(messages_name_who_is_to_blame),
	KUNIT_CASE(a_ring_of_fragments_is_walked_round),
	KUNIT_CASE(chains_are_walked_by_entry),
	KUNIT_CASE(spans_say_which_indices_are_used),
	KUNIT_CASE(spans_reach_the_end_of_the_index),
	{}
};

static struct kunit_suite header_families_suite = {
	.name = "header_families",
	.test_cases = header_families_cases,
};
kunit_test_suite(header_families_suite);

MODULE_LICENSE("MIT");
