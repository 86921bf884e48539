/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_CLEANUP_H
#define _LINUX_CLEANUP_H

/*
 * Clean-up tied to scope: a variable whose end of life runs a function.
 *
 * A pointer that frees itself:
 *
 *	struct page_info *info __free(kfree) = kzalloc(sizeof(*info), GFP_KERNEL);
 *	if (!info)
 *		return -ENOMEM;
 *	...
 *	return_ptr(info);	// or no_free_ptr(info): it survives
 *
 * A lock held until the end of the block, or for one statement:
 *
 *	guard(mutex)(&dev->lock);
 *	scoped_guard(spinlock_irqsave, &dev->lock) { ... }
 *
 * Clean-ups run in the reverse order of the definitions, so define a variable at the place where it
 * gets its value: one that is defined early and assigned late is freed too late, possibly after the
 * lock that protects it. Don't mix __free() with a goto ladder in one function.
 */

#include <linux/compiler.h>
#include <linux/container_of.h>
#include <linux/types.h>

/** DEFINE_FREE - name a clean-up for __free(); @_free is a statement about _T */
#define DEFINE_FREE(_name, _type, _free)					\
	static __always_inline void __free_##_name(void *p)			\
	{									\
		_type _T = *(_type *)p;						\
										\
		_free;								\
	}

#define __free(_name)	__cleanup(__free_##_name)

/* Take the value out of a variable, leaving @nullvalue for the clean-up to see. */
#define __get_and_null(p, nullvalue) ({						\
	__auto_type __ptr = &(p);						\
	__auto_type __val = *__ptr;						\
	*__ptr = nullvalue;							\
	__val;									\
})

/** __must_check_fn - @val; the compiler warns who ignores it */
static __always_inline __must_check const volatile void *
__must_check_fn(const volatile void *val)
{
	return val;
}

/** no_free_ptr - the pointer, and its clean-up called off; the result must be used */
#define no_free_ptr(p)								\
	((typeof(p))__must_check_fn((__force const volatile void *)__get_and_null(p, NULL)))

/** retain_and_null_ptr - call a clean-up off when somebody else has taken the pointer over */
#define retain_and_null_ptr(p)	((void)__get_and_null(p, NULL))

/** return_ptr - return the pointer, and its clean-up called off */
#define return_ptr(p)	return no_free_ptr(p)

/**
 * DEFINE_CLASS - a type with constructor and destructor
 * @_name: name of the class
 * @_type: type of its variables
 * @_exit: statement that ends one, named _T
 * @_init: expression that makes one
 * @_init_args: the constructor's parameters
 */
#define DEFINE_CLASS(_name, _type, _exit, _init, _init_args...)		\
	typedef _type class_##_name##_t;					\
	static __always_inline void class_##_name##_destructor(_type *p)	\
	{									\
		_type _T = *p;							\
										\
		_exit;								\
	}									\
	static __always_inline _type class_##_name##_constructor(_init_args)	\
	{									\
		_type t = _init;						\
										\
		return t;							\
	}

/** EXTEND_CLASS - a class with another constructor for the same type */
#define EXTEND_CLASS(_name, ext, _init, _init_args...)				\
	typedef class_##_name##_t class_##_name##ext##_t;			\
	static __always_inline void class_##_name##ext##_destructor(class_##_name##_t *p) \
	{									\
		class_##_name##_destructor(p);					\
	}									\
	static __always_inline class_##_name##_t				\
	class_##_name##ext##_constructor(_init_args)				\
	{									\
		class_##_name##_t t = _init;					\
										\
		return t;							\
	}

/** CLASS - define a variable of a class: CLASS(fdget, f)(fd); */
#define CLASS(_name, var)							\
	class_##_name##_t var __maybe_unused __cleanup(class_##_name##_destructor) = \
		class_##_name##_constructor

/*
 * Guards are classes whose value is a lock. The value NULL means "not held"; a conditional guard
 * (trylock, interruptible) has it when the lock was not got.
 */
#define __DEFINE_CLASS_IS_CONDITIONAL(_name, _is_cond)				\
	static __maybe_unused const bool class_##_name##_is_conditional = _is_cond

/** DEFINE_GUARD - a guard over an existing lock type; _T names the lock pointer */
#define DEFINE_GUARD(_name, _type, _lock, _unlock)				\
	__DEFINE_CLASS_IS_CONDITIONAL(_name, false);				\
	DEFINE_CLASS(_name, _type, if (_T) { _unlock; }, ({ _lock; _T; }), _type _T); \
	static __always_inline void *class_##_name##_lock_ptr(class_##_name##_t *_T) \
	{									\
		return (void *)(__force unsigned long)*_T;			\
	}

/** DEFINE_GUARD_COND - a conditional form of a guard; @_condlock is true if the lock was got */
#define DEFINE_GUARD_COND(_name, _ext, _condlock)				\
	__DEFINE_CLASS_IS_CONDITIONAL(_name##_ext, true);			\
	EXTEND_CLASS(_name, _ext,						\
		     ({ void *_t = _T; if (_T && !(_condlock)) _t = NULL; _t; }), \
		     class_##_name##_t _T)					\
	static __always_inline void *class_##_name##_ext##_lock_ptr(class_##_name##_t *_T) \
	{									\
		return class_##_name##_lock_ptr(_T);				\
	}

/** guard - hold a lock until the end of the block: guard(mutex)(&lock); */
#define guard(_name)								\
	CLASS(_name, __UNIQUE_ID(guard))

#define __guard_ptr(_name)		class_##_name##_lock_ptr
#define __is_cond_ptr(_name)		class_##_name##_is_conditional

#define __scoped_guard_labeled(_label, _name, args...)				\
	for (CLASS(_name, scope)(args);						\
	     __guard_ptr(_name)(&scope) || !__is_cond_ptr(_name);		\
	     ({ goto _label; }))						\
		if (0) {							\
_label:										\
			break;							\
		} else

/** scoped_guard - hold a lock for one statement, which is skipped if a conditional one failed */
#define scoped_guard(_name, args...)						\
	__scoped_guard_labeled(__UNIQUE_ID(label), _name, args)

#define __scoped_cond_guard(_name, _fail, _label, args...)			\
	for (CLASS(_name, scope)(args); true; ({ goto _label; }))		\
		if (!__guard_ptr(_name)(&scope)) {				\
			_fail;							\
_label:										\
			break;							\
		} else

/** scoped_cond_guard - the same, running the statement @_fail if the lock was not got */
#define scoped_cond_guard(_name, _fail, args...)				\
	__scoped_cond_guard(_name, _fail, __UNIQUE_ID(label), args)

/* Guards for locks that need state (saved flags), or that are no object at all (RCU). */
#define __DEFINE_UNLOCK_GUARD(_name, _type, _unlock, ...)			\
	typedef struct {							\
		_type *lock;							\
		__VA_ARGS__;							\
	} class_##_name##_t;							\
										\
	static __always_inline void class_##_name##_destructor(class_##_name##_t *_T) \
	{									\
		if (_T->lock) {							\
			_unlock;						\
		}								\
	}									\
	static __always_inline void *class_##_name##_lock_ptr(class_##_name##_t *_T) \
	{									\
		return (void *)(__force unsigned long)_T->lock;			\
	}

#define __DEFINE_LOCK_GUARD_1(_name, _type, _lock)				\
	static __always_inline class_##_name##_t class_##_name##_constructor(_type *l) \
	{									\
		class_##_name##_t _t = { .lock = l }, *_T = &_t;		\
										\
		_lock;								\
		return _t;							\
	}

#define __DEFINE_LOCK_GUARD_0(_name, _lock)					\
	static __always_inline class_##_name##_t class_##_name##_constructor(void) \
	{									\
		class_##_name##_t _t = { .lock = (void *)1 },			\
				 *_T __maybe_unused = &_t;			\
										\
		_lock;								\
		return _t;							\
	}

/** DEFINE_LOCK_GUARD_1 - a guard over a lock with more state; _T->lock is the lock */
#define DEFINE_LOCK_GUARD_1(_name, _type, _lock, _unlock, ...)			\
	__DEFINE_CLASS_IS_CONDITIONAL(_name, false);				\
	__DEFINE_UNLOCK_GUARD(_name, _type, _unlock, __VA_ARGS__)		\
	__DEFINE_LOCK_GUARD_1(_name, _type, _lock)

/** DEFINE_LOCK_GUARD_0 - a guard without an object, such as RCU's */
#define DEFINE_LOCK_GUARD_0(_name, _lock, _unlock, ...)				\
	__DEFINE_CLASS_IS_CONDITIONAL(_name, false);				\
	__DEFINE_UNLOCK_GUARD(_name, void, _unlock, __VA_ARGS__)		\
	__DEFINE_LOCK_GUARD_0(_name, _lock)

/** DEFINE_LOCK_GUARD_1_COND - a conditional form of a DEFINE_LOCK_GUARD_1() guard */
#define DEFINE_LOCK_GUARD_1_COND(_name, _ext, _condlock)			\
	__DEFINE_CLASS_IS_CONDITIONAL(_name##_ext, true);			\
	EXTEND_CLASS(_name, _ext,						\
		     ({ class_##_name##_t _t = { .lock = l }, *_T = &_t;	\
			if (_T->lock && !(_condlock)) _T->lock = NULL;		\
			_t; }),							\
		     typeof_member(class_##_name##_t, lock) l)			\
	static __always_inline void *class_##_name##_ext##_lock_ptr(class_##_name##_t *_T) \
	{									\
		return class_##_name##_lock_ptr(_T);				\
	}

#endif
