/* SPDX-License-Identifier: MIT */
#ifndef _UAPI_LINUX_SOCKIOS_H
#define _UAPI_LINUX_SOCKIOS_H

/* ioctl(2) of sockets. Network interfaces have theirs from 0x8910 on; there are none here yet. */

#include <asm/sockios.h>

#define SIOCINQ			0x541B	/* FIONREAD: bytes to be read */
#define SIOCOUTQ		0x5411	/* TIOCOUTQ: memory of what was sent and not read yet */

#define SOCK_IOC_TYPE		0x89
#define SIOCDEVPRIVATE		0x89F0	/* 16 of a device's own */
#define SIOCPROTOPRIVATE	0x89E0	/* 16 of a protocol's own */

#endif /* _UAPI_LINUX_SOCKIOS_H */
