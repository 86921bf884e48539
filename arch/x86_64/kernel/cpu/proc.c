// SPDX-License-Identifier: MIT
/* /proc/cpuinfo: what CPUID says of each CPU that is online. */

#include <linux/array_size.h>
#include <linux/cpumask.h>
#include <linux/seq_file.h>
#include <linux/topology.h>

#include <asm/cpufeature.h>
#include <asm/processor.h>
#include <asm/tsc.h>

/* A word of x86_capability[] and its names, from bit 0; "": the bit has none. */
struct cap_word {
	unsigned int word;
	const char *names[32];
};

static const struct cap_word cap_words[] = {
	{ 0, { "fpu", "vme", "de", "pse", "tsc", "msr", "pae", "mce", "cx8", "apic", "", "sep",
	       "mtrr", "pge", "mca", "cmov", "pat", "pse36", "pn", "clflush", "", "dts", "acpi",
	       "mmx", "fxsr", "sse", "sse2", "ss", "ht", "tm", "ia64", "pbe" } },
	{ 1, { [11] = "syscall", [19] = "mp", [20] = "nx", [22] = "mmxext", [25] = "fxsr_opt",
	       [26] = "pdpe1gb", [27] = "rdtscp", [29] = "lm", [30] = "3dnowext",
	       [31] = "3dnow" } },
	{ 4, { "pni", "pclmulqdq", "dtes64", "monitor", "ds_cpl", "vmx", "smx", "est", "tm2",
	       "ssse3", "cid", "sdbg", "fma", "cx16", "xtpr", "pdcm", "", "pcid", "dca", "sse4_1",
	       "sse4_2", "x2apic", "movbe", "popcnt", "tsc_deadline_timer", "aes", "xsave", "",
	       "avx", "f16c", "rdrand", "hypervisor" } },
	{ 6, { "lahf_lm", "cmp_legacy", "svm", "extapic", "cr8_legacy", "abm", "sse4a",
	       "misalignsse", "3dnowprefetch", "osvw", "ibs", "xop", "skinit", "wdt", "", "lwp",
	       "fma4", "tce", "", "nodeid_msr", "", "tbm", "topoext" } },
	{ 9, { "fsgsbase", "tsc_adjust", "sgx", "bmi1", "hle", "avx2", "", "smep", "bmi2", "erms",
	       "invpcid", "rtm", "cqm", "", "mpx", "rdt_a", "avx512f", "avx512dq", "rdseed", "adx",
	       "smap", "avx512ifma", "", "clflushopt", "clwb", "intel_pt", "avx512pf", "avx512er",
	       "avx512cd", "sha_ni", "avx512bw", "avx512vl" } },
	{ 10, { "xsaveopt", "xsavec", "xgetbv1", "xsaves" } },
	{ 16, { "", "avx512vbmi", "umip", "pku", "ospke", "waitpkg", "avx512_vbmi2", "", "gfni",
		"vaes", "vpclmulqdq", "avx512_vnni", "avx512_bitalg", "tme", "avx512_vpopcntdq", "",
		"la57", [22] = "rdpid", [25] = "cldemote", [27] = "movdiri", [28] = "movdir64b" } },
	{ 18, { [2] = "avx512_4vnniw", [3] = "avx512_4fmaps", [4] = "fsrm", [10] = "md_clear",
		[14] = "serialize" } },
};

static void show_flags(struct seq_file *m, const struct cpuinfo_x86 *c)
{
	unsigned int i, bit;

	seq_puts(m, "flags\t\t:");
	for (i = 0; i < ARRAY_SIZE(cap_words); i++) {
		const struct cap_word *w = &cap_words[i];

		for (bit = 0; bit < 32; bit++) {
			const char *name = w->names[bit];

			if ((c->x86_capability[w->word] & BIT(bit)) && name && *name)
				seq_printf(m, " %s", name);
		}
	}
	if (cpu_has(c, X86_FEATURE_CONSTANT_TSC))
		seq_puts(m, " constant_tsc");
	if (cpu_has(c, X86_FEATURE_NONSTOP_TSC))
		seq_puts(m, " nonstop_tsc");
	seq_putc(m, '\n');
}

static void show_cpu(struct seq_file *m, unsigned int cpu)
{
	const struct cpuinfo_x86 *c = &cpu_data(cpu);
	unsigned long bogomips = tsc_khz / 5;	/* twice the clock, in hundredths of a million */

	seq_printf(m, "processor\t: %u\nvendor_id\t: %s\n", cpu,
		   c->x86_vendor_id[0] ? c->x86_vendor_id : "unknown");
	seq_printf(m, "cpu family\t: %d\nmodel\t\t: %u\nmodel name\t: %s\n", c->x86, c->x86_model,
		   c->x86_model_id[0] ? c->x86_model_id : "unknown");
	seq_printf(m, "stepping\t: %d\n", c->x86_stepping);
	if (cpu_has(c, X86_FEATURE_TSC))
		seq_printf(m, "cpu MHz\t\t: %u.%03u\n", tsc_khz / 1000, tsc_khz % 1000);
	seq_printf(m, "physical id\t: %d\nsiblings\t: %d\ncore id\t\t: %d\ncpu cores\t: %d\n",
		   topology_physical_package_id(cpu), cpumask_weight(cpu_online_mask),
		   topology_core_id(cpu), cpumask_weight(cpu_online_mask));
	seq_printf(m, "apicid\t\t: %d\ninitial apicid\t: %d\n", c->initial_apicid,
		   c->initial_apicid);
	seq_printf(m, "fpu\t\t: yes\nfpu_exception\t: yes\ncpuid level\t: %d\nwp\t\t: yes\n",
		   c->cpuid_level);
	show_flags(m, c);
	seq_printf(m, "bugs\t\t:\nbogomips\t: %lu.%02lu\n", bogomips / 100, bogomips % 100);
	seq_printf(m, "clflush size\t: %u\ncache_alignment\t: %d\n", c->x86_clflush_size,
		   c->x86_clflush_size);
	seq_printf(m, "address sizes\t: %u bits physical, %u bits virtual\npower management:\n\n",
		   c->x86_phys_bits, c->x86_virt_bits);
}

static void *c_start(struct seq_file *m, loff_t *pos)
{
	*pos = cpumask_next(*pos - 1, cpu_online_mask);
	return *pos < nr_cpu_ids ? (void *)(unsigned long)(*pos + 1) : NULL;
}

static void *c_next(struct seq_file *m, void *v, loff_t *pos)
{
	(*pos)++;
	return c_start(m, pos);
}

static void c_stop(struct seq_file *m, void *v)
{
}

static int c_show(struct seq_file *m, void *v)
{
	show_cpu(m, (unsigned long)v - 1);
	return 0;
}

const struct seq_operations cpuinfo_op = {
	.start	= c_start,
	.next	= c_next,
	.stop	= c_stop,
	.show	= c_show,
};
