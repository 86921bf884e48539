// SPDX-License-Identifier: MIT
/*
 * Telling a planted bug's report from a real one.
 *
 * Every detector calls report_begin() (<linux/report.h>). While a case runs, the
 * listener here looks whether the case expects a report of that kind:
 *
 *	expected and still wanted	seen++		REPORT_EXPECTED
 *	anything else			unexpected++	REPORT_REAL, the case fails
 *
 * One case runs at a time, so "the case" is one global pointer and not
 * current->kunit_test: the report may come from an interrupt, an NMI, a timer
 * or a helper thread on another CPU. A report between cases is a stray; it
 * fails the whole run.
 *
 * The listener takes no locks. The slots of a case are filled before the bug is
 * planted, by the case's own thread, and only counted up after that.
 */

#include "kunit_internal.h"

#include <linux/atomic.h>
#include <linux/string.h>

static struct kunit *running_case;
static atomic_t stray_reports = ATOMIC_INIT(0);

static struct kunit_expected_report *find_slot(struct kunit *test, const char *kind)
{
	/* Pairs with the release in kunit_expect_reports(): a counted slot is filled. */
	int i, count = atomic_read_acquire(&test->nr_expected);

	for (i = 0; i < count; i++)
		if (!strcmp(test->expected[i].kind, kind))
			return &test->expected[i];
	return NULL;
}

static enum report_verdict on_report(const char *kind, const char *what)
{
	/* Pairs with the release in kunit_reports_start(). */
	struct kunit *test = smp_load_acquire(&running_case);
	struct kunit_expected_report *slot;

	if (!test) {
		atomic_inc(&stray_reports);
		return REPORT_REAL;
	}
	slot = find_slot(test, kind);
	if (slot && atomic_inc_return(&slot->seen) <= atomic_read(&slot->wanted))
		return REPORT_EXPECTED;
	atomic_inc(&test->unexpected);
	return REPORT_REAL;
}

/**
 * kunit_expect_reports() - this case plants bugs that have to be reported @count times
 * @test: the running test
 * @kind: a REPORT_* string
 * @count: how often, added to what was expected before
 *
 * Context: the case's own thread.
 */
void kunit_expect_reports(struct kunit *test, const char *kind, int count)
{
	struct kunit_expected_report *slot = find_slot(test, kind);
	int used = atomic_read(&test->nr_expected);

	if (slot) {
		atomic_add(count, &slot->wanted);
		return;
	}
	if (used == KUNIT_MAX_EXPECTED_KINDS)
		KUNIT_FAIL_AND_ABORT(test, "expects too many kinds of report");
	slot = &test->expected[used];
	slot->kind = kind;
	atomic_set(&slot->wanted, count);
	atomic_set(&slot->seen, 0);
	/* Pairs with the acquire in find_slot(). */
	atomic_set_release(&test->nr_expected, used + 1);
}

/**
 * kunit_reports_seen() - how many reports of a kind the case has seen
 * @test: the running test
 * @kind: a REPORT_* string that it expects
 */
int kunit_reports_seen(struct kunit *test, const char *kind)
{
	struct kunit_expected_report *slot = find_slot(test, kind);

	return slot ? atomic_read(&slot->seen) : 0;
}

/* The case begins: reports are its own from here. */
void kunit_reports_start(struct kunit *test)
{
	report_set_listener(on_report);
	/* Pairs with the acquire in on_report(): an empty slot list is seen. */
	smp_store_release(&running_case, test);
}

/* The case has ended: was all that was expected seen, and nothing else? */
void kunit_reports_stop(struct kunit *test)
{
	int i, unexpected;

	WRITE_ONCE(running_case, NULL);
	for (i = 0; i < atomic_read(&test->nr_expected); i++) {
		struct kunit_expected_report *slot = &test->expected[i];

		if (atomic_read(&slot->seen) >= atomic_read(&slot->wanted))
			continue;
		/* A skipped case may have promised before it knew. */
		if (test->status == KUNIT_SKIPPED)
			continue;
		kunit_err(test, "expected %d %s report(s), saw %d", atomic_read(&slot->wanted),
			  slot->kind, atomic_read(&slot->seen));
		kunit_set_failure(test);
	}
	unexpected = atomic_read(&test->unexpected);
	if (unexpected) {
		kunit_err(test, "%d unexpected report(s), the last: %s", unexpected,
			  report_last_kind());
		kunit_set_failure(test);
	}
}

/* Reports that came between cases. */
unsigned int kunit_stray_reports(void)
{
	return atomic_read(&stray_reports);
}
