/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_FWNODE_H
#define _LINUX_FWNODE_H

/* Names a thing that the firmware described, whatever the firmware: compared by address. */
struct fwnode_handle {
	const char *name;
};

#endif /* _LINUX_FWNODE_H */
