// SPDX-License-Identifier: MIT
/*
 * Shifts of 128-bit integers by a variable count, which gcc calls by these names on
 * machines that have no instruction for them (they are libgcc's elsewhere).
 *
 * Each is put together from 64-bit halves, so that the compiler doesn't call the
 * function from within itself.
 */

#include <linux/types.h>

typedef union {
	u128 whole;
	struct {
		u64 low, high;
	};
} halves_t;

u128 __lshrti3(u128 value, int count);
u128 __ashlti3(u128 value, int count);
s128 __ashrti3(s128 value, int count);

/* Shifts zeroes in from the left; @count is 0 to 127. */
u128 __lshrti3(u128 value, int count)
{
	halves_t in = { .whole = value }, out;

	if (!count)
		return value;
	if (count >= 64) {
		out.low = in.high >> (count - 64);
		out.high = 0;
	} else {
		out.low = (in.low >> count) | (in.high << (64 - count));
		out.high = in.high >> count;
	}
	return out.whole;
}

/* Shifts zeroes in from the right. */
u128 __ashlti3(u128 value, int count)
{
	halves_t in = { .whole = value }, out;

	if (!count)
		return value;
	if (count >= 64) {
		out.high = in.low << (count - 64);
		out.low = 0;
	} else {
		out.high = (in.high << count) | (in.low >> (64 - count));
		out.low = in.low << count;
	}
	return out.whole;
}

/* Shifts copies of the sign in from the left. */
s128 __ashrti3(s128 value, int count)
{
	halves_t in = { .whole = (u128)value }, out;
	s64 high = (s64)in.high;

	if (!count)
		return value;
	if (count >= 64) {
		out.low = (u64)(high >> (count - 64));
		out.high = (u64)(high >> 63);
	} else {
		out.low = (in.low >> count) | (in.high << (64 - count));
		out.high = (u64)(high >> count);
	}
	return (s128)out.whole;
}
