/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_BUILD_BUG_H
#define _LINUX_BUILD_BUG_H

/* Checks that the compiler makes, at no run-time cost. */
#include <linux/compiler.h>

/* BUILD_BUG_ON_ZERO(e): the value 0, for use inside an expression; @e must be 0. */
#ifdef __CHECKER__
#define BUILD_BUG_ON_ZERO(e) (0)
#else
#define BUILD_BUG_ON_ZERO(e)	((int)(sizeof(struct { int : (-!!(e)); })))
#endif
#define __BUILD_BUG_ON_NOT_POWER_OF_2(n) BUILD_BUG_ON(((n) & ((n) - 1)) != 0)
/** BUILD_BUG_ON_NOT_POWER_OF_2() - doesn't compile unless @n is a power of two */
#define BUILD_BUG_ON_NOT_POWER_OF_2(n)	BUILD_BUG_ON((n) == 0 || (((n) & ((n) - 1)) != 0))
#define BUILD_BUG_ON_INVALID(e)		((void)(sizeof((__force long)(e))))
/** BUILD_BUG_ON_MSG() - BUILD_BUG_ON() with a message of the caller's */
#define BUILD_BUG_ON_MSG(cond, msg)	compiletime_assert(!(cond), msg)
/** BUILD_BUG_ON() - doesn't compile if @condition, which is constant, holds */
#define BUILD_BUG_ON(condition)						\
	BUILD_BUG_ON_MSG(condition, "BUILD_BUG_ON failed: " #condition)

/** BUILD_BUG() - doesn't compile unless the compiler sees that it isn't reached */
#define BUILD_BUG()			BUILD_BUG_ON_MSG(1, "BUILD_BUG failed")

/** static_assert() - doesn't compile unless @expr holds; may stand outside of functions */
#define static_assert(expr, ...) __static_assert(expr, ##__VA_ARGS__, #expr)
#define __static_assert(expr, msg, ...) _Static_assert(expr, msg)

#endif /* _LINUX_BUILD_BUG_H */
