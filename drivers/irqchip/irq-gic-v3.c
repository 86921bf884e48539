// SPDX-License-Identifier: MIT
/*
 * GICv3: a distributor for shared interrupts, a redistributor for each CPU's private ones, and
 * a CPU interface in system registers.
 *
 *	SPI --> distributor --(IROUTER: one CPU by affinity)--+
 *	                                                      +--> redistributor --> ICC_* --> CPU
 *	PPI, SGI ---------------------------------------------+
 *
 * CPUs are named by the affinity fields of MPIDR.  Each finds its redistributor by walking the
 * frames of the regions that the device tree gives, until the affinity matches; the walk ends
 * with the region or with the frame that says it is the last.
 *
 * Some settings take time: the Register Write Pending bit tells when they are in force.  All
 * waits are bounded.
 *
 * What GICv2 does in the same way is in irq-gic-common.c.
 */
#define pr_fmt(fmt) "GICv3: " fmt

#include <linux/bits.h>
#include <linux/cpu.h>
#include <linux/cpuhotplug.h>
#include <linux/cpumask.h>
#include <linux/errno.h>
#include <linux/init.h>
#include <linux/interrupt.h>
#include <linux/io.h>
#include <linux/irq.h>
#include <linux/irqchip/arm-gic-v3.h>
#include <linux/irqchip/arm-gic.h>
#include <linux/irqdesc.h>
#include <linux/irqdomain.h>
#include <linux/kernel.h>
#include <linux/of.h>
#include <linux/of_address.h>
#include <linux/percpu.h>
#include <linux/printk.h>
#include <linux/smp.h>

#include <asm/arch_gicv3.h>
#include <asm/cputype.h>
#include <asm/irq.h>
#include <asm/processor.h>
#include <asm/smp.h>

#include "irq-gic-common.h"

#define MAX_REGIONS	8
#define WAIT_TRIES	1000000

struct redist_region {
	void __iomem *base;
	u64 size;
};

static struct {
	void __iomem *dist;
	struct redist_region regions[MAX_REGIONS];
	unsigned int nr_regions;
	u32 stride;
	struct gic_common common;
} gic __read_mostly;

static DEFINE_PER_CPU(void __iomem *, gic_rdist);

/* The four affinity fields, packed as redistributors show them. */
static u32 mpidr_to_affinity(u64 mpidr)
{
	return MPIDR_AFFINITY_LEVEL(mpidr, 3) << 24 | MPIDR_AFFINITY_LEVEL(mpidr, 2) << 16 |
	       MPIDR_AFFINITY_LEVEL(mpidr, 1) << 8 | MPIDR_AFFINITY_LEVEL(mpidr, 0);
}

static u64 affinity_to_irouter(u64 mpidr)
{
	return (u64)MPIDR_AFFINITY_LEVEL(mpidr, 3) << 32 |
	       (mpidr_to_affinity(mpidr) & 0xffffff);
}

static void wait_for_rwp(void __iomem *ctlr, u32 bit)
{
	int tries;

	for (tries = WAIT_TRIES; tries; tries--) {
		if (!(readl_relaxed(ctlr) & bit))
			return;
		cpu_relax();
	}
	pr_err_ratelimited("a register write never took effect\n");
}

static void dist_wait_for_rwp(void)
{
	wait_for_rwp(gic.dist + GICD_CTLR, GICD_CTLR_RWP);
}

static bool is_private(irq_hw_number_t hwirq)
{
	return hwirq < GIC_FIRST_SPI;
}

/* The frame that holds an interrupt's bits. */
static void __iomem *gic_frame(irq_hw_number_t hwirq)
{
	return is_private(hwirq) ? this_cpu_read(gic_rdist) + GICR_SGI_BASE : gic.dist;
}

static void gic_poke(struct irq_data *d, unsigned int reg)
{
	gic_poke_bit(gic_frame(d->hwirq), d->hwirq, reg);
}

static void gic_mask_irq(struct irq_data *d)
{
	gic_poke(d, GIC_DIST_ENABLE_CLEAR);
	if (is_private(d->hwirq))
		wait_for_rwp(this_cpu_read(gic_rdist) + GICR_CTLR, GICR_CTLR_RWP);
	else
		dist_wait_for_rwp();
}

static void gic_unmask_irq(struct irq_data *d)
{
	gic_poke(d, GIC_DIST_ENABLE_SET);
}

static void gic_eoi_irq(struct irq_data *d)
{
	gic_write_eoir(d->hwirq);
}

static int gic_set_affinity(struct irq_data *d, const struct cpumask *mask, bool force)
{
	unsigned int cpu = force ? cpumask_first(mask) : cpumask_any_and(mask, cpu_online_mask);

	if (cpu >= nr_cpu_ids || is_private(d->hwirq))
		return -EINVAL;
	/* One 64-bit write: an interrupt goes to the old CPU or to the new one. */
	writeq_relaxed(affinity_to_irouter(cpu_logical_map(cpu)),
		       gic.dist + GICD_IROUTER + d->hwirq * 8);
	irq_data_update_effective_affinity(d, cpumask_of(cpu));
	return IRQ_SET_MASK_OK_DONE;
}

static void gic_send_sgi(u64 mpidr, unsigned int sgi)
{
	u64 aff0 = MPIDR_AFFINITY_LEVEL(mpidr, 0);
	u64 value = (u64)MPIDR_AFFINITY_LEVEL(mpidr, 3) << ICC_SGI1R_AFFINITY_3_SHIFT |
		    (u64)MPIDR_AFFINITY_LEVEL(mpidr, 2) << ICC_SGI1R_AFFINITY_2_SHIFT |
		    (u64)MPIDR_AFFINITY_LEVEL(mpidr, 1) << ICC_SGI1R_AFFINITY_1_SHIFT |
		    (aff0 / 16) << ICC_SGI1R_RS_SHIFT |
		    (u64)sgi << ICC_SGI1R_SGI_ID_SHIFT |
		    BIT(aff0 % 16);

	gic_write_sgi1r(value);
}

static void gic_ipi_send_mask(struct irq_data *d, const struct cpumask *mask)
{
	unsigned int cpu;

	/* What the targets are to see was stored before this; make that visible first. */
	dsb(ishst);
	for_each_cpu(cpu, mask)
		gic_send_sgi(cpu_logical_map(cpu), d->hwirq);
	isb();
}

static struct irq_chip gic_chip = {
	.name			= "GICv3",
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
	u32 hwirq;

	(void)regs;
	for (;;) {
		hwirq = gic_read_iar();	/* orders what the handler reads after it */
		if (hwirq >= GIC_FIRST_SPECIAL)
			return;
		if (generic_handle_domain_irq(gic.common.domain, hwirq))
			gic_write_eoir(hwirq);
	}
}

/* --- bringing it up --- */

static void __init gic_dist_init(void)
{
	u64 here = affinity_to_irouter(cpu_logical_map(smp_processor_id()));
	unsigned int i;

	writel_relaxed(0, gic.dist + GICD_CTLR);
	dist_wait_for_rwp();
	for (i = GIC_FIRST_SPI; i < gic.common.nr_irqs; i += 32) {
		writel_relaxed(~0u, gic.dist + GIC_DIST_IGROUP + i / 8);
		writel_relaxed(~0u, gic.dist + GIC_DIST_ENABLE_CLEAR + i / 8);
		writel_relaxed(~0u, gic.dist + GIC_DIST_ACTIVE_CLEAR + i / 8);
	}
	for (i = GIC_FIRST_SPI; i < gic.common.nr_irqs; i += 16)
		writel_relaxed(0, gic.dist + GIC_DIST_CONFIG + i / 4);
	for (i = GIC_FIRST_SPI; i < gic.common.nr_irqs; i += 4)
		writel_relaxed(GICD_INT_DEF_PRI_X4, gic.dist + GIC_DIST_PRI + i);
	dist_wait_for_rwp();

	writel_relaxed(GICD_CTLR_ARE_NS | GICD_CTLR_ENABLE_G1A | GICD_CTLR_ENABLE_G1,
		       gic.dist + GICD_CTLR);
	dist_wait_for_rwp();
	/* Routing exists only once affinity routing is on. */
	for (i = GIC_FIRST_SPI; i < gic.common.nr_irqs; i++)
		writeq_relaxed(here, gic.dist + GICD_IROUTER + i * 8);
}

static void __iomem *find_in_region(const struct redist_region *region, u32 affinity)
{
	u64 off = 0, typer, step;

	while (off + 2 * GICR_FRAME_SIZE <= region->size) {
		typer = readq_relaxed(region->base + off + GICR_TYPER);
		if (typer >> 32 == affinity)
			return region->base + off;
		if (typer & GICR_TYPER_LAST)
			break;
		step = gic.stride ? gic.stride :
			GICR_FRAME_SIZE * (typer & GICR_TYPER_VLPIS ? 4 : 2);
		off += step;
	}
	return NULL;
}

static int find_own_redistributor(void)
{
	u32 affinity = mpidr_to_affinity(read_cpuid_mpidr());
	void __iomem *rdist;
	unsigned int i;

	for (i = 0; i < gic.nr_regions; i++) {
		rdist = find_in_region(&gic.regions[i], affinity);
		if (rdist) {
			this_cpu_write(gic_rdist, rdist);
			return 0;
		}
	}
	pr_err("CPU%d (affinity %#x) has no redistributor\n", smp_processor_id(), affinity);
	return -ENODEV;
}

static void wake_redistributor(void)
{
	void __iomem *waker = this_cpu_read(gic_rdist) + GICR_WAKER;

	writel_relaxed(readl_relaxed(waker) & ~GICR_WAKER_ProcessorSleep, waker);
	wait_for_rwp(waker, GICR_WAKER_ChildrenAsleep);
}

static void init_private_irqs(void)
{
	void __iomem *sgi = this_cpu_read(gic_rdist) + GICR_SGI_BASE;
	unsigned int i;

	writel_relaxed(~0u, sgi + GIC_DIST_IGROUP);
	writel_relaxed(~0u, sgi + GIC_DIST_ACTIVE_CLEAR);
	writel_relaxed(0xffff0000, sgi + GIC_DIST_ENABLE_CLEAR);
	writel_relaxed(0x0000ffff, sgi + GIC_DIST_ENABLE_SET);
	for (i = 0; i < GIC_FIRST_SPI; i += 4)
		writel_relaxed(GICD_INT_DEF_PRI_X4, sgi + GIC_DIST_PRI + i);
	wait_for_rwp(this_cpu_read(gic_rdist) + GICR_CTLR, GICR_CTLR_RWP);
}

static void init_cpu_interface(void)
{
	gic_write_sre(gic_read_sre() | ICC_SRE_EL1_SRE);
	if (!(gic_read_sre() & ICC_SRE_EL1_SRE))
		panic("GICv3: the firmware keeps the system registers from us\n");
	gic_write_pmr(GICC_INT_PRI_THRESHOLD);
	gic_write_bpr1(0);
	gic_write_ctlr(ICC_CTLR_EL1_EOImode_drop_dir);
	gic_write_grpen1(1);
}

static int gic_starting_cpu(unsigned int cpu)
{
	int ret;

	(void)cpu;
	ret = find_own_redistributor();
	if (ret)
		return ret;
	wake_redistributor();
	init_private_irqs();
	init_cpu_interface();
	return 0;
}

static int gic_dying_cpu(unsigned int cpu)
{
	(void)cpu;
	gic_write_grpen1(0);
	return 0;
}

static int __init map_regions(struct device_node *node)
{
	u64 addr, size;
	u32 nr = 1;
	unsigned int i;

	of_property_read_u32(node, "#redistributor-regions", &nr);
	if (!nr || nr > MAX_REGIONS)
		return -EINVAL;
	of_property_read_u32(node, "redistributor-stride", &gic.stride);
	if (gic.stride % GICR_FRAME_SIZE)
		return -EINVAL;
	for (i = 0; i < nr; i++) {
		if (of_address_to_range(node, i + 1, &addr, &size))
			return -EINVAL;
		gic.regions[i].base = of_iomap(node, i + 1);
		gic.regions[i].size = size;
		if (!gic.regions[i].base)
			return -ENXIO;
	}
	gic.nr_regions = nr;
	return 0;
}

/**
 * gic_v3_of_init - start the GICv3 that a node describes
 * @node: its node: "reg" has the distributor, then the redistributor regions
 *
 * Context: init_IRQ().
 * Return: 0; -ENXIO if the registers can't be mapped; -EINVAL if the node makes no sense;
 * -ENODEV if the boot CPU has no redistributor; -ENOMEM.
 */
int __init gic_v3_of_init(struct device_node *node)
{
	int ret, ipi_base;

	gic.dist = of_iomap(node, 0);
	if (!gic.dist)
		return -ENXIO;
	ret = map_regions(node);
	if (!ret)
		ret = find_own_redistributor();
	if (ret)
		return ret;
	gic.common.nr_irqs = min(((readl_relaxed(gic.dist + GICD_TYPER) & 0x1f) + 1) * 32,
				 (u32)GIC_FIRST_SPECIAL);
	gic.common.chip = &gic_chip;
	gic.common.frame = gic_frame;
	ret = gic_create_domain(node, &gic.common);
	if (ret)
		return ret;

	gic_dist_init();
	set_handle_irq(gic_handle_irq);
	cpuhp_setup_state(CPUHP_AP_IRQ_GIC_STARTING, "irqchip/arm/gicv3:starting",
			  gic_starting_cpu, gic_dying_cpu);
	ipi_base = gic_create_ipis(gic.common.domain);
	if (ipi_base < 0)
		return ipi_base;
	set_smp_ipi_range(ipi_base, GIC_NR_IPIS);
	pr_info("%u interrupts, %u redistributor region(s)\n", gic.common.nr_irqs, gic.nr_regions);
	return 0;
}
