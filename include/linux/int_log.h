/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_INT_LOG_H
#define _LINUX_INT_LOG_H

#include <linux/types.h>

unsigned int intlog2(u32 value);
unsigned int intlog10(u32 value);

#endif
