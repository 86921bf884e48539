// SPDX-License-Identifier: MIT
/*
 * Runs the rows of the benchmark: see <linux/bench.h> for what a row is.
 *
 *	bench=lib.*		on the command line: the rows whose "group.name" matches
 *	bench_shutdown=poweroff	or halt, reboot: when done
 *
 * For each row a line that a program can cut at its bars:
 *
 *	bench: lib | strlen 64 | 83.00 | 120.00 | text
 *
 * the figures being nanoseconds of guest time per operation, which are instructions under icount,
 * for the fast path and for the portable version ("-" if there is none). The last line is
 *
 *	bench: done, N rows
 *
 * Measuring: the function is called @calls times between two readings of the clock. The same number
 * of calls of a function that does nothing is subtracted. One warming round comes first, so that
 * what happens once (a lazily made table, a page fault of the stack) stays out.
 */

#include <linux/bench.h>

#include <linux/glob.h>
#include <linux/init.h>
#include <linux/irqflags.h>
#include <linux/kernel.h>
#include <linux/ktime.h>
#include <linux/math64.h>
#include <linux/moduleparam.h>
#include <linux/preempt.h>
#include <linux/printk.h>
#include <linux/reboot.h>
#include <linux/string.h>
#include <linux/timekeeping.h>

extern const struct bench_row __bench_rows_start[], __bench_rows_end[];

static char *bench;
core_param(bench, bench, charp, 0444);
static char *bench_shutdown;
core_param(bench_shutdown, bench_shutdown, charp, 0444);

#define CALLS_IN_A_LOOP	1000
#define CALLS_TIMED_ALONE	4

static void noinline nothing(void)
{
	barrier();
}

/* Nanoseconds of @calls calls, @before each of them left out. */
static u64 time_of(void (*run)(void), void (*before)(void), unsigned int calls)
{
	u64 total = 0, began;
	unsigned int i;

	if (!before) {
		began = ktime_get_ns();
		for (i = 0; i < calls; i++)
			run();
		return ktime_get_ns() - began;
	}
	for (i = 0; i < calls; i++) {
		before();
		began = ktime_get_ns();
		run();
		total += ktime_get_ns() - began;
	}
	return total;
}

static unsigned int calls_of(const struct bench_row *row)
{
	if (row->calls)
		return row->calls;
	return row->before ? CALLS_TIMED_ALONE : CALLS_IN_A_LOOP;
}

/* Hundredths of a nanosecond for one operation. */
static u64 measure(const struct bench_row *row, void (*run)(void))
{
	unsigned int calls = calls_of(row);
	unsigned long flags = 0;
	u64 total, empty;

	time_of(run, row->before, 1);
	if (!row->sleeps)
		local_irq_save(flags);
	total = time_of(run, row->before, calls);
	empty = time_of(nothing, row->before, calls);
	if (!row->sleeps)
		local_irq_restore(flags);
	total -= min(total, empty);
	return div_u64(total * 100, calls * max(row->operations, 1u));
}

static void print_figure(char *buf, size_t size, u64 hundredths)
{
	u32 rest;
	u64 whole = div_u64_rem(hundredths, 100, &rest);

	scnprintf(buf, size, "%llu.%02u", whole, rest);
}

static void run_row(const struct bench_row *row)
{
	char fast[32], portable[32] = "-";
	int err = row->setup ? row->setup() : 0;

	if (err) {
		pr_info("bench: %s | %s | - | - | skipped: %pe\n", row->group, row->name,
			ERR_PTR(err));
		return;
	}
	print_figure(fast, sizeof(fast), measure(row, row->run));
	if (row->portable == row->run)
		strscpy(portable, fast);
	else if (row->portable)
		print_figure(portable, sizeof(portable), measure(row, row->portable));
	if (row->teardown)
		row->teardown();
	pr_info("bench: %s | %s | %s | %s | %s%s%s\n", row->group, row->name, fast, portable,
		row->sleeps ? "guest time" : "", row->sleeps && row->note ? "; " : "",
		row->note ?: "");
}

static bool chosen(const struct bench_row *row)
{
	char name[96];

	scnprintf(name, sizeof(name), "%s.%s", row->group, row->name);
	return glob_match(bench, name);
}

/**
 * bench_run_all() - run what `bench=` names, if anything
 *
 * Context: a thread; sleeps if a row does. Does not return if bench_shutdown= says so.
 */
void bench_run_all(void)
{
	const struct bench_row *row;
	unsigned int rows = 0;

	if (!bench)
		return;
	for (row = __bench_rows_start; row < __bench_rows_end; row++) {
		if (!chosen(row))
			continue;
		run_row(row);
		rows++;
	}
	pr_info("bench: done, %u rows\n", rows);
	if (!bench_shutdown)
		return;
	if (!strcmp(bench_shutdown, "poweroff"))
		kernel_power_off();
	else if (!strcmp(bench_shutdown, "reboot"))
		kernel_restart(NULL);
	else if (!strcmp(bench_shutdown, "halt"))
		kernel_halt();
	else
		pr_err("bench_shutdown=%s: not poweroff, reboot or halt\n", bench_shutdown);
}
