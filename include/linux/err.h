/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_ERR_H
#define _LINUX_ERR_H

/*
 * Error pointers: the last page of the address space is never mapped, so a
 * pointer into it can carry a negative errno instead.
 */
#include <linux/compiler.h>
#include <linux/types.h>
#include <asm/errno.h>

#define MAX_ERRNO	4095

/** IS_ERR_VALUE - is a number, or an address, one of an error? */
#define IS_ERR_VALUE(x)	unlikely((unsigned long)(void *)(x) >= (unsigned long)-MAX_ERRNO)

/**
 * ERR_PTR - make an error pointer
 * @error: a negative errno, from -MAX_ERRNO to -1
 */
static inline void * __must_check ERR_PTR(long error)
{
	return (void *)error;
}

/* The same for a per-CPU pointer. */
#define ERR_PTR_PCPU(error)	((void __percpu *)(unsigned long)ERR_PTR(error))
#define PTR_ERR_PCPU(ptr)	(PTR_ERR((const void *)(__force const unsigned long)(ptr)))
#define IS_ERR_PCPU(ptr)	(IS_ERR((const void *)(__force const unsigned long)(ptr)))

/**
 * PTR_ERR - the errno in an error pointer
 * @ptr: an error pointer; a good one gives nonsense
 */
static inline long __must_check PTR_ERR(__force const void *ptr)
{
	return (long)ptr;
}

/**
 * IS_ERR - does this pointer carry an errno?
 * @ptr: the pointer
 */
static inline bool __must_check IS_ERR(__force const void *ptr)
{
	return IS_ERR_VALUE((unsigned long)ptr);
}

/**
 * IS_ERR_OR_NULL - is this pointer NULL or does it carry an errno?
 * @ptr: the pointer
 */
static inline bool __must_check IS_ERR_OR_NULL(__force const void *ptr)
{
	return unlikely(!ptr) || IS_ERR_VALUE((unsigned long)ptr);
}

/**
 * ERR_CAST - an error pointer as one of another type
 * @ptr: the error pointer, of any type and constness
 */
static inline void * __must_check ERR_CAST(__force const void *ptr)
{
	return (void *)ptr;
}

/**
 * PTR_ERR_OR_ZERO - the errno in a pointer that may be good
 * @ptr: any pointer
 *
 * Return: the errno if there is one, else 0.
 */
static inline int __must_check PTR_ERR_OR_ZERO(__force const void *ptr)
{
	if (IS_ERR(ptr))
		return PTR_ERR(ptr);
	return 0;
}

#endif /* _LINUX_ERR_H */
