/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_MINMAX_H
#define _LINUX_MINMAX_H

/*
 * min(), max(), clamp(): each argument is evaluated once, a constant expression stays one (within
 * functions), and comparing a negative number with an unsigned one does not compile.
 *
 * Two values may be compared if C's conversions keep the meaning. __minmax_use() gives each
 * operand two bits, and a pair is fine if it shares one:
 *  - bit 0, "may be compared as unsigned": unsigned types, and constants that are not negative;
 *  - bit 1, "may be compared as signed": signed types, and unsigned ones narrower than int, which
 *    C promotes to int.
 */

#include <linux/build_bug.h>
#include <linux/compiler.h>
#include <linux/const.h>
#include <linux/types.h>

#define __minmax_signed(ux)	(((typeof(ux))(-1)) < (typeof(ux))1)
#define __minmax_nonneg(x)							\
	(__builtin_choose_expr(__is_constexpr((long long)(x) >= 0),		\
			       (long long)(x) >= 0, 0))

/* @ux is a variable holding x: it has a type even where x is a bit field. */
#define __minmax_use(x, ux)							\
	(__minmax_signed(ux) ? 2 + __minmax_nonneg(x) : 1 + 2 * (sizeof(ux) < 4))

#define __types_ok(x, y, ux, uy)						\
	(__minmax_use(x, ux) & __minmax_use(y, uy))
#define __types_ok3(x, y, z, ux, uy, uz)					\
	(__minmax_use(x, ux) & __minmax_use(y, uy) & __minmax_use(z, uz))

#define __cmp_op_min		<
#define __cmp_op_max		>
#define __cmp(op, x, y)		((x) __cmp_op_##op (y) ? (x) : (y))

#define __cmp_once_unique(op, type, x, y, ux, uy) ({				\
	type ux = (x);								\
	type uy = (y);								\
	__cmp(op, ux, uy);							\
})
#define __cmp_once(op, type, x, y)						\
	__cmp_once_unique(op, type, x, y, __UNIQUE_ID(x_), __UNIQUE_ID(y_))

#define __careful_cmp_once(op, x, y, ux, uy) ({					\
	__auto_type ux = (x);							\
	__auto_type uy = (y);							\
	BUILD_BUG_ON_MSG(!__types_ok(x, y, ux, uy),					\
			 #op "(" #x ", " #y ") signedness error");		\
	__cmp(op, ux, uy);							\
})
#define __careful_cmp(op, x, y)							\
	__careful_cmp_once(op, x, y, __UNIQUE_ID(x_), __UNIQUE_ID(y_))

/** min - the smaller of two values of like signedness */
#define min(x, y)	__careful_cmp(min, x, y)
/** max - the greater of two values of like signedness */
#define max(x, y)	__careful_cmp(max, x, y)

/* Widen both to an unsigned type: for a signed value that is known not to be negative. */
#define __umin_cast(x)	((x) + 0u + 0ul + 0ull)

/** umin - min() of values known not to be negative, whatever their types */
#define umin(x, y)	__careful_cmp(min, __umin_cast(x), __umin_cast(y))
/** umax - max() of values known not to be negative, whatever their types */
#define umax(x, y)	__careful_cmp(max, __umin_cast(x), __umin_cast(y))

#define __careful_op3(op, x, y, z, ux, uy, uz) ({				\
	__auto_type ux = (x);							\
	__auto_type uy = (y);							\
	__auto_type uz = (z);							\
	BUILD_BUG_ON_MSG(!__types_ok3(x, y, z, ux, uy, uz),			\
			 #op "3(" #x ", " #y ", " #z ") signedness error");	\
	__cmp(op, ux, __cmp(op, uy, uz));					\
})
/** min3 - the smallest of three values */
#define min3(x, y, z)								\
	__careful_op3(min, x, y, z, __UNIQUE_ID(x_), __UNIQUE_ID(y_), __UNIQUE_ID(z_))
/** max3 - the greatest of three values */
#define max3(x, y, z)								\
	__careful_op3(max, x, y, z, __UNIQUE_ID(x_), __UNIQUE_ID(y_), __UNIQUE_ID(z_))

/** min_t - min() after casting both to @type */
#define min_t(type, x, y)	__cmp_once(min, type, x, y)
/** max_t - max() after casting both to @type */
#define max_t(type, x, y)	__cmp_once(max, type, x, y)

/** min_not_zero - the smaller of two values, unless it is zero: then the other */
#define min_not_zero(x, y) ({							\
	typeof(x) __x = (x);							\
	typeof(y) __y = (y);							\
	__x == 0 ? __y : ((__y == 0) ? __x : min(__x, __y));			\
})

#define __clamp(val, lo, hi)							\
	((val) >= (hi) ? (hi) : ((val) <= (lo) ? (lo) : (val)))

#define __clamp_limits_ok(lo, hi)						\
	static_assert(__builtin_choose_expr(__is_constexpr((lo) > (hi)),	\
					    (lo) <= (hi), true),		\
		      "clamp() low limit " #lo " greater than high limit " #hi)

#define __clamp_once(type, val, lo, hi, uval, ulo, uhi) ({			\
	type uval = (val);							\
	type ulo = (lo);							\
	type uhi = (hi);							\
	__clamp_limits_ok(lo, hi);						\
	__clamp(uval, ulo, uhi);						\
})

#define __careful_clamp(val, lo, hi, uval, ulo, uhi) ({				\
	__auto_type uval = (val);						\
	__auto_type ulo = (lo);							\
	__auto_type uhi = (hi);							\
	__clamp_limits_ok(lo, hi);						\
	BUILD_BUG_ON_MSG(!__types_ok3(val, lo, hi, uval, ulo, uhi),		\
			 "clamp(" #val ", " #lo ", " #hi ") signedness error");	\
	__clamp(uval, ulo, uhi);						\
})

/** clamp - @val, or the nearer limit if it is outside @lo to @hi; like signedness */
#define clamp(val, lo, hi)							\
	__careful_clamp(val, lo, hi, __UNIQUE_ID(v_), __UNIQUE_ID(l_), __UNIQUE_ID(h_))

/** clamp_t - clamp() after casting all to @type */
#define clamp_t(type, val, lo, hi)						\
	__clamp_once(type, val, lo, hi, __UNIQUE_ID(v_), __UNIQUE_ID(l_), __UNIQUE_ID(h_))

/** clamp_val - clamp() with the limits cast to the type of @val */
#define clamp_val(val, lo, hi)	clamp_t(typeof(val), val, lo, hi)

#define __minmax_array(op, array, len) ({					\
	typeof(&(array)[0]) __array = (array);					\
	typeof(len) __len = (len);						\
	__unqual_scalar_typeof(__array[0]) __element = __array[--__len];	\
	while (__len--)								\
		__element = op(__element, __array[__len]);			\
	__element;								\
})

/** min_array - the smallest of @len array elements (at least one) */
#define min_array(array, len)	__minmax_array(min, array, len)
/** max_array - the greatest of @len array elements (at least one) */
#define max_array(array, len)	__minmax_array(max, array, len)

/** in_range64 - is @start <= @val < @start + @len? */
static inline bool in_range64(u64 val, u64 start, u64 len)
{
	return (val - start) < len;
}

/** in_range32 - is @start <= @val < @start + @len? */
static inline bool in_range32(u32 val, u32 start, u32 len)
{
	return (val - start) < len;
}

/** in_range - is @val one of the @len numbers that begin at @start? The range may wrap. */
#define in_range(val, start, len)						\
	((sizeof(start) | sizeof(len) | sizeof(val)) <= sizeof(u32) ?		\
	 in_range32(val, start, len) : in_range64(val, start, len))

/** swap - exchange two variables of one type */
#define swap(a, b)								\
	do { typeof(a) __tmp = (a); (a) = (b); (b) = __tmp; } while (0)

/* For constants where a statement expression is not allowed; arguments may be evaluated twice. */
#define MIN(a, b)		__cmp(min, a, b)
#define MAX(a, b)		__cmp(max, a, b)
#define MIN_T(type, a, b)	__cmp(min, (type)(a), (type)(b))
#define MAX_T(type, a, b)	__cmp(max, (type)(a), (type)(b))

#endif
