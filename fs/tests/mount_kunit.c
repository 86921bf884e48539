// SPDX-License-Identifier: MIT
/*
 * Mounts, in a corner of the root file system: over and under each other, binds, moves, read-only,
 * lazy unmounts, pivot_root's refusals; and what is left when all are gone: nothing.
 */

#include <kunit/test.h>

#include <linux/dcache.h>
#include <linux/fcntl.h>
#include <linux/file.h>
#include <linux/fs.h>
#include <linux/fs_struct.h>
#include <linux/mount.h>
#include <linux/namei.h>
#include <linux/rcupdate.h>

static int at(const char *name, struct path *path)
{
	return kern_path(name, LOOKUP_FOLLOW, path);
}

static int make_dir(const char *name)
{
	struct path path;
	struct dentry *d = kern_path_create(AT_FDCWD, name, &path, LOOKUP_DIRECTORY);
	int err = PTR_ERR_OR_ZERO(d);

	if (!err) {
		err = vfs_mkdir(&nop_mnt_idmap, path.dentry->d_inode, d, 0755);
		done_path_create(&path, d);
	}
	return err;
}

static int do_mount_at(const char *what, const char *where, const char *type, unsigned long flags)
{
	struct path path;
	int err = at(where, &path);

	if (!err) {
		err = path_mount(what, &path, type, flags, NULL);
		path_put(&path);
	}
	return err;
}

static int do_umount_at(const char *where, int flags)
{
	struct path path;
	int err = at(where, &path);

	return err ? err : path_umount(&path, flags);
}

/* Make or look for a file. */
static int touch(const char *name, int flags)
{
	struct file *f = filp_open(name, flags | O_LARGEFILE, 0644);

	if (IS_ERR(f))
		return PTR_ERR(f);
	__fput_sync(f);
	return 0;
}

static int there(const char *name)
{
	return touch(name, O_RDONLY);
}

static int mount_test_init(struct kunit *test)
{
	make_dir("/mnt-test");
	make_dir("/mnt-test/a");
	make_dir("/mnt-test/b");
	KUNIT_ASSERT_EQ(test, there("/mnt-test/a"), 0);
	return 0;
}

static void remove_dir(const char *name)
{
	struct path parent;
	struct dentry *d = kern_path_locked(name, &parent);

	if (IS_ERR(d))
		return;
	vfs_rmdir(&nop_mnt_idmap, parent.dentry->d_inode, d);
	inode_unlock(parent.dentry->d_inode);
	dput(d);
	path_put(&parent);
}

static void mount_test_exit(struct kunit *test)
{
	(void)test;
	remove_dir("/mnt-test/a");
	remove_dir("/mnt-test/b");
	remove_dir("/mnt-test");
}

static void a_mount_hides_and_shows_again(struct kunit *test)
{
	KUNIT_EXPECT_EQ(test, make_dir("/mnt-test/a/below"), 0);
	KUNIT_ASSERT_EQ(test, do_mount_at("none", "/mnt-test/a", "ramfs", 0), 0);
	KUNIT_EXPECT_EQ(test, there("/mnt-test/a/below"), -ENOENT);
	KUNIT_EXPECT_EQ(test, touch("/mnt-test/a/f", O_CREAT | O_RDWR), 0);
	/* Once more on top of it. */
	KUNIT_ASSERT_EQ(test, do_mount_at("none", "/mnt-test/a", "ramfs", 0), 0);
	KUNIT_EXPECT_EQ(test, there("/mnt-test/a/f"), -ENOENT);
	KUNIT_EXPECT_EQ(test, there("/mnt-test/a/../b"), 0);
	KUNIT_EXPECT_EQ(test, do_umount_at("/mnt-test/a", 0), 0);
	KUNIT_EXPECT_EQ(test, there("/mnt-test/a/f"), 0);
	KUNIT_EXPECT_EQ(test, do_umount_at("/mnt-test/a", 0), 0);
	KUNIT_EXPECT_EQ(test, there("/mnt-test/a/below"), 0);
	KUNIT_EXPECT_EQ(test, do_umount_at("/mnt-test/a", 0), -EINVAL);
	remove_dir("/mnt-test/a/below");
}

static void bad_arguments_are_refused(struct kunit *test)
{
	KUNIT_EXPECT_EQ(test, do_mount_at("none", "/mnt-test/a", "no such type", 0), -ENODEV);
	KUNIT_EXPECT_EQ(test, do_mount_at("none", "/mnt-test/a", NULL, 0), -EINVAL);
	KUNIT_EXPECT_EQ(test, do_mount_at("/mnt-test/x", "/mnt-test/a", NULL, MS_BIND), -ENOENT);
	KUNIT_EXPECT_EQ(test, do_mount_at(NULL, "/mnt-test/a", NULL, MS_BIND), -EINVAL);
	KUNIT_EXPECT_EQ(test, do_umount_at("/", 0), -EINVAL);
}

static void a_busy_mount_stays_unless_it_is_lazy(struct kunit *test)
{
	struct file *f;
	loff_t pos = 0;

	KUNIT_ASSERT_EQ(test, do_mount_at("none", "/mnt-test/a", "ramfs", 0), 0);
	f = filp_open("/mnt-test/a/f", O_CREAT | O_RDWR | O_LARGEFILE, 0644);
	KUNIT_ASSERT_FALSE(test, IS_ERR(f));
	KUNIT_EXPECT_EQ(test, do_umount_at("/mnt-test/a", 0), -EBUSY);
	KUNIT_EXPECT_EQ(test, do_umount_at("/mnt-test/a", MNT_DETACH), 0);
	KUNIT_EXPECT_EQ(test, there("/mnt-test/a/f"), -ENOENT);
	KUNIT_EXPECT_EQ(test, kernel_write(f, "x", 1, &pos), 1);
	__fput_sync(f);
}

static void a_bind_shows_the_same_objects(struct kunit *test)
{
	KUNIT_ASSERT_EQ(test, do_mount_at("none", "/mnt-test/a", "ramfs", 0), 0);
	KUNIT_EXPECT_EQ(test, make_dir("/mnt-test/a/sub"), 0);
	KUNIT_EXPECT_EQ(test, do_mount_at("none", "/mnt-test/a/sub", "ramfs", 0), 0);
	KUNIT_EXPECT_EQ(test, touch("/mnt-test/a/sub/deep", O_CREAT | O_RDWR), 0);
	/* Without and with what is mounted below. */
	KUNIT_ASSERT_EQ(test, do_mount_at("/mnt-test/a", "/mnt-test/b", NULL, MS_BIND), 0);
	KUNIT_EXPECT_EQ(test, touch("/mnt-test/b/f", O_CREAT | O_RDWR), 0);
	KUNIT_EXPECT_EQ(test, there("/mnt-test/a/f"), 0);
	KUNIT_EXPECT_EQ(test, there("/mnt-test/b/sub/deep"), -ENOENT);
	KUNIT_EXPECT_EQ(test, do_umount_at("/mnt-test/b", 0), 0);
	KUNIT_ASSERT_EQ(test, do_mount_at("/mnt-test/a", "/mnt-test/b", NULL, MS_BIND | MS_REC), 0);
	KUNIT_EXPECT_EQ(test, there("/mnt-test/b/sub/deep"), 0);
	KUNIT_EXPECT_EQ(test, do_umount_at("/mnt-test/b", 0), -EBUSY);
	KUNIT_EXPECT_EQ(test, do_umount_at("/mnt-test/b", MNT_DETACH), 0);
	KUNIT_EXPECT_EQ(test, there("/mnt-test/a/sub/deep"), 0);
	KUNIT_EXPECT_EQ(test, do_umount_at("/mnt-test/a/sub", 0), 0);
	KUNIT_EXPECT_EQ(test, do_umount_at("/mnt-test/a", 0), 0);
}

static void a_move_takes_the_tree_along(struct kunit *test)
{
	KUNIT_ASSERT_EQ(test, do_mount_at("none", "/mnt-test/a", "ramfs", 0), 0);
	KUNIT_EXPECT_EQ(test, make_dir("/mnt-test/a/sub"), 0);
	KUNIT_EXPECT_EQ(test, do_mount_at("/mnt-test/a", "/mnt-test/a/sub", NULL, MS_MOVE), -ELOOP);
	KUNIT_EXPECT_EQ(test, do_mount_at("/mnt-test/b", "/mnt-test/a", NULL, MS_MOVE), -EINVAL);
	KUNIT_EXPECT_EQ(test, do_mount_at("/mnt-test/a", "/mnt-test/b", NULL, MS_MOVE), 0);
	KUNIT_EXPECT_EQ(test, there("/mnt-test/a/sub"), -ENOENT);
	KUNIT_EXPECT_EQ(test, there("/mnt-test/b/sub"), 0);
	KUNIT_EXPECT_EQ(test, do_umount_at("/mnt-test/b", 0), 0);
}

static void read_only_waits_for_writers(struct kunit *test)
{
	struct file *f;

	KUNIT_ASSERT_EQ(test, do_mount_at("none", "/mnt-test/a", "ramfs", 0), 0);
	f = filp_open("/mnt-test/a/f", O_CREAT | O_RDWR | O_LARGEFILE, 0644);
	KUNIT_ASSERT_FALSE(test, IS_ERR(f));
	KUNIT_EXPECT_EQ(test, do_mount_at(NULL, "/mnt-test/a", NULL,
					  MS_REMOUNT | MS_BIND | MS_RDONLY), -EBUSY);
	KUNIT_EXPECT_EQ(test, do_mount_at(NULL, "/mnt-test/a", NULL, MS_REMOUNT | MS_RDONLY),
			-EBUSY);
	__fput_sync(f);
	KUNIT_EXPECT_EQ(test, do_mount_at(NULL, "/mnt-test/a", NULL,
					  MS_REMOUNT | MS_BIND | MS_RDONLY), 0);
	KUNIT_EXPECT_EQ(test, touch("/mnt-test/a/f", O_RDWR), -EROFS);
	KUNIT_EXPECT_EQ(test, touch("/mnt-test/a/g", O_RDWR | O_CREAT), -EROFS);
	KUNIT_EXPECT_EQ(test, there("/mnt-test/a/f"), 0);
	KUNIT_EXPECT_EQ(test, do_mount_at(NULL, "/mnt-test/a", NULL, MS_REMOUNT), 0);
	KUNIT_EXPECT_EQ(test, touch("/mnt-test/a/f", O_RDWR), 0);
	KUNIT_EXPECT_EQ(test, do_umount_at("/mnt-test/a", 0), 0);
}

static void paths_are_told_across_mounts(struct kunit *test)
{
	char buf[64];
	struct path path;

	KUNIT_ASSERT_EQ(test, do_mount_at("none", "/mnt-test/a", "ramfs", 0), 0);
	KUNIT_EXPECT_EQ(test, make_dir("/mnt-test/a/sub"), 0);
	KUNIT_ASSERT_EQ(test, at("/mnt-test/a/sub", &path), 0);
	KUNIT_EXPECT_STREQ(test, d_path(&path, buf, sizeof(buf)), "/mnt-test/a/sub");
	KUNIT_EXPECT_STREQ(test, dentry_path_raw(path.dentry, buf, sizeof(buf)), "/sub");
	KUNIT_EXPECT_EQ(test, PTR_ERR(d_path(&path, buf, 15)), -ENAMETOOLONG);
	KUNIT_EXPECT_STREQ(test, d_path(&path, buf, 16), "/mnt-test/a/sub");
	remove_dir("/mnt-test/a/sub");
	KUNIT_EXPECT_STREQ(test, d_path(&path, buf, sizeof(buf)), "/mnt-test/a/sub (deleted)");
	path_put(&path);
	KUNIT_ASSERT_EQ(test, at("/", &path), 0);
	KUNIT_EXPECT_STREQ(test, d_path(&path, buf, sizeof(buf)), "/");
	path_put(&path);
	KUNIT_EXPECT_EQ(test, do_umount_at("/mnt-test/a", 0), 0);
}

static void pivot_root_refuses_what_makes_no_sense(struct kunit *test)
{
	struct path a, b;

	KUNIT_ASSERT_EQ(test, at("/mnt-test/a", &a), 0);
	KUNIT_ASSERT_EQ(test, at("/mnt-test/b", &b), 0);
	/* Not a mount; and the first root can't be turned away from. */
	KUNIT_EXPECT_EQ(test, path_pivot_root(&a, &b), -EINVAL);
	path_put(&a);
	path_put(&b);
}

/* A thousand mounts and unmounts leave no dentry, inode or file. */
static void nothing_is_left(struct kunit *test)
{
	unsigned long inodes;
	long files;
	int i;

	KUNIT_ASSERT_EQ(test, do_mount_at("none", "/mnt-test/a", "ramfs", 0), 0);
	KUNIT_EXPECT_EQ(test, do_umount_at("/mnt-test/a", 0), 0);
	flush_delayed_fput();
	rcu_barrier();
	inodes = get_nr_inodes();
	files = get_nr_files();
	for (i = 0; i < 300; i++) {
		KUNIT_ASSERT_EQ(test, do_mount_at("none", "/mnt-test/a", "ramfs", 0), 0);
		KUNIT_ASSERT_EQ(test, touch("/mnt-test/a/f", O_CREAT | O_RDWR), 0);
		KUNIT_ASSERT_EQ(test, make_dir("/mnt-test/a/d"), 0);
		KUNIT_ASSERT_EQ(test, do_umount_at("/mnt-test/a", 0), 0);
	}
	flush_delayed_fput();
	rcu_barrier();
	KUNIT_EXPECT_LE(test, get_nr_inodes(), inodes);
	KUNIT_EXPECT_LE(test, get_nr_files(), files);
}

static struct kunit_case mount_test_cases[] = {
	KUNIT_CASE(a_mount_hides_and_shows_again),
	KUNIT_CASE(bad_arguments_are_refused),
	KUNIT_CASE(a_busy_mount_stays_unless_it_is_lazy),
	KUNIT_CASE(a_bind_shows_the_same_objects),
	KUNIT_CASE(a_move_takes_the_tree_along),
	KUNIT_CASE(read_only_waits_for_writers),
	KUNIT_CASE(paths_are_told_across_mounts),
	KUNIT_CASE(pivot_root_refuses_what_makes_no_sense),
	KUNIT_CASE(nothing_is_left),
	{}
};

static struct kunit_suite mount_test_suite = {
	.name = "mounts",
	.init = mount_test_init,
	.exit = mount_test_exit,
	.test_cases = mount_test_cases,
};
kunit_test_suite(mount_test_suite);
