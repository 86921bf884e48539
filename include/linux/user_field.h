/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_USER_FIELD_H
#define _LINUX_USER_FIELD_H

#include <linux/stddef.h>

/**
 * user_field - where a field of a program's structure is
 * @ptr: the structure, a __user pointer as the program passed it
 * @member: the field
 *
 * "&ptr->member" promises the compiler that @ptr is aligned as its type wants, which a program
 * doesn't have to keep: it may pass any number. This is the same address without the promise, which
 * the sanitizer of such promises (UBSAN) would otherwise report for a hostile pointer.
 *
 * Context: Any; nothing is read. Return: a __user pointer to the field's type, for get_user() and
 * its kin, which take a misaligned one and check where it leads.
 */
#define user_field(ptr, member)							\
	((typeof(&(ptr)->member))((unsigned long)(ptr) + offsetof(typeof(*(ptr)), member)))

#endif /* _LINUX_USER_FIELD_H */
