// SPDX-License-Identifier: MIT
/*
 * Text search for patterns of tokens: character classes that occur once, perhaps, any number of
 * times, or at least once. See <linux/textsearch_fsm.h>.
 *
 * The pattern is a nondeterministic automaton: place k means that the tokens before k matched. A
 * search keeps for each place the earliest start of an attempt that reached it, and moves all
 * places on with each character. So each character is read once, in order, whatever the pieces are;
 * the match that ends first is found, and of those that end there the one that begins first.
 *
 * "At least once" is stored as "once" and "any number of times".
 */

#include <linux/textsearch.h>
#include <linux/textsearch_fsm.h>

#include <linux/ctype.h>
#include <linux/errno.h>
#include <linux/limits.h>
#include <linux/minmax.h>
#include <linux/string.h>

/* Places of an automaton, which live on the stack during a search. */
#define MAX_TOKENS	64

#define NOWHERE		UINT_MAX

struct ts_fsm {
	unsigned int ntokens;
	bool anywhere;			/* may begin behind the start of the text */
	unsigned int pattern_len;	/* as given */
	struct ts_fsm_token *pattern;	/* as given; behind this */
	struct ts_fsm_token tokens[MAX_TOKENS];
};

static bool token_matches(const struct ts_fsm_token *token, u8 c)
{
	switch (token->type) {
	case TS_FSM_SPECIFIC:
		return c == token->value;
	case TS_FSM_WILDCARD:
		return true;
	case TS_FSM_DIGIT:
		return isdigit(c);
	case TS_FSM_XDIGIT:
		return isxdigit(c);
	case TS_FSM_PRINT:
		return isprint(c);
	case TS_FSM_ALPHA:
		return isalpha(c);
	case TS_FSM_ALNUM:
		return isalnum(c);
	case TS_FSM_LOWER:
		return islower(c);
	case TS_FSM_UPPER:
		return isupper(c);
	case TS_FSM_PUNCT:
		return ispunct(c);
	case TS_FSM_SPACE:
		return isspace(c);
	case TS_FSM_CNTRL:
		return iscntrl(c);
	case TS_FSM_GRAPH:
		return isgraph(c);
	case TS_FSM_ASCII:
		return isascii(c);
	default:
		return false;
	}
}

static bool may_be_skipped(const struct ts_fsm_token *token)
{
	return token->recur == TS_FSM_PERHAPS || token->recur == TS_FSM_ANY;
}

/* A token that may be left out leads on at once. */
static void skip_optional(const struct ts_fsm *fsm, unsigned int *start)
{
	unsigned int k;

	for (k = 0; k < fsm->ntokens; k++) {
		if (may_be_skipped(&fsm->tokens[k]))
			start[k + 1] = min(start[k + 1], start[k]);
	}
}

static void step(const struct ts_fsm *fsm, unsigned int *start, u8 c)
{
	unsigned int k = fsm->ntokens;

	/* downwards: place k is read before it gets what place k - 1 sends */
	start[k] = NOWHERE;
	while (k--) {
		bool matches = start[k] != NOWHERE && token_matches(&fsm->tokens[k], c);

		if (matches)
			start[k + 1] = min(start[k + 1], start[k]);
		if (!matches || fsm->tokens[k].recur != TS_FSM_ANY)
			start[k] = NOWHERE;
	}
}

static unsigned int fsm_find(struct ts_config *conf, struct ts_state *state)
{
	const struct ts_fsm *fsm = ts_config_priv(conf);
	unsigned int start[MAX_TOKENS + 1];
	unsigned int pos = state->offset;
	unsigned int len, i, k;
	bool first = true;
	const u8 *text;

	for (k = 0; k <= fsm->ntokens; k++)
		start[k] = NOWHERE;

	while ((len = conf->get_next_block(pos, &text, conf, state))) {
		for (i = 0; i < len; i++, pos++) {
			if (first || fsm->anywhere)
				start[0] = min(start[0], pos);
			first = false;
			skip_optional(fsm, start);
			step(fsm, start, text[i]);
			skip_optional(fsm, start);
			if (start[fsm->ntokens] != NOWHERE) {
				state->offset = pos + 1;
				return start[fsm->ntokens];
			}
		}
	}
	state->offset = pos;
	return UINT_MAX;
}

/* Check and store one token; MULTI takes two places. */
static int add_token(struct ts_fsm *fsm, const struct ts_fsm_token *t, bool is_first)
{
	struct ts_fsm_token token = *t;

	if (t->type > TS_FSM_TYPE_MAX || t->recur > TS_FSM_RECUR_MAX)
		return -EINVAL;
	if (t->recur == TS_FSM_HEAD_IGNORE) {
		if (!is_first)
			return -EINVAL;
		fsm->anywhere = true;
		token.recur = TS_FSM_SINGLE;
	}
	if (t->recur == TS_FSM_MULTI) {
		token.recur = TS_FSM_SINGLE;
		if (fsm->ntokens == MAX_TOKENS)
			return -EINVAL;
		fsm->tokens[fsm->ntokens++] = token;
		token.recur = TS_FSM_ANY;
	}
	if (fsm->ntokens == MAX_TOKENS)
		return -EINVAL;
	fsm->tokens[fsm->ntokens++] = token;
	return 0;
}

static bool matches_nothing(const struct ts_fsm *fsm)
{
	unsigned int k;

	for (k = 0; k < fsm->ntokens; k++) {
		if (!may_be_skipped(&fsm->tokens[k]))
			return false;
	}
	return true;
}

static struct ts_config *fsm_init(const void *pattern, unsigned int len, gfp_t gfp_mask,
				  int flags)
{
	const struct ts_fsm_token *tokens = pattern;
	unsigned int count = len / sizeof(*tokens), i;
	struct ts_config *conf;
	struct ts_fsm *fsm;

	if (len % sizeof(*tokens) || count == 0 || flags & TS_IGNORECASE)
		return ERR_PTR(-EINVAL);

	conf = alloc_ts_config(sizeof(*fsm) + len, gfp_mask);
	if (IS_ERR(conf))
		return conf;

	conf->flags = flags;
	fsm = ts_config_priv(conf);
	fsm->pattern = (struct ts_fsm_token *)(fsm + 1);
	fsm->pattern_len = len;
	memcpy(fsm->pattern, pattern, len);
	for (i = 0; i < count; i++) {
		if (add_token(fsm, &tokens[i], i == 0))
			goto err_free;
	}
	if (matches_nothing(fsm))
		goto err_free;
	return conf;

err_free:
	kfree(conf);
	return ERR_PTR(-EINVAL);
}

static void *fsm_get_pattern(struct ts_config *conf)
{
	return ((struct ts_fsm *)ts_config_priv(conf))->pattern;
}

static unsigned int fsm_get_pattern_len(struct ts_config *conf)
{
	return ((struct ts_fsm *)ts_config_priv(conf))->pattern_len;
}

static struct ts_ops fsm_ops = {
	.name		 = "fsm",
	.find		 = fsm_find,
	.init		 = fsm_init,
	.get_pattern	 = fsm_get_pattern,
	.get_pattern_len = fsm_get_pattern_len,
	.owner		 = THIS_MODULE,
	.list		 = LIST_HEAD_INIT(fsm_ops.list),
};

static int __init init_fsm(void)
{
	return textsearch_register(&fsm_ops);
}
subsys_initcall(init_fsm);
