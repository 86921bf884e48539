// SPDX-License-Identifier: MIT
/* Tests of <linux/textsearch.h> with kmp, bm and fsm. */

#include <kunit/test.h>

#include <linux/ctype.h>
#include <linux/prandom.h>
#include <linux/slab.h>
#include <linux/textsearch.h>
#include <linux/textsearch_fsm.h>

/* --- Text search ------------------------------------------------------------------------------ */

static const char * const algorithms[] = { "kmp", "bm" };

static void both_algorithms_find_all_matches(struct kunit *test)
{
	static const char text[] = "abracadabra abracadabra";
	int i;

	for (i = 0; i < ARRAY_SIZE(algorithms); i++) {
		struct ts_state state;
		struct ts_config *conf = textsearch_prepare(algorithms[i], "abra", 4, GFP_KERNEL,
							    TS_AUTOLOAD);

		KUNIT_ASSERT_FALSE(test, IS_ERR(conf));
		KUNIT_EXPECT_EQ(test, textsearch_get_pattern_len(conf), 4);
		KUNIT_EXPECT_MEMEQ(test, textsearch_get_pattern(conf), "abra", 4);
		KUNIT_EXPECT_EQ(test, textsearch_find_continuous(conf, &state, text, 23), 0);
		KUNIT_EXPECT_EQ(test, textsearch_next(conf, &state), 7);
		KUNIT_EXPECT_EQ(test, textsearch_next(conf, &state), 12);
		KUNIT_EXPECT_EQ(test, textsearch_next(conf, &state), 19);
		KUNIT_EXPECT_EQ(test, textsearch_next(conf, &state), UINT_MAX);
		KUNIT_EXPECT_EQ(test, textsearch_find_continuous(conf, &state, text, 3), UINT_MAX);
		textsearch_destroy(conf);
	}
}

static void case_is_ignored_if_asked(struct kunit *test)
{
	int i;

	for (i = 0; i < ARRAY_SIZE(algorithms); i++) {
		struct ts_state state;
		struct ts_config *conf = textsearch_prepare(algorithms[i], "NeEdle", 6, GFP_KERNEL,
							    TS_IGNORECASE);

		KUNIT_ASSERT_FALSE(test, IS_ERR(conf));
		KUNIT_EXPECT_EQ(test, textsearch_find_continuous(conf, &state, "hay nEEDLE", 10),
				4);
		textsearch_destroy(conf);
	}
}

/* Text in pieces: chunk.cuts[k] is where piece k ends. */
struct pieces {
	const u8 *text;
	unsigned int len, size;
};

static unsigned int next_piece(unsigned int consumed, const u8 **dst, struct ts_config *conf,
			       struct ts_state *state)
{
	struct pieces *p = *(struct pieces **)state->cb;

	if (consumed >= p->len)
		return 0;
	*dst = p->text + consumed;
	return min(p->len - consumed, p->size - consumed % p->size);
}

static unsigned int naive_find(const u8 *text, unsigned int len, unsigned int from,
			       const u8 *pattern, unsigned int plen)
{
	for (; from + plen <= len; from++) {
		if (!memcmp(text + from, pattern, plen))
			return from;
	}
	return UINT_MAX;
}

static void random_texts_in_pieces_match_a_naive_search(struct kunit *test)
{
	struct rnd_state rnd;
	u8 text[200], pattern[8];
	int round, i, a;

	prandom_seed_state(&rnd, 17);
	for (round = 0; round < 400; round++) {
		unsigned int plen = 1 + prandom_u32_state(&rnd) % 8;
		struct pieces p = { text, 50 + prandom_u32_state(&rnd) % 150,
				    1 + prandom_u32_state(&rnd) % 20 };

		/* a small alphabet, so that there are many near matches */
		for (i = 0; i < p.len; i++)
			text[i] = 'a' + prandom_u32_state(&rnd) % 2;
		for (i = 0; i < plen; i++)
			pattern[i] = 'a' + prandom_u32_state(&rnd) % 2;

		for (a = 0; a < ARRAY_SIZE(algorithms); a++) {
			struct ts_state state;
			struct ts_config *conf = textsearch_prepare(algorithms[a], pattern, plen,
								    GFP_KERNEL, 0);
			unsigned int want = 0, from = 0, got;

			KUNIT_ASSERT_FALSE(test, IS_ERR(conf));
			conf->get_next_block = next_piece;
			*(struct pieces **)state.cb = &p;
			got = textsearch_find(conf, &state);
			while (want != UINT_MAX) {
				want = naive_find(text, p.len, from, pattern, plen);
				KUNIT_ASSERT_EQ_MSG(test, got, want, "%s round %d", algorithms[a],
						    round);
				from = want + plen;
				if (want != UINT_MAX)
					got = textsearch_next(conf, &state);
			}
			textsearch_destroy(conf);
		}
	}
}

static unsigned int fsm_search(struct kunit *test, const struct ts_fsm_token *tokens,
			       unsigned int count, const char *text)
{
	struct ts_config *conf = textsearch_prepare("fsm", tokens, count * sizeof(*tokens),
						    GFP_KERNEL, 0);
	struct ts_state state;
	unsigned int pos;

	KUNIT_ASSERT_FALSE(test, IS_ERR(conf));
	KUNIT_EXPECT_EQ(test, textsearch_get_pattern_len(conf), count * sizeof(*tokens));
	pos = textsearch_find_continuous(conf, &state, text, strlen(text));
	textsearch_destroy(conf);
	return pos;
}

static void fsm_patterns_match_classes(struct kunit *test)
{
	static const struct ts_fsm_token number[] = {
		{ TS_FSM_SPECIFIC, TS_FSM_HEAD_IGNORE, '#' },
		{ TS_FSM_SPACE, TS_FSM_ANY, 0 },
		{ TS_FSM_DIGIT, TS_FSM_MULTI, 0 },
		{ TS_FSM_SPECIFIC, TS_FSM_PERHAPS, '.' },
		{ TS_FSM_SPECIFIC, TS_FSM_SINGLE, ';' },
	};
	static const struct ts_fsm_token anchored[] = {
		{ TS_FSM_UPPER, TS_FSM_SINGLE, 0 }, { TS_FSM_LOWER, TS_FSM_MULTI, 0 },
		{ TS_FSM_WILDCARD, TS_FSM_SINGLE, 0 }, { TS_FSM_DIGIT, TS_FSM_SINGLE, 0 },
	};

	KUNIT_EXPECT_EQ(test, fsm_search(test, number, 5, "x # 12.; y"), 2);
	KUNIT_EXPECT_EQ(test, fsm_search(test, number, 5, "#x #7;"), 3);
	KUNIT_EXPECT_EQ(test, fsm_search(test, number, 5, "# ;"), UINT_MAX);
	KUNIT_EXPECT_EQ(test, fsm_search(test, anchored, 4, "Abc5"), 0);
	KUNIT_EXPECT_EQ(test, fsm_search(test, anchored, 4, "Abc-5"), 0);
	KUNIT_EXPECT_EQ(test, fsm_search(test, anchored, 4, " Abc-5"), UINT_MAX);
}

static void bad_patterns_are_refused(struct kunit *test)
{
	static const struct ts_fsm_token nothing[] = { { TS_FSM_DIGIT, TS_FSM_ANY, 0 } };
	static const struct ts_fsm_token bad_type[] = { { 99, TS_FSM_SINGLE, 0 } };

	KUNIT_EXPECT_EQ(test, PTR_ERR(textsearch_prepare("kmp", "", 0, GFP_KERNEL, 0)), -EINVAL);
	KUNIT_EXPECT_EQ(test, PTR_ERR(textsearch_prepare("none", "x", 1, GFP_KERNEL, 0)), -ENOENT);
	KUNIT_EXPECT_EQ(test, PTR_ERR(textsearch_prepare("fsm", "x", 1, GFP_KERNEL, 0)), -EINVAL);
	KUNIT_EXPECT_EQ(test, PTR_ERR(textsearch_prepare("fsm", nothing, 4, GFP_KERNEL, 0)),
			-EINVAL);
	KUNIT_EXPECT_EQ(test, PTR_ERR(textsearch_prepare("fsm", bad_type, 4, GFP_KERNEL, 0)),
			-EINVAL);
}

static struct ts_config *own_init(const void *pattern, unsigned int len, gfp_t gfp, int flags)
{
	return alloc_ts_config(0, gfp);
}

static unsigned int own_find(struct ts_config *conf, struct ts_state *state)
{
	return 42;
}

static void *own_get_pattern(struct ts_config *conf)
{
	return ts_config_priv(conf);
}

static unsigned int own_get_pattern_len(struct ts_config *conf)
{
	return 7;
}

static void algorithms_register_once(struct kunit *test)
{
	static struct ts_ops ops = {
		.name = "own", .init = own_init, .find = own_find,
		.get_pattern = own_get_pattern, .get_pattern_len = own_get_pattern_len,
	};
	struct ts_ops same_name = ops, incomplete = { .name = "incomplete" };
	struct ts_config *conf;
	struct ts_state state;

	KUNIT_EXPECT_EQ(test, textsearch_register(&ops), 0);
	KUNIT_EXPECT_EQ(test, textsearch_register(&same_name), -EEXIST);
	KUNIT_EXPECT_EQ(test, textsearch_register(&incomplete), -EINVAL);
	conf = textsearch_prepare("own", "x", 1, GFP_KERNEL, 0);
	KUNIT_ASSERT_FALSE(test, IS_ERR(conf));
	KUNIT_EXPECT_EQ(test, textsearch_find(conf, &state), 42);
	textsearch_destroy(conf);
	KUNIT_EXPECT_EQ(test, textsearch_unregister(&ops), 0);
	KUNIT_EXPECT_EQ(test, textsearch_unregister(&ops), -ENOENT);
}

static struct kunit_case textsearch_cases[] = {
	KUNIT_CASE(both_algorithms_find_all_matches),
	KUNIT_CASE(case_is_ignored_if_asked),
	KUNIT_CASE(random_texts_in_pieces_match_a_naive_search),
	KUNIT_CASE(fsm_patterns_match_classes),
	KUNIT_CASE(bad_patterns_are_refused),
	KUNIT_CASE(algorithms_register_once),
	{}
};

static struct kunit_suite textsearch_suite = { .name = "textsearch",
					      .test_cases = textsearch_cases };
kunit_test_suite(textsearch_suite);

MODULE_LICENSE("MIT");
