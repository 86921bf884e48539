// SPDX-License-Identifier: MIT
/* /sys/devices/system/node: there is one node of memory, 0, and every CPU is near it. */

#include <linux/cpumask.h>
#include <linux/device.h>
#include <linux/init.h>
#include <linux/mm.h>
#include <linux/slab.h>
#include <linux/topology.h>

#include <uapi/linux/sysinfo.h>

#include "base.h"

static ssize_t cpumap_show(struct device *dev, struct device_attribute *attr, char *buf)
{
	return sysfs_emit(buf, "%*pb\n", cpumask_pr_args(cpu_online_mask));
}
static DEVICE_ATTR_RO(cpumap);

static ssize_t cpulist_show(struct device *dev, struct device_attribute *attr, char *buf)
{
	return sysfs_emit(buf, "%*pbl\n", cpumask_pr_args(cpu_online_mask));
}
static DEVICE_ATTR_RO(cpulist);

static ssize_t distance_show(struct device *dev, struct device_attribute *attr, char *buf)
{
	return sysfs_emit(buf, "%d\n", LOCAL_DISTANCE);
}
static DEVICE_ATTR_RO(distance);

static int emit_kb(char *buf, int at, const char *name, unsigned long pages)
{
	return sysfs_emit_at(buf, at, "Node 0 %-15s%8lu kB\n", name, pages << (PAGE_SHIFT - 10));
}

static ssize_t node_read_meminfo(struct device *dev, struct device_attribute *attr, char *buf)
{
	struct sysinfo i;
	int len = 0;

	si_meminfo(&i);
	len += emit_kb(buf, len, "MemTotal:", i.totalram);
	len += emit_kb(buf, len, "MemFree:", i.freeram);
	len += emit_kb(buf, len, "MemUsed:", i.totalram - i.freeram);
	len += emit_kb(buf, len, "Shmem:", i.sharedram);
	len += emit_kb(buf, len, "PageTables:", mm_stat_read(NR_PAGETABLE));
	len += emit_kb(buf, len, "Slab:", mm_stat_read(NR_SLAB_PAGES));
	return len;
}
static struct device_attribute dev_attr_meminfo = __ATTR(meminfo, 0444, node_read_meminfo, NULL);

static struct attribute *node_attrs[] = {
	&dev_attr_cpumap.attr,
	&dev_attr_cpulist.attr,
	&dev_attr_distance.attr,
	&dev_attr_meminfo.attr,
	NULL,
};
ATTRIBUTE_GROUPS(node);

static const struct bus_type node_subsys = {
	.name		= "node",
	.dev_name	= "node",
	.dev_groups	= node_groups,
};

/* Each of these lists of nodes is the one that there is. */
static ssize_t show_the_node(struct device *dev, struct device_attribute *attr, char *buf)
{
	return sysfs_emit(buf, "0\n");
}

static struct device_attribute lists[] = {
	__ATTR(possible, 0444, show_the_node, NULL),
	__ATTR(online, 0444, show_the_node, NULL),
	__ATTR(has_normal_memory, 0444, show_the_node, NULL),
	__ATTR(has_memory, 0444, show_the_node, NULL),
	__ATTR(has_cpu, 0444, show_the_node, NULL),
};

static struct attribute *node_root_attrs[] = {
	&lists[0].attr,
	&lists[1].attr,
	&lists[2].attr,
	&lists[3].attr,
	&lists[4].attr,
	NULL,
};
ATTRIBUTE_GROUPS(node_root);

static void node_release(struct device *dev)
{
	kfree(dev);
}

static int __init node_dev_init(void)
{
	int err = subsys_system_register(&node_subsys, node_root_groups);
	struct device *dev;

	if (err)
		return err;
	dev = kzalloc(sizeof(*dev), GFP_KERNEL);
	if (!dev)
		return -ENOMEM;
	device_initialize(dev);
	dev->bus = &node_subsys;
	dev->parent = bus_get_dev_root(&node_subsys);
	dev->release = node_release;
	err = device_add(dev);
	put_device(dev->parent);
	if (err)
		put_device(dev);
	return err;
}
subsys_initcall(node_dev_init);
