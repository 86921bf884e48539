// SPDX-License-Identifier: MIT
/*
 * The VFS on a ramfs of the test's own, mounted on nothing: paths are walked from its root.
 */

#include <kunit/test.h>

#include <linux/completion.h>
#include <linux/delay.h>
#include <linux/fdtable.h>
#include <linux/file.h>
#include <linux/fs.h>
#include <linux/fs_struct.h>
#include <linux/kthread.h>
#include <linux/mount.h>
#include <linux/namei.h>
#include <linux/sched/task.h>
#include <linux/slab.h>

static struct path root;

static int vfs_test_init(struct kunit *test)
{
	struct vfsmount *mnt = kern_mount(get_fs_type("ramfs"));

	KUNIT_ASSERT_FALSE(test, IS_ERR(mnt));
	root.mnt = mnt;
	root.dentry = mnt->mnt_root;
	return 0;
}

static void vfs_test_exit(struct kunit *test)
{
	(void)test;
	flush_delayed_fput();
	kern_unmount(root.mnt);
}

static struct file *open_in(const char *name, int flags)
{
	return file_open_root(&root, name, flags | O_LARGEFILE, 0644);
}

static int look(const char *name, unsigned int flags)
{
	struct path path;
	int err = vfs_path_lookup(root.dentry, root.mnt, name, flags, &path);

	if (!err)
		path_put(&path);
	return err;
}

/* Lock the root and get a child of it. */
static struct dentry *child(const char *name)
{
	inode_lock_nested(root.dentry->d_inode, I_MUTEX_PARENT);
	return lookup_one_len(name, root.dentry, strlen(name));
}

static void child_done(struct dentry *dentry)
{
	inode_unlock(root.dentry->d_inode);
	dput(dentry);
}

static int make_dir(const char *name)
{
	struct dentry *d = child(name);
	int err = vfs_mkdir(&nop_mnt_idmap, root.dentry->d_inode, d, 0755);

	child_done(d);
	return err;
}

static int make_link(const char *name, const char *text)
{
	struct dentry *d = child(name);
	int err = vfs_symlink(&nop_mnt_idmap, root.dentry->d_inode, d, text);

	child_done(d);
	return err;
}

static int remove_in_root(const char *name)
{
	struct dentry *d = child(name);
	int err = vfs_unlink(&nop_mnt_idmap, root.dentry->d_inode, d, NULL);

	child_done(d);
	return err;
}

static int rename_in_root(const char *from, const char *to)
{
	struct dentry *old = child(from), *new = lookup_one_len(to, root.dentry, strlen(to));
	struct renamedata rd = {
		.old_mnt_idmap = &nop_mnt_idmap, .new_mnt_idmap = &nop_mnt_idmap,
		.old_dir = root.dentry->d_inode, .new_dir = root.dentry->d_inode,
		.old_dentry = old, .new_dentry = new,
	};
	int err = d_is_negative(old) ? -ENOENT : vfs_rename(&rd);

	dput(new);
	child_done(old);
	return err;
}

static void a_created_file_gives_back_what_was_written(struct kunit *test)
{
	struct file *f = open_in("f", O_CREAT | O_RDWR);
	char buf[16] = "";
	loff_t pos = 4090;

	KUNIT_ASSERT_FALSE(test, IS_ERR(f));
	KUNIT_EXPECT_EQ(test, kernel_write(f, "hello, world", 12, &pos), 12);
	KUNIT_EXPECT_EQ(test, pos, 4102);
	KUNIT_EXPECT_EQ(test, i_size_read(file_inode(f)), 4102);
	pos = 4090;
	KUNIT_EXPECT_EQ(test, kernel_read(f, buf, 16, &pos), 12);
	KUNIT_EXPECT_STREQ(test, buf, "hello, world");
	pos = 10;
	KUNIT_EXPECT_EQ(test, kernel_read(f, buf, 4, &pos), 4);
	KUNIT_EXPECT_EQ(test, buf[0], 0);
	fput(f);
}

static void a_missing_name_leaves_a_negative_answer(struct kunit *test)
{
	KUNIT_EXPECT_EQ(test, look("nothing", 0), -ENOENT);
	KUNIT_EXPECT_EQ(test, look("nothing/more", 0), -ENOENT);
	KUNIT_EXPECT_EQ(test, PTR_ERR(open_in("nothing", O_RDONLY)), -ENOENT);
}

static void dots_stay_below_the_root(struct kunit *test)
{
	KUNIT_ASSERT_EQ(test, make_dir("d"), 0);
	KUNIT_EXPECT_EQ(test, look("d/../../../d/.", 0), 0);
	KUNIT_EXPECT_EQ(test, look("d//", LOOKUP_DIRECTORY), 0);
}

static void a_file_is_no_directory(struct kunit *test)
{
	fput(open_in("f", O_CREAT | O_RDWR));
	KUNIT_EXPECT_EQ(test, look("f/x", 0), -ENOTDIR);
	KUNIT_EXPECT_EQ(test, look("f/", 0), -ENOTDIR);
	KUNIT_EXPECT_EQ(test, PTR_ERR(open_in("f", O_RDONLY | O_DIRECTORY)), -ENOTDIR);
}

static void excl_refuses_what_exists(struct kunit *test)
{
	fput(open_in("f", O_CREAT | O_RDWR));
	KUNIT_EXPECT_EQ(test, PTR_ERR(open_in("f", O_CREAT | O_EXCL | O_RDWR)), -EEXIST);
}

static void symlinks_are_followed_in_the_middle_and_at_the_end(struct kunit *test)
{
	KUNIT_ASSERT_EQ(test, make_dir("d"), 0);
	KUNIT_ASSERT_EQ(test, make_link("l", "d"), 0);
	KUNIT_ASSERT_EQ(test, make_link("ll", "l/../l"), 0);
	fput(open_in("d/f", O_CREAT | O_RDWR));
	KUNIT_EXPECT_EQ(test, look("l/f", 0), 0);
	KUNIT_EXPECT_EQ(test, look("ll/f", 0), 0);
	KUNIT_EXPECT_EQ(test, look("ll/../ll/./f", 0), 0);
	KUNIT_EXPECT_EQ(test, look("ll", LOOKUP_FOLLOW | LOOKUP_DIRECTORY), 0);
	KUNIT_EXPECT_EQ(test, look("ll", LOOKUP_DIRECTORY), -ENOTDIR);
	KUNIT_EXPECT_EQ(test, PTR_ERR(open_in("l", O_RDONLY | O_NOFOLLOW)), -ELOOP);
}

static void a_loop_of_symlinks_ends(struct kunit *test)
{
	KUNIT_ASSERT_EQ(test, make_link("a", "b"), 0);
	KUNIT_ASSERT_EQ(test, make_link("b", "a"), 0);
	KUNIT_EXPECT_EQ(test, look("a", LOOKUP_FOLLOW), -ELOOP);
	KUNIT_EXPECT_EQ(test, look("a/x", 0), -ELOOP);
	KUNIT_EXPECT_EQ(test, look("a", 0), 0);
}

static void an_unlinked_file_lives_while_it_is_open(struct kunit *test)
{
	struct file *f = open_in("f", O_CREAT | O_RDWR);
	loff_t pos = 0;

	KUNIT_EXPECT_EQ(test, remove_in_root("f"), 0);
	KUNIT_EXPECT_EQ(test, look("f", 0), -ENOENT);
	KUNIT_EXPECT_EQ(test, kernel_write(f, "x", 1, &pos), 1);
	KUNIT_EXPECT_EQ(test, file_inode(f)->i_nlink, 0);
	fput(f);
}

static void rename_moves_the_object(struct kunit *test)
{
	struct file *f = open_in("a", O_CREAT | O_RDWR);

	KUNIT_EXPECT_EQ(test, rename_in_root("a", "a name that is too long to fit in the dentry"),
			0);
	KUNIT_EXPECT_EQ(test, look("a", 0), -ENOENT);
	KUNIT_EXPECT_EQ(test, look("a name that is too long to fit in the dentry", 0), 0);
	KUNIT_EXPECT_EQ(test, rename_in_root("a name that is too long to fit in the dentry", "a"),
			0);
	KUNIT_EXPECT_EQ(test, look("a", 0), 0);
	fput(f);
}

static void shrinking_drops_negative_dentries_only(struct kunit *test)
{
	fput(open_in("kept", O_CREAT | O_RDWR));
	look("gone", 0);
	shrink_dcache_sb(root.mnt->mnt_sb);
	KUNIT_EXPECT_EQ(test, look("kept", 0), 0);
}

static void truncation_makes_zeros(struct kunit *test)
{
	struct file *f = open_in("f", O_CREAT | O_RDWR);
	loff_t pos = 0;
	char c = 1;

	KUNIT_EXPECT_EQ(test, kernel_write(f, "abc", 3, &pos), 3);
	KUNIT_EXPECT_EQ(test, vfs_truncate(&f->f_path, 1), 0);
	KUNIT_EXPECT_EQ(test, vfs_truncate(&f->f_path, 3), 0);
	pos = 2;
	KUNIT_EXPECT_EQ(test, kernel_read(f, &c, 1, &pos), 1);
	KUNIT_EXPECT_EQ(test, c, 0);
	fput(f);
}

static void the_lowest_free_descriptor_is_taken(struct kunit *test)
{
	struct files_struct *files = files_struct_alloc(), *old = current->files;
	struct file *f = open_in("f", O_CREAT | O_RDWR), *g;
	int i;

	KUNIT_ASSERT_NOT_NULL(test, files);
	current->files = files;
	for (i = 0; i < 300; i++) {
		int fd = get_unused_fd_flags(0);

		KUNIT_ASSERT_EQ(test, fd, i);
		fd_install(fd, get_file(f));
	}
	KUNIT_EXPECT_EQ(test, close_fd(77), 0);
	KUNIT_EXPECT_EQ(test, close_fd(77), -EBADF);
	KUNIT_EXPECT_NULL(test, fget(77));
	g = fget(299);
	KUNIT_EXPECT_PTR_EQ(test, g, f);
	fput(g);
	KUNIT_EXPECT_EQ(test, f_dupfd(10, f, O_CLOEXEC), 77);
	KUNIT_EXPECT_TRUE(test, get_close_on_exec(77));
	KUNIT_EXPECT_EQ(test, replace_fd(1000, f, 0), 1000);
	current->files = old;
	put_files_struct(files);
	KUNIT_EXPECT_EQ(test, file_count(f), 1);
	fput(f);
}

/* Two rename a file to and fro; two look it up under one name or the other. */
static int storm(void *arg)
{
	long n = (long)arg;
	unsigned int i;

	for (i = 0; i < 3000; i++) {
		if (n & 1)
			look(i & 1 ? "d/x" : "d/../y", 0);
		else if (n & 2)
			rename_in_root("x", "y");
		else
			rename_in_root("y", "x");
	}
	while (!kthread_should_stop())
		schedule_timeout_uninterruptible(1);
	return 0;
}

static void renames_and_lookups_at_once_do_no_harm(struct kunit *test)
{
	struct task_struct *t[4];
	long i;

	KUNIT_ASSERT_EQ(test, make_dir("d"), 0);
	fput(open_in("x", O_CREAT | O_RDWR));
	for (i = 0; i < 4; i++)
		t[i] = kthread_run(storm, (void *)i, "vfs-storm/%ld", i);
	for (i = 0; i < 4; i++)
		if (!IS_ERR(t[i]))
			kthread_stop(t[i]);
	KUNIT_EXPECT_EQ(test, !look("x", 0) + !look("y", 0), 1);
}

static struct kunit_case vfs_test_cases[] = {
	KUNIT_CASE(a_created_file_gives_back_what_was_written),
	KUNIT_CASE(a_missing_name_leaves_a_negative_answer),
	KUNIT_CASE(dots_stay_below_the_root),
	KUNIT_CASE(a_file_is_no_directory),
	KUNIT_CASE(excl_refuses_what_exists),
	KUNIT_CASE(symlinks_are_followed_in_the_middle_and_at_the_end),
	KUNIT_CASE(a_loop_of_symlinks_ends),
	KUNIT_CASE(an_unlinked_file_lives_while_it_is_open),
	KUNIT_CASE(rename_moves_the_object),
	KUNIT_CASE(shrinking_drops_negative_dentries_only),
	KUNIT_CASE(truncation_makes_zeros),
	KUNIT_CASE(the_lowest_free_descriptor_is_taken),
	KUNIT_CASE(renames_and_lookups_at_once_do_no_harm),
	{}
};

static struct kunit_suite vfs_test_suite = {
	.name = "vfs",
	.init = vfs_test_init,
	.exit = vfs_test_exit,
	.test_cases = vfs_test_cases,
};
kunit_test_suite(vfs_test_suite);
