/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_TEXTSEARCH_H
#define _LINUX_TEXTSEARCH_H

/*
 * Searching text that may lie in pieces, by an algorithm chosen by name.
 *
 *	conf = textsearch_prepare("kmp", "needle", 6, GFP_KERNEL, TS_AUTOLOAD);
 *	pos = textsearch_find_continuous(conf, &state, text, len);
 *	while (pos != UINT_MAX)
 *		pos = textsearch_next(conf, &state);
 *	textsearch_destroy(conf);
 *
 * For text in pieces set conf->get_next_block() and call textsearch_find(). A struct ts_config may
 * be used by any number of searches at once, each with its own struct ts_state.
 */

#include <linux/err.h>
#include <linux/kernel.h>
#include <linux/list.h>
#include <linux/module.h>
#include <linux/slab.h>
#include <linux/types.h>

struct ts_config;

#define TS_AUTOLOAD	1	/* load the algorithm's module if it is not there */
#define TS_IGNORECASE	2

/**
 * struct ts_state - one search
 * @offset: where textsearch_next() goes on
 * @cb: the caller's get_next_block() may keep something here
 */
struct ts_state {
	unsigned int offset;
	char cb[48] __aligned(sizeof(long));
};

/**
 * struct ts_ops - an algorithm
 * @name: its name
 * @init: make a configuration out of a pattern
 * @find: find the next match at or after state->offset, and move that behind it
 * @destroy: free what init() allocated besides the configuration; may be NULL
 * @get_pattern: the pattern
 * @get_pattern_len: its length
 * @owner: its module
 * @list: the core's
 */
struct ts_ops {
	const char *name;
	struct ts_config *(*init)(const void *pattern, unsigned int len, gfp_t gfp_mask,
				  int flags);
	unsigned int (*find)(struct ts_config *conf, struct ts_state *state);
	void (*destroy)(struct ts_config *conf);
	void *(*get_pattern)(struct ts_config *conf);
	unsigned int (*get_pattern_len)(struct ts_config *conf);
	struct module *owner;
	struct list_head list;
};

/**
 * struct ts_config - a pattern prepared for an algorithm
 * @ops: the algorithm
 * @flags: TS_*
 * @get_next_block: store where the text from @consumed on is to be found, and return how many bytes
 *	are there; 0 at its end
 * @finish: called after each search; may be NULL
 */
struct ts_config {
	struct ts_ops *ops;
	int flags;
	unsigned int (*get_next_block)(unsigned int consumed, const u8 **dst,
				       struct ts_config *conf, struct ts_state *state);
	void (*finish)(struct ts_config *conf, struct ts_state *state);
};

/**
 * textsearch_next - the next match of a search
 *
 * Return: its position, or UINT_MAX.
 */
static inline unsigned int textsearch_next(struct ts_config *conf, struct ts_state *state)
{
	unsigned int ret = conf->ops->find(conf, state);

	if (conf->finish)
		conf->finish(conf, state);
	return ret;
}

/**
 * textsearch_find - begin a search of text that conf->get_next_block() gives
 *
 * Return: the position of the first match, or UINT_MAX.
 */
static inline unsigned int textsearch_find(struct ts_config *conf, struct ts_state *state)
{
	state->offset = 0;
	return textsearch_next(conf, state);
}

/** textsearch_get_pattern - the pattern of a configuration */
static inline void *textsearch_get_pattern(struct ts_config *conf)
{
	return conf->ops->get_pattern(conf);
}

/** textsearch_get_pattern_len - its length */
static inline unsigned int textsearch_get_pattern_len(struct ts_config *conf)
{
	return conf->ops->get_pattern_len(conf);
}

int textsearch_register(struct ts_ops *ops);
int textsearch_unregister(struct ts_ops *ops);
struct ts_config *textsearch_prepare(const char *algo, const void *pattern, unsigned int len,
				     gfp_t gfp_mask, int flags);
void textsearch_destroy(struct ts_config *conf);
unsigned int textsearch_find_continuous(struct ts_config *conf, struct ts_state *state,
					const void *data, unsigned int len);

/* For algorithms: a configuration with room for their own data behind it. */
#define TS_PRIV_ALIGNTO		8
#define TS_PRIV_ALIGN(len)	(((len) + TS_PRIV_ALIGNTO - 1) & ~(TS_PRIV_ALIGNTO - 1))

/** alloc_ts_config - a zeroed configuration with @payload bytes of private data, or ERR_PTR() */
static inline struct ts_config *alloc_ts_config(size_t payload, gfp_t gfp_mask)
{
	struct ts_config *conf = kzalloc(TS_PRIV_ALIGN(sizeof(*conf)) + payload, gfp_mask);

	return conf ? conf : ERR_PTR(-ENOMEM);
}

/** ts_config_priv - the private data */
static inline void *ts_config_priv(struct ts_config *conf)
{
	return (u8 *)conf + TS_PRIV_ALIGN(sizeof(*conf));
}

#endif
