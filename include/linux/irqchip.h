/* SPDX-License-Identifier: MIT */
/* Starting the interrupt controllers that the device tree describes. */
#ifndef _LINUX_IRQCHIP_H
#define _LINUX_IRQCHIP_H

void irqchip_init(void);

#endif /* _LINUX_IRQCHIP_H */
