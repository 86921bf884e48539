/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_SOCKIOS_H
#define _LINUX_SOCKIOS_H

/* ioctl(2) of sockets. */

#include <uapi/linux/sockios.h>

#endif /* _LINUX_SOCKIOS_H */
