/* SPDX-License-Identifier: MIT */
#ifndef _KERNEL_KCSAN_KCSAN_H
#define _KERNEL_KCSAN_KCSAN_H

#include <linux/atomic.h>
#include <linux/types.h>

#define KCSAN_STACK_DEPTH	24

/* One side of a race. */
struct kcsan_side {
	const volatile void *ptr;
	size_t size;
	int type;			/* KCSAN_ACCESS_* */
	unsigned long ip;
	int pid, cpu;
	bool in_task, delayed;
	char comm[16];
	unsigned int depth;
	unsigned long stack[KCSAN_STACK_DEPTH];
};

/* A race: found by the watcher, with or without the other side. */
struct kcsan_race {
	struct kcsan_side watcher, other;
	bool other_known;
	bool changed;			/* the value, between before and after */
	u64 before, after;
};

extern bool kcsan_enabled;

/*
 * For the tests: how often is watched and how often it was; how many more reports may be made (< 0:
 * all), and about which bytes only (size 0: any); whom the last one was about. And what a task does
 * in place of waiting while it watches one of those bytes, interrupts off and itself unwatched.
 */
extern unsigned int kcsan_skip_watch;
extern atomic_t kcsan_watched;
extern atomic_t kcsan_reports_left;

struct kcsan_range {
	const void *start;
	size_t size;
};
extern struct kcsan_range kcsan_only;
extern void (*kcsan_hold_for_test)(void);
extern unsigned long kcsan_cycles_per_usec;

struct kcsan_names {
	char watcher[40], other[40];
	bool delayed;
};
void kcsan_last_names(struct kcsan_names *names);

void kcsan_check(const volatile void *ptr, size_t size, int type, unsigned long ip,
		 unsigned long frame);
/* @here: the code that runs now; another place than @ip if the access is a delayed one. */
void kcsan_describe(struct kcsan_side *side, const volatile void *ptr, size_t size, int type,
		    unsigned long ip, unsigned long here);
struct kcsan_race *kcsan_race_alloc(void);
void kcsan_race_report(struct kcsan_race *race);
void kcsan_race_drop(struct kcsan_race *race);

#endif /* _KERNEL_KCSAN_KCSAN_H */
