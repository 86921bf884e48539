/* SPDX-License-Identifier: MIT */
#ifndef _UAPI_LINUX_UN_H
#define _UAPI_LINUX_UN_H

/*
 * Addresses of Unix sockets. What follows the family is a path; or, beginning with a zero byte, a
 * name of its own space, of exactly the bytes that the address's length says; or nothing.
 */

#include <linux/socket.h>
#include <linux/sockios.h>

#define UNIX_PATH_MAX	108

struct sockaddr_un {
	__kernel_sa_family_t sun_family;	/* AF_UNIX */
	char sun_path[UNIX_PATH_MAX];
};

#define SIOCUNIXFILE	(SIOCPROTOPRIVATE + 0)	/* an O_PATH descriptor of the socket's name */

#endif /* _UAPI_LINUX_UN_H */
