/* SPDX-License-Identifier: MIT */
#ifndef _UAPI_LINUX_STRING_H
#define _UAPI_LINUX_STRING_H

#endif
