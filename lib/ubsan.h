/* SPDX-License-Identifier: MIT */
#ifndef _LIB_UBSAN_H
#define _LIB_UBSAN_H

/*
 * The compilers' convention for -fsanitize=undefined: layouts that they emit, not ours to change.
 */

#include <linux/kthread.h>
#include <linux/types.h>

enum {
	UBSAN_KIND_INT	= 0,
	UBSAN_KIND_FLOAT = 1,
	UBSAN_KIND_UNKNOWN = 0xffff,
};

struct type_descriptor {
	u16	type_kind;
	u16	type_info;	/* bit 0: signed; above: log2 of the bits */
	char	type_name[];	/* in quotes */
};

struct source_location {
	const char *file_name;
	u32	line;
	u32	column;		/* our mark "reported" in bit 31 */
};

struct overflow_data {
	struct source_location location;
	struct type_descriptor *type;
};

struct type_mismatch_data_v1 {
	struct source_location location;
	struct type_descriptor *type;
	unsigned char log_alignment;
	unsigned char type_check_kind;
};

struct alignment_assumption_data {
	struct source_location location;
	struct source_location assumption_location;
	struct type_descriptor *type;
};

struct out_of_bounds_data {
	struct source_location location;
	struct type_descriptor *array_type;
	struct type_descriptor *index_type;
};

struct shift_out_of_bounds_data {
	struct source_location location;
	struct type_descriptor *lhs_type;
	struct type_descriptor *rhs_type;
};

struct unreachable_data {
	struct source_location location;
};

struct invalid_value_data {
	struct source_location location;
	struct type_descriptor *type;
};

struct vla_bound_data {
	struct source_location location;
	struct type_descriptor *type;
};

struct pointer_overflow_data {
	struct source_location location;
};

struct invalid_builtin_data {
	struct source_location location;
	unsigned char kind;	/* 0: ctz, 1: clz */
};

/* A planted dead end in a kthread of a test: the thread ends, with an error. */
static inline void __noreturn ubsan_abandon_task(void)
{
	kthread_exit(-EFAULT);
}

/* The handlers that tests call; the compiler knows the others by itself. */
void __ubsan_handle_divrem_overflow(void *data, void *lhs, void *rhs);

#endif /* _LIB_UBSAN_H */
