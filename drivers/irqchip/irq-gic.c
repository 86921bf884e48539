// SPDX-License-Identifier: MIT
/*
 * GICv2 (Arm IHI 0048): a distributor for all CPUs and an interface for each, in memory.
 *
 *	source --> distributor: enabled? priority? which CPUs? --> CPU interface --> CPU
 *
 * Taking an interrupt: reading INTACK names it and raises the running priority; writing the
 * same number to EOI ends it.  A software generated interrupt carries its sender's number in
 * INTACK, and EOI wants it back.
 *
 * The distributor addresses CPUs by a bit of an eight-bit mask, which need not follow Linux's
 * numbers: each CPU reads its own bit from a register that shows every reader his own.
 *
 * What GICv3 does in the same way is in irq-gic-common.c.
 */
#define pr_fmt(fmt) "GICv2: " fmt

#include <linux/bits.h>
#include <linux/cpu.h>
#include <linux/cpuhotplug.h>
#include <linux/cpumask.h>
#include <linux/errno.h>
#include <linux/init.h>
#include <linux/interrupt.h>
#include <linux/io.h>
#include <linux/irq.h>
#include <linux/irqchip/arm-gic.h>
#include <linux/irqdesc.h>
#include <linux/irqdomain.h>
#include <linux/kernel.h>
#include <linux/of.h>
#include <linux/of_address.h>
#include <linux/percpu.h>
#include <linux/printk.h>
#include <linux/smp.h>
#include <linux/spinlock.h>

#include <asm/irq.h>
#include <asm/smp.h>

#include "irq-gic-common.h"

#define GIC_MAX_CPUS	8

/* There is one root controller. */
static struct {
	void __iomem *dist;
	void __iomem *cpu;
	struct gic_common common;
	u8 cpu_bit[NR_CPUS];	/* each CPU's bit; written by that CPU as it comes up */
} gic __read_mostly;

/* Guards the targets: two CPUs may send one interrupt to different places. */
static DEFINE_RAW_SPINLOCK(gic_lock);

/* What INTACK said of the software interrupt being handled on this CPU. */
static DEFINE_PER_CPU(u32, sgi_intack);

static void __iomem *gic_frame(irq_hw_number_t hwirq)
{
	(void)hwirq;
	return gic.dist;
}

static void gic_poke(struct irq_data *d, unsigned int reg)
{
	gic_poke_bit(gic.dist, d->hwirq, reg);
}

static void gic_mask_irq(struct irq_data *d)
{
	gic_poke(d, GIC_DIST_ENABLE_CLEAR);
}

static void gic_unmask_irq(struct irq_data *d)
{
	gic_poke(d, GIC_DIST_ENABLE_SET);
}

static void gic_eoi_irq(struct irq_data *d)
{
	u32 value = d->hwirq;

	if (value < GIC_FIRST_PPI)
		value = this_cpu_read(sgi_intack);
	writel_relaxed(value, gic.cpu + GIC_CPU_EOI);
}

static int gic_set_affinity(struct irq_data *d, const struct cpumask *mask, bool force)
{
	unsigned int cpu = force ? cpumask_first(mask) : cpumask_any_and(mask, cpu_online_mask);
	unsigned long flags;

	if (cpu >= nr_cpu_ids || !gic.cpu_bit[cpu] || d->hwirq < GIC_FIRST_SPI)
		return -EINVAL;
	raw_spin_lock_irqsave(&gic_lock, flags);
	writeb_relaxed(gic.cpu_bit[cpu], gic.dist + GIC_DIST_TARGET + d->hwirq);
	raw_spin_unlock_irqrestore(&gic_lock, flags);
	irq_data_update_effective_affinity(d, cpumask_of(cpu));
	return IRQ_SET_MASK_OK_DONE;
}

static void gic_ipi_send_mask(struct irq_data *d, const struct cpumask *mask)
{
	unsigned int cpu;
	u32 bits = 0;

	for_each_cpu(cpu, mask)
		bits |= gic.cpu_bit[cpu];
	/* What the target is to see was stored before this; make that visible first. */
	wmb();
	writel_relaxed(bits << 16 | d->hwirq, gic.dist + GIC_DIST_SOFTINT);
}

static struct irq_chip gic_chip = {
	.name			= "GICv2",
	.irq_mask		= gic_mask_irq,
	.irq_unmask		= gic_unmask_irq,
	.irq_eoi		= gic_eoi_irq,
	.irq_set_type		= gic_set_type,
	.irq_set_affinity	= gic_set_affinity,
	.irq_retrigger		= gic_retrigger,
	.irq_set_irqchip_state	= gic_set_irqchip_state,
	.ipi_send_mask		= gic_ipi_send_mask,
	.flags			= IRQCHIP_SET_TYPE_MASKED | IRQCHIP_SKIP_SET_WAKE,
};

static void gic_handle_irq(struct pt_regs *regs)
{
	u32 intack, hwirq;

	(void)regs;
	for (;;) {
		intack = readl_relaxed(gic.cpu + GIC_CPU_INTACK);
		hwirq = intack & GICC_IAR_INT_ID_MASK;
		if (hwirq >= GIC_FIRST_SPECIAL)
			return;
		if (hwirq < GIC_FIRST_PPI) {
			this_cpu_write(sgi_intack, intack);
			/* Read what the sender wrote after having seen its message, not before. */
			rmb();
		}
		if (generic_handle_domain_irq(gic.common.domain, hwirq))
			writel_relaxed(intack, gic.cpu + GIC_CPU_EOI);
	}
}

/* --- bringing it up --- */

static void __init gic_dist_init(void)
{
	u8 bit = gic.cpu_bit[smp_processor_id()];
	u32 targets = bit * 0x01010101u;
	unsigned int i;

	writel_relaxed(GICD_DISABLE, gic.dist + GIC_DIST_CTRL);
	for (i = GIC_FIRST_SPI; i < gic.common.nr_irqs; i += 4)
		writel_relaxed(targets, gic.dist + GIC_DIST_TARGET + i);
	for (i = GIC_FIRST_SPI; i < gic.common.nr_irqs; i += 16)
		writel_relaxed(0, gic.dist + GIC_DIST_CONFIG + i / 4);
	for (i = GIC_FIRST_SPI; i < gic.common.nr_irqs; i += 4)
		writel_relaxed(GICD_INT_DEF_PRI_X4, gic.dist + GIC_DIST_PRI + i);
	for (i = GIC_FIRST_SPI; i < gic.common.nr_irqs; i += 32) {
		writel_relaxed(~0u, gic.dist + GIC_DIST_ENABLE_CLEAR + i / 8);
		writel_relaxed(~0u, gic.dist + GIC_DIST_ACTIVE_CLEAR + i / 8);
	}
	writel_relaxed(GICD_ENABLE, gic.dist + GIC_DIST_CTRL);
}

/* Any of this CPU's own target registers shows its bit in every byte that is implemented. */
static u8 gic_read_own_bit(void)
{
	u32 value;
	unsigned int i;

	for (i = 0; i < GIC_FIRST_SPI; i += 4) {
		value = readl_relaxed(gic.dist + GIC_DIST_TARGET + i);
		value |= value >> 16;
		value |= value >> 8;
		if (value & 0xff)
			return value & 0xff;
	}
	return 1;	/* a GIC for one CPU has no such bits */
}

/* What the distributor keeps per CPU, and the CPU's interface. */
static void gic_cpu_init(void)
{
	u32 bypass;
	unsigned int i;

	writel_relaxed(0xffffffff, gic.dist + GIC_DIST_ACTIVE_CLEAR);
	writel_relaxed(0xffff0000, gic.dist + GIC_DIST_ENABLE_CLEAR);
	writel_relaxed(0x0000ffff, gic.dist + GIC_DIST_ENABLE_SET);
	for (i = 0; i < GIC_FIRST_SPI; i += 4)
		writel_relaxed(GICD_INT_DEF_PRI_X4, gic.dist + GIC_DIST_PRI + i);

	writel_relaxed(GICC_INT_PRI_THRESHOLD, gic.cpu + GIC_CPU_PRIMASK);
	bypass = readl_relaxed(gic.cpu + GIC_CPU_CTRL) & GICC_DIS_BYPASS_MASK;
	writel_relaxed(bypass | GICC_ENABLE, gic.cpu + GIC_CPU_CTRL);
}

static int gic_starting_cpu(unsigned int cpu)
{
	gic.cpu_bit[cpu] = gic_read_own_bit();
	gic_cpu_init();
	return 0;
}

static int gic_dying_cpu(unsigned int cpu)
{
	(void)cpu;
	writel_relaxed(0, gic.cpu + GIC_CPU_CTRL);
	return 0;
}

/**
 * gic_of_init - start the GICv2 that a node describes
 * @node: its node: "reg" has distributor and CPU interface
 *
 * Context: init_IRQ().
 * Return: 0; -ENXIO if the registers can't be mapped; -ENOMEM.
 */
int __init gic_of_init(struct device_node *node)
{
	int ret, ipi_base;

	gic.dist = of_iomap(node, 0);
	gic.cpu = of_iomap(node, 1);
	if (!gic.dist || !gic.cpu)
		return -ENXIO;
	gic.common.nr_irqs = min(((readl_relaxed(gic.dist + GIC_DIST_CTR) & 0x1f) + 1) * 32,
				 (u32)GIC_FIRST_SPECIAL);
	gic.common.chip = &gic_chip;
	gic.common.frame = gic_frame;
	ret = gic_create_domain(node, &gic.common);
	if (ret)
		return ret;

	gic.cpu_bit[smp_processor_id()] = gic_read_own_bit();
	gic_dist_init();
	set_handle_irq(gic_handle_irq);
	cpuhp_setup_state(CPUHP_AP_IRQ_GIC_STARTING, "irqchip/arm/gic:starting",
			  gic_starting_cpu, gic_dying_cpu);
	ipi_base = gic_create_ipis(gic.common.domain);
	if (ipi_base < 0)
		return ipi_base;
	set_smp_ipi_range(ipi_base, GIC_NR_IPIS);
	pr_info("%u interrupts\n", gic.common.nr_irqs);
	return 0;
}
