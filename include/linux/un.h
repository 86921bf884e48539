/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_UN_H
#define _LINUX_UN_H

/* Unix sockets: <net/af_unix.h>. */

#include <uapi/linux/un.h>

#endif /* _LINUX_UN_H */
