// SPDX-License-Identifier: MIT
/*
 * Pseudo-terminals, opened on an instance of devpts that is mounted on nothing: who may open what
 * when, where the bytes go, and what either side sees when the other one leaves. Nothing here
 * blocks; bytes cross by a work item, so they are waited for.
 */

#include "../../../mm/tests/user.h"

#include <linux/file.h>
#include <linux/fs.h>
#include <linux/mount.h>
#include <linux/poll.h>
#include <linux/termios.h>

#include "../../../kernel/tests/patience.h"

static unsigned long area;		/* user memory, for ioctl() */
static struct path pts;			/* the instance's root */
static struct file *master, *slave;

static struct file *open_pts(const char *name)
{
	return file_open_root(&pts, name, O_RDWR | O_NOCTTY | O_NONBLOCK, 0);
}

static int mount_instance(struct path *root)
{
	struct vfsmount *mnt = kern_mount(get_fs_type("devpts"));

	if (IS_ERR(mnt))
		return PTR_ERR(mnt);
	root->mnt = mnt;
	root->dentry = mnt->mnt_root;
	return 0;
}

static int pty_suite_init(struct kunit *test)
{
	int ret = mm_suite_init(test);

	if (ret)
		return ret;
	area = map_anon(1, PROT_RW);
	KUNIT_ASSERT_FALSE(test, IS_ERR_VALUE(area));
	KUNIT_ASSERT_EQ(test, mount_instance(&pts), 0);
	master = open_pts("ptmx");
	KUNIT_ASSERT_FALSE(test, IS_ERR(master));
	slave = NULL;
	return 0;
}

static void close_file(struct file **file)
{
	if (!IS_ERR_OR_NULL(*file))
		__fput_sync(*file);
	*file = NULL;
}

static void pty_suite_exit(struct kunit *test)
{
	close_file(&slave);
	close_file(&master);
	kern_unmount(pts.mnt);
	mm_suite_exit(test);
}

static long control(struct file *file, unsigned int cmd)
{
	return file->f_op->unlocked_ioctl(file, cmd, area);
}

/* ioctl() with an int. */
static long control_int(struct file *file, unsigned int cmd, int value)
{
	put_user(value, (int __user *)area);
	return control(file, cmd);
}

static int answered_int(void)
{
	int value = -1;

	get_user(value, (int __user *)area);
	return value;
}

static void open_slave(struct kunit *test)
{
	KUNIT_ASSERT_EQ(test, control_int(master, TIOCSPTLCK, 0), 0);
	slave = open_pts("0");
	KUNIT_ASSERT_FALSE(test, IS_ERR(slave));
}

static bool has_input(struct file *file)
{
	return eventually(vfs_poll(file, NULL) & EPOLLIN);
}

/* What is there, as a string. */
static const char *heard(struct file *file)
{
	static char buf[64];
	loff_t pos = 0;
	ssize_t n;

	if (!has_input(file))
		return "(nothing)";
	n = kernel_read(file, buf, sizeof(buf) - 1, &pos);
	buf[max(n, (ssize_t)0)] = '\0';
	return buf;
}

static ssize_t say(struct file *file, const char *text)
{
	loff_t pos = 0;

	return kernel_write(file, text, strlen(text), &pos);
}

static ssize_t read_now(struct file *file)
{
	loff_t pos = 0;
	char c;

	return kernel_read(file, &c, 1, &pos);
}

/* ---- cases ---- */

static void the_slave_opens_when_it_is_unlocked(struct kunit *test)
{
	KUNIT_EXPECT_EQ(test, control(master, TIOCGPTN), 0);
	KUNIT_EXPECT_EQ(test, answered_int(), 0);
	KUNIT_EXPECT_EQ(test, control(master, TIOCGPTLCK), 0);
	KUNIT_EXPECT_EQ(test, answered_int(), 1);
	KUNIT_EXPECT_PTR_EQ(test, open_pts("0"), ERR_PTR(-EIO));
	open_slave(test);
	/* To ask the slave for its number is wrong. */
	KUNIT_EXPECT_EQ(test, control(slave, TIOCGPTN), -ENOTTY);
}

static void bytes_cross_through_the_line_discipline(struct kunit *test)
{
	open_slave(test);
	KUNIT_EXPECT_EQ(test, say(slave, "out\n"), 4);
	KUNIT_EXPECT_STREQ(test, heard(master), "out\r\n");
	KUNIT_EXPECT_EQ(test, say(master, "in\n"), 3);
	KUNIT_EXPECT_STREQ(test, heard(slave), "in\n");
	KUNIT_EXPECT_STREQ(test, heard(master), "in\r\n");	/* the echo */
}

static void an_unfinished_line_is_not_read(struct kunit *test)
{
	open_slave(test);
	KUNIT_EXPECT_EQ(test, say(master, "half"), 4);
	KUNIT_EXPECT_STREQ(test, heard(master), "half");	/* so it has arrived */
	KUNIT_EXPECT_EQ(test, read_now(slave), -EAGAIN);
	KUNIT_EXPECT_EQ(test, say(master, "\n"), 1);
	KUNIT_EXPECT_STREQ(test, heard(slave), "half\n");
}

static void the_slave_is_hung_up_when_the_master_leaves(struct kunit *test)
{
	open_slave(test);
	close_file(&master);
	KUNIT_EXPECT_TRUE(test, eventually(vfs_poll(slave, NULL) & EPOLLHUP));
	KUNIT_EXPECT_EQ(test, read_now(slave), 0);
	KUNIT_EXPECT_EQ(test, say(slave, "x"), -EIO);
	KUNIT_EXPECT_EQ(test, (long)PTR_ERR_OR_ZERO(open_pts("0")), -ENOENT);
}

static void the_master_waits_for_another_slave(struct kunit *test)
{
	open_slave(test);
	KUNIT_EXPECT_EQ(test, say(slave, "last words\n"), 11);
	close_file(&slave);
	KUNIT_EXPECT_STREQ(test, heard(master), "last words\r\n");
	KUNIT_EXPECT_EQ(test, read_now(master), -EIO);
	KUNIT_EXPECT_TRUE(test, vfs_poll(master, NULL) & EPOLLHUP);
	open_slave(test);
	KUNIT_EXPECT_EQ(test, read_now(master), -EAGAIN);
	KUNIT_EXPECT_EQ(test, say(slave, "again\n"), 6);
	KUNIT_EXPECT_STREQ(test, heard(master), "again\r\n");
}

static void numbers_are_the_lowest_that_are_free(struct kunit *test)
{
	struct file *second = open_pts("ptmx"), *third;

	KUNIT_ASSERT_FALSE(test, IS_ERR(second));
	control(second, TIOCGPTN);
	KUNIT_EXPECT_EQ(test, answered_int(), 1);
	close_file(&master);
	third = open_pts("ptmx");
	KUNIT_ASSERT_FALSE(test, IS_ERR(third));
	control(third, TIOCGPTN);
	KUNIT_EXPECT_EQ(test, answered_int(), 0);
	close_file(&second);
	close_file(&third);
}

static void instances_count_apart(struct kunit *test)
{
	struct file *other;
	struct path root;

	KUNIT_ASSERT_EQ(test, mount_instance(&root), 0);
	other = file_open_root(&root, "ptmx", O_RDWR | O_NOCTTY, 0);
	KUNIT_EXPECT_FALSE(test, IS_ERR(other));
	if (!IS_ERR(other)) {
		control(other, TIOCGPTN);
		KUNIT_EXPECT_EQ(test, answered_int(), 0);
	}
	close_file(&other);
	kern_unmount(root.mnt);
}

static void packets_tell_data_from_news(struct kunit *test)
{
	const char *text;

	open_slave(test);
	KUNIT_EXPECT_EQ(test, control_int(master, TIOCPKT, 1), 0);
	KUNIT_EXPECT_EQ(test, say(slave, "a"), 1);
	text = heard(master);
	KUNIT_EXPECT_EQ(test, text[0], TIOCPKT_DATA);
	KUNIT_EXPECT_STREQ(test, text + 1, "a");
	/* What the slave throws away is news, without any byte. */
	KUNIT_EXPECT_EQ(test, slave->f_op->unlocked_ioctl(slave, TCFLSH, TCIFLUSH), 0);
	text = heard(master);
	KUNIT_EXPECT_EQ(test, text[0], TIOCPKT_FLUSHREAD);
}

static void the_window_is_of_both_sides(struct kunit *test)
{
	struct winsize ws = { .ws_row = 25, .ws_col = 80 };

	open_slave(test);
	KUNIT_ASSERT_EQ(test, copy_to_user(U8(area), &ws, sizeof(ws)), 0);
	KUNIT_EXPECT_EQ(test, control(master, TIOCSWINSZ), 0);
	KUNIT_ASSERT_EQ(test, clear_user(U8(area), sizeof(ws)), 0);
	KUNIT_EXPECT_EQ(test, control(slave, TIOCGWINSZ), 0);
	KUNIT_ASSERT_EQ(test, copy_from_user(&ws, U8(area), sizeof(ws)), 0);
	KUNIT_EXPECT_EQ(test, ws.ws_row, 25);
	KUNIT_EXPECT_EQ(test, ws.ws_col, 80);
}

/* Write until the pair takes no more. Return: how much that was. */
static long fill_pair(void)
{
	static char block[1024];
	loff_t pos = 0;
	long total = 0;
	ssize_t n;

	memset(block, 'x', sizeof(block));
	while (total < (1 << 20) && (n = kernel_write(slave, block, sizeof(block), &pos)) > 0)
		total += n;
	return total;
}

/* A reader that never reads: the writer is told to wait, and nothing grows without end. */
static void a_full_pair_says_again(struct kunit *test)
{
	long total = 0;

	open_slave(test);
	/* While the work item carries bytes over, there is room again and again. */
	KUNIT_EXPECT_TRUE(test, eventually((total += fill_pair(), total >= (1 << 20)) ||
					   !(vfs_poll(slave, NULL) & EPOLLOUT)));
	KUNIT_EXPECT_LT(test, total, 256 << 10);
	KUNIT_EXPECT_EQ(test, say(slave, "x"), -EAGAIN);
}

static struct kunit_case pty_cases[] = {
	KUNIT_CASE(the_slave_opens_when_it_is_unlocked),
	KUNIT_CASE(bytes_cross_through_the_line_discipline),
	KUNIT_CASE(an_unfinished_line_is_not_read),
	KUNIT_CASE(the_slave_is_hung_up_when_the_master_leaves),
	KUNIT_CASE(the_master_waits_for_another_slave),
	KUNIT_CASE(numbers_are_the_lowest_that_are_free),
	KUNIT_CASE(instances_count_apart),
	KUNIT_CASE(packets_tell_data_from_news),
	KUNIT_CASE(the_window_is_of_both_sides),
	KUNIT_CASE(a_full_pair_says_again),
	{}
};

static struct kunit_suite pty_suite = {
	.name = "pty",
	.init = pty_suite_init,
	.exit = pty_suite_exit,
	.test_cases = pty_cases,
};
kunit_test_suite(pty_suite);
