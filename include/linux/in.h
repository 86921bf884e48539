/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_IN_H
#define _LINUX_IN_H

#include <linux/errno.h>
#include <linux/socket.h>
#include <uapi/linux/in.h>

#endif /* _LINUX_IN_H */
