/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_REBOOT_H
#define _LINUX_REBOOT_H

/*
 * Restart, halt and power-off. kernel_*() are the orderly ways: notifiers first, other CPUs
 * stopped, then the machine. emergency_restart() skips everything but the last step and may be
 * called from anywhere.
 */

#include <linux/init.h>
#include <linux/notifier.h>
#include <uapi/linux/reboot.h>

enum reboot_mode {
	REBOOT_UNDEFINED = -1,
	REBOOT_COLD = 0,
	REBOOT_WARM,
	REBOOT_HARD,
	REBOOT_SOFT,
	REBOOT_GPIO,
};

extern enum reboot_mode reboot_mode;
extern int reboot_cpu;

int register_reboot_notifier(struct notifier_block *nb);
int unregister_reboot_notifier(struct notifier_block *nb);

/*
 * Ways to restart that a driver offers, tried in order of priority by do_kernel_restart(), which
 * the arch calls from machine_restart().
 */
int register_restart_handler(struct notifier_block *nb);
int unregister_restart_handler(struct notifier_block *nb);
void do_kernel_restart(char *cmd);

/* Implemented by the arch. None of them returns if the machine can do it. */
void machine_restart(char *cmd);
void machine_halt(void);
void machine_power_off(void);
void machine_shutdown(void);
void machine_emergency_restart(void);

extern void (*pm_power_off)(void);

void migrate_to_reboot_cpu(void);
void kernel_restart_prepare(char *cmd);
void kernel_restart(char *cmd);
void kernel_halt(void);
void kernel_power_off(void);
void emergency_restart(void);

#endif /* _LINUX_REBOOT_H */
