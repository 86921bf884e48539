/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_TYPECHECK_H
#define _LINUX_TYPECHECK_H

/* typecheck(T, x): 1; the compiler warns unless @x is of type T. */
#define typecheck(type, x)						\
({									\
	type __want;							\
	typeof(x) __have;						\
	(void)(&__want == &__have);					\
	1;								\
})
#define typecheck_fn(type, function)					\
({									\
	typeof(type) __checked = function;				\
	(void)__checked;						\
})
#define typecheck_pointer(x)						\
({									\
	typeof(x) __pointer;						\
	(void)sizeof(*__pointer);					\
	1;								\
})

#endif /* _LINUX_TYPECHECK_H */
