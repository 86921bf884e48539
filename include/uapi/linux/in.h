/* SPDX-License-Identifier: MIT */
#ifndef _UAPI_LINUX_IN_H
#define _UAPI_LINUX_IN_H

/* IPv4: protocols, addresses, the address of a socket. Addresses and ports are in network order. */

#include <linux/socket.h>
#include <linux/types.h>

enum {
	IPPROTO_IP = 0,
	IPPROTO_ICMP = 1,
	IPPROTO_IGMP = 2,
	IPPROTO_IPIP = 4,
	IPPROTO_TCP = 6,
	IPPROTO_UDP = 17,
	IPPROTO_IPV6 = 41,
	IPPROTO_GRE = 47,
	IPPROTO_ESP = 50,
	IPPROTO_AH = 51,
	IPPROTO_SCTP = 132,
	IPPROTO_UDPLITE = 136,
	IPPROTO_RAW = 255,
	IPPROTO_MAX
};
#define IPPROTO_IP	IPPROTO_IP
#define IPPROTO_ICMP	IPPROTO_ICMP
#define IPPROTO_TCP	IPPROTO_TCP
#define IPPROTO_UDP	IPPROTO_UDP
#define IPPROTO_IPV6	IPPROTO_IPV6
#define IPPROTO_RAW	IPPROTO_RAW

struct in_addr {
	__be32 s_addr;
};

#define INADDR_ANY		((unsigned long)0x00000000)
#define INADDR_BROADCAST	((unsigned long)0xffffffff)
#define INADDR_NONE		((unsigned long)0xffffffff)
#define INADDR_LOOPBACK		0x7f000001

#define __SOCK_SIZE__	16	/* of a struct sockaddr */

struct sockaddr_in {
	__kernel_sa_family_t sin_family;	/* AF_INET */
	__be16 sin_port;
	struct in_addr sin_addr;
	unsigned char __pad[__SOCK_SIZE__ - sizeof(short) - sizeof(unsigned short) -
			    sizeof(struct in_addr)];
};
#define sin_zero	__pad

#endif /* _UAPI_LINUX_IN_H */
