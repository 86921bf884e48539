/* SPDX-License-Identifier: MIT */
/*
 * GICv3 (Arm IHI 0069): registers beyond those of arm-gic.h.  The CPU interface is reached
 * through system registers (asm/arch_gicv3.h).
 */
#ifndef _LINUX_IRQCHIP_ARM_GIC_V3_H
#define _LINUX_IRQCHIP_ARM_GIC_V3_H

#define GICD_CTLR			0x0000
#define GICD_CTLR_RWP			(1u << 31)
#define GICD_CTLR_ARE_NS		(1u << 4)
#define GICD_CTLR_ENABLE_G1A		(1u << 1)
#define GICD_CTLR_ENABLE_G1		(1u << 0)
#define GICD_TYPER			0x0004
#define GICD_IROUTER			0x6000

#define GICR_CTLR			0x0000
#define GICR_CTLR_RWP			(1u << 3)
#define GICR_TYPER			0x0008
#define GICR_TYPER_VLPIS		(1u << 1)
#define GICR_TYPER_LAST			(1u << 4)
#define GICR_WAKER			0x0014
#define GICR_WAKER_ProcessorSleep	(1u << 1)
#define GICR_WAKER_ChildrenAsleep	(1u << 2)
#define GICR_FRAME_SIZE			0x10000
#define GICR_SGI_BASE			0x10000	/* the private interrupts' own frame */

#define ICC_SRE_EL1_SRE			(1u << 0)
#define ICC_CTLR_EL1_EOImode_drop_dir	(0u << 1)

#define ICC_SGI1R_SGI_ID_SHIFT		24
#define ICC_SGI1R_AFFINITY_1_SHIFT	16
#define ICC_SGI1R_AFFINITY_2_SHIFT	32
#define ICC_SGI1R_RS_SHIFT		44
#define ICC_SGI1R_AFFINITY_3_SHIFT	48

#endif /* _LINUX_IRQCHIP_ARM_GIC_V3_H */
