// SPDX-License-Identifier: MIT
/*
 * IO-APICs: wires in, messages to local APICs out.
 *
 * Each has an index register and a data register, and behind them one redirection entry (RTE)
 * per pin, 64 bits in two halves: destination above; vector, trigger, polarity and mask below.
 * Pins of all IO-APICs share one numbering, the global system interrupts (GSI): an IO-APIC
 * serves gsi_base up to gsi_base + pins - 1.
 *
 * Linux interrupt numbers: ISA lines 0 to 15 keep theirs, wherever the MADT says they are wired;
 * a GSI from 16 up is its own number.
 *
 *	edge	acknowledge at the local APIC, then handle; the RTE isn't touched
 *	level	handle, then acknowledge: the local APIC passes the end of interrupt on to the
 *		IO-APIC, which looks at the wire again
 *
 * An RTE is changed masked, because its halves can't be written together.  Its vector never
 * changes while in use (see vector.c), so an end of interrupt always finds its RTE.
 *
 * ioapic_lock guards all index/data pairs and the shadow of the RTEs.
 */
#define pr_fmt(fmt) "IOAPIC: " fmt

#include <linux/cpumask.h>
#include <linux/errno.h>
#include <linux/init.h>
#include <linux/interrupt.h>
#include <linux/irq.h>
#include <linux/kernel.h>
#include <linux/printk.h>
#include <linux/slab.h>
#include <linux/spinlock.h>

#include <asm/apic.h>
#include <asm/fixmap.h>
#include <asm/hw_irq.h>
#include <asm/io.h>
#include <asm/io_apic.h>

#define MAX_GSI		1024

struct ioapic {
	void __iomem *base;
	u32 id;
	u64 phys;
	u32 gsi_base;
	unsigned int pins;
};

/**
 * struct ioapic_pin - one wired-up pin, the chip_data of its interrupt
 * @ioapic: where
 * @pin: which
 * @vector: 0 until the interrupt is started
 * @low: shadow of the RTE's lower half; ioapic_lock
 * @apicid: destination; ioapic_lock
 */
struct ioapic_pin {
	struct ioapic *ioapic;
	unsigned int pin;
	unsigned int vector;
	u32 low;
	u32 apicid;
};

struct isa_override {
	bool set;
	u32 gsi;
	bool active_low;
	bool level;
};

static struct ioapic ioapics[MAX_IO_APICS] __ro_after_init;
static unsigned int nr_ioapics __ro_after_init;
static struct isa_override isa_overrides[NR_LEGACY_VECTORS] __ro_after_init;
static DEFINE_RAW_SPINLOCK(ioapic_lock);

/* --- registers; ioapic_lock held --- */

static u32 ioapic_read(struct ioapic *io, unsigned int reg)
{
	writel(reg, io->base + IOAPIC_REGSEL);
	return readl(io->base + IOAPIC_WINDOW);
}

static void ioapic_write(struct ioapic *io, unsigned int reg, u32 value)
{
	writel(reg, io->base + IOAPIC_REGSEL);
	writel(value, io->base + IOAPIC_WINDOW);
}

static void rte_write_low(struct ioapic_pin *p)
{
	ioapic_write(p->ioapic, IOAPIC_REG_RTE(p->pin), p->low);
}

static void rte_write(struct ioapic_pin *p)
{
	ioapic_write(p->ioapic, IOAPIC_REG_RTE(p->pin), p->low | IOAPIC_RTE_MASKED);
	ioapic_write(p->ioapic, IOAPIC_REG_RTE(p->pin) + 1, p->apicid << 24);
	if (!(p->low & IOAPIC_RTE_MASKED))
		rte_write_low(p);
}

/* --- struct irq_chip --- */

static void ioapic_set_mask(struct irq_data *d, bool masked)
{
	struct ioapic_pin *p = irq_data_get_irq_chip_data(d);
	unsigned long flags;

	raw_spin_lock_irqsave(&ioapic_lock, flags);
	p->low = masked ? p->low | IOAPIC_RTE_MASKED : p->low & ~IOAPIC_RTE_MASKED;
	rte_write_low(p);
	/* Reading back makes sure that the write has arrived before we return. */
	if (masked)
		ioapic_read(p->ioapic, IOAPIC_REG_RTE(p->pin));
	raw_spin_unlock_irqrestore(&ioapic_lock, flags);
}

static void ioapic_mask(struct irq_data *d)
{
	ioapic_set_mask(d, true);
}

static void ioapic_unmask(struct irq_data *d)
{
	ioapic_set_mask(d, false);
}

static void ioapic_ack(struct irq_data *d)
{
	(void)d;
	apic_eoi();
}

static int ioapic_set_affinity(struct irq_data *d, const struct cpumask *mask, bool force)
{
	struct ioapic_pin *p = irq_data_get_irq_chip_data(d);
	unsigned int cpu = irq_vector_target(mask);
	unsigned long flags;

	(void)force;
	raw_spin_lock_irqsave(&ioapic_lock, flags);
	p->apicid = cpu_physical_id(cpu);
	rte_write(p);
	raw_spin_unlock_irqrestore(&ioapic_lock, flags);
	irq_data_update_effective_affinity(d, cpumask_of(cpu));
	return IRQ_SET_MASK_OK;
}

/* Raises the interrupt again by message, for one that came while it was disabled. */
static int ioapic_retrigger(struct irq_data *d)
{
	struct ioapic_pin *p = irq_data_get_irq_chip_data(d);

	apic_send_ipi(p->apicid, p->vector);
	return 1;
}

/* A wire can't be raised from here, but a message with its vector comes to the same. */
static int ioapic_set_irqchip_state(struct irq_data *d, enum irqchip_irq_state which, bool state)
{
	if (which != IRQCHIP_STATE_PENDING || !state)
		return -EINVAL;
	ioapic_retrigger(d);
	return 0;
}

static unsigned int ioapic_startup(struct irq_data *d)
{
	ioapic_unmask(d);
	return 0;
}

static struct irq_chip ioapic_edge_chip = {
	.name			= "IO-APIC-edge",
	.irq_startup		= ioapic_startup,
	.irq_mask		= ioapic_mask,
	.irq_unmask		= ioapic_unmask,
	.irq_ack		= ioapic_ack,
	.irq_set_affinity	= ioapic_set_affinity,
	.irq_retrigger		= ioapic_retrigger,
	.irq_set_irqchip_state	= ioapic_set_irqchip_state,
	.flags			= IRQCHIP_SKIP_SET_WAKE,
};

static struct irq_chip ioapic_level_chip = {
	.name			= "IO-APIC-level",
	.irq_startup		= ioapic_startup,
	.irq_mask		= ioapic_mask,
	.irq_unmask		= ioapic_unmask,
	.irq_eoi		= ioapic_ack,
	.irq_set_affinity	= ioapic_set_affinity,
	.irq_retrigger		= ioapic_retrigger,
	.irq_set_irqchip_state	= ioapic_set_irqchip_state,
	.flags			= IRQCHIP_SKIP_SET_WAKE,
};

/* --- what the firmware says --- */

/**
 * mp_register_ioapic - the MADT names an IO-APIC
 * @id: its id
 * @phys: physical address
 * @gsi_base: first global interrupt
 *
 * Context: setup_arch().
 * Return: 0; -ENOSPC for one too many; -EINVAL for an address or base that can't be, or for
 * one that overlaps another.
 */
int __init mp_register_ioapic(u32 id, u64 phys, u32 gsi_base)
{
	unsigned int i;

	if (nr_ioapics == MAX_IO_APICS)
		return -ENOSPC;
	if (!phys || phys % 16 || gsi_base >= MAX_GSI)
		return -EINVAL;
	for (i = 0; i < nr_ioapics; i++) {
		if (ioapics[i].phys == phys || ioapics[i].gsi_base == gsi_base)
			return -EINVAL;
	}
	ioapics[nr_ioapics].id = id;
	ioapics[nr_ioapics].phys = phys;
	ioapics[nr_ioapics].gsi_base = gsi_base;
	nr_ioapics++;
	return 0;
}

/**
 * mp_override_legacy_irq - the MADT says that an ISA line is wired elsewhere
 * @isa_irq: 0 to 15
 * @gsi: where it is
 * @active_low: polarity
 * @level: trigger
 * Return: 0 or -EINVAL.
 */
int __init mp_override_legacy_irq(u8 isa_irq, u32 gsi, bool active_low, bool level)
{
	if (isa_irq >= NR_LEGACY_VECTORS || gsi >= MAX_GSI)
		return -EINVAL;
	isa_overrides[isa_irq] = (struct isa_override) {
		.set = true, .gsi = gsi, .active_low = active_low, .level = level,
	};
	return 0;
}

/**
 * isa_irq_to_gsi - where an ISA line is wired
 * @isa_irq: 0 to 15
 * Return: the global interrupt.
 */
u32 isa_irq_to_gsi(unsigned int isa_irq)
{
	if (isa_irq < NR_LEGACY_VECTORS && isa_overrides[isa_irq].set)
		return isa_overrides[isa_irq].gsi;
	return isa_irq;
}

static struct ioapic *ioapic_of_gsi(u32 gsi)
{
	unsigned int i;

	for (i = 0; i < nr_ioapics; i++) {
		if (gsi >= ioapics[i].gsi_base && gsi - ioapics[i].gsi_base < ioapics[i].pins)
			return &ioapics[i];
	}
	return NULL;
}

/* Gives @irq the pin of @gsi, masked, with a vector and a flow handler. */
static int connect_pin(unsigned int irq, u32 gsi, bool level, bool active_low)
{
	struct ioapic *io = ioapic_of_gsi(gsi);
	struct ioapic_pin *p;
	unsigned long flags;
	int vector;

	if (!io)
		return -ENODEV;
	p = kzalloc(sizeof(*p), GFP_KERNEL);
	if (!p)
		return -ENOMEM;
	vector = irq < NR_LEGACY_VECTORS ? assign_isa_irq_vector(irq) : assign_irq_vector(irq);
	if (vector < 0) {
		kfree(p);
		return vector;
	}
	p->ioapic = io;
	p->pin = gsi - io->gsi_base;
	p->vector = vector;
	p->apicid = boot_cpu_physical_apicid;
	p->low = vector | IOAPIC_RTE_MASKED | (level ? IOAPIC_RTE_LEVEL : 0) |
		 (active_low ? IOAPIC_RTE_ACTIVE_LOW : 0);

	raw_spin_lock_irqsave(&ioapic_lock, flags);
	rte_write(p);
	raw_spin_unlock_irqrestore(&ioapic_lock, flags);

	irq_set_chip_data(irq, p);
	irq_get_irq_data(irq)->hwirq = p->pin;
	if (level) {
		irq_set_status_flags(irq, IRQ_LEVEL);
		irq_set_chip_and_handler_name(irq, &ioapic_level_chip, handle_fasteoi_irq,
					      "fasteoi");
	} else {
		irq_set_chip_and_handler_name(irq, &ioapic_edge_chip, handle_edge_irq, "edge");
	}
	return 0;
}

/**
 * acpi_register_gsi - make a global interrupt usable
 * @dev: unused
 * @gsi: which; 16 and up
 * @trigger: non-zero for level
 * @polarity: non-zero for active low
 *
 * Context: may sleep.
 * Return: its Linux interrupt number, or a negative errno.
 */
int acpi_register_gsi(void *dev, u32 gsi, int trigger, int polarity)
{
	int irq, ret;

	(void)dev;
	if (gsi < NR_LEGACY_VECTORS)
		return gsi;
	irq = irq_alloc_desc_at(gsi, NUMA_NO_NODE);
	if (irq == -EEXIST)
		return gsi;
	if (irq < 0)
		return irq;
	ret = connect_pin(irq, gsi, trigger, polarity);
	if (ret) {
		irq_free_desc(irq);
		return ret;
	}
	return irq;
}

/* Reads what a chip is; one that answers with all ones isn't there. */
static bool __init ioapic_identify(struct ioapic *io, unsigned int nr)
{
	u32 version;

	set_fixmap_nocache(FIX_IO_APIC_BASE_0 + nr, io->phys & PAGE_MASK);
	io->base = (void __iomem *)(__fix_to_virt(FIX_IO_APIC_BASE_0 + nr) +
				    (io->phys & ~PAGE_MASK));
	version = ioapic_read(io, IOAPIC_REG_VERSION);
	if (version == 0xffffffff)
		return false;
	io->pins = min(((version >> 16) & 0xff) + 1, (u32)IOAPIC_MAX_PINS);
	pr_info("id %u at %#llx, version %#x, GSI %u-%u\n", io->id, io->phys, version & 0xff,
		io->gsi_base, io->gsi_base + io->pins - 1);
	return true;
}

static void __init mask_all_pins(struct ioapic *io)
{
	unsigned int pin;

	for (pin = 0; pin < io->pins; pin++) {
		ioapic_write(io, IOAPIC_REG_RTE(pin), IOAPIC_RTE_MASKED);
		ioapic_write(io, IOAPIC_REG_RTE(pin) + 1, 0);
	}
}

static void __init connect_isa_lines(void)
{
	unsigned int irq;
	int ret;

	for (irq = 0; irq < NR_LEGACY_VECTORS; irq++) {
		/* The second 8259 hangs on line 2 of the first: no device can. */
		if (irq == 2)
			continue;
		irq_alloc_desc_at(irq, NUMA_NO_NODE);
		ret = connect_pin(irq, isa_irq_to_gsi(irq), isa_overrides[irq].level,
				  isa_overrides[irq].active_low);
		if (ret)
			pr_warn("ISA interrupt %u can't be connected (%d)\n", irq, ret);
	}
}

/**
 * setup_IO_APIC - take over the IO-APICs that were registered
 *
 * Without any, the one that every PC has at its usual address is tried.
 *
 * Context: init_IRQ().
 */
void __init setup_IO_APIC(void)
{
	unsigned int i;

	if (!nr_ioapics) {
		pr_warn("none described, assuming the usual one\n");
		mp_register_ioapic(0, IO_APIC_DEFAULT_PHYS_BASE, 0);
		mp_override_legacy_irq(0, 2, false, false);
	}
	for (i = 0; i < nr_ioapics; i++) {
		if (ioapic_identify(&ioapics[i], i))
			mask_all_pins(&ioapics[i]);
		else
			pr_err("nothing answers at %#llx\n", ioapics[i].phys);
	}
	connect_isa_lines();
}
