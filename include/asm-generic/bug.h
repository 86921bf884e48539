/* SPDX-License-Identifier: MIT */
#ifndef _ASM_GENERIC_BUG_H
#define _ASM_GENERIC_BUG_H

/*
 * BUG() and WARN(): one trapping instruction and a table entry each.
 *
 * The machine's <asm/bug.h> defines, then includes this file:
 *
 *	__WARN_FLAGS(flags)	a trapping instruction after which execution goes on, and a
 *				struct bug_entry for it in section __bug_table
 *	BUG()			the same with flags 0, then unreachable; HAVE_ARCH_BUG
 *
 * The trap handler calls report_bug() (lib/bug.c), which finds the entry by address.
 */

#include <linux/compiler.h>
#include <linux/once_lite.h>

#define CUT_HERE		"------------[ cut here ]------------\n"

#define BUGFLAG_WARNING		(1 << 0)	/* a WARN, not a BUG */
#define BUGFLAG_ONCE		(1 << 1)	/* report the first time only */
#define BUGFLAG_DONE		(1 << 2)	/* ... which has been */
#define BUGFLAG_NO_CUT_HERE	(1 << 3)	/* CUT_HERE was printed already, with a message */
#define BUGFLAG_TAINT(taint)	((taint) << 8)
#define BUG_GET_TAINT(bug)	((bug)->flags >> 8)

#ifndef __ASSEMBLY__

#include <linux/panic.h>
#include <linux/printk.h>

struct pt_regs;

/* One place in the code. Both displacements count from the field itself. */
struct bug_entry {
	signed int	bug_addr_disp;	/* to the trapping instruction */
	signed int	file_disp;	/* to the file's name */
	unsigned short	line;
	unsigned short	flags;		/* BUGFLAG_*, taint bit in the upper byte */
};

struct warn_args;

__printf(4, 5) void warn_slowpath_fmt(const char *file, const int line, unsigned int taint,
				      const char *fmt, ...);
__printf(1, 2) void __warn_printk(const char *fmt, ...);
void __warn(const char *file, int line, void *caller, unsigned int taint, struct pt_regs *regs,
	    struct warn_args *args);

#ifndef HAVE_ARCH_BUG
#define BUG() do {								\
	printk("BUG: failure at %s:%d/%s()!\n", __FILE__, __LINE__, __func__);	\
	panic("BUG!");								\
} while (0)
#endif

#ifndef HAVE_ARCH_BUG_ON
#define BUG_ON(condition)	do { if (unlikely(condition)) BUG(); } while (0)
#endif

#ifdef __WARN_FLAGS
#define __WARN()		__WARN_FLAGS(BUGFLAG_TAINT(TAINT_WARN))
#define __WARN_printf(taint, arg...) do {				\
		instrumentation_begin();				\
		__warn_printk(arg);					\
		__WARN_FLAGS(BUGFLAG_NO_CUT_HERE | BUGFLAG_TAINT(taint));	\
		instrumentation_end();					\
	} while (0)

#define WARN_ON_ONCE(condition) ({					\
	int __ret_warn_on = !!(condition);				\
	if (unlikely(__ret_warn_on))					\
		__WARN_FLAGS(BUGFLAG_ONCE | BUGFLAG_TAINT(TAINT_WARN));	\
	unlikely(__ret_warn_on);					\
})
#else
#define __WARN()		__WARN_printf(TAINT_WARN, NULL)
#define __WARN_printf(taint, arg...) do {				\
		instrumentation_begin();				\
		warn_slowpath_fmt(__FILE__, __LINE__, taint, arg);	\
		instrumentation_end();					\
	} while (0)
#define WARN_ON_ONCE(condition)		DO_ONCE_LITE_IF(condition, WARN_ON, 1)
#endif

/* Each gives its condition, so that it can stand in an if (). */
#ifndef WARN_ON
#define WARN_ON(condition) ({						\
	int __ret_warn_on = !!(condition);				\
	if (unlikely(__ret_warn_on))					\
		__WARN();						\
	unlikely(__ret_warn_on);					\
})
#endif

#ifndef WARN
#define WARN(condition, format...) ({					\
	int __ret_warn_on = !!(condition);				\
	if (unlikely(__ret_warn_on))					\
		__WARN_printf(TAINT_WARN, format);			\
	unlikely(__ret_warn_on);					\
})
#endif

#define WARN_TAINT(condition, taint, format...) ({			\
	int __ret_warn_on = !!(condition);				\
	if (unlikely(__ret_warn_on))					\
		__WARN_printf(taint, format);				\
	unlikely(__ret_warn_on);					\
})

#define WARN_ONCE(condition, format...) \
	DO_ONCE_LITE_IF(condition, WARN, 1, format)
#define WARN_TAINT_ONCE(condition, taint, format...) \
	DO_ONCE_LITE_IF(condition, WARN_TAINT, 1, taint, format)

#define WARN_ON_SMP(x)		WARN_ON(x)

#endif /* __ASSEMBLY__ */
#endif /* _ASM_GENERIC_BUG_H */
