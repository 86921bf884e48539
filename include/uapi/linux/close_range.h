/* SPDX-License-Identifier: MIT */
#ifndef _UAPI_LINUX_CLOSE_RANGE_H
#define _UAPI_LINUX_CLOSE_RANGE_H

#define CLOSE_RANGE_UNSHARE	(1U << 1)	/* get a table of one's own first */
#define CLOSE_RANGE_CLOEXEC	(1U << 2)	/* mark, don't close */

#endif /* _UAPI_LINUX_CLOSE_RANGE_H */
