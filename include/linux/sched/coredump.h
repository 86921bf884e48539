/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_SCHED_COREDUMP_H
#define _LINUX_SCHED_COREDUMP_H

/*
 * mm->flags: whether the process may be dumped and traced, what its dumps hold, and other bits.
 */

#include <linux/mm_types.h>

#define SUID_DUMP_DISABLE	0	/* nobody: its credentials changed */
#define SUID_DUMP_USER		1	/* the user */
#define SUID_DUMP_ROOT		2	/* root */

#define MMF_DUMPABLE_BITS	2
#define MMF_DUMPABLE_MASK	((1 << MMF_DUMPABLE_BITS) - 1)

/* /proc/PID/coredump_filter, from bit 2 on: which VMAs are written. */
#define MMF_DUMP_ANON_PRIVATE	2
#define MMF_DUMP_ANON_SHARED	3
#define MMF_DUMP_MAPPED_PRIVATE	4
#define MMF_DUMP_MAPPED_SHARED	5
#define MMF_DUMP_ELF_HEADERS	6
#define MMF_DUMP_HUGETLB_PRIVATE 7
#define MMF_DUMP_HUGETLB_SHARED	8
#define MMF_DUMP_DAX_PRIVATE	9
#define MMF_DUMP_DAX_SHARED	10
#define MMF_DUMP_FILTER_SHIFT	MMF_DUMPABLE_BITS
#define MMF_DUMP_FILTER_BITS	9
#define MMF_DUMP_FILTER_MASK	(((1 << MMF_DUMP_FILTER_BITS) - 1) << MMF_DUMP_FILTER_SHIFT)
#define MMF_DUMP_FILTER_DEFAULT	((1 << MMF_DUMP_ANON_PRIVATE) | (1 << MMF_DUMP_ANON_SHARED) | \
				 (1 << MMF_DUMP_ELF_HEADERS) | (1 << MMF_DUMP_HUGETLB_PRIVATE))

#define MMF_OOM_SKIP		21	/* the OOM killer has been here */
#define MMF_UNSTABLE		22	/* the reaper takes its pages: what isn't there is lost */
#define MMF_OOM_VICTIM		25
#define MMF_DISABLE_THP		24

/* What fork() copies. */
#define MMF_INIT_MASK		(MMF_DUMPABLE_MASK | MMF_DUMP_FILTER_MASK | (1 << MMF_DISABLE_THP))

extern int suid_dumpable;		/* /proc/sys/fs/suid_dumpable */

void set_dumpable(struct mm_struct *mm, int value);

/** __get_dumpable - SUID_DUMP_* of an address space's flags */
static inline int __get_dumpable(unsigned long mm_flags)
{
	return mm_flags & MMF_DUMPABLE_MASK;
}

/** get_dumpable - SUID_DUMP_* of an address space */
static inline int get_dumpable(struct mm_struct *mm)
{
	return __get_dumpable(READ_ONCE(mm->flags));
}

/** mmf_init_flags - which flags of its parent's a new address space gets */
static inline unsigned long mmf_init_flags(unsigned long flags)
{
	return flags & MMF_INIT_MASK;
}

#endif /* _LINUX_SCHED_COREDUMP_H */
