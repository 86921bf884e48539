/* SPDX-License-Identifier: MIT */
#ifndef _UAPI_LINUX_NET_H
#define _UAPI_LINUX_NET_H

/* What state a socket is in, as /proc/net/unix tells it. */

#include <asm/socket.h>
#include <linux/socket.h>

typedef enum {
	SS_FREE = 0,		/* no socket yet */
	SS_UNCONNECTED,
	SS_CONNECTING,
	SS_CONNECTED,
	SS_DISCONNECTING
} socket_state;

#define __SO_ACCEPTCON	(1 << 16)	/* a flag there: it listens */

#endif /* _UAPI_LINUX_NET_H */
