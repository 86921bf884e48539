/* SPDX-License-Identifier: MIT */
#ifndef _UAPI_LINUX_RANDOM_H
#define _UAPI_LINUX_RANDOM_H

#include <linux/types.h>

/* Flags of getrandom(2). */
#define GRND_NONBLOCK	0x0001
#define GRND_RANDOM	0x0002
#define GRND_INSECURE	0x0004

struct rand_pool_info {
	int entropy_count;
	int buf_size;
	__u32 buf[];
};

#endif
