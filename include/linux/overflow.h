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

/*
 * Largest and smallest value of an integer type. A signed one's largest is all ones below the sign:
 * the bit under the sign, less one, and that bit again, so that nothing overflows on the way.
 */
#define __type_top_bit(T)	((T)1 << (8 * sizeof(T) - 2))
#define __type_max(T)								\
	((T)(is_signed_type(T) ? __type_top_bit(T) - 1 + __type_top_bit(T) : (T)~(T)0))
#define __type_min(T)		((T)(is_signed_type(T) ? -__type_max(T) - 1 : 0))
#define type_max(t)		__type_max(typeof(t))
#define type_min(t)		__type_min(typeof(t))

/* Below zero? Asked without comparing an unsigned value to zero, which compilers warn of. */
#define is_negative(a)		((a) < 1 && (a) != 0)
#define is_non_negative(a)	(!is_negative(a))

/** __must_check_overflow - @overflow; the compiler warns who ignores it */
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

/* The wrapped result, whatever the operation has to say about it. */
#define __wrapping_op(op, type, a, b) ({					\
	type __wrapped;								\
	(void)__builtin_##op##_overflow(a, b, &__wrapped);			\
	__wrapped;								\
})

/** wrapping_add - (@type)(@a + @b), wrapping meant */
#define wrapping_add(type, a, b)	__wrapping_op(add, type, a, b)

/** wrapping_sub - (@type)(@a - @b), wrapping meant */
#define wrapping_sub(type, a, b)	__wrapping_op(sub, type, a, b)

/** wrapping_mul - (@type)(@a * @b), wrapping meant */
#define wrapping_mul(type, a, b)	__wrapping_op(mul, type, a, b)

/* In place; @var is evaluated once. */
#define __wrapping_assign(op, var, offset) ({					\
	typeof(var) *__var = &(var);						\
	*__var = __wrapping_op(op, typeof(var), *__var, offset);		\
})

/** wrapping_assign_add - @var += @offset, wrapping meant; the new value */
#define wrapping_assign_add(var, offset)	__wrapping_assign(add, var, offset)

/** wrapping_assign_sub - @var -= @offset, wrapping meant; the new value */
#define wrapping_assign_sub(var, offset)	__wrapping_assign(sub, var, offset)

/**
 * check_shl_overflow - *@d = @a << @s; true if the result is not the mathematical one
 * @a: value to shift; a negative one counts as overflow
 * @s: number of bits; negative or too large counts as overflow
 * @d: where the result goes; not to be used if this returns true
 */
#define check_shl_overflow(a, s, d) __must_check_overflow(({			\
	typeof(a) __shl_from = (a);						\
	typeof(s) __shl_bits = (s);						\
	typeof(d) __shl_to = (d);						\
	/* A negative number of bits is a very large one. */			\
	bool __shl_far = (u64)__shl_bits >= 8 * sizeof(*__shl_to);		\
	unsigned int __shl_by = __shl_far ? 0 : __shl_bits;			\
										\
	*__shl_to = (u64)__shl_from << __shl_by;				\
	/* Of two values that aren't negative: shifted back it is what it was. */ \
	__shl_far || is_negative(__shl_from) || is_negative(*__shl_to) ||	\
	(u64)*__shl_to >> __shl_by != (u64)__shl_from;				\
}))

/**
 * range_overflows - does [@start, @start + @size) leave [0, @max), or begin at its end or behind?
 * @start: first, of the same unsigned type as @size and @max
 * @size: how many; an empty range at @max counts as outside
 * @max: one past the last allowed
 */
#define range_overflows(start, size, max) ({					\
	typeof(start) __range_start = (start);					\
	typeof(max) __range_max = (max);					\
	static_assert(__same_type(start, max));					\
	__range_start >= __range_max ||						\
		range_end_overflows(__range_start, size, __range_max);		\
})

/** range_end_overflows - the same, but an empty range at @max is inside */
#define range_end_overflows(start, size, max) ({				\
	typeof(start) __end_start = (start);					\
	typeof(size) __end_size = (size);					\
	typeof(max) __end_max = (max);						\
	static_assert(__same_type(start, size) && __same_type(start, max));	\
	__end_start > __end_max || __end_size > __end_max - __end_start;	\
})

/** range_overflows_t, range_end_overflows_t - the same, with all three taken as @type */
#define range_overflows_t(type, start, size, max)				\
	range_overflows((type)(start), (type)(size), (type)(max))
#define range_end_overflows_t(type, start, size, max)				\
	range_end_overflows((type)(start), (type)(size), (type)(max))

/* A constant: either end of T's range, compared where the sign of both sides is known. */
#define __overflows_type_constexpr(x, T)					\
	(is_negative(x) ? (s64)(x) < (s64)type_min(T) : (u64)(x) > (u64)type_max(T))

/* A variable: adding nothing to it, into a T. */
#define __overflows_type(x, T) ({						\
	typeof(T) __fits;							\
	__builtin_add_overflow(x, 0, &__fits);					\
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
	size_t product;

	return check_mul_overflow(factor1, factor2, &product) ? SIZE_MAX : product;
}

/** size_add - sum, SIZE_MAX if it does not fit */
static inline size_t __must_check size_add(size_t addend1, size_t addend2)
{
	size_t sum;

	return check_add_overflow(addend1, addend2, &sum) ? SIZE_MAX : sum;
}

/** size_sub - difference, SIZE_MAX if it is negative or an operand is SIZE_MAX already */
static inline size_t __must_check size_sub(size_t minuend, size_t subtrahend)
{
	size_t rest;

	if (minuend == SIZE_MAX || subtrahend == SIZE_MAX)
		return SIZE_MAX;
	return check_sub_overflow(minuend, subtrahend, &rest) ? SIZE_MAX : rest;
}

/** array_size - bytes of @a * @b, SIZE_MAX on overflow */
#define array_size(a, b)	size_mul(a, b)

/** array3_size - bytes of @a * @b * @c, SIZE_MAX on overflow */
#define array3_size(a, b, c)	size_mul(size_mul(a, b), c)

/*
 * size_mul() and size_add(), but a constant expression of a constant @n, which can be the size of
 * an array. The compiler itself finds an overflow there.
 */
#define __size_mul_const(n, size)						\
	__builtin_choose_expr(__is_constexpr(n), (n) * (size), size_mul(n, size))
#define __size_add_const(n, size, more)						\
	__builtin_choose_expr(__is_constexpr(n), (size) + (more), size_add(size, more))

/** flex_array_size - bytes of @count elements of *@p's flexible array @member */
#define flex_array_size(p, member, count)					\
	__size_mul_const(count, sizeof(*(p)->member) + __must_be_array((p)->member))

/** struct_size - bytes of *@p with @count elements of its flexible array @member */
#define struct_size(p, member, count)						\
	__size_add_const(count, sizeof(*(p)), flex_array_size(p, member, count))

/** struct_size_t - struct_size() by type instead of by pointer */
#define struct_size_t(type, member, count)	struct_size((type *)NULL, member, count)

/*
 * __DEFINE_FLEX - a struct with @count elements of its flexible array, on the stack; attributes and
 * an initializer follow. As a member beside so many bytes it is as large as the elements need.
 */
#define __DEFINE_FLEX(type, name, member, count, trailer...)			\
	static_assert(__builtin_constant_p(count), "a stack needs a constant count"); \
	union {									\
		u8 bytes[struct_size_t(type, member, count)];			\
		type obj;							\
	} name##_u trailer;							\
	type *name = &name##_u.obj

#define _DEFINE_FLEX(type, name, member, count, initializer...)			\
	__DEFINE_FLEX(type, name, member, count, initializer)

/** DEFINE_RAW_FLEX - a zeroed struct on the stack with @count elements of array @member */
#define DEFINE_RAW_FLEX(type, name, member, count)				\
	_DEFINE_FLEX(type, name, member, count, = {})

/** DEFINE_FLEX - DEFINE_RAW_FLEX() that also stores the count in @COUNTER */
#define DEFINE_FLEX(TYPE, NAME, MEMBER, COUNTER, COUNT)				\
	_DEFINE_FLEX(TYPE, NAME, MEMBER, COUNT, = { .obj.COUNTER = COUNT, })

#endif
