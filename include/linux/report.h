/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_REPORT_H
#define _LINUX_REPORT_H

/*
 * One door for every detector that finds a bug in the kernel.
 *
 * WARN, BUG, an oops, KASAN, UBSAN, lockdep, "sleeping in atomic", the lockup
 * watchdogs and the slab checks each print a report of their own shape. Before
 * its first line, each calls report_begin() with the kind of report and the
 * thing that was found. That call counts the report and asks the listener
 * (the test framework registers one) whether somebody planted this bug:
 *
 *	detector			test framework
 *	--------			--------------
 *					kunit_expect_report(test, "KASAN")
 *	report_begin("KASAN", "...") -> listener: expected, count it
 *	prints, doesn't taint/panic
 *
 * A detector prints an expected report like any other (the text is part of what
 * is tested), but it neither taints the kernel nor obeys panic_on_warn or
 * panic_on_oops on its behalf. An unexpected one fails the running test.
 *
 * Everything here may be called from any context, NMI and a dying CPU included;
 * a listener has to keep that promise: no locks that it could interrupt, no sleep.
 */

#include <linux/types.h>

/* The kinds. Compare with strcmp(), since modules of the kernel may have copies. */
#define REPORT_WARN		"WARN"		/* WARN*(): execution goes on */
#define REPORT_BUG		"BUG"		/* BUG*(): the task ends */
#define REPORT_OOPS		"OOPS"		/* a kernel fault without a fixup */
#define REPORT_PANIC		"PANIC"		/* the machine ends */
#define REPORT_KASAN		"KASAN"
#define REPORT_KCSAN		"KCSAN"
#define REPORT_UBSAN		"UBSAN"
#define REPORT_LOCKDEP		"LOCKDEP"	/* any report of the lock checker */
#define REPORT_LOCK		"LOCK"		/* DEBUG_SPINLOCK, DEBUG_MUTEXES */
#define REPORT_ATOMIC		"ATOMIC"	/* sleeping or scheduling while atomic */
#define REPORT_LOCKUP		"LOCKUP"	/* soft lockup, hard lockup, hung task */
#define REPORT_SLAB		"SLAB"		/* red-zone, poison, double free */
#define REPORT_PAGE		"PAGE"		/* bad page state */
#define REPORT_LIST		"LIST"		/* DEBUG_LIST */
#define REPORT_RCU		"RCU"		/* stalls, suspicious use */
#define REPORT_REFCOUNT		"REFCOUNT"	/* refcount_t saturated */
#define REPORT_STACK		"STACK"		/* stack overflow or a dead canary */

enum report_verdict {
	REPORT_REAL,		/* nobody expects it: taint, panic_on_* apply */
	REPORT_EXPECTED,	/* planted: print it, leave no other trace */
};

/**
 * typedef report_listener_t - asked about each report before it is printed
 * @kind: one of the REPORT_* strings
 * @what: the finding in a few words, never NULL ("recursive locking", "null-ptr-deref")
 *
 * Context: Any, NMI included.
 * Return: whether the report was planted.
 */
typedef enum report_verdict (*report_listener_t)(const char *kind, const char *what);

enum report_verdict report_begin(const char *kind, const char *what);
void report_set_listener(report_listener_t listener);
unsigned long report_count(enum report_verdict verdict);
const char *report_last_kind(void);
const char *report_last_what(void);

#endif /* _LINUX_REPORT_H */
