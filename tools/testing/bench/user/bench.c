// SPDX-License-Identifier: MIT
/*
 * What operations cost a user program: one static binary for any kernel with Linux's system calls.
 *
 * It runs as /init, measures the rows of rows.c, prints a line for each and powers the machine off:
 *
 *	<name>	<nanoseconds per operation>	<operations>
 *	<name>	missing | failed | stuck | E<errno>
 *	# remark
 *
 * Under QEMU's -icount shift=0 with one CPU a nanosecond of CLOCK_MONOTONIC is an instruction, as
 * long as the machine has something to do. A figure is the median of five batches after one to
 * warm up; the loop around the operation, 3 to 5 instructions, is in it.
 *
 * A kernel that lacks something must not keep the other rows from being measured: a row that has
 * not ended after STUCK_SECONDS of the guest's time is given up, by a jump out of the handler of a
 * timer's signal, and the processes that it left are killed.
 *
 * Arguments, or words of the kernel's command line: bench_only=row,row bench_scale=percent.
 */

#include "bench.h"

#define BATCHES		5
#define STUCK_SECONDS	20

#define EXIT_OF_EXEC	42

#define SIGKILL		9
#define SIGALRM		14
#define SA_SIGINFO	4
#define SA_RESTORER	0x04000000
#define SA_NODEFER	0x40000000
#define CLOCK_MONOTONIC	1
#define CLOCK_BOOTTIME	7
#define AT_FDCWD	-100
#define WNOHANG		1

const char *self = "/init";
char **environment;

/* The compiler may call these. */
void *memset(void *to, int c, u64 n)
{
	u8 *p = to;

	while (n--) {
		*p++ = (u8)c;
		__asm__ volatile("" : : : "memory");
	}
	return to;
}

void *memcpy(void *to, const void *from, u64 n)
{
	const u8 *q = from;
	u8 *p = to;

	while (n--) {
		*p++ = *q++;
		__asm__ volatile("" : : : "memory");
	}
	return to;
}

int same(const char *a, const char *b)
{
	while (*a && *a == *b)
		a++, b++;
	return *a == *b;
}

/* What follows @prefix in @s; NULL if @s begins otherwise. */
static const char *after(const char *s, const char *prefix)
{
	while (*prefix)
		if (*s++ != *prefix++)
			return 0;
	return s;
}

/* Is @name one of the comma-separated @list? */
static int listed(const char *list, const char *name)
{
	for (;;) {
		const char *rest = after(list, name);

		if (rest && (!*rest || *rest == ','))
			return 1;
		while (*list && *list != ',')
			list++;
		if (!*list++)
			return 0;
	}
}

/* ---- output ---- */

static char line[256];
static u32 line_length;
static int console = 1;

static void put_char(char c)
{
	if (line_length < sizeof(line))
		line[line_length++] = c;
}

static void put(const char *s)
{
	while (*s)
		put_char(*s++);
}

static void put_number(u64 value)
{
	char digits[24];
	int n = 0;

	do
		digits[n++] = '0' + value % 10;
	while (value /= 10);
	while (n)
		put_char(digits[--n]);
}

static void end_line(void)
{
	u32 done = 0;

	put_char('\n');
	while (done < line_length) {
		long ret = sys(__NR_write, console, line + done, line_length - done);

		if (ret <= 0)
			break;
		done += ret;
	}
	line_length = 0;
}

static void report(const char *name, long ret, u64 ns, long n)
{
	u64 hundredths = ns * 100 / n;

	put(name);
	put_char('\t');
	if (!ret) {
		put_number(hundredths / 100);
		put_char('.');
		put_char('0' + hundredths / 10 % 10);
		put_char('0' + hundredths % 10);
		put_char('\t');
		put_number(n);
	} else if (ret == -ENOSYS) {
		put("missing");
	} else if (ret == ROW_FAILED) {
		put("failed");
	} else if (ret > 0) {
		put("stuck");
	} else {
		put_char('E');
		put_number(-ret);
	}
	end_line();
}

/* ---- clocks and signals ---- */

u64 now(void)
{
	struct timespec64 ts;

	sys(__NR_clock_gettime, CLOCK_MONOTONIC, &ts);
	return (u64)ts.sec * 1000000000 + ts.nsec;
}

static long set_action(int sig, void (*handler)(int, void *, void *), u64 flags)
{
	struct kernel_sigaction action = {
		.handler = (void *)handler,
		.flags = SA_RESTORER | (handler ? SA_SIGINFO : 0) | flags,
		.restorer = signal_restorer,
	};

	return sys(__NR_rt_sigaction, sig, &action, 0, 8);
}

/** set_handler - handle a signal; a NULL handler: as by default */
long set_handler(int sig, void (*handler)(int, void *, void *))
{
	return set_action(sig, handler, 0);
}

static void set_alarm(s64 seconds)
{
	s64 timer[4] = { 0, 0, seconds, 0 };

	sys(__NR_setitimer, 0, timer, 0);
}

/* ---- running ---- */

static void *way_out[5];		/* of a row that is stuck */

static void give_up(int sig, void *info, void *context)
{
	(void)sig;
	(void)info;
	(void)context;
	__builtin_longjmp(way_out, 1);
}

/* The first process may kill all others. */
static void kill_leftovers(void)
{
	sys(__NR_kill, -1, SIGKILL);
	while (sys(__NR_wait4, -1, 0, WNOHANG, 0) > 0)
		;
}

static u64 median(u64 *v)
{
	int a, b;

	for (a = 1; a < BATCHES; a++) {
		for (b = a; b > 0 && v[b - 1] > v[b]; b--) {
			u64 t = v[b];

			v[b] = v[b - 1];
			v[b - 1] = t;
		}
	}
	return v[BATCHES / 2];
}

static void measure(const struct row *row, u64 scale)
{
	long n = row->n * scale / 100 ?: 1, ret = 0;
	u64 ns[BATCHES], warm_up;
	int batch;

	if (__builtin_setjmp(way_out)) {
		kill_leftovers();
		report(row->name, 1, 0, 1);
		return;
	}
	set_alarm(STUCK_SECONDS);
	ret = row->run(n / 4 + 1, &warm_up);
	for (batch = 0; batch < BATCHES && !ret; batch++)
		ret = row->run(n, &ns[batch]);
	set_alarm(0);
	report(row->name, ret, ret ? 0 : median(ns), n);
}

/* As /init there may be no console yet, and no devices. */
static void open_console(void)
{
	long fd;

	sys(__NR_mkdirat, AT_FDCWD, "/dev", 0755);
	sys(__NR_mount, "devtmpfs", "/dev", "devtmpfs", 0, 0);
	if (sys(__NR_write, 1, "", 0) >= 0)
		return;
	fd = sys(__NR_openat, AT_FDCWD, "/dev/console", 2, 0);
	if (fd >= 0)
		console = fd;
}

/* In KiB, by sysinfo(2): the whole and what is free. */
static void report_memory(void)
{
	struct {
		s64 uptime;
		u64 loads[3], total, free, shared, buffers, swap, swap_free;
		u16 procs, pad;
		u64 high, high_free;
		u32 unit;
		u8 room[256];
	} info;

	if (sys(__NR_sysinfo, &info))
		return;
	put("# memory_kib ");
	put_number(info.total * info.unit / 1024);
	put_char(' ');
	put_number(info.free * info.unit / 1024);
	end_line();
}

/* Work that the kernel put off while it booted would run beside the first rows. */
static void let_boot_end(void)
{
	struct timespec64 half_a_second = { 0, 500000000 };

	sys(__NR_nanosleep, &half_a_second, 0);
}

static u64 number_of(const char *s)
{
	u64 value = 0;

	while (*s >= '0' && *s <= '9')
		value = value * 10 + (*s++ - '0');
	return value;
}

__attribute__((noreturn, used)) void bench_main(long *stack)
{
	char **argv = (char **)(stack + 1), **word;
	const char *only = 0, *value;
	u64 scale = 100, began, ticks;
	const struct row *row;

	environment = argv + stack[0] + 1;
	if (stack[0] > 1 && same(argv[1], "--exit"))
		sys(__NR_exit_group, EXIT_OF_EXEC);
	began = now();
	for (word = argv; *word; word++) {
		if ((value = after(*word, "bench_only=")))
			only = value;
		else if ((value = after(*word, "bench_scale=")))
			scale = number_of(value);
	}
	for (word = environment; *word; word++) {
		if ((value = after(*word, "bench_only=")))
			only = value;
		else if ((value = after(*word, "bench_scale=")))
			scale = number_of(value);
	}
	vdso_open((const u64 *)(word + 1));
	open_console();
	put("# bench start " MACHINE);
	end_line();
	report_memory();
	let_boot_end();
	set_action(SIGALRM, give_up, SA_NODEFER);
	began = now();
	ticks = counter();
	for (row = rows; row->name; row++)
		if (!only || listed(only, row->name))
			measure(row, scale);
	/* A clock that runs wrong would show here: the CPU's counter beside it. */
	ticks = (counter() - ticks) * COUNTER_NS;
	began = now() - began;
	put("# clock_ns ");
	put_number(began);
	put(" counter_ns ");
	put_number(ticks);
	end_line();
	put("# bench end");
	end_line();
	sys(__NR_reboot, 0xfee1dead, 672274793, 0x4321fedc, 0);
	for (;;)
		sys(__NR_exit_group, 0);
}
