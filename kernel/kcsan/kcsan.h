/* SPDX-License-Identifier: MIT */
#ifndef _KERNEL_KCSAN_KCSAN_H
#define _KERNEL_KCSAN_KCSAN_H

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

void kcsan_check(const volatile void *ptr, size_t size, int type, unsigned long ip,
		 unsigned long frame);
void kcsan_describe(struct kcsan_side *side, const volatile void *ptr, size_t size, int type,
		    unsigned long ip, bool delayed);
struct kcsan_race *kcsan_race_alloc(void);
void kcsan_race_report(struct kcsan_race *race);
void kcsan_race_drop(struct kcsan_race *race);

#endif /* _KERNEL_KCSAN_KCSAN_H */
