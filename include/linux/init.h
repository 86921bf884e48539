/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_INIT_H
#define _LINUX_INIT_H

/*
 * Code and data that only booting needs, and the order in which it runs.
 *
 * __init and __initdata go into pages that are given back once the kernel is
 * up. Initcalls are functions that the linker collects into one table, sorted
 * by level; kernel/main.c walks it. Within a level the order is that of linking.
 *
 *   early	before the other CPUs are up; kernel_init_freeable() calls them
 *   pure 0	sets up plain variables
 *   core 1	rests on nothing but memory and the scheduler
 *   postcore 2, arch 3, subsys 4, fs 5, rootfs, device 6, late 7
 *
 * __setup("name=", fn) and early_param("name", fn) claim words of the command
 * line; kernel/params.c calls them.
 */
#include <linux/build_bug.h>
#include <linux/cache.h>
#include <linux/compiler.h>
#include <linux/stringify.h>
#include <linux/types.h>

#define __init		__section(".init.text") __cold
#define __initdata	__section(".init.data")
#define __initconst	__section(".init.rodata")
#define __exitdata	__section(".exit.data")
#define __exit		__section(".exit.text") __used __cold
#define __exit_call	__used __section(".exitcall.exit")
/* References from ordinary code into .init that are known to be right. */
#define __ref		noinline
#define __refdata
#define __refconst
#define __meminit
#define __meminitdata
#define __head		__section(".head.text")

#ifndef __ASSEMBLY__

typedef int (*initcall_t)(void);
typedef void (*exitcall_t)(void);
typedef initcall_t initcall_entry_t;

/** initcall_from_entry - the function of a row in the table of initcalls */
static inline initcall_t initcall_from_entry(initcall_entry_t *entry)
{
	return *entry;
}

extern initcall_entry_t __initcall_start[], __initcall_end[];
extern initcall_entry_t __con_initcall_start[], __con_initcall_end[];
extern initcall_entry_t __initcall0_start[], __initcall1_start[], __initcall2_start[],
	__initcall3_start[], __initcall4_start[], __initcall5_start[],
	__initcall6_start[], __initcall7_start[];

extern char __initdata boot_command_line[];
extern char *saved_command_line;
extern unsigned int saved_command_line_len;
extern unsigned int reset_devices;
extern bool rodata_enabled;
extern bool initcall_debug;
extern int late_time_init_done;

void setup_arch(char **cmdline_p);
int do_one_initcall(initcall_t fn);
void mark_rodata_ro(void);
void parse_early_param(void);
void parse_early_options(char *cmdline);

#define ___define_initcall(fn, id, section_name)			\
	static initcall_t __PASTE(__initcall_##fn##id, __COUNTER__) __used \
		__section(section_name) = fn;
#define __define_initcall(fn, id)					\
	___define_initcall(fn, id, ".initcall" #id ".init")

/**
 * early_initcall - call @fn at boot, before the other CPUs are up
 *
 * It returns 0 or a negative errno, which only initcall_debug shows. The next ones are later,
 * by rising number, each _sync one at the end of its level; within a level the order is that of
 * linking.
 */
#define early_initcall(fn)		__define_initcall(fn, early)
#define pure_initcall(fn)		__define_initcall(fn, 0)
#define core_initcall(fn)		__define_initcall(fn, 1)
#define core_initcall_sync(fn)		__define_initcall(fn, 1s)
#define postcore_initcall(fn)		__define_initcall(fn, 2)
#define postcore_initcall_sync(fn)	__define_initcall(fn, 2s)
#define arch_initcall(fn)		__define_initcall(fn, 3)
#define arch_initcall_sync(fn)		__define_initcall(fn, 3s)
#define subsys_initcall(fn)		__define_initcall(fn, 4)
#define subsys_initcall_sync(fn)	__define_initcall(fn, 4s)
#define fs_initcall(fn)			__define_initcall(fn, 5)
#define fs_initcall_sync(fn)		__define_initcall(fn, 5s)
#define rootfs_initcall(fn)		__define_initcall(fn, rootfs)
#define device_initcall(fn)		__define_initcall(fn, 6)
#define device_initcall_sync(fn)	__define_initcall(fn, 6s)
/** late_initcall - call @fn when everything else is there */
#define late_initcall(fn)		__define_initcall(fn, 7)
#define late_initcall_sync(fn)		__define_initcall(fn, 7s)
#define __initcall(fn)			device_initcall(fn)
#define __exitcall(fn)
#define console_initcall(fn)						\
	___define_initcall(fn, con, ".con_initcall.init")

/**
 * struct obs_kernel_param - one word of the command line that somebody claims
 * @str: the word, with its '=' if it takes a value
 * @setup_func: called with what follows @str; 1 (or for early ones 0) if it was good
 * @early: called by parse_early_param(), before memory is up
 */
struct obs_kernel_param {
	const char *str;
	int (*setup_func)(char *str);
	int early;
};

extern const struct obs_kernel_param __setup_start[], __setup_end[];

#define __setup_param(string, unique_id, fn, is_early)			\
	static const char __setup_str_##unique_id[] __initconst		\
		__aligned(1) = string;					\
	static struct obs_kernel_param __setup_##unique_id		\
		__used __section(".init.setup")				\
		__aligned(__alignof__(struct obs_kernel_param))		\
		= { __setup_str_##unique_id, fn, is_early }

/**
 * __setup - call @fn with the rest of the word on the command line that begins with @str; 1: it was
 * ours
 */
#define __setup(str, fn)	__setup_param(str, fn, fn, 0)
/** early_param - call @fn, very early, with what follows "@str=", or NULL; 0 if it was right */
#define early_param(str, fn)	__setup_param(str, fn, fn, 1)
/* early_param that turns a static bool on or off. */
#define early_param_on_off(str_on, str_off, var, config)		\
	int var = IS_ENABLED(config);					\
	static int __init parse_##var##_on(char *arg)			\
	{								\
		var = 1;						\
		return 0;						\
	}								\
	early_param(str_on, parse_##var##_on);				\
	static int __init parse_##var##_off(char *arg)			\
	{								\
		var = 0;						\
		return 0;						\
	}								\
	early_param(str_off, parse_##var##_off)

#define __nosavedata
#define __init_or_module __init
#define __initdata_or_module __initdata

#endif /* !__ASSEMBLY__ */

#endif /* _LINUX_INIT_H */
