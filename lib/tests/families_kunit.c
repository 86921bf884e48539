// SPDX-License-Identifier: MIT
/* Tests of the small families: bitfield.h, circ_buf.h, interval_tree.h, parser.h. */

#include <kunit/test.h>

#include <linux/bitfield.h>
#include <linux/bits.h>
#include <linux/circ_buf.h>
#include <linux/interval_tree.h>
#include <linux/parser.h>
#include <linux/prandom.h>
#include <linux/slab.h>
#include <linux/string.h>

/* ---- bitfield.h ---- */

#define MODE	GENMASK(6, 4)
#define TOP	GENMASK_ULL(63, 60)
#define FLAG	BIT(0)

static void fields_go_in_and_come_out(struct kunit *test)
{
	static const u32 constant = FIELD_PREP_CONST(MODE, 3);
	u32 reg = FIELD_PREP(MODE, 5) | FIELD_PREP(FLAG, 1);
	unsigned int v;

	KUNIT_EXPECT_EQ(test, reg, 0x51U);
	KUNIT_EXPECT_EQ(test, constant, 0x30U);
	KUNIT_EXPECT_EQ(test, FIELD_GET(MODE, reg), 5UL);
	KUNIT_EXPECT_EQ(test, FIELD_MAX(MODE), 7UL);
	KUNIT_EXPECT_EQ(test, FIELD_GET(TOP, ~0ULL), 15ULL);
	KUNIT_EXPECT_EQ(test, FIELD_PREP(TOP, 9), 9ULL << 60);
	for (v = 0; v < 16; v++) {
		KUNIT_EXPECT_EQ(test, FIELD_FIT(MODE, v), v <= 7);
		KUNIT_EXPECT_EQ(test, FIELD_PREP(MODE, v), (v & 7UL) << 4);
	}
	FIELD_MODIFY(MODE, &reg, 2);
	KUNIT_EXPECT_EQ(test, reg, 0x21U);
}

static void typed_fields_mind_the_byte_order(struct kunit *test)
{
	__le32 le = cpu_to_le32(0x11223344);
	__be16 be = cpu_to_be16(0xabcd);
	u8 byte = 0xf0;

	KUNIT_EXPECT_EQ(test, u32_get_bits(0x11223344, GENMASK(15, 8)), 0x33U);
	KUNIT_EXPECT_EQ(test, u32_encode_bits(0x5, GENMASK(11, 8)), 0x500U);
	KUNIT_EXPECT_EQ(test, u64_replace_bits(~0ULL, 0, GENMASK_ULL(63, 32)), 0xffffffffULL);
	KUNIT_EXPECT_EQ(test, le32_get_bits(le, GENMASK(31, 24)), 0x11U);
	le32p_replace_bits(&le, 0x55, GENMASK(31, 24));
	KUNIT_EXPECT_EQ(test, le32_to_cpu(le), 0x55223344U);
	KUNIT_EXPECT_EQ(test, be16_get_bits(be, 0x0ff0), 0xbc);
	u8p_replace_bits(&byte, 0xa, 0x0f);
	KUNIT_EXPECT_EQ(test, byte, 0xfa);
	KUNIT_EXPECT_EQ(test, field_max(GENMASK(9, 3)), 127UL);
}

/* ---- circ_buf.h ---- */

static void ring_counts_agree_with_the_ring(struct kunit *test)
{
	enum { SIZE = 8 };
	int head, tail;

	for (head = 0; head < SIZE; head++) {
		for (tail = 0; tail < SIZE; tail++) {
			int count = (head - tail + SIZE) % SIZE, space = SIZE - 1 - count;

			KUNIT_EXPECT_EQ(test, CIRC_CNT(head, tail, SIZE), count);
			KUNIT_EXPECT_EQ(test, CIRC_SPACE(head, tail, SIZE), space);
			KUNIT_EXPECT_EQ(test, CIRC_CNT_TO_END(head, tail, SIZE),
					min(count, SIZE - tail));
			KUNIT_EXPECT_EQ(test, CIRC_SPACE_TO_END(head, tail, SIZE),
					min(space, SIZE - head));
		}
	}
}

/* ---- interval_tree.h ---- */

enum { NODES = 300 };

struct interval {
	struct interval_tree_node it;
	bool in, seen;
};

static bool touches(const struct interval *n, unsigned long start, unsigned long last)
{
	return n->in && n->it.start <= last && n->it.last >= start;
}

/* Each interval that touches is found once, in the order of starts, and no other. */
static unsigned int wrong_answers(struct rb_root_cached *root, struct interval *n,
				  unsigned long start, unsigned long last)
{
	struct interval_tree_node *it;
	unsigned long prev = 0;
	unsigned int wrong = 0;
	int i;

	for (it = interval_tree_iter_first(root, start, last); it;
	     it = interval_tree_iter_next(it, start, last)) {
		struct interval *found = container_of(it, struct interval, it);

		wrong += found->seen || !touches(found, start, last) || it->start < prev;
		found->seen = true;
		prev = it->start;
	}
	for (i = 0; i < NODES; i++) {
		wrong += n[i].seen != touches(n + i, start, last);
		n[i].seen = false;
	}
	return wrong;
}

static void random_intervals_follow_the_model(struct kunit *test)
{
	struct interval *n = kunit_kcalloc(test, NODES, sizeof(*n), GFP_KERNEL);
	struct rb_root_cached root = RB_ROOT_CACHED;
	unsigned int step, wrong = 0;
	struct rnd_state rnd;

	KUNIT_ASSERT_NOT_NULL(test, n);
	prandom_seed_state(&rnd, 11);
	for (step = 0; step < 6000; step++) {
		struct interval *one = n + prandom_u32_state(&rnd) % NODES;
		unsigned long start = prandom_u32_state(&rnd) % 1000;

		if (one->in) {
			interval_tree_remove(&one->it, &root);
		} else {
			one->it.start = prandom_u32_state(&rnd) % 1000;
			one->it.last = one->it.start + prandom_u32_state(&rnd) % 50;
			interval_tree_insert(&one->it, &root);
		}
		one->in = !one->in;
		wrong += wrong_answers(&root, n, start, start + prandom_u32_state(&rnd) % 30);
	}
	KUNIT_EXPECT_EQ(test, wrong, 0U);
	KUNIT_EXPECT_EQ(test, wrong_answers(&root, n, 0, ULONG_MAX), 0U);
}

static void an_empty_tree_has_no_intervals(struct kunit *test)
{
	struct rb_root_cached root = RB_ROOT_CACHED;
	struct interval_tree_node all = { .start = 0, .last = ULONG_MAX };

	KUNIT_EXPECT_NULL(test, interval_tree_iter_first(&root, 0, ULONG_MAX));
	interval_tree_insert(&all, &root);
	KUNIT_EXPECT_PTR_EQ(test, interval_tree_iter_first(&root, ULONG_MAX, ULONG_MAX), &all);
	KUNIT_EXPECT_PTR_EQ(test, interval_tree_iter_first(&root, 0, 0), &all);
	KUNIT_EXPECT_NULL(test, interval_tree_iter_next(&all, 0, ULONG_MAX));
	interval_tree_remove(&all, &root);
	KUNIT_EXPECT_NULL(test, interval_tree_iter_first(&root, 0, ULONG_MAX));
}

/* ---- parser.h ---- */

enum { OPT_SIZE, OPT_MODE, OPT_NAME, OPT_FLAG, OPT_PAIR, OPT_PERCENT, OPT_SHORT, OPT_ERR };

static const match_table_t tokens = {
	{ OPT_SIZE, "size=%u" },
	{ OPT_MODE, "mode=%o" },
	{ OPT_NAME, "name=%s" },
	{ OPT_FLAG, "flag" },
	{ OPT_PAIR, "pair=%d:%x" },
	{ OPT_PERCENT, "fill=%u%%" },
	{ OPT_SHORT, "id=%3s-%d" },
	{ OPT_ERR, NULL }
};

static int parse(const char *option, substring_t args[])
{
	return match_token((char *)option, tokens, args);
}

static void options_match_their_patterns(struct kunit *test)
{
	substring_t args[MAX_OPT_ARGS];
	unsigned int u;
	char buf[8];
	char *copy;
	int i;

	KUNIT_EXPECT_EQ(test, parse("flag", args), OPT_FLAG);
	KUNIT_EXPECT_EQ(test, parse("size=4096", args), OPT_SIZE);
	KUNIT_EXPECT_EQ(test, match_uint(&args[0], &u), 0);
	KUNIT_EXPECT_EQ(test, u, 4096U);
	KUNIT_EXPECT_EQ(test, parse("mode=0755", args), OPT_MODE);
	KUNIT_EXPECT_EQ(test, match_octal(&args[0], &i), 0);
	KUNIT_EXPECT_EQ(test, i, 0755);
	KUNIT_EXPECT_EQ(test, parse("pair=-7:ff", args), OPT_PAIR);
	KUNIT_EXPECT_EQ(test, match_int(&args[0], &i), 0);
	KUNIT_EXPECT_EQ(test, i, -7);
	KUNIT_EXPECT_EQ(test, match_hex(&args[1], &i), 0);
	KUNIT_EXPECT_EQ(test, i, 255);
	KUNIT_EXPECT_EQ(test, parse("fill=80%", args), OPT_PERCENT);
	KUNIT_EXPECT_EQ(test, parse("id=abc-5", args), OPT_SHORT);
	KUNIT_EXPECT_EQ(test, parse("name=some/where", args), OPT_NAME);
	KUNIT_EXPECT_EQ(test, match_strlcpy(buf, &args[0], sizeof(buf)), 10UL);
	KUNIT_EXPECT_STREQ(test, buf, "some/wh");
	copy = match_strdup(&args[0]);
	KUNIT_ASSERT_NOT_NULL(test, copy);
	KUNIT_EXPECT_STREQ(test, copy, "some/where");
	kfree(copy);
}

static void what_matches_no_pattern_is_the_last_token(struct kunit *test)
{
	static const char *const bad[] = {
		"", "fla", "flags", "size=", "size=x", "size=5k", "mode=9", "name=", "pair=1",
		"pair=1:", "fill=80", "id=abcd-5", "SIZE=1",
	};
	substring_t args[MAX_OPT_ARGS];
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(bad); i++)
		KUNIT_EXPECT_EQ_MSG(test, parse(bad[i], args), OPT_ERR, "%s", bad[i]);
}

static void numbers_out_of_range_are_errors(struct kunit *test)
{
	char big[] = "4294967296", huge[] = "18446744073709551616";
	char text[] = "12345678901234567890123456789";
	substring_t s = { big, big + strlen(big) };
	u64 v;
	unsigned int u;
	int i;

	KUNIT_EXPECT_EQ(test, match_int(&s, &i), -ERANGE);
	KUNIT_EXPECT_EQ(test, match_uint(&s, &u), -ERANGE);
	KUNIT_EXPECT_EQ(test, match_u64(&s, &v), 0);
	KUNIT_EXPECT_EQ(test, v, 1ULL << 32);
	s = (substring_t) { huge, huge + strlen(huge) };
	KUNIT_EXPECT_EQ(test, match_u64(&s, &v), -ERANGE);
	s = (substring_t) { text, text + strlen(text) };
	KUNIT_EXPECT_EQ(test, match_int(&s, &i), -ERANGE);
	s.to = text;
	KUNIT_EXPECT_EQ(test, match_int(&s, &i), -EINVAL);
}

static void wildcards_match(struct kunit *test)
{
	KUNIT_EXPECT_TRUE(test, match_wildcard("", ""));
	KUNIT_EXPECT_TRUE(test, match_wildcard("*", ""));
	KUNIT_EXPECT_TRUE(test, match_wildcard("a*c*e", "abcde"));
	KUNIT_EXPECT_TRUE(test, match_wildcard("*ab", "aaab"));
	KUNIT_EXPECT_TRUE(test, match_wildcard("a?c", "abc"));
	KUNIT_EXPECT_TRUE(test, match_wildcard("**x**", "x"));
	KUNIT_EXPECT_FALSE(test, match_wildcard("a?c", "ac"));
	KUNIT_EXPECT_FALSE(test, match_wildcard("?", ""));
	KUNIT_EXPECT_FALSE(test, match_wildcard("*ab", "aaba"));
	KUNIT_EXPECT_FALSE(test, match_wildcard("abc", "ab"));
}

static struct kunit_case bitfield_cases[] = {
	KUNIT_CASE(fields_go_in_and_come_out),
	KUNIT_CASE(typed_fields_mind_the_byte_order),
	{}
};

static struct kunit_case circ_buf_cases[] = {
	KUNIT_CASE(ring_counts_agree_with_the_ring),
	{}
};

static struct kunit_case interval_tree_cases[] = {
	KUNIT_CASE(random_intervals_follow_the_model),
	KUNIT_CASE(an_empty_tree_has_no_intervals),
	{}
};

static struct kunit_case parser_cases[] = {
	KUNIT_CASE(options_match_their_patterns),
	KUNIT_CASE(what_matches_no_pattern_is_the_last_token),
	KUNIT_CASE(numbers_out_of_range_are_errors),
	KUNIT_CASE(wildcards_match),
	{}
};

static struct kunit_suite bitfield_suite = { .name = "bitfield", .test_cases = bitfield_cases };
static struct kunit_suite circ_buf_suite = { .name = "circ_buf", .test_cases = circ_buf_cases };
static struct kunit_suite interval_tree_suite = {
	.name = "interval_tree",
	.test_cases = interval_tree_cases,
};
static struct kunit_suite parser_suite = { .name = "parser", .test_cases = parser_cases };

kunit_test_suites(&bitfield_suite, &circ_buf_suite, &interval_tree_suite, &parser_suite);
