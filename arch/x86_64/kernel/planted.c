// SPDX-License-Identifier: MIT
/*
 * Planted failures. No interrupt descriptors, so an exception can't be delivered, nor the double
 * fault for that. The CPU shuts down and the board resets it.
 */

#include <linux/planted.h>

#include <linux/irqflags.h>

#include <asm/desc.h>

/** arch_plant_bad_vectors - for tests: no exception can be taken any more; a triple fault */
void arch_plant_bad_vectors(void)
{
	static const struct desc_ptr no_idt;

	local_irq_disable();
	asm volatile("lidt %0; int3" : : "m" (no_idt));
}

/** arch_plant_machine_check - for tests: #MC, whose gate has a stack of its own */
void arch_plant_machine_check(void)
{
	asm volatile("int $18");
}
