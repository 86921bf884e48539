/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_PANIC_H
#define _LINUX_PANIC_H

/*
 * The end of the machine, and what leads there: oopses and taint. See kernel/panic.c.
 */

#include <linux/compiler.h>
#include <linux/linkage.h>
#include <linux/stdarg.h>
#include <linux/types.h>

struct atomic_notifier_head;
struct pt_regs;

extern struct atomic_notifier_head panic_notifier_list;

__printf(1, 2) __noreturn __cold void panic(const char *fmt, ...);
__printf(1, 0) __noreturn __cold void vpanic(const char *fmt, va_list args);
void nmi_panic(struct pt_regs *regs, const char *msg);
void __noreturn nmi_panic_self_stop(struct pt_regs *regs);
void check_panic_on_warn(const char *origin);
void __noreturn panic_smp_self_stop(void);
void crash_smp_send_stop(void);

void oops_enter(void);
void oops_exit(void);
void print_oops_end_marker(void);

extern int panic_timeout;
extern unsigned long panic_print;
extern int panic_on_oops;
extern int panic_on_warn;
extern unsigned long panic_on_taint;

/* Which CPU is in panic(), or PANIC_CPU_INVALID. */
#define PANIC_CPU_INVALID	-1
extern atomic_t panic_cpu;

/* Bits of the taint mask: the letters are in kernel/panic.c. */
#define TAINT_PROPRIETARY_MODULE	0
#define TAINT_FORCED_MODULE		1
#define TAINT_CPU_OUT_OF_SPEC		2
#define TAINT_FORCED_RMMOD		3
#define TAINT_MACHINE_CHECK		4
#define TAINT_BAD_PAGE			5
#define TAINT_USER			6
#define TAINT_DIE			7
#define TAINT_OVERRIDDEN_ACPI_TABLE	8
#define TAINT_WARN			9
#define TAINT_CRAP			10
#define TAINT_FIRMWARE_WORKAROUND	11
#define TAINT_OOT_MODULE		12
#define TAINT_UNSIGNED_MODULE		13
#define TAINT_SOFTLOCKUP		14
#define TAINT_LIVEPATCH			15
#define TAINT_AUX			16
#define TAINT_RANDSTRUCT		17
#define TAINT_TEST			18
#define TAINT_FLAGS_COUNT		19
#define TAINT_FLAGS_MAX			((1UL << TAINT_FLAGS_COUNT) - 1)

struct taint_flag {
	char c_true;		/* the letter when set */
	char c_false;		/* when not */
	bool module;		/* meaningful for one module */
	const char *desc;
};

extern const struct taint_flag taint_flags[TAINT_FLAGS_COUNT];

enum lockdep_ok {
	LOCKDEP_STILL_OK,
	LOCKDEP_NOW_UNRELIABLE,
};

const char *print_tainted(void);
const char *print_tainted_verbose(void);
void add_taint(unsigned int flag, enum lockdep_ok lockdep_ok);
int test_taint(unsigned int flag);
unsigned long get_taint(void);

/* Set while the consoles should print at any cost. */
void bust_spinlocks(int yes);

#endif /* _LINUX_PANIC_H */
