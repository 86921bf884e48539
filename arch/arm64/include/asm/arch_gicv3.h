/* SPDX-License-Identifier: MIT */
/* The GICv3 CPU interface: system registers, for drivers/irqchip. */
#ifndef _ASM_ARCH_GICV3_H
#define _ASM_ARCH_GICV3_H

#include <linux/types.h>
#include <asm/barrier.h>
#include <asm/sysreg.h>

/** gic_write_eoir - drop the priority of an interrupt that was acknowledged (ICC_EOIR1_EL1) */
static inline void gic_write_eoir(u32 irq)
{
	write_sysreg_s(irq, SYS_ICC_EOIR1_EL1);
	isb();
}

/** gic_write_dir - deactivate an interrupt, where that is apart from the drop (ICC_DIR_EL1) */
static inline void gic_write_dir(u32 irq)
{
	write_sysreg_s(irq, SYS_ICC_DIR_EL1);
	isb();
}

/**
 * gic_read_iar - which interrupt? Reading acknowledges it
 *
 * The dsb lets nothing of the handler be done before.
 *
 * Return: its number; 1020 to 1023: none to be handled here.
 */
static inline u64 gic_read_iar(void)
{
	u64 irqstat = read_sysreg_s(SYS_ICC_IAR1_EL1);

	dsb(sy);
	return irqstat;
}

/** gic_write_ctlr - set ICC_CTLR_EL1: among others, whether EOIR deactivates too */
static inline void gic_write_ctlr(u32 val)
{
	write_sysreg_s(val, SYS_ICC_CTLR_EL1);
	isb();
}

/** gic_read_ctlr - ICC_CTLR_EL1 */
static inline u32 gic_read_ctlr(void)
{
	return read_sysreg_s(SYS_ICC_CTLR_EL1);
}

/** gic_write_grpen1 - 1: this CPU takes interrupts of group 1 */
static inline void gic_write_grpen1(u32 val)
{
	write_sysreg_s(val, SYS_ICC_IGRPEN1_EL1);
	isb();
}

/** gic_write_sgi1r - send a software generated interrupt; @val names it and the CPUs */
static inline void gic_write_sgi1r(u64 val)
{
	write_sysreg_s(val, SYS_ICC_SGI1R_EL1);
}

/** gic_read_sre - ICC_SRE_EL1: is the CPU interface in system registers on? */
static inline u32 gic_read_sre(void)
{
	return read_sysreg_s(SYS_ICC_SRE_EL1);
}

/** gic_write_sre - switch the CPU interface in system registers on */
static inline void gic_write_sre(u32 val)
{
	write_sysreg_s(val, SYS_ICC_SRE_EL1);
	isb();
}

/** gic_write_bpr1 - which part of a priority preempts (ICC_BPR1_EL1) */
static inline void gic_write_bpr1(u32 val)
{
	write_sysreg_s(val, SYS_ICC_BPR1_EL1);
}

/** gic_read_pmr - interrupts of this priority number and above are masked */
static inline u32 gic_read_pmr(void)
{
	return read_sysreg_s(SYS_ICC_PMR_EL1);
}

/** gic_write_pmr - mask interrupts of this priority number and above */
static inline void gic_write_pmr(u32 val)
{
	write_sysreg_s(val, SYS_ICC_PMR_EL1);
}

#endif /* _ASM_ARCH_GICV3_H */
