// SPDX-License-Identifier: MIT
/*
 * A device's addresses as managed resources: claims (<linux/ioport.h>) and mappings (<linux/io.h>).
 * devm_ioremap_resource() does both, as a driver's first step usually is.
 */

#include <linux/device.h>
#include <linux/io.h>
#include <linux/ioport.h>

#include <linux/bug.h>
#include <linux/err.h>
#include <linux/errno.h>
#include <linux/export.h>

/* ---- claims ---- */

struct region {
	struct resource *parent;
	resource_size_t start;
	resource_size_t n;
};

static void region_release(struct device *dev, void *res)
{
	struct region *r = res;

	(void)dev;
	__release_region(r->parent, r->start, r->n);
}

static int region_match(struct device *dev, void *res, void *match_data)
{
	struct region *r = res, *wanted = match_data;

	(void)dev;
	return r->parent == wanted->parent && r->start == wanted->start && r->n == wanted->n;
}

/**
 * __devm_request_region - __request_region() for as long as the driver has the device
 * @dev: the device
 * @parent: the tree
 * @start: first address
 * @n: how many
 * @name: whose; it must stay
 *
 * Context: may sleep.
 * Return: the range; NULL if another driver has some of it, or without memory.
 */
struct resource *__devm_request_region(struct device *dev, struct resource *parent,
				       resource_size_t start, resource_size_t n,
				       const char *name)
{
	struct region *r = devres_alloc(region_release, sizeof(*r), GFP_KERNEL);
	struct resource *res;

	if (!r)
		return NULL;
	*r = (struct region){ .parent = parent, .start = start, .n = n };
	res = __request_region(parent, start, n, name, 0);
	if (res)
		devres_add(dev, r);
	else
		devres_free(r);
	return res;
}
EXPORT_SYMBOL(__devm_request_region);

/** __devm_release_region - give back early exactly what __devm_request_region() gave */
void __devm_release_region(struct device *dev, struct resource *parent, resource_size_t start,
			   resource_size_t n)
{
	struct region wanted = { .parent = parent, .start = start, .n = n };

	WARN(devres_release(dev, region_release, region_match, &wanted),
	     "the device hasn't claimed [%#llx-%#llx]\n", (u64)start, (u64)(start + n - 1));
}
EXPORT_SYMBOL(__devm_release_region);

static void resource_release(struct device *dev, void *res)
{
	(void)dev;
	release_resource(*(struct resource **)res);
}

static int pointer_match(struct device *dev, void *res, void *match_data)
{
	(void)dev;
	return *(void **)res == match_data;
}

/**
 * devm_request_resource - request_resource() for as long as the driver has the device
 * @dev: the device
 * @root: within which it lies
 * @new: the claim, which stays as long
 *
 * Context: may sleep.
 * Return: 0; -EBUSY if something is in the way; -ENOMEM.
 */
int devm_request_resource(struct device *dev, struct resource *root, struct resource *new)
{
	struct resource **res = devres_alloc(resource_release, sizeof(*res), GFP_KERNEL);
	struct resource *conflict;

	if (!res)
		return -ENOMEM;
	*res = new;
	conflict = request_resource_conflict(root, new);
	if (conflict) {
		dev_err(dev, "%pR is in the way of %pR\n", conflict, new);
		devres_free(res);
		return -EBUSY;
	}
	devres_add(dev, res);
	return 0;
}
EXPORT_SYMBOL(devm_request_resource);

/** devm_release_resource - give back early what devm_request_resource() claimed */
void devm_release_resource(struct device *dev, struct resource *new)
{
	WARN(devres_release(dev, resource_release, pointer_match, new),
	     "the device hasn't claimed %pR\n", new);
}
EXPORT_SYMBOL(devm_release_resource);

/* ---- mappings ---- */

enum mapping { UNCACHED, STRONGLY_UNCACHED, WRITE_COMBINING };

static void ioremap_release(struct device *dev, void *res)
{
	(void)dev;
	iounmap(*(void __iomem **)res);
}

static void __iomem *map(struct device *dev, resource_size_t offset, resource_size_t size,
			 enum mapping how)
{
	void __iomem **res = devres_alloc(ioremap_release, sizeof(*res), GFP_KERNEL);

	if (!res)
		return NULL;
	if (how == WRITE_COMBINING)
		*res = ioremap_wc(offset, size);
	else if (how == STRONGLY_UNCACHED)
		*res = ioremap_uc(offset, size);
	else
		*res = ioremap(offset, size);
	if (!*res) {
		devres_free(res);
		return NULL;
	}
	devres_add(dev, res);
	return *res;
}

/**
 * devm_ioremap - ioremap() for as long as the driver has the device
 * @dev: the device
 * @offset: physical address
 * @size: bytes
 *
 * devm_ioremap_uc() and devm_ioremap_wc() likewise. Context: may sleep.
 * Return: the mapping; NULL as for ioremap().
 */
void __iomem *devm_ioremap(struct device *dev, resource_size_t offset, resource_size_t size)
{
	return map(dev, offset, size, UNCACHED);
}
EXPORT_SYMBOL(devm_ioremap);

/** devm_ioremap_uc - devm_ioremap() by ioremap_uc() */
void __iomem *devm_ioremap_uc(struct device *dev, resource_size_t offset, resource_size_t size)
{
	return map(dev, offset, size, STRONGLY_UNCACHED);
}
EXPORT_SYMBOL_GPL(devm_ioremap_uc);

/** devm_ioremap_wc - devm_ioremap() whose stores may be combined */
void __iomem *devm_ioremap_wc(struct device *dev, resource_size_t offset, resource_size_t size)
{
	return map(dev, offset, size, WRITE_COMBINING);
}
EXPORT_SYMBOL(devm_ioremap_wc);

/** devm_iounmap - unmap early what devm_ioremap() and its like mapped */
void devm_iounmap(struct device *dev, void __iomem *addr)
{
	WARN(devres_release(dev, ioremap_release, pointer_match, (__force void *)addr),
	     "not from devm_ioremap()\n");
}
EXPORT_SYMBOL(devm_iounmap);

static void memremap_release(struct device *dev, void *res)
{
	(void)dev;
	memunmap(*(void **)res);
}

/** devm_memremap - memremap() for as long as the driver has the device: ERR_PTR(-ENXIO), -ENOMEM */
void *devm_memremap(struct device *dev, resource_size_t offset, size_t size,
		    unsigned long flags)
{
	void **res = devres_alloc(memremap_release, sizeof(*res), GFP_KERNEL);

	if (!res)
		return ERR_PTR(-ENOMEM);
	*res = memremap(offset, size, flags);
	if (!*res) {
		devres_free(res);
		return ERR_PTR(-ENXIO);
	}
	devres_add(dev, res);
	return *res;
}
EXPORT_SYMBOL(devm_memremap);

/** devm_memunmap - unmap early what devm_memremap() mapped */
void devm_memunmap(struct device *dev, void *addr)
{
	WARN(devres_release(dev, memremap_release, pointer_match, addr),
	     "not from devm_memremap()\n");
}
EXPORT_SYMBOL(devm_memunmap);

/* ---- both ---- */

static void __iomem *claim_and_map(struct device *dev, const struct resource *res,
				   enum mapping how)
{
	resource_size_t size;
	void __iomem *addr;

	if (!res || resource_type(res) != IORESOURCE_MEM) {
		dev_err(dev, "has no range of memory: %pR\n", res);
		return IOMEM_ERR_PTR(-EINVAL);
	}
	size = resource_size(res);
	if (!devm_request_mem_region(dev, res->start, size, res->name ?: dev_name(dev))) {
		dev_err(dev, "somebody has %pR\n", res);
		return IOMEM_ERR_PTR(-EBUSY);
	}
	addr = map(dev, res->start, size, how);
	if (addr)
		return addr;
	dev_err(dev, "can't map %pR\n", res);
	devm_release_mem_region(dev, res->start, size);
	return IOMEM_ERR_PTR(-ENOMEM);
}

/**
 * devm_ioremap_resource - claim and map a range of memory for as long as the driver has the device
 * @dev: the device
 * @res: the range, which isn't kept; NULL is an error, so that a look-up needs no check of its own
 *
 * devm_ioremap_resource_wc() likewise, write-combining. What fails is printed. Context: may sleep.
 * Return: the mapping; an ERR_PTR() of -EINVAL if @res is no range of memory, -EBUSY if somebody
 * has it, -ENOMEM if it can't be mapped.
 */
void __iomem *devm_ioremap_resource(struct device *dev, const struct resource *res)
{
	return claim_and_map(dev, res, UNCACHED);
}
EXPORT_SYMBOL(devm_ioremap_resource);

/** devm_ioremap_resource_wc - devm_ioremap_resource() whose stores may be combined */
void __iomem *devm_ioremap_resource_wc(struct device *dev, const struct resource *res)
{
	return claim_and_map(dev, res, WRITE_COMBINING);
}
EXPORT_SYMBOL(devm_ioremap_resource_wc);
