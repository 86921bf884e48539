// SPDX-License-Identifier: MIT
/*
 * /proc/locks: the locks on all files, each with those who wait for it below it:
 *
 *	1: POSIX  ADVISORY  WRITE 708 00:14:1234 0 EOF
 *	1: -> POSIX  ADVISORY  READ 709 00:14:1234 0 EOF
 *
 * There is no list of all locks; the inodes of all file systems are gone through for them. An
 * inode is held while its locks are printed: s_inode_list_lock isn't kept for that.
 */

#include <linux/filelock.h>
#include <linux/fs.h>
#include <linux/init.h>
#include <linux/kdev_t.h>
#include <linux/limits.h>
#include <linux/proc_fs.h>
#include <linux/seq_file.h>

#include "internal.h"

struct show_locks {
	struct seq_file *m;
	int id;
};

static void show_lock(struct show_locks *s, struct file_lock *fl, int depth)
{
	struct inode *inode = file_inode(fl->c.flc_file);
	struct file_lock_core *waiter;
	const char *kind = "FLOCK ";

	if (fl->c.flc_flags & FL_POSIX)
		kind = fl->c.flc_flags & FL_OFDLCK ? "OFDLCK" : "POSIX ";
	seq_printf(s->m, "%d: %*s%s ADVISORY  %s ", s->id, depth ? depth + 2 : 0,
		   depth ? "-> " : "", kind, fl->c.flc_type == F_WRLCK ? "WRITE" : "READ ");
	seq_printf(s->m, "%d %02x:%02x:%lu ", fl->c.flc_pid, MAJOR(inode->i_sb->s_dev),
		   MINOR(inode->i_sb->s_dev), inode->i_ino);
	if (!(fl->c.flc_flags & FL_POSIX) || fl->fl_end == OFFSET_MAX)
		seq_printf(s->m, "%lld EOF\n", fl->c.flc_flags & FL_POSIX ? fl->fl_start : 0LL);
	else
		seq_printf(s->m, "%lld %lld\n", fl->fl_start, fl->fl_end);
	if (depth > 8)
		return;
	list_for_each_entry(waiter, &fl->c.flc_blocked_requests, flc_blocked_member)
		show_lock(s, container_of(waiter, struct file_lock, c), depth + 1);
}

static void show_context(struct show_locks *s, struct file_lock_context *ctx)
{
	struct list_head *lists[] = { &ctx->flc_posix, &ctx->flc_flock };
	struct file_lock *fl;
	int i;

	spin_lock(&ctx->flc_lock);
	spin_lock(&blocked_lock_lock);
	for (i = 0; i < 2; i++) {
		list_for_each_entry(fl, lists[i], c.flc_list) {
			s->id++;
			show_lock(s, fl, 0);
		}
	}
	spin_unlock(&blocked_lock_lock);
	spin_unlock(&ctx->flc_lock);
}

static void show_locks_of(struct super_block *sb, void *arg)
{
	struct inode *inode, *toput = NULL;

	spin_lock(&sb->s_inode_list_lock);
	list_for_each_entry(inode, &sb->s_inodes, i_sb_list) {
		struct file_lock_context *ctx = READ_ONCE(inode->i_flctx);

		if (!ctx)
			continue;
		spin_lock(&inode->i_lock);
		if (inode->i_state & (I_FREEING | I_WILL_FREE | I_NEW)) {
			spin_unlock(&inode->i_lock);
			continue;
		}
		__iget(inode);
		spin_unlock(&inode->i_lock);
		spin_unlock(&sb->s_inode_list_lock);
		show_context(arg, ctx);
		iput(toput);
		toput = inode;	/* keeps its place in the list until we are at the next */
		spin_lock(&sb->s_inode_list_lock);
	}
	spin_unlock(&sb->s_inode_list_lock);
	iput(toput);
}

static int locks_show(struct seq_file *m, void *v)
{
	struct show_locks s = { .m = m };

	iterate_supers(show_locks_of, &s);
	return 0;
}

static int __init proc_locks_init(void)
{
	proc_create_single("locks", 0, NULL, locks_show);
	return 0;
}
fs_initcall(proc_locks_init);
