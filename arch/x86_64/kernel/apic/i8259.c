// SPDX-License-Identifier: MIT
/*
 * The PC's two 8259 interrupt controllers, silenced.
 *
 * We use the IO-APIC instead.  Masked or not, an 8259 can still raise its "spurious" vector, so
 * both are first moved to where that hits a vector we know: the ISA range.
 */
#include <linux/init.h>

#include <asm/i8259.h>
#include <asm/io.h>
#include <asm/irq_vectors.h>

#define PIC_MASTER_CMD	0x20
#define PIC_MASTER_DATA	0x21
#define PIC_SLAVE_CMD	0xa0
#define PIC_SLAVE_DATA	0xa1

#define ICW1_INIT_ICW4	0x11	/* start initialising, four words follow */
#define ICW3_MASTER	0x04	/* the slave is on line 2 */
#define ICW3_SLAVE	0x02
#define ICW4_8086	0x01

/**
 * i8259_mask_all - move both controllers out of the exceptions' way and mask every line
 * Context: init_IRQ(), interrupts off.
 */
void __init i8259_mask_all(void)
{
	outb(0xff, PIC_MASTER_DATA);
	outb(0xff, PIC_SLAVE_DATA);

	outb(ICW1_INIT_ICW4, PIC_MASTER_CMD);
	outb(ISA_IRQ_VECTOR(0), PIC_MASTER_DATA);
	outb(ICW3_MASTER, PIC_MASTER_DATA);
	outb(ICW4_8086, PIC_MASTER_DATA);

	outb(ICW1_INIT_ICW4, PIC_SLAVE_CMD);
	outb(ISA_IRQ_VECTOR(8), PIC_SLAVE_DATA);
	outb(ICW3_SLAVE, PIC_SLAVE_DATA);
	outb(ICW4_8086, PIC_SLAVE_DATA);

	outb(0xff, PIC_MASTER_DATA);
	outb(0xff, PIC_SLAVE_DATA);
}
