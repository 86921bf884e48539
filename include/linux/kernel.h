/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_KERNEL_H
#define _LINUX_KERNEL_H

/*
 * The umbrella: what nearly every file of the kernel wants. New code includes the particular
 * headers instead.
 */

#include <linux/stdarg.h>
#include <linux/align.h>
#include <linux/array_size.h>
#include <linux/limits.h>
#include <linux/linkage.h>
#include <linux/stddef.h>
#include <linux/types.h>
#include <linux/compiler.h>
#include <linux/container_of.h>
#include <linux/bitops.h>
#include <linux/hex.h>
#include <linux/kstrtox.h>
#include <linux/log2.h>
#include <linux/math.h>
#include <linux/minmax.h>
#include <linux/typecheck.h>
#include <linux/panic.h>
#include <linux/printk.h>
#include <linux/build_bug.h>
#include <linux/sprintf.h>
#include <linux/static_call_types.h>
#include <linux/instruction_pointer.h>
#include <linux/util_macros.h>
#include <linux/wordpart.h>

#include <asm/byteorder.h>

#include <uapi/linux/kernel.h>

#define STACK_MAGIC	0xdeadbeef

/* Which way data go, seen from memory. */
#define READ	0
#define WRITE	1

/* -1 would make the array negative: a mode that others may write is refused. */
#define VERIFY_OCTAL_PERMISSIONS(perms)						\
	(BUILD_BUG_ON_ZERO((perms) < 0) + BUILD_BUG_ON_ZERO((perms) > 0777) +	\
	 BUILD_BUG_ON_ZERO((perms) & 2) + (perms))

struct completion;
struct user;

/* A place where a task may be preempted on its own wish: nothing to do, it may be everywhere. */
#ifndef might_resched
#define might_resched()	do { } while (0)
#endif

#ifdef CONFIG_DEBUG_ATOMIC_SLEEP
void __might_resched(const char *file, int line, unsigned int offsets);
void __might_sleep(const char *file, int line);
void __cant_sleep(const char *file, int line, int preempt_offset);
void __cant_migrate(const char *file, int line);

/** might_sleep - this function may sleep: complain if the caller can't */
#define might_sleep()								\
	do { __might_sleep(__FILE__, __LINE__); might_resched(); } while (0)
/** cant_sleep - this function must not sleep: complain if the caller could */
#define cant_sleep()	do { __cant_sleep(__FILE__, __LINE__, 0); } while (0)
#define sched_annotate_sleep()	(current->task_state_change = 0)
/** cant_migrate - complain if the task could change its CPU here */
#define cant_migrate()	do { __cant_migrate(__FILE__, __LINE__); } while (0)
/** non_block_start - until non_block_end() the task must not sleep, though it could */
#define non_block_start()	(current->non_block_count++)
#define non_block_end()		WARN_ON(current->non_block_count-- == 0)
#else
static inline void __might_resched(const char *file __always_unused, int line __always_unused,
				   unsigned int offsets __always_unused) { }
static inline void __might_sleep(const char *file __always_unused, int line __always_unused) { }
#define might_sleep()		do { might_resched(); } while (0)
#define cant_sleep()		do { } while (0)
#define cant_migrate()		do { } while (0)
#define sched_annotate_sleep()	do { } while (0)
#define non_block_start()	do { } while (0)
#define non_block_end()		do { } while (0)
#endif

/** might_sleep_if - might_sleep() under a condition */
#define might_sleep_if(cond)	do { if (cond) might_sleep(); } while (0)

/* A user access may fault, hence sleep. */
#if defined(CONFIG_PROVE_LOCKING) || defined(CONFIG_DEBUG_ATOMIC_SLEEP)
#define might_fault()		__might_fault(__FILE__, __LINE__)
void __might_fault(const char *file, int line);
#else

/** might_fault - complain if a fault on user memory couldn't be dealt with here */
static inline void might_fault(void) { }
#endif

void do_exit(long error_code) __noreturn;

extern int core_kernel_text(unsigned long addr);
extern int __kernel_text_address(unsigned long addr);
extern int kernel_text_address(unsigned long addr);

extern void bust_spinlocks(int yes);

extern int root_mountflags;
extern bool early_boot_irqs_disabled;

/**
 * enum system_states - how far the system has come
 *
 * Comparisons may rely on the order.
 */
extern enum system_states {
	SYSTEM_BOOTING,
	SYSTEM_SCHEDULING,
	SYSTEM_FREEING_INITMEM,
	SYSTEM_RUNNING,
	SYSTEM_HALT,
	SYSTEM_POWER_OFF,
	SYSTEM_RESTART,
	SYSTEM_SUSPEND,
} system_state;

/* trace_printk() goes to the log: there is no trace ring yet. */
#define trace_printk(fmt, ...)	printk(KERN_DEBUG fmt, ##__VA_ARGS__)
#define tracing_on()		do { } while (0)
#define tracing_off()		do { } while (0)

#endif
