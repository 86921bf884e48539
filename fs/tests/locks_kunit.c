// SPDX-License-Identifier: MIT
/*
 * Locks on files: splitting and joining of ranges, who blocks whom, deadlocks, what close takes
 * away.
 */

#include <kunit/test.h>

#include <linux/completion.h>
#include <linux/fdtable.h>
#include <linux/file.h>
#include <linux/filelock.h>
#include <linux/fs.h>
#include <linux/kthread.h>
#include <linux/mount.h>
#include <linux/sched.h>

static struct vfsmount *mnt;
static struct file *file;
static char owner_a, owner_b, owner_c;	/* their addresses are owners */

static int locks_test_init(struct kunit *test)
{
	struct path root;

	mnt = kern_mount(get_fs_type("ramfs"));
	KUNIT_ASSERT_FALSE(test, IS_ERR(mnt));
	root = (struct path){ mnt, mnt->mnt_root };
	file = file_open_root(&root, "f", O_CREAT | O_RDWR | O_LARGEFILE, 0644);
	KUNIT_ASSERT_FALSE(test, IS_ERR(file));
	return 0;
}

static void drop_all(void *owner)
{
	locks_remove_posix(file, owner);
}

static void locks_test_exit(struct kunit *test)
{
	(void)test;
	drop_all(&owner_a);
	drop_all(&owner_b);
	drop_all(&owner_c);
	__fput_sync(file);
	kern_unmount(mnt);
}

static int set(void *owner, int type, loff_t start, loff_t end, unsigned int flags)
{
	struct file_lock fl;

	locks_init_lock(&fl);
	fl.c.flc_owner = owner;
	fl.c.flc_type = type;
	fl.c.flc_flags = FL_POSIX | flags;
	fl.c.flc_file = file;
	fl.fl_start = start;
	fl.fl_end = end;
	return flags & FL_SLEEP ? locks_lock_inode_wait(file_inode(file), &fl) :
				  posix_lock_file(file, &fl, NULL);
}

/* The owner's locks as text: "r0-9 w10-12". */
static void locks_of(void *owner, char *text)
{
	struct file_lock_context *ctx = locks_inode_context(file_inode(file));
	struct file_lock *fl;

	*text = 0;
	if (!ctx)
		return;
	spin_lock(&ctx->flc_lock);
	list_for_each_entry(fl, &ctx->flc_posix, c.flc_list)
		if (fl->c.flc_owner == owner)
			text += sprintf(text, "%c%lld-%lld ",
					fl->c.flc_type == F_WRLCK ? 'w' : 'r', fl->fl_start,
					fl->fl_end == OFFSET_MAX ? -1 : fl->fl_end);
	spin_unlock(&ctx->flc_lock);
}

#define EXPECT_LOCKS(owner, expected)			\
	do {						\
		char text[256];				\
							\
		locks_of(owner, text);			\
		KUNIT_EXPECT_STREQ(test, text, expected); \
	} while (0)

static void ranges_of_one_type_join(struct kunit *test)
{
	set(&owner_a, F_RDLCK, 0, 9, 0);
	set(&owner_a, F_RDLCK, 20, 29, 0);
	EXPECT_LOCKS(&owner_a, "r0-9 r20-29 ");
	set(&owner_a, F_RDLCK, 10, 19, 0);
	EXPECT_LOCKS(&owner_a, "r0-29 ");
	set(&owner_a, F_RDLCK, 5, OFFSET_MAX, 0);
	EXPECT_LOCKS(&owner_a, "r0--1 ");
}

static void another_type_cuts_out_its_range(struct kunit *test)
{
	set(&owner_a, F_RDLCK, 0, 99, 0);
	set(&owner_a, F_WRLCK, 40, 49, 0);
	EXPECT_LOCKS(&owner_a, "r0-39 w40-49 r50-99 ");
	set(&owner_a, F_RDLCK, 40, 44, 0);
	EXPECT_LOCKS(&owner_a, "r0-44 w45-49 r50-99 ");
	set(&owner_a, F_RDLCK, 45, 49, 0);
	EXPECT_LOCKS(&owner_a, "r0-99 ");
	set(&owner_a, F_WRLCK, 50, 200, 0);
	EXPECT_LOCKS(&owner_a, "r0-49 w50-200 ");
}

static void unlocking_the_middle_leaves_two(struct kunit *test)
{
	set(&owner_a, F_WRLCK, 0, OFFSET_MAX, 0);
	set(&owner_a, F_UNLCK, 10, 19, 0);
	EXPECT_LOCKS(&owner_a, "w0-9 w20--1 ");
	set(&owner_a, F_UNLCK, 0, OFFSET_MAX, 0);
	EXPECT_LOCKS(&owner_a, "");
	KUNIT_EXPECT_EQ(test, set(&owner_a, F_UNLCK, 0, OFFSET_MAX, FL_EXISTS), -ENOENT);
}

static void readers_share_and_a_writer_does_not(struct kunit *test)
{
	KUNIT_EXPECT_EQ(test, set(&owner_a, F_RDLCK, 0, 9, 0), 0);
	KUNIT_EXPECT_EQ(test, set(&owner_b, F_RDLCK, 5, 15, 0), 0);
	KUNIT_EXPECT_EQ(test, set(&owner_c, F_WRLCK, 9, 9, 0), -EAGAIN);
	KUNIT_EXPECT_EQ(test, set(&owner_c, F_WRLCK, 16, 20, 0), 0);
	KUNIT_EXPECT_EQ(test, set(&owner_a, F_WRLCK, 0, 4, 0), 0);
	KUNIT_EXPECT_EQ(test, set(&owner_a, F_WRLCK, 0, 5, 0), -EAGAIN);
	EXPECT_LOCKS(&owner_a, "w0-4 r5-9 ");
}

static void a_test_names_who_is_in_the_way(struct kunit *test)
{
	struct flock fl = { .l_type = F_WRLCK, .l_whence = SEEK_SET, .l_start = 0, .l_len = 0 };

	set(&owner_a, F_RDLCK, 7, 9, 0);
	KUNIT_EXPECT_EQ(test, fcntl_getlk(file, F_GETLK, &fl), 0);
	KUNIT_EXPECT_EQ(test, fl.l_type, F_RDLCK);
	KUNIT_EXPECT_EQ(test, fl.l_start, 7);
	KUNIT_EXPECT_EQ(test, fl.l_len, 3);
	fl = (struct flock){ .l_type = F_WRLCK, .l_whence = SEEK_SET, .l_start = 7, .l_len = -7 };
	KUNIT_EXPECT_EQ(test, fcntl_getlk(file, F_GETLK, &fl), 0);
	KUNIT_EXPECT_EQ(test, fl.l_type, F_UNLCK);
	fl = (struct flock){ .l_type = F_WRLCK, .l_whence = SEEK_SET, .l_start = -1 };
	KUNIT_EXPECT_EQ(test, fcntl_getlk(file, F_GETLK, &fl), -EINVAL);
	fl = (struct flock){ .l_type = F_WRLCK, .l_start = LLONG_MAX, .l_len = 2 };
	KUNIT_EXPECT_EQ(test, fcntl_getlk(file, F_GETLK, &fl), -EOVERFLOW);
	fl = (struct flock){ .l_type = 9, .l_whence = SEEK_SET };
	KUNIT_EXPECT_EQ(test, fcntl_getlk(file, F_GETLK, &fl), -EINVAL);
}

static int wait_as_b(void *unused)
{
	int ret = set(&owner_b, F_WRLCK, 0, 0, FL_SLEEP);

	(void)unused;
	while (!kthread_should_stop())
		schedule_timeout_uninterruptible(1);
	return ret;
}

static bool somebody_waits(void)
{
	struct file_lock_context *ctx = locks_inode_context(file_inode(file));
	struct file_lock *fl;
	bool found = false;

	spin_lock(&ctx->flc_lock);
	list_for_each_entry(fl, &ctx->flc_posix, c.flc_list)
		found |= !list_empty(&fl->c.flc_blocked_requests);
	spin_unlock(&ctx->flc_lock);
	return found;
}

static void a_waiter_gets_it_when_it_is_free_and_a_circle_is_refused(struct kunit *test)
{
	struct task_struct *t;

	KUNIT_EXPECT_EQ(test, set(&owner_a, F_WRLCK, 0, 0, 0), 0);
	KUNIT_EXPECT_EQ(test, set(&owner_b, F_WRLCK, 1, 1, 0), 0);
	t = kthread_run(wait_as_b, NULL, "lock-waiter");
	KUNIT_ASSERT_FALSE(test, IS_ERR(t));
	while (!somebody_waits())
		schedule_timeout_uninterruptible(1);
	/* B waits for A; A must not wait for B. */
	KUNIT_EXPECT_EQ(test, set(&owner_a, F_WRLCK, 1, 1, FL_SLEEP), -EDEADLK);
	KUNIT_EXPECT_EQ(test, set(&owner_a, F_UNLCK, 0, 0, 0), 0);
	KUNIT_EXPECT_EQ(test, kthread_stop(t), 0);
	EXPECT_LOCKS(&owner_b, "w0-1 ");
}

/* Four owners change one byte's lock; the byte says that nobody else has it. */
static unsigned long inside;
/* Completed once for each owner: a thread that never ran has no result. */
static DECLARE_COMPLETION(fight_over);

static int fight(void *owner)
{
	int i, bad = 0;

	for (i = 0; i < 500; i++) {
		if (set(owner, F_WRLCK, 5, 5, FL_SLEEP)) {
			bad++;
			continue;
		}
		bad += test_and_set_bit(0, &inside);
		cond_resched();
		clear_bit(0, &inside);
		set(owner, F_UNLCK, 5, 5, 0);
	}
	complete(&fight_over);
	while (!kthread_should_stop())
		schedule_timeout_uninterruptible(1);
	return bad;
}

static void one_owner_at_a_time(struct kunit *test)
{
	void *owners[] = { &owner_a, &owner_b, &owner_c };
	struct task_struct *t[ARRAY_SIZE(owners)];
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(owners); i++)
		t[i] = kthread_run(fight, owners[i], "lock-fight/%u", i);
	for (i = 0; i < ARRAY_SIZE(owners); i++)
		if (!IS_ERR(t[i]))
			wait_for_completion(&fight_over);
	for (i = 0; i < ARRAY_SIZE(owners); i++)
		if (!IS_ERR(t[i]))
			KUNIT_EXPECT_EQ(test, kthread_stop(t[i]), 0);
	EXPECT_LOCKS(&owner_a, "");
}

static struct kunit_case locks_test_cases[] = {
	KUNIT_CASE(ranges_of_one_type_join),
	KUNIT_CASE(another_type_cuts_out_its_range),
	KUNIT_CASE(unlocking_the_middle_leaves_two),
	KUNIT_CASE(readers_share_and_a_writer_does_not),
	KUNIT_CASE(a_test_names_who_is_in_the_way),
	KUNIT_CASE(a_waiter_gets_it_when_it_is_free_and_a_circle_is_refused),
	KUNIT_CASE(one_owner_at_a_time),
	{}
};

static struct kunit_suite locks_test_suite = {
	.name = "file_locks",
	.init = locks_test_init,
	.exit = locks_test_exit,
	.test_cases = locks_test_cases,
};
kunit_test_suite(locks_test_suite);
