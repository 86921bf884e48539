/* SPDX-License-Identifier: MIT */
#ifndef _UAPI_LINUX_OPENAT2_H
#define _UAPI_LINUX_OPENAT2_H

#include <linux/types.h>

struct open_how {
	__u64 flags;
	__u64 mode;
	__u64 resolve;		/* RESOLVE_* */
};

#define RESOLVE_NO_XDEV		0x01	/* no mount is crossed */
#define RESOLVE_NO_MAGICLINKS	0x02
#define RESOLVE_NO_SYMLINKS	0x04
#define RESOLVE_BENEATH		0x08	/* leaving the starting directory fails */
#define RESOLVE_IN_ROOT		0x10	/* the starting directory is the root */
#define RESOLVE_CACHED		0x20	/* only what is known without sleeping */

#endif /* _UAPI_LINUX_OPENAT2_H */
