/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_EVENT_RING_TEST_H
#define _LINUX_EVENT_RING_TEST_H

/*
 * For tests: to be called in the midst of a subsystem's work, wherever it records a step in its
 * rings (<linux/event_ring.h>): with the locks that are held there, interrupts off.
 */

struct event_ring_set;

/* Behind each record, with the event's number; NULL unless a test runs. */
extern void (*event_ring_strike)(struct event_ring_set *set, int event);

#endif /* _LINUX_EVENT_RING_TEST_H */
