/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_ONCE_LITE_H
#define _LINUX_ONCE_LITE_H

#include <linux/compiler.h>
#include <linux/types.h>

/*
 * Once per place in the source. Two CPUs that arrive together may both get through:
 * for a message that costs less than an atomic would.
 */

/* Call @func at most once. */
#define DO_ONCE_LITE(func, ...)		DO_ONCE_LITE_IF(true, func, ##__VA_ARGS__)

/* True the first time that @condition holds. */
#define __ONCE_LITE_IF(condition)					\
({									\
	static bool __section(".data..once") __already_done;		\
	bool __ret_cond = !!(condition);				\
	bool __ret_once = false;					\
									\
	if (unlikely(__ret_cond && !READ_ONCE(__already_done))) {	\
		WRITE_ONCE(__already_done, true);			\
		__ret_once = true;					\
	}								\
	unlikely(__ret_once);						\
})

/* Call @func the first time that @condition holds; give the condition. */
#define DO_ONCE_LITE_IF(condition, func, ...)				\
({									\
	bool __ret_do_once = !!(condition);				\
									\
	if (__ONCE_LITE_IF(__ret_do_once))				\
		func(__VA_ARGS__);					\
	unlikely(__ret_do_once);					\
})

#endif /* _LINUX_ONCE_LITE_H */
