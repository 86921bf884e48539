// SPDX-License-Identifier: MIT
/*
 * Looking at, and writing to, addresses that may be bad. No function here sleeps: with
 * page faults disabled an absent page is like a bad address.
 *
 * Kernel addresses are accessed as the kernel accesses its own, but each access has a
 * row in the exception table. Whether an address is one that the kernel may touch at all
 * (user memory and, on x86_64, non-canonical ones aren't) is the machine's to say.
 */

#include <linux/uaccess.h>

#include <linux/errno.h>
#include <linux/export.h>
#include <linux/kernel.h>
#include <linux/mm.h>

/* By default any address; a machine that knows better overrides this. */
bool __weak copy_from_kernel_nofault_allowed(const void *unsafe_src, size_t size)
{
	(void)unsafe_src;
	(void)size;
	return true;
}

#define copy_loop(accessor, dst, src, len, type, label)			\
	while ((len) >= sizeof(type)) {					\
		accessor((dst), (src), type, label);			\
		(dst) += sizeof(type);					\
		(src) += sizeof(type);					\
		(len) -= sizeof(type);					\
	}

/**
 * copy_from_kernel_nofault - copy from an address that may be bad
 * @dst: destination, good
 * @src: source
 * @size: bytes
 *
 * Context: any. Return: 0, -EFAULT, or -ERANGE for an address that is none of the kernel's.
 */
long copy_from_kernel_nofault(void *dst, const void *src, size_t size)
{
	if (!copy_from_kernel_nofault_allowed(src, size))
		return -ERANGE;

	pagefault_disable();
	/* Whole words only where both ends are aligned: an access mustn't be split. */
	if (!(((unsigned long)dst | (unsigned long)src) & 7))
		copy_loop(__get_kernel_nofault, dst, src, size, u64, fault);
	if (!(((unsigned long)dst | (unsigned long)src) & 3))
		copy_loop(__get_kernel_nofault, dst, src, size, u32, fault);
	if (!(((unsigned long)dst | (unsigned long)src) & 1))
		copy_loop(__get_kernel_nofault, dst, src, size, u16, fault);
	copy_loop(__get_kernel_nofault, dst, src, size, u8, fault);
	pagefault_enable();
	return 0;

fault:
	pagefault_enable();
	return -EFAULT;
}
EXPORT_SYMBOL_GPL(copy_from_kernel_nofault);

/**
 * copy_to_kernel_nofault - copy to an address that may be bad
 * @dst: destination
 * @src: source, good
 * @size: bytes
 *
 * Context: any. Return: 0 or -EFAULT.
 */
long copy_to_kernel_nofault(void *dst, const void *src, size_t size)
{
	pagefault_disable();
	if (!(((unsigned long)dst | (unsigned long)src) & 7))
		copy_loop(__put_kernel_nofault, dst, src, size, u64, fault);
	if (!(((unsigned long)dst | (unsigned long)src) & 3))
		copy_loop(__put_kernel_nofault, dst, src, size, u32, fault);
	if (!(((unsigned long)dst | (unsigned long)src) & 1))
		copy_loop(__put_kernel_nofault, dst, src, size, u16, fault);
	copy_loop(__put_kernel_nofault, dst, src, size, u8, fault);
	pagefault_enable();
	return 0;

fault:
	pagefault_enable();
	return -EFAULT;
}

/**
 * strncpy_from_kernel_nofault - copy a string from an address that may be bad
 * @dst: buffer of @count bytes; terminated on every return but with @count <= 0
 * @unsafe_addr: source
 * @count: size of the buffer
 *
 * Context: any.
 * Return: length with the terminator, @count if it was cut; -EFAULT, -ERANGE.
 */
long strncpy_from_kernel_nofault(char *dst, const void *unsafe_addr, long count)
{
	const char *src = unsafe_addr;
	long done = 0;

	if (unlikely(count <= 0))
		return 0;
	if (!copy_from_kernel_nofault_allowed(unsafe_addr, count))
		return -ERANGE;

	pagefault_disable();
	do {
		__get_kernel_nofault(dst + done, src + done, u8, fault);
		done++;
	} while (dst[done - 1] && done < count);
	pagefault_enable();

	dst[done - 1] = '\0';
	return done;

fault:
	pagefault_enable();
	dst[done] = '\0';
	return -EFAULT;
}

/**
 * copy_from_user_nofault - copy from user memory that is present
 * @dst: destination
 * @src: user address
 * @size: bytes
 *
 * Context: any. Return: 0 or -EFAULT.
 */
long copy_from_user_nofault(void *dst, const void __user *src, size_t size)
{
	long ret = -EFAULT;

	if (access_ok(src, size)) {
		pagefault_disable();
		ret = __copy_from_user_inatomic(dst, src, size);
		pagefault_enable();
	}
	return ret ? -EFAULT : 0;
}
EXPORT_SYMBOL_GPL(copy_from_user_nofault);

/**
 * copy_to_user_nofault - copy to user memory that is present
 * @dst: user address
 * @src: source
 * @size: bytes
 *
 * Context: any. Return: 0 or -EFAULT.
 */
long copy_to_user_nofault(void __user *dst, const void *src, size_t size)
{
	long ret = -EFAULT;

	if (access_ok(dst, size)) {
		pagefault_disable();
		ret = __copy_to_user_inatomic(dst, src, size);
		pagefault_enable();
	}
	return ret ? -EFAULT : 0;
}
EXPORT_SYMBOL_GPL(copy_to_user_nofault);

/**
 * strncpy_from_user_nofault - copy a string from user memory that is present
 * @dst: destination
 * @unsafe_addr: user address
 * @count: bytes of @dst; a longer string is cut off
 *
 * Context: any.
 * Return: bytes with the terminator; -EFAULT.
 */
long strncpy_from_user_nofault(char *dst, const char __user *unsafe_addr, long count)
{
	long ret;

	if (unlikely(count <= 0))
		return 0;
	pagefault_disable();
	ret = strncpy_from_user(dst, unsafe_addr, count);
	pagefault_enable();

	if (ret >= count) {
		ret = count;
		dst[ret - 1] = '\0';
	} else if (ret >= 0) {
		ret++;
	}
	return ret;
}

/**
 * strnlen_user_nofault - length of a string in user memory that is present
 * @unsafe_addr: user address
 * @count: look at so many bytes at most
 *
 * Context: any.
 * Return: bytes with the terminator; more than @count if it is longer; 0 if memory isn't there.
 */
long strnlen_user_nofault(const char __user *unsafe_addr, long count)
{
	long ret;

	pagefault_disable();
	ret = strnlen_user(unsafe_addr, count);
	pagefault_enable();
	return ret;
}
