/* SPDX-License-Identifier: MIT */
/*
 * The Arm generic interrupt controller, versions 2 and 3: registers that both share.
 *
 * Interrupt numbers: 0-15 software generated (SGI, our IPIs), 16-31 private to a CPU (PPI),
 * 32-1019 shared (SPI); 1020-1023 are answers that mean "nothing for you".
 */
#ifndef _LINUX_IRQCHIP_ARM_GIC_H
#define _LINUX_IRQCHIP_ARM_GIC_H

#define GIC_DIST_CTRL			0x000
#define GIC_DIST_CTR			0x004
#define GIC_DIST_IGROUP			0x080
#define GIC_DIST_ENABLE_SET		0x100
#define GIC_DIST_ENABLE_CLEAR		0x180
#define GIC_DIST_PENDING_SET		0x200
#define GIC_DIST_PENDING_CLEAR		0x280
#define GIC_DIST_ACTIVE_SET		0x300
#define GIC_DIST_ACTIVE_CLEAR		0x380
#define GIC_DIST_PRI			0x400
#define GIC_DIST_TARGET			0x800
#define GIC_DIST_CONFIG			0xc00
#define GIC_DIST_SOFTINT		0xf00

#define GIC_CPU_CTRL			0x00
#define GIC_CPU_PRIMASK			0x04
#define GIC_CPU_BINPOINT		0x08
#define GIC_CPU_INTACK			0x0c
#define GIC_CPU_EOI			0x10
#define GIC_CPU_ACTIVEPRIO		0xd0

#define GICC_IAR_INT_ID_MASK		0x3ff
#define GICC_INT_PRI_THRESHOLD		0xf0
#define GICC_ENABLE			0x1
#define GICC_DIS_BYPASS_MASK		0x1e0
#define GICD_ENABLE			0x1
#define GICD_DISABLE			0x0
#define GICD_INT_DEF_PRI		0xa0
#define GICD_INT_DEF_PRI_X4		0xa0a0a0a0u

#define GIC_FIRST_PPI			16
#define GIC_FIRST_SPI			32
#define GIC_FIRST_SPECIAL		1020

#endif /* _LINUX_IRQCHIP_ARM_GIC_H */
