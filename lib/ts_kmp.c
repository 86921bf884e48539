// SPDX-License-Identifier: MIT
/*
 * Text search after Knuth, Morris and Pratt: reads each character of the text once, in order, so
 * pieces are no trouble. The state of the automaton (see ts_kmp.h) is carried across them.
 */

#include <linux/textsearch.h>

#include <linux/limits.h>
#include <linux/string.h>

#include "ts_kmp.h"

struct ts_kmp {
	u8 *pattern;			/* behind the table; in upper case if that is ignored */
	unsigned int pattern_len;
	unsigned int prefix[];
};

static unsigned int kmp_find(struct ts_config *conf, struct ts_state *state)
{
	const struct ts_kmp *kmp = ts_config_priv(conf);
	const bool icase = conf->flags & TS_IGNORECASE;
	unsigned int consumed = state->offset;
	unsigned int q = 0, len, i;
	const u8 *text;

	while ((len = conf->get_next_block(consumed, &text, conf, state))) {
		for (i = 0; i < len; i++) {
			q = kmp_step(kmp->pattern, kmp->prefix, q, ts_fold(text[i], icase));
			if (q == kmp->pattern_len) {
				state->offset = consumed + i + 1;
				return state->offset - kmp->pattern_len;
			}
		}
		consumed += len;
	}
	state->offset = consumed;
	return UINT_MAX;
}

static struct ts_config *kmp_init(const void *pattern, unsigned int len, gfp_t gfp_mask,
				  int flags)
{
	size_t table = len * sizeof(unsigned int);
	struct ts_config *conf;
	struct ts_kmp *kmp;
	unsigned int i;

	conf = alloc_ts_config(sizeof(*kmp) + table + len, gfp_mask);
	if (IS_ERR(conf))
		return conf;

	conf->flags = flags;
	kmp = ts_config_priv(conf);
	kmp->pattern_len = len;
	kmp->pattern = (u8 *)kmp->prefix + table;
	for (i = 0; i < len; i++)
		kmp->pattern[i] = ts_fold(((const u8 *)pattern)[i], flags & TS_IGNORECASE);
	kmp_make_prefixes(kmp->pattern, len, kmp->prefix);
	return conf;
}

static void *kmp_get_pattern(struct ts_config *conf)
{
	return ((struct ts_kmp *)ts_config_priv(conf))->pattern;
}

static unsigned int kmp_get_pattern_len(struct ts_config *conf)
{
	return ((struct ts_kmp *)ts_config_priv(conf))->pattern_len;
}

static struct ts_ops kmp_ops = {
	.name		 = "kmp",
	.find		 = kmp_find,
	.init		 = kmp_init,
	.get_pattern	 = kmp_get_pattern,
	.get_pattern_len = kmp_get_pattern_len,
	.owner		 = THIS_MODULE,
	.list		 = LIST_HEAD_INIT(kmp_ops.list),
};

static int __init init_kmp(void)
{
	return textsearch_register(&kmp_ops);
}
subsys_initcall(init_kmp);
