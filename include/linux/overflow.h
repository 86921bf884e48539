/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_OVERFLOW_H
#define _LINUX_OVERFLOW_H

/*
 * Arithmetic that tells when it does not fit.
 *
 * check_*_overflow() store the wrapped result and return true on overflow. size_add() and its like
 * saturate at SIZE_MAX, so that a size made of several of them fails in the allocator instead of
 * being too small. wrapping_*() wrap and say that this is meant.
 */

#include <linux/compiler.h>
#include <linux/const.h>
#include <linux/limits.h>
#include <linux/types.h>

/* Largest and smallest value of an integer type, without overflowing on the way. */
#define __type_half_max(type)	((type)1 << (8 * sizeof(type) - 1 - is_signed_type(type)))
#define __type_max(T)		((T)((__type_half_max(T) - 1) + __type_half_max(T)))
#define type_max(t)		__type_max(typeof(t))
#define __type_min(T)		((T)((T)-type_max(T) - (T)1))
#define type_min(t)		__type_min(typeof(t))

/* Comparisons with zero that don't warn for unsigned types. */
#define is_non_negative(a)	((a) > 0 || (a) == 0)
#define is_negative(a)		(!(is_non_negative(a)))

static inline bool __must_check __must_check_overflow(bool overflow)
{
	return unlikely(overflow);
}

/** check_add_overflow - *@d = @a + @b; true if it wrapped */
#define check_add_overflow(a, b, d)						\
	__must_check_overflow(__builtin_add_overflow(a, b, d))

/** check_sub_overflow - *@d = @a - @b; true if it wrapped */
#define check_sub_overflow(a, b, d)						\
	__must_check_overflow(__builtin_sub_overflow(a, b, d))

/** check_mul_overflow - *@d = @a * @b; true if it wrapped */
#define check_mul_overflow(a, b, d)						\
	__must_check_overflow(__builtin_mul_overflow(a, b, d))

/** wrapping_add - (@type)(@a + @b), wrapping meant */
#define wrapping_add(type, a, b) ({						\
	type __val;								\
	(void)__builtin_add_overflow(a, b, &__val);				\
	__val;									\
})

/** wrapping_sub - (@type)(@a - @b), wrapping meant */
#define wrapping_sub(type, a, b) ({						\
	type __val;								\
	(void)__builtin_sub_overflow(a, b, &__val);				\
	__val;									\
})

/** wrapping_mul - (@type)(@a * @b), wrapping meant */
#define wrapping_mul(type, a, b) ({						\
	type __val;								\
	(void)__builtin_mul_overflow(a, b, &__val);				\
	__val;									\
})

/** wrapping_assign_add - @var += @offset, wrapping meant; the new value */
#define wrapping_assign_add(var, offset) ({					\
	typeof(var) *__ptr = &(var);						\
	*__ptr = wrapping_add(typeof(var), *__ptr, offset);			\
})

/** wrapping_assign_sub - @var -= @offset, wrapping meant; the new value */
#define wrapping_assign_sub(var, offset) ({					\
	typeof(var) *__ptr = &(var);						\
	*__ptr = wrapping_sub(typeof(var), *__ptr, offset);			\
})

/**
 * check_shl_overflow - *@d = @a << @s; true if the result is not the mathematical one
 * @a: value to shift; a negative one counts as overflow
 * @s: number of bits; negative or too large counts as overflow
 * @d: where the result goes; not to be used if this returns true
 */
#define check_shl_overflow(a, s, d) __must_check_overflow(({			\
	typeof(a) _a = a;							\
	typeof(s) _s = s;							\
	typeof(d) _d = d;							\
	unsigned long long _a_full = _a;					\
	unsigned int _to_shift =						\
		is_non_negative(_s) && _s < 8 * sizeof(*d) ? _s : 0;		\
	*_d = (_a_full << _to_shift);						\
	(_to_shift != _s || is_negative(*_d) || is_negative(_a) ||		\
	 (*_d >> _to_shift) != _a);						\
}))

/* A constant in range of T? Answered with __builtin_add_overflow_p() where it is constant. */
#define __overflows_type_constexpr(x, T) (					\
	is_unsigned_type(typeof(x)) ? (x) > type_max(T) :			\
	is_unsigned_type(typeof(T)) ? (x) < 0 || (x) > type_max(T) :		\
	(x) < type_min(T) || (x) > type_max(T))

#define __overflows_type(x, T) ({						\
	typeof(T) v = 0;							\
	check_add_overflow((x), v, &v);						\
})

/** overflows_type - can variable, value or type @n be too large for type (or variable) @T? */
#define overflows_type(n, T)							\
	__builtin_choose_expr(__is_constexpr(n), __overflows_type_constexpr(n, T), \
			      __overflows_type(n, T))

/** castable_to_type - is a constant @n in range of @T, or is a variable of the same type? */
#define castable_to_type(n, T)							\
	__builtin_choose_expr(__is_constexpr(n), !__overflows_type_constexpr(n, T), \
			      __same_type(n, T))

/** size_mul - product, SIZE_MAX if it does not fit */
static inline size_t __must_check size_mul(size_t factor1, size_t factor2)
{
	size_t bytes;

	if (check_mul_overflow(factor1, factor2, &bytes))
		return SIZE_MAX;
	return bytes;
}

/** size_add - sum, SIZE_MAX if it does not fit */
static inline size_t __must_check size_add(size_t addend1, size_t addend2)
{
	size_t bytes;

	if (check_add_overflow(addend1, addend2, &bytes))
		return SIZE_MAX;
	return bytes;
}

/** size_sub - difference, SIZE_MAX if it is negative or an operand is SIZE_MAX already */
static inline size_t __must_check size_sub(size_t minuend, size_t subtrahend)
{
	size_t bytes;

	if (minuend == SIZE_MAX || subtrahend == SIZE_MAX ||
	    check_sub_overflow(minuend, subtrahend, &bytes))
		return SIZE_MAX;
	return bytes;
}

/** array_size - bytes of @a * @b, SIZE_MAX on overflow */
#define array_size(a, b)	size_mul(a, b)

/** array3_size - bytes of @a * @b * @c, SIZE_MAX on overflow */
#define array3_size(a, b, c)	size_mul(size_mul(a, b), c)

/** flex_array_size - bytes of @count elements of *@p's flexible array @member */
#define flex_array_size(p, member, count)					\
	__builtin_choose_expr(__is_constexpr(count),				\
		(count) * sizeof(*(p)->member) + __must_be_array((p)->member),	\
		size_mul(count, sizeof(*(p)->member) + __must_be_array((p)->member)))

/** struct_size - bytes of *@p with @count elements of its flexible array @member */
#define struct_size(p, member, count)						\
	__builtin_choose_expr(__is_constexpr(count),				\
		sizeof(*(p)) + flex_array_size(p, member, count),		\
		size_add(sizeof(*(p)), flex_array_size(p, member, count)))

/** struct_size_t - struct_size() by type instead of by pointer */
#define struct_size_t(type, member, count)	struct_size((type *)NULL, member, count)

/*
 * _DEFINE_FLEX - a struct with @count elements of its flexible array, on the stack
 *
 * The bytes are a union member's, so that the object is as large as the elements need.
 */
#define _DEFINE_FLEX(type, name, member, count, initializer...)			\
	_Static_assert(__builtin_constant_p(count),				\
		       "on-stack flexible array members need a constant count");\
	union {									\
		u8 bytes[struct_size_t(type, member, count)];			\
		type obj;							\
	} name##_u initializer;							\
	type *name = (type *)&name##_u

/** DEFINE_RAW_FLEX - a zeroed struct on the stack with @count elements of array @member */
#define DEFINE_RAW_FLEX(type, name, member, count)				\
	_DEFINE_FLEX(type, name, member, count, = {})

/** DEFINE_FLEX - DEFINE_RAW_FLEX() that also stores the count in @COUNTER */
#define DEFINE_FLEX(TYPE, NAME, MEMBER, COUNTER, COUNT)				\
	_DEFINE_FLEX(TYPE, NAME, MEMBER, COUNT, = { .obj.COUNTER = COUNT, })

#endif
