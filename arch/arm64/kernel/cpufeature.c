// SPDX-License-Identifier: MIT
/*
 * What the CPUs can do.
 *
 * The boot CPU decides early, from its identification registers, because its choices are patched
 * into the code before any other CPU runs. Another CPU that lacks one of them would die at the
 * first patched instruction, so it is checked in its first steps and not let in.
 */
#define pr_fmt(fmt) "CPU features: " fmt

#include <linux/bitops.h>
#include <linux/errno.h>
#include <linux/init.h>
#include <linux/kernel.h>
#include <linux/printk.h>

#include <asm/cpufeature.h>
#include <asm/sysreg.h>
#include <uapi/asm/hwcap.h>

unsigned long arm64_cpucaps[BITS_TO_LONGS(ARM64_NCAPS)] __ro_after_init;
unsigned long elf_hwcap __ro_after_init;

/**
 * struct arm64_cpu_capability - a feature and how it shows
 * @desc: for the log; NULL keeps quiet
 * @cap: ARM64_*
 * @reg: reads the identification register
 * @shift: of its 4-bit unsigned field
 * @min: smallest value that has the feature
 * @hwcap: told to user programs, or 0
 * @enable: called on each CPU, or NULL
 */
struct arm64_cpu_capability {
	const char *desc;
	unsigned int cap;
	u64 (*reg)(void);
	int shift;
	unsigned int min;
	unsigned long hwcap;
	void (*enable)(void);
};

static u64 isar0(void)
{
	return read_sysreg(SYS_ID_AA64ISAR0_EL1);
}

static u64 mmfr1(void)
{
	return read_sysreg(SYS_ID_AA64MMFR1_EL1);
}

static u64 pfr0(void)
{
	return read_sysreg(SYS_ID_AA64PFR0_EL1);
}

/* Set on every exception from now on, and here. */
static void cpu_enable_pan(void)
{
	sysreg_clear_set(sctlr_el1, SCTLR_EL1_SPAN, 0);
	asm volatile(__SET_PSTATE_PAN_STR(1));
}

static const struct arm64_cpu_capability arm64_features[] = {
	{ "LSE atomic instructions", ARM64_HAS_LSE_ATOMICS, isar0, ID_AA64ISAR0_ATOMIC_SHIFT, 2,
	  HWCAP_ATOMICS, NULL },
	{ "Privileged Access Never", ARM64_HAS_PAN, mmfr1, ID_AA64MMFR1_PAN_SHIFT, 1, 0,
	 cpu_enable_pan },
	{ "CRC32 instructions", ARM64_HAS_CRC32, isar0, ID_AA64ISAR0_CRC32_SHIFT, 1, HWCAP_CRC32,
	 NULL },
	{ "GIC system register CPU interface", ARM64_HAS_GICV3_CPUIF, pfr0, ID_AA64PFR0_GIC_SHIFT,
	 1, 0,
	  NULL },
	{ NULL, ARM64_HAS_AES, isar0, ID_AA64ISAR0_AES_SHIFT, 1, HWCAP_AES, NULL },
	{ NULL, ARM64_HAS_PMULL, isar0, ID_AA64ISAR0_AES_SHIFT, 2, HWCAP_PMULL, NULL },
	{ NULL, ARM64_HAS_SHA2, isar0, ID_AA64ISAR0_SHA2_SHIFT, 1, HWCAP_SHA2, NULL },
};

static bool this_cpu_has(const struct arm64_cpu_capability *f)
{
	return cpuid_feature_extract_unsigned_field(f->reg(), f->shift) >= f->min;
}

/**
 * setup_boot_cpu_features - decide, on the boot CPU
 */
void __init setup_boot_cpu_features(void)
{
	unsigned int i;

	arm64_cpucaps[0] = BIT(ARM64_ALWAYS);
	elf_hwcap = HWCAP_FP | HWCAP_ASIMD;
	for (i = 0; i < ARRAY_SIZE(arm64_features); i++) {
		const struct arm64_cpu_capability *f = &arm64_features[i];

		if (!this_cpu_has(f))
			continue;
		arm64_cpucaps[f->cap / BITS_PER_LONG] |= BIT(f->cap % BITS_PER_LONG);
		elf_hwcap |= f->hwcap;
	}
	cpu_enable_local_features();
}

/**
 * setup_system_features - say what was found
 */
void __init setup_system_features(void)
{
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(arm64_features); i++)
		if (arm64_features[i].desc && cpus_have_cap(arm64_features[i].cap))
			pr_info("detected: %s\n", arm64_features[i].desc);
}

/**
 * check_local_cpu_capabilities - may this CPU join?
 *
 * Return: 0, or -ENODEV if it lacks what the others use
 */
int check_local_cpu_capabilities(void)
{
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(arm64_features); i++)
		if (cpus_have_cap(arm64_features[i].cap) && !this_cpu_has(&arm64_features[i]))
			return -ENODEV;
	return 0;
}

/**
 * cpu_enable_local_features - switch on, on this CPU, what was decided
 */
void cpu_enable_local_features(void)
{
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(arm64_features); i++)
		if (cpus_have_cap(arm64_features[i].cap) && arm64_features[i].enable)
			arm64_features[i].enable();
}
