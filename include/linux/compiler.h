/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_COMPILER_H
#define _LINUX_COMPILER_H

/*
 * What kernel C asks of the compiler beyond the language: branch hints, the
 * barrier that the optimiser respects, values it must not reason about.
 */
#ifndef __ASSEMBLY__

/** likely() - @x, which is most often true: the other way may cost more */
#define likely(x)	__builtin_expect(!!(x), 1)
/** unlikely() - @x, which is most often false */
#define unlikely(x)	__builtin_expect(!!(x), 0)
#define likely_notrace(x)	likely(x)
#define unlikely_notrace(x)	unlikely(x)

/* barrier(): the compiler moves no memory access across it. It emits nothing. */
#define barrier()		__asm__ __volatile__("" : : : "memory")
/* barrier_data(ptr): and it believes that what @ptr points to was used. */
#define barrier_data(ptr)	__asm__ __volatile__("" : : "r"(ptr) : "memory")
#define barrier_before_unreachable() barrier()

/** unreachable() - control doesn't get here; undefined if it does */
#define unreachable()		__builtin_unreachable()
#define annotate_unreachable()	((void)0)
#define annotate_reachable()	((void)0)

/* OPTIMIZER_HIDE_VAR(var): the compiler forgets what it knows of @var's value. */
#define OPTIMIZER_HIDE_VAR(var)	__asm__("" : "=r"(var) : "0"(var))

/* RELOC_HIDE(ptr, off): @ptr + @off, without the compiler knowing which object it is in. */
#define RELOC_HIDE(ptr, off)						\
({									\
	unsigned long __hidden;						\
	__asm__("" : "=r"(__hidden) : "0"(ptr));			\
	(typeof(ptr))(__hidden + (off));				\
})

#define absolute_pointer(val)	RELOC_HIDE((void *)(val), 0)
#define __UNIQUE_ID(prefix)	__PASTE(__PASTE(__UNIQUE_ID_, prefix), __COUNTER__)

/* data_race(expr): the race in @expr is meant; KCSAN stays silent about it. */
#ifdef CONFIG_KCSAN
void __kcsan_disable_current(void);
void __kcsan_enable_current(void);

/** data_race() - an access that may race, and nobody minds: KCSAN doesn't report it */
#define data_race(expr)							\
({									\
	__auto_type __racy = ({ __kcsan_disable_current(); (expr); });	\
	__kcsan_enable_current();					\
	__racy;								\
})
#else
#define data_race(expr)		({ __auto_type __racy = (expr); __racy; })
#endif

/** is_signed_type() - has an integer type negative values? */
#define is_signed_type(type)	(((type)(-1)) < (__force type)1)

/** is_unsigned_type() - has an integer type no negative values? */
#define is_unsigned_type(type)	(!is_signed_type(type))

/*
 * __is_constexpr(x): 1 if @x is an integer constant expression. A conditional
 * of `void *` and `int *` has type `int *` only if the first is a null pointer
 * constant, and (void *)(x * 0l) is one only if x is constant.
 */
#define __is_constexpr(x)						\
	(sizeof(int) == sizeof(*(8 ? ((void *)((long)(x) * 0l)) : (int *)8)))

/** statically_true() - does the compiler know that @x is true? Else false, whatever it will be */
#define statically_true(x)	(__builtin_constant_p(x) && (x))

/* __must_be_array(a): 0 for an array; a pointer does not build. */
#define __must_be_array(a)						\
	((int)sizeof(struct { int : (-!!(__same_type((a), &(a)[0]))); }))
#define __must_be_cstr(p)	0

/* __ADDRESSABLE(sym): keep a reference to @sym, so that the linker keeps it too. */
#define __ADDRESSABLE(sym)						\
	static void *__used __section(".discard.addressable")		\
		__UNIQUE_ID(__PASTE(__addressable_, sym)) = (void *)(unsigned long)&sym;

/** offset_to_ptr() - the address that a self-relative 32-bit offset names */
static inline void *offset_to_ptr(const int *off)
{
	return (void *)((unsigned long)off + *off);
}

#include <asm/rwonce.h>

#endif /* !__ASSEMBLY__ */

#endif /* _LINUX_COMPILER_H */
