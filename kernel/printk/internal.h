/* SPDX-License-Identifier: MIT */
#ifndef _PRINTK_INTERNAL_H
#define _PRINTK_INTERNAL_H

/* What the parts of printk share: the log (printk.c), its consoles (console.c), its readers. */

#include <linux/types.h>

#include "ringbuffer.h"

/* Longest message in one record, and the longest line of prefix in front of each of its lines. */
#define PRINTK_MESSAGE_MAX	1024
#define PRINTK_PREFIX_MAX	48

extern struct printk_ringbuffer *prb;

size_t printk_format_record(const struct printk_info *info, const char *text, bool syslog,
			    bool time, char *buf, size_t size);
bool printk_time_enabled(void);
bool printk_level_suppressed(int level);

/* devkmsg.c, syslog.c */
void log_new_record(void);
u64 syslog_clear_seq(void);
int syslog_permission(int type, int source);

/* console.c */
void console_poke(void);
void console_poke_deferred(void);

#endif /* _PRINTK_INTERNAL_H */
