/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_MODULEPARAM_H
#define _LINUX_MODULEPARAM_H

/*
 * Parameters: variables that the command line can set.
 *
 * module_param(limit, uint, 0644) in a file foo.c makes "foo.limit=3" on the command line set the
 * variable limit; core_param("name", ...) has no prefix. Each is a struct kernel_param in the
 * section __param, read by parse_args() (kernel/params.c). @perm is the mode of its file under
 * /sys/module (0: none).
 */

#include <linux/build_bug.h>
#include <linux/compiler.h>
#include <linux/init.h>
#include <linux/kernel.h>
#include <linux/stringify.h>
#include <linux/types.h>

struct kernel_param;
struct kernel_param_ops;
struct kparam_string;
struct kparam_array;
struct module;

#define MODULE_PARAM_PREFIX	KBUILD_MODNAME "."

enum {
	KERNEL_PARAM_OPS_FL_NOARG = (1 << 0)	/* set() may be called with NULL: "foo" alone */
};

/**
 * struct kernel_param_ops - a type of parameter
 * @flags: KERNEL_PARAM_OPS_FL_*
 * @set: parse @val into kp->arg; 0 or -errno
 * @get: print the value and a newline into a page; the length or -errno
 * @free: give back what @arg owns; may be NULL
 */
struct kernel_param_ops {
	unsigned int flags;
	int (*set)(const char *val, const struct kernel_param *kp);
	int (*get)(char *buffer, const struct kernel_param *kp);
	void (*free)(void *arg);
};

enum {
	KERNEL_PARAM_FL_UNSAFE	= (1 << 0),	/* setting it taints the kernel */
	KERNEL_PARAM_FL_HWPARAM	= (1 << 1),
};

/* One parameter. */
struct kernel_param {
	const char *name;
	struct module *mod;
	const struct kernel_param_ops *ops;
	const u16 perm;
	s8 level;		/* when it is parsed: -1 early, else as initcall levels */
	u8 flags;
	union {
		void *arg;
		const struct kparam_string *str;
		const struct kparam_array *arr;
	};
};

extern const struct kernel_param __start___param[], __stop___param[];

/* A string that is copied into a buffer. */
struct kparam_string {
	unsigned int maxlen;
	char *string;
};

/* Comma-separated values for the elements of an array. */
struct kparam_array {
	unsigned int max;
	unsigned int elemsize;
	unsigned int *num;	/* how many were given; may be NULL */
	const struct kernel_param_ops *ops;
	void *elem;
};

#define __MODULE_PARM_TYPE(name, type)	_Static_assert(sizeof(type) > 0, "a type has a name")
#define MODULE_PARM_DESC(parm, desc) \
	_Static_assert(sizeof(desc) > 0, "a description is a string")

#define __module_param_call(prefix, name, ops, arg, perm, level, flags)		\
	static const char __param_str_##name[] = prefix #name;			\
	static struct kernel_param const __param_##name				\
	__used __section("__param") __aligned(__alignof__(struct kernel_param))	\
	= { __param_str_##name, NULL, ops, VERIFY_OCTAL_PERMISSIONS(perm), level, flags, \
	    { arg } }

/** module_param_cb - a parameter with its own ops */
#define module_param_cb(name, ops, arg, perm)					\
	__module_param_call(MODULE_PARAM_PREFIX, name, ops, arg, perm, -1, 0)
#define module_param_cb_unsafe(name, ops, arg, perm)				\
	__module_param_call(MODULE_PARAM_PREFIX, name, ops, arg, perm, -1,	\
			    KERNEL_PARAM_FL_UNSAFE)

#define __level_param_cb(name, ops, arg, perm, level)				\
	__module_param_call(MODULE_PARAM_PREFIX, name, ops, arg, perm, level, 0)
#define core_param_cb(name, ops, arg, perm)	__level_param_cb(name, ops, arg, perm, 1)
#define postcore_param_cb(name, ops, arg, perm)	__level_param_cb(name, ops, arg, perm, 2)
#define arch_param_cb(name, ops, arg, perm)	__level_param_cb(name, ops, arg, perm, 3)
#define subsys_param_cb(name, ops, arg, perm)	__level_param_cb(name, ops, arg, perm, 4)
#define fs_param_cb(name, ops, arg, perm)	__level_param_cb(name, ops, arg, perm, 5)
#define device_param_cb(name, ops, arg, perm)	__level_param_cb(name, ops, arg, perm, 6)
#define late_param_cb(name, ops, arg, perm)	__level_param_cb(name, ops, arg, perm, 7)

/**
 * module_param - a parameter named as its variable
 * @name: variable
 * @type: byte, hexint, short, ushort, int, uint, long, ulong, ullong, charp, bool, invbool
 * @perm: mode of its file
 */
#define module_param(name, type, perm)		module_param_named(name, name, type, perm)
#define module_param_unsafe(name, type, perm)	module_param_named_unsafe(name, name, type, perm)

/** module_param_named - a parameter whose name differs from its variable's */
#define module_param_named(name, value, type, perm)				\
	param_check_##type(name, &(value));					\
	module_param_cb(name, &param_ops_##type, &value, perm);			\
	__MODULE_PARM_TYPE(name, #type)

#define module_param_named_unsafe(name, value, type, perm)			\
	param_check_##type(name, &(value));					\
	module_param_cb_unsafe(name, &param_ops_##type, &value, perm);		\
	__MODULE_PARM_TYPE(name, #type)

#define module_param_hw_named(name, value, type, hwtype, perm)			\
	module_param_named(name, value, type, perm)

/** core_param - a parameter without a prefix */
#define core_param(name, var, type, perm)					\
	param_check_##type(name, &(var));					\
	__module_param_call("", name, &param_ops_##type, &var, perm, -1, 0)
#define core_param_unsafe(name, var, type, perm)				\
	param_check_##type(name, &(var));					\
	__module_param_call("", name, &param_ops_##type, &var, perm, -1, KERNEL_PARAM_FL_UNSAFE)

/** module_param_string - a parameter that is copied into a char array of @len bytes */
#define module_param_string(name, string, len, perm)				\
	static const struct kparam_string __param_string_##name = { len, string }; \
	__module_param_call(MODULE_PARAM_PREFIX, name, &param_ops_string,	\
			    .str = &__param_string_##name, perm, -1, 0);	\
	__MODULE_PARM_TYPE(name, "string")

/** module_param_array - comma-separated values; their number goes to *@nump */
#define module_param_array(name, type, nump, perm)				\
	module_param_array_named(name, name, type, nump, perm)

#define module_param_array_named(name, array, type, nump, perm)			\
	param_check_##type(name, &(array)[0]);					\
	static const struct kparam_array __param_arr_##name =			\
	{ .max = sizeof(array) / sizeof((array)[0]), .num = nump,		\
	  .ops = &param_ops_##type,						\
	  .elemsize = sizeof((array)[0]), .elem = array };			\
	__module_param_call(MODULE_PARAM_PREFIX, name, &param_array_ops,	\
			    .arr = &__param_arr_##name, perm, -1, 0);		\
	__MODULE_PARM_TYPE(name, "array of " #type)

bool parameq(const char *name1, const char *name2);
bool parameqn(const char *name1, const char *name2, size_t n);

typedef int (*parse_unknown_fn)(char *param, char *val, const char *doing, void *arg);

char *parse_args(const char *doing, char *args, const struct kernel_param *params,
		 unsigned int num, s16 level_min, s16 level_max, void *arg,
		 parse_unknown_fn unknown);

/* What parse_early_param() and the boot code need (kernel/params.c). */
void __init parse_kernel_params(char *command_line);
extern char *argv_init[], *envp_init[];

/** kernel_param_lock - keep parameters as they are; nothing to do without modules */
static inline void kernel_param_lock(struct module *mod) { (void)mod; }

/** kernel_param_unlock - end kernel_param_lock() */
static inline void kernel_param_unlock(struct module *mod) { (void)mod; }

/* The variable must be of the type that the parameter says. */
#define __param_check(name, p, type)						\
	static inline type __always_unused *__check_##name(void) { return (p); }

#define __declare_param_type(name)						\
	extern const struct kernel_param_ops param_ops_##name;			\
	int param_set_##name(const char *val, const struct kernel_param *kp);	\
	int param_get_##name(char *buffer, const struct kernel_param *kp)

__declare_param_type(byte);
#define param_check_byte(name, p)	__param_check(name, p, unsigned char)
__declare_param_type(short);
#define param_check_short(name, p)	__param_check(name, p, short)
__declare_param_type(ushort);
#define param_check_ushort(name, p)	__param_check(name, p, unsigned short)
__declare_param_type(int);
#define param_check_int(name, p)	__param_check(name, p, int)
__declare_param_type(uint);
#define param_check_uint(name, p)	__param_check(name, p, unsigned int)
int param_set_uint_minmax(const char *val, const struct kernel_param *kp, unsigned int min,
			  unsigned int max);
__declare_param_type(long);
#define param_check_long(name, p)	__param_check(name, p, long)
__declare_param_type(ulong);
#define param_check_ulong(name, p)	__param_check(name, p, unsigned long)
__declare_param_type(ullong);
#define param_check_ullong(name, p)	__param_check(name, p, unsigned long long)
__declare_param_type(hexint);
#define param_check_hexint(name, p)	param_check_uint(name, p)
__declare_param_type(charp);
#define param_check_charp(name, p)	__param_check(name, p, char *)
void param_free_charp(void *arg);
__declare_param_type(bool);
#define param_check_bool(name, p)	__param_check(name, p, bool)
extern const struct kernel_param_ops param_ops_bool_enable_only;
int param_set_bool_enable_only(const char *val, const struct kernel_param *kp);
#define param_check_bool_enable_only	param_check_bool
__declare_param_type(invbool);
#define param_check_invbool(name, p)	__param_check(name, p, bool)
extern const struct kernel_param_ops param_ops_bint;
int param_set_bint(const char *val, const struct kernel_param *kp);
#define param_get_bint		param_get_int
#define param_check_bint	param_check_int

extern const struct kernel_param_ops param_array_ops;
extern const struct kernel_param_ops param_ops_string;
int param_set_copystring(const char *val, const struct kernel_param *kp);
int param_get_string(char *buffer, const struct kernel_param *kp);

#endif
