// SPDX-License-Identifier: MIT
/*
 * Walks over the devices of a bus or of a driver, and what they look for.
 *
 * A klist keeps the device where the walk stands, so what is called may sleep and change the list.
 */

#include <linux/device.h>

#include <linux/export.h>
#include <linux/string_helpers.h>

#include "base.h"

/*
 * Calls @fn for each device on @k, beginning behind @from or with the first, until it returns
 * anything but 0. Returns what it returned last, or 0.
 */
int walk_devices(struct klist *k, struct klist_node *from, device_of_node_t device_of, void *data,
		 int (*fn)(struct device *dev, void *data))
{
	struct klist_iter i;
	struct klist_node *n;
	int ret = 0;

	klist_iter_init_node(k, &i, from);
	while (!ret && (n = klist_next(&i)))
		ret = fn(device_of(n), data);
	klist_iter_exit(&i);
	return ret;
}

struct search {
	const void *data;
	int (*match)(struct device *dev, const void *data);
	struct device *found;
};

static int search_step(struct device *dev, void *data)
{
	struct search *s = data;

	if (!s->match(dev, s->data))
		return 0;
	s->found = get_device(dev);
	return 1;
}

/* The first device that matches, referenced, or NULL. */
struct device *find_in_devices(struct klist *k, struct klist_node *from,
			       device_of_node_t device_of, const void *data,
			       int (*match)(struct device *dev, const void *data))
{
	struct search s = { .data = data, .match = match };

	walk_devices(k, from, device_of, &s, search_step);
	return s.found;
}

/* ---- match functions ---- */

/** device_match_name - is the device called so? A newline at the end doesn't count. */
int device_match_name(struct device *dev, const void *name)
{
	return sysfs_streq(dev_name(dev), name);
}
EXPORT_SYMBOL_GPL(device_match_name);

/** device_match_devt - is its number the dev_t at @pdevt? */
int device_match_devt(struct device *dev, const void *pdevt)
{
	return dev->devt == *(const dev_t *)pdevt;
}
EXPORT_SYMBOL_GPL(device_match_devt);

/** device_match_any - yes */
int device_match_any(struct device *dev, const void *unused)
{
	(void)dev;
	(void)unused;
	return 1;
}
EXPORT_SYMBOL_GPL(device_match_any);
