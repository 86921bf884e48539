// SPDX-License-Identifier: MIT
/* <linux/nmi_test.h>: a CPU sends itself an NMI. */

#include <linux/nmi_test.h>

#include <linux/compiler.h>
#include <linux/smp.h>

#include <asm/apic.h>
#include <asm/nmi.h>
#include <asm/processor.h>

/* What the next NMI of CPU @cpu is to do. Both ends are on that CPU. */
static struct {
	void (*fn)(void *arg);
	void *arg;
	int cpu;
} order = { .cpu = -1 };

static bool carry_out(struct pt_regs *regs)
{
	if (READ_ONCE(order.cpu) != raw_smp_processor_id())
		return false;
	order.fn(order.arg);
	WRITE_ONCE(order.cpu, -1);
	return true;
}

void arch_call_in_nmi(void (*fn)(void *arg), void *arg)
{
	order.fn = fn;
	order.arg = arg;
	WRITE_ONCE(order.cpu, raw_smp_processor_id());
	nmi_set_test_hook(carry_out);
	apic_send_nmi(cpu_physical_id(raw_smp_processor_id()));
	while (READ_ONCE(order.cpu) != -1)
		cpu_relax();
	nmi_set_test_hook(NULL);
}
