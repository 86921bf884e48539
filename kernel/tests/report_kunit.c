// SPDX-License-Identifier: MIT
/*
 * WARN and its relatives, symbol names, stack traces: what every report is made of.
 */

#include <kunit/test.h>

#include <linux/bug.h>
#include <linux/completion.h>
#include <linux/cpu.h>
#include <linux/cpumask.h>
#include <linux/irq_work.h>
#include <linux/kallsyms.h>
#include <linux/kmsg_dump.h>
#include <linux/kthread.h>
#include <linux/nmi.h>
#include <linux/panic.h>
#include <linux/report.h>
#include <linux/sched.h>
#include <linux/stacktrace.h>
#include <linux/string.h>

/* ---- WARN ------------------------------------------------------------------------- */

static void warn_on_reports_and_gives_its_condition(struct kunit *test)
{
	kunit_expect_report(test, REPORT_WARN);
	KUNIT_EXPECT_TRUE(test, WARN_ON(1));
	KUNIT_EXPECT_FALSE(test, WARN_ON(0));
}

static void warn_prints_its_message(struct kunit *test)
{
	kunit_expect_report(test, REPORT_WARN);
	KUNIT_EXPECT_TRUE(test, WARN(1, "planted by %s\n", __func__));
}

static noinline bool warn_here_once(void)
{
	return WARN_ON_ONCE(1);
}

static void warn_on_once_reports_once_a_place(struct kunit *test)
{
	generic_bug_clear_once();
	kunit_expect_report(test, REPORT_WARN);
	KUNIT_EXPECT_TRUE(test, warn_here_once());
	KUNIT_EXPECT_TRUE(test, warn_here_once());
}

static void a_planted_warning_does_not_taint(struct kunit *test)
{
	unsigned long taint = get_taint();

	kunit_expect_report(test, REPORT_WARN);
	WARN_ON(1);
	KUNIT_EXPECT_EQ(test, get_taint(), taint);
}

static void warn_in_irq(struct irq_work *work)
{
	WARN_ON(1);
}

static void warn_works_in_an_interrupt(struct kunit *test)
{
	struct irq_work work = IRQ_WORK_INIT_HARD(warn_in_irq);

	kunit_expect_report(test, REPORT_WARN);
	irq_work_queue(&work);
	irq_work_sync(&work);
}

static void the_newest_report_is_remembered(struct kunit *test)
{
	unsigned long before = report_count(REPORT_EXPECTED);

	kunit_expect_report(test, REPORT_WARN);
	WARN_ON(1);
	KUNIT_EXPECT_EQ(test, report_count(REPORT_EXPECTED), before + 1);
	KUNIT_EXPECT_STREQ(test, report_last_kind(), REPORT_WARN);
}

static void find_bug_knows_only_its_places(struct kunit *test)
{
	KUNIT_EXPECT_NULL(test, find_bug(0));
	KUNIT_EXPECT_NULL(test, find_bug((unsigned long)_text - 1));
}

/* ---- taint -------------------------------------------------------------------------- */

static void taint_letters_are_linux_ones(struct kunit *test)
{
	KUNIT_EXPECT_EQ(test, taint_flags[TAINT_WARN].c_true, 'W');
	KUNIT_EXPECT_EQ(test, taint_flags[TAINT_DIE].c_true, 'D');
	KUNIT_EXPECT_EQ(test, taint_flags[TAINT_SOFTLOCKUP].c_true, 'L');
	KUNIT_EXPECT_EQ(test, taint_flags[TAINT_PROPRIETARY_MODULE].c_false, 'G');
}

/* ---- kallsyms ------------------------------------------------------------------------- */

static void a_function_has_its_name(struct kunit *test)
{
	unsigned long addr = (unsigned long)kallsyms_lookup_name, size, offset;
	char name[KSYM_NAME_LEN];

	KUNIT_ASSERT_NOT_NULL(test, kallsyms_lookup(addr + 2, &size, &offset, NULL, name));
	KUNIT_EXPECT_STREQ(test, name, "kallsyms_lookup_name");
	KUNIT_EXPECT_EQ(test, offset, 2UL);
	KUNIT_EXPECT_GT(test, size, 2UL);
	KUNIT_EXPECT_EQ(test, kallsyms_lookup_name("kallsyms_lookup_name"), addr);
}

static void data_has_names_too(struct kunit *test)
{
	KUNIT_EXPECT_EQ(test, kallsyms_lookup_name("panic_timeout"),
			(unsigned long)&panic_timeout);
}

static void addresses_outside_the_image_have_none(struct kunit *test)
{
	char name[KSYM_NAME_LEN];

	KUNIT_EXPECT_NULL(test, kallsyms_lookup(0, NULL, NULL, NULL, name));
	KUNIT_EXPECT_NULL(test, kallsyms_lookup((unsigned long)_end, NULL, NULL, NULL, name));
	KUNIT_EXPECT_NULL(test, kallsyms_lookup(~0UL, NULL, NULL, NULL, name));
	KUNIT_EXPECT_EQ(test, lookup_symbol_name(16, name), -ERANGE);
	KUNIT_EXPECT_EQ(test, kallsyms_lookup_name("there is no such name"), 0UL);
	KUNIT_EXPECT_EQ(test, kallsyms_lookup_name(""), 0UL);
}

static void symbols_are_shown_with_offset_and_size(struct kunit *test)
{
	char shown[KSYM_SYMBOL_LEN];

	sprint_symbol(shown, (unsigned long)panic + 1);
	KUNIT_EXPECT_EQ(test, strncmp(shown, "panic+0x1/0x", 12), 0);
	sprint_symbol_no_offset(shown, (unsigned long)panic + 1);
	KUNIT_EXPECT_STREQ(test, shown, "panic");
	sprint_symbol(shown, 0x1234);
	KUNIT_EXPECT_STREQ(test, shown, "0x1234");
}

/* A call at the very end of a function returns to the next one's first byte. */
static void backtraces_name_the_caller_not_its_neighbour(struct kunit *test)
{
	char before[KSYM_SYMBOL_LEN], shown[KSYM_SYMBOL_LEN];
	unsigned long addr = (unsigned long)panic;

	sprint_symbol_no_offset(before, addr - 1);
	sprint_backtrace(shown, addr);
	KUNIT_EXPECT_EQ(test, strncmp(shown, before, strlen(before)), 0);
	KUNIT_EXPECT_NE(test, strncmp(shown, "panic+", 6), 0);
}

struct walk_state {
	unsigned long last;
	unsigned int count;
	bool sorted;
};

static int check_order(void *data, const char *name, unsigned long addr)
{
	struct walk_state *w = data;

	w->sorted &= addr >= w->last;
	w->last = addr;
	w->count++;
	return 0;
}

static void the_table_is_sorted_and_whole(struct kunit *test)
{
	struct walk_state w = { .sorted = true };

	KUNIT_EXPECT_EQ(test, kallsyms_on_each_symbol(check_order, &w), 0);
	KUNIT_EXPECT_TRUE(test, w.sorted);
	KUNIT_EXPECT_GT(test, w.count, 1000U);
}

/* ---- stack traces ----------------------------------------------------------------------- */

#define DEPTH	32

static bool trace_has(const unsigned long *trace, unsigned int nr, const char *want)
{
	char name[KSYM_NAME_LEN];
	unsigned int i;

	for (i = 0; i < nr; i++) {
		if (!lookup_symbol_name(trace[i] - 1, name) && !strcmp(name, want))
			return true;
	}
	return false;
}

static noinline unsigned int stacktrace_innermost(unsigned long *trace)
{
	unsigned int nr = stack_trace_save(trace, DEPTH, 0);

	barrier();
	return nr;
}

static noinline unsigned int stacktrace_outer(unsigned long *trace)
{
	unsigned int nr = stacktrace_innermost(trace);

	barrier();
	return nr;
}

static void a_trace_shows_the_calls(struct kunit *test)
{
	unsigned long trace[DEPTH];
	unsigned int nr = stacktrace_outer(trace);

	KUNIT_ASSERT_GE(test, nr, 3U);
	KUNIT_EXPECT_TRUE(test, trace_has(trace, 1, "stacktrace_innermost"));
	KUNIT_EXPECT_TRUE(test, trace_has(trace, nr, "stacktrace_outer"));
	KUNIT_EXPECT_TRUE(test, trace_has(trace, nr, "a_trace_shows_the_calls"));
}

static void a_trace_stops_when_its_array_is_full(struct kunit *test)
{
	unsigned long trace[3] = { 0, 0, 0xdead };

	KUNIT_EXPECT_EQ(test, stack_trace_save(trace, 2, 0), 2U);
	KUNIT_EXPECT_EQ(test, trace[2], 0xdeadUL);
}

static unsigned long irq_trace[DEPTH];
static unsigned int irq_trace_nr;

static void trace_in_irq(struct irq_work *work)
{
	irq_trace_nr = stack_trace_save(irq_trace, DEPTH, 0);
}

static void a_trace_goes_through_an_interrupt(struct kunit *test)
{
	struct irq_work work = IRQ_WORK_INIT_HARD(trace_in_irq);

	irq_trace_nr = 0;
	irq_work_queue(&work);
	irq_work_sync(&work);
	KUNIT_EXPECT_TRUE(test, trace_has(irq_trace, irq_trace_nr, "trace_in_irq"));
	/* Across the interrupt stack, to the task that was interrupted: this one, or another. */
	KUNIT_EXPECT_GE(test, irq_trace_nr, 4U);
}

static noinline void sleeper_waits_here(struct completion *c)
{
	wait_for_completion(c);
	barrier();
}

static int sleeper(void *data)
{
	sleeper_waits_here(data);
	set_current_state(TASK_INTERRUPTIBLE);
	while (!kthread_should_stop()) {
		schedule();
		set_current_state(TASK_INTERRUPTIBLE);
	}
	__set_current_state(TASK_RUNNING);
	return 0;
}

static void a_sleeping_task_can_be_traced(struct kunit *test)
{
	DECLARE_COMPLETION_ONSTACK(c);
	struct task_struct *task = kthread_run(sleeper, &c, "sleeper");
	unsigned long trace[DEPTH];
	unsigned int nr = 0;
	int i;

	KUNIT_ASSERT_FALSE(test, IS_ERR(task));
	for (i = 0; i < 100 && !trace_has(trace, nr, "sleeper_waits_here"); i++) {
		schedule_timeout_uninterruptible(1);
		nr = stack_trace_save_tsk(task, trace, DEPTH, 0);
	}
	KUNIT_EXPECT_TRUE(test, trace_has(trace, nr, "sleeper_waits_here"));
	KUNIT_EXPECT_FALSE(test, trace_has(trace, nr, "__schedule"));
	complete(&c);
	kthread_stop(task);
}

static void a_trace_is_printed_one_line_a_call(struct kunit *test)
{
	unsigned long trace[2] = { (unsigned long)panic + 1, (unsigned long)panic + 2 };
	char buf[200];

	stack_trace_snprint(buf, sizeof(buf), trace, 2, 1);
	KUNIT_EXPECT_EQ(test, strncmp(buf, "  panic+0x1/", 12), 0);
	KUNIT_EXPECT_NOT_NULL(test, strstr(buf, "\n  panic+0x2/"));
}

/* The CPUs that wrote "NMI backtrace for cpu N" since @iter, and lines that tell what they did. */
static void read_backtraces(struct kmsg_dump_iter *iter, struct cpumask *answered, int *traces)
{
	char line[200];
	const char *text;
	size_t len;
	int cpu;

	while (kmsg_dump_get_line(iter, false, line, sizeof(line) - 1, &len)) {
		line[len] = '\0';
		text = strstr(line, "NMI backtrace for cpu ");
		if (text && sscanf(text, "NMI backtrace for cpu %d", &cpu) == 1 && cpu < nr_cpu_ids)
			cpumask_set_cpu(cpu, answered);
		*traces += strstr(line, "Call Trace:") || strstr(line, "Call trace:");
	}
}

static void every_cpu_shows_its_stack_when_asked(struct kunit *test)
{
	struct cpumask answered = { };
	struct kmsg_dump_iter iter;
	int traces = 0;

	kmsg_dump_rewind(&iter);
	read_backtraces(&iter, &answered, &traces);
	cpumask_clear(&answered);
	traces = 0;

	cpus_read_lock();
	if (!trigger_all_cpu_backtrace()) {
		cpus_read_unlock();
		kunit_skip(test, "this machine can't ask");
	}
	read_backtraces(&iter, &answered, &traces);
	KUNIT_EXPECT_TRUE(test, cpumask_equal(&answered, cpu_online_mask));
	KUNIT_EXPECT_GE(test, traces, (int)num_online_cpus());
	cpus_read_unlock();
}

static struct kunit_case report_cases[] = {
	KUNIT_CASE(warn_on_reports_and_gives_its_condition),
	KUNIT_CASE(warn_prints_its_message),
	KUNIT_CASE(warn_on_once_reports_once_a_place),
	KUNIT_CASE(a_planted_warning_does_not_taint),
	KUNIT_CASE(warn_works_in_an_interrupt),
	KUNIT_CASE(the_newest_report_is_remembered),
	KUNIT_CASE(find_bug_knows_only_its_places),
	KUNIT_CASE(taint_letters_are_linux_ones),
	{}
};

static struct kunit_suite report_suite = {
	.name = "report",
	.test_cases = report_cases,
};

static struct kunit_case kallsyms_cases[] = {
	KUNIT_CASE(a_function_has_its_name),
	KUNIT_CASE(data_has_names_too),
	KUNIT_CASE(addresses_outside_the_image_have_none),
	KUNIT_CASE(symbols_are_shown_with_offset_and_size),
	KUNIT_CASE(backtraces_name_the_caller_not_its_neighbour),
	KUNIT_CASE(the_table_is_sorted_and_whole),
	{}
};

static struct kunit_suite kallsyms_suite = {
	.name = "kallsyms",
	.test_cases = kallsyms_cases,
};

static struct kunit_case stacktrace_cases[] = {
	KUNIT_CASE(a_trace_shows_the_calls),
	KUNIT_CASE(a_trace_stops_when_its_array_is_full),
	KUNIT_CASE(a_trace_goes_through_an_interrupt),
	KUNIT_CASE(a_sleeping_task_can_be_traced),
	KUNIT_CASE(a_trace_is_printed_one_line_a_call),
	KUNIT_CASE(every_cpu_shows_its_stack_when_asked),
	{}
};

static struct kunit_suite stacktrace_suite = {
	.name = "stacktrace",
	.test_cases = stacktrace_cases,
};

kunit_test_suites(&report_suite, &kallsyms_suite, &stacktrace_suite);

MODULE_LICENSE("MIT");
