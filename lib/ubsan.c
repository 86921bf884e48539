// SPDX-License-Identifier: MIT
/*
 * CONFIG_UBSAN: what the compiler's checks for undefined behaviour call when they fail.
 *
 * The compiler puts a test in front of each doubtful operation and passes the failing one here with
 * a description: where it is and which types take part. The structs below are gcc 12's and clang
 * 14's convention, which they share. A place reports once: the upper bit of its column remembers.
 *
 * An integer of at most 64 bits arrives as the value itself, a wider one as a pointer to it.
 */

#include <linux/bitops.h>
#include <linux/export.h>
#include <linux/kernel.h>
#include <linux/panic.h>
#include <linux/printk.h>
#include <linux/report.h>
#include <linux/sched.h>
#include <linux/types.h>

#include "ubsan.h"

/* Called by compiled code only. */
void __ubsan_handle_add_overflow(void *data, void *lhs, void *rhs);
void __ubsan_handle_sub_overflow(void *data, void *lhs, void *rhs);
void __ubsan_handle_mul_overflow(void *data, void *lhs, void *rhs);
void __ubsan_handle_negate_overflow(void *data, void *old);
void __ubsan_handle_type_mismatch_v1(void *data, void *ptr);
void __ubsan_handle_alignment_assumption(void *data, unsigned long ptr, unsigned long align,
					 unsigned long offset);
void __ubsan_handle_out_of_bounds(void *data, void *index);
void __ubsan_handle_shift_out_of_bounds(void *data, void *lhs, void *rhs);
void __ubsan_handle_load_invalid_value(void *data, void *value);
void __ubsan_handle_vla_bound_not_positive(void *data, void *bound);
void __ubsan_handle_pointer_overflow(void *data, void *base, void *result);
void __ubsan_handle_invalid_builtin(void *data);
/* gcc declares it itself, and not as noreturn. */
void __ubsan_handle_builtin_unreachable(void *data);
void __noreturn __ubsan_handle_missing_return(void *data);

/* ---- types and values --------------------------------------------------------------- */

static bool type_is_int(const struct type_descriptor *type)
{
	return type->type_kind == UBSAN_KIND_INT;
}

static bool type_is_signed(const struct type_descriptor *type)
{
	return type->type_info & 1;
}

static unsigned int type_bits(const struct type_descriptor *type)
{
	return 1U << (type->type_info >> 1);
}

/* The value sign-extended, or cut to 64 bits if it is wider. */
static s64 signed_value(const struct type_descriptor *type, const void *value)
{
	unsigned int bits = type_bits(type);
	u64 raw;

	if (bits > 64)
		return *(const s64 *)value;
	raw = (unsigned long)value;
	return (s64)(raw << (64 - bits)) >> (64 - bits);
}

static u64 unsigned_value(const struct type_descriptor *type, const void *value)
{
	unsigned int bits = type_bits(type);
	u64 raw;

	if (bits > 64)
		return *(const u64 *)value;
	raw = (unsigned long)value;
	return raw << (64 - bits) >> (64 - bits);
}

static bool value_is_negative(const struct type_descriptor *type, const void *value)
{
	return type_is_signed(type) && signed_value(type, value) < 0;
}

static void value_to_text(char *text, size_t size, const struct type_descriptor *type,
			  const void *value)
{
	if (!type_is_int(type))
		scnprintf(text, size, "(no integer)");
	else if (type_is_signed(type))
		scnprintf(text, size, "%lld", (long long)signed_value(type, value));
	else
		scnprintf(text, size, "%llu", (unsigned long long)unsigned_value(type, value));
}

#define VALUE_TEXT	24

/* ---- the frame of a report ------------------------------------------------------------- */

#define COLUMN_REPORTED	(1U << 31)

/* True for the first report of a place. A report from inside a report is dropped. */
static bool ubsan_begin(struct source_location *where, const char *what, bool *planted)
{
	u32 column;

	if (current->in_ubsan)
		return false;
	column = READ_ONCE(where->column);
	if (column & COLUMN_REPORTED)
		return false;
	WRITE_ONCE(where->column, column | COLUMN_REPORTED);

	current->in_ubsan++;
	*planted = report_begin(REPORT_UBSAN, what) == REPORT_EXPECTED;
	pr_warn(CUT_HERE);
	pr_err("UBSAN: %s in %s:%u:%u\n", what, where->file_name, where->line, column);
	return true;
}

static void ubsan_end(bool planted)
{
	dump_stack();
	pr_warn("---[ end trace ]---\n");
	current->in_ubsan--;
	if (!planted)
		check_panic_on_warn("UBSAN");
}

/* ---- the handlers ------------------------------------------------------------------------ */

static void handle_overflow(struct overflow_data *data, void *lhs, void *rhs, const char *op)
{
	const struct type_descriptor *type = data->type;
	char l[VALUE_TEXT], r[VALUE_TEXT];
	bool planted;

	if (!ubsan_begin(&data->location, type_is_signed(type) ? "signed-integer-overflow" :
			 "unsigned-integer-overflow", &planted))
		return;
	value_to_text(l, sizeof(l), type, lhs);
	value_to_text(r, sizeof(r), type, rhs);
	pr_err("%s %s %s cannot be represented in type %s\n", l, op, r, type->type_name);
	ubsan_end(planted);
}

/**
 * __ubsan_handle_add_overflow() - the compiler's check of + failed
 * @data: struct overflow_data, made by the compiler: where, and the type
 * @lhs: a value, or its address if it is wider than a word
 * @rhs: the other one
 *
 * Context: any.
 */
void __ubsan_handle_add_overflow(void *data, void *lhs, void *rhs)
{
	handle_overflow(data, lhs, rhs, "+");
}
EXPORT_SYMBOL(__ubsan_handle_add_overflow);

/** __ubsan_handle_sub_overflow() - the compiler's check of - failed; arguments as for + */
void __ubsan_handle_sub_overflow(void *data, void *lhs, void *rhs)
{
	handle_overflow(data, lhs, rhs, "-");
}
EXPORT_SYMBOL(__ubsan_handle_sub_overflow);

/** __ubsan_handle_mul_overflow() - the compiler's check of * failed; arguments as for + */
void __ubsan_handle_mul_overflow(void *data, void *lhs, void *rhs)
{
	handle_overflow(data, lhs, rhs, "*");
}
EXPORT_SYMBOL(__ubsan_handle_mul_overflow);

/** __ubsan_handle_negate_overflow() - -@old can't be represented */
void __ubsan_handle_negate_overflow(void *_data, void *old)
{
	struct overflow_data *data = _data;
	char text[VALUE_TEXT];
	bool planted;

	if (!ubsan_begin(&data->location, "negation-overflow", &planted))
		return;
	value_to_text(text, sizeof(text), data->type, old);
	pr_err("negation of %s cannot be represented in type %s:\n", text, data->type->type_name);
	ubsan_end(planted);
}
EXPORT_SYMBOL(__ubsan_handle_negate_overflow);

/** __ubsan_handle_divrem_overflow() - / or % by zero, or of the least number by -1 */
void __ubsan_handle_divrem_overflow(void *_data, void *lhs, void *rhs)
{
	struct overflow_data *data = _data;
	char text[VALUE_TEXT];
	bool planted;

	if (!ubsan_begin(&data->location, "division-overflow", &planted))
		return;
	value_to_text(text, sizeof(text), data->type, lhs);
	if (type_is_signed(data->type) && signed_value(data->type, rhs) == -1)
		pr_err("division of %s by -1 cannot be represented in type %s\n", text,
		       data->type->type_name);
	else
		pr_err("division by zero\n");
	ubsan_end(planted);
}
EXPORT_SYMBOL(__ubsan_handle_divrem_overflow);

/* What an access was, by the compiler's number. */
static const char * const access_kinds[] = {
	"load of", "store to", "reference binding to", "member access within", "member call on",
	"constructor call on", "downcast of", "downcast of", "upcast of", "cast to virtual base of",
	"_Nonnull binding to", "dynamic operation on",
};

static void handle_type_mismatch(struct source_location *where, const struct type_descriptor *type,
				 unsigned long alignment, unsigned int kind, unsigned long ptr)
{
	const char *access = kind < ARRAY_SIZE(access_kinds) ? access_kinds[kind] : "access to";
	bool planted;

	if (!ptr) {
		if (!ubsan_begin(where, "null-ptr-deref", &planted))
			return;
		pr_err("%s null pointer of type %s\n", access, type->type_name);
	} else if (alignment && (ptr & (alignment - 1))) {
		if (!ubsan_begin(where, "misaligned-access", &planted))
			return;
		pr_err("%s misaligned address %px for type %s\n", access, (void *)ptr,
		       type->type_name);
		pr_err("which requires %ld byte alignment\n", alignment);
	} else {
		if (!ubsan_begin(where, "object-size-mismatch", &planted))
			return;
		pr_err("%s address %px with insufficient space\n", access, (void *)ptr);
		pr_err("for an object of type %s\n", type->type_name);
	}
	ubsan_end(planted);
}

/**
 * __ubsan_handle_type_mismatch_v1() - a NULL, misaligned or too short object is about to be used
 * @_data: struct type_mismatch_data_v1: where, the type, its alignment, what is done
 * @ptr: the object
 *
 * Context: any.
 */
void __ubsan_handle_type_mismatch_v1(void *_data, void *ptr)
{
	struct type_mismatch_data_v1 *data = _data;

	handle_type_mismatch(&data->location, data->type, 1UL << data->log_alignment,
			     data->type_check_kind, (unsigned long)ptr);
}
EXPORT_SYMBOL(__ubsan_handle_type_mismatch_v1);

/**
 * __ubsan_handle_alignment_assumption() - a promise of __builtin_assume_aligned() isn't kept
 * @_data: struct alignment_assumption_data: where, and the pointer's type
 * @ptr: the pointer
 * @align: bytes promised
 * @offset: bytes that @ptr may be off by: @ptr - @offset is what should be aligned
 */
void __ubsan_handle_alignment_assumption(void *_data, unsigned long ptr, unsigned long align,
					 unsigned long offset)
{
	struct alignment_assumption_data *data = _data;
	bool planted;

	if (!ubsan_begin(&data->location, "alignment-assumption", &planted))
		return;
	pr_err("assumption of %lu byte alignment (with offset of %lu byte) "
	       "for pointer of type %s failed\n",
	       align, offset, data->type->type_name);
	pr_err("address %px is misaligned\n", (void *)(ptr - offset));
	ubsan_end(planted);
}
EXPORT_SYMBOL(__ubsan_handle_alignment_assumption);

/** __ubsan_handle_out_of_bounds() - an index beyond an array whose size is known */
void __ubsan_handle_out_of_bounds(void *_data, void *index)
{
	struct out_of_bounds_data *data = _data;
	char text[VALUE_TEXT];
	bool planted;

	if (!ubsan_begin(&data->location, "array-index-out-of-bounds", &planted))
		return;
	value_to_text(text, sizeof(text), data->index_type, index);
	pr_err("index %s is out of range for type %s\n", text, data->array_type->type_name);
	ubsan_end(planted);
}
EXPORT_SYMBOL(__ubsan_handle_out_of_bounds);

/**
 * __ubsan_handle_shift_out_of_bounds() - a shift by too much or less than nothing, or one that
 * loses bits of a signed number
 */
void __ubsan_handle_shift_out_of_bounds(void *_data, void *lhs, void *rhs)
{
	struct shift_out_of_bounds_data *data = _data;
	const struct type_descriptor *ltype = data->lhs_type, *rtype = data->rhs_type;
	char l[VALUE_TEXT], r[VALUE_TEXT];
	bool planted;

	if (!ubsan_begin(&data->location, "shift-out-of-bounds", &planted))
		return;
	value_to_text(l, sizeof(l), ltype, lhs);
	value_to_text(r, sizeof(r), rtype, rhs);
	if (value_is_negative(rtype, rhs))
		pr_err("shift exponent %s is negative\n", r);
	else if (unsigned_value(rtype, rhs) >= type_bits(ltype))
		pr_err("shift exponent %s is too large for %u-bit type %s\n", r, type_bits(ltype),
		       ltype->type_name);
	else if (value_is_negative(ltype, lhs))
		pr_err("left shift of negative value %s\n", l);
	else
		pr_err("left shift of %s by %s places cannot be represented in type %s\n", l, r,
		       ltype->type_name);
	ubsan_end(planted);
}
EXPORT_SYMBOL(__ubsan_handle_shift_out_of_bounds);

/** __ubsan_handle_load_invalid_value() - a bool or enum holds what none may */
void __ubsan_handle_load_invalid_value(void *_data, void *value)
{
	struct invalid_value_data *data = _data;
	char text[VALUE_TEXT];
	bool planted;

	if (!ubsan_begin(&data->location, "invalid-load", &planted))
		return;
	value_to_text(text, sizeof(text), data->type, value);
	pr_err("load of value %s is not a valid value for type %s\n", text, data->type->type_name);
	ubsan_end(planted);
}
EXPORT_SYMBOL(__ubsan_handle_load_invalid_value);

/**
 * __ubsan_handle_vla_bound_not_positive() - a variable-length array of @bound elements, not above 0
 */
void __ubsan_handle_vla_bound_not_positive(void *_data, void *bound)
{
	struct vla_bound_data *data = _data;
	char text[VALUE_TEXT];
	bool planted;

	if (!ubsan_begin(&data->location, "vla-bound-not-positive", &planted))
		return;
	value_to_text(text, sizeof(text), data->type, bound);
	pr_err("variable length array bound value %s <= 0\n", text);
	ubsan_end(planted);
}
EXPORT_SYMBOL(__ubsan_handle_vla_bound_not_positive);

/** __ubsan_handle_pointer_overflow() - @base plus an offset wrapped around to @result */
void __ubsan_handle_pointer_overflow(void *_data, void *base, void *result)
{
	struct pointer_overflow_data *data = _data;
	bool planted;

	if (!ubsan_begin(&data->location, "pointer-overflow", &planted))
		return;
	pr_err("pointer arithmetic with base %px overflowed to %px\n", base, result);
	ubsan_end(planted);
}
EXPORT_SYMBOL(__ubsan_handle_pointer_overflow);

/** __ubsan_handle_invalid_builtin() - __builtin_clz() or _ctz() of 0 */
void __ubsan_handle_invalid_builtin(void *_data)
{
	struct invalid_builtin_data *data = _data;
	bool planted;

	if (!ubsan_begin(&data->location, "invalid-builtin", &planted))
		return;
	pr_err("passing zero to %s(), which is not a valid argument\n", data->kind ? "clz" : "ctz");
	ubsan_end(planted);
}
EXPORT_SYMBOL(__ubsan_handle_invalid_builtin);

/**
 * __ubsan_handle_builtin_unreachable() - what can't be reached was reached
 * @_data: struct unreachable_data: where
 *
 * This one and __ubsan_handle_missing_return() are called where there is no way back: what follows
 * the call was never generated. A planted one (a test) ends the task, not the machine.
 */
void __ubsan_handle_builtin_unreachable(void *_data)
{
	struct unreachable_data *data = _data;
	bool planted = false;

	if (ubsan_begin(&data->location, "unreachable", &planted)) {
		pr_err("calling __builtin_unreachable()\n");
		ubsan_end(planted);
	}
	if (planted)
		ubsan_abandon_task();
	panic("can't return from __builtin_unreachable()");
}
EXPORT_SYMBOL(__ubsan_handle_builtin_unreachable);

/**
 * __ubsan_handle_missing_return() - a function with a result ended without one; no way back, as
 * above
 */
void __ubsan_handle_missing_return(void *_data)
{
	struct unreachable_data *data = _data;
	bool planted = false;

	if (ubsan_begin(&data->location, "missing-return", &planted)) {
		pr_err("execution reached the end of a value-returning function\n");
		ubsan_end(planted);
	}
	if (planted)
		ubsan_abandon_task();
	panic("can't return from a function without its return");
}
EXPORT_SYMBOL(__ubsan_handle_missing_return);
