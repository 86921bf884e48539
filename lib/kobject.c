// SPDX-License-Identifier: MIT
/*
 * kobject: the part of an object that sysfs sees. Rules of use are in <linux/kobject.h>.
 *
 * The tree is made of parent pointers alone, each with a reference; sysfs keeps the way down.
 */

#include <linux/kobject.h>

#include <linux/errno.h>
#include <linux/export.h>
#include <linux/printk.h>
#include <linux/slab.h>
#include <linux/sprintf.h>
#include <linux/string.h>

/** kobject_set_name_vargs - name (or rename, before it is added) a kobject: 0, -ENOMEM */
int kobject_set_name_vargs(struct kobject *kobj, const char *fmt, va_list vargs)
{
	char *name, *slash;

	if (kobj->name && !fmt)
		return 0;
	name = kvasprintf(GFP_KERNEL, fmt, vargs);
	if (!name)
		return -ENOMEM;
	/* A name is one part of a path. */
	while ((slash = strchr(name, '/')))
		*slash = '!';
	kfree(kobj->name);
	kobj->name = name;
	return 0;
}

/** kobject_set_name - kobject_set_name_vargs() with the arguments themselves: 0, -ENOMEM */
int kobject_set_name(struct kobject *kobj, const char *fmt, ...)
{
	va_list vargs;
	int ret;

	va_start(vargs, fmt);
	ret = kobject_set_name_vargs(kobj, fmt, vargs);
	va_end(vargs);
	return ret;
}
EXPORT_SYMBOL(kobject_set_name);

/**
 * kobject_init - a kobject with one reference, in no tree
 * @kobj: zeroed
 * @ktype: tells how it is freed
 */
void kobject_init(struct kobject *kobj, const struct kobj_type *ktype)
{
	WARN_ON(kobj->state_initialized);
	kref_init(&kobj->kref);
	INIT_LIST_HEAD(&kobj->entry);
	kobj->ktype = ktype;
	kobj->state_in_sysfs = 0;
	kobj->state_initialized = 1;
}
EXPORT_SYMBOL(kobject_init);

static int kobject_add_varg(struct kobject *kobj, struct kobject *parent, const char *fmt,
			    va_list vargs)
{
	int ret = kobject_set_name_vargs(kobj, fmt, vargs);

	if (ret)
		return ret;
	if (kobj->kset && !parent)
		parent = &kobj->kset->kobj;
	kobj->parent = kobject_get(parent);
	ret = sysfs_create_dir(kobj);
	if (ret) {
		kobj->parent = NULL;
		kobject_put(parent);
		return ret;
	}
	if (kobj->kset)
		kset_join(kobj);
	kobj->state_in_sysfs = 1;
	kobj->state_add_uevent_sent = 0;
	kobj->state_remove_uevent_sent = 0;
	if (kobj->ktype && kobj->ktype->default_groups) {
		ret = sysfs_create_groups(kobj, kobj->ktype->default_groups);
		if (ret)
			kobject_del(kobj);
	}
	return ret;
}

/**
 * kobject_add - put a kobject into the tree
 * @kobj: initialised; joins @kobj->kset if that is set
 * @parent: above it; NULL: its kset, or the root
 * @fmt: its name
 *
 * Context: may sleep.
 * Return: 0, -ENOMEM, -EEXIST if the name is taken. Then the caller still owns its reference.
 */
int kobject_add(struct kobject *kobj, struct kobject *parent, const char *fmt, ...)
{
	va_list vargs;
	int ret;

	va_start(vargs, fmt);
	ret = kobject_add_varg(kobj, parent, fmt, vargs);
	va_end(vargs);
	return ret;
}
EXPORT_SYMBOL(kobject_add);

/** kobject_init_and_add - both; if it fails the caller must kobject_put() */
int kobject_init_and_add(struct kobject *kobj, const struct kobj_type *ktype,
			 struct kobject *parent, const char *fmt, ...)
{
	va_list vargs;
	int ret;

	kobject_init(kobj, ktype);
	va_start(vargs, fmt);
	ret = kobject_add_varg(kobj, parent, fmt, vargs);
	va_end(vargs);
	return ret;
}
EXPORT_SYMBOL_GPL(kobject_init_and_add);

/** kobject_del - out of the tree; the object lives on until its last reference goes */
void kobject_del(struct kobject *kobj)
{
	struct kobject *parent;

	if (!kobj || !kobj->state_in_sysfs)
		return;
	/* Who was told that it came is told that it goes. */
	if (kobj->state_add_uevent_sent && !kobj->state_remove_uevent_sent)
		kobject_uevent(kobj, KOBJ_REMOVE);
	sysfs_remove_dir(kobj);
	kobj->state_in_sysfs = 0;
	if (kobj->kset)
		kset_leave(kobj);
	parent = kobj->parent;
	kobj->parent = NULL;
	kobject_put(parent);
}
EXPORT_SYMBOL(kobject_del);

/** kobject_get - take one more reference; @kobj may be NULL. Return: @kobj */
struct kobject *kobject_get(struct kobject *kobj)
{
	if (kobj)
		kref_get(&kobj->kref);
	return kobj;
}
EXPORT_SYMBOL(kobject_get);

/**
 * kobject_get_unless_zero - a reference, unless the last one is gone already
 * @kobj: may be NULL; its memory must stay, by RCU or a lock
 *
 * Return: @kobj, or NULL.
 */
struct kobject *kobject_get_unless_zero(struct kobject *kobj)
{
	return kobj && kref_get_unless_zero(&kobj->kref) ? kobj : NULL;
}
EXPORT_SYMBOL(kobject_get_unless_zero);

static void kobject_release(struct kref *kref)
{
	struct kobject *kobj = container_of(kref, struct kobject, kref);
	const char *name = kobj->name;

	kobject_del(kobj);
	if (kobj->ktype && kobj->ktype->release)
		kobj->ktype->release(kobj);
	else
		pr_warn("kobject: '%s' has no release function: what it is in is lost\n", name);
	kfree(name);
}

/** kobject_put - give a reference back; the last one frees the object (may sleep then) */
void kobject_put(struct kobject *kobj)
{
	if (kobj)
		kref_put(&kobj->kref, kobject_release);
}
EXPORT_SYMBOL(kobject_put);

/* ---- what attributes print with ---- */

static int emit_args(char *buf, int at, const char *fmt, va_list args)
{
	if (WARN(at < 0 || at >= PAGE_SIZE, "sysfs_emit: at %d\n", at))
		return 0;
	return vscnprintf(buf + at, PAGE_SIZE - at, fmt, args);
}

/** sysfs_emit - an attribute's text, in the page that ->show() got: bytes written */
int sysfs_emit(char *buf, const char *fmt, ...)
{
	va_list args;
	int len;

	va_start(args, fmt);
	len = emit_args(buf, 0, fmt, args);
	va_end(args);
	return len;
}
EXPORT_SYMBOL_GPL(sysfs_emit);

/** sysfs_emit_at - more of it, from @at on */
int sysfs_emit_at(char *buf, int at, const char *fmt, ...)
{
	va_list args;
	int len;

	va_start(args, fmt);
	len = emit_args(buf, at, fmt, args);
	va_end(args);
	return len;
}
EXPORT_SYMBOL_GPL(sysfs_emit_at);

/* ---- kobjects that are just a folder ---- */

static void dynamic_kobj_release(struct kobject *kobj)
{
	kfree(kobj);
}

static ssize_t kobj_attr_show(struct kobject *kobj, struct attribute *attr, char *buf)
{
	struct kobj_attribute *kattr = container_of(attr, struct kobj_attribute, attr);

	return kattr->show ? kattr->show(kobj, kattr, buf) : -EIO;
}

static ssize_t kobj_attr_store(struct kobject *kobj, struct attribute *attr, const char *buf,
			       size_t count)
{
	struct kobj_attribute *kattr = container_of(attr, struct kobj_attribute, attr);

	return kattr->store ? kattr->store(kobj, kattr, buf, count) : -EIO;
}

const struct sysfs_ops kobj_sysfs_ops = {
	.show	= kobj_attr_show,
	.store	= kobj_attr_store,
};
EXPORT_SYMBOL_GPL(kobj_sysfs_ops);

static const struct kobj_type dynamic_kobj_ktype = {
	.release	= dynamic_kobj_release,
	.sysfs_ops	= &kobj_sysfs_ops,
};

/** kobject_create_and_add - a folder: the kobject, or NULL */
struct kobject *kobject_create_and_add(const char *name, struct kobject *parent)
{
	struct kobject *kobj = kzalloc(sizeof(*kobj), GFP_KERNEL);

	if (!kobj)
		return NULL;
	if (kobject_init_and_add(kobj, &dynamic_kobj_ktype, parent, "%s", name)) {
		kobject_put(kobj);
		return NULL;
	}
	return kobj;
}
EXPORT_SYMBOL_GPL(kobject_create_and_add);
