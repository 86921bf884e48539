// SPDX-License-Identifier: MIT
/*
 * Text search after Boyer and Moore: compares the pattern from its end, so that a mismatch often
 * lets it move by its whole length without looking at the characters between.
 *
 * That needs the text in one piece. Where a match may lie across pieces, the automaton of kmp takes
 * over: from the last characters of a piece it computes how many characters of the pattern match
 * there, and it runs on into the next piece until nothing that began in an earlier one can match.
 */

#include <linux/textsearch.h>

#include <linux/limits.h>
#include <linux/minmax.h>
#include <linux/string.h>

#include "ts_kmp.h"

#define ALPHABET	256

struct ts_bm {
	u8 *pattern;			/* in upper case if that is ignored */
	unsigned int patlen;
	unsigned int *prefix;		/* kmp's, patlen entries */
	unsigned int bad_shift[ALPHABET];	/* from a character's last place to the end */
	unsigned int good_shift[];	/* if all behind place j matched, patlen entries */
};

/*
 * Search one piece from @pos on. Returns the place of a match, or a place from which on there is no
 * room for one; *@found says which.
 */
static unsigned int search_piece(const struct ts_bm *bm, const u8 *text, unsigned int len,
				 unsigned int pos, bool icase, bool *found)
{
	while (pos + bm->patlen <= len) {
		unsigned int j = bm->patlen;
		unsigned int bad, good;
		u8 c = 0;

		while (j > 0 && (c = ts_fold(text[pos + j - 1], icase)) == bm->pattern[j - 1])
			j--;
		if (j == 0) {
			*found = true;
			return pos;
		}
		/*
		 * bring the text's character over its last place in the pattern, if that is left of
		 * j
		 */
		bad = bm->bad_shift[c];
		bad = bad > bm->patlen - j ? bad - (bm->patlen - j) : 1;
		good = bm->good_shift[j - 1];
		pos += max(bad, good);
	}
	*found = false;
	return pos;
}

static unsigned int match_at(struct ts_state *state, unsigned int pos, unsigned int patlen)
{
	state->offset = pos + patlen;
	return pos;
}

static unsigned int bm_find(struct ts_config *conf, struct ts_state *state)
{
	const struct ts_bm *bm = ts_config_priv(conf);
	const bool icase = conf->flags & TS_IGNORECASE;
	unsigned int consumed = state->offset;
	unsigned int q = 0, len;	/* q: characters matched at the end of the pieces so far */
	const u8 *text;

	while ((len = conf->get_next_block(consumed, &text, conf, state))) {
		unsigned int i, pos;
		bool found;

		/* what began earlier, until it is whole or dead */
		for (i = 0; i < len && q > i; i++) {
			q = kmp_step(bm->pattern, bm->prefix, q, ts_fold(text[i], icase));
			if (q == bm->patlen)
				return match_at(state, consumed + i + 1 - q, bm->patlen);
		}
		if (q <= i) {
			pos = search_piece(bm, text, len, i - q, icase, &found);
			if (found)
				return match_at(state, consumed + pos, bm->patlen);
			/* matches that begin in the rest of the piece */
			q = 0;
			for (i = min(pos, len); i < len; i++)
				q = kmp_step(bm->pattern, bm->prefix, q, ts_fold(text[i], icase));
		}
		consumed += len;
	}
	state->offset = consumed;
	return UINT_MAX;
}

/*
 * good_shift[j]: the pattern behind place j matched and j itself did not. The nearest shift that
 * puts the same characters, or as many of them as the pattern's beginning has, under the text.
 */
static void make_good_shifts(struct ts_bm *bm)
{
	const unsigned int m = bm->patlen;
	unsigned int j, shift;

	for (j = 0; j < m; j++) {
		for (shift = 1; shift < m; shift++) {
			unsigned int k = m - 1;

			while (k > j && (k < shift || bm->pattern[k - shift] == bm->pattern[k]))
				k--;
			if (k == j && (j < shift || bm->pattern[j - shift] != bm->pattern[j]))
				break;
		}
		bm->good_shift[j] = shift;
	}
}

static struct ts_config *bm_init(const void *pattern, unsigned int len, gfp_t gfp_mask,
				 int flags)
{
	size_t table = len * sizeof(unsigned int);
	struct ts_config *conf;
	struct ts_bm *bm;
	unsigned int i;

	conf = alloc_ts_config(sizeof(*bm) + 2 * table + len, gfp_mask);
	if (IS_ERR(conf))
		return conf;

	conf->flags = flags;
	bm = ts_config_priv(conf);
	bm->patlen = len;
	bm->prefix = bm->good_shift + len;
	bm->pattern = (u8 *)(bm->prefix + len);
	for (i = 0; i < len; i++)
		bm->pattern[i] = ts_fold(((const u8 *)pattern)[i], flags & TS_IGNORECASE);

	for (i = 0; i < ALPHABET; i++)
		bm->bad_shift[i] = len;
	for (i = 0; i < len - 1; i++)
		bm->bad_shift[bm->pattern[i]] = len - 1 - i;
	make_good_shifts(bm);
	kmp_make_prefixes(bm->pattern, len, bm->prefix);
	return conf;
}

static void *bm_get_pattern(struct ts_config *conf)
{
	return ((struct ts_bm *)ts_config_priv(conf))->pattern;
}

static unsigned int bm_get_pattern_len(struct ts_config *conf)
{
	return ((struct ts_bm *)ts_config_priv(conf))->patlen;
}

static struct ts_ops bm_ops = {
	.name		 = "bm",
	.find		 = bm_find,
	.init		 = bm_init,
	.get_pattern	 = bm_get_pattern,
	.get_pattern_len = bm_get_pattern_len,
	.owner		 = THIS_MODULE,
	.list		 = LIST_HEAD_INIT(bm_ops.list),
};

static int __init init_bm(void)
{
	return textsearch_register(&bm_ops);
}
subsys_initcall(init_bm);
