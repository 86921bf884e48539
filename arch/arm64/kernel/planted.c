// SPDX-License-Identifier: MIT
/*
 * A planted failure: the vectors are where nothing is mapped, so that taking an exception is the
 * next one. The CPU does this for ever; only somebody from outside can tell.
 */

#include <linux/planted.h>

#include <linux/irqflags.h>

#include <asm/barrier.h>
#include <asm/layout.h>
#include <asm/sysreg.h>

/* Between two areas; see the table of <asm/layout.h>. */
#define NOWHERE	VMALLOC_END

/** arch_plant_bad_vectors - for tests: no exception can be taken any more */
void arch_plant_bad_vectors(void)
{
	local_irq_disable();
	write_sysreg(NOWHERE, vbar_el1);
	isb();
	asm volatile("brk #0x7ff");
}
