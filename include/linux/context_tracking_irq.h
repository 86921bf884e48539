/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_CONTEXT_TRACKING_IRQ_H
#define _LINUX_CONTEXT_TRACKING_IRQ_H

#include <linux/context_tracking.h>

#endif /* _LINUX_CONTEXT_TRACKING_IRQ_H */
