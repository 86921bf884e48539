// SPDX-License-Identifier: MIT
/*
 * What the processor is, and bringing each CPU into the state that the kernel runs in.
 *
 *	early_cpu_init()	boot CPU, first C code: CPUID into boot_cpu_data
 *	cpu_init_exception_handling()	GDT, TSS with IST stacks, IDT
 *	cpu_init()		CR0, CR4, EFER, PAT, FPU; needs the features
 */

#include <linux/ctype.h>
#include <linux/init.h>
#include <linux/kernel.h>
#include <linux/mm.h>
#include <linux/percpu.h>
#include <linux/printk.h>
#include <linux/smp.h>
#include <linux/string.h>

#include <asm/cpufeature.h>
#include <asm/debugreg.h>
#include <asm/desc.h>
#include <asm/fpu/internal.h>
#include <asm/msr.h>
#include <asm/processor.h>
#include <asm/tlbflush.h>
#include <asm/traps.h>

struct cpuinfo_x86 boot_cpu_data __ro_after_init = {
	.x86_vendor = X86_VENDOR_UNKNOWN,
	.x86_virt_bits = 48,
	.x86_phys_bits = 36,
	.x86_clflush_size = 64,
};
DEFINE_PER_CPU_READ_MOSTLY(struct cpuinfo_x86, cpu_info);

/* Read by entry assembly before it knows anything else. */
u8 x86_fsgsbase_enabled __read_mostly;

/* --- Identification ------------------------------------------------------------------------ */

static void get_vendor(struct cpuinfo_x86 *c)
{
	unsigned int eax, ebx, ecx, edx;

	cpuid(0, &eax, &ebx, &ecx, &edx);
	c->cpuid_level = eax;
	memcpy(c->x86_vendor_id, &ebx, 4);
	memcpy(c->x86_vendor_id + 4, &edx, 4);
	memcpy(c->x86_vendor_id + 8, &ecx, 4);
	if (!strcmp(c->x86_vendor_id, "GenuineIntel"))
		c->x86_vendor = X86_VENDOR_INTEL;
	else if (!strcmp(c->x86_vendor_id, "AuthenticAMD"))
		c->x86_vendor = X86_VENDOR_AMD;
	else
		c->x86_vendor = X86_VENDOR_UNKNOWN;
}

/* Family and model each have an extension that counts only in some families. */
static void decode_signature(struct cpuinfo_x86 *c, unsigned int sig)
{
	c->x86 = (sig >> 8) & 0xf;
	c->x86_model = (sig >> 4) & 0xf;
	c->x86_stepping = sig & 0xf;
	if (c->x86 == 0xf)
		c->x86 += (sig >> 20) & 0xff;
	if (c->x86 >= 6)
		c->x86_model += ((sig >> 16) & 0xf) << 4;
}

static void set_cap(struct cpuinfo_x86 *c, unsigned int bit)
{
	c->x86_capability[bit / 32] |= 1U << (bit % 32);
}

static void clear_cap(struct cpuinfo_x86 *c, unsigned int bit)
{
	c->x86_capability[bit / 32] &= ~(1U << (bit % 32));
}

static void get_basic_caps(struct cpuinfo_x86 *c)
{
	unsigned int eax, ebx, ecx, edx;

	cpuid(1, &eax, &ebx, &ecx, &edx);
	decode_signature(c, eax);
	c->x86_clflush_size = ((ebx >> 8) & 0xff) * 8;
	c->initial_apicid = ebx >> 24;
	c->x86_capability[0] = edx;
	c->x86_capability[4] = ecx;

	if (c->cpuid_level >= 7) {
		cpuid_count(7, 0, &eax, &ebx, &ecx, &edx);
		c->x86_capability[9] = ebx;
		c->x86_capability[16] = ecx;
		c->x86_capability[18] = edx;
	}
	if (c->cpuid_level >= 0xd) {
		cpuid_count(0xd, 1, &eax, &ebx, &ecx, &edx);
		c->x86_capability[10] = eax;
	}
}

static void get_extended_caps(struct cpuinfo_x86 *c)
{
	unsigned int eax, ebx, ecx, edx, i;
	u32 *name = (u32 *)c->x86_model_id;

	c->extended_cpuid_level = cpuid_eax(0x80000000);
	if ((c->extended_cpuid_level & 0xffff0000) != 0x80000000)
		return;
	if (c->extended_cpuid_level >= 0x80000001) {
		cpuid(0x80000001, &eax, &ebx, &ecx, &edx);
		c->x86_capability[1] = edx;
		c->x86_capability[6] = ecx;
	}
	if (c->extended_cpuid_level >= 0x80000004) {
		for (i = 0; i < 3; i++)
			cpuid(0x80000002 + i, &name[4 * i], &name[4 * i + 1], &name[4 * i + 2],
			      &name[4 * i + 3]);
		c->x86_model_id[48] = 0;
		memmove(c->x86_model_id, strim(c->x86_model_id),
			strlen(strim(c->x86_model_id)) + 1);
	}
	if (c->extended_cpuid_level >= 0x80000007 && (cpuid_edx(0x80000007) & (1 << 8))) {
		set_cap(c, X86_FEATURE_CONSTANT_TSC);
		set_cap(c, X86_FEATURE_NONSTOP_TSC);
	}
	if (c->extended_cpuid_level >= 0x80000008) {
		eax = cpuid_eax(0x80000008);
		c->x86_phys_bits = eax & 0xff;
		c->x86_virt_bits = (eax >> 8) & 0xff;
	}
}

static void identify_cpu(struct cpuinfo_x86 *c)
{
	get_vendor(c);
	get_basic_caps(c);
	get_extended_caps(c);
	/* rep movsq and stosq are good everywhere that has long mode. */
	set_cap(c, X86_FEATURE_REP_GOOD);
	set_cap(c, X86_FEATURE_ALWAYS);
	set_cap(c, X86_FEATURE_NOPL);
	/* Bits that say what we enabled, not what there is. */
	clear_cap(c, X86_FEATURE_OSXSAVE);
	clear_cap(c, X86_FEATURE_OSPKE);
	c->initialized = true;
}

/** early_cpu_init - find out what the boot CPU can do. Context: boot, before memory is managed */
void __init early_cpu_init(void)
{
	identify_cpu(&boot_cpu_data);
}

/** setup_force_cpu_cap - the boot CPU shall count as having feature @bit (X86_FEATURE_*) */
void setup_force_cpu_cap(unsigned int bit)
{
	set_cap(&boot_cpu_data, bit);
}

/** setup_clear_cpu_cap - the boot CPU shall count as lacking feature @bit (X86_FEATURE_*) */
void setup_clear_cpu_cap(unsigned int bit)
{
	clear_cap(&boot_cpu_data, bit);
}

/** print_cpu_info - log a CPU's model */
void print_cpu_info(struct cpuinfo_x86 *c)
{
	pr_info("CPU: %s%s(family: 0x%x, model: 0x%x, stepping: 0x%x)\n",
		c->x86_model_id[0] ? c->x86_model_id : c->x86_vendor_id, " ", c->x86,
		c->x86_model, c->x86_stepping);
}

/** identify_boot_cpu - keep what is known of the boot CPU in its per-CPU data, and log it */
void __init identify_boot_cpu(void)
{
	per_cpu(cpu_info, 0) = boot_cpu_data;
	print_cpu_info(&boot_cpu_data);
}

/**
 * identify_secondary_cpu - find out what another CPU can do
 * @cpu: the running one
 *
 * One that lacks what the code has been patched for would fault somewhere later: that is said now.
 */
void identify_secondary_cpu(unsigned int cpu)
{
	struct cpuinfo_x86 *c = &per_cpu(cpu_info, cpu);
	unsigned int i;

	memset(c, 0, sizeof(*c));
	identify_cpu(c);
	c->cpu_index = cpu;
	for (i = 0; i < NCAPINTS; i++) {
		if (boot_cpu_data.x86_capability[i] & ~c->x86_capability[i])
			pr_warn("CPU%u: lacks features of the boot CPU (word %u: %08x)\n", cpu,
				i, boot_cpu_data.x86_capability[i] & ~c->x86_capability[i]);
	}
}

/* --- CR4 ------------------------------------------------------------------------------------- */

/** cr4_init_shadow - remember this CPU's CR4 as it is */
void cr4_init_shadow(void)
{
	this_cpu_write(cpu_tlbstate.cr4, __read_cr4());
}

/** cr4_read_shadow - this CPU's CR4, from memory. Context: no migration */
unsigned long cr4_read_shadow(void)
{
	return this_cpu_read(cpu_tlbstate.cr4);
}

/**
 * cr4_update_irqsoff - change bits of CR4 on this CPU
 * @set: bits to set
 * @clear: bits to clear
 *
 * Context: interrupts off.
 */
void cr4_update_irqsoff(unsigned long set, unsigned long clear)
{
	unsigned long old = this_cpu_read(cpu_tlbstate.cr4);
	unsigned long new = (old & ~clear) | set;

	if (new != old) {
		this_cpu_write(cpu_tlbstate.cr4, new);
		__write_cr4(new);
	}
}

/** cr4_set_bits - set bits of this CPU's CR4. Context: any */
void cr4_set_bits(unsigned long mask)
{
	unsigned long flags;

	local_irq_save(flags);
	cr4_update_irqsoff(mask, 0);
	local_irq_restore(flags);
}

/* --- Descriptor tables ------------------------------------------------------------------------ */

DEFINE_PER_CPU_PAGE_ALIGNED(struct gdt_page, gdt_page) = { .gdt = {
	[GDT_ENTRY_KERNEL32_CS] = GDT_ENTRY_INIT(DESC_CODE32, 0, 0xfffff),
	[GDT_ENTRY_KERNEL_CS] = GDT_ENTRY_INIT(DESC_CODE64, 0, 0xfffff),
	[GDT_ENTRY_KERNEL_DS] = GDT_ENTRY_INIT(DESC_DATA32, 0, 0xfffff),
	[GDT_ENTRY_DEFAULT_USER32_CS] = GDT_ENTRY_INIT(DESC_CODE32 | DESC_USER, 0, 0xfffff),
	[GDT_ENTRY_DEFAULT_USER_DS] = GDT_ENTRY_INIT(DESC_DATA32 | DESC_USER, 0, 0xfffff),
	[GDT_ENTRY_DEFAULT_USER_CS] = GDT_ENTRY_INIT(DESC_CODE64 | DESC_USER, 0, 0xfffff),
} };

DEFINE_PER_CPU(struct exception_stacks, exception_stacks);

static void set_tss_desc(unsigned int cpu)
{
	unsigned long base = (unsigned long)&per_cpu(cpu_tss_rw, cpu).x86_tss;
	tss_desc desc = {
		.limit0 = __KERNEL_TSS_LIMIT,
		.base0 = (u16)base,
		.base1 = (base >> 16) & 0xff,
		.type = DESC_TSS,
		.p = 1,
		.base2 = (base >> 24) & 0xff,
		.base3 = (u32)(base >> 32),
	};

	memcpy(&get_cpu_gdt_rw(cpu)[GDT_ENTRY_TSS], &desc, sizeof(desc));
}

/* LSL of this descriptor gives the CPU's number whatever gs holds. */
static void set_cpunode_desc(unsigned int cpu)
{
	struct desc_struct d = GDT_ENTRY_INIT(0x00f5, 0, 0);

	d.limit0 = cpu & VDSO_CPUNODE_MASK;
	get_cpu_gdt_rw(cpu)[GDT_ENTRY_CPUNODE] = d;
}

/* Reload every segment register from the new table, and the gs base behind it. */
static void load_kernel_segments(unsigned long gs_base)
{
	unsigned long scratch;

	asm volatile("pushq %[cs]\n\t"
		     "leaq 1f(%%rip), %[tmp]\n\t"
		     "pushq %[tmp]\n\t"
		     "lretq\n"
		     "1:\n\t"
		     "movl %[ds], %%ss\n\t"
		     "xorl %k[tmp], %k[tmp]\n\t"
		     "movl %k[tmp], %%ds\n\t"
		     "movl %k[tmp], %%es\n\t"
		     "movl %k[tmp], %%fs\n\t"
		     "movl %k[tmp], %%gs\n"
		     : [tmp] "=&r" (scratch)
		     : [cs] "i" (__KERNEL_CS), [ds] "r" (__KERNEL_DS) : "memory");
	wrmsrl(MSR_GS_BASE, gs_base);
}

/**
 * switch_gdt_and_percpu_base - let this CPU use its own GDT and per-CPU area
 * @cpu: its number
 *
 * Context: interrupts off; no NMI may come (boot, start of a CPU).
 */
noinline __no_stack_protector void switch_gdt_and_percpu_base(int cpu)
{
	struct desc_ptr gdt = {
		.size = GDT_SIZE - 1,
		.address = (unsigned long)get_cpu_gdt_rw(cpu),
	};

	load_gdt(&gdt);
	load_kernel_segments(per_cpu_offset(cpu));
}

/** exception_stacks_install - let a CPU's TSS name its IST stacks, both its own */
void exception_stacks_install(unsigned int cpu)
{
	struct x86_hw_tss *tss = &per_cpu(cpu_tss_rw, cpu).x86_tss;
	unsigned int i;

	for (i = 0; i < N_EXCEPTION_STACKS; i++)
		tss->ist[i] = (unsigned long)per_cpu(exception_stacks, cpu).top[i];
}

/**
 * cpu_init_exception_handling - make exceptions on this CPU work
 *
 * Context: interrupts off. The CPU's stacks are allocated and gs is its own.
 */
void cpu_init_exception_handling(void)
{
	unsigned int cpu = raw_smp_processor_id();

	set_cpunode_desc(cpu);
	exception_stacks_install(cpu);
	set_tss_desc(cpu);
	load_tr(GDT_ENTRY_TSS * 8);
	load_ldt(0);
	idt_load_current();
}

/* --- Control registers ------------------------------------------------------------------------ */

/* Entry 1 of the PAT, write-through after reset, becomes write combining. */
static void pat_init(void)
{
	u64 pat;

	if (!boot_cpu_has(X86_FEATURE_PAT))
		return;
	rdmsrl(MSR_IA32_CR_PAT, pat);
	pat = (pat & ~0xff00ULL) | 0x0100;
	wrmsrl(MSR_IA32_CR_PAT, pat);
}

static unsigned long cr4_features(void)
{
	unsigned long cr4 = X86_CR4_PGE | X86_CR4_DE | X86_CR4_MCE;

	if (boot_cpu_has(X86_FEATURE_SMEP))
		cr4 |= X86_CR4_SMEP;
	if (boot_cpu_has(X86_FEATURE_SMAP))
		cr4 |= X86_CR4_SMAP;
	if (boot_cpu_has(X86_FEATURE_UMIP))
		cr4 |= X86_CR4_UMIP;
	if (boot_cpu_has(X86_FEATURE_FSGSBASE))
		cr4 |= X86_CR4_FSGSBASE;
	return cr4;
}

static void clear_all_debug_regs(void)
{
	set_debugreg(0, 7);
	set_debugreg(0, 0);
	set_debugreg(0, 1);
	set_debugreg(0, 2);
	set_debugreg(0, 3);
	set_debugreg(DR6_RESERVED, 6);
}

/*
 * Where the syscall instruction leads. sysret takes SS from STAR's upper selector + 8 and the
 * 64-bit CS from + 16; no flag of a user program survives that the kernel relies on.
 */
static void syscall_init(void)
{
	wrmsrl(MSR_STAR, (u64)__USER32_CS << 48 | (u64)__KERNEL_CS << 32);
	wrmsrl(MSR_LSTAR, (unsigned long)entry_SYSCALL_64);
	wrmsrl(MSR_CSTAR, (unsigned long)entry_SYSCALL_compat);
	wrmsrl(MSR_SYSCALL_MASK, X86_EFLAGS_TF | X86_EFLAGS_IF | X86_EFLAGS_DF |
			       X86_EFLAGS_AC | X86_EFLAGS_NT | X86_EFLAGS_IOPL | X86_EFLAGS_RF);
}

/**
 * cpu_init - the state of this CPU that no exception depends on
 *
 * Context: interrupts off, after cpu_init_exception_handling().
 */
void cpu_init(void)
{
	cr4_init_shadow();
	write_cr0(CR0_STATE);
	cr4_update_irqsoff(cr4_features(), X86_CR4_TSD);
	if (boot_cpu_has(X86_FEATURE_FSGSBASE))
		x86_fsgsbase_enabled = 1;
	wrmsrl(MSR_FS_BASE, 0);
	wrmsrl(MSR_KERNEL_GS_BASE, 0);
	syscall_init();
	pat_init();
	clear_all_debug_regs();
	fpu__init_cpu();
}
