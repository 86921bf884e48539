/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_CONTAINER_OF_H
#define _LINUX_CONTAINER_OF_H

#include <linux/build_bug.h>
#include <linux/stddef.h>

#define typeof_member(T, m)	typeof(((T *)0)->m)

/**
 * container_of - the struct that a member belongs to
 * @ptr: pointer to the member; a const pointer loses its const
 * @type: type of the struct
 * @member: name of the member in it
 */
#define container_of(ptr, type, member)					\
({									\
	void *__member_ptr = (void *)(ptr);				\
	static_assert(__same_type(*(ptr), ((type *)0)->member) ||	\
		      __same_type(*(ptr), void),			\
		      "container_of: the pointer is not to this member"); \
	((type *)(__member_ptr - offsetof(type, member)));		\
})

/* container_of_const - the same, and a const pointer gives a const struct. */
#define container_of_const(ptr, type, member)				\
	_Generic(ptr,							\
		const typeof(*(ptr)) *: ((const type *)container_of(ptr, type, member)), \
		default: ((type *)container_of(ptr, type, member)))

#endif /* _LINUX_CONTAINER_OF_H */
