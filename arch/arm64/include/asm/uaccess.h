/* SPDX-License-Identifier: MIT */
/*
 * User memory, from the kernel.
 *
 * All of it goes through the unprivileged loads and stores (ldtr, sttr), which have EL0's rights
 * although EL1 executes them. So a kernel address that slipped through faults like a user program's
 * would, PAN can stay on for ever, and user_access_begin() has nothing to switch. Each such
 * instruction has an EX_TYPE_UACCESS record.
 */
#ifndef _ASM_UACCESS_H
#define _ASM_UACCESS_H

#include <linux/compiler.h>
#include <linux/types.h>

#include <asm/asm-extable.h>
#include <asm/memory.h>
#include <asm/processor.h>

/*
 * A task that has said so may give us addresses with a tag in the top byte (kernel/tagged_addr.c).
 */
bool access_ok_without_tag(unsigned long addr, unsigned long size);

/* [addr, addr + size) lies in the user half: size first, so that the sum cannot wrap. */
static __always_inline int __access_ok(const void __user *ptr, unsigned long size)
{
	unsigned long addr = (unsigned long)ptr;

	if (likely(size <= TASK_SIZE_MAX && addr <= TASK_SIZE_MAX - size))
		return 1;
	return access_ok_without_tag(addr, size);
}
#define __access_ok __access_ok

#define access_ok(addr, size)	likely(__access_ok(addr, size))

/*
 * A speculative access behind a wrong guess of access_ok() must not form a kernel address: clear it
 * without a branch. Bit 55 tells the halves apart, whatever tag is above it.
 */
#define uaccess_mask_ptr(ptr)	((__typeof__(ptr))__uaccess_mask_ptr(ptr))
/** __uaccess_mask_ptr - a user address; one of the kernel's becomes one that nothing maps */
static __always_inline void __user *__uaccess_mask_ptr(const void __user *ptr)
{
	unsigned long safe;

	asm volatile("bic %0, %1, %2" : "=&r" (safe)
		     : "r" (ptr), "r" ((unsigned long)((__force long)ptr << 8 >> 63)));
	return (void __user *)safe;
}

/*
 * The access itself. `volatile` and the empty asm behind it keep gcc before 12.4 from dropping or
 * moving an asm goto with outputs.
 */
#define __uaccess_load(insn, w, x, ptr, label, type) do {		\
	asm volatile goto(						\
	"1:	" insn "	%" w "[v], [%[p]]\n"			\
	__ASM_EXTABLE("1b", "%l[" #label "]", __stringify(type))	\
	: [v] "=r" (x) : [p] "r" (ptr) : : label);			\
	asm volatile("");						\
} while (0)

#define __uaccess_store(insn, w, x, ptr, label, type)			\
	asm volatile goto(						\
	"1:	" insn "	%" w "[v], [%[p]]\n"			\
	__ASM_EXTABLE("1b", "%l[" #label "]", __stringify(type))	\
	: : [v] "rZ" (x), [p] "r" (ptr) : "memory" : label)

#define __raw_get_mem(ldr, x, ptr, label, type)				\
do {									\
	unsigned long __rgm_val = 0;					\
	switch (sizeof(*(ptr))) {					\
	case 1:								\
		__uaccess_load(ldr "b", "w", __rgm_val, ptr, label, type); \
		break;							\
	case 2:								\
		__uaccess_load(ldr "h", "w", __rgm_val, ptr, label, type); \
		break;							\
	case 4:								\
		__uaccess_load(ldr, "w", __rgm_val, ptr, label, type);	\
		break;							\
	case 8:								\
		__uaccess_load(ldr, "x", __rgm_val, ptr, label, type);	\
		break;							\
	default:							\
		BUILD_BUG();						\
	}								\
	(x) = (__force __typeof__(*(ptr)))__rgm_val;			\
} while (0)

#define __raw_put_mem(str, x, ptr, label, type)				\
do {									\
	__typeof__(*(ptr)) __rpm_val = (x);				\
	switch (sizeof(*(ptr))) {					\
	case 1:								\
		__uaccess_store(str "b", "w", __rpm_val, ptr, label, type); \
		break;							\
	case 2:								\
		__uaccess_store(str "h", "w", __rpm_val, ptr, label, type); \
		break;							\
	case 4:								\
		__uaccess_store(str, "w", __rpm_val, ptr, label, type);	\
		break;							\
	case 8:								\
		__uaccess_store(str, "x", __rpm_val, ptr, label, type);	\
		break;							\
	default:							\
		BUILD_BUG();						\
	}								\
} while (0)

#define __raw_get_user_goto(x, ptr, label) \
	__raw_get_mem("ldtr", x, ptr, label, EX_TYPE_UACCESS)
#define __raw_put_user_goto(x, ptr, label) \
	__raw_put_mem("sttr", x, ptr, label, EX_TYPE_UACCESS)

#define __get_user(x, ptr)						\
({									\
	__label__ __gu_fault, __gu_out;					\
	const __typeof__(*(ptr)) __user *__gu_ptr = (ptr);		\
	int __gu_err = 0;						\
	might_fault();							\
	__gu_ptr = uaccess_mask_ptr(__gu_ptr);				\
	__raw_get_user_goto(x, __gu_ptr, __gu_fault);			\
	goto __gu_out;							\
__gu_fault:								\
	__gu_err = -EFAULT;						\
	(x) = (__force __typeof__(*(ptr)))0;				\
__gu_out:								\
	__gu_err;							\
})

#define get_user(x, ptr)						\
({									\
	const __typeof__(*(ptr)) __user *__gup = (ptr);			\
	access_ok(__gup, sizeof(*__gup)) ? __get_user((x), __gup) :	\
		((x) = (__force __typeof__(x))0, -EFAULT);		\
})

#define __put_user(x, ptr)						\
({									\
	__label__ __pu_fault, __pu_out;					\
	__typeof__(*(ptr)) __user *__pu_ptr = (ptr);			\
	__typeof__(*(ptr)) __pu_val = (x);				\
	int __pu_err = 0;						\
	might_fault();							\
	__pu_ptr = uaccess_mask_ptr(__pu_ptr);				\
	__raw_put_user_goto(__pu_val, __pu_ptr, __pu_fault);		\
	goto __pu_out;							\
__pu_fault:								\
	__pu_err = -EFAULT;						\
__pu_out:								\
	__pu_err;							\
})

#define put_user(x, ptr)						\
({									\
	__typeof__(*(ptr)) __user *__pup = (ptr);			\
	access_ok(__pup, sizeof(*__pup)) ? __put_user((x), __pup) : -EFAULT; \
})

/* ---- unsafe_*: many accesses behind one check ---- */

/** user_access_begin - may [ptr, ptr + len) be accessed by the unsafe_*() that follow? */
static __always_inline __must_check bool user_access_begin(const void __user *ptr, size_t len)
{
	return access_ok(ptr, len);
}
#define user_access_begin(ptr, len)	user_access_begin(ptr, len)
#define user_access_end()		do { } while (0)
/** __uaccess_begin - the door alone, for who has checked the range before; user_access_end() */
#define __uaccess_begin()		do { } while (0)
#define user_access_save()		0UL
#define user_access_restore(flags)	((void)(flags))

#define unsafe_put_user(x, ptr, label) \
	__raw_put_user_goto((x), uaccess_mask_ptr(ptr), label)
#define unsafe_get_user(x, ptr, label) \
	__raw_get_user_goto((x), uaccess_mask_ptr(ptr), label)

#define unsafe_copy_to_user(_dst, _src, _len, label)			\
do {									\
	char __user *__uc_dst = (char __user *)(_dst);			\
	const char *__uc_src = (const char *)(_src);			\
	size_t __uc_len = (_len);					\
	for (; __uc_len >= sizeof(u64); __uc_len -= sizeof(u64)) {	\
		unsafe_put_user(*(const u64 *)__uc_src, (u64 __user *)__uc_dst, label); \
		__uc_dst += sizeof(u64);				\
		__uc_src += sizeof(u64);				\
	}								\
	for (; __uc_len; __uc_len--, __uc_dst++, __uc_src++)		\
		unsafe_put_user(*(const u8 *)__uc_src, (u8 __user *)__uc_dst, label); \
} while (0)

#define unsafe_copy_from_user(_dst, _src, _len, label)			\
do {									\
	char *__uf_dst = (char *)(_dst);				\
	const char __user *__uf_src = (const char __user *)(_src);	\
	size_t __uf_len = (_len);					\
	for (; __uf_len >= sizeof(u64); __uf_len -= sizeof(u64)) {	\
		unsafe_get_user(*(u64 *)__uf_dst, (const u64 __user *)__uf_src, label); \
		__uf_dst += sizeof(u64);				\
		__uf_src += sizeof(u64);				\
	}								\
	for (; __uf_len; __uf_len--, __uf_dst++, __uf_src++)		\
		unsafe_get_user(*(u8 *)__uf_dst, (const u8 __user *)__uf_src, label); \
} while (0)

/* ---- kernel memory that may not be there ---- */
#define __get_kernel_nofault(dst, src, type, err_label) \
	__raw_get_mem("ldr", *((type *)(dst)), (type *)(src), err_label, EX_TYPE_KACCESS)
#define __put_kernel_nofault(dst, src, type, err_label) \
	__raw_put_mem("str", *((type *)(src)), (type *)(dst), err_label, EX_TYPE_KACCESS)

/* ---- whole buffers (lib/copy_*_user.S): bytes not copied ---- */
unsigned long __must_check __arch_copy_from_user(void *to, const void __user *from,
						 unsigned long n);
unsigned long __must_check __arch_copy_to_user(void __user *to, const void *from, unsigned long n);
unsigned long __must_check __arch_clear_user(void __user *to, unsigned long n);

#define INLINE_COPY_TO_USER
#define INLINE_COPY_FROM_USER

/** raw_copy_from_user - copy_from_user() after the check. Return: bytes not copied */
static __always_inline unsigned long __must_check
raw_copy_from_user(void *to, const void __user *from, unsigned long n)
{
	return __arch_copy_from_user(to, uaccess_mask_ptr(from), n);
}

/** raw_copy_to_user - copy_to_user() after the check. Return: bytes not copied */
static __always_inline unsigned long __must_check
raw_copy_to_user(void __user *to, const void *from, unsigned long n)
{
	return __arch_copy_to_user(uaccess_mask_ptr(to), from, n);
}

/** __clear_user - clear_user() after the check. Return: bytes not cleared */
static __always_inline unsigned long __must_check __clear_user(void __user *to, unsigned long n)
{
	return __arch_clear_user(uaccess_mask_ptr(to), n);
}

/** clear_user - fill user memory with zeroes. Return: bytes not cleared. Context: may sleep */
static __always_inline unsigned long __must_check clear_user(void __user *to, unsigned long n)
{
	return access_ok(to, n) ? __clear_user(to, n) : n;
}

#define untagged_addr(addr)	((__typeof__(addr))__untagged_addr((unsigned long)(addr)))
/** __untagged_addr - an address without the tag in its top byte */
static __always_inline unsigned long __untagged_addr(unsigned long addr)
{
	/* Bit 55 says which half the address is of; it fills the tag's place. */
	return (addr & (1UL << 55)) ? addr | (0xffUL << 56) : addr & ~(0xffUL << 56);
}

long strncpy_from_user(char *dst, const char __user *src, long count);
long strnlen_user(const char __user *str, long n);

#endif /* _ASM_UACCESS_H */
