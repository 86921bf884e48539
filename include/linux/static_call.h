/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_STATIC_CALL_H
#define _LINUX_STATIC_CALL_H

/*
 * Function pointers that are set rarely and called often.
 *
 *	DEFINE_STATIC_CALL(name, func);
 *	static_call(name)(args...);
 *	static_call_update(name, other_func);
 *
 * On a machine with CONFIG_HAVE_STATIC_CALL a call is a direct call of a
 * trampoline that jumps on to the target and is patched by the update; elsewhere
 * it is a call through the pointer in the key. A call without target
 * (DEFINE_STATIC_CALL_NULL) does nothing when made through static_call_cond().
 *
 * An update doesn't wait for callers that are in the old function.
 */

#include <linux/static_call_types.h>
#include <linux/types.h>

void __static_call_nop(void);
long __static_call_return0(void);
void __static_call_update(struct static_call_key *key, void *tramp, void *func);

/** static_call_query() - the present target, NULL: none */
#define static_call_query(name)		(READ_ONCE(STATIC_CALL_KEY(name).func))

/** static_call_update() - calls go to @func from now on; NULL: nowhere. Context: may sleep */
#define static_call_update(name, func)					\
({									\
	typeof(&STATIC_CALL_TRAMP(name)) __scu = (func);		\
	__static_call_update(&STATIC_CALL_KEY(name),			\
			     &STATIC_CALL_TRAMP(name), __scu);		\
})

#ifdef CONFIG_HAVE_STATIC_CALL

#include <asm/static_call.h>

/** static_call() - the function to call: static_call(name)(args) */
#define static_call(name)		STATIC_CALL_TRAMP(name)
/** static_call_cond() - static_call() that may have no target; the result is thrown away */
#define static_call_cond(name)		(void)static_call(name)

/** DEFINE_STATIC_CALL() - a static call that goes to @_func at first */
#define DEFINE_STATIC_CALL(name, _func)					\
	DECLARE_STATIC_CALL(name, _func);				\
	struct static_call_key STATIC_CALL_KEY(name) = {		\
		.func = _func,						\
	};								\
	ARCH_DEFINE_STATIC_CALL_TRAMP(name, _func)

/** DEFINE_STATIC_CALL_NULL() - a static call of @_func's type without target */
#define DEFINE_STATIC_CALL_NULL(name, _func)				\
	DECLARE_STATIC_CALL(name, _func);				\
	struct static_call_key STATIC_CALL_KEY(name) = {		\
		.func = NULL,						\
	};								\
	ARCH_DEFINE_STATIC_CALL_NULL_TRAMP(name)

/** DEFINE_STATIC_CALL_RET0() - a static call of @_func's type that returns 0 at first */
#define DEFINE_STATIC_CALL_RET0(name, _func)				\
	DECLARE_STATIC_CALL(name, _func);				\
	struct static_call_key STATIC_CALL_KEY(name) = {		\
		.func = __static_call_return0,				\
	};								\
	ARCH_DEFINE_STATIC_CALL_RET0_TRAMP(name)

#else /* !CONFIG_HAVE_STATIC_CALL */

#define static_call(name)						\
	((typeof(STATIC_CALL_TRAMP(name)) *)(READ_ONCE(STATIC_CALL_KEY(name).func)))

/* Arguments are evaluated even if there is nothing to call. */
#define static_call_cond(name)						\
	(void)((typeof(STATIC_CALL_TRAMP(name)) *)			\
	       (READ_ONCE(STATIC_CALL_KEY(name).func) ?: (void *)__static_call_nop))

#define __DEFINE_STATIC_CALL(name, _func, _func_init)			\
	DECLARE_STATIC_CALL(name, _func);				\
	struct static_call_key STATIC_CALL_KEY(name) = {		\
		.func = _func_init,					\
	}
#define DEFINE_STATIC_CALL(name, _func)		__DEFINE_STATIC_CALL(name, _func, _func)
#define DEFINE_STATIC_CALL_NULL(name, _func)	__DEFINE_STATIC_CALL(name, _func, NULL)
#define DEFINE_STATIC_CALL_RET0(name, _func)	\
	__DEFINE_STATIC_CALL(name, _func, __static_call_return0)

#undef static_call_update
/* No trampoline exists: its name serves as type only. */
#define static_call_update(name, func)					\
({									\
	typeof(STATIC_CALL_TRAMP(name)) *__scu = (func);		\
	__static_call_update(&STATIC_CALL_KEY(name), NULL, __scu);	\
})

#endif

#define EXPORT_STATIC_CALL(name)
#define EXPORT_STATIC_CALL_GPL(name)
#define EXPORT_STATIC_CALL_TRAMP(name)
#define EXPORT_STATIC_CALL_TRAMP_GPL(name)

#endif /* _LINUX_STATIC_CALL_H */
