// SPDX-License-Identifier: MIT
/*
 * Character devices: from the number in an inode to a driver's functions.
 *
 * Two tables, both by major number, each bucket sorted or searched in full since it is short:
 *
 *	regions		who reserved which numbers: /proc/devices, and against double use
 *	cdev_map	which struct cdev answers for which numbers: what open() asks
 *
 * A reserved number needn't have a cdev yet; a cdev may cover part of a region. If several cdevs
 * cover a number, the one with the fewest numbers answers, so that a driver can take single minors
 * out of another's range.
 *
 * References. Each open file holds one to its cdev, which __fput() gives back; an inode that has
 * been opened points to the cdev (i_cdev) without a reference and stands in cdev->list, so that the
 * cdev's release can take the pointer away. While files are open the inode goes on pointing to
 * their cdev, also when that was deleted: then it can't be opened any more.
 *
 * Locks: chrdevs_lock (mutex) guards both tables, cdev_lock (spin) i_cdev and the lists of inodes.
 * They don't nest.
 */

#include <linux/cdev.h>
#include <linux/device.h>
#include <linux/export.h>
#include <linux/fs.h>
#include <linux/init.h>
#include <linux/kdev_t.h>
#include <linux/major.h>
#include <linux/mutex.h>
#include <linux/printk.h>
#include <linux/seq_file.h>
#include <linux/slab.h>
#include <linux/string.h>

#include "internal.h"

#define CHRDEV_HASH	255

struct char_region {
	struct char_region *next;	/* by major, then minor */
	unsigned int major;
	unsigned int baseminor;
	unsigned int minorct;
	char name[64];
	struct cdev *cdev;		/* __register_chrdev()'s own */
};

struct cdev_range {
	struct cdev_range *next;	/* by size, the smallest first */
	dev_t first;
	dev_t last;
	struct cdev *cdev;
};

static DEFINE_MUTEX(chrdevs_lock);
static struct char_region *regions[CHRDEV_HASH];
static struct cdev_range *cdev_map[CHRDEV_HASH];

static DEFINE_SPINLOCK(cdev_lock);

static unsigned int bucket_of(unsigned int major)
{
	return major % CHRDEV_HASH;
}

/* ---- reserving numbers ---- */

static bool major_is_free(unsigned int major)
{
	struct char_region *r;

	for (r = regions[bucket_of(major)]; r; r = r->next) {
		if (r->major == major)
			return false;
	}
	return true;
}

/* A major that nobody uses: from 254 down, then from the extended range. */
static int find_dynamic_major(void)
{
	int major;

	for (major = CHRDEV_HASH - 1; major >= CHRDEV_MAJOR_DYN_END; major--) {
		if (major_is_free(major))
			return major;
	}
	for (major = CHRDEV_MAJOR_DYN_EXT_START; major >= CHRDEV_MAJOR_DYN_EXT_END; major--) {
		if (major_is_free(major))
			return major;
	}
	return -EBUSY;
}

/*
 * Reserve @minorct minors of one major from @baseminor; @major 0 takes a free one.
 * Return: the region, -EINVAL for numbers that don't exist, -EBUSY if some are taken, -ENOMEM.
 */
static struct char_region *region_add(unsigned int major, unsigned int baseminor, int minorct,
				      const char *name)
{
	struct char_region *region, **pos;
	int ret;

	if (major >= CHRDEV_MAJOR_MAX || minorct < 1)
		return ERR_PTR(-EINVAL);
	if (baseminor > MINORMASK || minorct > MINORMASK + 1 - baseminor)
		return ERR_PTR(-EINVAL);
	region = kzalloc(sizeof(*region), GFP_KERNEL);
	if (!region)
		return ERR_PTR(-ENOMEM);
	mutex_lock(&chrdevs_lock);
	if (!major) {
		ret = find_dynamic_major();
		if (ret < 0)
			goto err_unlock;
		major = ret;
	}
	ret = -EBUSY;
	for (pos = &regions[bucket_of(major)]; *pos; pos = &(*pos)->next) {
		struct char_region *r = *pos;

		if (r->major < major)
			continue;
		if (r->major > major || r->baseminor >= baseminor + minorct)
			break;
		if (r->baseminor + r->minorct > baseminor)
			goto err_unlock;	/* they overlap */
	}
	region->major = major;
	region->baseminor = baseminor;
	region->minorct = minorct;
	strscpy(region->name, name, sizeof(region->name));
	region->next = *pos;
	*pos = region;
	mutex_unlock(&chrdevs_lock);
	return region;

err_unlock:
	mutex_unlock(&chrdevs_lock);
	kfree(region);
	return ERR_PTR(ret);
}

/* Take a region out that was reserved with just these numbers; the caller frees it. */
static struct char_region *region_del(unsigned int major, unsigned int baseminor, int minorct)
{
	struct char_region *region = NULL, **pos;

	mutex_lock(&chrdevs_lock);
	for (pos = &regions[bucket_of(major)]; *pos; pos = &(*pos)->next) {
		if ((*pos)->major == major && (*pos)->baseminor == baseminor &&
		    (*pos)->minorct == minorct) {
			region = *pos;
			*pos = region->next;
			break;
		}
	}
	mutex_unlock(&chrdevs_lock);
	return region;
}

/* The first number after @n that begins a new major, or @end if that comes earlier. */
static dev_t next_major(dev_t n, dev_t end)
{
	dev_t next = MKDEV(MAJOR(n) + 1, 0);

	return min(next, end);
}

static void regions_del(dev_t from, dev_t to)
{
	dev_t n, next;

	for (n = from; n < to; n = next) {
		next = next_major(n, to);
		kfree(region_del(MAJOR(n), MINOR(n), next - n));
	}
}

/**
 * register_chrdev_region - reserve device numbers
 * @from: the first, major included
 * @count: how many; they may run on into the next major
 * @name: who uses them, for /proc/devices
 *
 * Context: may sleep.
 * Return: 0, -EBUSY if one is taken, -EINVAL if there are no such numbers, -ENOMEM.
 */
int register_chrdev_region(dev_t from, unsigned count, const char *name)
{
	dev_t to = from + count, n, next;

	if (to < from)
		return -EINVAL;
	for (n = from; n < to; n = next) {
		struct char_region *region;

		next = next_major(n, to);
		region = MAJOR(n) ? region_add(MAJOR(n), MINOR(n), next - n, name) :
				    ERR_PTR(-EINVAL);
		if (IS_ERR(region)) {
			regions_del(from, n);
			return PTR_ERR(region);
		}
	}
	return 0;
}
EXPORT_SYMBOL(register_chrdev_region);

/**
 * alloc_chrdev_region - reserve device numbers of a major that is free
 * @dev: gets the first number
 * @baseminor: the first minor
 * @count: how many
 * @name: who uses them
 *
 * Context: may sleep.
 * Return: 0, -EBUSY when all majors are used, -EINVAL, -ENOMEM.
 */
int alloc_chrdev_region(dev_t *dev, unsigned baseminor, unsigned count, const char *name)
{
	struct char_region *region = region_add(0, baseminor, count, name);

	if (IS_ERR(region))
		return PTR_ERR(region);
	*dev = MKDEV(region->major, region->baseminor);
	return 0;
}
EXPORT_SYMBOL(alloc_chrdev_region);

/**
 * unregister_chrdev_region - give device numbers back
 * @from: the first, as it was registered or allocated
 * @count: how many, likewise
 *
 * Context: may sleep.
 */
void unregister_chrdev_region(dev_t from, unsigned count)
{
	regions_del(from, from + count);
}
EXPORT_SYMBOL(unregister_chrdev_region);

/**
 * __register_chrdev - reserve numbers and put a driver behind them, in one go
 * @major: 0: any
 * @baseminor: the first minor
 * @count: how many
 * @name: of the driver
 * @fops: its functions
 *
 * Context: may sleep.
 * Return: 0, the major if @major was 0, or a negative errno.
 */
int __register_chrdev(unsigned int major, unsigned int baseminor, unsigned int count,
		      const char *name, const struct file_operations *fops)
{
	struct char_region *region = region_add(major, baseminor, count, name);
	struct cdev *cdev;
	int ret = -ENOMEM;

	if (IS_ERR(region))
		return PTR_ERR(region);
	cdev = cdev_alloc();
	if (!cdev)
		goto err_region;
	cdev->owner = fops->owner;
	cdev->ops = fops;
	kobject_set_name(&cdev->kobj, "%s", name);
	ret = cdev_add(cdev, MKDEV(region->major, baseminor), count);
	if (ret)
		goto err_cdev;
	region->cdev = cdev;
	return major ? 0 : region->major;

err_cdev:
	kobject_put(&cdev->kobj);
err_region:
	kfree(region_del(region->major, baseminor, count));
	return ret;
}
EXPORT_SYMBOL(__register_chrdev);

/**
 * __unregister_chrdev - undo __register_chrdev() with the same numbers
 * @major: major
 * @baseminor: first minor
 * @count: how many
 * @name: ignored
 *
 * Context: may sleep.
 */
void __unregister_chrdev(unsigned int major, unsigned int baseminor, unsigned int count,
			 const char *name)
{
	struct char_region *region = region_del(major, baseminor, count);

	(void)name;
	if (region && region->cdev)
		cdev_del(region->cdev);
	kfree(region);
}
EXPORT_SYMBOL(__unregister_chrdev);

/**
 * chrdev_show - /proc/devices' lines of one major
 * @f: the file
 * @offset: the major
 *
 * Context: may sleep.
 */
void chrdev_show(struct seq_file *f, off_t offset)
{
	struct char_region *r;

	mutex_lock(&chrdevs_lock);
	for (r = regions[bucket_of(offset)]; r; r = r->next) {
		if (r->major == offset)
			seq_printf(f, "%3d %s\n", r->major, r->name);
	}
	mutex_unlock(&chrdevs_lock);
}

/* ---- the map ---- */

/* One entry for each major that the range touches; all or none. */
static int map_add(dev_t first, dev_t end, struct cdev *cdev)
{
	struct cdev_range *added = NULL, *range, **pos;
	dev_t n, next;

	for (n = first; n < end; n = next) {
		next = next_major(n, end);
		range = kzalloc(sizeof(*range), GFP_KERNEL);
		if (!range)
			goto err_free;
		range->first = n;
		range->last = next - 1;
		range->cdev = cdev;
		range->next = added;
		added = range;
	}
	mutex_lock(&chrdevs_lock);
	while ((range = added)) {
		added = range->next;
		pos = &cdev_map[bucket_of(MAJOR(range->first))];
		while (*pos && (*pos)->last - (*pos)->first < range->last - range->first)
			pos = &(*pos)->next;
		range->next = *pos;
		*pos = range;
	}
	mutex_unlock(&chrdevs_lock);
	return 0;

err_free:
	while ((range = added)) {
		added = range->next;
		kfree(range);
	}
	return -ENOMEM;
}

static void map_del(struct cdev *cdev)
{
	dev_t end = cdev->dev + cdev->count, n;

	mutex_lock(&chrdevs_lock);
	for (n = cdev->dev; n < end; n = next_major(n, end)) {
		struct cdev_range **pos = &cdev_map[bucket_of(MAJOR(n))], *range;

		while ((range = *pos)) {
			if (range->cdev == cdev && range->first == n) {
				*pos = range->next;
				kfree(range);
				break;
			}
			pos = &range->next;
		}
	}
	mutex_unlock(&chrdevs_lock);
}

/* Who answers for @dev, with a reference; NULL. */
static struct cdev *map_find(dev_t dev)
{
	struct cdev_range *range;
	struct cdev *cdev = NULL;

	mutex_lock(&chrdevs_lock);
	for (range = cdev_map[bucket_of(MAJOR(dev))]; range && !cdev; range = range->next) {
		if (dev >= range->first && dev <= range->last &&
		    kobject_get_unless_zero(&range->cdev->kobj))
			cdev = range->cdev;
	}
	mutex_unlock(&chrdevs_lock);
	return cdev;
}

static bool map_has(struct cdev *cdev, dev_t dev)
{
	struct cdev_range *range;

	mutex_lock(&chrdevs_lock);
	for (range = cdev_map[bucket_of(MAJOR(dev))]; range; range = range->next) {
		if (range->cdev == cdev)
			break;
	}
	mutex_unlock(&chrdevs_lock);
	return range;
}

/* ---- life of a cdev ---- */

/* The last reference went: inodes that point here forget it. */
static void cdev_purge(struct cdev *cdev)
{
	spin_lock(&cdev_lock);
	while (!list_empty(&cdev->list)) {
		struct inode *inode = list_first_entry(&cdev->list, struct inode, i_devices);

		list_del_init(&inode->i_devices);
		inode->i_cdev = NULL;
	}
	spin_unlock(&cdev_lock);
}

static void cdev_default_release(struct kobject *kobj)
{
	struct kobject *parent = kobj->parent;

	cdev_purge(container_of(kobj, struct cdev, kobj));
	kobject_put(parent);
}

static void cdev_dynamic_release(struct kobject *kobj)
{
	struct kobject *parent = kobj->parent;
	struct cdev *cdev = container_of(kobj, struct cdev, kobj);

	cdev_purge(cdev);
	kfree(cdev);
	kobject_put(parent);
}

static const struct kobj_type ktype_cdev_default = { .release = cdev_default_release };
static const struct kobj_type ktype_cdev_dynamic = { .release = cdev_dynamic_release };

/**
 * cdev_init - set up a cdev that is part of a larger struct
 * @cdev: it
 * @fops: functions of the files that will be opened
 */
void cdev_init(struct cdev *cdev, const struct file_operations *fops)
{
	memset(cdev, 0, sizeof(*cdev));
	INIT_LIST_HEAD(&cdev->list);
	kobject_init(&cdev->kobj, &ktype_cdev_default);
	cdev->ops = fops;
}
EXPORT_SYMBOL(cdev_init);

/**
 * cdev_alloc - a cdev of its own, freed with its last reference
 *
 * Context: may sleep.
 * Return: the cdev, or NULL without memory.
 */
struct cdev *cdev_alloc(void)
{
	struct cdev *cdev = kzalloc(sizeof(*cdev), GFP_KERNEL);

	if (cdev) {
		INIT_LIST_HEAD(&cdev->list);
		kobject_init(&cdev->kobj, &ktype_cdev_dynamic);
	}
	return cdev;
}
EXPORT_SYMBOL(cdev_alloc);

/**
 * cdev_add - put a cdev behind its numbers; from now on it can be opened
 * @p: set up
 * @dev: the first number
 * @count: how many
 *
 * Context: may sleep.
 * Return: 0, -EBUSY for a number that can't be, -ENOMEM.
 */
int cdev_add(struct cdev *p, dev_t dev, unsigned count)
{
	int ret;

	if (WARN_ON(dev == WHITEOUT_DEV))
		return -EBUSY;
	p->dev = dev;
	p->count = count;
	ret = map_add(dev, dev + count, p);
	if (!ret)
		kobject_get(p->kobj.parent);
	return ret;
}
EXPORT_SYMBOL(cdev_add);

/**
 * cdev_set_parent - keep @kobj as long as the cdev lives
 * @p: not added yet
 * @kobj: usually that of the device whose struct @p is part of
 */
void cdev_set_parent(struct cdev *p, struct kobject *kobj)
{
	WARN_ON(!kobj->state_initialized);
	p->kobj.parent = kobj;
}
EXPORT_SYMBOL(cdev_set_parent);

/**
 * cdev_device_add - add a cdev and the device that stands for it
 * @cdev: set up
 * @dev: initialised; its number becomes the cdev's. Without a number there is no cdev.
 *
 * Somebody may have opened it although this fails: @cdev's functions have to expect calls.
 *
 * Context: may sleep.
 * Return: 0 or a negative errno, then neither is added.
 */
int cdev_device_add(struct cdev *cdev, struct device *dev)
{
	int ret;

	if (dev->devt) {
		cdev_set_parent(cdev, &dev->kobj);
		ret = cdev_add(cdev, dev->devt, 1);
		if (ret)
			return ret;
	}
	ret = device_add(dev);
	if (ret && dev->devt)
		cdev_del(cdev);
	return ret;
}
EXPORT_SYMBOL(cdev_device_add);

/**
 * cdev_device_del - undo cdev_device_add(); files that are open stay so
 * @cdev: the character device
 * @dev: its device
 *
 * Context: may sleep.
 */
void cdev_device_del(struct cdev *cdev, struct device *dev)
{
	device_del(dev);
	if (dev->devt)
		cdev_del(cdev);
}
EXPORT_SYMBOL(cdev_device_del);

/**
 * cdev_del - nobody opens this cdev any more
 * @p: added; it may be freed by this
 *
 * Files that are open go on calling its functions.
 *
 * Context: may sleep.
 */
void cdev_del(struct cdev *p)
{
	map_del(p);
	kobject_put(&p->kobj);
}
EXPORT_SYMBOL(cdev_del);

/**
 * cdev_put - give a reference to a character device back
 * @p: the device, or NULL
 */
void cdev_put(struct cdev *p)
{
	if (p)
		kobject_put(&p->kobj);
}

/**
 * cd_forget - an inode that goes leaves its cdev's list
 * @inode: of a character device
 *
 * Context: doesn't sleep; takes cdev_lock.
 */
void cd_forget(struct inode *inode)
{
	spin_lock(&cdev_lock);
	list_del_init(&inode->i_devices);
	inode->i_cdev = NULL;
	spin_unlock(&cdev_lock);
}

/* ---- open ---- */

/* The inode's cdev with a reference for the new file, or -ENXIO. */
static struct cdev *inode_cdev_get(struct inode *inode)
{
	struct cdev *cdev, *found;

	spin_lock(&cdev_lock);
	cdev = inode->i_cdev;
	if (cdev && !kobject_get_unless_zero(&cdev->kobj))
		cdev = NULL;
	spin_unlock(&cdev_lock);
	if (cdev) {
		if (map_has(cdev, inode->i_rdev))
			return cdev;
		cdev_put(cdev);		/* deleted, but some of its files are open still */
		return ERR_PTR(-ENXIO);
	}

	found = map_find(inode->i_rdev);
	if (!found)
		return ERR_PTR(-ENXIO);
	spin_lock(&cdev_lock);
	cdev = inode->i_cdev;
	if (!cdev) {
		inode->i_cdev = cdev = found;
		list_add(&inode->i_devices, &found->list);
	}
	spin_unlock(&cdev_lock);
	if (cdev == found)
		return found;
	/* Another open came first, and the number changed hands in between. */
	cdev_put(found);
	return ERR_PTR(-ENXIO);
}

/* From here on the file has the driver's functions. */
static int chrdev_open(struct inode *inode, struct file *filp)
{
	struct cdev *cdev = inode_cdev_get(inode);
	int ret = 0;

	if (IS_ERR(cdev))
		return PTR_ERR(cdev);
	if (!cdev->ops) {
		ret = -ENXIO;
		goto err_put;
	}
	replace_fops(filp, fops_get(cdev->ops));
	if (filp->f_op->open) {
		ret = filp->f_op->open(inode, filp);
		if (ret)
			goto err_put;
	}
	return 0;

err_put:
	cdev_put(cdev);
	return ret;
}

/* What the inode of a character device begins with. */
const struct file_operations def_chr_fops = {
	.open	= chrdev_open,
	.llseek	= noop_llseek,
};
