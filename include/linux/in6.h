/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_IN6_H
#define _LINUX_IN6_H

#include <linux/socket.h>
#include <uapi/linux/in6.h>
#include <asm/byteorder.h>

/* Of sin6_flowinfo: traffic class and flow label, and the label alone. */
#define IPV6_FLOWINFO_MASK	cpu_to_be32(0x0fffffff)
#define IPV6_FLOWLABEL_MASK	cpu_to_be32(0x000fffff)

#endif /* _LINUX_IN6_H */
