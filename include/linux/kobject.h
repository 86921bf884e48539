/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_KOBJECT_H
#define _LINUX_KOBJECT_H

/*
 * kobject: a name, a parent and a count of references, embedded in what is to be seen in sysfs.
 *
 * Rules of use: kobject_init() gives the first reference; the last kobject_put() calls
 * ktype->release, which frees the object around it. A kobject in the tree holds its parent.
 */

#include <linux/atomic.h>
#include <linux/kref.h>
#include <linux/list.h>
#include <linux/spinlock.h>
#include <linux/stdarg.h>
#include <linux/sysfs.h>
#include <linux/types.h>

struct kobject;

struct kobj_type {
	void (*release)(struct kobject *kobj);
	const struct sysfs_ops *sysfs_ops;
	const struct attribute_group **default_groups;
};

/* Kobjects of a kind: a folder in sysfs. */
struct kset;

struct kobject {
	const char *name;
	struct list_head entry;		/* in kset->list, under its list_lock */
	struct kobject *parent;		/* referenced while in the tree */
	struct kset *kset;
	const struct kobj_type *ktype;
	struct kernfs_node *sd;		/* the directory in sysfs */
	struct kref kref;
	unsigned int state_initialized:1;
	unsigned int state_in_sysfs:1;
};

struct kset {
	struct list_head list;
	spinlock_t list_lock;
	struct kobject kobj;
};

int kobject_set_name_vargs(struct kobject *kobj, const char *fmt, va_list vargs) __printf(2, 0);
int kobject_set_name(struct kobject *kobj, const char *fmt, ...) __printf(2, 3);
void kobject_init(struct kobject *kobj, const struct kobj_type *ktype);
int kobject_add(struct kobject *kobj, struct kobject *parent, const char *fmt, ...)
	__printf(3, 4);
int kobject_init_and_add(struct kobject *kobj, const struct kobj_type *ktype,
			 struct kobject *parent, const char *fmt, ...) __printf(4, 5);
void kobject_del(struct kobject *kobj);
struct kobject *kobject_create_and_add(const char *name, struct kobject *parent);
struct kobject *kobject_get(struct kobject *kobj);
struct kobject *kobject_get_unless_zero(struct kobject *kobj);
void kobject_put(struct kobject *kobj);

/** kobject_name() - the kobject's name; NULL before it has one */
static inline const char *kobject_name(const struct kobject *kobj)
{
	return kobj->name;
}

/* An attribute that knows its own functions: for kobjects without a type of their own. */
struct kobj_attribute {
	struct attribute attr;
	ssize_t (*show)(struct kobject *kobj, struct kobj_attribute *attr, char *buf);
	ssize_t (*store)(struct kobject *kobj, struct kobj_attribute *attr, const char *buf,
			 size_t count);
};

extern const struct sysfs_ops kobj_sysfs_ops;

/* Folders of the root: /sys/kernel, /sys/fs, /sys/firmware, /sys/hypervisor */
extern struct kobject *kernel_kobj;
extern struct kobject *fs_kobj;
extern struct kobject *firmware_kobj;

/* What happens to a kobject; the names are those of its uevent file. */
enum kobject_action {
	KOBJ_ADD,
	KOBJ_REMOVE,
	KOBJ_CHANGE,
	KOBJ_MOVE,
	KOBJ_ONLINE,
	KOBJ_OFFLINE,
	KOBJ_BIND,
	KOBJ_UNBIND,
};

extern atomic64_t uevent_seqnum;
int kobject_uevent(struct kobject *kobj, enum kobject_action action);
int kobject_synth_uevent(struct kobject *kobj, const char *buf, size_t count);

#endif /* _LINUX_KOBJECT_H */
