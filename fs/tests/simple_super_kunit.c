// SPDX-License-Identifier: MIT
/*
 * File systems made of a table (fs/simple_super.c): what is in them, what can't be done to them,
 * and that any number of users share one mount. And kern_path_locked(), by which a driver finds a
 * name with its directory locked.
 */

#include <kunit/test.h>

#include <linux/err.h>
#include <linux/file.h>
#include <linux/fs.h>
#include <linux/fs_context.h>
#include <linux/module.h>
#include <linux/mount.h>
#include <linux/namei.h>
#include <linux/statfs.h>
#include <linux/uio.h>

#define MAGIC	0x7ab1e

static ssize_t answer_its_number(struct kiocb *iocb, struct iov_iter *to)
{
	char digit = '0' + file_inode(iocb->ki_filp)->i_ino;

	return copy_to_iter(&digit, 1, to);
}

static const struct file_operations number_fops = {
	.read_iter = answer_its_number,
};

static const struct tree_descr files[] = {
	[2] = { "two", &number_fops, 0444 },
	[5] = { "five", &number_fops, 0600 },
	[6] = { "" },
};
static const struct tree_descr root_taken[] = { { NULL }, { "one", &number_fops, 0444 }, { "" } };

static struct file_system_type wrong_type;

static int table_fill(struct super_block *s, struct fs_context *fc)
{
	return simple_fill_super(s, MAGIC, fc->fs_type == &wrong_type ? root_taken : files);
}

static int table_get_tree(struct fs_context *fc)
{
	return get_tree_nodev(fc, table_fill);
}

static const struct fs_context_operations table_context_ops = {
	.get_tree = table_get_tree,
};

static int table_init_fs_context(struct fs_context *fc)
{
	fc->ops = &table_context_ops;
	return 0;
}

static struct file_system_type table_type = {
	.name = "table-test", .owner = THIS_MODULE,
	.init_fs_context = table_init_fs_context, .kill_sb = kill_litter_super,
};
static struct file_system_type wrong_type = {
	.name = "wrong-table-test", .owner = THIS_MODULE,
	.init_fs_context = table_init_fs_context, .kill_sb = kill_litter_super,
};

static int read_number(struct kunit *test, const struct path *root, const char *name)
{
	struct file *f = file_open_root(root, name, O_RDONLY, 0);
	loff_t pos = 0;
	char digit = 0;

	if (IS_ERR(f))
		return PTR_ERR(f);
	KUNIT_EXPECT_EQ(test, kernel_read(f, &digit, 1, &pos), (ssize_t)1);
	__fput_sync(f);
	return digit - '0';
}

static void the_table_is_what_is_there(struct kunit *test)
{
	struct vfsmount *mnt = kern_mount(&table_type);
	struct path root, two;
	struct kstatfs st;

	KUNIT_ASSERT_FALSE(test, IS_ERR(mnt));
	root = (struct path){ .mnt = mnt, .dentry = mnt->mnt_root };
	KUNIT_EXPECT_EQ(test, vfs_statfs(&root, &st), 0);
	KUNIT_EXPECT_EQ(test, st.f_type, MAGIC);
	KUNIT_EXPECT_EQ(test, read_number(test, &root, "two"), 2);
	KUNIT_EXPECT_EQ(test, read_number(test, &root, "five"), 5);
	KUNIT_EXPECT_EQ(test, read_number(test, &root, "six"), -ENOENT);
	KUNIT_ASSERT_EQ(test, vfs_path_lookup(root.dentry, mnt, "two", 0, &two), 0);
	KUNIT_EXPECT_EQ(test, d_inode(two.dentry)->i_mode, S_IFREG | 0444);
	path_put(&two);
	kern_unmount(mnt);
}

static void nothing_can_be_made_in_it(struct kunit *test)
{
	struct vfsmount *mnt = kern_mount(&table_type);
	struct path root;
	struct file *f;

	KUNIT_ASSERT_FALSE(test, IS_ERR(mnt));
	root = (struct path){ .mnt = mnt, .dentry = mnt->mnt_root };
	f = file_open_root(&root, "new", O_CREAT | O_RDWR, 0644);
	KUNIT_EXPECT_EQ(test, PTR_ERR_OR_ZERO(f), -EACCES);
	kern_unmount(mnt);
}

static void the_roots_number_is_no_files(struct kunit *test)
{
	KUNIT_EXPECT_EQ(test, PTR_ERR_OR_ZERO(kern_mount(&wrong_type)), -EINVAL);
}

static void users_share_one_mount(struct kunit *test)
{
	struct vfsmount *mount = NULL, *first;
	int count = 0;

	KUNIT_ASSERT_EQ(test, simple_pin_fs(&table_type, &mount, &count), 0);
	KUNIT_ASSERT_NOT_NULL(test, mount);
	first = mount;
	KUNIT_EXPECT_EQ(test, simple_pin_fs(&table_type, &mount, &count), 0);
	KUNIT_EXPECT_PTR_EQ(test, mount, first);
	KUNIT_EXPECT_EQ(test, count, 2);
	simple_release_fs(&mount, &count);
	KUNIT_EXPECT_PTR_EQ(test, mount, first);
	KUNIT_EXPECT_FALSE(test, hlist_empty(&table_type.fs_supers));
	simple_release_fs(&mount, &count);
	KUNIT_EXPECT_NULL(test, mount);
	KUNIT_EXPECT_EQ(test, count, 0);
	KUNIT_EXPECT_TRUE(test, hlist_empty(&table_type.fs_supers));
}

static void a_mount_that_fails_counts_nobody(struct kunit *test)
{
	struct vfsmount *mount = NULL;
	int count = 0;

	KUNIT_EXPECT_EQ(test, simple_pin_fs(&wrong_type, &mount, &count), -EINVAL);
	KUNIT_EXPECT_NULL(test, mount);
	KUNIT_EXPECT_EQ(test, count, 0);
}

static void a_last_component_comes_with_its_directory_locked(struct kunit *test)
{
	struct path parent;
	struct dentry *d = kern_path_locked("/dev/no-such-name", &parent);

	KUNIT_ASSERT_FALSE(test, IS_ERR(d));
	KUNIT_EXPECT_TRUE(test, d_is_negative(d));
	KUNIT_EXPECT_PTR_EQ(test, d->d_parent, parent.dentry);
	KUNIT_EXPECT_TRUE(test, inode_is_locked(d_inode(parent.dentry)));
	inode_unlock(d_inode(parent.dentry));
	dput(d);
	path_put(&parent);
}

static void what_is_no_last_component_is_refused(struct kunit *test)
{
	struct path parent;

	KUNIT_EXPECT_EQ(test, PTR_ERR_OR_ZERO(kern_path_locked("/", &parent)), -EINVAL);
	KUNIT_EXPECT_EQ(test, PTR_ERR_OR_ZERO(kern_path_locked("/dev/..", &parent)), -EINVAL);
	KUNIT_EXPECT_EQ(test, PTR_ERR_OR_ZERO(kern_path_locked("/no/such", &parent)), -ENOENT);
}

static struct kunit_case simple_super_cases[] = {
	KUNIT_CASE(the_table_is_what_is_there),
	KUNIT_CASE(nothing_can_be_made_in_it),
	KUNIT_CASE(the_roots_number_is_no_files),
	KUNIT_CASE(users_share_one_mount),
	KUNIT_CASE(a_mount_that_fails_counts_nobody),
	KUNIT_CASE(a_last_component_comes_with_its_directory_locked),
	KUNIT_CASE(what_is_no_last_component_is_refused),
	{ }
};

static struct kunit_suite simple_super_suite = {
	.name = "simple_super",
	.test_cases = simple_super_cases,
};
kunit_test_suite(simple_super_suite);
