// SPDX-License-Identifier: MIT
/*
 * Character devices: the table of reserved numbers, and who answers when a number is opened. The
 * drivers here answer a read with one letter each.
 */

#include <kunit/test.h>

#include <linux/cdev.h>
#include <linux/err.h>
#include <linux/file.h>
#include <linux/fs.h>
#include <linux/kdev_t.h>
#include <linux/mount.h>
#include <linux/namei.h>

#define MAJOR_HERE	307	/* of nobody, and its neighbour neither */

/* A ramfs on nothing, for the nodes. */
static struct path root;

static int chrdev_suite_init(struct kunit *test)
{
	struct vfsmount *mnt = kern_mount(get_fs_type("ramfs"));

	KUNIT_ASSERT_FALSE(test, IS_ERR(mnt));
	root.mnt = mnt;
	root.dentry = mnt->mnt_root;
	return 0;
}

static void chrdev_suite_exit(struct kunit *test)
{
	(void)test;
	flush_delayed_fput();
	kern_unmount(root.mnt);
}

/* ---- reserving ---- */

static void a_number_is_taken_once(struct kunit *test)
{
	dev_t dev = MKDEV(MAJOR_HERE, 10);

	KUNIT_ASSERT_EQ(test, register_chrdev_region(dev, 10, "first"), 0);
	KUNIT_EXPECT_EQ(test, register_chrdev_region(dev, 10, "same"), -EBUSY);
	KUNIT_EXPECT_EQ(test, register_chrdev_region(dev + 9, 1, "its last"), -EBUSY);
	KUNIT_EXPECT_EQ(test, register_chrdev_region(dev - 5, 6, "over its first"), -EBUSY);
	KUNIT_EXPECT_EQ(test, register_chrdev_region(dev - 5, 100, "around it"), -EBUSY);
	KUNIT_EXPECT_EQ(test, register_chrdev_region(dev + 10, 5, "behind"), 0);
	KUNIT_EXPECT_EQ(test, register_chrdev_region(dev - 10, 10, "before"), 0);
	unregister_chrdev_region(dev, 10);
	KUNIT_EXPECT_EQ(test, register_chrdev_region(dev, 10, "again"), 0);
	unregister_chrdev_region(dev - 10, 10);
	unregister_chrdev_region(dev, 10);
	unregister_chrdev_region(dev + 10, 5);
}

static void numbers_that_are_none_are_refused(struct kunit *test)
{
	dev_t dev;

	KUNIT_EXPECT_EQ(test, register_chrdev_region(MKDEV(0, 0), 1, "major 0"), -EINVAL);
	KUNIT_EXPECT_EQ(test, register_chrdev_region(MKDEV(512, 0), 1, "beyond"), -EINVAL);
	KUNIT_EXPECT_EQ(test, alloc_chrdev_region(&dev, MINORMASK, 2, "too many"), -EINVAL);
	KUNIT_EXPECT_EQ(test, alloc_chrdev_region(&dev, MINORMASK + 1, 1, "no minor"), -EINVAL);
	KUNIT_EXPECT_EQ(test, alloc_chrdev_region(&dev, 0, 0, "none"), -EINVAL);
	/* A count that runs past the last number there is. */
	KUNIT_EXPECT_EQ(test, register_chrdev_region(~0U - 1, 10, "wraps"), -EINVAL);
}

static void a_range_may_go_on_in_the_next_major(struct kunit *test)
{
	dev_t dev = MKDEV(MAJOR_HERE, MINORMASK - 1);

	KUNIT_ASSERT_EQ(test, register_chrdev_region(dev, 4, "two majors"), 0);
	KUNIT_EXPECT_EQ(test, register_chrdev_region(MKDEV(MAJOR_HERE + 1, 1), 1, "x"), -EBUSY);
	KUNIT_EXPECT_EQ(test, register_chrdev_region(MKDEV(MAJOR_HERE + 1, 2), 1, "x"), 0);
	unregister_chrdev_region(MKDEV(MAJOR_HERE + 1, 2), 1);
	unregister_chrdev_region(dev, 4);
	KUNIT_EXPECT_EQ(test, register_chrdev_region(dev + 2, 2, "x"), 0);
	/* Half of it is taken: the other half isn't kept. */
	KUNIT_EXPECT_EQ(test, register_chrdev_region(dev, 4, "two majors"), -EBUSY);
	KUNIT_EXPECT_EQ(test, register_chrdev_region(dev, 2, "x"), 0);
	unregister_chrdev_region(dev, 2);
	unregister_chrdev_region(dev + 2, 2);
}

static void free_majors_are_different_ones(struct kunit *test)
{
	dev_t a, b, c;

	KUNIT_ASSERT_EQ(test, alloc_chrdev_region(&a, 0, 4, "a"), 0);
	KUNIT_ASSERT_EQ(test, alloc_chrdev_region(&b, 7, 4, "b"), 0);
	KUNIT_EXPECT_NE(test, MAJOR(a), MAJOR(b));
	KUNIT_EXPECT_EQ(test, MINOR(a), 0);
	KUNIT_EXPECT_EQ(test, MINOR(b), 7);
	unregister_chrdev_region(a, 4);
	KUNIT_ASSERT_EQ(test, alloc_chrdev_region(&c, 0, 1, "c"), 0);
	KUNIT_EXPECT_EQ(test, MAJOR(c), MAJOR(a));
	unregister_chrdev_region(b, 4);
	unregister_chrdev_region(c, 1);
}

/* ---- opening ---- */

static ssize_t read_letter(struct file *file, char letter)
{
	file->private_data = (void *)(unsigned long)letter;
	return letter;
}

static ssize_t wide_read(struct file *file, char __user *buf, size_t len, loff_t *pos)
{
	return read_letter(file, 'w');
}

static ssize_t narrow_read(struct file *file, char __user *buf, size_t len, loff_t *pos)
{
	return read_letter(file, 'n');
}

static const struct file_operations wide_fops = { .read = wide_read };
static const struct file_operations narrow_fops = { .read = narrow_read };

static struct file *open_node(unsigned int minor)
{
	struct inode *dir = root.dentry->d_inode;
	struct dentry *node;
	struct file *file;
	int ret;

	inode_lock_nested(dir, I_MUTEX_PARENT);
	node = lookup_one_len("node", root.dentry, 4);
	ret = vfs_mknod(&nop_mnt_idmap, dir, node, S_IFCHR | 0600, MKDEV(MAJOR_HERE, minor));
	inode_unlock(dir);
	file = ret ? ERR_PTR(ret) : file_open_root(&root, "node", O_RDWR, 0);
	inode_lock_nested(dir, I_MUTEX_PARENT);
	if (!ret)
		vfs_unlink(&nop_mnt_idmap, dir, node, NULL);
	inode_unlock(dir);
	dput(node);
	return file;
}

/* The letter of who answers for @minor; a negative errno if nobody does. */
static long who_answers(unsigned int minor)
{
	struct file *file = open_node(minor);
	long letter;

	if (IS_ERR(file))
		return PTR_ERR(file);
	letter = file->f_op->read(file, NULL, 0, NULL);
	__fput_sync(file);
	return letter;
}

static void nobody_answers_is_enxio(struct kunit *test)
{
	KUNIT_EXPECT_EQ(test, who_answers(5), -ENXIO);
	/* Reserved is not there yet. */
	KUNIT_ASSERT_EQ(test, register_chrdev_region(MKDEV(MAJOR_HERE, 0), 10, "reserved"), 0);
	KUNIT_EXPECT_EQ(test, who_answers(5), -ENXIO);
	unregister_chrdev_region(MKDEV(MAJOR_HERE, 0), 10);
}

static void the_narrower_driver_answers(struct kunit *test)
{
	struct cdev *wide = cdev_alloc(), *narrow = cdev_alloc();

	KUNIT_ASSERT_NOT_NULL(test, wide);
	KUNIT_ASSERT_NOT_NULL(test, narrow);
	wide->ops = &wide_fops;
	narrow->ops = &narrow_fops;
	KUNIT_ASSERT_EQ(test, cdev_add(narrow, MKDEV(MAJOR_HERE, 5), 1), 0);
	KUNIT_ASSERT_EQ(test, cdev_add(wide, MKDEV(MAJOR_HERE, 0), 16), 0);
	KUNIT_EXPECT_EQ(test, who_answers(4), 'w');
	KUNIT_EXPECT_EQ(test, who_answers(5), 'n');
	KUNIT_EXPECT_EQ(test, who_answers(15), 'w');
	KUNIT_EXPECT_EQ(test, who_answers(16), -ENXIO);
	cdev_del(narrow);
	KUNIT_EXPECT_EQ(test, who_answers(5), 'w');
	cdev_del(wide);
	KUNIT_EXPECT_EQ(test, who_answers(4), -ENXIO);
}

static void an_open_file_outlives_its_device(struct kunit *test)
{
	struct cdev *cdev = cdev_alloc();
	struct file *file;

	KUNIT_ASSERT_NOT_NULL(test, cdev);
	cdev->ops = &wide_fops;
	KUNIT_ASSERT_EQ(test, cdev_add(cdev, MKDEV(MAJOR_HERE, 0), 1), 0);
	file = open_node(0);
	KUNIT_ASSERT_FALSE(test, IS_ERR(file));
	cdev_del(cdev);
	KUNIT_EXPECT_EQ(test, who_answers(0), -ENXIO);
	KUNIT_EXPECT_EQ(test, file->f_op->read(file, NULL, 0, NULL), 'w');
	__fput_sync(file);
}

static struct kunit_case chrdev_cases[] = {
	KUNIT_CASE(a_number_is_taken_once),
	KUNIT_CASE(numbers_that_are_none_are_refused),
	KUNIT_CASE(a_range_may_go_on_in_the_next_major),
	KUNIT_CASE(free_majors_are_different_ones),
	KUNIT_CASE(nobody_answers_is_enxio),
	KUNIT_CASE(the_narrower_driver_answers),
	KUNIT_CASE(an_open_file_outlives_its_device),
	{}
};

static struct kunit_suite chrdev_suite = {
	.name = "chrdev",
	.init = chrdev_suite_init,
	.exit = chrdev_suite_exit,
	.test_cases = chrdev_cases,
};
kunit_test_suite(chrdev_suite);
