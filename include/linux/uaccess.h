/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_UACCESS_H
#define _LINUX_UACCESS_H

/*
 * User memory from the kernel.
 *
 *   get_user(x, p) put_user(x, p)		one scalar; 0 or -EFAULT
 *   copy_from_user(to, from, n)		a buffer; returns the bytes NOT copied,
 *   copy_to_user(to, from, n)			and from_user zeroes the rest of @to
 *   clear_user(to, n)				likewise, bytes not cleared
 *   strncpy_from_user(), strnlen_user()	strings
 *   user_access_begin(p, n) ... unsafe_get_user(x, p, label) ... user_access_end()
 *						many scalars behind one check
 *   copy_from_kernel_nofault()			a kernel address that may be bad
 *
 * A buffer whose size the compiler knows to be up to four words, as most structs
 * of system calls are, is copied in place, without a call.
 *
 * Forms with two leading underscores leave out access_ok(), which the caller
 * has done. All may fault a page in and so sleep, unless page faults are
 * disabled: then an absent page is like a bad address. _inatomic forms are for
 * such sections.
 */

#include <linux/compiler.h>
#include <linux/errno.h>
#include <linux/instrumented.h>
#include <linux/minmax.h>
#include <linux/preempt.h>
#include <linux/sched.h>
#include <linux/types.h>

#include <asm/uaccess.h>

#ifndef access_ok
#define access_ok(addr, size)	likely(__access_ok((addr), (size)))
#endif

#ifndef user_access_save
#define user_access_save()	0UL
#define user_access_restore(x)	((void)(x))
#endif
#ifndef user_read_access_begin
#define user_read_access_begin	user_access_begin
#define user_read_access_end	user_access_end
#define user_write_access_begin	user_access_begin
#define user_write_access_end	user_access_end
#endif

/**
 * pagefault_disable - faults on user addresses fail at once until pagefault_enable(); nests
 *
 * A fault goes straight to the exception table: nothing is faulted in, nothing sleeps. Preemption
 * stays as it is.
 */
static __always_inline void pagefault_disable(void)
{
	current->pagefault_disabled++;
	/* The accesses stay behind the increment, as far as this CPU sees. */
	barrier();
}

/** pagefault_enable - undo one pagefault_disable() */
static __always_inline void pagefault_enable(void)
{
	barrier();
	current->pagefault_disabled--;
}

/** pagefault_disabled - would a fault on a user address fail at once? */
static inline bool pagefault_disabled(void)
{
	return current->pagefault_disabled != 0;
}

#define faulthandler_disabled() (pagefault_disabled() || in_atomic())

DEFINE_LOCK_GUARD_0(pagefault, pagefault_disable(), pagefault_enable())

static __always_inline __must_check unsigned long
__copy_from_user_inatomic(void *to, const void __user *from, unsigned long n)
{
	unsigned long res;

	instrument_copy_from_user_before(to, from, n);
	res = raw_copy_from_user(to, from, n);
	instrument_copy_from_user_after(to, from, n, res);
	return res;
}

/** __copy_from_user - copy_from_user() after access_ok(). Return: bytes that could not be copied */
static __always_inline __must_check unsigned long
__copy_from_user(void *to, const void __user *from, unsigned long n)
{
	might_fault();
	return __copy_from_user_inatomic(to, from, n);
}

/**
 * __copy_to_user_inatomic - __copy_to_user() for callers who can't sleep and have page faults
 * disabled
 */
static __always_inline __must_check unsigned long
__copy_to_user_inatomic(void __user *to, const void *from, unsigned long n)
{
	instrument_copy_to_user(to, from, n);
	return raw_copy_to_user(to, from, n);
}

/** __copy_to_user - copy_to_user() after access_ok(). Return: bytes that could not be copied */
static __always_inline __must_check unsigned long
__copy_to_user(void __user *to, const void *from, unsigned long n)
{
	might_fault();
	return __copy_to_user_inatomic(to, from, n);
}

/* lib/usercopy.c */
__must_check unsigned long _copy_from_user(void *to, const void __user *from, unsigned long n);
__must_check unsigned long _copy_to_user(void __user *to, const void *from, unsigned long n);

/* The portable bodies of raw_copy_{from,to}_user(), always linked. */
__must_check unsigned long __generic_copy_from_user(void *to, const void __user *from,
						    unsigned long n);
__must_check unsigned long __generic_copy_to_user(void __user *to, const void *from,
						  unsigned long n);

/* Known to be 1, 2, 3 or 4 words? */
#define usercopy_is_words(n)	(__builtin_constant_p(n) && (n) >= 8 && (n) <= 32 && !((n) & 7))

/**
 * copy_words_from_user - copy_from_user() of 8, 16, 24 or 32 bytes, the number being constant
 * @to: kernel memory
 * @from: user memory
 * @n: bytes
 *
 * The words of user memory go through variables of our own, so that nothing but the accesses stands
 * where user memory is open. After a fault, which is rare, the general function does it again: it
 * knows how far one gets.
 *
 * Context: may sleep.
 * Return: bytes not copied.
 */
static __always_inline __must_check unsigned long
copy_words_from_user(void *to, const void __user *from, unsigned long n)
{
	const u64 __user *src = from;
	u64 words[4] = { 0 };

	might_fault();
	if (unlikely(!user_read_access_begin(from, n)))
		return _copy_from_user(to, from, n);
	unsafe_get_user(words[0], src, fault);
	if (n > 8)
		unsafe_get_user(words[1], src + 1, fault);
	if (n > 16)
		unsafe_get_user(words[2], src + 2, fault);
	if (n > 24)
		unsafe_get_user(words[3], src + 3, fault);
	user_read_access_end();
	__builtin_memcpy(to, words, n);
	return 0;

fault:
	user_read_access_end();
	return _copy_from_user(to, from, n);
}

/** copy_words_to_user - copy_words_from_user(), the other way */
static __always_inline __must_check unsigned long
copy_words_to_user(void __user *to, const void *from, unsigned long n)
{
	u64 __user *dst = to;
	u64 words[4];

	might_fault();
	__builtin_memcpy(words, from, n);
	if (unlikely(!user_write_access_begin(to, n)))
		return n;
	unsafe_put_user(words[0], dst, fault);
	if (n > 8)
		unsafe_put_user(words[1], dst + 1, fault);
	if (n > 16)
		unsafe_put_user(words[2], dst + 2, fault);
	if (n > 24)
		unsafe_put_user(words[3], dst + 3, fault);
	user_write_access_end();
	return 0;

fault:
	user_write_access_end();
	return _copy_to_user(to, from, n);
}

/**
 * copy_from_user - copy a buffer from user memory
 * @to: kernel buffer of at least @n bytes
 * @from: user address
 * @n: bytes
 *
 * Context: may sleep.
 * Return: bytes that could not be copied, 0 on success. That many bytes at the
 * end of @to are zeroed.
 */
static __always_inline __must_check unsigned long
copy_from_user(void *to, const void __user *from, unsigned long n)
{
	if (usercopy_is_words(n))
		return copy_words_from_user(to, from, n);
	return _copy_from_user(to, from, n);
}

/**
 * copy_to_user - copy a buffer to user memory
 * @to: user address
 * @from: kernel buffer
 * @n: bytes
 *
 * Context: may sleep.
 * Return: bytes that could not be copied, 0 on success.
 */
static __always_inline __must_check unsigned long
copy_to_user(void __user *to, const void *from, unsigned long n)
{
	if (usercopy_is_words(n))
		return copy_words_to_user(to, from, n);
	return _copy_to_user(to, from, n);
}

int check_zeroed_user(const void __user *from, size_t size);

/**
 * copy_struct_from_user - copy an extensible struct whose size the caller's program knows
 * @dst: the kernel's struct
 * @ksize: its size
 * @src: the program's struct
 * @usize: its size as the program was compiled
 *
 * A program older than the kernel has a shorter struct: the rest becomes zero,
 * the value that means "not used". A newer one has a longer struct: what we don't
 * know has to be zero.
 *
 * Context: may sleep.
 * Return: 0; -E2BIG if unknown trailing bytes aren't zero; -EFAULT.
 */
static __always_inline __must_check int
copy_struct_from_user(void *dst, size_t ksize, const void __user *src, size_t usize)
{
	size_t size = min(ksize, usize);
	size_t rest = max(ksize, usize) - size;

	if (usize < ksize) {
		__builtin_memset((char *)dst + size, 0, rest);
	} else if (usize > ksize) {
		int ret = check_zeroed_user((const char __user *)src + size, rest);

		if (ret <= 0)
			return ret ?: -E2BIG;
	}
	if (copy_from_user(dst, src, size))
		return -EFAULT;
	return 0;
}

#ifndef unsafe_copy_to_user
#define __unsafe_copy_step(type, done, op)				\
	while (__ucs_len >= sizeof(type)) {				\
		op;							\
		__ucs_done += sizeof(type);				\
		__ucs_len -= sizeof(type);				\
	}

#define unsafe_copy_to_user(_dst, _src, _len, label)			\
do {									\
	char __user *__ucs_dst = (_dst);				\
	const char *__ucs_src = (_src);					\
	size_t __ucs_len = (_len), __ucs_done = 0;			\
									\
	__unsafe_copy_step(u64, __ucs_done,				\
		unsafe_put_user(*(const u64 *)(__ucs_src + __ucs_done),	\
				(u64 __user *)(__ucs_dst + __ucs_done), label))	\
	__unsafe_copy_step(u8, __ucs_done,				\
		unsafe_put_user(*(const u8 *)(__ucs_src + __ucs_done),	\
				(u8 __user *)(__ucs_dst + __ucs_done), label))	\
} while (0)

#define unsafe_copy_from_user(_dst, _src, _len, label)			\
do {									\
	char *__ucs_dst = (_dst);					\
	const char __user *__ucs_src = (_src);				\
	size_t __ucs_len = (_len), __ucs_done = 0;			\
									\
	__unsafe_copy_step(u64, __ucs_done,				\
		unsafe_get_user(*(u64 *)(__ucs_dst + __ucs_done),	\
				(const u64 __user *)(__ucs_src + __ucs_done), label))	\
	__unsafe_copy_step(u8, __ucs_done,				\
		unsafe_get_user(*(u8 *)(__ucs_dst + __ucs_done),	\
				(const u8 __user *)(__ucs_src + __ucs_done), label))	\
} while (0)
#endif

/*
 * Kernel addresses that come from somewhere doubtful: a debugger, a stack that
 * may be broken, a pointer read without its lock. Any context. 0 or -EFAULT
 * (-ERANGE where the address is none that a kernel may read).
 */
long copy_from_kernel_nofault(void *dst, const void *src, size_t size);
long copy_to_kernel_nofault(void *dst, const void *src, size_t size);
long strncpy_from_kernel_nofault(char *dst, const void *unsafe_addr, long count);
bool copy_from_kernel_nofault_allowed(const void *unsafe_src, size_t size);

/* User addresses without sleeping: what isn't there now is -EFAULT. */
long copy_from_user_nofault(void *dst, const void __user *src, size_t size);
long copy_to_user_nofault(void __user *dst, const void *src, size_t size);
long strncpy_from_user_nofault(char *dst, const char __user *unsafe_addr, long count);
long strnlen_user_nofault(const char __user *unsafe_addr, long count);

/**
 * get_kernel_nofault - read a scalar from an address that may be bad
 * @val: variable that takes it
 * @ptr: the address
 *
 * Return: 0 or -EFAULT, -ERANGE.
 */
#define get_kernel_nofault(val, ptr)					\
({									\
	const typeof(val) *__gkn_ptr = (ptr);				\
									\
	copy_from_kernel_nofault(&(val), __gkn_ptr, sizeof(val));	\
})

#endif /* _LINUX_UACCESS_H */
