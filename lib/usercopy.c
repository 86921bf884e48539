// SPDX-License-Identifier: MIT
/* The out-of-line half of <linux/uaccess.h>: buffers and strings. */

#include <linux/uaccess.h>

#include <linux/errno.h>
#include <linux/export.h>
#include <linux/kernel.h>
#include <linux/limits.h>
#include <linux/string.h>
#include <linux/unaligned.h>

/**
 * __might_fault - might_fault(): the caller is about to touch user memory
 * @file: of the caller, for the report
 * @line: the line there
 *
 * It may sleep to bring a page in, unless page faults are off and the caller takes the failure.
 */
void __might_fault(const char *file, int line)
{
	if (pagefault_disabled())
		return;
	__might_sleep(file, line);
}

/*
 * By words, for as long as whole ones are left and there; then by bytes, which find the very place
 * where the user's memory ends.
 */

/**
 * __generic_copy_from_user - the portable raw_copy_from_user()
 * @to: kernel memory
 * @from: user memory
 * @n: bytes
 *
 * Context: may sleep, unless page faults are off.
 * Return: bytes that couldn't be read, all of them behind those that could.
 */
unsigned long __generic_copy_from_user(void *to, const void __user *from, unsigned long n)
{
	unsigned long word;
	u8 byte;

	if (!user_read_access_begin(from, n))
		return n;
	while (n >= sizeof(word)) {
		unsafe_get_user(word, (const unsigned long __user *)from, bytes);
		put_unaligned(word, (unsigned long *)to);
		to += sizeof(word);
		from += sizeof(word);
		n -= sizeof(word);
	}
bytes:
	while (n) {
		/* not straight to @to: what can't be read is a 0 */
		unsafe_get_user(byte, (const u8 __user *)from, end);
		*(u8 *)to = byte;
		to++;
		from++;
		n--;
	}
end:
	user_read_access_end();
	return n;
}

/**
 * __generic_copy_to_user - the portable raw_copy_to_user()
 * @to: user memory
 * @from: kernel memory
 * @n: bytes
 *
 * Context: may sleep, unless page faults are off.
 * Return: bytes that couldn't be written, all of them behind those that could.
 */
unsigned long __generic_copy_to_user(void __user *to, const void *from, unsigned long n)
{
	if (!user_write_access_begin(to, n))
		return n;
	while (n >= sizeof(unsigned long)) {
		unsafe_put_user(get_unaligned((const unsigned long *)from),
				(unsigned long __user *)to, bytes);
		to += sizeof(unsigned long);
		from += sizeof(unsigned long);
		n -= sizeof(unsigned long);
	}
bytes:
	while (n) {
		unsafe_put_user(*(const u8 *)from, (u8 __user *)to, end);
		to++;
		from++;
		n--;
	}
end:
	user_write_access_end();
	return n;
}

/**
 * _copy_from_user - copy_from_user() out of line
 * @to: kernel memory
 * @from: user memory
 * @n: bytes
 *
 * Context: may sleep, unless page faults are off.
 * Return: bytes that couldn't be read, 0 as a rule; so many at the end of @to are zeroed.
 */
unsigned long _copy_from_user(void *to, const void __user *from, unsigned long n)
{
	unsigned long res = n;

	might_fault();
	if (likely(access_ok(from, n))) {
		instrument_copy_from_user_before(to, from, n);
		res = raw_copy_from_user(to, from, n);
		instrument_copy_from_user_after(to, from, n, res);
	}
	/* Nothing of what the buffer held may be taken for the user's data. */
	if (unlikely(res))
		memset(to + (n - res), 0, res);
	return res;
}
EXPORT_SYMBOL(_copy_from_user);

/**
 * _copy_to_user - copy_to_user() out of line
 * @to: user memory
 * @from: kernel memory
 * @n: bytes
 *
 * Context: may sleep, unless page faults are off.
 * Return: bytes that couldn't be written, 0 as a rule.
 */
unsigned long _copy_to_user(void __user *to, const void *from, unsigned long n)
{
	might_fault();
	if (likely(access_ok(to, n))) {
		instrument_copy_to_user(to, from, n);
		n = raw_copy_to_user(to, from, n);
	}
	return n;
}
EXPORT_SYMBOL(_copy_to_user);

/**
 * check_zeroed_user - is a user buffer all zeroes?
 * @from: the buffer
 * @size: bytes
 *
 * Context: may sleep. Return: 1 if so, 0 if not, -EFAULT.
 */
int check_zeroed_user(const void __user *from, size_t size)
{
	const u8 __user *p = from;
	u8 byte = 0;

	if (!size)
		return 1;
	if (!user_read_access_begin(from, size))
		return -EFAULT;
	for (; size && !byte; size--, p++)
		unsafe_get_user(byte, p, fault);
	user_read_access_end();
	return !byte;

fault:
	user_read_access_end();
	return -EFAULT;
}
EXPORT_SYMBOL(check_zeroed_user);

/* Most bytes of user space that a string at @src can span. */
static unsigned long user_room(const char __user *src)
{
	unsigned long addr = (__force unsigned long)untagged_addr(src);

	return addr < TASK_SIZE_MAX ? TASK_SIZE_MAX - addr : 0;
}

static long do_strncpy_from_user(char *dst, const char __user *src, unsigned long count,
				 unsigned long max)
{
	unsigned long res = 0;
	char c;

	while (max) {
		unsafe_get_user(c, src + res, fault);
		dst[res] = c;
		if (!c)
			return res;
		res++;
		max--;
	}
	/* @count characters without a terminator are no error; the end of user space is. */
	if (res >= count)
		return res;
fault:
	return -EFAULT;
}

/**
 * strncpy_from_user - copy a string from user memory
 * @dst: kernel buffer of at least @count bytes
 * @src: user address
 * @count: most bytes to copy, terminator included
 *
 * Context: may sleep.
 * Return: length without the terminator; @count if none was found (the buffer is then not
 * terminated); -EFAULT.
 */
long strncpy_from_user(char *dst, const char __user *src, long count)
{
	unsigned long max;
	long ret;

	might_fault();
	if (unlikely(count <= 0))
		return 0;
	max = min(user_room(src), (unsigned long)count);
	if (!max || !user_read_access_begin(src, max))
		return -EFAULT;
	ret = do_strncpy_from_user(dst, src, count, max);
	user_read_access_end();
	return ret;
}
EXPORT_SYMBOL(strncpy_from_user);

static long do_strnlen_user(const char __user *src, unsigned long count, unsigned long max)
{
	unsigned long res = 0;
	char c;

	while (max) {
		unsafe_get_user(c, src + res, fault);
		res++;
		if (!c)
			return res;
		max--;
	}
	if (res >= count)
		return count + 1;
fault:
	return 0;
}

/**
 * strnlen_user - length of a string in user memory
 * @str: the string
 * @count: most bytes to look at
 *
 * Context: may sleep.
 * Return: length with the terminator; more than @count if there is none within; 0 on a
 * fault.
 */
long strnlen_user(const char __user *str, long count)
{
	unsigned long max;
	long ret;

	might_fault();
	if (unlikely(count <= 0))
		return 0;
	max = min(user_room(str), (unsigned long)count);
	if (!max || !user_read_access_begin(str, max))
		return 0;
	ret = do_strnlen_user(str, count, max);
	user_read_access_end();
	return ret;
}
EXPORT_SYMBOL(strnlen_user);
