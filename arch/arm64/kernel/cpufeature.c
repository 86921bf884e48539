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
#include <asm/sve.h>
#include <asm/sysreg.h>
#include <uapi/asm/hwcap.h>

unsigned long arm64_cpucaps[BITS_TO_LONGS(ARM64_NCAPS)] __ro_after_init;
unsigned long elf_hwcap __ro_after_init;
unsigned long elf_hwcap2 __ro_after_init;

/* ---- the identification registers ---- */

enum id_reg { ISAR0, ISAR1, ISAR2, MMFR0, MMFR1, MMFR2, PFR0, PFR1, ZFR0 };

static u64 read_id(enum id_reg reg)
{
	switch (reg) {
	case ISAR0:
		return read_sysreg(SYS_ID_AA64ISAR0_EL1);
	case ISAR1:
		return read_sysreg(SYS_ID_AA64ISAR1_EL1);
	case ISAR2:
		return read_sysreg(SYS_ID_AA64ISAR2_EL1);
	case MMFR0:
		return read_sysreg(SYS_ID_AA64MMFR0_EL1);
	case MMFR1:
		return read_sysreg(SYS_ID_AA64MMFR1_EL1);
	case MMFR2:
		return read_sysreg(SYS_ID_AA64MMFR2_EL1);
	case PFR0:
		return read_sysreg(SYS_ID_AA64PFR0_EL1);
	case PFR1:
		return read_sysreg(SYS_ID_AA64PFR1_EL1);
	case ZFR0:
		return read_sysreg(SYS_ID_AA64ZFR0_EL1);
	}
	return 0;
}

/* A field of 4 bits. */
static unsigned int id_field(enum id_reg reg, int shift)
{
	return cpuid_feature_extract_unsigned_field(read_id(reg), shift);
}

/* ---- what the kernel does differently with it ---- */

/**
 * struct arm64_cpu_capability - a feature and how it shows
 * @desc: for the log; NULL keeps quiet
 * @cap: ARM64_*
 * @reg: the identification register
 * @shift: of its 4-bit unsigned field
 * @min: smallest value that has the feature
 * @matches: instead of these three, if it isn't NULL
 * @enable: called on each CPU, or NULL
 */
struct arm64_cpu_capability {
	const char *desc;
	unsigned int cap;
	enum id_reg reg;
	int shift;
	unsigned int min;
	bool (*matches)(void);
	void (*enable)(void);
};

/* Set on every exception from now on, and here. */
static void cpu_enable_pan(void)
{
	sysreg_clear_set(sctlr_el1, SCTLR_EL1_SPAN, 0);
	asm volatile(__SET_PSTATE_PAN_STR(1));
}

/* One of three algorithms: the architecture's two or the implementer's. */
static bool has_address_auth(void)
{
	return id_field(ISAR1, ID_AA64ISAR1_APA_SHIFT) || id_field(ISAR1, ID_AA64ISAR1_API_SHIFT) ||
	       id_field(ISAR2, ID_AA64ISAR2_APA3_SHIFT);
}

static bool has_generic_auth(void)
{
	return id_field(ISAR1, ID_AA64ISAR1_GPA_SHIFT) || id_field(ISAR1, ID_AA64ISAR1_GPI_SHIFT) ||
	       id_field(ISAR2, ID_AA64ISAR2_GPA3_SHIFT);
}

static const struct arm64_cpu_capability arm64_features[] = {
	{ "LSE atomic instructions", ARM64_HAS_LSE_ATOMICS, ISAR0, ID_AA64ISAR0_ATOMIC_SHIFT, 2 },
	{ "Privileged Access Never", ARM64_HAS_PAN, MMFR1, ID_AA64MMFR1_PAN_SHIFT, 1,
	  .enable = cpu_enable_pan },
	{ "CRC32 instructions", ARM64_HAS_CRC32, ISAR0, ID_AA64ISAR0_CRC32_SHIFT, 1 },
	{ "GIC system register CPU interface", ARM64_HAS_GICV3_CPUIF, PFR0, ID_AA64PFR0_GIC_SHIFT,
	  1 },
	{ "Scalable Vector Extension", ARM64_HAS_SVE, PFR0, ID_AA64PFR0_SVE_SHIFT, 1,
	  .enable = cpu_enable_sve },
	{ "Address authentication", ARM64_HAS_ADDRESS_AUTH, .matches = has_address_auth },
	{ "Generic authentication", ARM64_HAS_GENERIC_AUTH, .matches = has_generic_auth },
	{ NULL, ARM64_HAS_AES, ISAR0, ID_AA64ISAR0_AES_SHIFT, 1 },
	{ NULL, ARM64_HAS_PMULL, ISAR0, ID_AA64ISAR0_AES_SHIFT, 2 },
	{ NULL, ARM64_HAS_SHA2, ISAR0, ID_AA64ISAR0_SHA2_SHIFT, 1 },
};

static bool this_cpu_has(const struct arm64_cpu_capability *f)
{
	return f->matches ? f->matches() : id_field(f->reg, f->shift) >= f->min;
}

/* ---- what programs are told ---- */

/* An instruction of user programs that needs nothing of the kernel: its field, and its bit. */
struct hwcap {
	enum id_reg reg;
	int shift;
	unsigned int min;
	unsigned long hwcap;
};

/* FP and ASIMD are signed fields; -1 is without them, and such a CPU doesn't boot. */
static const struct hwcap hwcaps[] = {
	{ ISAR0,  4, 1, HWCAP_AES },
	{ ISAR0,  4, 2, HWCAP_PMULL },
	{ ISAR0,  8, 1, HWCAP_SHA1 },
	{ ISAR0, 12, 1, HWCAP_SHA2 },
	{ ISAR0, 12, 2, HWCAP_SHA512 },
	{ ISAR0, 16, 1, HWCAP_CRC32 },
	{ ISAR0, 20, 2, HWCAP_ATOMICS },
	{ ISAR0, 28, 1, HWCAP_ASIMDRDM },
	{ ISAR0, 32, 1, HWCAP_SHA3 },
	{ ISAR0, 36, 1, HWCAP_SM3 },
	{ ISAR0, 40, 1, HWCAP_SM4 },
	{ ISAR0, 44, 1, HWCAP_ASIMDDP },
	{ ISAR0, 48, 1, HWCAP_ASIMDFHM },
	{ ISAR0, 52, 1, HWCAP_FLAGM },
	{ ISAR1,  0, 1, HWCAP_DCPOP },
	{ ISAR1, 12, 1, HWCAP_JSCVT },
	{ ISAR1, 16, 1, HWCAP_FCMA },
	{ ISAR1, 20, 1, HWCAP_LRCPC },
	{ ISAR1, 20, 2, HWCAP_ILRCPC },
	{ ISAR1, 36, 1, HWCAP_SB },
	{ MMFR2, 32, 1, HWCAP_USCAT },
	{ PFR0,  16, 1, HWCAP_FPHP },
	{ PFR0,  20, 1, HWCAP_ASIMDHP },
	{ PFR0,  48, 1, HWCAP_DIT },
	{ PFR1,   4, 2, HWCAP_SSBS },
};

static const struct hwcap hwcaps2[] = {
	{ ISAR0, 52, 2, HWCAP2_FLAGM2 },
	{ ISAR0, 60, 1, HWCAP2_RNG },
	{ ISAR1,  0, 2, HWCAP2_DCPODP },
	{ ISAR1, 32, 1, HWCAP2_FRINT },
	{ ISAR1, 44, 1, HWCAP2_BF16 },
	{ ISAR1, 48, 1, HWCAP2_DGH },
	{ ISAR1, 52, 1, HWCAP2_I8MM },
	{ ISAR2,  4, 1, HWCAP2_RPRES },
	{ MMFR0, 60, 1, HWCAP2_ECV },
	{ MMFR1, 44, 1, HWCAP2_AFP },
};

/* Those that only count with SVE. */
static const struct hwcap sve_hwcaps2[] = {
	{ ZFR0,  0, 1, HWCAP2_SVE2 },
	{ ZFR0,  4, 1, HWCAP2_SVEAES },
	{ ZFR0,  4, 2, HWCAP2_SVEPMULL },
	{ ZFR0, 16, 1, HWCAP2_SVEBITPERM },
	{ ZFR0, 20, 1, HWCAP2_SVEBF16 },
	{ ZFR0, 32, 1, HWCAP2_SVESHA3 },
	{ ZFR0, 40, 1, HWCAP2_SVESM4 },
	{ ZFR0, 44, 1, HWCAP2_SVEI8MM },
	{ ZFR0, 52, 1, HWCAP2_SVEF32MM },
	{ ZFR0, 56, 1, HWCAP2_SVEF64MM },
};

static unsigned long __init find_hwcaps(const struct hwcap *table, unsigned int n)
{
	unsigned long found = 0;
	unsigned int i, value;

	for (i = 0; i < n; i++) {
		value = id_field(table[i].reg, table[i].shift);
		/* 15 is -1: FP and ASIMD are signed. */
		if (value >= table[i].min && value != 15)
			found |= table[i].hwcap;
	}
	return found;
}

static void __init setup_elf_hwcaps(void)
{
	elf_hwcap = HWCAP_FP | HWCAP_ASIMD | find_hwcaps(hwcaps, ARRAY_SIZE(hwcaps));
	elf_hwcap2 = find_hwcaps(hwcaps2, ARRAY_SIZE(hwcaps2));
	if (system_supports_sve()) {
		elf_hwcap |= HWCAP_SVE;
		elf_hwcap2 |= find_hwcaps(sve_hwcaps2, ARRAY_SIZE(sve_hwcaps2));
	}
	if (system_supports_address_auth())
		elf_hwcap |= HWCAP_PACA;
	if (system_supports_generic_auth())
		elf_hwcap |= HWCAP_PACG;
}

/**
 * setup_boot_cpu_features - decide, on the boot CPU
 */
void __init setup_boot_cpu_features(void)
{
	unsigned int i;

	arm64_cpucaps[0] = BIT(ARM64_ALWAYS);
	for (i = 0; i < ARRAY_SIZE(arm64_features); i++) {
		const struct arm64_cpu_capability *f = &arm64_features[i];

		if (this_cpu_has(f))
			arm64_cpucaps[f->cap / BITS_PER_LONG] |= BIT(f->cap % BITS_PER_LONG);
	}
	setup_elf_hwcaps();
	cpu_enable_local_features();
	sve_setup();
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
	return sve_check_local_cpu();
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
