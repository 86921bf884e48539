/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_BUG_H
#define _LINUX_BUG_H

#include <linux/build_bug.h>
#include <linux/compiler.h>
#include <linux/instrumentation.h>

#include <asm/bug.h>

enum bug_trap_type {
	BUG_TRAP_TYPE_NONE = 0,		/* not ours: an undefined instruction */
	BUG_TRAP_TYPE_WARN = 1,		/* reported: skip the instruction and go on */
	BUG_TRAP_TYPE_BUG = 2,		/* announced: die() */
};

struct pt_regs;

enum bug_trap_type report_bug(unsigned long bug_addr, struct pt_regs *regs);
struct bug_entry *find_bug(unsigned long bugaddr);
void bug_get_file_line(struct bug_entry *bug, const char **file, unsigned int *line);
int is_valid_bugaddr(unsigned long addr);
void generic_bug_clear_once(void);

/** is_warning_bug() - is that place a WARN(), after which one goes on? */
static inline int is_warning_bug(const struct bug_entry *bug)
{
	return bug->flags & BUGFLAG_WARNING;
}

/* Data that another part of the kernel corrupted: said, and survived if the caller can. */
#define CHECK_DATA_CORRUPTION(condition, addr, fmt, ...) ({		\
	bool __corruption = unlikely(condition);			\
	(void)(addr);							\
	if (__corruption)						\
		WARN(1, fmt, ##__VA_ARGS__);				\
	__corruption;							\
})

#endif /* _LINUX_BUG_H */
