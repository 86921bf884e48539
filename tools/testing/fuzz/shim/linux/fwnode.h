/* SPDX-License-Identifier: MIT */
#ifndef _FUZZ_FWNODE_H
#define _FUZZ_FWNODE_H
struct fwnode_handle {
	const char *name;
};
#endif
