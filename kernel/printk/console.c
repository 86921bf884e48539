// SPDX-License-Identifier: MIT
/*
 * Consoles: their list, their lock, and printing the log on them.
 *
 * Printing needs the console to itself, and printk() may not wait. So the lock has two parts:
 *
 *	console_busy	a flag, taken by compare-and-swap. printk() tries it: if it is taken,
 *			somebody is printing, who will find our message too; go.
 *	console_mutex	for tasks that change the list (console_lock()). They take it first, then
 *			spin for the flag: a printing CPU has preemption off and soon ends.
 *
 * No message is forgotten, whoever wins the flag:
 *
 *	CPU 0, printing				CPU 1
 *	---------------				-----
 *	finds no more messages			message into the ring
 *	console_busy = 0			smp_mb()	B
 *	smp_mb()	A			tries console_busy
 *	looks for messages once more
 *
 * With A and B at least one of them sees the other's store: CPU 1 gets the flag, or CPU 0 finds
 * the message and tries again.
 *
 * An NMI doesn't print: it may have interrupted a driver that holds its own lock. It queues an
 * irq_work, which prints in the next interrupt. A panicking CPU, with the others stopped, takes
 * the flag from whoever has it: console_flush_on_panic().
 *
 * Lock order: console_mutex, console_busy, a driver's port lock.
 */

#include <linux/console.h>

#include <linux/export.h>
#include <linux/init.h>
#include <linux/irq_work.h>
#include <linux/kernel.h>
#include <linux/list.h>
#include <linux/mutex.h>
#include <linux/nmi.h>
#include <linux/panic.h>
#include <linux/percpu.h>
#include <linux/printk.h>
#include <linux/smp.h>
#include <linux/string.h>

#include <asm/processor.h>

#include "internal.h"

HLIST_HEAD(console_list);
struct console *early_console;
bool console_set_on_cmdline;

static DEFINE_MUTEX(console_mutex);
static atomic_t console_busy = ATOMIC_INIT(0);

/* All before this number is on every console. Written by the flag's holder. */
static u64 console_printed_seq = 1;

/* What console= asked for, in order: the last is /dev/console. */
#define MAX_CMDLINE_CONSOLES	8

struct console_cmdline {
	char	name[16];
	int	index;
	char	*options;
};

static struct console_cmdline console_cmdline[MAX_CMDLINE_CONSOLES];
static int console_cmdline_count;
static bool keep_bootcon;

static int __init keep_bootcon_setup(char *str)
{
	keep_bootcon = true;
	return 0;
}
early_param("keep_bootcon", keep_bootcon_setup);

/* ---- the lock ------------------------------------------------------------------ */

static bool console_try_busy(void)
{
	return atomic_cmpxchg_acquire(&console_busy, 0, 1) == 0;
}

static void console_leave_busy(void)
{
	atomic_set_release(&console_busy, 0);
}

/* ---- printing -------------------------------------------------------------------- */

/* The flag's holder's; a panicking CPU takes them as they are. */
static char record_text[PRINTK_MESSAGE_MAX];
static char shown_text[2 * PRINTK_MESSAGE_MAX];

static bool console_usable(const struct console *con)
{
	return (con->flags & CON_ENABLED) && con->write && !(con->flags & CON_SUSPENDED);
}

/* Say how many messages went by unseen, and go on with the oldest that is left. */
static void console_skip_lost(struct console *con)
{
	u64 first = prb_first_seq(prb);
	int len;

	con->dropped += first - con->seq;
	con->seq = first;
	len = scnprintf(shown_text, sizeof(shown_text), "** %lu printk messages dropped **\n",
			con->dropped);
	con->dropped = 0;
	con->write(con, shown_text, len);
}

/* The next message on one console. False if there is none. Interrupts are off. */
static bool console_emit_next(struct console *con)
{
	struct printk_info info;
	size_t len;
	int err = prb_read(prb, con->seq, &info, record_text, sizeof(record_text));

	if (err == PRB_LOST) {
		console_skip_lost(con);
		return true;
	}
	if (err)
		return false;

	con->seq++;
	if (printk_level_suppressed(info.level))
		return true;
	info.text_len = min_t(u16, info.text_len, sizeof(record_text));
	len = printk_format_record(&info, record_text, false, printk_time_enabled(), shown_text,
				   sizeof(shown_text));
	con->write(con, shown_text, len);
	return true;
}

/* Everything that can be read, on every console. The caller holds the flag. */
static void console_flush_all(void)
{
	u64 printed = prb_next_seq(prb);
	struct console *con;
	bool progress;

	do {
		progress = false;
		printed = prb_next_seq(prb);
		for_each_console(con) {
			unsigned long flags;

			if (!console_usable(con))
				continue;
			local_irq_save(flags);
			progress |= console_emit_next(con);
			local_irq_restore(flags);
			printed = min(printed, con->seq);
		}
	} while (progress);
	WRITE_ONCE(console_printed_seq, printed);
}

static bool console_pending(void)
{
	return prb_read(prb, READ_ONCE(console_printed_seq), NULL, NULL, 0) != PRB_NOT_YET;
}

/**
 * console_poke() - print what is in the log, unless somebody is at it
 *
 * Context: Any but NMI, preemption off.
 */
void console_poke(void)
{
	do {
		smp_mb();	/* B */
		if (!console_try_busy())
			return;
		console_flush_all();
		console_leave_busy();
		smp_mb();	/* A */
	} while (console_pending());
}

static void console_poke_work(struct irq_work *work)
{
	console_poke();
}

static DEFINE_PER_CPU(struct irq_work, console_work) = IRQ_WORK_INIT_LAZY(console_poke_work);
static bool console_work_ready;

/* From now on interrupts come: deferred messages have somebody to print them. */
static int __init console_work_init(void)
{
	console_work_ready = true;
	return 0;
}
early_initcall(console_work_init);

/**
 * console_poke_deferred() - have the log printed by an interrupt
 *
 * Before interrupts come, the next printk() in an ordinary context prints it.
 *
 * Context: Any, preemption off.
 */
void console_poke_deferred(void)
{
	if (READ_ONCE(console_work_ready))
		irq_work_queue(this_cpu_ptr(&console_work));
}

/**
 * printk_trigger_flush() - have the log printed, by an interrupt as soon as one can come
 *
 * Context: any.
 */
void printk_trigger_flush(void)
{
	preempt_disable();
	console_poke_deferred();
	preempt_enable();
}

/**
 * console_lock() - keep the consoles and their list as they are
 *
 * Messages wait in the log meanwhile.
 *
 * Context: Task. May sleep.
 */
void console_lock(void)
{
	mutex_lock(&console_mutex);
	while (!console_try_busy())
		cpu_relax();
}
EXPORT_SYMBOL(console_lock);

/**
 * console_trylock() - console_lock() if it is free
 *
 * Context: Task.
 * Return: 1 with the lock.
 */
int console_trylock(void)
{
	if (!mutex_trylock(&console_mutex))
		return 0;
	if (console_try_busy())
		return 1;
	mutex_unlock(&console_mutex);
	return 0;
}
EXPORT_SYMBOL(console_trylock);

/**
 * console_unlock() - print what was logged meanwhile, and let others
 */
void console_unlock(void)
{
	console_flush_all();
	console_leave_busy();
	mutex_unlock(&console_mutex);

	preempt_disable();
	smp_mb();	/* A */
	if (console_pending())
		console_poke();
	preempt_enable();
}
EXPORT_SYMBOL(console_unlock);

/**
 * console_list_lock() - console_lock(), which guards the list too
 *
 * Context: Task. May sleep.
 */
void console_list_lock(void)
{
	console_lock();
}

/** console_list_unlock() - undo console_list_lock() */
void console_list_unlock(void)
{
	console_unlock();
}

/**
 * console_flush_on_panic() - print the rest of the log; nobody else is alive
 * @mode: CONSOLE_REPLAY_ALL to print all of it once more
 *
 * A record whose writer was stopped half-way is stepped over.
 *
 * Context: Any. The other CPUs are stopped.
 */
void console_flush_on_panic(enum con_flush_mode mode)
{
	struct console *con;

	atomic_set(&console_busy, 1);
	for_each_console(con) {
		if (!console_usable(con))
			continue;
		if (mode == CONSOLE_REPLAY_ALL)
			con->seq = prb_first_seq(prb);
		while (con->seq < prb_next_seq(prb)) {
			if (!console_emit_next(con))
				con->seq++;
		}
	}
	WRITE_ONCE(console_printed_seq, prb_next_seq(prb));
	console_leave_busy();
}

/**
 * console_unblank() - give the consoles a chance to become visible
 *
 * Context: Any.
 */
void console_unblank(void)
{
	struct console *con;

	if (!console_try_busy())
		return;
	for_each_console(con) {
		if (con->unblank && (con->flags & CON_ENABLED))
			con->unblank();
	}
	console_leave_busy();
}

/**
 * bust_spinlocks() - consoles print at any cost, or by their rules again
 * @yes: begin or end; nests
 */
void bust_spinlocks(int yes)
{
	if (yes) {
		++oops_in_progress;
		return;
	}
	console_unblank();
	if (--oops_in_progress == 0)
		printk_trigger_flush();
}

/* ---- registration ------------------------------------------------------------------ */

/**
 * add_preferred_console() - have a console enabled when it registers
 * @name: its driver's, "ttyS"
 * @idx: which
 * @options: for its setup(), or NULL; must live on
 *
 * Return: 0, or -E2BIG if too many were named.
 */
int add_preferred_console(const char *name, const short idx, char *options)
{
	struct console_cmdline *c;
	int i;

	for (i = 0; i < console_cmdline_count; i++) {
		c = &console_cmdline[i];
		if (!strcmp(c->name, name) && c->index == idx)
			return 0;
	}
	if (console_cmdline_count == MAX_CMDLINE_CONSOLES)
		return -E2BIG;
	c = &console_cmdline[console_cmdline_count++];
	strscpy(c->name, name, sizeof(c->name));
	c->index = idx;
	c->options = options;
	return 0;
}

/* "console=ttyS0,115200n8" */
static int __init console_setup(char *str)
{
	char name[16], *options, *p;
	unsigned long idx = 0;

	if (!str || !*str)
		return 1;
	options = strchr(str, ',');
	strscpy(name, str, min_t(size_t, sizeof(name), options ? options - str + 1 : sizeof(name)));
	if (options)
		options++;
	for (p = name; *p; p++) {
		if (*p >= '0' && *p <= '9')
			break;
	}
	while (*p >= '0' && *p <= '9') {
		idx = idx * 10 + *p - '0';
		*p++ = '\0';
	}
	console_set_on_cmdline = true;
	add_preferred_console(name, idx, options);
	return 1;
}
__setup("console=", console_setup);

static const struct console_cmdline *console_wanted(const struct console *con)
{
	int i;

	for (i = console_cmdline_count - 1; i >= 0; i--) {
		const struct console_cmdline *c = &console_cmdline[i];

		if (!strcmp(c->name, con->name) && (con->index < 0 || con->index == c->index))
			return c;
	}
	return NULL;
}

static bool have_console(short flag)
{
	struct console *con;

	for_each_console(con) {
		if (con->flags & flag)
			return true;
	}
	return false;
}

static bool have_real_console(void)
{
	struct console *con;

	for_each_console(con) {
		if (!(con->flags & CON_BOOT))
			return true;
	}
	return false;
}

/*
 * Enable @con if it was asked for, or if nobody asked for any and it is the first real one.
 * Return: 0, or why not.
 */
static int console_try_enable(struct console *con)
{
	const struct console_cmdline *wanted = console_wanted(con);
	int err = 0;

	if (!wanted && !(con->flags & CON_BOOT) && (console_cmdline_count || have_real_console()))
		return -ENOENT;
	if (con->index < 0)
		con->index = wanted ? wanted->index : 0;
	if (con->setup)
		err = con->setup(con, wanted ? wanted->options : NULL);
	if (err)
		return err;
	con->flags |= CON_ENABLED;
	if (!(con->flags & CON_BOOT) &&
	    (!wanted || wanted == &console_cmdline[console_cmdline_count - 1]))
		con->flags |= CON_CONSDEV;
	return 0;
}

/* Where a new console begins: not again what a boot console has shown on the same line. */
static u64 console_first_seq(const struct console *newcon)
{
	u64 seq = prb_next_seq(prb);
	struct console *con;

	if (!(newcon->flags & CON_PRINTBUFFER))
		return seq;
	if ((newcon->flags & CON_CONSDEV) && have_console(CON_BOOT)) {
		for_each_console(con) {
			if (con->flags & CON_BOOT)
				seq = min(seq, con->seq);
		}
		return seq;
	}
	return prb_first_seq(prb);
}

static void unregister_locked(struct console *con)
{
	con->flags &= ~CON_ENABLED;
	hlist_del_init(&con->node);
}

/* A real console is here: the boot consoles, which it replaces, leave. */
static void drop_boot_consoles(void)
{
	struct console *con;
	struct hlist_node *next;

	hlist_for_each_entry_safe(con, next, &console_list, node) {
		if (con->flags & CON_BOOT)
			unregister_locked(con);
	}
}

/**
 * register_console() - add a console, and enable it if it is wanted
 * @newcon: the console; lives until unregister_console()
 *
 * Context: Task, or early boot.
 */
void register_console(struct console *newcon)
{
	bool boot = newcon->flags & CON_BOOT;
	int err;

	console_lock();
	if (console_is_registered(newcon) || (boot && have_real_console())) {
		console_unlock();
		return;
	}
	err = console_try_enable(newcon);
	if (err) {
		console_unlock();
		return;
	}
	newcon->dropped = 0;
	newcon->seq = console_first_seq(newcon);
	if (hlist_empty(&console_list) || (newcon->flags & CON_CONSDEV))
		hlist_add_head(&newcon->node, &console_list);
	else
		hlist_add_behind(&newcon->node, console_list.first);
	console_printed_seq = min(console_printed_seq, newcon->seq);

	pr_info("printk: %sconsole [%s%d] enabled\n", boot ? "boot" : "", newcon->name,
		newcon->index);
	if ((newcon->flags & CON_CONSDEV) && !keep_bootcon && have_console(CON_BOOT)) {
		pr_info("printk: bootconsole disabled\n");
		drop_boot_consoles();
	}
	console_unlock();
}
EXPORT_SYMBOL(register_console);

/**
 * unregister_console() - take a console away
 * @con: the console
 *
 * Context: Task. May sleep.
 * Return: 0, or -ENODEV if it wasn't registered, or what its exit() gives.
 */
int unregister_console(struct console *con)
{
	int err = 0;

	console_lock();
	if (!console_is_registered(con)) {
		console_unlock();
		return -ENODEV;
	}
	console_flush_all();
	unregister_locked(con);
	con->flags &= ~CON_CONSDEV;
	if (con->exit)
		err = con->exit(con);
	console_unlock();
	return err;
}
EXPORT_SYMBOL(unregister_console);

/**
 * console_stop() - print what waits, then leave a driver alone: the machine below it is about to
 * sleep
 * @con: its console
 *
 * Context: Task. May sleep.
 */
void console_stop(struct console *con)
{
	console_lock();
	console_flush_all();
	con->flags |= CON_SUSPENDED;
	console_unlock();
}

/**
 * console_start() - undo console_stop()
 * @con: the console
 *
 * Context: Task. May sleep.
 */
void console_start(struct console *con)
{
	console_lock();
	con->flags &= ~CON_SUSPENDED;
	console_unlock();
}

/**
 * console_device() - the terminal behind /dev/console
 * @index: gets its minor
 *
 * Context: Task. May sleep.
 * Return: the driver, or NULL.
 */
struct tty_driver *console_device(int *index)
{
	struct tty_driver *driver = NULL;
	struct console *con;

	console_lock();
	for_each_console(con) {
		if (!con->device)
			continue;
		driver = con->device(con, index);
		if (driver)
			break;
	}
	console_unlock();
	return driver;
}

/**
 * console_init() - let the built-in console drivers register
 *
 * Context: Boot, interrupts on, memory up.
 */
void __init console_init(void)
{
	initcall_entry_t *entry;

	for (entry = __con_initcall_start; entry < __con_initcall_end; entry++)
		initcall_from_entry(entry)();
}

/**
 * early_printk() - print on the earliest console at once, past the log
 * @fmt: format
 *
 * Context: Boot, or debugging of printk itself.
 */
void early_printk(const char *fmt, ...)
{
	char buf[256];
	va_list args;
	int len;

	if (!early_console)
		return;
	va_start(args, fmt);
	len = vscnprintf(buf, sizeof(buf), fmt, args);
	va_end(args);
	early_console->write(early_console, buf, len);
}
