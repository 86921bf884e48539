// SPDX-License-Identifier: MIT
/*
 * fsnotify from inside: the queue of a group, and marks on inodes of the root file system. The
 * group under test keeps the events that it is told of in a small array.
 */

#include <kunit/test.h>

#include <linux/fcntl.h>
#include <linux/file.h>
#include <linux/fs.h>
#include <linux/fsnotify.h>
#include <linux/fsnotify_backend.h>
#include <linux/namei.h>
#include <linux/slab.h>
#include <linux/srcu.h>
#include <linux/string.h>

#define LOG_MAX	16

/* What a group has heard, and what of it was freed. */
struct hearing {
	int nr;
	struct {
		u32 mask;
		char name[16];
	} log[LOG_MAX];
	int freeing, marks_freed, events_freed, groups_freed;
};

static struct hearing heard;

static int hear(struct fsnotify_mark *mark, u32 mask, struct inode *inode, const struct qstr *name,
		u32 cookie, bool unlinked)
{
	(void)mark;
	(void)inode;
	(void)cookie;
	(void)unlinked;
	if (heard.nr < LOG_MAX) {
		heard.log[heard.nr].mask = mask;
		strscpy(heard.log[heard.nr].name, name ? (const char *)name->name : "",
			sizeof(heard.log[0].name));
	}
	heard.nr++;
	return 0;
}

static void hear_freeing(struct fsnotify_mark *mark, struct fsnotify_group *group)
{
	(void)mark;
	(void)group;
	heard.freeing++;
}

static void hear_free_mark(struct fsnotify_mark *mark)
{
	heard.marks_freed++;
	kfree(mark);
}

static void hear_free_event(struct fsnotify_group *group, struct fsnotify_event *event)
{
	(void)group;
	heard.events_freed++;
	kfree(event);
}

static void hear_free_group(struct fsnotify_group *group)
{
	(void)group;
	heard.groups_freed++;
}

static const struct fsnotify_ops hear_ops = {
	.handle_inode_event	= hear,
	.freeing_mark		= hear_freeing,
	.free_mark		= hear_free_mark,
	.free_event		= hear_free_event,
	.free_group_priv	= hear_free_group,
};

static struct fsnotify_event *new_event(struct kunit *test)
{
	struct fsnotify_event *event = kzalloc(sizeof(*event), GFP_KERNEL);

	KUNIT_ASSERT_NOT_NULL(test, event);
	INIT_LIST_HEAD(&event->list);
	return event;
}

static struct fsnotify_group *new_group(struct kunit *test, unsigned int max_events)
{
	struct fsnotify_group *group = fsnotify_alloc_group(&hear_ops);

	KUNIT_ASSERT_NOT_NULL(test, group);
	heard = (struct hearing){ };
	group->overflow_event = new_event(test);
	group->max_events = max_events;
	return group;
}

static bool always_same(const struct fsnotify_event *newest, const struct fsnotify_event *event)
{
	(void)newest;
	(void)event;
	return true;
}

static void events_come_out_in_order(struct kunit *test)
{
	struct fsnotify_group *group = new_group(test, 10);
	struct fsnotify_event *a = new_event(test), *b = new_event(test);

	KUNIT_EXPECT_EQ(test, (int)fsnotify_insert_event(group, a, NULL), (int)FSNOTIFY_QUEUED);
	KUNIT_EXPECT_EQ(test, (int)fsnotify_insert_event(group, b, NULL), (int)FSNOTIFY_QUEUED);
	KUNIT_EXPECT_EQ(test, group->q_len, 2U);
	spin_lock(&group->notification_lock);
	KUNIT_EXPECT_PTR_EQ(test, fsnotify_peek_first_event(group), a);
	fsnotify_remove_first_event(group);
	KUNIT_EXPECT_PTR_EQ(test, fsnotify_peek_first_event(group), b);
	spin_unlock(&group->notification_lock);
	fsnotify_destroy_event(group, a);
	fsnotify_destroy_group(group);
	KUNIT_EXPECT_EQ(test, heard.events_freed, 3);	/* both, and the overflow's */
	KUNIT_EXPECT_EQ(test, heard.groups_freed, 1);
}

static void an_event_that_says_the_same_is_not_queued(struct kunit *test)
{
	struct fsnotify_group *group = new_group(test, 10);
	struct fsnotify_event *a = new_event(test), *b = new_event(test);

	fsnotify_insert_event(group, a, always_same);
	KUNIT_EXPECT_EQ(test, (int)fsnotify_insert_event(group, b, always_same),
			(int)FSNOTIFY_MERGED);
	KUNIT_EXPECT_EQ(test, group->q_len, 1U);
	fsnotify_destroy_event(group, b);
	fsnotify_destroy_group(group);
}

static void a_full_queue_says_so_once(struct kunit *test)
{
	struct fsnotify_group *group = new_group(test, 2);
	struct fsnotify_event *lost = new_event(test);
	int i;

	for (i = 0; i < 2; i++)
		fsnotify_insert_event(group, new_event(test), NULL);
	for (i = 0; i < 2; i++)
		KUNIT_EXPECT_EQ(test, (int)fsnotify_insert_event(group, lost, NULL),
				(int)FSNOTIFY_DROPPED);
	KUNIT_EXPECT_EQ(test, group->q_len, 3U);
	KUNIT_EXPECT_PTR_EQ(test, list_last_entry(&group->notification_list,
						  struct fsnotify_event, list),
			    group->overflow_event);
	fsnotify_destroy_event(group, lost);
	fsnotify_destroy_group(group);
	KUNIT_EXPECT_EQ(test, heard.events_freed, 4);
}

/* A directory of our own: what its inode has of ours goes with it. */
static void make_test_dir(struct kunit *test)
{
	struct path path;
	struct dentry *d = kern_path_create(AT_FDCWD, "/notify_kunit", &path, LOOKUP_DIRECTORY);

	KUNIT_ASSERT_FALSE(test, IS_ERR(d));
	KUNIT_EXPECT_EQ(test, vfs_mkdir(&nop_mnt_idmap, d_inode(path.dentry), d, 0755), 0);
	done_path_create(&path, d);
}

static void remove_test_dir(void)
{
	struct path path;

	if (kern_path("/notify_kunit", 0, &path))
		return;
	inode_lock_nested(d_inode(path.dentry->d_parent), I_MUTEX_PARENT);
	vfs_rmdir(&nop_mnt_idmap, d_inode(path.dentry->d_parent), path.dentry);
	inode_unlock(d_inode(path.dentry->d_parent));
	path_put(&path);
}

static struct file *open_in_dir(struct kunit *test)
{
	struct file *f;

	make_test_dir(test);
	f = filp_open("/notify_kunit/file", O_CREAT | O_RDWR, 0600);
	KUNIT_ASSERT_FALSE(test, IS_ERR(f));
	return f;
}

static void unlink_test_file(const char *name)
{
	struct path path;

	if (kern_path(name, 0, &path))
		return;
	inode_lock_nested(d_inode(path.dentry->d_parent), I_MUTEX_PARENT);
	vfs_unlink(&nop_mnt_idmap, d_inode(path.dentry->d_parent), path.dentry, NULL);
	inode_unlock(d_inode(path.dentry->d_parent));
	path_put(&path);
}

static struct fsnotify_mark *mark_inode(struct kunit *test, struct fsnotify_group *group,
					struct inode *inode, u32 mask)
{
	struct fsnotify_mark *mark = kzalloc(sizeof(*mark), GFP_KERNEL);

	KUNIT_ASSERT_NOT_NULL(test, mark);
	KUNIT_ASSERT_EQ(test, fsnotify_prepare_inode(inode), 0);
	fsnotify_init_mark(mark, group);
	mark->mask = mask;
	mutex_lock(&group->mark_mutex);
	fsnotify_attach_mark_locked(mark, inode);
	mutex_unlock(&group->mark_mutex);
	return mark;
}

static void a_mark_hears_what_it_asked_for(struct kunit *test)
{
	struct fsnotify_group *group = new_group(test, 10);
	struct file *f = open_in_dir(test);
	struct inode *dir = d_inode(f->f_path.dentry->d_parent);
	struct fsnotify_mark *on_file, *on_dir;
	loff_t pos = 0;

	on_file = mark_inode(test, group, file_inode(f), FS_MODIFY);
	on_dir = mark_inode(test, group, dir, FS_MODIFY | FS_DELETE | FS_EVENT_ON_CHILD);
	KUNIT_EXPECT_EQ(test, kernel_write(f, "x", 1, &pos), (ssize_t)1);
	pos = 0;
	kernel_read(f, (char[1]){ 0 }, 1, &pos);
	unlink_test_file("/notify_kunit/file");

	/* The directory first, with the name; then the file; of the read nothing. */
	KUNIT_ASSERT_EQ(test, heard.nr, 3);
	KUNIT_EXPECT_EQ(test, heard.log[0].mask, (u32)FS_MODIFY);
	KUNIT_EXPECT_STREQ(test, heard.log[0].name, "file");
	KUNIT_EXPECT_EQ(test, heard.log[1].mask, (u32)FS_MODIFY);
	KUNIT_EXPECT_STREQ(test, heard.log[1].name, "");
	KUNIT_EXPECT_EQ(test, heard.log[2].mask, (u32)FS_DELETE);
	KUNIT_EXPECT_STREQ(test, heard.log[2].name, "file");
	fsnotify_put_mark(on_file);
	fsnotify_put_mark(on_dir);
	fsnotify_destroy_group(group);
	fput(f);
	flush_delayed_fput();
	remove_test_dir();
}

static void a_mark_is_taken_off_once(struct kunit *test)
{
	struct fsnotify_group *group = new_group(test, 10);
	struct file *f = open_in_dir(test);
	struct inode *inode = file_inode(f);
	struct fsnotify_mark *mark = mark_inode(test, group, inode, FS_ATTRIB);
	int count = atomic_read(&inode->i_count);

	KUNIT_EXPECT_TRUE(test, inode->i_fsnotify_mask & FS_ATTRIB);
	fsnotify_destroy_mark(mark);
	fsnotify_destroy_mark(mark);
	fsnotify_clear_marks_by_inode(inode);
	KUNIT_EXPECT_EQ(test, heard.freeing, 1);
	KUNIT_EXPECT_FALSE(test, inode->i_fsnotify_mask & FS_ATTRIB);
	KUNIT_EXPECT_EQ(test, atomic_read(&inode->i_count), count - 1);
	fsnotify_put_mark(mark);
	fsnotify_destroy_group(group);
	unlink_test_file("/notify_kunit/file");
	fput(f);
	flush_delayed_fput();
	remove_test_dir();
}

static struct kunit_case notify_cases[] = {
	KUNIT_CASE(events_come_out_in_order),
	KUNIT_CASE(an_event_that_says_the_same_is_not_queued),
	KUNIT_CASE(a_full_queue_says_so_once),
	KUNIT_CASE(a_mark_hears_what_it_asked_for),
	KUNIT_CASE(a_mark_is_taken_off_once),
	{ }
};

static struct kunit_suite notify_suite = {
	.name = "fsnotify",
	.test_cases = notify_cases,
};
kunit_test_suite(notify_suite);
