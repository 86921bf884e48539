/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_MODULE_H
#define _LINUX_MODULE_H

/*
 * Lectern links everything into one image, so a module is just a set of files:
 * module_init() is an initcall, module_exit() is never called, and the
 * MODULE_*() notes are checked for form and otherwise say things to the reader.
 */
#include <linux/err.h>
#include <linux/errno.h>
#include <linux/export.h>
#include <linux/init.h>
#include <linux/kernel.h>
#include <linux/list.h>
#include <linux/moduleparam.h>
#include <linux/stringify.h>

#ifndef KBUILD_MODNAME
#define KBUILD_MODNAME "kernel"
#endif

struct module {
	char name[56];
	struct list_head list;
};

#define module_init(fn)	__initcall(fn);
#define module_exit(fn)							\
	static inline exitcall_t __maybe_unused __exittest(void)	\
	{								\
		return fn;						\
	}

#define __MODULE_NOTE(text) static_assert(sizeof(text) > 0, "a note is a string")
#define MODULE_LICENSE(text)		__MODULE_NOTE(text)
#define MODULE_AUTHOR(text)		__MODULE_NOTE(text)
#define MODULE_DESCRIPTION(text)	__MODULE_NOTE(text)
#define MODULE_VERSION(text)		__MODULE_NOTE(text)
#define MODULE_ALIAS(text)		__MODULE_NOTE(text)
#define MODULE_SOFTDEP(text)		__MODULE_NOTE(text)
#define MODULE_FIRMWARE(text)		__MODULE_NOTE(text)
#define MODULE_IMPORT_NS(ns)		__MODULE_NOTE(#ns)
#define MODULE_INFO(tag, text)		__MODULE_NOTE(text)
#define MODULE_DEVICE_TABLE(type, name)	extern typeof(name) name

/** try_module_get - a reference to a module always succeeds: nothing can be unloaded */
static inline bool try_module_get(struct module *module)
{
	(void)module;
	return true;
}

/** __module_get - a reference more */
static inline void __module_get(struct module *module)
{
	(void)module;
}

/** module_put - a reference less */
static inline void module_put(struct module *module)
{
	(void)module;
}

/** module_name - a module's name; "kernel" for NULL */
static inline const char *module_name(struct module *module)
{
	return module ? module->name : "kernel";
}

/* The line of an oops that lists modules: always an empty list. */
void print_modules(void);

#define module_refcount(module)	(-1)
#define symbol_get(sym)		(&(sym))
#define symbol_put(sym)		((void)0)

#endif /* _LINUX_MODULE_H */
