/* SPDX-License-Identifier: MIT */
#ifndef _UAPI_LINUX_POLL_H
#define _UAPI_LINUX_POLL_H

#include <asm/poll.h>

#endif /* _UAPI_LINUX_POLL_H */
