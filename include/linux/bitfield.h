/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_BITFIELD_H
#define _LINUX_BITFIELD_H

/*
 * Fields of registers, named by a constant mask of consecutive bits:
 *
 *	#define CTRL_MODE GENMASK(6, 4)
 *
 *	reg = FIELD_PREP(CTRL_MODE, 5);			5 << 4
 *	mode = FIELD_GET(CTRL_MODE, reg);		5
 *	FIELD_MODIFY(CTRL_MODE, &reg, 2);
 *
 * A mask with a gap, a constant value that doesn't fit, and a register too narrow for the mask
 * don't compile. u32_get_bits(), le32_encode_bits() and so on take masks and byte orders at run
 * time.
 */

#include <asm/byteorder.h>
#include <linux/build_bug.h>
#include <linux/compiler.h>
#include <linux/types.h>
#include <linux/typecheck.h>

#define __bf_shf(x)	(__builtin_ffsll(x) - 1)

/* Adding the lowest bit to a run of bits gives a power of two. */
#define __BF_IS_RUN(mask)	((((mask) + (1ULL << __bf_shf(mask))) & (mask)) == 0)

#define __BF_FIELD_CHECK(_mask, _reg, _val, _pfx)				\
({										\
	BUILD_BUG_ON_MSG(!__builtin_constant_p(_mask), _pfx "mask is not constant");	\
	BUILD_BUG_ON_MSG((_mask) == 0, _pfx "mask is zero");			\
	BUILD_BUG_ON_MSG(__builtin_constant_p(_val) ?				\
			 ~((_mask) >> __bf_shf(_mask)) & (0 + (_val)) : 0,	\
			 _pfx "value too large for the field");			\
	BUILD_BUG_ON_MSG((unsigned long long)(_mask) >				\
			 (unsigned long long)(typeof(_reg))~0ull,		\
			 _pfx "type of reg too small for mask");		\
	BUILD_BUG_ON_MSG(!__BF_IS_RUN((unsigned long long)(_mask)), _pfx "mask has a gap"); \
})

/** FIELD_MAX - the largest value that fits */
#define FIELD_MAX(_mask)							\
({										\
	__BF_FIELD_CHECK(_mask, 0ULL, 0ULL, "FIELD_MAX: ");			\
	(typeof(_mask))((_mask) >> __bf_shf(_mask));				\
})

/** FIELD_FIT - does a value fit? */
#define FIELD_FIT(_mask, _val)							\
({										\
	__BF_FIELD_CHECK(_mask, 0ULL, 0ULL, "FIELD_FIT: ");			\
	!((((typeof(_mask))_val) << __bf_shf(_mask)) & ~(_mask));		\
})

/** FIELD_PREP - a value at its place */
#define FIELD_PREP(_mask, _val)							\
({										\
	__BF_FIELD_CHECK(_mask, 0ULL, _val, "FIELD_PREP: ");			\
	((typeof(_mask))(_val) << __bf_shf(_mask)) & (_mask);			\
})

/** FIELD_PREP_CONST - the same as a constant expression, for initialisers */
#define FIELD_PREP_CONST(_mask, _val)						\
	(BUILD_BUG_ON_ZERO((_mask) == 0) +					\
	 BUILD_BUG_ON_ZERO(~((_mask) >> __bf_shf(_mask)) & (_val)) +		\
	 BUILD_BUG_ON_ZERO(!__BF_IS_RUN(_mask)) +				\
	 (((typeof(_mask))(_val) << __bf_shf(_mask)) & (_mask)))

/** FIELD_GET - the field's value */
#define FIELD_GET(_mask, _reg)							\
({										\
	__BF_FIELD_CHECK(_mask, _reg, 0U, "FIELD_GET: ");			\
	(typeof(_mask))(((_reg) & (_mask)) >> __bf_shf(_mask));			\
})

/** FIELD_MODIFY - set the field in *@_reg_p */
#define FIELD_MODIFY(_mask, _reg_p, _val)					\
({										\
	typecheck_pointer(_reg_p);						\
	__BF_FIELD_CHECK(_mask, *(_reg_p), _val, "FIELD_MODIFY: ");		\
	*(_reg_p) &= ~(_mask);							\
	*(_reg_p) |= (((typeof(_mask))(_val) << __bf_shf(_mask)) & (_mask));	\
})

extern void __compiletime_error("value doesn't fit into mask") __field_overflow(void);
extern void __compiletime_error("bad bitfield mask") __bad_mask(void);

/** field_multiplier - the lowest bit of a mask; the compiler refuses masks with holes */
static __always_inline u64 field_multiplier(u64 field)
{
	if ((field | (field - 1)) & ((field | (field - 1)) + 1))
		__bad_mask();
	return field & -field;
}

/** field_mask - a mask moved down to bit 0: the greatest value that fits */
static __always_inline u64 field_mask(u64 field)
{
	return field / field_multiplier(field);
}

#define field_max(field)	((typeof(field))field_mask(field))

#define ____MAKE_OP(type, base, to, from)					\
static __always_inline __##type __must_check type##_encode_bits(base v, base field) \
{										\
	if (__builtin_constant_p(v) && (v & ~field_mask(field)))		\
		__field_overflow();						\
	return to((v & field_mask(field)) * field_multiplier(field));		\
}										\
static __always_inline __##type __must_check type##_replace_bits(__##type old, base val, \
								 base field)	\
{										\
	return (old & ~to(field)) | type##_encode_bits(val, field);		\
}										\
static __always_inline void type##p_replace_bits(__##type *p, base val, base field) \
{										\
	*p = (*p & ~to(field)) | type##_encode_bits(val, field);		\
}										\
static __always_inline base __must_check type##_get_bits(__##type v, base field) \
{										\
	return (from(v) & field) / field_multiplier(field);			\
}
#define __MAKE_OP(size)								\
	____MAKE_OP(le##size, u##size, cpu_to_le##size, le##size##_to_cpu)	\
	____MAKE_OP(be##size, u##size, cpu_to_be##size, be##size##_to_cpu)	\
	____MAKE_OP(u##size, u##size, , )
____MAKE_OP(u8, u8, , )
__MAKE_OP(16)
__MAKE_OP(32)
__MAKE_OP(64)
#undef __MAKE_OP
#undef ____MAKE_OP

#endif /* _LINUX_BITFIELD_H */
