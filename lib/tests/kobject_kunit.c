// SPDX-License-Identifier: MIT
/*
 * Kobjects and ksets: who keeps whom, where folders go, who is in which set, and which events are
 * counted.
 */

#include <kunit/test.h>

#include <linux/kernfs.h>
#include <linux/kobject.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/sysfs.h>

struct thing {
	struct kobject kobj;
	int *freed;
};

static void thing_release(struct kobject *kobj)
{
	struct thing *t = container_of(kobj, struct thing, kobj);

	(*t->freed)++;
	kfree(t);
}

static const struct kobj_type thing_ktype = {
	.release	= thing_release,
	.sysfs_ops	= &kobj_sysfs_ops,
};

static struct kobject *add_thing(struct kunit *test, struct kset *kset, struct kobject *parent,
				 const char *name, int *freed)
{
	struct thing *t = kzalloc(sizeof(*t), GFP_KERNEL);

	KUNIT_ASSERT_NOT_NULL(test, t);
	t->freed = freed;
	t->kobj.kset = kset;
	KUNIT_ASSERT_EQ(test, kobject_init_and_add(&t->kobj, &thing_ktype, parent, "%s", name), 0);
	return &t->kobj;
}

static bool is_shown(const struct kobject *above, const char *name)
{
	struct kernfs_node *kn = kernfs_find_and_get(above->sd, name);

	kernfs_put(kn);
	return kn;
}

static struct kset *new_kset(struct kunit *test, const struct kset_uevent_ops *ops)
{
	struct kset *set = kset_create_and_add("kunit-set", ops, kernel_kobj);

	KUNIT_ASSERT_NOT_NULL(test, set);
	return set;
}

static void a_child_keeps_its_parent(struct kunit *test)
{
	int freed = 0, child_freed = 0;
	struct kobject *parent = add_thing(test, NULL, kernel_kobj, "kunit-parent", &freed);
	struct kobject *child = add_thing(test, NULL, parent, "child", &child_freed);

	KUNIT_EXPECT_PTR_EQ(test, child->parent, parent);
	kobject_put(parent);
	KUNIT_EXPECT_EQ(test, freed, 0);
	kobject_put(child);
	KUNIT_EXPECT_EQ(test, child_freed, 1);
	KUNIT_EXPECT_EQ(test, freed, 1);
}

/* The folder of the child goes with that of the parent; the child hears of it later. */
static void a_parent_may_leave_the_tree_first(struct kunit *test)
{
	int freed = 0;
	struct kobject *parent = add_thing(test, NULL, kernel_kobj, "kunit-parent", &freed);
	struct kobject *child = add_thing(test, NULL, parent, "child", &freed);

	kobject_del(parent);
	kobject_del(parent);
	KUNIT_EXPECT_FALSE(test, is_shown(kernel_kobj, "kunit-parent"));
	kobject_del(child);
	KUNIT_EXPECT_EQ(test, freed, 0);
	kobject_put(child);
	kobject_put(parent);
	KUNIT_EXPECT_EQ(test, freed, 2);
}

static void a_name_is_one_part_of_a_path(struct kunit *test)
{
	int freed = 0;
	struct kobject *kobj = add_thing(test, NULL, kernel_kobj, "kunit/slashed", &freed);

	KUNIT_EXPECT_STREQ(test, kobject_name(kobj), "kunit!slashed");
	kobject_put(kobj);
}

static void a_member_without_parent_is_in_the_sets_folder(struct kunit *test)
{
	int freed = 0;
	struct kset *set = new_kset(test, NULL);
	struct kobject *in = add_thing(test, set, NULL, "in", &freed);
	struct kobject *out = add_thing(test, set, kernel_kobj, "kunit-out", &freed), *found;

	KUNIT_EXPECT_PTR_EQ(test, in->parent, &set->kobj);
	KUNIT_EXPECT_TRUE(test, is_shown(&set->kobj, "in"));
	KUNIT_EXPECT_FALSE(test, is_shown(&set->kobj, "kunit-out"));
	KUNIT_EXPECT_TRUE(test, is_shown(kernel_kobj, "kunit-out"));

	found = kset_find_obj(set, "kunit-out");
	KUNIT_EXPECT_PTR_EQ(test, found, out);
	kobject_put(found);
	kobject_del(out);
	KUNIT_EXPECT_NULL(test, kset_find_obj(set, "kunit-out"));
	KUNIT_EXPECT_NULL(test, kset_find_obj(set, "none"));
	kobject_put(out);
	kobject_put(in);
	KUNIT_EXPECT_TRUE(test, list_empty(&set->list));
	KUNIT_EXPECT_EQ(test, freed, 2);
	kset_unregister(set);
	KUNIT_EXPECT_FALSE(test, is_shown(kernel_kobj, "kunit-set"));
}

static void a_member_keeps_its_set(struct kunit *test)
{
	int freed = 0;
	struct kset *set = new_kset(test, NULL);
	struct kobject *member = add_thing(test, set, kernel_kobj, "kunit-member", &freed);

	kset_unregister(set);
	KUNIT_EXPECT_PTR_EQ(test, kset_find_obj(set, "kunit-member"), member);
	kobject_put(member);
	kobject_put(member);
	KUNIT_EXPECT_EQ(test, freed, 1);
}

static void a_bad_kset_is_refused(struct kunit *test)
{
	struct kset *set = new_kset(test, NULL);
	struct kset nameless = { .kobj = { .ktype = &thing_ktype } }, typeless = { };

	KUNIT_EXPECT_EQ(test, kset_register(NULL), -EINVAL);
	KUNIT_EXPECT_EQ(test, kset_register(&nameless), -EINVAL);
	KUNIT_EXPECT_EQ(test, kset_register(&typeless), -EINVAL);
	KUNIT_EXPECT_NULL(test, kset_create_and_add("kunit-set", NULL, kernel_kobj));
	kset_unregister(set);
	kset_unregister(NULL);
}

static int only_wanted(const struct kobject *kobj)
{
	return strcmp(kobject_name(kobj), "unwanted");
}

/* Other events may come in between from elsewhere, but none is taken back. */
static long events_of(struct kobject *kobj, enum kobject_action action)
{
	long before = atomic64_read(&uevent_seqnum);

	kobject_uevent(kobj, action);
	return atomic64_read(&uevent_seqnum) - before;
}

static void a_set_may_hold_back_events(struct kunit *test)
{
	static const struct kset_uevent_ops ops = { .filter = only_wanted };
	int freed = 0;
	struct kset *set = new_kset(test, &ops);
	struct kobject *wanted = add_thing(test, set, NULL, "wanted", &freed);
	struct kobject *unwanted = add_thing(test, set, NULL, "unwanted", &freed);
	struct kobject *below = add_thing(test, NULL, wanted, "unwanted", &freed);

	KUNIT_EXPECT_GE(test, events_of(wanted, KOBJ_ADD), 1L);
	KUNIT_EXPECT_EQ(test, events_of(unwanted, KOBJ_ADD), 0L);
	/* The nearest set above decides. */
	KUNIT_EXPECT_EQ(test, events_of(below, KOBJ_CHANGE), 0L);
	kobject_put(below);
	kobject_put(unwanted);
	kobject_put(wanted);
	kset_unregister(set);
}

static void what_was_announced_is_taken_leave_of(struct kunit *test)
{
	int freed = 0;
	struct kobject *kobj = add_thing(test, NULL, kernel_kobj, "kunit-announced", &freed);
	long before = atomic64_read(&uevent_seqnum);

	kobject_uevent(kobj, KOBJ_ADD);
	kobject_put(kobj);
	KUNIT_EXPECT_GE(test, atomic64_read(&uevent_seqnum) - before, 2LL);
}

static struct kunit_case kobject_cases[] = {
	KUNIT_CASE(a_child_keeps_its_parent),
	KUNIT_CASE(a_parent_may_leave_the_tree_first),
	KUNIT_CASE(a_name_is_one_part_of_a_path),
	KUNIT_CASE(a_member_without_parent_is_in_the_sets_folder),
	KUNIT_CASE(a_member_keeps_its_set),
	KUNIT_CASE(a_bad_kset_is_refused),
	KUNIT_CASE(a_set_may_hold_back_events),
	KUNIT_CASE(what_was_announced_is_taken_leave_of),
	{}
};

static struct kunit_suite kobject_suite = {
	.name = "kobject",
	.test_cases = kobject_cases,
};
kunit_test_suite(kobject_suite);
