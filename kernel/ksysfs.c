// SPDX-License-Identifier: MIT
/* /sys/kernel, and the folders of the root that others put things into. */

#include <linux/errno.h>
#include <linux/init.h>
#include <linux/kobject.h>
#include <linux/sysfs.h>

struct kobject *kernel_kobj, *fs_kobj, *firmware_kobj;

static ssize_t uevent_seqnum_show(struct kobject *kobj, struct kobj_attribute *attr, char *buf)
{
	return sysfs_emit(buf, "%llu\n", (u64)atomic64_read(&uevent_seqnum));
}

static ssize_t fscaps_show(struct kobject *kobj, struct kobj_attribute *attr, char *buf)
{
	return sysfs_emit(buf, "1\n");
}

static ssize_t cpu_byteorder_show(struct kobject *kobj, struct kobj_attribute *attr, char *buf)
{
	return sysfs_emit(buf, "little\n");
}

static ssize_t address_bits_show(struct kobject *kobj, struct kobj_attribute *attr, char *buf)
{
	return sysfs_emit(buf, "%zu\n", sizeof(void *) * 8);
}

static struct kobj_attribute kernel_files[] = {
	__ATTR_RO(uevent_seqnum),
	__ATTR_RO(fscaps),
	__ATTR_RO(cpu_byteorder),
	__ATTR_RO(address_bits),
};

static struct attribute *kernel_attrs[] = {
	&kernel_files[0].attr,
	&kernel_files[1].attr,
	&kernel_files[2].attr,
	&kernel_files[3].attr,
	NULL,
};

static const struct attribute_group kernel_group = {
	.attrs = kernel_attrs,
};

static int __init ksysfs_init(void)
{
	kernel_kobj = kobject_create_and_add("kernel", NULL);
	fs_kobj = kobject_create_and_add("fs", NULL);
	firmware_kobj = kobject_create_and_add("firmware", NULL);
	if (!kernel_kobj || !fs_kobj || !firmware_kobj)
		return -ENOMEM;
	return sysfs_create_group(kernel_kobj, &kernel_group);
}
core_initcall_sync(ksysfs_init);
