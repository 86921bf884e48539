/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_TIMERFD_H
#define _LINUX_TIMERFD_H

/* The wall clock was set: timers that asked for it are told. */
void timerfd_clock_was_set(void);

#include <uapi/linux/timerfd.h>

#endif /* _LINUX_TIMERFD_H */
