/* SPDX-License-Identifier: MIT */
#ifndef _KERNEL_MONITOR_H
#define _KERNEL_MONITOR_H

void __noreturn monitor(void);

#endif /* _KERNEL_MONITOR_H */
