/* SPDX-License-Identifier: MIT */
#ifndef _UAPI_LINUX_TERMIOS_H
#define _UAPI_LINUX_TERMIOS_H

#include <linux/types.h>

#include <asm/termios.h>

#endif /* _UAPI_LINUX_TERMIOS_H */
