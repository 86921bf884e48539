// SPDX-License-Identifier: MIT
/*
 * /sys/module/<part>/parameters/<name>: the parameters of the command line, while the kernel runs.
 * "rcutree.blimit" is rcutree's; those without a prefix are kernel's. A parameter whose perm is 0
 * has no file.
 *
 * Lock: param_mutex: one parameter at a time is read or set.
 */

#include <linux/errno.h>
#include <linux/init.h>
#include <linux/kobject.h>
#include <linux/list.h>
#include <linux/moduleparam.h>
#include <linux/mutex.h>
#include <linux/panic.h>
#include <linux/printk.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/sysfs.h>

static DEFINE_MUTEX(param_mutex);
static struct kobject *modules_kobj;

/* A file. */
struct param_attribute {
	struct kobj_attribute kattr;
	const struct kernel_param *param;
};

/* A folder of /sys/module, with its parameters/. */
struct part {
	struct list_head node;
	struct kobject *kobj, *parameters;
};

static LIST_HEAD(parts);	/* only while the files are made, at boot */

static const struct kernel_param *param_of(struct kobj_attribute *attr)
{
	return container_of(attr, struct param_attribute, kattr)->param;
}

static ssize_t param_show(struct kobject *kobj, struct kobj_attribute *attr, char *buf)
{
	const struct kernel_param *param = param_of(attr);
	ssize_t len;

	if (!param->ops->get)
		return -EPERM;
	mutex_lock(&param_mutex);
	len = param->ops->get(buf, param);
	mutex_unlock(&param_mutex);
	return len;
}

static ssize_t param_store(struct kobject *kobj, struct kobj_attribute *attr, const char *buf,
			   size_t count)
{
	const struct kernel_param *param = param_of(attr);
	int err;

	if (!param->ops->set)
		return -EPERM;
	mutex_lock(&param_mutex);
	if (param->flags & KERNEL_PARAM_FL_UNSAFE) {
		pr_notice("Setting dangerous option %s - tainting kernel\n", param->name);
		add_taint(TAINT_USER, LOCKDEP_STILL_OK);
	}
	err = param->ops->set(buf, param);
	mutex_unlock(&param_mutex);
	return err ? err : count;
}

/* The folder of @len bytes at @name, made if it isn't there. */
static struct part *__init part_of(const char *name, size_t len)
{
	struct part *part;
	char text[64];

	if (len >= sizeof(text))
		return NULL;
	strscpy(text, name, len + 1);
	list_for_each_entry(part, &parts, node) {
		if (!strcmp(kobject_name(part->kobj), text))
			return part;
	}
	part = kzalloc(sizeof(*part), GFP_KERNEL);
	if (!part)
		return NULL;
	part->kobj = kobject_create_and_add(text, modules_kobj);
	if (part->kobj)
		part->parameters = kobject_create_and_add("parameters", part->kobj);
	if (!part->parameters) {
		kobject_put(part->kobj);
		kfree(part);
		return NULL;
	}
	list_add(&part->node, &parts);
	return part;
}

static int __init add_param(const struct kernel_param *param)
{
	const char *dot = strchr(param->name, '.');
	struct part *part = dot ? part_of(param->name, dot - param->name) : part_of("kernel", 6);
	struct param_attribute *attr = kzalloc(sizeof(*attr), GFP_KERNEL);
	int err = -ENOMEM;

	if (part && attr) {
		attr->param = param;
		attr->kattr.attr.name = dot ? dot + 1 : param->name;
		attr->kattr.attr.mode = param->perm;
		attr->kattr.show = param_show;
		attr->kattr.store = param_store;
		err = sysfs_create_file(part->parameters, &attr->kattr.attr);
	}
	if (err)
		kfree(attr);
	return err;
}

static int __init param_sysfs_init(void)
{
	const struct kernel_param *param;
	struct part *part, *next;
	int err = 0;

	modules_kobj = kobject_create_and_add("module", NULL);
	if (!modules_kobj)
		return -ENOMEM;
	for (param = __start___param; param < __stop___param && !err; param++) {
		if (param->perm)
			err = add_param(param);
	}
	list_for_each_entry_safe(part, next, &parts, node)
		kfree(part);
	INIT_LIST_HEAD(&parts);
	return err;
}
subsys_initcall(param_sysfs_init);
