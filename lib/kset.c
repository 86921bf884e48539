// SPDX-License-Identifier: MIT
/*
 * ksets: kobjects that belong together.
 *
 * A kset is a list and a folder. A kobject whose ->kset is set joins with kobject_add() and leaves
 * with kobject_del(); without a parent of its own its folder is in the kset's. Each member keeps
 * the kset; the list doesn't keep its members, who leave before they are freed.
 */

#include <linux/kobject.h>

#include <linux/cleanup.h>
#include <linux/errno.h>
#include <linux/export.h>
#include <linux/list.h>
#include <linux/slab.h>
#include <linux/spinlock.h>
#include <linux/string.h>

/* Of kobject_add() and kobject_del(). */
void kset_join(struct kobject *kobj)
{
	struct kset *set = kset_get(kobj->kset);

	guard(spinlock)(&set->list_lock);
	list_add_tail(&kobj->entry, &set->list);
}

void kset_leave(struct kobject *kobj)
{
	scoped_guard(spinlock, &kobj->kset->list_lock)
		list_del_init(&kobj->entry);
	kset_put(kobj->kset);
}

/** kset_init - an empty kset with one reference, in no tree; its kobj's ktype and name are kept */
void kset_init(struct kset *k)
{
	kobject_init(&k->kobj, k->kobj.ktype);
	INIT_LIST_HEAD(&k->list);
	spin_lock_init(&k->list_lock);
}
EXPORT_SYMBOL_GPL(kset_init);

/**
 * kset_register - initialise a kset and add it
 * @k: zeroed, but for its kobj's name and ktype, and whatever of parent and kset its folder wants
 *
 * Context: may sleep.
 * Return: 0; -EINVAL without name or ktype; -EEXIST if the name is taken; -ENOMEM. Then its name is
 * freed, the kset is not.
 */
int kset_register(struct kset *k)
{
	int err;

	if (!k || !k->kobj.ktype || !k->kobj.name)
		return -EINVAL;
	kset_init(k);
	err = kobject_add(&k->kobj, k->kobj.parent, "%s", k->kobj.name);
	if (!err)
		return kobject_uevent(&k->kobj, KOBJ_ADD);
	kfree(k->kobj.name);
	k->kobj.name = NULL;
	return err;
}
EXPORT_SYMBOL_GPL(kset_register);

/** kset_unregister - out of the tree; freed with its last reference. NULL is nothing. May sleep. */
void kset_unregister(struct kset *k)
{
	if (!k)
		return;
	kobject_del(&k->kobj);
	kset_put(k);
}
EXPORT_SYMBOL_GPL(kset_unregister);

static void kset_release(struct kobject *kobj)
{
	kfree(to_kset(kobj));
}

static const struct kobj_type kset_ktype = {
	.release	= kset_release,
	.sysfs_ops	= &kobj_sysfs_ops,
};

/**
 * kset_create_and_add - a new kset
 * @name: of its folder
 * @uevent_ops: what happens to events of its kobjects, or NULL
 * @parent_kobj: above it; NULL: the root
 *
 * Context: may sleep.
 * Return: the kset, gone by kset_unregister(); NULL if there is no memory or the name is taken.
 */
struct kset *kset_create_and_add(const char *name, const struct kset_uevent_ops *uevent_ops,
				 struct kobject *parent_kobj)
{
	struct kset *k = kzalloc(sizeof(*k), GFP_KERNEL);

	if (!k)
		return NULL;
	k->uevent_ops = uevent_ops;
	k->kobj.ktype = &kset_ktype;
	k->kobj.parent = parent_kobj;
	if (kobject_set_name(&k->kobj, "%s", name) || kset_register(k)) {
		kfree(k);
		return NULL;
	}
	return k;
}
EXPORT_SYMBOL_GPL(kset_create_and_add);

/**
 * kset_find_obj - the member of this name
 *
 * Return: the kobject, referenced; NULL: there is none, or it is being freed.
 */
struct kobject *kset_find_obj(struct kset *kset, const char *name)
{
	struct kobject *kobj;

	guard(spinlock)(&kset->list_lock);
	list_for_each_entry(kobj, &kset->list, entry) {
		if (!strcmp(kobject_name(kobj), name))
			return kobject_get_unless_zero(kobj);
	}
	return NULL;
}
EXPORT_SYMBOL_GPL(kset_find_obj);
