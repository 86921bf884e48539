/* SPDX-License-Identifier: MIT */
/*
 * Reading and writing user memory. Each instruction that touches it has a row
 * in the exception table, so a bad address gives -EFAULT (or the number of bytes
 * left) instead of an oops. Between stac and clac the processor lets the kernel
 * reach user pages; outside, SMAP faults on them.
 */
#ifndef _ASM_X86_UACCESS_H
#define _ASM_X86_UACCESS_H

#include <linux/compiler.h>
#include <linux/errno.h>
#include <linux/types.h>
#include <asm/asm.h>
#include <asm/extable.h>
#include <asm/page.h>
#include <asm/smap.h>

#define __user_addr_mask(addr)	(addr)
#define untagged_addr(addr)	(addr)

/**
 * __access_ok - does a range lie wholly in user space?
 * @ptr: first byte
 * @size: bytes
 *
 * The end of user space is below the canonical hole and nothing wraps around it:
 * a range that starts at a user address and ends in the kernel half is found by
 * the second comparison.
 */
static __always_inline bool __access_ok(const void __user *ptr, unsigned long size)
{
	unsigned long addr = (__force unsigned long)ptr;

	return size <= TASK_SIZE_MAX && addr <= TASK_SIZE_MAX - size;
}
#define __access_ok __access_ok

#define user_access_save()		smap_save()
#define user_access_restore(x)		smap_restore(x)

void __get_user_bad(void);
void __put_user_bad(void);

#define __get_user_insn(insn, mod, regc, tmp, ptr, err)				\
	asm volatile("1: " insn " %[from], %" mod "[to]\n2:\n"			\
		     _ASM_EXTABLE_TYPE_REG(1b, 2b, EX_TYPE_EFAULT_REG, %k[e])	\
		     : [e] "+r" (err), [to] regc (tmp)				\
		     : [from] "m" (*(ptr)))

/* x gets the value, or 0 after a fault; err becomes -EFAULT then. */
#define __get_user_size(x, ptr, size, err)					\
do {										\
	unsigned long __gu_v = 0;						\
	u8 __gu_b = 0;								\
	u16 __gu_w = 0;								\
	u32 __gu_l = 0;								\
										\
	__chk_user_ptr(ptr);							\
	switch (size) {								\
	case 1:									\
		__get_user_insn("movb", "b", "+q", __gu_b,			\
				(u8 __force *)(ptr), err);			\
		__gu_v = __gu_b;						\
		break;								\
	case 2:									\
		__get_user_insn("movw", "w", "+r", __gu_w,			\
				(u16 __force *)(ptr), err);			\
		__gu_v = __gu_w;						\
		break;								\
	case 4:									\
		__get_user_insn("movl", "k", "+r", __gu_l,			\
				(u32 __force *)(ptr), err);			\
		__gu_v = __gu_l;						\
		break;								\
	case 8:									\
		__get_user_insn("movq", "q", "+r", __gu_v,			\
				(u64 __force *)(ptr), err);			\
		break;								\
	default:								\
		__get_user_bad();						\
	}									\
	(x) = (__force typeof(*(ptr)))__gu_v;					\
} while (0)

#define __put_user_insn(insn, mod, regc, x, ptr, label)				\
	asm goto("1: " insn " %" mod "0, %1\n"					\
		 _ASM_EXTABLE_UA(1b, %l2)					\
		 : : regc (x), "m" (*(ptr)) : "memory" : label)

#define __put_user_size(x, ptr, size, label)					\
do {										\
	__typeof__(*(ptr)) __pus_x = (x);					\
										\
	__chk_user_ptr(ptr);							\
	switch (size) {								\
	case 1:									\
		__put_user_insn("movb", "b", "iq", (u8)(__force unsigned long)__pus_x,	\
				(u8 __force *)(ptr), label);			\
		break;								\
	case 2:									\
		__put_user_insn("movw", "w", "ir", (u16)(__force unsigned long)__pus_x,	\
				(u16 __force *)(ptr), label);			\
		break;								\
	case 4:									\
		__put_user_insn("movl", "k", "ir", (u32)(__force unsigned long)__pus_x,	\
				(u32 __force *)(ptr), label);			\
		break;								\
	case 8:									\
		__put_user_insn("movq", "q", "er", (u64)(__force unsigned long)__pus_x,	\
				(u64 __force *)(ptr), label);			\
		break;								\
	default:								\
		__put_user_bad();						\
	}									\
} while (0)

#define __get_user(x, ptr)							\
({										\
	__typeof__(ptr) __gu_ptr = (ptr);					\
	int __gu_err = 0;							\
										\
	stac();									\
	__get_user_size((x), __gu_ptr, sizeof(*__gu_ptr), __gu_err);		\
	clac();									\
	__builtin_expect(__gu_err, 0);						\
})

#define __put_user(x, ptr)							\
({										\
	__label__ __pu_fault, __pu_out;						\
	__typeof__(ptr) __pu_ptr = (ptr);					\
	__typeof__(*(ptr)) __pu_x = (x);					\
	int __pu_err = 0;							\
										\
	stac();									\
	__put_user_size(__pu_x, __pu_ptr, sizeof(*__pu_ptr), __pu_fault);	\
	clac();									\
	goto __pu_out;								\
__pu_fault:									\
	clac();									\
	__pu_err = -EFAULT;							\
__pu_out:									\
	__builtin_expect(__pu_err, 0);						\
})

#define get_user(x, ptr)							\
({										\
	__typeof__(ptr) __gup = (ptr);						\
	int __gur;								\
										\
	might_fault();								\
	if (likely(access_ok(__gup, sizeof(*__gup)))) {				\
		__gur = __get_user((x), __gup);					\
	} else {								\
		(x) = (__force typeof(*__gup))0;				\
		__gur = -EFAULT;						\
	}									\
	__gur;									\
})

#define put_user(x, ptr)							\
({										\
	__typeof__(ptr) __pup = (ptr);						\
										\
	might_fault();								\
	likely(access_ok(__pup, sizeof(*__pup))) ? __put_user((x), __pup) : -EFAULT;	\
})

/**
 * user_access_begin - may [ptr, ptr + len) be accessed? Then the door is open for several
 *
 * user_access_end() closes it; no function call in between.
 */
static __must_check __always_inline bool user_access_begin(const void __user *ptr, size_t len)
{
	if (unlikely(!__access_ok(ptr, len)))
		return false;
	stac();
	return true;
}
#define user_access_begin(a, b)		user_access_begin(a, b)
#define user_access_end()		clac()
/** __uaccess_begin - the door alone, for who has checked the range before; user_access_end() */
#define __uaccess_begin()		stac()

#define unsafe_put_user(x, ptr, label)						\
	__put_user_size((__typeof__(*(ptr)))(x), (ptr), sizeof(*(ptr)), label)

#define unsafe_get_user(x, ptr, label)						\
do {										\
	int __ugu_err = 0;							\
										\
	__get_user_size((x), (ptr), sizeof(*(ptr)), __ugu_err);			\
	if (unlikely(__ugu_err))						\
		goto label;							\
} while (0)

/* Kernel addresses that may turn out not to be mapped; same tables, no door. */
#define arch_get_kernel_nofault arch_get_kernel_nofault
#define __get_kernel_nofault(dst, src, type, err_label)				\
do {										\
	int __gk_err = 0;							\
										\
	__get_user_size(*((type *)(dst)), (__force type __user *)(src),		\
			sizeof(type), __gk_err);				\
	if (unlikely(__gk_err))							\
		goto err_label;							\
} while (0)

#define __put_kernel_nofault(dst, src, type, err_label)				\
	__put_user_size(*((type *)(src)), (__force type __user *)(dst),		\
			sizeof(type), err_label)

/* Return: bytes not copied. The door is opened inside. */
unsigned long __must_check copy_user_generic(void *to, const void *from, unsigned long len);
unsigned long __must_check __clear_user(void __user *to, unsigned long len);

/** raw_copy_from_user - copy_from_user() after the check. Return: bytes not copied */
static __always_inline __must_check unsigned long
raw_copy_from_user(void *to, const void __user *from, unsigned long n)
{
	return copy_user_generic(to, (__force const void *)from, n);
}

/** raw_copy_to_user - copy_to_user() after the check. Return: bytes not copied */
static __always_inline __must_check unsigned long
raw_copy_to_user(void __user *to, const void *from, unsigned long n)
{
	return copy_user_generic((__force void *)to, from, n);
}

#define INLINE_COPY_FROM_USER
#define INLINE_COPY_TO_USER

/** clear_user - fill user memory with zeroes. Return: bytes not cleared. Context: may sleep */
static __always_inline __must_check unsigned long clear_user(void __user *to, unsigned long n)
{
	if (likely(__access_ok(to, n)))
		return __clear_user(to, n);
	return n;
}
#define clear_user clear_user
#define __clear_user __clear_user

long strncpy_from_user(char *dst, const char __user *src, long count);
long strnlen_user(const char __user *str, long n);

bool copy_from_kernel_nofault_allowed(const void *src, size_t size);

#endif /* _ASM_X86_UACCESS_H */
