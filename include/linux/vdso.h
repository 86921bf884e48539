/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_VDSO_H
#define _LINUX_VDSO_H

/* The library in every program (kernel/vdso.c) and the page it reads (kernel/time/vsyscall.c). */

#include <linux/types.h>
#include <vdso/datapage.h>

struct clocksource;

/* What changes with each tick: the clocks as timekeeping.c has them. */
struct vdso_update {
	const struct clocksource *clock;
	u64 cycle_last;
	struct vdso_line line;
	struct vdso_line raw_line;
	u64 mono_ns;
	u64 raw_ns;
	s64 offs_real;
	s64 offs_boot;
	s64 offs_tai;
};

void update_vsyscall(const struct vdso_update *now);
void update_vsyscall_tz(void);
void vdso_set_data(struct vdso_data *page);

unsigned long vdso_entry(void);

#endif /* _LINUX_VDSO_H */
