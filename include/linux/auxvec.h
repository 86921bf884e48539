/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_AUXVEC_H
#define _LINUX_AUXVEC_H

#include <uapi/linux/auxvec.h>

#endif /* _LINUX_AUXVEC_H */
