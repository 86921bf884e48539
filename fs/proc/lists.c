// SPDX-License-Identifier: MIT
/*
 * Files of /proc that are lists of what there is: CPUs, consoles; and those that programs open to
 * find that there is none of it: partitions, disks, modules, swap.
 */

#include <linux/console.h>
#include <linux/fs.h>
#include <linux/init.h>
#include <linux/kdev_t.h>
#include <linux/proc_fs.h>
#include <linux/seq_file.h>
#include <linux/tty_driver.h>

#include "internal.h"

/* ---- cpuinfo: the machine's (arch/) ---- */

extern const struct seq_operations cpuinfo_op;

/* ---- consoles ---- */

static const struct {
	short flag;
	char name;
} con_flags[] = {
	{ CON_ENABLED, 'E' }, { CON_CONSDEV, 'C' }, { CON_BOOT, 'B' }, { CON_PRINTBUFFER, 'p' },
	{ CON_BRL, 'b' }, { CON_ANYTIME, 'a' },
};

static void show_console(struct seq_file *m, struct console *con)
{
	struct tty_driver *driver;
	unsigned int i;
	int index;

	seq_setwidth(m, 21 - 1);
	seq_printf(m, "%s%d", con->name, con->index);
	seq_pad(m, ' ');
	seq_printf(m, "%c%c%c (", con->read ? 'R' : '-', con->write ? 'W' : '-',
		   con->unblank ? 'U' : '-');
	for (i = 0; i < ARRAY_SIZE(con_flags); i++)
		seq_putc(m, con->flags & con_flags[i].flag ? con_flags[i].name : ' ');
	seq_putc(m, ')');
	driver = con->device ? con->device(con, &index) : NULL;
	if (driver)
		seq_printf(m, " %4d:%d", driver->major, driver->minor_start + index);
	seq_putc(m, '\n');
}

static int consoles_show(struct seq_file *m, void *v)
{
	struct console *con;

	console_list_lock();
	for_each_console(con)
		show_console(m, con);
	console_list_unlock();
	return 0;
}

/* ---- what there is none of ---- */

static int nothing_show(struct seq_file *m, void *v)
{
	return 0;
}

static int swaps_show(struct seq_file *m, void *v)
{
	seq_puts(m, "Filename\t\t\t\tType\t\tSize\t\tUsed\t\tPriority\n");
	return 0;
}

static int execdomains_show(struct seq_file *m, void *v)
{
	seq_puts(m, "0-0\tLinux           \t[kernel]\n");
	return 0;
}

static int __init proc_lists_init(void)
{
	proc_create_seq("cpuinfo", 0, NULL, &cpuinfo_op);
	proc_create_single("consoles", 0, NULL, consoles_show);
	proc_create_single("partitions", 0, NULL, nothing_show);
	proc_create_single("diskstats", 0, NULL, nothing_show);
	proc_create_single("modules", 0, NULL, nothing_show);
	proc_create_single("swaps", 0, NULL, swaps_show);
	proc_create_single("execdomains", 0, NULL, execdomains_show);
	return 0;
}
fs_initcall(proc_lists_init);
