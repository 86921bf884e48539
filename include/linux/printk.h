/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_PRINTK_H
#define _LINUX_PRINTK_H

/*
 * Messages from the kernel.
 *
 * printk() and its pr_*() children may be called from any context: with any lock held, with
 * interrupts off, from an NMI, before the consoles exist. The message goes into a ring without
 * a lock (kernel/printk/ringbuffer.c); who prints it on the consoles is explained in
 * kernel/printk/printk.c. Inside the scheduler's own locks use printk_deferred().
 */

#include <linux/init.h>
#include <linux/kern_levels.h>
#include <linux/linkage.h>
#include <linux/once_lite.h>
#include <linux/ratelimit_types.h>
#include <linux/stdarg.h>
#include <linux/types.h>

struct va_format {
	const char *fmt;
	va_list *va;
};

struct console;
struct dev_printk_info;
struct file_operations;
struct pt_regs;

extern const char linux_banner[];
extern const struct file_operations kmsg_fops;	/* /dev/kmsg */
extern int oops_in_progress;

/* Beginnings of messages about who is to blame: the firmware, the hardware, or an old habit. */
#define FW_BUG		"[Firmware Bug]: "
#define FW_WARN		"[Firmware Warn]: "
#define FW_INFO		"[Firmware Info]: "
#define HW_ERR		"[Hardware Error]: "
#define DEPRECATED	"[Deprecated]: "

#define PRINTK_MAX_SINGLE_HEADER_LEN	2

/**
 * printk_get_level() - the level character of a message
 * @buffer: the message
 *
 * Return: '0'..'7' or 'c', or 0 if @buffer doesn't begin with a level.
 */
static inline int printk_get_level(const char *buffer)
{
	if (buffer[0] != KERN_SOH_ASCII || !buffer[1])
		return 0;
	if ((buffer[1] >= '0' && buffer[1] <= '7') || buffer[1] == 'c')
		return buffer[1];
	return 0;
}

/** printk_skip_level() - the text behind one KERN_ level, if there is one */
static inline const char *printk_skip_level(const char *buffer)
{
	return printk_get_level(buffer) ? buffer + 2 : buffer;
}

/** printk_skip_headers() - the text behind all KERN_ levels */
static inline const char *printk_skip_headers(const char *buffer)
{
	while (printk_get_level(buffer))
		buffer = printk_skip_level(buffer);
	return buffer;
}

#define CONSOLE_EXT_LOG_MAX		8192

#define MESSAGE_LOGLEVEL_DEFAULT	LOGLEVEL_WARNING
#define CONSOLE_LOGLEVEL_SILENT		0	/* nothing */
#define CONSOLE_LOGLEVEL_MIN		1	/* emergencies only */
#define CONSOLE_LOGLEVEL_DEBUG		10	/* all */
#define CONSOLE_LOGLEVEL_MOTORMOUTH	15	/* all, and nobody may lower it */
#define CONSOLE_LOGLEVEL_DEFAULT	7	/* all but debug */
#define CONSOLE_LOGLEVEL_QUIET		4	/* "quiet": errors and worse */

extern int console_printk[];
#define console_loglevel		(console_printk[0])
#define default_message_loglevel	(console_printk[1])
#define minimum_console_loglevel	(console_printk[2])
#define default_console_loglevel	(console_printk[3])

void console_verbose(void);

/** console_silent() - nothing goes to the consoles any more but what everybody has to see */
static inline void console_silent(void)
{
	console_loglevel = CONSOLE_LOGLEVEL_SILENT;
}

__printf(1, 2) int _printk(const char *fmt, ...);
__printf(1, 2) int _printk_deferred(const char *fmt, ...);
__printf(1, 0) int vprintk(const char *fmt, va_list args);
__printf(1, 0) int vprintk_default(const char *fmt, va_list args);
__printf(1, 0) int vprintk_deferred(const char *fmt, va_list args);
__printf(4, 0) int vprintk_emit(int facility, int level, const struct dev_printk_info *dev_info,
				const char *fmt, va_list args);
__printf(1, 2) void early_printk(const char *fmt, ...);

void __printk_deferred_enter(void);
void __printk_deferred_exit(void);
#define printk_deferred_enter()	__printk_deferred_enter()
#define printk_deferred_exit()	__printk_deferred_exit()

int __printk_ratelimit(const char *func);
#define printk_ratelimit()	__printk_ratelimit(__func__)
bool printk_timed_ratelimit(unsigned long *caller_jiffies, unsigned int interval_msec);

u32 log_buf_len_get(void);
void dump_stack_print_info(const char *log_lvl);
void show_regs_print_info(const char *log_lvl);
__printf(1, 2) void dump_stack_set_arch_desc(const char *fmt, ...);
void dump_stack_lvl(const char *log_lvl);
void dump_stack(void);
void printk_trigger_flush(void);

/*
 * Several CPUs that each print a block of lines (backtraces) take turns on this lock. A CPU that
 * holds it may take it again (an NMI, a nested report). Waiting is only a matter of good looks.
 */
int __printk_cpu_sync_try_get(void);
void __printk_cpu_sync_wait(void);
void __printk_cpu_sync_put(void);

#define printk_cpu_sync_get_irqsave(flags)		\
	for (;;) {					\
		local_irq_save(flags);			\
		if (__printk_cpu_sync_try_get())	\
			break;				\
		local_irq_restore(flags);		\
		__printk_cpu_sync_wait();		\
	}

#define printk_cpu_sync_put_irqrestore(flags)		\
	do {						\
		__printk_cpu_sync_put();		\
		local_irq_restore(flags);		\
	} while (0)

/* Checks the format against its arguments and compiles to nothing. */
#define no_printk(fmt, ...)				\
({							\
	if (0)						\
		_printk(fmt, ##__VA_ARGS__);		\
	0;						\
})

#define printk(fmt, ...)		_printk(fmt, ##__VA_ARGS__)
#define printk_deferred(fmt, ...)	_printk_deferred(fmt, ##__VA_ARGS__)
#define printk_index_wrap(func, fmt, ...)	func(fmt, ##__VA_ARGS__)

/* A file may define pr_fmt before its includes, to begin each message alike. */
#ifndef pr_fmt
#define pr_fmt(fmt) fmt
#endif

#define pr_emerg(fmt, ...)	printk(KERN_EMERG pr_fmt(fmt), ##__VA_ARGS__)
#define pr_alert(fmt, ...)	printk(KERN_ALERT pr_fmt(fmt), ##__VA_ARGS__)
#define pr_crit(fmt, ...)	printk(KERN_CRIT pr_fmt(fmt), ##__VA_ARGS__)
#define pr_err(fmt, ...)	printk(KERN_ERR pr_fmt(fmt), ##__VA_ARGS__)
#define pr_warn(fmt, ...)	printk(KERN_WARNING pr_fmt(fmt), ##__VA_ARGS__)
#define pr_notice(fmt, ...)	printk(KERN_NOTICE pr_fmt(fmt), ##__VA_ARGS__)
#define pr_info(fmt, ...)	printk(KERN_INFO pr_fmt(fmt), ##__VA_ARGS__)
#define pr_cont(fmt, ...)	printk(KERN_CONT fmt, ##__VA_ARGS__)

#ifdef DEBUG
#define pr_debug(fmt, ...)	printk(KERN_DEBUG pr_fmt(fmt), ##__VA_ARGS__)
#define pr_devel(fmt, ...)	printk(KERN_DEBUG pr_fmt(fmt), ##__VA_ARGS__)
#else
#define pr_debug(fmt, ...)	no_printk(KERN_DEBUG pr_fmt(fmt), ##__VA_ARGS__)
#define pr_devel(fmt, ...)	no_printk(KERN_DEBUG pr_fmt(fmt), ##__VA_ARGS__)
#endif

#define printk_once(fmt, ...)		DO_ONCE_LITE(printk, fmt, ##__VA_ARGS__)
#define printk_deferred_once(fmt, ...)	DO_ONCE_LITE(printk_deferred, fmt, ##__VA_ARGS__)

#define pr_emerg_once(fmt, ...)		printk_once(KERN_EMERG pr_fmt(fmt), ##__VA_ARGS__)
#define pr_alert_once(fmt, ...)		printk_once(KERN_ALERT pr_fmt(fmt), ##__VA_ARGS__)
#define pr_crit_once(fmt, ...)		printk_once(KERN_CRIT pr_fmt(fmt), ##__VA_ARGS__)
#define pr_err_once(fmt, ...)		printk_once(KERN_ERR pr_fmt(fmt), ##__VA_ARGS__)
#define pr_warn_once(fmt, ...)		printk_once(KERN_WARNING pr_fmt(fmt), ##__VA_ARGS__)
#define pr_notice_once(fmt, ...)	printk_once(KERN_NOTICE pr_fmt(fmt), ##__VA_ARGS__)
#define pr_info_once(fmt, ...)		printk_once(KERN_INFO pr_fmt(fmt), ##__VA_ARGS__)
#ifdef DEBUG
#define pr_debug_once(fmt, ...)		printk_once(KERN_DEBUG pr_fmt(fmt), ##__VA_ARGS__)
#else
#define pr_debug_once(fmt, ...)		no_printk(KERN_DEBUG pr_fmt(fmt), ##__VA_ARGS__)
#endif
#define pr_devel_once			pr_debug_once

/* Each place has its own limit: ten messages in five seconds. */
#define printk_ratelimited(fmt, ...)					\
({									\
	static DEFINE_RATELIMIT_STATE(_rs, DEFAULT_RATELIMIT_INTERVAL,	\
				      DEFAULT_RATELIMIT_BURST);		\
									\
	if (__ratelimit(&_rs))						\
		printk(fmt, ##__VA_ARGS__);				\
})

#define pr_emerg_ratelimited(fmt, ...)	printk_ratelimited(KERN_EMERG pr_fmt(fmt), ##__VA_ARGS__)
#define pr_alert_ratelimited(fmt, ...)	printk_ratelimited(KERN_ALERT pr_fmt(fmt), ##__VA_ARGS__)
#define pr_crit_ratelimited(fmt, ...)	printk_ratelimited(KERN_CRIT pr_fmt(fmt), ##__VA_ARGS__)
#define pr_err_ratelimited(fmt, ...)	printk_ratelimited(KERN_ERR pr_fmt(fmt), ##__VA_ARGS__)
#define pr_warn_ratelimited(fmt, ...)	printk_ratelimited(KERN_WARNING pr_fmt(fmt), ##__VA_ARGS__)
#define pr_notice_ratelimited(fmt, ...)	printk_ratelimited(KERN_NOTICE pr_fmt(fmt), ##__VA_ARGS__)
#define pr_info_ratelimited(fmt, ...)	printk_ratelimited(KERN_INFO pr_fmt(fmt), ##__VA_ARGS__)
#ifdef DEBUG
#define pr_debug_ratelimited(fmt, ...)	printk_ratelimited(KERN_DEBUG pr_fmt(fmt), ##__VA_ARGS__)
#else
#define pr_debug_ratelimited(fmt, ...)	no_printk(KERN_DEBUG pr_fmt(fmt), ##__VA_ARGS__)
#endif
#define pr_devel_ratelimited		pr_debug_ratelimited

enum {
	DUMP_PREFIX_NONE,
	DUMP_PREFIX_ADDRESS,
	DUMP_PREFIX_OFFSET,
};

int hex_dump_to_buffer(const void *buf, size_t len, int rowsize, int groupsize, char *linebuf,
		       size_t linebuflen, bool ascii);
void print_hex_dump(const char *level, const char *prefix_str, int prefix_type, int rowsize,
		    int groupsize, const void *buf, size_t len, bool ascii);

#ifdef DEBUG
#define print_hex_dump_debug(prefix_str, prefix_type, rowsize, groupsize, buf, len, ascii) \
	print_hex_dump(KERN_DEBUG, prefix_str, prefix_type, rowsize, groupsize, buf, len, ascii)
#else

/** print_hex_dump_debug() - print_hex_dump() for debugging: left out */
static inline void print_hex_dump_debug(const char *prefix_str, int prefix_type, int rowsize,
					int groupsize, const void *buf, size_t len, bool ascii)
{
	(void)prefix_str;
	(void)prefix_type;
	(void)rowsize;
	(void)groupsize;
	(void)buf;
	(void)len;
	(void)ascii;
}
#endif

#define print_hex_dump_bytes(prefix_str, prefix_type, buf, len) \
	print_hex_dump_debug(prefix_str, prefix_type, 16, 1, buf, len, true)

#endif /* _LINUX_PRINTK_H */
