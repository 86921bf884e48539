/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_KMSG_DUMP_H
#define _LINUX_KMSG_DUMP_H

/*
 * Reading the log: dumpers that are called when the kernel dies, and an iterator over the
 * messages that anybody may use (the monitor's "dmesg" does).
 */

#include <linux/errno.h>
#include <linux/list.h>
#include <linux/types.h>

enum kmsg_dump_reason {
	KMSG_DUMP_UNDEF,
	KMSG_DUMP_PANIC,
	KMSG_DUMP_OOPS,
	KMSG_DUMP_EMERG,
	KMSG_DUMP_SHUTDOWN,
	KMSG_DUMP_MAX
};

/* A position in the log, as sequence numbers: [cur_seq, next_seq). */
struct kmsg_dump_iter {
	u64	cur_seq;
	u64	next_seq;
};

struct kmsg_dump_detail {
	enum kmsg_dump_reason reason;
	const char *description;
};

struct kmsg_dumper {
	struct list_head list;			/* kernel/printk/printk.c's dump_list_lock */
	void (*dump)(struct kmsg_dumper *dumper, struct kmsg_dump_detail *detail);
	enum kmsg_dump_reason max_reason;	/* called for this reason and the worse */
	bool registered;
};

void kmsg_dump_desc(enum kmsg_dump_reason reason, const char *desc);

/** kmsg_dump - hand the log to whoever keeps it; the kernel ends, or has a reason to fear so */
static inline void kmsg_dump(enum kmsg_dump_reason reason)
{
	kmsg_dump_desc(reason, NULL);
}

bool kmsg_dump_get_line(struct kmsg_dump_iter *iter, bool syslog, char *line, size_t size,
			size_t *len);
bool kmsg_dump_get_buffer(struct kmsg_dump_iter *iter, bool syslog, char *buf, size_t size,
			  size_t *len_out);
void kmsg_dump_rewind(struct kmsg_dump_iter *iter);
int kmsg_dump_register(struct kmsg_dumper *dumper);
int kmsg_dump_unregister(struct kmsg_dumper *dumper);
const char *kmsg_dump_reason_str(enum kmsg_dump_reason reason);

#endif /* _LINUX_KMSG_DUMP_H */
