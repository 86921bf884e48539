// SPDX-License-Identifier: MIT
/* Pools (<linux/genalloc.h>) as managed resources: a device may have several, each with a name. */

#include <linux/device.h>
#include <linux/genalloc.h>

#include <linux/err.h>
#include <linux/errno.h>
#include <linux/export.h>
#include <linux/slab.h>
#include <linux/string.h>

static void pool_release(struct device *dev, void *res)
{
	(void)dev;
	gen_pool_destroy(*(struct gen_pool **)res);
}

static int pool_match(struct device *dev, void *res, void *match_data)
{
	const char *own = (*(struct gen_pool **)res)->name, *wanted = match_data;

	(void)dev;
	return own && wanted ? !strcmp(own, wanted) : own == wanted;
}

/**
 * gen_pool_get - a device's pool
 * @dev: the device
 * @name: of the pool; NULL: the one without
 *
 * Return: the pool, which stays the device's; NULL: it has none of this name.
 */
struct gen_pool *gen_pool_get(struct device *dev, const char *name)
{
	struct gen_pool **res = devres_find(dev, pool_release, pool_match, (void *)name);

	return res ? *res : NULL;
}
EXPORT_SYMBOL_GPL(gen_pool_get);

/**
 * devm_gen_pool_create - a pool for as long as the driver has the device
 * @dev: the device
 * @min_alloc_order: log2 of the bytes in a unit
 * @nid: node; there is one
 * @name: copied; NULL: none
 *
 * Context: may sleep.
 * Return: the pool; ERR_PTR(-EINVAL) if the device has one of this name, ERR_PTR(-ENOMEM).
 */
struct gen_pool *devm_gen_pool_create(struct device *dev, int min_alloc_order, int nid,
				      const char *name)
{
	struct gen_pool **res, *pool;

	if (gen_pool_get(dev, name))
		return ERR_PTR(-EINVAL);
	res = devres_alloc(pool_release, sizeof(*res), GFP_KERNEL);
	if (!res)
		return ERR_PTR(-ENOMEM);
	pool = gen_pool_create(min_alloc_order, nid);
	if (!pool)
		goto err_res;
	pool->name = name ? kstrdup_const(name, GFP_KERNEL) : NULL;
	if (name && !pool->name)
		goto err_pool;
	*res = pool;
	devres_add(dev, res);
	return pool;

err_pool:
	gen_pool_destroy(pool);
err_res:
	devres_free(res);
	return ERR_PTR(-ENOMEM);
}
EXPORT_SYMBOL(devm_gen_pool_create);
