// SPDX-License-Identifier: MIT
/*
 * Counting the kernel's bug reports, and asking whether a test planted them.
 *
 * The rules of use are in <linux/report.h>. The state is two counters, the last
 * report's words, and one function pointer; all of it is written without a lock
 * because a report may come from an NMI on top of another report.
 */

#include <linux/report.h>

#include <linux/atomic.h>
#include <linux/compiler.h>

static report_listener_t report_listener;
static atomic_long_t report_counts[REPORT_EXPECTED + 1];

/*
 * Last words, for the monitor and the gdb helpers. Two reports at once may leave
 * the kind of one beside the words of the other; both are constant strings.
 */
static const char *last_kind = "";
static const char *last_what = "";

/**
 * report_begin() - announce a bug report that is about to be printed
 * @kind: a REPORT_* string; must live as long as the kernel
 * @what: the finding in a few words; likewise
 *
 * Context: Any, NMI included.
 * Return: REPORT_EXPECTED if a running test planted the bug (the caller then prints,
 * but must not taint or panic), REPORT_REAL otherwise.
 */
enum report_verdict report_begin(const char *kind, const char *what)
{
	/* Pairs with the release in report_set_listener(): its data come with it. */
	report_listener_t listener = smp_load_acquire(&report_listener);
	enum report_verdict verdict = REPORT_REAL;

	WRITE_ONCE(last_kind, kind);
	WRITE_ONCE(last_what, what);
	if (listener)
		verdict = listener(kind, what);
	atomic_long_inc(&report_counts[verdict]);
	return verdict;
}

/**
 * report_set_listener() - install the one listener, or remove it
 * @listener: asked about each further report; NULL for nobody
 *
 * A report on another CPU may still be inside the old listener when this returns, so
 * listeners are functions of the built-in kernel that never go away.
 *
 * Context: Any.
 */
void report_set_listener(report_listener_t listener)
{
	/* Pairs with the acquire in report_begin(). */
	smp_store_release(&report_listener, listener);
}

/**
 * report_count() - how many reports of one verdict there were since boot
 * @verdict: REPORT_REAL or REPORT_EXPECTED
 *
 * Context: Any.
 */
unsigned long report_count(enum report_verdict verdict)
{
	return atomic_long_read(&report_counts[verdict]);
}

/**
 * report_last_kind() - the REPORT_* string of the newest report, "" before the first
 */
const char *report_last_kind(void)
{
	return READ_ONCE(last_kind);
}

/**
 * report_last_what() - the words of the newest report, "" before the first
 */
const char *report_last_what(void)
{
	return READ_ONCE(last_what);
}
