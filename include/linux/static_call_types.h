/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_STATIC_CALL_TYPES_H
#define _LINUX_STATIC_CALL_TYPES_H

#include <linux/compiler.h>
#include <linux/stringify.h>
#include <linux/types.h>

#define STATIC_CALL_KEY_PREFIX		__SCK__
#define STATIC_CALL_KEY(name)		__PASTE(STATIC_CALL_KEY_PREFIX, name)
#define STATIC_CALL_TRAMP_PREFIX	__SCT__
#define STATIC_CALL_TRAMP(name)		__PASTE(STATIC_CALL_TRAMP_PREFIX, name)
#define STATIC_CALL_TRAMP_STR(name)	__stringify(STATIC_CALL_TRAMP(name))

struct static_call_key {
	void *func;
};

#define DECLARE_STATIC_CALL(name, func)					\
	extern struct static_call_key STATIC_CALL_KEY(name);		\
	extern typeof(func) STATIC_CALL_TRAMP(name)

#endif /* _LINUX_STATIC_CALL_TYPES_H */
