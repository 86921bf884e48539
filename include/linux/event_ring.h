/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_EVENT_RING_H
#define _LINUX_EVENT_RING_H

/*
 * Tracepoints of a subsystem: what happened last, in a ring per CPU.
 *
 *	DEFINE_EVENT_RING(my_ring, MY_EVENTS, show_mine);	in one .c file
 *	event_ring_record(&my_ring, MY_EVENT, a, b);		wherever it happens
 *	event_ring_proc_create("mine", &my_ring);		when booting: /proc/trace/mine
 *
 * Off, a record costs a nop. A CPU writes its own ring with interrupts off and never waits, so any
 * context may record, NMIs too. Old records are overwritten. kernel/trace/event_ring.c.
 */

#include <linux/jump_label.h>
#include <linux/percpu.h>
#include <linux/types.h>

struct event_ring;
struct seq_file;

/**
 * struct event_ring_set - the rings of a subsystem
 * @on: are events recorded?
 * @ring: one each; NULL before they were first wanted
 * @nr_events: events are numbered from 0 to below this
 * @show: writes the rest of a line, after time and CPU, into @size bytes of @text, without newline
 */
struct event_ring_set {
	struct static_key_false on;
	struct event_ring * __percpu *ring;
	int nr_events;
	void (*show)(char *text, size_t size, int event, unsigned long a, unsigned long b);
};

#define DEFINE_EVENT_RING(name, n, show_fn)					\
	static DEFINE_PER_CPU(struct event_ring *, name##_ring);		\
	struct event_ring_set name = {						\
		.on = STATIC_KEY_FALSE_INIT,					\
		.ring = &name##_ring,						\
		.nr_events = n,							\
		.show = show_fn,						\
	}

#define event_ring_record(set, event, a, b)					\
do {										\
	if (static_branch_unlikely(&(set)->on))					\
		__event_ring_record(set, event, (unsigned long)(a), (unsigned long)(b)); \
} while (0)

void __event_ring_record(struct event_ring_set *set, int event, unsigned long a, unsigned long b);
int event_ring_enable(struct event_ring_set *set, bool on);
void event_ring_free(struct event_ring_set *set);
unsigned long event_ring_count(struct event_ring_set *set, int event);
void event_ring_show(struct seq_file *m, struct event_ring_set *set);
bool event_ring_command(struct event_ring_set *set, const char *what);
void event_ring_proc_create(const char *name, struct event_ring_set *set);

#endif /* _LINUX_EVENT_RING_H */
