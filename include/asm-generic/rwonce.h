/* SPDX-License-Identifier: MIT */
#ifndef _ASM_GENERIC_RWONCE_H
#define _ASM_GENERIC_RWONCE_H

/*
 * READ_ONCE() and WRITE_ONCE(): one access of the full width, in program order
 * with other such accesses to the same variable, and never invented, repeated,
 * torn or left out by the compiler. They order nothing else: for that there are
 * the smp_*() barriers of <asm/barrier.h>.
 *
 * Linux: Documentation/memory-barriers.txt, "COMPILER BARRIER".
 */
#ifndef __ASSEMBLY__

#include <linux/compiler_types.h>

#ifndef __READ_ONCE
#define __READ_ONCE(x)	(*(const volatile __unqual_scalar_typeof(x) *)&(x))
#endif

/* `long long` is let through, as 64-bit machines access it in one go. */
#define compiletime_assert_rwonce_type(t)				\
	compiletime_assert(__native_word(t) || sizeof(t) == sizeof(long long), \
			   "READ_ONCE/WRITE_ONCE of a type that is not one machine word")

#define READ_ONCE(x)							\
({									\
	compiletime_assert_rwonce_type(x);				\
	__READ_ONCE(x);							\
})

#define __WRITE_ONCE(x, val)						\
do {									\
	*(volatile typeof(x) *)&(x) = (val);				\
} while (0)

#define WRITE_ONCE(x, val)						\
do {									\
	compiletime_assert_rwonce_type(x);				\
	__WRITE_ONCE(x, val);						\
} while (0)

/**
 * __read_once_word_nocheck() - a load that no instrumentation sees: for unwinders that read other
 * stacks
 */
static __no_sanitize_or_inline
unsigned long __read_once_word_nocheck(const void *addr)
{
	return *(const volatile unsigned long *)addr;
}

#define READ_ONCE_NOCHECK(x)						\
({									\
	compiletime_assert(sizeof(x) == sizeof(unsigned long),		\
			   "READ_ONCE_NOCHECK() reads machine words only"); \
	(typeof(x))__read_once_word_nocheck(&(x));			\
})

/**
 * read_word_at_a_time() - a load that may reach beyond the end of a string: KASAN doesn't see it
 */
static __no_kasan_or_inline
unsigned long read_word_at_a_time(const void *addr)
{
	return *(const unsigned long *)addr;
}

#endif /* !__ASSEMBLY__ */

#endif /* _ASM_GENERIC_RWONCE_H */
