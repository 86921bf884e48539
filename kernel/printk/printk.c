// SPDX-License-Identifier: MIT
/*
 * printk(): format a message into the log, then see that somebody prints it.
 *
 *	printk("<6>usb: port %d\n", 3)
 *	   |
 *	   v   any context, no lock
 *	vprintk_emit --- level, length, text ---> ring (ringbuffer.c)
 *	   |					    |
 *	   | console_poke()			    | prb_read()
 *	   v					    v
 *	whoever gets the console lock first prints all that is there (console.c);
 *	others leave at once, and so does an NMI, which asks an interrupt to do it
 *
 * A message without a newline at its end is left open. KERN_CONT from the same task (or the
 * same CPU, in an interrupt) goes on with it as long as nobody logged anything in between; else it
 * becomes a line of its own.
 *
 * Recursion. A WARN inside the formatting code would come back here for ever, so each context of
 * each CPU may be three deep, and what is deeper is counted and thrown away.
 */

#include <linux/printk.h>

#include <linux/console.h>
#include <linux/export.h>
#include <linux/init.h>
#include <linux/jiffies.h>
#include <linux/kernel.h>
#include <linux/moduleparam.h>
#include <linux/percpu.h>
#include <linux/preempt.h>
#include <linux/ratelimit.h>
#include <linux/sched.h>
#include <linux/sched/clock.h>
#include <linux/smp.h>
#include <linux/string.h>

#include "internal.h"

#define LOG_DESC_BITS	11	/* messages */
#define LOG_TEXT_BITS	17	/* bytes of their text */

DEFINE_PRINTKRB(static_log, LOG_DESC_BITS, LOG_TEXT_BITS);
struct printk_ringbuffer *prb = &static_log;

int console_printk[4] = {
	CONSOLE_LOGLEVEL_DEFAULT,
	MESSAGE_LOGLEVEL_DEFAULT,
	CONSOLE_LOGLEVEL_MIN,
	CONSOLE_LOGLEVEL_DEFAULT,
};

/* Counts the reasons why the kernel is dying: consoles write whatever their locks say. */
int oops_in_progress;

static bool ignore_loglevel;
static bool printk_time = true;

static int __init ignore_loglevel_setup(char *str)
{
	ignore_loglevel = true;
	pr_info("debug: ignoring loglevel setting.\n");
	return 0;
}
early_param("ignore_loglevel", ignore_loglevel_setup);

static int __init quiet_setup(char *str)
{
	console_loglevel = CONSOLE_LOGLEVEL_QUIET;
	return 0;
}
early_param("quiet", quiet_setup);

static int __init debug_setup(char *str)
{
	console_loglevel = CONSOLE_LOGLEVEL_DEBUG;
	return 0;
}
early_param("debug", debug_setup);

/* "loglevel=N": messages below level N appear. A number that isn't one changes nothing. */
static int __init loglevel_setup(char *str)
{
	if (!str || str[0] < '0' || str[0] > '9')
		return -EINVAL;
	console_loglevel = str[0] - '0';
	if (str[1] >= '0' && str[1] <= '9')
		console_loglevel = console_loglevel * 10 + str[1] - '0';
	return 0;
}
early_param("loglevel", loglevel_setup);

static int __init printk_time_setup(char *str)
{
	printk_time = !str || (*str != '0' && *str != 'n' && *str != 'N');
	return 1;
}
__setup("printk.time=", printk_time_setup);

/** printk_time_enabled() - does each line begin with its time? */
bool printk_time_enabled(void)
{
	return printk_time;
}

/* Is a message of this level kept off the consoles? */
bool printk_level_suppressed(int level)
{
	return level >= console_loglevel && !ignore_loglevel;
}

/**
 * console_verbose() - from now on every message appears
 */
void console_verbose(void)
{
	if (console_loglevel)
		console_loglevel = CONSOLE_LOGLEVEL_MOTORMOUTH;
}

/* ---- who is printing ------------------------------------------------------------- */

#define PRINTK_RECURSION_MAX	3

struct printk_context {
	u8	depth[4];	/* of vprintk_emit(), by task, softirq, hardirq, NMI */
	u8	deferred;	/* printk_deferred_enter() depth */
};

static DEFINE_PER_CPU(struct printk_context, printk_context);
static atomic_long_t printk_recursions;

/*
 * The counter of this CPU and context, entered, or NULL if it is too deep. Interrupts are off
 * only while it is counted; a task's counter stays right through a migration since the caller
 * keeps preemption off.
 */
static u8 *printk_enter(void)
{
	u8 *depth = &this_cpu_ptr(&printk_context)->depth[interrupt_context_level()];

	if (*depth >= PRINTK_RECURSION_MAX) {
		atomic_long_inc(&printk_recursions);
		return NULL;
	}
	(*depth)++;
	barrier();
	return depth;
}

static void printk_exit(u8 *depth)
{
	barrier();
	(*depth)--;
}

static u32 printk_caller_id(void)
{
	return in_task() ? (u32)task_pid_nr(current) :
			   PRINTK_CALLER_CPU | (u32)raw_smp_processor_id();
}

/* ---- storing ------------------------------------------------------------------------ */

/* The levels in front of @text: fill @level and @cont; return their bytes. */
static u32 parse_prefix(const char *text, int *level, bool *cont)
{
	u32 skip = 0;
	int kern_level;

	while ((kern_level = printk_get_level(text + skip))) {
		if (kern_level == 'c')
			*cont = true;
		else if (*level == LOGLEVEL_DEFAULT)
			*level = kern_level - '0';
		skip += 2;
	}
	return skip;
}

/* Format to @text, without levels and without a newline at the end. */
static u32 format_text(char *text, u32 size, const char *fmt, va_list args, bool *newline)
{
	u32 len = vscnprintf(text, size, fmt, args);
	int level = LOGLEVEL_DEFAULT;
	bool cont;
	u32 skip;

	*newline = false;
	if (len && text[len - 1] == '\n') {
		len--;
		*newline = true;
	}
	text[len] = '\0';
	skip = parse_prefix(text, &level, &cont);
	if (skip) {
		len -= skip;
		memmove(text, text + skip, len);
	}
	return len;
}

static void fill_info(struct prb_desc *desc, int facility, int level)
{
	desc->ts_nsec = local_clock();
	desc->caller_id = printk_caller_id();
	desc->facility = facility;
	desc->level = level & 7;
}

/* One message into the ring. Gives its length, or 0 if there was no room for it. */
static int vprintk_store(int facility, int level, const char *fmt, va_list args)
{
	struct prb_reservation r;
	char start[8];
	bool cont = false, newline;
	va_list copy;
	u32 size, len;

	/* How long, and what level? The level may come by way of "%s". */
	va_copy(copy, args);
	size = vsnprintf(start, sizeof(start), fmt, copy) + 1;
	va_end(copy);
	if (size > PRINTK_MESSAGE_MAX)
		size = PRINTK_MESSAGE_MAX;
	parse_prefix(start, &level, &cont);
	if (level == LOGLEVEL_DEFAULT)
		level = default_message_loglevel;

	if (cont && prb_reopen(&r, prb, printk_caller_id(), size, PRINTK_MESSAGE_MAX)) {
		len = format_text(r.text + r.len, size, fmt, args, &newline);
		r.len += len;
		prb_commit(&r, newline);
		return len;
	}

	if (!prb_reserve(&r, prb, size))
		return 0;
	len = format_text(r.text, size, fmt, args, &newline);
	fill_info(r.desc, facility, level);
	r.len = len;
	prb_commit(&r, newline || facility);
	return len;
}

/* May the consoles be driven from here, or must an interrupt do it later? */
static bool must_defer(int level)
{
	return level == LOGLEVEL_SCHED || in_nmi() || this_cpu_read(printk_context.deferred);
}

/**
 * vprintk_emit() - log a message
 * @facility: 0 for the kernel's own
 * @level: LOGLEVEL_*; LOGLEVEL_DEFAULT takes the one in the text; LOGLEVEL_SCHED defers
 * @dev_info: the device it is about; its name is in the text already
 * @fmt: format, beginning with a KERN_ level or not
 * @args: its arguments
 *
 * Context: Any.
 * Return: bytes logged.
 */
int vprintk_emit(int facility, int level, const struct dev_printk_info *dev_info, const char *fmt,
		 va_list args)
{
	bool defer;
	u8 *depth;
	int len;

	preempt_disable_notrace();
	depth = printk_enter();
	if (!depth) {
		preempt_enable_notrace();
		return 0;
	}
	defer = must_defer(level);
	if (level == LOGLEVEL_SCHED)
		level = LOGLEVEL_DEFAULT;
	len = vprintk_store(facility, level, fmt, args);
	printk_exit(depth);
	log_new_record();

	if (defer)
		console_poke_deferred();
	else
		console_poke();
	preempt_enable_notrace();
	return len;
}

/**
 * vprintk_default() - log a message of the kernel's own
 * @fmt: format, beginning with a KERN_ level or not
 * @args: its arguments
 *
 * Context: Any.
 * Return: bytes logged.
 */
int vprintk_default(const char *fmt, va_list args)
{
	return vprintk_emit(0, LOGLEVEL_DEFAULT, NULL, fmt, args);
}

/**
 * vprintk() - vprintk_default(): nobody redirects messages
 * @fmt: format
 * @args: its arguments
 *
 * Context: Any.
 * Return: bytes logged.
 */
int vprintk(const char *fmt, va_list args)
{
	return vprintk_default(fmt, args);
}

/**
 * vprintk_deferred() - log a message and leave the printing to a later interrupt
 * @fmt: format
 * @args: its arguments
 *
 * Context: Any.
 * Return: bytes logged.
 */
int vprintk_deferred(const char *fmt, va_list args)
{
	return vprintk_emit(0, LOGLEVEL_SCHED, NULL, fmt, args);
}

/**
 * _printk() - log a message: printk() and pr_*() are this
 * @fmt: format with its level in front
 *
 * Context: Any.
 * Return: bytes logged.
 */
int _printk(const char *fmt, ...)
{
	va_list args;
	int len;

	va_start(args, fmt);
	len = vprintk(fmt, args);
	va_end(args);
	return len;
}
EXPORT_SYMBOL(_printk);

/**
 * _printk_deferred() - log a message and leave the printing to a later interrupt
 * @fmt: format with its level in front
 *
 * For code that holds a lock which a console driver may want, the run queue's above all.
 *
 * Context: Any.
 * Return: bytes logged.
 */
int _printk_deferred(const char *fmt, ...)
{
	va_list args;
	int len;

	va_start(args, fmt);
	len = vprintk_deferred(fmt, args);
	va_end(args);
	return len;
}

/**
 * __printk_deferred_enter() - every message on this CPU is deferred until __printk_deferred_exit()
 *
 * Context: Preemption off. Nests.
 */
void __printk_deferred_enter(void)
{
	this_cpu_inc(printk_context.deferred);
}

/** __printk_deferred_exit() - undo one __printk_deferred_enter() */
void __printk_deferred_exit(void)
{
	this_cpu_dec(printk_context.deferred);
}

/* ---- showing -------------------------------------------------------------------------- */

static size_t print_time(u64 ns, char *buf, size_t size)
{
	u64 us = ns / 1000;

	return scnprintf(buf, size, "[%5llu.%06llu]", us / 1000000, us % 1000000);
}

static size_t print_prefix(const struct printk_info *info, bool syslog, bool time, char *buf,
			   size_t size)
{
	size_t len = 0;

	if (syslog)
		len = scnprintf(buf, size, "<%u>", (info->facility << 3) | info->level);
	if (time) {
		len += print_time(info->ts_nsec, buf + len, size - len);
		len += scnprintf(buf + len, size - len, " ");
	}
	return len;
}

/**
 * printk_format_record() - a record as it is shown: a prefix in front of each line
 * @info: the record
 * @text: its text, @info->text_len bytes or what there is of them
 * @syslog: with "<level>" in front
 * @time: with the time in front
 * @buf: gets the text, terminated
 * @size: of @buf
 *
 * Context: Any.
 * Return: bytes written, less the terminator; whole lines are left out if they don't fit.
 */
size_t printk_format_record(const struct printk_info *info, const char *text, bool syslog,
			    bool time, char *buf, size_t size)
{
	char prefix[PRINTK_PREFIX_MAX];
	size_t prefix_len = print_prefix(info, syslog, time, prefix, sizeof(prefix));
	const char *end = text + info->text_len;
	size_t len = 0;

	for (;;) {
		const char *eol = memchr(text, '\n', end - text);
		size_t line = (eol ? eol : end) - text;

		if (len + prefix_len + line + 2 > size)
			break;
		memcpy(buf + len, prefix, prefix_len);
		memcpy(buf + len + prefix_len, text, line);
		len += prefix_len + line;
		buf[len++] = '\n';
		if (!eol)
			break;
		text = eol + 1;
	}
	if (size)
		buf[len] = '\0';
	return len;
}

/* ---- odds and ends ------------------------------------------------------------------------ */

DEFINE_RATELIMIT_STATE(printk_ratelimit_state, 5 * HZ, 10);

/**
 * __printk_ratelimit() - may one more message of the common kind be printed?
 * @func: the caller's name
 *
 * Return: nonzero if so. One limit for all callers: pr_*_ratelimited() is better.
 */
int __printk_ratelimit(const char *func)
{
	return ___ratelimit(&printk_ratelimit_state, func);
}

/**
 * printk_timed_ratelimit() - has enough time gone by?
 * @caller_jiffies: remembers the last time; zero at first
 * @interval_msec: least distance
 *
 * Return: true if so, and then the time is remembered.
 */
bool printk_timed_ratelimit(unsigned long *caller_jiffies, unsigned int interval_msec)
{
	unsigned long elapsed = jiffies - *caller_jiffies;

	if (*caller_jiffies && elapsed <= msecs_to_jiffies(interval_msec))
		return false;
	*caller_jiffies = jiffies;
	return true;
}

/* The CPU whose block of lines it is, and how often it has taken the turn. */
static atomic_t cpu_sync_owner = ATOMIC_INIT(-1);
static int cpu_sync_depth;

/**
 * __printk_cpu_sync_try_get() - begin a block of lines, if no other CPU is in one
 *
 * Context: Interrupts off.
 * Return: 1 if the turn is ours (again).
 */
int __printk_cpu_sync_try_get(void)
{
	int cpu = smp_processor_id();
	int old = atomic_cmpxchg_acquire(&cpu_sync_owner, -1, cpu);

	if (old == -1)
		return 1;
	if (old != cpu)
		return 0;
	cpu_sync_depth++;
	return 1;
}

/**
 * __printk_cpu_sync_wait() - wait until no CPU is in a block of lines; somebody else may be faster
 * then
 */
void __printk_cpu_sync_wait(void)
{
	do {
		cpu_relax();
	} while (atomic_read(&cpu_sync_owner) != -1);
}

/** __printk_cpu_sync_put() - end a block of lines */
void __printk_cpu_sync_put(void)
{
	if (cpu_sync_depth) {
		cpu_sync_depth--;
		return;
	}
	/* Pairs with the acquire above: the next block comes after this one. */
	atomic_set_release(&cpu_sync_owner, -1);
}
