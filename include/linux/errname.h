/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_ERRNAME_H
#define _LINUX_ERRNAME_H

#include <linux/stddef.h>

/** errname - "ENOMEM" for 12, "-ENOMEM" for -12; NULL for a number that names no error */
const char *errname(int err);

#endif
