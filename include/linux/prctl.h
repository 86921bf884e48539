/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_PRCTL_H
#define _LINUX_PRCTL_H

#include <uapi/linux/prctl.h>

/* What only this machine knows. Return: the call's; -EINVAL for what it doesn't know either. */
long arch_prctl_option(int option, unsigned long arg2, unsigned long arg3, unsigned long arg4,
		       unsigned long arg5);

#endif /* _LINUX_PRCTL_H */
