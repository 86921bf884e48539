/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_BENCH_H
#define _LINUX_BENCH_H

/*
 * Rows of the benchmark: what one operation costs, in guest instructions.
 *
 * Under QEMU's `-icount shift=0,sleep=off` with one CPU a nanosecond of guest time is a guest
 * instruction, so the clock counts what was executed and a run repeats exactly. The boot parameter
 * `bench=<glob>` runs the rows whose "group.name" matches and prints a line for each; `make
 * bench-lib` (group "lib") and its like boot both machines with it and make a table.
 *
 * A row may stand in any file, tests included. It names a function that does the operation once:
 *
 *	static void strlen_64(void)
 *	{
 *		bench_use(strlen(text_64));
 *	}
 *	...
 *	BENCH_ROW(lib, strlen_64, "strlen 64", .run = strlen_64, .portable = strlen_64_portable);
 *
 * What @run calls must not be foldable by the compiler: take the operands out of memory, or pass
 * them through OPTIMIZER_HIDE_VAR(), and give results to bench_use(). The cost of the call of @run
 * itself is measured with an empty function and subtracted.
 *
 * Rows that do not sleep run with interrupts off. A row that sleeps (allocates with GFP_KERNEL,
 * waits for a grace period) sets .sleeps; while the CPU is idle the clock jumps to the next timer,
 * so what it prints is guest time, not instructions, and the table says so.
 */

#include <linux/compiler.h>
#include <linux/types.h>

/**
 * struct bench_row - one line of the table
 * @group: what `make bench-<group>` runs
 * @name: what it measures, as people would say it
 * @run: does the operation once; by the machine's fast path if it has one
 * @portable: the same by the portable C version: @run again if there is no other, which isn't
 *	measured twice; NULL where the word has no meaning
 * @setup: called once before; returns 0 or an errno, with which the row is skipped
 * @teardown: called once after a @setup that succeeded
 * @before: called before each @run and not measured; makes each call be timed alone, so it suits
 *	operations of more than some thousand instructions
 * @calls: how often to run; 0 means 1000, or 4 with @before
 * @operations: how many operations a call of @run does; 0 means 1. The figure is per operation.
 * @sleeps: @run may sleep
 * @note: text for the last column, or NULL
 */
struct bench_row {
	const char *group;
	const char *name;
	void (*run)(void);
	void (*portable)(void);
	int (*setup)(void);
	void (*teardown)(void);
	void (*before)(void);
	unsigned int calls;
	unsigned int operations;
	bool sleeps;
	const char *note;
};

#ifdef CONFIG_BENCH

/*
 * gcc would lay the rows of a file out backwards; clang keeps their order and lacks the attribute.
 */
#if __has_attribute(__no_reorder__)
#define __bench_in_order __attribute__((__no_reorder__))
#else
#define __bench_in_order
#endif

/**
 * BENCH_ROW - add a row to the benchmark
 * @_group: word, first half of what `bench=` matches
 * @_id: identifier, unique in the file
 * @_name: string for the table
 * @...: designated initialisers of struct bench_row, at least .run
 */
#define BENCH_ROW(_group, _id, _name, ...)					\
	static const struct bench_row __bench_row_##_id __used __bench_in_order	\
	__section(".bench_rows") __aligned(8) = {				\
		.group = #_group, .name = _name, __VA_ARGS__			\
	}

void bench_run_all(void);

#else

/* The functions are still compiled and looked at, then dropped. */
#define BENCH_ROW(_group, _id, _name, ...)					\
	static const struct bench_row __bench_row_##_id __maybe_unused = {	\
		.group = #_group, .name = _name, __VA_ARGS__			\
	}

static inline void bench_run_all(void)
{
}

#endif

/** PORTABLE_ROW - BENCH_ROW() of what has but one version, in C: @_run is both its functions */
#define PORTABLE_ROW(_group, _id, _name, _run, ...)				\
	BENCH_ROW(_group, _id, _name, .run = _run, .portable = _run, ##__VA_ARGS__)

/** bench_use - the compiler must compute @value, and may not know what becomes of it */
#define bench_use(value) do {							\
	typeof(value) __bench_value = (value);					\
	asm volatile("" : : "rm"(__bench_value) : "memory");			\
} while (0)

#endif
