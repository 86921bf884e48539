/* SPDX-License-Identifier: MIT */
#ifndef _UAPI_LINUX_SOCKET_H
#define _UAPI_LINUX_SOCKET_H

/* Room for the address of a socket of any family, aligned for all of them. */

#define _K_SS_MAXSIZE	128

typedef unsigned short __kernel_sa_family_t;

struct __kernel_sockaddr_storage {
	union {
		struct {
			__kernel_sa_family_t ss_family;
			char __data[_K_SS_MAXSIZE - sizeof(unsigned short)];
		};
		void *__align;
	};
};

/* SO_BUF_LOCK: which of the two sizes a program has set. */
#define SOCK_SNDBUF_LOCK	1
#define SOCK_RCVBUF_LOCK	2

#endif /* _UAPI_LINUX_SOCKET_H */
