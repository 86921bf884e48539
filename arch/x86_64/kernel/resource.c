// SPDX-License-Identifier: MIT
/*
 * What a PC has in its address spaces and no driver claims by itself: the ports of the chips that
 * every PC has had since the first, and the interrupt controllers and clocks that are found before
 * there is memory for claims. For /proc/ioports and /proc/iomem.
 */

#include <linux/acpi.h>
#include <linux/init.h>
#include <linux/ioport.h>
#include <linux/kernel.h>

#include <asm/apic.h>
#include <asm/msr.h>

#define PORTS(first, last, what) \
	{ .start = (first), .end = (last), .name = (what),	\
	  .flags = IORESOURCE_IO | IORESOURCE_BUSY }

static struct resource pc_ports[] = {
	PORTS(0x20, 0x21, "pic1"),
	PORTS(0x40, 0x43, "timer0"),
	PORTS(0x61, 0x61, "keyboard"),
	PORTS(0x70, 0x77, "rtc0"),
	PORTS(0xa0, 0xa1, "pic2"),
};

static struct resource local_apic = {
	.name = "Local APIC", .flags = IORESOURCE_MEM | IORESOURCE_BUSY,
};
static struct resource hpet = {
	.name = "HPET 0", .flags = IORESOURCE_MEM | IORESOURCE_BUSY,
};

static void __init insert_registers(struct resource *res, u64 start, u64 size)
{
	res->start = start;
	res->end = start + size - 1;
	insert_resource(&iomem_resource, res);
}

static int __init pc_resources_init(void)
{
	unsigned int i;
	u64 base;

	for (i = 0; i < ARRAY_SIZE(pc_ports); i++)
		request_resource(&ioport_resource, &pc_ports[i]);
	rdmsrl(MSR_IA32_APICBASE, base);
	insert_registers(&local_apic, base & APIC_BASE_ADDR_MASK, 0x1000);
	if (acpi_hpet_address())
		insert_registers(&hpet, acpi_hpet_address(), 0x400);
	return 0;
}
arch_initcall(pc_resources_init);
