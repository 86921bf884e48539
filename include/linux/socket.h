/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_SOCKET_H
#define _LINUX_SOCKET_H

/* Addresses of sockets, and the families they belong to. */

#include <linux/types.h>
#include <uapi/linux/socket.h>

typedef __kernel_sa_family_t sa_family_t;

/* What every address begins with. */
struct sockaddr {
	sa_family_t sa_family;
	char sa_data[14];
};

#define sockaddr_storage __kernel_sockaddr_storage

#define AF_UNSPEC	0
#define AF_UNIX		1
#define AF_LOCAL	1
#define AF_INET		2
#define AF_INET6	10
#define AF_NETLINK	16
#define AF_PACKET	17
#define AF_VSOCK	40

#define PF_UNSPEC	AF_UNSPEC
#define PF_UNIX		AF_UNIX
#define PF_LOCAL	AF_LOCAL
#define PF_INET		AF_INET
#define PF_INET6	AF_INET6
#define PF_NETLINK	AF_NETLINK
#define PF_PACKET	AF_PACKET
#define PF_VSOCK	AF_VSOCK

#endif /* _LINUX_SOCKET_H */
