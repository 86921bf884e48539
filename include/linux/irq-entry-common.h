/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_IRQ_ENTRY_COMMON_H
#define _LINUX_IRQ_ENTRY_COMMON_H

/* The interrupt half of the entry code; all of it is in one header. */
#include <linux/entry-common.h>

#endif /* _LINUX_IRQ_ENTRY_COMMON_H */
