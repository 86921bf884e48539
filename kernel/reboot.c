// SPDX-License-Identifier: MIT
/*
 * Restart, halt and power-off, the generic half: tell the notifiers, move to the CPU that the
 * firmware expects, stop the others, call the machine.
 */

#include <linux/cpu.h>
#include <linux/init.h>
#include <linux/kernel.h>
#include <linux/kmsg_dump.h>
#include <linux/kthread.h>
#include <linux/moduleparam.h>
#include <linux/notifier.h>
#include <linux/reboot.h>
#include <linux/string.h>

enum reboot_mode reboot_mode = REBOOT_COLD;
int reboot_cpu;
void (*pm_power_off)(void);

static ATOMIC_NOTIFIER_HEAD(restart_handler_list);

/**
 * register_reboot_notifier - hear of an orderly end while everything still works
 * @nb: called with SYS_RESTART, SYS_HALT or SYS_POWER_OFF; may sleep
 *
 * Context: may sleep.
 * Return: 0, or -EEXIST.
 */
int register_reboot_notifier(struct notifier_block *nb)
{
	return blocking_notifier_chain_register(&reboot_notifier_list, nb);
}
EXPORT_SYMBOL(register_reboot_notifier);

/**
 * unregister_reboot_notifier - undo register_reboot_notifier()
 * @nb: the callback
 *
 * Context: may sleep.
 * Return: 0, or -ENOENT.
 */
int unregister_reboot_notifier(struct notifier_block *nb)
{
	return blocking_notifier_chain_unregister(&reboot_notifier_list, nb);
}
EXPORT_SYMBOL(unregister_reboot_notifier);

/**
 * register_restart_handler - offer a way to restart the machine
 * @nb: called by priority until one works: 0 last resort, 128 default, 255 the only right way
 *
 * Return: 0, or -EEXIST.
 */
int register_restart_handler(struct notifier_block *nb)
{
	return atomic_notifier_chain_register(&restart_handler_list, nb);
}
EXPORT_SYMBOL(register_restart_handler);

/**
 * unregister_restart_handler - undo register_restart_handler()
 * @nb: the callback
 *
 * Context: may sleep.
 * Return: 0, or -ENOENT.
 */
int unregister_restart_handler(struct notifier_block *nb)
{
	return atomic_notifier_chain_unregister(&restart_handler_list, nb);
}
EXPORT_SYMBOL(unregister_restart_handler);

/**
 * do_kernel_restart - call the restart handlers, one after the other
 * @cmd: for the firmware, or NULL
 *
 * Context: any. Returns only if no handler could do it.
 */
void do_kernel_restart(char *cmd)
{
	atomic_notifier_call_chain(&restart_handler_list, reboot_mode, cmd);
}

/**
 * migrate_to_reboot_cpu - continue on the CPU that turns the machine off
 *
 * No CPU can go down from here on.
 */
void migrate_to_reboot_cpu(void)
{
	int cpu = reboot_cpu;

	cpu_hotplug_disable();
	if (!cpu_online(cpu))
		cpu = cpumask_first(cpu_online_mask);
	current->flags |= PF_NO_SETAFFINITY;
	set_cpus_allowed_ptr(current, cpumask_of(cpu));
}

/**
 * kernel_restart_prepare - tell everybody that the machine is about to restart
 * @cmd: for the firmware, or NULL
 *
 * Context: may sleep.
 */
void kernel_restart_prepare(char *cmd)
{
	blocking_notifier_call_chain(&reboot_notifier_list, SYS_RESTART, cmd);
	system_state = SYSTEM_RESTART;
}

/**
 * kernel_restart - restart the machine in order
 * @cmd: for the firmware, or NULL
 *
 * Context: may sleep.
 */
void kernel_restart(char *cmd)
{
	kernel_restart_prepare(cmd);
	migrate_to_reboot_cpu();
	if (cmd)
		pr_emerg("Restarting system with command '%s'\n", cmd);
	else
		pr_emerg("Restarting system\n");
	kmsg_dump(KMSG_DUMP_SHUTDOWN);
	machine_restart(cmd);
}
EXPORT_SYMBOL(kernel_restart);

static void kernel_shutdown_prepare(enum system_states state)
{
	blocking_notifier_call_chain(&reboot_notifier_list,
				     state == SYSTEM_HALT ? SYS_HALT : SYS_POWER_OFF, NULL);
	system_state = state;
}

/**
 * kernel_halt - stop in order, with the power left on
 *
 * Context: may sleep.
 */
void kernel_halt(void)
{
	kernel_shutdown_prepare(SYSTEM_HALT);
	migrate_to_reboot_cpu();
	pr_emerg("System halted\n");
	kmsg_dump(KMSG_DUMP_SHUTDOWN);
	machine_halt();
}
EXPORT_SYMBOL(kernel_halt);

/**
 * kernel_power_off - turn the machine off in order
 *
 * Context: may sleep.
 */
void kernel_power_off(void)
{
	kernel_shutdown_prepare(SYSTEM_POWER_OFF);
	migrate_to_reboot_cpu();
	pr_emerg("Power down\n");
	kmsg_dump(KMSG_DUMP_SHUTDOWN);
	machine_power_off();
}
EXPORT_SYMBOL(kernel_power_off);

/**
 * emergency_restart - restart now, without telling anyone
 *
 * Context: any.
 */
void emergency_restart(void)
{
	kmsg_dump(KMSG_DUMP_EMERG);
	system_state = SYSTEM_RESTART;
	machine_emergency_restart();
}
EXPORT_SYMBOL(emergency_restart);

/* reboot=cold|warm|hard|soft, perhaps with ,smpN for the CPU. */
static int __init reboot_setup(char *str)
{
	while (str && *str) {
		switch (*str) {
		case 'c':
			reboot_mode = REBOOT_COLD;
			break;
		case 'w':
			reboot_mode = REBOOT_WARM;
			break;
		case 'h':
			reboot_mode = REBOOT_HARD;
			break;
		case 's':
			if (!strncmp(str, "smp", 3))
				reboot_cpu = simple_strtoul(str + 3, NULL, 0);
			else
				reboot_mode = REBOOT_SOFT;
			break;
		}
		str = strchr(str, ',');
		if (str)
			str++;
	}
	if (reboot_cpu < 0 || reboot_cpu >= nr_cpu_ids)
		reboot_cpu = 0;
	return 1;
}
__setup("reboot=", reboot_setup);
