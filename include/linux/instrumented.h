/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_INSTRUMENTED_H
#define _LINUX_INSTRUMENTED_H

/*
 * What the compiler's instrumentation cannot see, told to the checkers by hand.
 *
 * Inline assembly (atomics, bit operations, user copies) touches memory behind the
 * compiler's back. Each such wrapper calls one of these first: KASAN checks that the
 * bytes may be touched, KCSAN that no plain access races with it.
 */

#include <linux/compiler.h>
#include <linux/kasan-checks.h>
#include <linux/kcsan-checks.h>
#include <linux/types.h>

/**
 * instrument_read() - a plain read by assembly
 * @v: the first byte
 * @size: bytes
 */
static __always_inline void instrument_read(const volatile void *v, size_t size)
{
	kasan_check_read(v, size);
	kcsan_check_read(v, size);
}

/**
 * instrument_write() - a plain write by assembly
 * @v: the first byte
 * @size: bytes
 */
static __always_inline void instrument_write(const volatile void *v, size_t size)
{
	kasan_check_write(v, size);
	kcsan_check_write(v, size);
}

/**
 * instrument_read_write() - a plain read-modify-write by assembly
 * @v: the first byte
 * @size: bytes
 */
static __always_inline void instrument_read_write(const volatile void *v, size_t size)
{
	kasan_check_write(v, size);
	kcsan_check_read_write(v, size);
}

/**
 * instrument_atomic_read() - a read that may race with other marked accesses
 * @v: the first byte
 * @size: bytes
 */
static __always_inline void instrument_atomic_read(const volatile void *v, size_t size)
{
	kasan_check_read(v, size);
	kcsan_check_atomic_read(v, size);
}

/**
 * instrument_atomic_write() - a write that may race with other marked accesses
 * @v: the first byte
 * @size: bytes
 */
static __always_inline void instrument_atomic_write(const volatile void *v, size_t size)
{
	kasan_check_write(v, size);
	kcsan_check_atomic_write(v, size);
}

/**
 * instrument_atomic_read_write() - an atomic read-modify-write
 * @v: the first byte
 * @size: bytes
 */
static __always_inline void instrument_atomic_read_write(const volatile void *v, size_t size)
{
	kasan_check_write(v, size);
	kcsan_check_atomic_read_write(v, size);
}

/**
 * instrument_copy_to_user() - the kernel side of a copy to user space, before it
 * @to: user destination
 * @from: kernel source
 * @n: bytes
 */
static __always_inline void instrument_copy_to_user(void __user *to, const void *from,
						    unsigned long n)
{
	(void)to;
	kasan_check_read(from, n);
	kcsan_check_read(from, n);
}

/**
 * instrument_copy_from_user_before() - the kernel side of a copy from user space, before it
 * @to: kernel destination
 * @from: user source
 * @n: bytes
 */
static __always_inline void instrument_copy_from_user_before(const void *to,
							     const void __user *from,
							     unsigned long n)
{
	(void)from;
	kasan_check_write(to, n);
	kcsan_check_write(to, n);
}

/**
 * instrument_copy_from_user_after() - the same copy, after it
 * @to: kernel destination
 * @from: user source
 * @n: bytes asked for
 * @left: bytes that could not be copied
 */
static __always_inline void instrument_copy_from_user_after(const void *to,
							    const void __user *from,
							    unsigned long n, unsigned long left)
{
	(void)to;
	(void)from;
	(void)n;
	(void)left;
}

/* A get_user() into @to and a put_user() of @from: nothing to say without KMSAN. */
#define instrument_get_user(to)				do { (void)(to); } while (0)
#define instrument_put_user(from, ptr, size)		do { } while (0)

#endif /* _LINUX_INSTRUMENTED_H */
