/* SPDX-License-Identifier: MIT */
#ifndef _UAPI__ASM_BYTEORDER_H
#define _UAPI__ASM_BYTEORDER_H

#include <linux/byteorder/little_endian.h>

#endif /* _UAPI__ASM_BYTEORDER_H */
