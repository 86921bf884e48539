// SPDX-License-Identifier: MIT
/*
 * What /proc leaves in the caches of names and inodes. The suite has a mount of its own, and walks
 * from its root. If nobody has mounted /proc yet, the file system comes and goes with each test.
 *
 * How many objects there are is what /proc/slabinfo says after the CPUs have let go of theirs and
 * all that waits for readers is freed. It is kept open: to open it would take objects again, and a
 * CPU's free ones count as used. LOOKUP_CACHED makes a walk fail with -EAGAIN when it can't be done
 * under RCU to its end.
 */

#include <kunit/test.h>

#include <linux/completion.h>
#include <linux/dcache.h>
#include <linux/err.h>
#include <linux/file.h>
#include <linux/fs.h>
#include <linux/kasan.h>
#include <linux/kthread.h>
#include <linux/list_lru.h>
#include <linux/mm.h>
#include <linux/mount.h>
#include <linux/namei.h>
#include <linux/proc_fs.h>
#include <linux/rcupdate.h>
#include <linux/seq_file.h>
#include <linux/shrinker.h>
#include <linux/slab.h>
#include <linux/sprintf.h>
#include <linux/string.h>

static struct path root;
static struct file *slabinfo;

static const char *const permanent[] = {
	"uptime", "meminfo", "stat", "version", "loadavg", "devices", "filesystems", "cmdline",
};

/* Their functions write to user memory only. */
static const char *const sysctls[] = { "sys/kernel/ostype", "sys/vm/overcommit_memory" };

static int proc_dcache_init(struct kunit *test)
{
	struct vfsmount *mnt = kern_mount(get_fs_type("proc"));

	KUNIT_ASSERT_FALSE(test, IS_ERR(mnt));
	root.mnt = mnt;
	root.dentry = mnt->mnt_root;
	slabinfo = file_open_root(&root, "slabinfo", O_RDONLY | O_LARGEFILE, 0);
	KUNIT_ASSERT_FALSE(test, IS_ERR(slabinfo));
	return 0;
}

static void proc_dcache_exit(struct kunit *test)
{
	(void)test;
	if (!IS_ERR_OR_NULL(slabinfo))
		fput(slabinfo);
	slabinfo = NULL;
	flush_delayed_fput();
	kern_unmount(root.mnt);
}

static ssize_t read_all(struct file *f, char *buf, size_t size)
{
	ssize_t got, all = 0;
	loff_t pos = 0;

	while ((got = kernel_read(f, buf + all, size - all, &pos)) > 0)
		all += got;
	return got < 0 ? got : all;
}

/* Open, read some, close. Return: bytes read, or an errno. */
static ssize_t read_some(const char *name, char *buf, size_t size)
{
	struct file *f = file_open_root(&root, name, O_RDONLY | O_LARGEFILE, 0);
	ssize_t got;

	if (IS_ERR(f))
		return PTR_ERR(f);
	got = size ? read_all(f, buf, size) : 0;
	fput(f);
	flush_delayed_fput();
	return got;
}

static void read_each(struct kunit *test)
{
	char buf[64];
	size_t i;

	for (i = 0; i < ARRAY_SIZE(permanent); i++)
		KUNIT_EXPECT_GT(test, read_some(permanent[i], buf, sizeof(buf)), 0);
	for (i = 0; i < ARRAY_SIZE(sysctls); i++)
		KUNIT_EXPECT_EQ(test, read_some(sysctls[i], NULL, 0), 0);
}

static long objects_of(struct kunit *test, const char *cache, const char *text)
{
	char line[48];
	const char *at;
	long n = -1;

	snprintf(line, sizeof(line), "\n%s ", cache);
	at = strstr(text, line);
	KUNIT_ASSERT_NOT_NULL(test, at);
	KUNIT_ASSERT_EQ(test, sscanf(at + strlen(line), "%ld", &n), 1);
	return n;
}

struct objects {
	long dentries, inodes;
};

static struct objects count_objects(struct kunit *test)
{
	size_t size = 64 << 10;		/* more than all caches need */
	char *text = kunit_kzalloc(test, size, GFP_KERNEL);
	struct objects n;

	KUNIT_ASSERT_NOT_NULL(test, text);
	rcu_barrier();
	kasan_quarantine_drain();
	slab_active_objects();		/* every CPU lets go of its slabs */
	KUNIT_ASSERT_GT(test, read_all(slabinfo, text, size - 1), 0);
	n.dentries = objects_of(test, "dentry", text);
	n.inodes = objects_of(test, "proc_inode_cache", text);
	kunit_kfree(test, text);
	return n;
}

static int look(const char *name, unsigned int flags, struct path *path)
{
	return vfs_path_lookup(root.dentry, root.mnt, name, flags, path);
}

static void a_thousand_reads_make_no_object(struct kunit *test)
{
	struct objects before, after;
	struct path path;
	int i;

	read_each(test);
	before = count_objects(test);
	/* A mark shows that the name and its inode are the ones of the beginning. */
	KUNIT_ASSERT_EQ(test, look("uptime", 0, &path), 0);
	path.dentry->d_time = 0x5eed;
	d_inode(path.dentry)->i_generation = 0x5eed;
	path_put(&path);
	for (i = 0; i < 100; i++)	/* of ten files */
		read_each(test);
	after = count_objects(test);
	KUNIT_EXPECT_EQ(test, after.dentries, before.dentries);
	KUNIT_EXPECT_EQ(test, after.inodes, before.inodes);
	KUNIT_ASSERT_EQ(test, look("uptime", 0, &path), 0);
	KUNIT_EXPECT_EQ(test, path.dentry->d_time, 0x5eedUL);
	KUNIT_EXPECT_EQ(test, d_inode(path.dentry)->i_generation, 0x5eedU);
	path_put(&path);
}

static void a_known_name_is_found_by_a_walk_under_rcu(struct kunit *test)
{
	struct path path;
	size_t i;

	shrink_dcache_sb(root.dentry->d_sb);
	KUNIT_EXPECT_EQ(test, look("uptime", LOOKUP_CACHED, &path), -EAGAIN);
	read_each(test);
	for (i = 0; i < ARRAY_SIZE(permanent); i++) {
		KUNIT_EXPECT_EQ(test, look(permanent[i], LOOKUP_CACHED, &path), 0);
		path_put(&path);
	}
	for (i = 0; i < ARRAY_SIZE(sysctls); i++) {
		KUNIT_EXPECT_EQ(test, look(sysctls[i], LOOKUP_CACHED, &path), 0);
		path_put(&path);
	}
}

static void memory_pressure_takes_idle_names_back(struct kunit *test)
{
	long names = ARRAY_SIZE(permanent) + ARRAY_SIZE(sysctls);
	struct objects empty, full, again;
	struct path path, used;
	int round;

	shrink_dcache_sb(root.dentry->d_sb);
	empty = count_objects(test);
	read_each(test);
	full = count_objects(test);
	KUNIT_EXPECT_GE(test, full.dentries - empty.dentries, names);
	KUNIT_EXPECT_GE(test, full.inodes - empty.inodes, names);
	/* A name in use is spared; one that was used lately goes in the second round. */
	KUNIT_ASSERT_EQ(test, look("uptime", 0, &used), 0);
	for (round = 0; round < 100; round++) {
		shrink_slab(GFP_KERNEL, 0, NULL, 0);
		if (list_lru_count(&root.dentry->d_sb->s_dentry_lru) == 0)
			break;
	}
	again = count_objects(test);
	KUNIT_EXPECT_EQ(test, again.inodes, empty.inodes + 1);
	KUNIT_EXPECT_EQ(test, look("meminfo", LOOKUP_CACHED, &path), -EAGAIN);
	KUNIT_ASSERT_EQ(test, look("uptime", LOOKUP_CACHED, &path), 0);
	path_put(&path);
	path_put(&used);
}

static int nothing_show(struct seq_file *m, void *v)
{
	seq_puts(m, "nothing\n");
	return 0;
}

static int something_show(struct seq_file *m, void *v)
{
	seq_puts(m, "something\n");
	return 0;
}

static void a_removed_entry_is_not_found_by_its_cached_name(struct kunit *test)
{
	struct proc_dir_entry *de;
	struct path path, none;
	char buf[16] = "";

	de = proc_create_single("kunit-entry", 0, NULL, nothing_show);
	KUNIT_ASSERT_NOT_NULL(test, de);
	KUNIT_EXPECT_GE(test, read_some("kunit-entry", buf, sizeof(buf)), 0);
	KUNIT_ASSERT_EQ(test, look("kunit-entry", LOOKUP_CACHED, &path), 0);
	proc_remove(de);
	/* In use, it can be looked up no more; and its last user doesn't leave it in the cache. */
	KUNIT_EXPECT_EQ(test, look("kunit-entry", 0, &none), -ENOENT);
	path_put(&path);
	KUNIT_EXPECT_EQ(test, look("kunit-entry", 0, &none), -ENOENT);
	de = proc_create_single("kunit-entry", 0, NULL, something_show);
	KUNIT_ASSERT_NOT_NULL(test, de);
	KUNIT_EXPECT_EQ(test, read_some("kunit-entry", buf, sizeof(buf)), 10);
	KUNIT_EXPECT_EQ(test, memcmp(buf, "something\n", 10), 0);
	proc_remove(de);
	KUNIT_EXPECT_EQ(test, read_some("kunit-entry", buf, sizeof(buf)), -ENOENT);
}

static int wait_for_stop(void *started)
{
	complete(started);
	while (!kthread_should_stop()) {
		set_current_state(TASK_INTERRUPTIBLE);
		if (!kthread_should_stop())
			schedule();
		__set_current_state(TASK_RUNNING);
	}
	return 0;
}

static void names_of_a_task_stay_as_long_as_it(struct kunit *test)
{
	DECLARE_COMPLETION_ONSTACK(started);
	struct objects before, during, after;
	struct task_struct *task;
	char name[32], buf[64];
	int i;

	task = kthread_run(wait_for_stop, &started, "proc-names");
	KUNIT_ASSERT_FALSE(test, IS_ERR(task));
	wait_for_completion(&started);
	snprintf(name, sizeof(name), "%d/comm", task_pid_nr(task));
	before = count_objects(test);
	for (i = 0; i < 100; i++)
		KUNIT_EXPECT_GT(test, read_some(name, buf, sizeof(buf)), 0);
	during = count_objects(test);
	/* The folder and the file. */
	KUNIT_EXPECT_EQ(test, during.dentries - before.dentries, 2L);
	KUNIT_EXPECT_EQ(test, during.inodes - before.inodes, 2L);
	KUNIT_EXPECT_EQ(test, kthread_stop(task), 0);
	/* It has run to its end, but its reaper may have to come yet: the test is that he does. */
	while ((after = count_objects(test)).inodes > before.inodes)
		schedule_timeout_uninterruptible(1);
	KUNIT_EXPECT_EQ(test, after.inodes, before.inodes);
	KUNIT_EXPECT_EQ(test, after.dentries, before.dentries);
	KUNIT_EXPECT_EQ(test, read_some(name, buf, sizeof(buf)), -ENOENT);
}

static void a_mode_outlives_the_inode(struct kunit *test)
{
	struct iattr attr = { .ia_valid = ATTR_MODE, .ia_mode = S_IFREG | 0400 };
	struct proc_dir_entry *de = proc_create_single("kunit-mode", 0644, NULL, nothing_show);
	struct path path;

	KUNIT_ASSERT_NOT_NULL(test, de);
	KUNIT_ASSERT_EQ(test, look("kunit-mode", 0, &path), 0);
	inode_lock(d_inode(path.dentry));
	KUNIT_EXPECT_EQ(test, notify_change(&nop_mnt_idmap, path.dentry, &attr, NULL), 0);
	inode_unlock(d_inode(path.dentry));
	path_put(&path);
	shrink_dcache_sb(root.dentry->d_sb);
	KUNIT_EXPECT_EQ(test, look("kunit-mode", LOOKUP_CACHED, &path), -EAGAIN);
	KUNIT_ASSERT_EQ(test, look("kunit-mode", 0, &path), 0);
	KUNIT_EXPECT_EQ(test, d_inode(path.dentry)->i_mode, (umode_t)(S_IFREG | 0400));
	path_put(&path);
	proc_remove(de);
}

static struct kunit_case proc_dcache_cases[] = {
	KUNIT_CASE(a_thousand_reads_make_no_object),
	KUNIT_CASE(a_known_name_is_found_by_a_walk_under_rcu),
	KUNIT_CASE(memory_pressure_takes_idle_names_back),
	KUNIT_CASE(a_removed_entry_is_not_found_by_its_cached_name),
	KUNIT_CASE(names_of_a_task_stay_as_long_as_it),
	KUNIT_CASE(a_mode_outlives_the_inode),
	{}
};

static struct kunit_suite proc_dcache_suite = {
	.name = "proc_dcache",
	.init = proc_dcache_init,
	.exit = proc_dcache_exit,
	.test_cases = proc_dcache_cases,
};
kunit_test_suite(proc_dcache_suite);
