/* SPDX-License-Identifier: MIT */
#ifndef _UAPI_LINUX_NSFS_H
#define _UAPI_LINUX_NSFS_H

/* Questions to a file that stands for a namespace. */

#include <linux/ioctl.h>

#define NSIO			0xb7
#define NS_GET_USERNS		_IO(NSIO, 0x1)	/* a file of the user namespace that owns it */
#define NS_GET_PARENT		_IO(NSIO, 0x2)
#define NS_GET_NSTYPE		_IO(NSIO, 0x3)	/* CLONE_NEW* */
#define NS_GET_OWNER_UID	_IO(NSIO, 0x4)

#endif /* _UAPI_LINUX_NSFS_H */
