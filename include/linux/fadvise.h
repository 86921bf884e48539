/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_FADVISE_H
#define _LINUX_FADVISE_H

#include <uapi/linux/fadvise.h>

#endif /* _LINUX_FADVISE_H */
