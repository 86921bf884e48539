// SPDX-License-Identifier: MIT
/*
 * /proc/sys/fs: limits and counts of files. Counts are taken when they are read, so their handlers
 * work on a copy.
 */

#include <linux/coredump.h>
#include <linux/dcache.h>
#include <linux/errno.h>
#include <linux/eventpoll.h>
#include <linux/file.h>
#include <linux/fs.h>
#include <linux/init.h>
#include <linux/list_lru.h>
#include <linux/pipe_fs_i.h>
#include <linux/sched/coredump.h>
#include <linux/sysctl.h>

#include "internal.h"
#include "mount.h"
#include "pipe.h"

static long zero_long;
static unsigned int note_size_least = CORE_FILE_NOTE_SIZE_DEFAULT;
static unsigned int note_size_most = CORE_FILE_NOTE_SIZE_MAX;

/* ---- counts ---- */

/* Unused: kept for who may want them again, on the lists of their super blocks. */
struct unused {
	long inodes, dentries, negative;
};

static enum lru_status note_negative(struct list_head *item, struct list_lru_one *lru,
				     spinlock_t *lock, void *arg)
{
	struct unused *u = arg;

	if (d_is_negative(list_entry(item, struct dentry, d_lru)))
		u->negative++;
	return LRU_SKIP;
}

static void count_unused_of(struct super_block *sb, void *arg)
{
	struct unused *u = arg;

	u->inodes += list_lru_count(&sb->s_inode_lru);
	u->dentries += list_lru_count(&sb->s_dentry_lru);
	list_lru_walk(&sb->s_dentry_lru, note_negative, u, ULONG_MAX);
}

static struct unused count_unused(void)
{
	struct unused u = {};

	iterate_supers(count_unused_of, &u);
	return u;
}

static int show_longs(const struct ctl_table *table, long *counts, size_t size, void *buffer,
		      size_t *lenp, loff_t *ppos)
{
	struct ctl_table copy = *table;

	copy.data = counts;
	copy.maxlen = size;
	return proc_doulongvec_minmax(&copy, 0, buffer, lenp, ppos);
}

/* Open files, unused ones that are kept (none are), the limit. */
static int proc_nr_files(const struct ctl_table *table, int write, void *buffer, size_t *lenp,
			 loff_t *ppos)
{
	long counts[3] = { get_nr_files(), 0, sysctl_max_files };

	return show_longs(table, counts, sizeof(counts), buffer, lenp, ppos);
}

/* inode-nr is the first two of inode-state: inodes, those that nobody uses. */
static int proc_nr_inodes(const struct ctl_table *table, int write, void *buffer, size_t *lenp,
			  loff_t *ppos)
{
	long counts[7] = { get_nr_inodes(), count_unused().inodes };

	return show_longs(table, counts, table->maxlen, buffer, lenp, ppos);
}

/* Dentries, unused ones, the age and pages of older kernels, negative ones. */
static int proc_nr_dentry(const struct ctl_table *table, int write, void *buffer, size_t *lenp,
			  loff_t *ppos)
{
	struct unused u = count_unused();
	long counts[6] = { get_nr_dentries(), u.dentries, 45, 0, u.negative };

	return show_longs(table, counts, sizeof(counts), buffer, lenp, ppos);
}

/* A power of two pages: what is written is rounded up, 0 too, as in F_SETPIPE_SZ; at most 2 GiB. */
static int proc_dopipe_max_size(const struct ctl_table *table, int write, void *buffer,
				size_t *lenp, loff_t *ppos)
{
	unsigned int size = READ_ONCE(pipe_max_size);
	struct ctl_table copy = *table;
	int err;

	copy.data = &size;
	err = proc_douintvec(&copy, write, buffer, lenp, ppos);
	if (err || !write)
		return err;
	if (!pipe_slots_for(size))
		return -EINVAL;
	WRITE_ONCE(pipe_max_size, pipe_slots_for(size) << PAGE_SHIFT);
	return 0;
}

/* ---- the tables ---- */

#define ROW(NAME, VAR, MODE, LO, HI, HANDLER) \
	{ .procname = NAME, .data = &(VAR), .maxlen = sizeof(VAR), .mode = MODE, \
	  .proc_handler = HANDLER, .extra1 = LO, .extra2 = HI }
#define COUNTS(NAME, NR, HANDLER) \
	{ .procname = NAME, .maxlen = (NR) * sizeof(long), .mode = 0444, .proc_handler = HANDLER }

static const struct ctl_table fs_table[] = {
	COUNTS("file-nr", 3, proc_nr_files),
	ROW("file-max", sysctl_max_files, 0644, SYSCTL_LONG_ZERO, SYSCTL_LONG_MAX,
	    proc_doulongvec_minmax),
	ROW("nr_open", sysctl_nr_open, 0644, &sysctl_nr_open_min, &sysctl_nr_open_max,
	    proc_douintvec_minmax),
	COUNTS("inode-nr", 2, proc_nr_inodes),
	COUNTS("inode-state", 7, proc_nr_inodes),
	COUNTS("dentry-state", 6, proc_nr_dentry),
	ROW("mount-max", sysctl_mount_max, 0644, SYSCTL_ONE, NULL, proc_douintvec_minmax),
	ROW("suid_dumpable", suid_dumpable, 0644, SYSCTL_ZERO, SYSCTL_TWO, proc_dointvec_minmax),
	ROW("pipe-max-size", pipe_max_size, 0644, NULL, NULL, proc_dopipe_max_size),
	ROW("pipe-user-pages-soft", pipe_user_pages_soft, 0644, NULL, NULL,
	    proc_doulongvec_minmax),
	ROW("pipe-user-pages-hard", pipe_user_pages_hard, 0644, NULL, NULL,
	    proc_doulongvec_minmax),
	ROW("protected_symlinks", sysctl_protected_symlinks, 0644, SYSCTL_ZERO, SYSCTL_ONE,
	    proc_dointvec_minmax),
	ROW("protected_hardlinks", sysctl_protected_hardlinks, 0644, SYSCTL_ZERO, SYSCTL_ONE,
	    proc_dointvec_minmax),
	ROW("protected_fifos", sysctl_protected_fifos, 0644, SYSCTL_ZERO, SYSCTL_TWO,
	    proc_dointvec_minmax),
	ROW("protected_regular", sysctl_protected_regular, 0644, SYSCTL_ZERO, SYSCTL_TWO,
	    proc_dointvec_minmax),
};

static const struct ctl_table epoll_table[] = {
	ROW("max_user_watches", epoll_max_user_watches, 0644, &zero_long, SYSCTL_LONG_MAX,
	    proc_doulongvec_minmax),
};

/* Where core dumps go. */
static const struct ctl_table coredump_table[] = {
	{ .procname = "core_pattern", .data = core_pattern, .maxlen = sizeof(core_pattern),
	  .mode = 0644, .proc_handler = proc_dostring },
	ROW("core_uses_pid", core_uses_pid, 0644, NULL, NULL, proc_dointvec),
	ROW("core_pipe_limit", core_pipe_limit, 0644, NULL, NULL, proc_dointvec),
	ROW("core_file_note_size_limit", core_file_note_size_limit, 0644, &note_size_least,
	    &note_size_most, proc_douintvec_minmax),
};

static int __init fs_sysctl_init(void)
{
	register_sysctl_init("kernel", coredump_table);
	register_sysctl_init("fs", fs_table);
	register_sysctl_init("fs/epoll", epoll_table);
	return 0;
}
device_initcall(fs_sysctl_init);
