/* SPDX-License-Identifier: MIT */
#ifndef _UAPI_LINUX_STDDEF_H
#define _UAPI_LINUX_STDDEF_H

#ifndef __always_inline
#define __always_inline inline
#endif

/* A struct whose members can also be named, and copied, as one group. */
#define __struct_group(TAG, NAME, ATTRS, MEMBERS...)			\
	union {								\
		struct { MEMBERS } ATTRS;				\
		struct TAG { MEMBERS } ATTRS NAME;			\
	} ATTRS

/* A flexible array that may stand alone in a struct or in a union. */
#define __DECLARE_FLEX_ARRAY(TYPE, NAME)				\
	struct {							\
		struct { } __empty_##NAME;				\
		TYPE NAME[];						\
	}

#endif /* _UAPI_LINUX_STDDEF_H */
