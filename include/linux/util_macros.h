/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_UTIL_MACROS_H
#define _LINUX_UTIL_MACROS_H

#include <linux/math.h>
#include <linux/typecheck.h>
#include <linux/types.h>

/** PTR_IF - @ptr if @cond is true, NULL if not; the compiler may drop what only @ptr names */
#define PTR_IF(cond, ptr)	((cond) ? (ptr) : NULL)

/** u64_to_user_ptr - an address that user space passed in a field of 64 bits */
#define u64_to_user_ptr(x) ({							\
	typecheck(u64, (x));							\
	(void __user *)(uintptr_t)(x);						\
})

/*
 * Index of the element nearest to @x in a sorted array of @as elements; @op is <= for an ascending
 * array and >= for a descending one. Halfway goes to the lower index.
 */
#define __find_closest(x, a, as, op) ({						\
	typeof(as) __fc_i, __fc_as = (as) - 1;					\
	typeof(x) __fc_x = (x);							\
	typeof(*a) const *__fc_a = (a);						\
	for (__fc_i = 0; __fc_i < __fc_as; __fc_i++) {				\
		if (__fc_x op DIV_ROUND_CLOSEST(__fc_a[__fc_i] +		\
						__fc_a[__fc_i + 1], 2))		\
			break;							\
	}									\
	(__fc_i);								\
})

/** find_closest - index of the nearest element of an array sorted upwards */
#define find_closest(x, a, as)			__find_closest(x, a, as, <=)
/** find_closest_descending - index of the nearest element of an array sorted downwards */
#define find_closest_descending(x, a, as)	__find_closest(x, a, as, >=)

/** is_insidevar - does pointer @ptr point into variable @var? */
#define is_insidevar(ptr, var)							\
	((uintptr_t)(ptr) >= (uintptr_t)(var) &&				\
	 (uintptr_t)(ptr) < (uintptr_t)(var) + sizeof(var))

#endif
