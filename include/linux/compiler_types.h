/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_COMPILER_TYPES_H
#define _LINUX_COMPILER_TYPES_H

/*
 * What every translation unit knows before its first line: the build passes
 * this file with -include, after <linux/kconfig.h>.
 *
 * It holds the address-space annotations that sparse checks, the attributes
 * that sanitizers and the linker script need, and the `inline` of the kernel.
 */
#ifndef __ASSEMBLY__

#include <linux/compiler_attributes.h>

/* Address spaces. `make C=1` runs sparse, which refuses to mix them. */
#ifdef __CHECKER__
#define __kernel	__attribute__((address_space(0)))
#define __user		__attribute__((noderef, address_space(__user)))
#define __iomem		__attribute__((noderef, address_space(__iomem)))
#define __percpu	__attribute__((noderef, address_space(__percpu)))
#define __rcu		__attribute__((noderef, address_space(__rcu)))
#define __must_hold(x)	__attribute__((context(x, 1, 1)))
#define __acquires(x)	__attribute__((context(x, 0, 1)))
#define __cond_acquires(x) __attribute__((context(x, 0, -1)))
#define __releases(x)	__attribute__((context(x, 1, 0)))
#define __acquire(x)	__context__(x, 1)
#define __release(x)	__context__(x, -1)
#define __cond_lock(x, c) ((c) ? ({ __acquire(x); 1; }) : 0)
#define __force		__attribute__((force))
#define __nocast	__attribute__((nocast))
#define __safe		__attribute__((safe))
#define __private	__attribute__((noderef))
#define ACCESS_PRIVATE(p, member) (*((typeof((p)->member) __force *)&(p)->member))
/** __chk_user_ptr() - lets sparse check that it is a pointer to user memory */
static inline void __chk_user_ptr(const volatile void __user *ptr) { (void)ptr; }
static inline void __chk_io_ptr(const volatile void __iomem *ptr) { (void)ptr; }
#else
#define __kernel
#define __user
#define __iomem
#define __percpu
#define __rcu
#define __must_hold(x)
#define __acquires(x)
#define __cond_acquires(x)
#define __releases(x)
#define __acquire(x)	((void)0)
#define __release(x)	((void)0)
#define __cond_lock(x, c) (c)
#define __force
#define __nocast
#define __safe
#define __private
#define ACCESS_PRIVATE(p, member) ((p)->member)
#define __chk_user_ptr(x) ((void)0)
#define __chk_io_ptr(x)	((void)0)
#endif

#define ___PASTE(a, b) a##b
#define __PASTE(a, b) ___PASTE(a, b)

/*
 * A static inline function that nobody calls is no defect in a header, so
 * `inline` says unused; it gives gcc no order to inline.
 */
#define inline inline __attribute__((__unused__))

#define asm_volatile_goto(x...)	asm goto(x)
#define asm_goto_output(x...)	asm volatile goto(x)
#define asm_inline asm __inline

/* Sanitizers off for one function. */
#define __no_sanitize_address	__attribute__((__no_sanitize_address__))
#ifdef __clang__
#define __no_sanitize_undefined	__attribute__((__no_sanitize__("undefined")))
#else
#define __no_sanitize_undefined	__attribute__((__no_sanitize_undefined__))
#endif
#define __no_sanitize_thread	__attribute__((__no_sanitize_thread__))
#define __no_sanitize_memory
#define __no_kcsan		__no_sanitize_thread
#define __no_profile
#define __no_sanitize_coverage

/*
 * With an instrumented build a function that must not be instrumented must not
 * be inlined into one that is, and the other way round.
 */
#ifdef CONFIG_KASAN
#define __no_kasan_or_inline	__no_sanitize_address __maybe_unused
#define __no_sanitize_or_inline	__no_kasan_or_inline
#else
#define __no_kasan_or_inline	__always_inline
#endif
/*
 * `int __data_racy x;`: every access of it may race, and nobody minds. KCSAN takes volatile for
 * marked; without it the qualifier is nothing, and costs nothing.
 */
#ifdef __SANITIZE_THREAD__
#define __data_racy		volatile
#else
#define __data_racy
#endif

#ifdef CONFIG_KCSAN
#define __no_kcsan_or_inline	__no_sanitize_thread __maybe_unused
#define __no_sanitize_or_inline	__no_kcsan_or_inline
#endif
#ifndef __no_sanitize_or_inline
#define __no_sanitize_or_inline	__always_inline
#endif
#define noinline_for_stack	noinline
#define noinline_for_tracing	noinline

/*
 * noinstr: code that runs before the kernel knows its context (entry) or that
 * instrumentation itself rests on. It gets its own section, which a script
 * checks for calls out of it, and no instrumentation of any kind.
 */
#define __noinstr_section(section)					\
	noinline __section(section) __no_sanitize_address		\
	__no_sanitize_undefined __no_sanitize_thread __no_stack_protector
#define noinstr		__noinstr_section(".noinstr.text")
#define notrace
#define __cpuidle	__noinstr_section(".cpuidle.text")

#define __diag_push()
#define __diag_pop()
#define __diag_ignore_all(option, comment)

/*
 * Bytes from @p to the end of the whole object, or of the member (an array) that it is; SIZE_MAX if
 * the compiler can't tell. The dynamic form also knows objects whose size is computed, such as what
 * kmalloc() returns.
 */
#if __has_builtin(__builtin_dynamic_object_size)
#define __struct_size(p)	__builtin_dynamic_object_size(p, 0)
#define __member_size(p)	__builtin_dynamic_object_size(p, 1)
#else
#define __struct_size(p)	__builtin_object_size(p, 0)
#define __member_size(p)	__builtin_object_size(p, 1)
#endif

#define __same_type(a, b)	__builtin_types_compatible_p(typeof(a), typeof(b))
#define __native_word(t)						\
	(sizeof(t) == sizeof(char) || sizeof(t) == sizeof(short) ||	\
	 sizeof(t) == sizeof(int) || sizeof(t) == sizeof(long))

/* The type of an expression without qualifiers, for scalars; others keep theirs. */
#define __scalar_pair(type)						\
	unsigned type: (unsigned type)0, signed type: (signed type)0
#define __unqual_scalar_typeof(x) typeof(				\
	_Generic((x),							\
		 char: (char)0,						\
		 __scalar_pair(char),					\
		 __scalar_pair(short),					\
		 __scalar_pair(int),					\
		 __scalar_pair(long),					\
		 __scalar_pair(long long),				\
		 default: (x)))

#ifdef __OPTIMIZE__
#define __compiletime_assert(condition, message, prefix, suffix)	\
	do {								\
		extern void prefix##suffix(void) __error(message);	\
		if (!(condition))					\
			prefix##suffix();				\
	} while (0)
#else
#define __compiletime_assert(condition, message, prefix, suffix) ((void)(condition))
#endif
#define _compiletime_assert(condition, message, prefix, suffix)		\
	__compiletime_assert(condition, message, prefix, suffix)

/* compiletime_assert(condition, message): the build stops with @message if @condition is false. */
#define compiletime_assert(condition, message)				\
	_compiletime_assert(condition, message, __compiletime_assert_, __COUNTER__)
#define compiletime_assert_atomic_type(t)				\
	compiletime_assert(__native_word(t), "a type that the CPU cannot access in one go")

#endif /* !__ASSEMBLY__ */

#endif /* _LINUX_COMPILER_TYPES_H */
