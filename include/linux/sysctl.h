/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_SYSCTL_H
#define _LINUX_SYSCTL_H

/*
 * /proc/sys: variables of the kernel that a file stands for. Who has some registers a table of
 * them:
 *
 *	static const struct ctl_table panic_table[] = {
 *		{ .procname = "panic", .data = &panic_timeout, .maxlen = sizeof(int),
 *		  .mode = 0644, .proc_handler = proc_dointvec },
 *	};
 *	register_sysctl_init("kernel", panic_table);
 *
 * The handler turns the variable into text (write == 0) and text into the variable. Its buffer is
 * the kernel's, and on a write ends with a zero behind *lenp bytes. It takes from *lenp what it
 * used, and moves *ppos. proc_do*() below are handlers for what .data can point at.
 *
 * A table is constant and lives as long as it is registered. unregister_sysctl_table() waits for
 * handlers that run; after it none of them does.
 */

#include <linux/array_size.h>
#include <linux/atomic.h>
#include <linux/types.h>
#include <linux/wait.h>

struct ctl_table;
struct ctl_table_header;

typedef int proc_handler(const struct ctl_table *ctl, int write, void *buffer, size_t *lenp,
			 loff_t *ppos);

/* Who polls a file is woken when proc_sys_poll_notify() counts an event. */
struct ctl_table_poll {
	atomic_t event;
	wait_queue_head_t wait;
};

#define __CTL_TABLE_POLL_INITIALIZER(name) {				\
	.event = ATOMIC_INIT(0),					\
	.wait = __WAIT_QUEUE_HEAD_INITIALIZER(name.wait),		\
}
#define DEFINE_CTL_TABLE_POLL(name) \
	struct ctl_table_poll name = __CTL_TABLE_POLL_INITIALIZER(name)

/** proc_sys_poll_event - how often a variable has changed, for poll(2) */
static inline void *proc_sys_poll_event(struct ctl_table_poll *poll)
{
	return (void *)(unsigned long)atomic_read(&poll->event);
}

/**
 * struct ctl_table - one file
 * @procname: its name
 * @data: the variable
 * @maxlen: its size in bytes: of an array, all of it
 * @mode: rights; the owner is root
 * @proc_handler: text to variable and back
 * @poll: for files that can be waited for, or NULL
 * @extra1: the handler's; for the *_minmax() ones a pointer to the least value
 * @extra2: likewise the greatest
 */
struct ctl_table {
	const char *procname;
	void *data;
	int maxlen;
	umode_t mode;
	proc_handler *proc_handler;
	struct ctl_table_poll *poll;
	void *extra1;
	void *extra2;
};

/* Bounds to point @extra1 and @extra2 at. */
extern const int sysctl_vals[];
#define SYSCTL_ZERO			((void *)&sysctl_vals[0])
#define SYSCTL_ONE			((void *)&sysctl_vals[1])
#define SYSCTL_TWO			((void *)&sysctl_vals[2])
#define SYSCTL_THREE			((void *)&sysctl_vals[3])
#define SYSCTL_FOUR			((void *)&sysctl_vals[4])
#define SYSCTL_ONE_HUNDRED		((void *)&sysctl_vals[5])
#define SYSCTL_TWO_HUNDRED		((void *)&sysctl_vals[6])
#define SYSCTL_ONE_THOUSAND		((void *)&sysctl_vals[7])
#define SYSCTL_THREE_THOUSAND		((void *)&sysctl_vals[8])
#define SYSCTL_INT_MAX			((void *)&sysctl_vals[9])
#define SYSCTL_MAXOLDUID		((void *)&sysctl_vals[10])
#define SYSCTL_NEG_ONE			((void *)&sysctl_vals[11])

extern const unsigned long sysctl_long_vals[];
#define SYSCTL_LONG_ZERO		((void *)&sysctl_long_vals[0])
#define SYSCTL_LONG_ONE			((void *)&sysctl_long_vals[1])
#define SYSCTL_LONG_MAX			((void *)&sysctl_long_vals[2])

struct ctl_table_header *register_sysctl_sz(const char *path, const struct ctl_table *table,
					    size_t table_size);
#define register_sysctl(path, table) register_sysctl_sz(path, table, ARRAY_SIZE(table))
void __register_sysctl_init(const char *path, const struct ctl_table *table,
			    const char *table_name, size_t table_size);
#define register_sysctl_init(path, table) \
	__register_sysctl_init(path, table, #table, ARRAY_SIZE(table))
void unregister_sysctl_table(struct ctl_table_header *header);
void proc_sys_poll_notify(struct ctl_table_poll *poll);

proc_handler proc_dostring, proc_dobool, proc_dointvec, proc_dointvec_minmax, proc_douintvec,
	     proc_douintvec_minmax, proc_dou8vec_minmax, proc_dointvec_jiffies,
	     proc_dointvec_userhz_jiffies, proc_dointvec_ms_jiffies, proc_doulongvec_minmax,
	     proc_doulongvec_ms_jiffies_minmax;

#endif /* _LINUX_SYSCTL_H */
