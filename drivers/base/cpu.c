// SPDX-License-Identifier: MIT
/*
 * /sys/devices/system/cpu: which CPUs there are, which run, how they are packed; and a switch for
 * each that can be taken down.
 *
 *	possible present online offline isolated kernel_max	lists and a number
 *	cpuN/online						0 and 1; write to change it
 *	cpuN/topology/						while cpuN is online
 */

#include <linux/cpu.h>
#include <linux/cpuhotplug.h>
#include <linux/cpumask.h>
#include <linux/device.h>
#include <linux/errno.h>
#include <linux/init.h>
#include <linux/kstrtox.h>
#include <linux/percpu.h>
#include <linux/smp.h>
#include <linux/topology.h>

#include "base.h"

static DEFINE_PER_CPU(struct device, cpu_devices);

/* ---- cpuN/online ---- */

static ssize_t online_show(struct device *dev, struct device_attribute *attr, char *buf)
{
	return sysfs_emit(buf, "%u\n", cpu_online(dev->id));
}

static ssize_t online_store(struct device *dev, struct device_attribute *attr, const char *buf,
			    size_t count)
{
	bool online;
	int err = kstrtobool(buf, &online);

	if (err)
		return err;
	if (cpu_online(dev->id) == online)
		return count;
	err = online ? add_cpu(dev->id) : remove_cpu(dev->id);
	if (!err)
		kobject_uevent(&dev->kobj, online ? KOBJ_ONLINE : KOBJ_OFFLINE);
	return err ? err : count;
}
static DEVICE_ATTR_RW(online);

static struct attribute *hotplug_attrs[] = {
	&dev_attr_online.attr,
	NULL,
};

static umode_t hotplug_visible(struct kobject *kobj, struct attribute *attr, int n)
{
	return arch_cpu_is_hotpluggable(kobj_to_dev(kobj)->id) ? attr->mode : 0;
}

static const struct attribute_group hotplug_group = {
	.is_visible	= hotplug_visible,
	.attrs		= hotplug_attrs,
};

static const struct attribute_group *cpu_groups[] = {
	&hotplug_group,
	NULL,
};

static const struct bus_type cpu_subsys = {
	.name		= "cpu",
	.dev_name	= "cpu",
	.dev_groups	= cpu_groups,
};

/* ---- cpuN/topology ---- */

#define TOPOLOGY_ID(NAME, VALUE)						\
static ssize_t NAME##_show(struct device *dev, struct device_attribute *attr, char *buf) \
{										\
	return sysfs_emit(buf, "%d\n", VALUE(dev->id));				\
}										\
static DEVICE_ATTR_RO(NAME)

/* Of a mask only those that run: as a bit mask, and as a list. */
static ssize_t emit_mask(char *buf, const struct cpumask *mask, bool list)
{
	cpumask_var_t online;
	int len;

	if (!alloc_cpumask_var(&online, GFP_KERNEL))
		return -ENOMEM;
	cpumask_and(online, mask, cpu_online_mask);
	if (list)
		len = sysfs_emit(buf, "%*pbl\n", cpumask_pr_args(online));
	else
		len = sysfs_emit(buf, "%*pb\n", cpumask_pr_args(online));
	free_cpumask_var(online);
	return len;
}

#define TOPOLOGY_MASK(NAME, MASK)						\
static ssize_t NAME##_show(struct device *dev, struct device_attribute *attr, char *buf) \
{										\
	return emit_mask(buf, MASK(dev->id), false);				\
}										\
static DEVICE_ATTR_RO(NAME);							\
static ssize_t NAME##_list_show(struct device *dev, struct device_attribute *attr, char *buf) \
{										\
	return emit_mask(buf, MASK(dev->id), true);				\
}										\
static DEVICE_ATTR_RO(NAME##_list)

TOPOLOGY_ID(physical_package_id, topology_physical_package_id);
TOPOLOGY_ID(core_id, topology_core_id);
TOPOLOGY_MASK(thread_siblings, topology_sibling_cpumask);
TOPOLOGY_MASK(core_cpus, topology_sibling_cpumask);
TOPOLOGY_MASK(core_siblings, topology_core_cpumask);
TOPOLOGY_MASK(package_cpus, topology_core_cpumask);

static struct attribute *topology_attrs[] = {
	&dev_attr_physical_package_id.attr,
	&dev_attr_core_id.attr,
	&dev_attr_thread_siblings.attr,
	&dev_attr_thread_siblings_list.attr,
	&dev_attr_core_cpus.attr,
	&dev_attr_core_cpus_list.attr,
	&dev_attr_core_siblings.attr,
	&dev_attr_core_siblings_list.attr,
	&dev_attr_package_cpus.attr,
	&dev_attr_package_cpus_list.attr,
	NULL,
};

static const struct attribute_group topology_group = {
	.name	= "topology",
	.attrs	= topology_attrs,
};

static int topology_add_dev(unsigned int cpu)
{
	return sysfs_create_group(&per_cpu(cpu_devices, cpu).kobj, &topology_group);
}

static int topology_remove_dev(unsigned int cpu)
{
	sysfs_remove_group(&per_cpu(cpu_devices, cpu).kobj, &topology_group);
	return 0;
}

/* ---- the folder ---- */

static ssize_t list_of(char *buf, const struct cpumask *mask)
{
	return sysfs_emit(buf, "%*pbl\n", cpumask_pr_args(mask));
}

static ssize_t show_possible(struct device *dev, struct device_attribute *attr, char *buf)
{
	return list_of(buf, cpu_possible_mask);
}

static ssize_t show_present(struct device *dev, struct device_attribute *attr, char *buf)
{
	return list_of(buf, cpu_present_mask);
}

static ssize_t show_online(struct device *dev, struct device_attribute *attr, char *buf)
{
	return list_of(buf, cpu_online_mask);
}

static ssize_t show_offline(struct device *dev, struct device_attribute *attr, char *buf)
{
	cpumask_var_t offline;
	ssize_t len;

	if (!alloc_cpumask_var(&offline, GFP_KERNEL))
		return -ENOMEM;
	cpumask_andnot(offline, cpu_possible_mask, cpu_online_mask);
	len = list_of(buf, offline);
	free_cpumask_var(offline);
	return len;
}

/* No CPU is kept from the balancer. */
static ssize_t show_isolated(struct device *dev, struct device_attribute *attr, char *buf)
{
	return sysfs_emit(buf, "\n");
}

static ssize_t show_kernel_max(struct device *dev, struct device_attribute *attr, char *buf)
{
	return sysfs_emit(buf, "%d\n", NR_CPUS - 1);
}

static struct device_attribute root_attrs[] = {
	__ATTR(possible, 0444, show_possible, NULL),
	__ATTR(present, 0444, show_present, NULL),
	__ATTR(online, 0444, show_online, NULL),
	__ATTR(offline, 0444, show_offline, NULL),
	__ATTR(isolated, 0444, show_isolated, NULL),
	__ATTR(kernel_max, 0444, show_kernel_max, NULL),
};

static struct attribute *cpu_root_attrs[] = {
	&root_attrs[0].attr,
	&root_attrs[1].attr,
	&root_attrs[2].attr,
	&root_attrs[3].attr,
	&root_attrs[4].attr,
	&root_attrs[5].attr,
	NULL,
};
ATTRIBUTE_GROUPS(cpu_root);

/* They stand in per-CPU memory, which stays. */
static void cpu_device_release(struct device *dev)
{
}

static int __init register_cpu(unsigned int cpu)
{
	struct device *dev = &per_cpu(cpu_devices, cpu), *root = bus_get_dev_root(&cpu_subsys);
	int err;

	device_initialize(dev);
	dev->bus = &cpu_subsys;
	dev->id = cpu;
	dev->parent = root;
	dev->release = cpu_device_release;
	err = device_add(dev);
	put_device(root);
	return err;
}

static int __init cpu_dev_init(void)
{
	unsigned int cpu;
	int err = subsys_system_register(&cpu_subsys, cpu_root_groups);

	if (err)
		return err;
	for_each_present_cpu(cpu) {
		err = register_cpu(cpu);
		if (err)
			return err;
	}
	err = cpuhp_setup_state(CPUHP_BP_PREPARE_DYN, "base/topology:prepare", topology_add_dev,
				topology_remove_dev);
	return err < 0 ? err : 0;
}
subsys_initcall(cpu_dev_init);
