// SPDX-License-Identifier: MIT
/*
 * syslog(2), which /proc/kmsg is made of too: the log as one stream of text.
 *
 *	READ		the stream: each byte is read once, by whoever comes first
 *	READ_ALL	all that is there since the last CLEAR, the newest that fits
 *
 * Lock: syslog_lock guards the place of the stream. clear_seq is read without it.
 */

#include <linux/syslog.h>

#include <linux/capability.h>
#include <linux/console.h>
#include <linux/errno.h>
#include <linux/kernel.h>
#include <linux/kmsg_dump.h>
#include <linux/mutex.h>
#include <linux/printk.h>
#include <linux/security.h>
#include <linux/slab.h>
#include <linux/syscalls.h>
#include <linux/uaccess.h>

#include "internal.h"

#define LINE_MAX	(PRINTK_MESSAGE_MAX + 256)

int dmesg_restrict;			/* sysctl kernel.dmesg_restrict */

static DEFINE_MUTEX(syslog_lock);
static u64 syslog_seq;			/* the record that the stream is in */
static size_t syslog_partial;		/* bytes of its text that were read */
static u64 clear_seq;
static int saved_console_loglevel = LOGLEVEL_DEFAULT;

/** syslog_clear_seq - the first message after the last "clear" */
u64 syslog_clear_seq(void)
{
	return max(READ_ONCE(clear_seq), prb_first_seq(prb));
}

/**
 * syslog_permission - may current do this?
 * @type: SYSLOG_ACTION_*
 * @source: SYSLOG_FROM_PROC: /proc/kmsg, whose open() has asked
 *
 * Return: 0, -EPERM, what a security module says.
 */
int syslog_permission(int type, int source)
{
	bool open_to_all = !dmesg_restrict && (type == SYSLOG_ACTION_READ_ALL ||
					       type == SYSLOG_ACTION_SIZE_BUFFER);

	if (source == SYSLOG_FROM_PROC && type != SYSLOG_ACTION_OPEN)
		return 0;
	if (!open_to_all && !capable(CAP_SYSLOG))
		return -EPERM;
	return security_syslog(type);
}

/* The text of a record as the stream shows it; 0 if there is none yet. */
static size_t record_text(u64 *seq, char *text, char *line)
{
	struct printk_info info;
	int err;

	while ((err = prb_read(prb, *seq, &info, text, PRINTK_MESSAGE_MAX)) == PRB_LOST)
		*seq = prb_first_seq(prb);
	if (err)
		return 0;
	info.text_len = min_t(u16, info.text_len, PRINTK_MESSAGE_MAX);
	return printk_format_record(&info, text, true, printk_time_enabled(), line, LINE_MAX);
}

static bool syslog_has_news(void)
{
	return prb_read(prb, READ_ONCE(syslog_seq), NULL, NULL, 0) != PRB_NOT_YET;
}

/* The lock is held. Bytes, or -EFAULT if there was not one. */
static int copy_stream(char __user *buf, int size, char *text, char *line)
{
	int copied = 0;

	while (size > 0) {
		u64 seq = syslog_seq;
		size_t len = record_text(&seq, text, line), n;

		if (!len)
			break;
		if (seq != syslog_seq) {	/* overtaken */
			syslog_seq = seq;
			syslog_partial = 0;
		}
		syslog_partial = min(syslog_partial, len);
		n = min_t(size_t, size, len - syslog_partial);
		if (copy_to_user(buf, line + syslog_partial, n))
			return copied ? copied : -EFAULT;
		syslog_partial += n;
		if (syslog_partial == len) {
			syslog_seq++;
			syslog_partial = 0;
		}
		copied += n;
		buf += n;
		size -= n;
	}
	return copied;
}

static int syslog_read(char __user *buf, int size)
{
	char *text = kmalloc(PRINTK_MESSAGE_MAX + LINE_MAX, GFP_KERNEL);
	int ret;

	if (!text)
		return -ENOMEM;
	do {
		ret = wait_event_interruptible(log_wait, syslog_has_news());
		if (ret)
			break;
		mutex_lock(&syslog_lock);
		ret = copy_stream(buf, size, text, text + PRINTK_MESSAGE_MAX);
		mutex_unlock(&syslog_lock);
	} while (!ret);		/* another reader was quicker */
	kfree(text);
	return ret;
}

/* The newest records that fit into @size bytes. */
static int syslog_read_all(char __user *buf, int size, bool clear)
{
	char *text = kmalloc(PRINTK_MESSAGE_MAX + LINE_MAX, GFP_KERNEL);
	char *line = text + PRINTK_MESSAGE_MAX;
	u64 first = syslog_clear_seq(), end = prb_next_seq(prb), seq;
	size_t total = 0, len;
	int ret = 0;

	if (!text)
		return -ENOMEM;
	for (seq = first; seq < end && (len = record_text(&seq, text, line)); seq++)
		total += len;
	for (seq = first; total > size && seq < end && (len = record_text(&seq, text, line)); seq++)
		total -= len;
	for (; seq < end && (len = record_text(&seq, text, line)); seq++) {
		if (ret + len > size)
			break;
		if (copy_to_user(buf + ret, line, len)) {
			ret = -EFAULT;
			break;
		}
		ret += len;
	}
	if (clear && ret >= 0)
		WRITE_ONCE(clear_seq, end);
	kfree(text);
	return ret;
}

/* Bytes that READ would give without waiting. */
static int syslog_size_unread(bool from_proc)
{
	char *text;
	size_t len, total = 0;
	u64 seq;

	/* Who polls /proc/kmsg only wants to know whether there is something. */
	if (from_proc)
		return syslog_has_news();
	text = kmalloc(PRINTK_MESSAGE_MAX + LINE_MAX, GFP_KERNEL);
	if (!text)
		return -ENOMEM;
	mutex_lock(&syslog_lock);
	for (seq = syslog_seq; (len = record_text(&seq, text, text + PRINTK_MESSAGE_MAX)); seq++)
		total += len;
	total -= min(total, syslog_partial);
	mutex_unlock(&syslog_lock);
	kfree(text);
	return total;
}

/** log_buf_len_get - bytes of text that the log holds */
u32 log_buf_len_get(void)
{
	return prb->unit_count * PRB_TEXT_UNIT;
}

static int check_buffer(char __user *buf, int len)
{
	if (!buf || len < 0)
		return -EINVAL;
	return access_ok(buf, len) ? 0 : -EFAULT;
}

/**
 * do_syslog - syslog(2)
 * @type: SYSLOG_ACTION_*
 * @buf: for the reading ones
 * @len: its size; or a level
 * @source: who asks
 *
 * Context: may sleep; READ until there is something.
 * Return: bytes, 0, or a negative errno.
 */
int do_syslog(int type, char __user *buf, int len, int source)
{
	int error = syslog_permission(type, source);

	if (error)
		return error;
	switch (type) {
	case SYSLOG_ACTION_CLOSE:
	case SYSLOG_ACTION_OPEN:
		return 0;
	case SYSLOG_ACTION_READ:
		error = check_buffer(buf, len);
		return error || !len ? error : syslog_read(buf, len);
	case SYSLOG_ACTION_READ_ALL:
	case SYSLOG_ACTION_READ_CLEAR:
		error = check_buffer(buf, len);
		if (error || !len)
			return error;
		return syslog_read_all(buf, len, type == SYSLOG_ACTION_READ_CLEAR);
	case SYSLOG_ACTION_CLEAR:
		WRITE_ONCE(clear_seq, prb_next_seq(prb));
		return 0;
	case SYSLOG_ACTION_CONSOLE_OFF:
		if (saved_console_loglevel == LOGLEVEL_DEFAULT)
			saved_console_loglevel = console_loglevel;
		console_loglevel = minimum_console_loglevel;
		return 0;
	case SYSLOG_ACTION_CONSOLE_ON:
		if (saved_console_loglevel != LOGLEVEL_DEFAULT) {
			console_loglevel = saved_console_loglevel;
			saved_console_loglevel = LOGLEVEL_DEFAULT;
		}
		return 0;
	case SYSLOG_ACTION_CONSOLE_LEVEL:
		if (len < 1 || len > 8)
			return -EINVAL;
		console_loglevel = max(len, minimum_console_loglevel);
		saved_console_loglevel = LOGLEVEL_DEFAULT;
		return 0;
	case SYSLOG_ACTION_SIZE_UNREAD:
		return syslog_size_unread(source == SYSLOG_FROM_PROC);
	case SYSLOG_ACTION_SIZE_BUFFER:
		return log_buf_len_get();
	default:
		return -EINVAL;
	}
}

SYSCALL_DEFINE3(syslog, int, type, char __user *, buf, int, len)
{
	return do_syslog(type, buf, len, SYSLOG_FROM_READER);
}
