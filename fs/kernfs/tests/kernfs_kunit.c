// SPDX-License-Identifier: MIT
/* The tree of kernfs: names, paths between nodes, and that removal waits for who is inside. */

#include <kunit/test.h>

#include <linux/completion.h>
#include <linux/dcache.h>
#include <linux/err.h>
#include <linux/fs.h>
#include <linux/kernfs.h>
#include <linux/kobject.h>
#include <linux/kthread.h>
#include <linux/mount.h>
#include <linux/namei.h>
#include <linux/string.h>

static const struct kernfs_ops no_ops = {};

static struct kernfs_root *make_root(struct kunit *test)
{
	struct kernfs_root *root = kernfs_create_root(0755, NULL);

	KUNIT_ASSERT_NOT_ERR_OR_NULL(test, root);
	return root;
}

static struct kernfs_node *make_dir(struct kunit *test, struct kernfs_node *above,
				    const char *name)
{
	struct kernfs_node *kn = kernfs_create_dir(above, name, 0755, NULL);

	KUNIT_ASSERT_NOT_ERR_OR_NULL(test, kn);
	return kn;
}

static struct kernfs_node *make_file(struct kunit *test, struct kernfs_node *dir, const char *name)
{
	struct kernfs_node *kn = __kernfs_create_file(dir, name, 0644, GLOBAL_ROOT_UID,
						      GLOBAL_ROOT_GID, 0, &no_ops, NULL);

	KUNIT_ASSERT_NOT_ERR_OR_NULL(test, kn);
	return kn;
}

static void names_are_found_and_taken_once(struct kunit *test)
{
	struct kernfs_root *root = make_root(test);
	struct kernfs_node *a = make_dir(test, root->kn, "a"), *found;

	KUNIT_EXPECT_PTR_EQ(test, kernfs_create_dir(root->kn, "a", 0755, NULL), ERR_PTR(-EEXIST));
	found = kernfs_find_and_get(root->kn, "a");
	KUNIT_EXPECT_PTR_EQ(test, found, a);
	kernfs_put(found);
	KUNIT_EXPECT_NULL(test, kernfs_find_and_get(root->kn, "b"));
	KUNIT_EXPECT_EQ(test, root->kn->subdirs, 1U);
	KUNIT_EXPECT_EQ(test, kernfs_remove_by_name(root->kn, "a"), 0);
	KUNIT_EXPECT_EQ(test, kernfs_remove_by_name(root->kn, "a"), -ENOENT);
	KUNIT_EXPECT_EQ(test, root->kn->subdirs, 0U);
	kernfs_destroy_root(root);
}

static void a_removed_folder_takes_nothing_new(struct kunit *test)
{
	struct kernfs_root *root = make_root(test);
	struct kernfs_node *a = make_dir(test, root->kn, "a");

	make_file(test, make_dir(test, a, "b"), "f");
	kernfs_get(a);
	kernfs_remove(a);
	KUNIT_EXPECT_PTR_EQ(test, kernfs_create_dir(a, "c", 0755, NULL), ERR_PTR(-ENOENT));
	KUNIT_EXPECT_NULL(test, kernfs_find_and_get(a, "b"));
	kernfs_put(a);
	kernfs_destroy_root(root);
}

static void expect_path(struct kunit *test, struct kernfs_node *from, struct kernfs_node *to,
			const char *want)
{
	char buf[64];

	KUNIT_EXPECT_EQ(test, kernfs_relative_path(from, to, buf, sizeof(buf)), (int)strlen(want));
	KUNIT_EXPECT_STREQ(test, buf, want);
}

/*
 *	root -+- a --- b --- c
 *	      +- d --- e
 */
static void paths_lead_up_and_down(struct kunit *test)
{
	struct kernfs_root *root = make_root(test);
	struct kernfs_node *a = make_dir(test, root->kn, "a"), *b = make_dir(test, a, "b");
	struct kernfs_node *c = make_dir(test, b, "c"), *d = make_dir(test, root->kn, "d");
	struct kernfs_node *e = make_dir(test, d, "e");
	char small[8];

	expect_path(test, a, b, "b");
	expect_path(test, a, c, "b/c");
	expect_path(test, c, a, "../..");
	expect_path(test, b, e, "../../d/e");
	expect_path(test, e, c, "../../a/b/c");
	expect_path(test, d, c, "../a/b/c");
	KUNIT_EXPECT_EQ(test, kernfs_relative_path(e, c, small, sizeof(small)), -ENAMETOOLONG);
	kernfs_destroy_root(root);
}

struct removal {
	struct kernfs_node *kn;
	struct completion begun, done;
};

static int remove_it(void *arg)
{
	struct removal *r = arg;

	complete(&r->begun);
	kernfs_remove(r->kn);
	complete(&r->done);
	return 0;
}

static void removal_waits_for_functions_under_way(struct kunit *test)
{
	struct kernfs_root *root = make_root(test);
	struct kernfs_node *f = make_file(test, root->kn, "f");
	struct removal r = { .kn = f };

	init_completion(&r.begun);
	init_completion(&r.done);
	kernfs_get(f);
	KUNIT_ASSERT_TRUE(test, kernfs_get_active(f));
	KUNIT_ASSERT_NOT_ERR_OR_NULL(test, kthread_run(remove_it, &r, "kernfs-remove"));
	wait_for_completion(&r.begun);
	/* From some moment on it is out of the tree, and lets nobody else in. */
	while (!(atomic_read(&f->active) & KN_REMOVED))
		schedule_timeout_uninterruptible(1);
	KUNIT_EXPECT_FALSE(test, kernfs_get_active(f));
	KUNIT_EXPECT_NULL(test, kernfs_find_and_get(root->kn, "f"));
	KUNIT_EXPECT_FALSE(test, completion_done(&r.done));
	kernfs_put_active(f);
	wait_for_completion(&r.done);
	kernfs_put(f);
	kernfs_destroy_root(root);
}

static int look(struct vfsmount *mnt, const char *name, struct path *path)
{
	return vfs_path_lookup(mnt->mnt_root, mnt, name, 0, path);
}

/* A mark in the dentry shows whether the next walk finds the same one. */
static void a_name_stays_cached_until_its_node_goes(struct kunit *test)
{
	struct vfsmount *mnt = kern_mount(get_fs_type("sysfs"));
	struct kobject *first, *second;
	struct path path, none;

	KUNIT_ASSERT_FALSE(test, IS_ERR(mnt));
	KUNIT_EXPECT_EQ(test, look(mnt, "kunit-names", &none), -ENOENT);
	first = kobject_create_and_add("kunit-names", NULL);
	KUNIT_ASSERT_NOT_NULL(test, first);
	KUNIT_ASSERT_EQ(test, look(mnt, "kunit-names", &path), 0);
	path.dentry->d_time = 0x5eed;
	path_put(&path);
	KUNIT_ASSERT_EQ(test, look(mnt, "kunit-names", &path), 0);
	KUNIT_EXPECT_EQ(test, path.dentry->d_time, 0x5eedUL);
	path_put(&path);
	kobject_put(first);
	KUNIT_EXPECT_EQ(test, look(mnt, "kunit-names", &none), -ENOENT);
	second = kobject_create_and_add("kunit-names", NULL);
	KUNIT_ASSERT_NOT_NULL(test, second);
	KUNIT_ASSERT_EQ(test, look(mnt, "kunit-names", &path), 0);
	KUNIT_EXPECT_EQ(test, path.dentry->d_time, 0UL);
	path_put(&path);
	kobject_put(second);
	kern_unmount(mnt);
}

static struct kunit_case kernfs_cases[] = {
	KUNIT_CASE(names_are_found_and_taken_once),
	KUNIT_CASE(a_removed_folder_takes_nothing_new),
	KUNIT_CASE(paths_lead_up_and_down),
	KUNIT_CASE(removal_waits_for_functions_under_way),
	KUNIT_CASE(a_name_stays_cached_until_its_node_goes),
	{}
};

static struct kunit_suite kernfs_suite = {
	.name		= "kernfs",
	.test_cases	= kernfs_cases,
};
kunit_test_suite(kernfs_suite);
