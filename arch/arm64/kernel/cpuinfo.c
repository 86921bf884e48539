// SPDX-License-Identifier: MIT
/*
 * /proc/cpuinfo: the model of each CPU that is online. A CPU can read only its own MIDR_EL1, so
 * each notes it when it comes up.
 */

#include <linux/array_size.h>
#include <linux/cpuhotplug.h>
#include <linux/cpumask.h>
#include <linux/init.h>
#include <linux/percpu.h>
#include <linux/seq_file.h>

#include <asm/cputype.h>
#include <asm/elf.h>
#include <asm/sysreg.h>

static DEFINE_PER_CPU(u32, midr);

/* Names of HWCAP_* and HWCAP2_* by bit; what /proc/cpuinfo calls the features. */
static const char *const hwcap_names[] = {
	"fp", "asimd", "evtstrm", "aes", "pmull", "sha1", "sha2", "crc32", "atomics", "fphp",
	"asimdhp", "cpuid", "asimdrdm", "jscvt", "fcma", "lrcpc", "dcpop", "sha3", "sm3", "sm4",
	"asimddp", "sha512", "sve", "asimdfhm", "dit", "uscat", "ilrcpc", "flagm", "ssbs", "sb",
	"paca", "pacg",
};

static const char *const hwcap2_names[] = {
	"dcpodp", "sve2", "sveaes", "svepmull", "svebitperm", "svesha3", "svesm4", "flagm2",
	"frint", "svei8mm", "svef32mm", "svef64mm", "svebf16", "i8mm", "bf16", "dgh", "rng", "bti",
	"mte", "ecv", "afp", "rpres",
};

static void show_hwcaps(struct seq_file *m, unsigned long caps, const char *const *names,
			unsigned int n)
{
	unsigned int i;

	for (i = 0; i < n; i++) {
		if (caps & (1UL << i))
			seq_printf(m, " %s", names[i]);
	}
}

static int note_midr(unsigned int cpu)
{
	this_cpu_write(midr, read_sysreg(midr_el1));
	return 0;
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
	unsigned long hz2 = 2 * read_sysreg(cntfrq_el0) / 10000;
	unsigned int cpu = (unsigned long)v - 1;
	u32 id = per_cpu(midr, cpu);

	seq_printf(m, "processor\t: %u\nBogoMIPS\t: %lu.%02lu\nFeatures\t:", cpu, hz2 / 100,
		   hz2 % 100);
	show_hwcaps(m, ELF_HWCAP, hwcap_names, ARRAY_SIZE(hwcap_names));
	show_hwcaps(m, ELF_HWCAP2, hwcap2_names, ARRAY_SIZE(hwcap2_names));
	seq_printf(m, "\nCPU implementer\t: 0x%02x\nCPU architecture: 8\nCPU variant\t: 0x%x\n",
		   MIDR_IMPLEMENTOR(id), MIDR_VARIANT(id));
	seq_printf(m, "CPU part\t: 0x%03x\nCPU revision\t: %d\n\n", MIDR_PARTNUM(id),
		   MIDR_REVISION(id));
	return 0;
}

const struct seq_operations cpuinfo_op = {
	.start	= c_start,
	.next	= c_next,
	.stop	= c_stop,
	.show	= c_show,
};

static int __init cpuinfo_init(void)
{
	int err = cpuhp_setup_state(CPUHP_AP_ONLINE_DYN, "arm64/cpuinfo:online", note_midr, NULL);

	return err < 0 ? err : 0;
}
device_initcall(cpuinfo_init);
