/* SPDX-License-Identifier: MIT */
#ifndef _UAPI_LINUX_UIO_H
#define _UAPI_LINUX_UIO_H

/* Vectors of buffers, as readv(), writev() and their kin take them. */

#include <linux/types.h>

struct iovec {
	void __user *iov_base;
	__kernel_size_t iov_len;
};

struct dmabuf_cmsg {
	__u64 frag_offset;
	__u32 frag_size;
	__u32 frag_token;
	__u32 dmabuf_id;
	__u32 flags;
};

struct dmabuf_token {
	__u32 token_start;
	__u32 token_count;
};

#define UIO_FASTIOV	8	/* a vector this long fits on the kernel's stack */
#define UIO_MAXIOV	1024	/* more is EINVAL */

#endif /* _UAPI_LINUX_UIO_H */
