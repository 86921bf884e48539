// SPDX-License-Identifier: MIT
/*
 * What gcc and clang call with -fsanitize=thread: a function before each access, and a function in
 * place of each atomic builtin.
 *
 *	__tsan_read4(p)			plain, 4 bytes, aligned (or not: __tsan_unaligned_read4)
 *	__tsan_volatile_read4(p)	a volatile access: READ_ONCE() is one. Marked, if it is
 *					whole
 *	__tsan_read_range(p, n)		a structure
 *	__tsan_atomic32_load(p, order)	the builtin itself, done here
 *
 * The frame of our caller is where our own frame's first word points.
 */

#include "kcsan.h"

#include <linux/compiler.h>
#include <linux/instruction_pointer.h>
#include <linux/kcsan-checks.h>
#include <linux/types.h>

void __tsan_init(void);
void __tsan_func_entry(void *call_pc);
void __tsan_func_exit(void);

/** __tsan_init - the compiler's call at start-up; nothing to do */
void __tsan_init(void)
{
}

void __tsan_func_entry(void *call_pc)
{
}

void __tsan_func_exit(void)
{
}

#define CALLER_FRAME	(*(unsigned long *)__builtin_frame_address(0))
#define CHECK(ptr, size, type)	kcsan_check(ptr, size, type, _RET_IP_, CALLER_FRAME)

/* A volatile access that the machine does in one go counts as marked. */
#define WHOLE(ptr, size) \
	((size) <= sizeof(long) && !((unsigned long)(ptr) & ((size) - 1)) ? KCSAN_ACCESS_ATOMIC : 0)

#define DEFINE_ACCESS(name, size, type) \
void name(void *ptr); \
void name(void *ptr) \
{ \
	CHECK(ptr, size, type); \
}

#define DEFINE_VOLATILE(name, size, type) \
void name(void *ptr); \
void name(void *ptr) \
{ \
	CHECK(ptr, size, (type) | WHOLE(ptr, size)); \
}

#define DEFINE_SIZE(size) \
	DEFINE_ACCESS(__tsan_read##size, size, 0) \
	DEFINE_ACCESS(__tsan_unaligned_read##size, size, 0) \
	DEFINE_ACCESS(__tsan_write##size, size, KCSAN_ACCESS_WRITE) \
	DEFINE_ACCESS(__tsan_unaligned_write##size, size, KCSAN_ACCESS_WRITE) \
	DEFINE_ACCESS(__tsan_read_write##size, size, KCSAN_ACCESS_WRITE | KCSAN_ACCESS_COMPOUND) \
	DEFINE_ACCESS(__tsan_unaligned_read_write##size, size, \
		      KCSAN_ACCESS_WRITE | KCSAN_ACCESS_COMPOUND) \
	DEFINE_VOLATILE(__tsan_volatile_read##size, size, 0) \
	DEFINE_VOLATILE(__tsan_unaligned_volatile_read##size, size, 0) \
	DEFINE_VOLATILE(__tsan_volatile_write##size, size, KCSAN_ACCESS_WRITE) \
	DEFINE_VOLATILE(__tsan_unaligned_volatile_write##size, size, KCSAN_ACCESS_WRITE)

DEFINE_SIZE(1)
DEFINE_SIZE(2)
DEFINE_SIZE(4)
DEFINE_SIZE(8)
DEFINE_SIZE(16)

void __tsan_read_range(void *ptr, size_t size);
void __tsan_write_range(void *ptr, size_t size);

/** __tsan_read_range - the compiler's call before a read of any size */
void __tsan_read_range(void *ptr, size_t size)
{
	CHECK(ptr, size, 0);
}

/** __tsan_write_range - the compiler's call before a write of any size */
void __tsan_write_range(void *ptr, size_t size)
{
	CHECK(ptr, size, KCSAN_ACCESS_WRITE);
}

/* ---- atomic builtins ---- */

/*
 * The order that the caller asked for decides what we take as done before; the access itself is
 * done in full order, which is right for every request.
 */
static __always_inline void order_before(int order)
{
	switch (order) {
	case __ATOMIC_RELEASE:
		kcsan_release();
		break;
	case __ATOMIC_ACQ_REL:
	case __ATOMIC_SEQ_CST:
		kcsan_mb();
		break;
	}
}

#define RMW (KCSAN_ACCESS_ATOMIC | KCSAN_ACCESS_WRITE | KCSAN_ACCESS_COMPOUND)

#define DEFINE_FETCH(bits, op) \
u##bits __tsan_atomic##bits##_fetch_##op(u##bits *ptr, u##bits value, int order); \
u##bits __tsan_atomic##bits##_fetch_##op(u##bits *ptr, u##bits value, int order) \
{ \
	order_before(order); \
	CHECK(ptr, bits / 8, RMW); \
	return __atomic_fetch_##op(ptr, value, __ATOMIC_SEQ_CST); \
}

#define DEFINE_COMPARE(bits, strength, weak) \
int __tsan_atomic##bits##_compare_exchange_##strength(u##bits *ptr, u##bits *expected, \
						      u##bits value, int order, int failed); \
int __tsan_atomic##bits##_compare_exchange_##strength(u##bits *ptr, u##bits *expected, \
						      u##bits value, int order, int failed) \
{ \
	order_before(order); \
	CHECK(ptr, bits / 8, RMW); \
	return __atomic_compare_exchange_n(ptr, expected, value, weak, __ATOMIC_SEQ_CST, \
					   __ATOMIC_SEQ_CST); \
}

#define DEFINE_ATOMICS(bits) \
u##bits __tsan_atomic##bits##_load(const u##bits *ptr, int order); \
u##bits __tsan_atomic##bits##_load(const u##bits *ptr, int order) \
{ \
	order_before(order); \
	CHECK(ptr, bits / 8, KCSAN_ACCESS_ATOMIC); \
	return __atomic_load_n(ptr, __ATOMIC_SEQ_CST); \
} \
void __tsan_atomic##bits##_store(u##bits *ptr, u##bits value, int order); \
void __tsan_atomic##bits##_store(u##bits *ptr, u##bits value, int order) \
{ \
	order_before(order); \
	CHECK(ptr, bits / 8, KCSAN_ACCESS_ATOMIC | KCSAN_ACCESS_WRITE); \
	__atomic_store_n(ptr, value, __ATOMIC_SEQ_CST); \
} \
u##bits __tsan_atomic##bits##_exchange(u##bits *ptr, u##bits value, int order); \
u##bits __tsan_atomic##bits##_exchange(u##bits *ptr, u##bits value, int order) \
{ \
	order_before(order); \
	CHECK(ptr, bits / 8, RMW); \
	return __atomic_exchange_n(ptr, value, __ATOMIC_SEQ_CST); \
} \
DEFINE_FETCH(bits, add) \
DEFINE_FETCH(bits, sub) \
DEFINE_FETCH(bits, and) \
DEFINE_FETCH(bits, or) \
DEFINE_FETCH(bits, xor) \
DEFINE_FETCH(bits, nand) \
DEFINE_COMPARE(bits, strong, false) \
DEFINE_COMPARE(bits, weak, true) \
u##bits __tsan_atomic##bits##_compare_exchange_val(u##bits *ptr, u##bits expected, \
						   u##bits value, int order, int failed); \
u##bits __tsan_atomic##bits##_compare_exchange_val(u##bits *ptr, u##bits expected, \
						   u##bits value, int order, int failed) \
{ \
	order_before(order); \
	CHECK(ptr, bits / 8, RMW); \
	__atomic_compare_exchange_n(ptr, &expected, value, false, __ATOMIC_SEQ_CST, \
				    __ATOMIC_SEQ_CST); \
	return expected; \
}

DEFINE_ATOMICS(8)
DEFINE_ATOMICS(16)
DEFINE_ATOMICS(32)
DEFINE_ATOMICS(64)

void __tsan_atomic_thread_fence(int order);
void __tsan_atomic_signal_fence(int order);

void __tsan_atomic_thread_fence(int order)
{
	if (order != __ATOMIC_RELAXED)
		kcsan_mb();
	__atomic_thread_fence(__ATOMIC_SEQ_CST);
}

void __tsan_atomic_signal_fence(int order)
{
	barrier();
}
