// SPDX-License-Identifier: MIT
/*
 * The kernel monitor: a prompt on the serial console.
 *
 * It stands in for user space until there is one, and shows what runs. A
 * command is a row of the table below; its function gets the rest of the line.
 * Line editing is what a terminal without a tty layer needs: backspace, Ctrl-C
 * and Ctrl-U drop the line, carriage return ends it.
 */

#include "monitor.h"

#include <linux/console.h>
#include <linux/cpumask.h>
#include <linux/interrupt.h>
#include <linux/kernel.h>
#include <linux/mm.h>
#include <linux/panic.h>
#include <linux/printk.h>
#include <linux/rcupdate.h>
#include <linux/rseq.h>
#include <linux/reboot.h>
#include <linux/report.h>
#include <linux/sched.h>
#include <linux/sched/debug.h>
#include <linux/serial_core.h>
#include <linux/slab.h>
#include <linux/string.h>

#include <kunit/test.h>

#define PROMPT		"lectern> "
#define LINE_MAX	120

struct command {
	const char *name;
	const char *arguments;
	const char *help;
	void (*run)(char *arguments);
};

static const struct command commands[];

/* --- The commands ------------------------------------------------------------- */

static void cmd_help(char *arguments)
{
	const struct command *c;

	for (c = commands; c->name; c++)
		pr_info("  %-9s %-8s %s\n", c->name, c->arguments, c->help);
}

static void cmd_mem(char *arguments)
{
	if (!strcmp(arguments, "slab"))
		slabinfo_show();
	else
		meminfo_show();
}

static void cmd_ps(char *arguments)
{
	if (!strcmp(arguments, "stacks"))
		show_state_filter(0);
	else
		show_state();
}

static void cmd_cpus(char *arguments)
{
	pr_info("%u of %u CPUs online\n", num_online_cpus(), num_possible_cpus());
	show_cpus();
}

static void cmd_irq(char *arguments)
{
	show_interrupts_all();
}

static void cmd_rcu(char *arguments)
{
	rcu_show(arguments);
}

static void cmd_rseq(char *arguments)
{
	rseq_show(arguments);
}

static void cmd_tests(char *arguments)
{
#ifdef CONFIG_KUNIT
	extern const struct kunit_suite_set __kunit_suites_start[], __kunit_suites_end[];
	const struct kunit_suite_set *set;
	size_t i;

	for (set = __kunit_suites_start; set < __kunit_suites_end; set++)
		for (i = 0; i < set->count; i++)
			pr_info("  %-32s %zu cases\n", set->start[i]->name,
				kunit_suite_num_test_cases(set->start[i]));
	pr_info("run them at boot: kunit.filter_glob='%s'\n", *arguments ? arguments : "*");
#else
	pr_info("this image has no tests: it was built with KUNIT=n\n");
#endif
}

static void cmd_reports(char *arguments)
{
	pr_info("%lu reports of detectors since boot, %lu planted by tests; the last: %s %s\n",
		report_count(REPORT_REAL), report_count(REPORT_EXPECTED), report_last_kind(),
		report_last_what());
}

static void cmd_panic(char *arguments)
{
	panic("asked for at the monitor%s%s", *arguments ? ": " : "", arguments);
}

static void cmd_poweroff(char *arguments)
{
	kernel_power_off();
}

static void cmd_reboot(char *arguments)
{
	kernel_restart(NULL);
}

static const struct command commands[] = {
	{ "help",	"",		"this list",				cmd_help },
	{ "mem",	"[slab]",	"memory in use, or each slab cache",	cmd_mem },
	{ "ps",		"[stacks]",	"threads, or their backtraces",		cmd_ps },
	{ "cpus",	"",		"processors and what they run",		cmd_cpus },
	{ "irq",	"",		"interrupts by line and processor",	cmd_irq },
	{ "rcu",	"[trace [on|off]]", "grace periods, nodes, CPUs; or each step", cmd_rcu },
	{ "rseq",	"[trace [on|off]]", "restartable sequences: each update and abort",
	  cmd_rseq },
	{ "tests",	"",		"test suites in this image",		cmd_tests },
	{ "reports",	"",		"bugs that the kernel found in itself",	cmd_reports },
	{ "panic",	"[words]",	"stop, as after a fatal error",		cmd_panic },
	{ "reboot",	"",		"start again",				cmd_reboot },
	{ "poweroff",	"",		"switch the machine off",		cmd_poweroff },
	{}
};

/* --- Reading lines ---------------------------------------------------------------- */

/* Let the console catch up with the log, so that the prompt comes after it. */
static void flush_log(void)
{
	console_lock();
	console_unlock();
}

/* Straight to the console: what is typed is no log message. */
static void echo(const char *text)
{
	console_puts(text);
}

/* Erase @count typed characters from the screen. */
static void unecho(size_t count)
{
	while (count--)
		echo("\b \b");
}

/* One line without its end. Waits as long as it takes. */
static void read_line(char *line, size_t size)
{
	size_t len = 0;

	for (;;) {
		int c = console_getchar();
		char typed[2] = { c, '\0' };

		if (c == '\r' || c == '\n')
			break;
		if (c == '\b' || c == 0x7f) {
			unecho(len ? 1 : 0);
			len -= len ? 1 : 0;
		} else if (c == 0x03 || c == 0x15) {	/* Ctrl-C, Ctrl-U */
			unecho(len);
			len = 0;
		} else if (c >= ' ' && c < 0x7f && len < size - 1) {
			line[len++] = c;
			echo(typed);
		}
	}
	line[len] = '\0';
	echo("\r\n");
}

static void cmd_unknown(char *name)
{
	pr_info("there is no command '%s'; try help\n", name);
}

/* Its answers are log messages, and somebody waits for them: shown whatever loglevel= says. */
static void run_command(const struct command *c, char *arguments)
{
	int saved = console_loglevel;

	console_loglevel = max(saved, LOGLEVEL_INFO + 1);
	c->run(arguments);
	flush_log();
	console_loglevel = saved;
}

static const struct command unknown_command = { .run = cmd_unknown };

static void run_line(char *line)
{
	char *arguments = strim(line);
	char *name = strsep(&arguments, " ");
	const struct command *c;

	if (!*name)
		return;
	for (c = commands; c->name; c++) {
		if (!strcmp(c->name, name)) {
			run_command(c, arguments ? skip_spaces(arguments) : "");
			return;
		}
	}
	run_command(&unknown_command, name);
}

/**
 * monitor() - serve the prompt for ever
 *
 * Context: the first thread, once everything is up.
 */
void __noreturn monitor(void)
{
	char line[LINE_MAX];

	pr_info("Lectern is up. Type help.\n");
	for (;;) {
		flush_log();
		echo(PROMPT);
		read_line(line, sizeof(line));
		run_line(line);
	}
}
