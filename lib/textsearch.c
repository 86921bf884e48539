// SPDX-License-Identifier: MIT
/*
 * Text search: the list of algorithms, and what doesn't depend on one. See <linux/textsearch.h>.
 *
 * ts_mod_lock guards the list. The algorithms of this folder register themselves when the kernel
 * boots; there are no modules to load, so TS_AUTOLOAD finds what is there or nothing.
 */

#include <linux/textsearch.h>

#include <linux/errno.h>
#include <linux/export.h>
#include <linux/spinlock.h>
#include <linux/string.h>

static DEFINE_SPINLOCK(ts_mod_lock);
static LIST_HEAD(ts_ops_list);		/* under ts_mod_lock */

static struct ts_ops *find_ops(const char *name)
{
	struct ts_ops *ops;

	list_for_each_entry(ops, &ts_ops_list, list) {
		if (!strcmp(ops->name, name))
			return ops;
	}
	return NULL;
}

/**
 * textsearch_register() - offer an algorithm
 * @ops: algorithm
 *
 * Return: 0; -EEXIST if there is one of that name; -EINVAL if a function is missing.
 */
int textsearch_register(struct ts_ops *ops)
{
	int err = -EEXIST;

	if (!ops->name || !ops->find || !ops->init || !ops->get_pattern || !ops->get_pattern_len)
		return -EINVAL;

	spin_lock(&ts_mod_lock);
	if (!find_ops(ops->name)) {
		list_add_tail(&ops->list, &ts_ops_list);
		err = 0;
	}
	spin_unlock(&ts_mod_lock);
	return err;
}
EXPORT_SYMBOL(textsearch_register);

/**
 * textsearch_unregister() - withdraw an algorithm; no configuration of it is left
 * @ops: algorithm
 *
 * Return: 0, or -ENOENT if it was not registered.
 */
int textsearch_unregister(struct ts_ops *ops)
{
	struct ts_ops *o;
	int err = -ENOENT;

	spin_lock(&ts_mod_lock);
	list_for_each_entry(o, &ts_ops_list, list) {
		if (o == ops) {
			list_del(&o->list);
			err = 0;
			break;
		}
	}
	spin_unlock(&ts_mod_lock);
	return err;
}
EXPORT_SYMBOL(textsearch_unregister);

/* Text in one piece: the search's state remembers it. */
struct linear_text {
	unsigned int len;
	const void *data;
};

static unsigned int next_linear_block(unsigned int consumed, const u8 **dst,
				      struct ts_config *conf, struct ts_state *state)
{
	struct linear_text *text = (struct linear_text *)state->cb;

	if (consumed >= text->len)
		return 0;
	*dst = text->data + consumed;
	return text->len - consumed;
}

/**
 * textsearch_find_continuous() - begin a search of text in one piece
 * @conf: configuration; its get_next_block() is replaced
 * @state: search
 * @data: text, which has to stay for textsearch_next()
 * @len: its length
 *
 * Return: the position of the first match, or UINT_MAX.
 */
unsigned int textsearch_find_continuous(struct ts_config *conf, struct ts_state *state,
					const void *data, unsigned int len)
{
	struct linear_text *text = (struct linear_text *)state->cb;

	conf->get_next_block = next_linear_block;
	text->data = data;
	text->len = len;
	return textsearch_find(conf, state);
}
EXPORT_SYMBOL(textsearch_find_continuous);

/**
 * textsearch_prepare() - prepare a pattern
 * @algo: name of the algorithm
 * @pattern: pattern, in the algorithm's form
 * @len: its length, not 0
 * @gfp_mask: how to allocate
 * @flags: TS_*
 *
 * Return: a configuration for textsearch_destroy(); ERR_PTR(): -EINVAL for a bad pattern, -ENOENT
 * if there is no such algorithm, -ENOMEM.
 */
struct ts_config *textsearch_prepare(const char *algo, const void *pattern, unsigned int len,
				     gfp_t gfp_mask, int flags)
{
	struct ts_config *conf;
	struct ts_ops *ops;

	if (len == 0)
		return ERR_PTR(-EINVAL);

	spin_lock(&ts_mod_lock);
	ops = find_ops(algo);
	if (ops && !try_module_get(ops->owner))
		ops = NULL;
	spin_unlock(&ts_mod_lock);
	if (!ops)
		return ERR_PTR(-ENOENT);

	conf = ops->init(pattern, len, gfp_mask, flags);
	if (IS_ERR(conf)) {
		module_put(ops->owner);
		return conf;
	}
	conf->ops = ops;
	return conf;
}
EXPORT_SYMBOL(textsearch_prepare);

/** textsearch_destroy() - free a configuration; NULL and ERR_PTR() are no configurations */
void textsearch_destroy(struct ts_config *conf)
{
	if (conf->ops) {
		if (conf->ops->destroy)
			conf->ops->destroy(conf);
		module_put(conf->ops->owner);
	}
	kfree(conf);
}
EXPORT_SYMBOL(textsearch_destroy);
