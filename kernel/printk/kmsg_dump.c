// SPDX-License-Identifier: MIT
/*
 * Readers of the log: an iterator, and the dumpers that save the log when the kernel dies.
 *
 * An iterator is two sequence numbers and no lock, so it works in any context and from a
 * debugger's helper as well. If it is overtaken, it goes on with the oldest message left.
 */

#include <linux/kmsg_dump.h>

#include <linux/export.h>
#include <linux/minmax.h>
#include <linux/panic.h>
#include <linux/printk.h>
#include <linux/rculist.h>
#include <linux/spinlock.h>

#include "internal.h"

static LIST_HEAD(dump_list);			/* read under RCU */
static DEFINE_SPINLOCK(dump_list_lock);		/* writers */

/* The next readable record at or after *seq, skipping what was lost. */
static bool next_record(u64 *seq, u64 end, struct printk_info *info, char *text, u32 size)
{
	while (*seq < end) {
		int err = prb_read(prb, *seq, info, text, size);

		if (!err)
			return true;
		if (err == PRB_NOT_YET)
			return false;
		*seq = prb_first_seq(prb);
	}
	return false;
}

/**
 * kmsg_dump_rewind() - to the beginning of the log
 * @iter: set to all that is there now
 *
 * Context: Any.
 */
void kmsg_dump_rewind(struct kmsg_dump_iter *iter)
{
	iter->cur_seq = prb_first_seq(prb);
	iter->next_seq = prb_next_seq(prb);
}
EXPORT_SYMBOL_GPL(kmsg_dump_rewind);

/**
 * kmsg_dump_get_line() - one message, as it is shown
 * @iter: where; moved on
 * @syslog: with "<level>" in front
 * @line: gets it; may be NULL to step over it
 * @size: of @line
 * @len: gets its length; may be NULL
 *
 * Context: Any.
 * Return: false at the end.
 */
bool kmsg_dump_get_line(struct kmsg_dump_iter *iter, bool syslog, char *line, size_t size,
			size_t *len)
{
	char text[PRINTK_MESSAGE_MAX];
	struct printk_info info;
	size_t n = 0;

	if (!next_record(&iter->cur_seq, prb_next_seq(prb), &info, text, sizeof(text)))
		return false;
	info.text_len = min_t(u16, info.text_len, sizeof(text));
	if (line)
		n = printk_format_record(&info, text, syslog, printk_time_enabled(), line, size);
	iter->cur_seq++;
	if (len)
		*len = n;
	return true;
}
EXPORT_SYMBOL_GPL(kmsg_dump_get_line);

/* How far back from @end may one begin so that what is shown fits into @size? */
static u64 first_that_fits(u64 first, u64 end, bool syslog, size_t size)
{
	char text[PRINTK_MESSAGE_MAX], shown[2 * PRINTK_MESSAGE_MAX];
	struct printk_info info;
	u64 seq = end;

	while (seq > first) {
		size_t n;

		if (prb_read(prb, seq - 1, &info, text, sizeof(text)))
			break;
		info.text_len = min_t(u16, info.text_len, sizeof(text));
		n = printk_format_record(&info, text, syslog, printk_time_enabled(), shown,
					 sizeof(shown));
		if (n > size)
			break;
		size -= n;
		seq--;
	}
	return seq;
}

/**
 * kmsg_dump_get_buffer() - as many of the newest messages as fit
 * @iter: [cur_seq, next_seq); afterwards next_seq is before what was taken: call again for older
 * @syslog: with "<level>" in front
 * @buf: gets them, oldest first
 * @size: of @buf
 * @len_out: gets the length; may be NULL
 *
 * Context: Any with four KiB of stack to spare.
 * Return: false if there is nothing (more).
 */
bool kmsg_dump_get_buffer(struct kmsg_dump_iter *iter, bool syslog, char *buf, size_t size,
			  size_t *len_out)
{
	char text[PRINTK_MESSAGE_MAX];
	struct printk_info info;
	size_t len = 0;
	u64 seq, begin;

	if (!buf || !size || iter->cur_seq >= iter->next_seq)
		return false;
	begin = first_that_fits(iter->cur_seq, iter->next_seq, syslog, size - 1);
	for (seq = begin; seq < iter->next_seq; seq++) {
		if (prb_read(prb, seq, &info, text, sizeof(text)))
			continue;
		info.text_len = min_t(u16, info.text_len, sizeof(text));
		len += printk_format_record(&info, text, syslog, printk_time_enabled(),
					    buf + len, size - len);
	}
	iter->next_seq = begin;
	if (len_out)
		*len_out = len;
	return len > 0;
}
EXPORT_SYMBOL_GPL(kmsg_dump_get_buffer);

/**
 * kmsg_dump_register() - have @dumper called when the kernel dies
 * @dumper: its dump() runs in any context and reads the log through an iterator
 *
 * Context: Any but NMI.
 * Return: 0, -EINVAL without a dump function, -EBUSY if it is registered already.
 */
int kmsg_dump_register(struct kmsg_dumper *dumper)
{
	unsigned long flags;
	int err = -EBUSY;

	if (!dumper->dump)
		return -EINVAL;
	spin_lock_irqsave(&dump_list_lock, flags);
	if (!dumper->registered) {
		dumper->registered = true;
		list_add_tail_rcu(&dumper->list, &dump_list);
		err = 0;
	}
	spin_unlock_irqrestore(&dump_list_lock, flags);
	return err;
}
EXPORT_SYMBOL_GPL(kmsg_dump_register);

/**
 * kmsg_dump_unregister() - undo kmsg_dump_register()
 * @dumper: not called any more when this returns
 *
 * Context: Task. May sleep.
 * Return: 0, or -EINVAL if it wasn't registered.
 */
int kmsg_dump_unregister(struct kmsg_dumper *dumper)
{
	unsigned long flags;
	int err = -EINVAL;

	spin_lock_irqsave(&dump_list_lock, flags);
	if (dumper->registered) {
		dumper->registered = false;
		list_del_rcu(&dumper->list);
		err = 0;
	}
	spin_unlock_irqrestore(&dump_list_lock, flags);
	synchronize_rcu();
	return err;
}
EXPORT_SYMBOL_GPL(kmsg_dump_unregister);

/**
 * kmsg_dump_reason_str() - a reason in a word
 * @reason: the reason
 */
const char *kmsg_dump_reason_str(enum kmsg_dump_reason reason)
{
	static const char * const words[] = {
		[KMSG_DUMP_PANIC]	= "Panic",
		[KMSG_DUMP_OOPS]	= "Oops",
		[KMSG_DUMP_EMERG]	= "Emergency",
		[KMSG_DUMP_SHUTDOWN]	= "Shutdown",
	};

	if ((unsigned int)reason >= KMSG_DUMP_MAX || !words[reason])
		return "Unknown";
	return words[reason];
}
EXPORT_SYMBOL_GPL(kmsg_dump_reason_str);

/**
 * kmsg_dump_desc() - call the dumpers
 * @reason: why
 * @desc: why in words, or NULL
 *
 * Context: Any.
 */
void kmsg_dump_desc(enum kmsg_dump_reason reason, const char *desc)
{
	struct kmsg_dump_detail detail = { .reason = reason, .description = desc };
	struct kmsg_dumper *dumper;

	rcu_read_lock();
	list_for_each_entry_rcu(dumper, &dump_list, list) {
		enum kmsg_dump_reason worst = dumper->max_reason;

		if (worst == KMSG_DUMP_UNDEF)
			worst = KMSG_DUMP_OOPS;
		if (reason <= worst)
			dumper->dump(dumper, &detail);
	}
	rcu_read_unlock();
}
