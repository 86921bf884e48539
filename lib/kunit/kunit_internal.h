/* SPDX-License-Identifier: MIT */
#ifndef _LIB_KUNIT_INTERNAL_H
#define _LIB_KUNIT_INTERNAL_H

#include <kunit/test.h>
#include <linux/mm.h>

/*
 * What the files of this folder share. @filter_glob and the rest are the
 * command line's, as kunit.filter_glob= and so on.
 */
struct kunit_selection {
	const char *filter_glob;
	char *filter;
	bool skip_filtered;	/* a filtered-out case is reported as skipped */
};

int kunit_select(const struct kunit_selection *selection);

/* How many cases came to which end. */
struct kunit_result_stats {
	unsigned long passed;
	unsigned long skipped;
	unsigned long failed;
	unsigned long total;
};

void kunit_run_suite_body(struct kunit_suite *suite, struct kunit_result_stats *stats);

/* reports.c: which case a detector's report belongs to. */
void kunit_reports_start(struct kunit *test);
void kunit_reports_stop(struct kunit *test);
unsigned int kunit_stray_reports(void);

/* balance.c: what a suite took and has to have given back. */
struct kunit_balance {
	struct mm_totals mm;
	unsigned int tasks;	/* threads but for workers */
	unsigned int workers;
	int preempt_count;
};

void kunit_balance_take(struct kunit_balance *balance);
bool kunit_balance_check(const struct kunit_balance *before, const char *suite);

#endif /* _LIB_KUNIT_INTERNAL_H */
