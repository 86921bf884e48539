// SPDX-License-Identifier: MIT
/* /proc/sys/vm: how memory is promised, kept in reserve and taken back. */

#include <linux/capability.h>
#include <linux/errno.h>
#include <linux/fs.h>
#include <linux/gfp.h>
#include <linux/init.h>
#include <linux/mm.h>
#include <linux/mman.h>
#include <linux/oom.h>
#include <linux/pagemap.h>
#include <linux/sched/signal.h>
#include <linux/shrinker.h>
#include <linux/sysctl.h>

#include "internal.h"

static int drop_caches_asked;		/* what was written last */

/* ---- drop_caches ---- */

/*
 * Clean pages that nobody has mapped. Those of file systems in memory are nowhere else: they stay.
 */
static void drop_pagecache_of(struct super_block *sb, void *unused)
{
	struct inode *inode, *toput = NULL;

	spin_lock(&sb->s_inode_list_lock);
	list_for_each_entry(inode, &sb->s_inodes, i_sb_list) {
		spin_lock(&inode->i_lock);
		if ((inode->i_state & (I_FREEING | I_WILL_FREE | I_NEW)) ||
		    !inode->i_mapping->nrpages) {
			spin_unlock(&inode->i_lock);
			continue;
		}
		__iget(inode);
		spin_unlock(&inode->i_lock);
		spin_unlock(&sb->s_inode_list_lock);
		invalidate_mapping_pages(inode->i_mapping, 0, -1);
		/* Its place in the list is kept by the reference, until we are at the next one. */
		iput(toput);
		toput = inode;
		cond_resched();
		spin_lock(&sb->s_inode_list_lock);
	}
	spin_unlock(&sb->s_inode_list_lock);
	iput(toput);
}

/* Unused dentries, inodes and what else has a shrinker, as long as a round brings a fair amount. */
static void drop_slab(void)
{
	unsigned long freed;

	do {
		if (fatal_signal_pending(current))
			return;
		freed = shrink_slab(GFP_KERNEL, 0, NULL, 0);
	} while (freed > 10);
}

/* 1: pages, 2: slab objects, 3: both. */
static int proc_drop_caches(const struct ctl_table *table, int write, void *buffer, size_t *lenp,
			    loff_t *ppos)
{
	int err = proc_dointvec_minmax(table, write, buffer, lenp, ppos);

	if (err || !write)
		return err;
	if (drop_caches_asked & 1)
		iterate_supers(drop_pagecache_of, NULL);
	if (drop_caches_asked & 2)
		drop_slab();
	return 0;
}

/* ---- the rest ---- */

static int proc_min_free_kbytes(const struct ctl_table *table, int write, void *buffer,
				size_t *lenp, loff_t *ppos)
{
	int err = proc_dointvec_minmax(table, write, buffer, lenp, ppos);

	if (!err && write)
		setup_per_zone_wmarks();
	return err;
}

/* Who may lower it could map what a bad pointer of the kernel reads. */
static int proc_mmap_min_addr(const struct ctl_table *table, int write, void *buffer,
			      size_t *lenp, loff_t *ppos)
{
	if (write && !capable(CAP_SYS_RAWIO))
		return -EPERM;
	return proc_doulongvec_minmax(table, write, buffer, lenp, ppos);
}

#define ROW(NAME, VAR, MODE, LO, HI, HANDLER) \
	{ .procname = NAME, .data = &(VAR), .maxlen = sizeof(VAR), .mode = MODE, \
	  .proc_handler = HANDLER, .extra1 = LO, .extra2 = HI }

static const struct ctl_table vm_table[] = {
	ROW("overcommit_memory", sysctl_overcommit_memory, 0644, SYSCTL_ZERO, SYSCTL_TWO,
	    proc_dointvec_minmax),
	ROW("overcommit_ratio", sysctl_overcommit_ratio, 0644, SYSCTL_ZERO, NULL,
	    proc_dointvec_minmax),
	ROW("max_map_count", sysctl_max_map_count, 0644, SYSCTL_ZERO, NULL, proc_dointvec_minmax),
	ROW("mmap_min_addr", mmap_min_addr, 0644, NULL, NULL, proc_mmap_min_addr),
	ROW("drop_caches", drop_caches_asked, 0200, SYSCTL_ONE, SYSCTL_FOUR, proc_drop_caches),
	ROW("min_free_kbytes", min_free_kbytes, 0644, SYSCTL_ZERO, NULL, proc_min_free_kbytes),
	ROW("panic_on_oom", sysctl_panic_on_oom, 0644, SYSCTL_ZERO, SYSCTL_TWO,
	    proc_dointvec_minmax),
	ROW("oom_kill_allocating_task", sysctl_oom_kill_allocating_task, 0644, NULL, NULL,
	    proc_dointvec),
};

static int __init vm_sysctl_init(void)
{
	register_sysctl_init("vm", vm_table);
	return 0;
}
device_initcall(vm_sysctl_init);
