/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_CONSOLE_H
#define _LINUX_CONSOLE_H

/*
 * Where messages appear. A driver fills a struct console and registers it.
 *
 * write() is called with the console lock held and interrupts off, except while the kernel
 * panics, when it may be called from any context and must not wait for a lock for ever
 * (try, and write all the same if oops_in_progress).
 */

#include <linux/atomic.h>
#include <linux/cleanup.h>
#include <linux/list.h>
#include <linux/types.h>

struct console;
struct tty_driver;

enum cons_flags {
	CON_PRINTBUFFER	= 1 << 0,	/* replay the whole log on registration */
	CON_CONSDEV	= 1 << 1,	/* the one behind /dev/console */
	CON_ENABLED	= 1 << 2,	/* may write */
	CON_BOOT	= 1 << 3,	/* an early console: leaves when a real one comes */
	CON_ANYTIME	= 1 << 4,	/* may write before its CPU is online */
	CON_BRL		= 1 << 5,
	CON_EXTENDED	= 1 << 6,
	CON_SUSPENDED	= 1 << 7,
};

struct console {
	char	name[16];		/* "ttyS", "ttyAMA": console=ttyS0 means index 0 */
	void	(*write)(struct console *co, const char *s, unsigned int count);
	int	(*read)(struct console *co, char *s, unsigned int count);
	struct tty_driver *(*device)(struct console *co, int *index);
	void	(*unblank)(void);
	int	(*setup)(struct console *co, char *options);
	int	(*exit)(struct console *co);
	int	(*match)(struct console *co, char *name, int idx, char *options);
	short	flags;			/* cons_flags; written under the console lock */
	short	index;			/* -1: take what console= says, or 0 */
	int	cflag;
	unsigned int ispeed;
	unsigned int ospeed;
	u64	seq;			/* next message; console lock */
	unsigned long dropped;		/* lost since the last one printed; console lock */
	void	*data;
	struct hlist_node node;		/* in the list of consoles; console lock */
};

enum con_flush_mode {
	CONSOLE_FLUSH_PENDING,
	CONSOLE_REPLAY_ALL,
};

extern struct hlist_head console_list;
extern bool console_set_on_cmdline;
extern struct console *early_console;

/* Under the console lock. */
#define for_each_console(con)	hlist_for_each_entry(con, &console_list, node)

int add_preferred_console(const char *name, const short idx, char *options);
void register_console(struct console *con);
int unregister_console(struct console *con);
void console_list_lock(void);
void console_list_unlock(void);
void console_lock(void);
int console_trylock(void);
void console_unlock(void);
void console_unblank(void);
void console_flush_on_panic(enum con_flush_mode mode);
struct tty_driver *console_device(int *index);
void console_stop(struct console *con);
void earlycon_for_panic(void);
void console_start(struct console *con);
void console_init(void);

/** console_is_registered - is it on the list of consoles? */
static inline bool console_is_registered(const struct console *con)
{
	return !hlist_unhashed(&con->node);
}

DEFINE_LOCK_GUARD_0(console_lock, console_lock(), console_unlock())

/* Called in a bad moment: print on the consoles whatever they are doing. */
void console_verbose(void);

#endif /* _LINUX_CONSOLE_H */
