// SPDX-License-Identifier: MIT
/*
 * From the machine's hand-off to a running system.
 *
 * start_kernel() is called by the machine's boot code on the boot CPU: paging is
 * on, the image is mapped high, .bss is clear, interrupts are off, the stack is
 * init_task's. It brings the subsystems up in the order in which they rest on
 * each other, and ends as the boot CPU's idle task. What may sleep, needs threads
 * or other CPUs is done by kernel_init(), the first thread.
 *
 *	start_kernel	one CPU, interrupts off, no sleeping
 *	  setup_arch		memory map, direct map, command line
 *	  memory		per-CPU areas, page allocator, slabs
 *	  scheduler		so that preempt_enable() has something to call
 *	  interrupts, time	then interrupts on
 *	  rest_init		makes kernel_init, becomes idle
 *	kernel_init	a thread
 *	  other CPUs, initcalls by level, init memory given back
 *	  tests, if the command line asks; then /init, or the monitor if there is none or "monitor"
 *	  is asked for
 */

#include <linux/fcntl.h>
#include <linux/file.h>
#include <linux/fs.h>
#include <linux/init.h>
#include <linux/init_syscalls.h>

#include <linux/bench.h>
#include <linux/binfmts.h>
#include <linux/clocksource.h>
#include <linux/completion.h>
#include <linux/console.h>
#include <linux/cpu.h>
#include <linux/cred.h>
#include <linux/hrtimer.h>
#include <linux/interrupt.h>
#include <linux/irq.h>
#include <linux/jump_label.h>
#include <linux/kernel.h>
#include <linux/kthread.h>
#include <linux/lockdep.h>
#include <linux/memblock.h>
#include <linux/mm.h>
#include <linux/maple_tree.h>
#include <linux/moduleparam.h>
#include <linux/nmi.h>
#include <linux/panic.h>
#include <linux/percpu.h>
#include <linux/pid.h>
#include <linux/random.h>
#include <linux/rcupdate.h>
#include <linux/sched.h>
#include <linux/sched/clock.h>
#include <linux/sched/signal.h>
#include <linux/sched/task.h>
#include <linux/sched/task_stack.h>
#include <linux/start_kernel.h>
#include <linux/set_memory.h>
#include <linux/security.h>
#include <linux/slab.h>
#include <linux/smp.h>
#include <linux/srcu.h>
#include <linux/stackprotector.h>
#include <linux/static_call.h>
#include <linux/string.h>
#include <linux/tick.h>
#include <linux/timekeeping.h>
#include <linux/timer.h>
#include <linux/utsname.h>
#include <linux/workqueue.h>
#include <linux/xarray.h>

#include <asm/sections.h>
#include <asm/setup.h>

#include <kunit/test.h>

#include "monitor.h"

/* As the loader gave it; parsing works on copies. */
char __initdata boot_command_line[COMMAND_LINE_SIZE];
char *saved_command_line __ro_after_init;
unsigned int saved_command_line_len __ro_after_init;

enum system_states system_state __read_mostly;
bool early_boot_irqs_disabled __read_mostly;

bool initcall_debug;
core_param(initcall_debug, initcall_debug, bool, 0644);

/* --- The command line ------------------------------------------------------------ */

/* Copies that outlive the init memory: one for people, one that parse_args() cuts up. */
static char *__init keep_command_line(const char *command_line)
{
	size_t len = strlen(boot_command_line) + 1;
	char *to_parse;

	saved_command_line = memblock_alloc(len, SMP_CACHE_BYTES);
	to_parse = memblock_alloc(strlen(command_line) + 1, SMP_CACHE_BYTES);
	if (!saved_command_line || !to_parse)
		panic("no memory for the command line");
	strscpy(saved_command_line, boot_command_line, len);
	saved_command_line_len = len - 1;
	strcpy(to_parse, command_line);
	return to_parse;
}

/* --- Initcalls ---------------------------------------------------------------------- */

/*
 * An initcall that comes back with preemption or interrupts not as it found them
 * would break whatever runs next, far from the cause.
 */
static void check_initcall_left_context(initcall_t fn, int preempt_before)
{
	if (preempt_count() != preempt_before) {
		WARN(1, "initcall %pS changed the preempt count\n", fn);
		preempt_count_set(preempt_before);
	}
	if (irqs_disabled()) {
		WARN(1, "initcall %pS left interrupts off\n", fn);
		local_irq_enable();
	}
}

/**
 * do_one_initcall() - call one, timed with initcall_debug
 * @fn: the initcall
 *
 * Return: what it returned.
 */
int __init_or_module do_one_initcall(initcall_t fn)
{
	int preempt_before = preempt_count();
	ktime_t began = 0;
	int ret;

	if (initcall_debug) {
		printk(KERN_DEBUG "calling  %pS\n", fn);
		began = ktime_get();
	}
	ret = fn();
	if (initcall_debug)
		printk(KERN_DEBUG "initcall %pS returned %d after %lld usecs\n", fn, ret,
		       ktime_us_delta(ktime_get(), began));
	check_initcall_left_context(fn, preempt_before);
	return ret;
}

static void __init do_initcalls_between(initcall_entry_t *from, initcall_entry_t *to)
{
	initcall_entry_t *entry;

	for (entry = from; entry < to; entry++)
		do_one_initcall(initcall_from_entry(entry));
}

/* --- The first program ----------------------------------------------------------------- */

static char *execute_command;				/* init= */
static char *ramdisk_execute_command = "/init";		/* rdinit= */
static bool ramdisk_command_given;

static int __init init_setup(char *str)
{
	execute_command = str;
	return 1;
}
__setup("init=", init_setup);

static int __init rdinit_setup(char *str)
{
	ramdisk_execute_command = str;
	ramdisk_command_given = true;
	return 1;
}
__setup("rdinit=", rdinit_setup);

/* "monitor": the kernel's own prompt, whatever there is to run. */
static bool monitor_wanted;

static int __init monitor_setup(char *str)
{
	monitor_wanted = true;
	return 1;
}
__setup("monitor", monitor_setup);

/* Standard input, output and error. Who has no console goes without. */
static void __init console_on_rootfs(void)
{
	struct file *file = filp_open("/dev/console", O_RDWR, 0);

	if (IS_ERR(file)) {
		pr_err("Warning: unable to open an initial console.\n");
		return;
	}
	init_dup(file);
	init_dup(file);
	init_dup(file);
	fput(file);
}

/* While the calls for it are there: is there a program to run? */
static void __init find_first_program(void)
{
	if (monitor_wanted) {
		ramdisk_execute_command = execute_command = NULL;
		return;
	}
	if (init_eaccess(ramdisk_execute_command)) {
		if (ramdisk_command_given)
			pr_err("rdinit: there is no %s\n", ramdisk_execute_command);
		ramdisk_execute_command = NULL;
	}
	if (ramdisk_execute_command || execute_command)
		console_on_rootfs();
}

static int run_init_process(const char *init_filename)
{
	argv_init[0] = (char *)init_filename;
	pr_info("Run %s as init process\n", init_filename);
	return kernel_execve(init_filename, (const char *const *)argv_init,
			     (const char *const *)envp_init);
}

/*
 * Return: 0, and the caller returns to user mode as /init; -ENOENT if there is nothing to run, as
 * in a boot without an initramfs.
 */
static int run_first_program(void)
{
	const char *command = ramdisk_execute_command ?: execute_command;
	int err;

	if (!command)
		return -ENOENT;
	err = run_init_process(command);
	if (err)
		panic("Requested init %s failed (error %d).", command, err);
	return 0;
}

/* --- The first thread ------------------------------------------------------------------ */

static __initdata DECLARE_COMPLETION(kthreadd_done);

static void __init kernel_init_freeable(void)
{
	wait_for_completion(&kthreadd_done);

	smp_prepare_cpus(setup_max_cpus);
	workqueue_init();
	do_initcalls_between(__initcall_start, __initcall0_start);
	lockup_detector_init();
	smp_init();
	sched_init_smp();
	workqueue_init_topology();
	do_initcalls_between(__initcall0_start, __initcall_end);
	find_first_program();
}

static int kernel_init(void *unused)
{
	kernel_init_freeable();
	system_state = SYSTEM_FREEING_INITMEM;
	mark_rodata_ro();
	free_initmem();
	system_state = SYSTEM_RUNNING;
	rcu_end_inkernel_boot();

#ifdef CONFIG_KUNIT
	kunit_run_all_tests();
#endif
	bench_run_all();
	if (!run_first_program())
		return 0;
	monitor();
	return 0;
}

static struct task_struct *__init find_boot_thread(int pid)
{
	struct task_struct *task;

	if (pid < 0)
		panic("no memory for the first threads: %d", pid);
	rcu_read_lock();
	task = pid_task(find_pid(pid), PIDTYPE_PID);
	rcu_read_unlock();
	return task;
}

/* Never inlined: it runs after the caller's __init text may be gone. */
static noinline void __ref __noreturn rest_init(void)
{
	struct task_struct *init;
	int pid;

	rcu_scheduler_starting();
	pid = user_mode_thread(kernel_init, NULL, CLONE_FS);
	init = find_boot_thread(pid);
	set_task_comm(init, "init");
	/* Until sched_init_smp() it stays on the CPU that is known to be up. */
	init->flags |= PF_NO_SETAFFINITY;
	set_cpus_allowed_ptr(init, cpumask_of(smp_processor_id()));

	pid = kernel_thread(kthreadd, NULL, "kthreadd", CLONE_FS | CLONE_FILES | SIGCHLD);
	kthreadd_task = find_boot_thread(pid);

	system_state = SYSTEM_SCHEDULING;
	complete(&kthreadd_done);

	schedule_preempt_disabled();
	cpu_startup_entry(CPUHP_ONLINE);
}

/**
 * start_kernel() - the first C function that both machines share
 *
 * Context: boot CPU, interrupts off, on init_task's stack.
 */
asmlinkage __init __no_sanitize_address __noreturn __no_stack_protector
void start_kernel(void)
{
	char *command_line, *to_parse;

	set_task_stack_end_magic(&init_task);
	local_irq_disable();
	early_boot_irqs_disabled = true;
	boot_cpu_init();
	pr_notice("%s", linux_banner);

	/* What memory there is, and what we were told */
	setup_arch(&command_line);
	jump_label_init();
	to_parse = keep_command_line(command_line);
	setup_nr_cpu_ids();
	setup_per_cpu_areas();
	smp_prepare_boot_cpu();
	boot_cpu_hotplug_init();
	pr_notice("Kernel command line: %s\n", saved_command_line);
	parse_early_param();
	parse_kernel_params(to_parse);
	boot_init_stack_canary();

	/* Memory, and exceptions that can be told about */
	trap_init();
	mm_core_init();
	xarray_init();
	maple_tree_init();

	/* Tasks */
	sched_init();
	pid_init();
	cred_init();
	fork_init();
	sighand_cache_init();
	signals_init();
	workqueue_init_early();
	rcu_init();
	srcu_init();
	rcu_tasks_init();

	/* Interrupts and time */
	early_irq_init();
	init_IRQ();
	tick_init();
	init_timers();
	hrtimers_init();
	softirq_init();
	timekeeping_init();
	time_init();
	random_init();
	call_function_init();
	WARN(!irqs_disabled(), "interrupts were turned on early\n");
	early_boot_irqs_disabled = false;
	local_irq_enable();

	kmem_cache_init_late();
	console_init();
	lockdep_init();
	sched_clock_init();
	arch_cpu_finalize_init();
	security_init();
	vfs_caches_init();

	rest_init();
}
