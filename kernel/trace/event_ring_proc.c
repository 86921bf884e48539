// SPDX-License-Identifier: MIT
/*
 * /proc/trace: a file for each set of rings. It reads as the records in order of time; "on" written
 * to it empties the rings and begins to record, "off" ends that.
 *
 *	echo on > /proc/trace/rcu; ...; echo off > /proc/trace/rcu; cat /proc/trace/rcu
 */

#include <linux/event_ring.h>

#include <linux/fs.h>
#include <linux/init.h>
#include <linux/kstrtox.h>
#include <linux/proc_fs.h>
#include <linux/seq_file.h>

static int records_show(struct seq_file *m, void *unused)
{
	event_ring_show(m, m->private);
	return 0;
}

static int records_open(struct inode *inode, struct file *file)
{
	return single_open(file, records_show, pde_data(inode));
}

static ssize_t records_write(struct file *file, const char __user *buf, size_t count, loff_t *pos)
{
	bool on;
	int err = kstrtobool_from_user(buf, count, &on);

	err = err ?: event_ring_enable(pde_data(file_inode(file)), on);
	return err ?: count;
}

static const struct proc_ops records_ops = {
	.proc_flags	= PROC_ENTRY_PERMANENT,
	.proc_open	= records_open,
	.proc_read_iter	= seq_read_iter,
	.proc_write	= records_write,
	.proc_lseek	= seq_lseek,
	.proc_release	= single_release,
};

/**
 * event_ring_proc_create - show rings in /proc/trace
 * @name: of the file, which only root may open
 * @set: the rings, which stay for ever
 *
 * Context: initcall, "fs" or later.
 */
void __init event_ring_proc_create(const char *name, struct event_ring_set *set)
{
	static struct proc_dir_entry *dir __initdata;

	dir = dir ?: proc_mkdir("trace", NULL);
	if (!dir || !proc_create_data(name, 0600, dir, &records_ops, set))
		pr_warn("no memory for /proc/trace/%s\n", name);
}
