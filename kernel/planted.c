// SPDX-License-Identifier: MIT
/*
 * Failures of the whole machine, on request: planted=NAME on the command line.
 *
 * Suites plant bugs that their case survives. What ends or hangs the machine can't be tested from
 * within; these are for the runner (tools/testing/kunit/matrix.py), which says what has to be seen
 * of each on the console or, if the guest can't speak any more, from outside. Most happen in a
 * thread of their own at the last initcall, after the line "planted: NAME" that tells the runner
 * that all from here on is meant.
 *
 * Only built with PLANTED_BUGS=y.
 */

#include <linux/planted.h>

#include <linux/bug.h>
#include <linux/cpumask.h>
#include <linux/init.h>
#include <linux/irqflags.h>
#include <linux/kernel.h>
#include <linux/kthread.h>
#include <linux/mutex.h>
#include <linux/preempt.h>
#include <linux/printk.h>
#include <linux/reboot.h>
#include <linux/sched.h>
#include <linux/smp.h>
#include <linux/string.h>

static char planted_name[32];

static int __init planted_setup(char *name)
{
	strscpy(planted_name, name, sizeof(planted_name));
	return 1;
}
__setup("planted=", planted_setup);

/* ---- hanging --------------------------------------------------------------------------- */

/* Nothing more is ever done, and nothing is wrong on any CPU: the boot thread never comes back. */
static void planted_silence(void)
{
	for (;;)
		schedule_timeout_idle(MAX_SCHEDULE_TIMEOUT);
}

static void planted_spin(void)
{
	preempt_disable();
	for (;;)
		cpu_relax();
}

static void planted_spin_irqs_off(void)
{
	local_irq_disable();
	for (;;)
		cpu_relax();
}

static void spin_here(void *unused)
{
	planted_spin_irqs_off();
}

/* No CPU is left to tell of it. */
static void planted_spin_everywhere(void)
{
	preempt_disable();
	smp_call_function(spin_here, NULL, 0);
	spin_here(NULL);
}

/* A lock that is never let go, and one who waits for it. */
static void planted_deadlock(void)
{
	static DEFINE_MUTEX(lock);

	mutex_lock(&lock);
	mutex_lock_nested(&lock, SINGLE_DEPTH_NESTING);
}

/* ---- dying ------------------------------------------------------------------------------ */

static void planted_warning(void)
{
	WARN(1, "planted warning\n");
}

static void planted_bug(void)
{
	BUG();
}

static void planted_null(void)
{
	int *nowhere = RELOC_HIDE((int *)NULL, 16);

	WRITE_ONCE(*nowhere, 1);
}

static noinline int planted_recursion(volatile int *depth)
{
	volatile char room[256];

	room[*depth & 255] = (*depth)++;
	return *depth < 0 ? room[0] : planted_recursion(depth) + room[1];
}

static void planted_overflow(void)
{
	volatile int depth = 0;

	planted_recursion(&depth);
}

static void planted_panic(void)
{
	panic("planted panic");
}

/* The machine starts again without a word. */
static void planted_reset(void)
{
	machine_emergency_restart();
}

/* Before there is a console: planted_early=panic brings one up, a hang doesn't. */
static int __init planted_early_setup(char *how)
{
	if (how && !strcmp(how, "panic"))
		panic("planted before the console");
	pr_emerg("planted before the console\n");
	planted_spin();
	return 0;
}
early_param("planted_early", planted_early_setup);

/* arm64's is an SError, which software can't send itself. */
void __weak arch_plant_machine_check(void)
{
}

/* ---- which -------------------------------------------------------------------------------- */

static const struct planted {
	const char *name;
	void (*happen)(void);
	bool in_boot_thread;	/* which waits for it, otherwise it goes on */
} planted_bugs[] = {
	{ "silence",	planted_silence,		true },
	{ "spin",	planted_spin },
	{ "irqs-off",	planted_spin_irqs_off },
	{ "everywhere",	planted_spin_everywhere,	true },
	{ "deadlock",	planted_deadlock },
	{ "warning",	planted_warning },
	{ "bug",	planted_bug },
	{ "null",	planted_null },
	{ "overflow",	planted_overflow },
	{ "panic",	planted_panic },
	{ "reset",	planted_reset,			true },
	{ "vectors",	arch_plant_bad_vectors,		true },
	{ "machine-check", arch_plant_machine_check },
};

static int planted_thread(void *data)
{
	const struct planted *bug = data;

	bug->happen();
	return 0;
}

/* On the last CPU, so that the first can go on with the boot. */
static int __init start_planted_thread(const struct planted *bug)
{
	struct task_struct *task = kthread_create(planted_thread, (void *)bug, "planted");

	if (IS_ERR(task))
		return PTR_ERR(task);
	kthread_bind(task, cpumask_last(cpu_online_mask));
	wake_up_process(task);
	return 0;
}

static int __init plant_bug(void)
{
	const struct planted *bug;

	if (!*planted_name)
		return 0;
	for (bug = planted_bugs; bug < planted_bugs + ARRAY_SIZE(planted_bugs); bug++) {
		if (strcmp(bug->name, planted_name))
			continue;
		pr_alert("planted: %s\n", bug->name);
		if (!bug->in_boot_thread)
			return start_planted_thread(bug);
		bug->happen();
		return 0;
	}
	pr_err("planted=%s: there is no such bug\n", planted_name);
	return -EINVAL;
}
late_initcall(plant_bug);
