// SPDX-License-Identifier: MIT
/*
 * The local APIC: finding it, reaching its registers, setting it up on each CPU.
 *
 * It speaks two dialects.  As xAPIC its registers are a page of memory and CPU ids have eight
 * bits; as x2APIC they are MSRs, ids have 32 bits, and one write sends a message.  CPUID tells
 * whether the second exists; we switch to it when the firmware has already done so, or on a
 * virtual machine, where each access to the page would be trapped and decoded.  All CPUs use
 * the same dialect, chosen once by apic_probe().
 *
 * Interrupts are addressed to one CPU at a time by its physical id.  The logical modes can
 * name several CPUs at once but differ between the dialects, and buy little.
 */
#define pr_fmt(fmt) "APIC: " fmt

#include <linux/init.h>
#include <linux/kernel.h>
#include <linux/percpu.h>
#include <linux/printk.h>
#include <linux/smp.h>
#include <linux/string.h>

#include <asm/apic.h>
#include <asm/cpufeature.h>
#include <asm/cpuid.h>
#include <asm/fixmap.h>
#include <asm/io.h>
#include <asm/irq_vectors.h>
#include <asm/msr.h>

bool x2apic_mode __ro_after_init;
u32 boot_cpu_physical_apicid __ro_after_init = BAD_APICID;

static void __iomem *apic_page __ro_after_init;
static bool nox2apic __initdata;

static unsigned int x2apic_msr(unsigned int reg)
{
	return APIC_BASE_MSR + (reg >> 4);
}

/**
 * apic_read - read a register of this CPU's local APIC
 * @reg: APIC_*
 * Context: any, on the CPU meant.
 * Return: its value.
 */
u32 apic_read(unsigned int reg)
{
	if (x2apic_mode)
		return native_read_msr(x2apic_msr(reg));
	return readl(apic_page + reg);
}

/**
 * apic_write - write a register of this CPU's local APIC
 * @reg: APIC_*
 * @value: what
 * Context: any, on the CPU meant.
 */
void apic_write(unsigned int reg, u32 value)
{
	if (x2apic_mode)
		native_write_msr(x2apic_msr(reg), value, 0);
	else
		writel(value, apic_page + reg);
}

/**
 * apic_eoi - tell the local APIC that its interrupt has been taken care of
 * Context: hard interrupt, once for each interrupt delivered.
 */
void apic_eoi(void)
{
	apic_write(APIC_EOI, APIC_EOI_ACK);
}

/**
 * read_apic_id - this CPU's APIC id
 * Return: 8 bits in xAPIC mode, 32 in x2APIC mode.
 */
u32 read_apic_id(void)
{
	u32 id = apic_read(APIC_ID);

	return x2apic_mode ? id : id >> 24;
}

/**
 * apic_available - has apic_probe() found one?
 */
bool apic_available(void)
{
	return x2apic_mode || apic_page;
}

static bool want_x2apic(u64 base)
{
	if (!boot_cpu_has(X86_FEATURE_X2APIC))
		return false;
	if (base & MSR_IA32_APICBASE_X2APIC)
		return true;	/* there is no way back but reset */
	return boot_cpu_has(X86_FEATURE_HYPERVISOR) && !nox2apic;
}

/* Switches this CPU's APIC on, in the dialect chosen. */
static void apic_enable_this_cpu(void)
{
	u64 base;

	rdmsrl(MSR_IA32_APICBASE, base);
	if (!(base & MSR_IA32_APICBASE_ENABLE)) {
		base |= MSR_IA32_APICBASE_ENABLE;
		wrmsrl(MSR_IA32_APICBASE, base);
	}
	/* The manual forbids to go from off to x2APIC in one step. */
	if (x2apic_mode && !(base & MSR_IA32_APICBASE_X2APIC))
		wrmsrl(MSR_IA32_APICBASE, base | MSR_IA32_APICBASE_X2APIC);
}

/**
 * apic_probe - find the local APIC and choose the dialect
 *
 * A PC without one can't run a kernel that preempts by its timer: that panics.
 *
 * Context: setup_arch() on the boot CPU.
 */
void __init apic_probe(void)
{
	u64 base;

	if (!boot_cpu_has(X86_FEATURE_APIC))
		panic("this CPU has no local APIC\n");
	rdmsrl(MSR_IA32_APICBASE, base);
	x2apic_mode = want_x2apic(base);
	if (!x2apic_mode) {
		set_fixmap_nocache(FIX_APIC_BASE, base & APIC_BASE_ADDR_MASK);
		apic_page = (void __iomem *)__fix_to_virt(FIX_APIC_BASE);
	}
	apic_enable_this_cpu();
	boot_cpu_physical_apicid = read_apic_id();
	pr_info("%s, version %#x, boot CPU has id %u\n", x2apic_mode ? "x2APIC" : "xAPIC",
		GET_APIC_VERSION(apic_read(APIC_LVR)), boot_cpu_physical_apicid);
}

/**
 * apic_clear_isr - end interrupts that a former owner of this CPU left open
 *
 * The firmware, or we before a CPU was taken down, may have accepted an interrupt without
 * ending it; its priority would block all below for ever.
 *
 * Context: interrupts off.
 */
void apic_clear_isr(void)
{
	int reg, bit, tries;

	for (reg = APIC_ISR_NR - 1; reg >= 0; reg--) {
		for (tries = 32; tries; tries--) {
			u32 open = apic_read(APIC_ISR + reg * 0x10);

			if (!open)
				break;
			for (bit = 31; bit >= 0; bit--) {
				if (open & (1u << bit))
					apic_eoi();
			}
		}
	}
}

/**
 * apic_irr_pending - is a vector waiting to be taken by this CPU?
 * @vector: 0 to 255
 * Context: interrupts off.
 */
bool apic_irr_pending(unsigned int vector)
{
	return apic_read(APIC_IRR + (vector / 32) * 0x10) & (1u << (vector % 32));
}

static void mask_local_sources(void)
{
	unsigned int maxlvt = GET_APIC_MAXLVT(apic_read(APIC_LVR));

	apic_write(APIC_LVTT, APIC_LVT_MASKED);
	apic_write(APIC_LVT0, APIC_LVT_MASKED);
	apic_write(APIC_LVT1, APIC_LVT_MASKED);
	if (maxlvt >= 3)
		apic_write(APIC_LVTERR, APIC_LVT_MASKED);
	if (maxlvt >= 4)
		apic_write(APIC_LVTPC, APIC_LVT_MASKED);
	if (maxlvt >= 5)
		apic_write(APIC_LVTTHMR, APIC_LVT_MASKED);
}

/**
 * apic_ap_setup - bring this CPU's local APIC into a known state and switch it on
 *
 * For the boot CPU too.  Afterwards it takes messages and interrupts of every priority; its
 * timer stays masked until setup_*_APIC_clock().
 *
 * Context: interrupts off, on the CPU itself.
 */
void apic_ap_setup(void)
{
	apic_enable_this_cpu();
	mask_local_sources();
	apic_write(APIC_TASKPRI, 0);
	apic_clear_isr();

	apic_write(APIC_SPIV, APIC_SPIV_APIC_ENABLED | SPURIOUS_APIC_VECTOR);

	/* LINT1 is wired to the board's NMI; one CPU is enough to hear it. */
	if (read_apic_id() == boot_cpu_physical_apicid)
		apic_write(APIC_LVT1, APIC_DM_NMI);
	if (GET_APIC_MAXLVT(apic_read(APIC_LVR)) >= 3) {
		apic_write(APIC_ESR, 0);
		apic_write(APIC_LVTERR, ERROR_APIC_VECTOR);
	}
}

/**
 * apic_soft_disable - stop taking interrupts on this CPU
 *
 * INIT, NMI and SIPI still get through, which is how it comes back.
 *
 * Context: interrupts off, on the CPU itself.
 */
void apic_soft_disable(void)
{
	if (!apic_available())
		return;
	mask_local_sources();
	apic_write(APIC_SPIV, SPURIOUS_APIC_VECTOR);
}

/**
 * apic_handle_error - report what the error vector is about
 *
 * Context: hard interrupt.
 */
void apic_handle_error(void)
{
	static const char *const reasons[] = {
		"send checksum", "receive checksum", "send accept", "receive accept",
		"redirectable IPI", "send illegal vector", "received illegal vector",
		"illegal register address",
	};
	u32 esr;
	int i;

	/* Writing latches what has happened since the last write. */
	apic_write(APIC_ESR, 0);
	esr = apic_read(APIC_ESR);
	for (i = 0; i < ARRAY_SIZE(reasons); i++) {
		if (esr & (1u << i))
			pr_warn_ratelimited("CPU%d: %s error\n", smp_processor_id(), reasons[i]);
	}
}

static int __init parse_nox2apic(char *arg)
{
	(void)arg;
	nox2apic = true;
	return 0;
}
early_param("nox2apic", parse_nox2apic);
