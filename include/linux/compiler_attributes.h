/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_COMPILER_ATTRIBUTES_H
#define _LINUX_COMPILER_ATTRIBUTES_H

/*
 * Function, variable and type attributes under the names that kernel code uses.
 * Only attributes that both gcc 12 and clang 14 know stand here unguarded.
 */
#define __alias(symbol)			__attribute__((__alias__(#symbol)))
#define __aligned(x)			__attribute__((__aligned__(x)))
#define __aligned_largest		__attribute__((__aligned__))
#define __alloc_size__(x, ...)		__attribute__((__alloc_size__(x, ##__VA_ARGS__)))
#define __always_inline			inline __attribute__((__always_inline__))
#define __always_unused			__attribute__((__unused__))
#define __assume_aligned(a, ...)	__attribute__((__assume_aligned__(a, ##__VA_ARGS__)))
#define __attribute_const__		__attribute__((__const__))
#define __cleanup(func)			__attribute__((__cleanup__(func)))
#define __cold				__attribute__((__cold__))
#define __deprecated
#define __flatten			__attribute__((flatten))
#define __gnu_inline			__attribute__((__gnu_inline__))
#define __malloc			__attribute__((__malloc__))
#define __maybe_unused			__attribute__((__unused__))
#define __mode(x)			__attribute__((__mode__(x)))
#define __must_check			__attribute__((__warn_unused_result__))
#define __no_caller_saved_registers	__attribute__((__no_caller_saved_registers__))
#define __noreturn			__attribute__((__noreturn__))
#define __packed			__attribute__((__packed__))
#define __printf(a, b)			__attribute__((__format__(printf, a, b)))
#define __pure				__attribute__((__pure__))
#define __scanf(a, b)			__attribute__((__format__(scanf, a, b)))
#define __section(section)		__attribute__((__section__(section)))
#define __used				__attribute__((__used__))
#define __weak				__attribute__((__weak__))
#define noinline			__attribute__((__noinline__))
#define __noinline			__attribute__((__noinline__))
#define fallthrough			__attribute__((__fallthrough__))

#ifdef __clang__
#define __visible
#define __nonstring
#define __noclone
#define __copy(symbol)
#define __designated_init
#define __no_stack_protector		__attribute__((__no_stack_protector__))
#define __error(message)		__attribute__((__error__(message)))
#define __compiletime_warning(message)	__attribute__((__warning__(message)))
#else
#define __visible		__attribute__((__externally_visible__))
#define __nonstring			__attribute__((__nonstring__))
#define __noclone			__attribute__((__noclone__))
#define __copy(symbol)			__attribute__((__copy__(symbol)))
#define __designated_init		__attribute__((__designated_init__))
#define __no_stack_protector		__attribute__((__no_stack_protector__))
#define __error(message)		__attribute__((__error__(message)))
#define __compiletime_warning(message)	__attribute__((__warning__(message)))
#endif
#define __compiletime_error(message)	__error(message)
/* Neither compiler of ours can check a bound against a member of the struct. */
#define __counted_by(member)
#define __counted_by_le(member)
#define __counted_by_be(member)
/*
 * The size of what a function returns is its parameter @x, or @x times the one that follows. What
 * __alloc_size() gives has no other name yet; what __realloc_size() gives may be the old memory.
 */
#define __alloc_size(x, ...)		__alloc_size__(x, ##__VA_ARGS__) __malloc
#define __realloc_size(x, ...)		__alloc_size__(x, ##__VA_ARGS__)
#define __ro_placement

#endif /* _LINUX_COMPILER_ATTRIBUTES_H */
