// SPDX-License-Identifier: MIT
/* Making branch instructions, writing them into read-only text, alternatives and static keys. */
#include <kunit/test.h>
#include <linux/jump_label.h>
#include <linux/sizes.h>
#include <linux/uaccess.h>

#include <asm/alternative.h>
#include <asm/insn.h>
#include <asm/patching.h>
#include <asm/sections.h>

#define BASE 0xffff800080000000UL

static void branch_reaches_128_mib_and_no_further(struct kunit *test)
{
	KUNIT_EXPECT_EQ(test, aarch64_insn_gen_branch_imm(BASE, BASE + 8,
							  AARCH64_INSN_BRANCH_NOLINK), 0x14000002);
	KUNIT_EXPECT_EQ(test, aarch64_insn_gen_branch_imm(BASE, BASE - 4, AARCH64_INSN_BRANCH_LINK),
			0x97ffffff);
	KUNIT_EXPECT_EQ(test, aarch64_insn_gen_branch_imm(BASE, BASE + SZ_128M,
							  AARCH64_INSN_BRANCH_NOLINK),
			AARCH64_BREAK_FAULT);
	KUNIT_EXPECT_EQ(test, aarch64_insn_gen_branch_imm(BASE, BASE - SZ_128M,
							  AARCH64_INSN_BRANCH_NOLINK),
			0x16000000);
	KUNIT_EXPECT_EQ(test,
			aarch64_insn_gen_branch_imm(BASE, BASE + 2, AARCH64_INSN_BRANCH_NOLINK),
			AARCH64_BREAK_FAULT);
}

static void branch_offset_is_what_was_generated(struct kunit *test)
{
	static const long offsets[] = { 0, 4, -4, 4096, -4096, SZ_128M - 4, -SZ_128M };
	int i;

	for (i = 0; i < ARRAY_SIZE(offsets); i++) {
		u32 insn = aarch64_insn_gen_branch_imm(BASE, BASE + offsets[i],
						       AARCH64_INSN_BRANCH_NOLINK);

		KUNIT_EXPECT_TRUE(test, aarch64_insn_is_branch_imm26(insn));
		KUNIT_EXPECT_EQ(test, aarch64_get_branch_offset(insn), offsets[i]);
	}
}

/* "return 1": mov w0, #1; the tests change the constant. */
static noinline __noclone int victim(void)
{
	int ret;

	asm volatile(".globl arm64_test_victim_insn\n"
		     "arm64_test_victim_insn:	mov	%w0, #1" : "=r" (ret));
	return ret;
}
extern u32 arm64_test_victim_insn[];

static void patched_text_runs(struct kunit *test)
{
	u32 old = arm64_test_victim_insn[0];
	void *addr = arm64_test_victim_insn;
	/* The 16-bit constant is in bits 20 to 5. */
	u32 new = (old & ~(0xffffu << 5)) | (42u << 5);

	KUNIT_EXPECT_EQ(test, victim(), 1);
	KUNIT_ASSERT_EQ(test, aarch64_insn_patch_text(&addr, &new, 1), 0);
	KUNIT_EXPECT_EQ(test, victim(), 42);
	KUNIT_ASSERT_EQ(test, aarch64_insn_patch_text(&addr, &old, 1), 0);
	KUNIT_EXPECT_EQ(test, victim(), 1);
}

static void text_cannot_be_written_directly(struct kunit *test)
{
	u32 insn = arm64_test_victim_insn[0];

	KUNIT_EXPECT_EQ(test, copy_to_kernel_nofault(arm64_test_victim_insn, &insn, sizeof(insn)),
			-EFAULT);
	KUNIT_EXPECT_EQ(test, copy_to_kernel_nofault(lm_alias(arm64_test_victim_insn), &insn,
						     sizeof(insn)),
			-EFAULT);
}

static void patching_refuses_what_is_not_the_image(struct kunit *test)
{
	u32 *buf = kunit_kzalloc(test, 8, GFP_KERNEL);

	KUNIT_EXPECT_EQ(test, aarch64_insn_patch_text_nosync(buf, 0), -EINVAL);
	KUNIT_EXPECT_EQ(test, aarch64_insn_patch_text_nosync((void *)arm64_test_victim_insn + 2, 0),
			-EINVAL);
}

/* ---- alternatives ---- */

static noinline int alternative_always(void)
{
	int ret;

	asm volatile(ALTERNATIVE("mov %w0, #1\n\tnop\n\tnop\n\tnop\n\tnop", "mov %w0, #2",
				 ARM64_ALWAYS)
		     : "=r" (ret));
	return ret;
}

static noinline int alternative_never(void)
{
	int ret;

	asm volatile(ALTERNATIVE("mov %w0, #1", "mov %w0, #2", ARM64_NEVER) : "=r" (ret));
	return ret;
}

static void alternative_is_chosen_by_feature(struct kunit *test)
{
	KUNIT_EXPECT_EQ(test, alternative_always(), 2);
	KUNIT_EXPECT_EQ(test, alternative_never(), 1);
}

/* A record of our own, next to the code it patches: original, replacement. */
asm(".text\n"
    ".globl arm64_test_alt_fn\n"
    "arm64_test_alt_fn:\n"
    "1:	mov	w0, #1\n"
    "	add	w0, w0, #1\n"
    "	add	w0, w0, #1\n"
    "	add	w0, w0, #1\n"
    "2:	ret\n"
    "3:	mov	w0, #99\n"
    "4:\n"
    ".section .rodata\n"
    ".balign 4\n"
    ".globl arm64_test_alt_record\n"
    "arm64_test_alt_record:\n"
    "	.word	1b - .\n"
    "	.word	3b - .\n"
    "	.hword	7\n"		/* ARM64_ALWAYS */
    "	.byte	2b - 1b\n"
    "	.byte	4b - 3b\n"
    ".previous\n");
int arm64_test_alt_fn(void);
extern const struct alt_instr arm64_test_alt_record[];

static void shorter_alternative_is_padded(struct kunit *test)
{
	u32 old[4], *insns = (u32 *)arm64_test_alt_fn;

	BUILD_BUG_ON(ARM64_ALWAYS != 7);
	memcpy(old, insns, sizeof(old));
	KUNIT_EXPECT_EQ(test, arm64_test_alt_fn(), 4);
	apply_alternatives(arm64_test_alt_record, arm64_test_alt_record + 1);
	KUNIT_EXPECT_EQ(test, arm64_test_alt_fn(), 99);
	/* A branch over the three that are left. */
	KUNIT_EXPECT_EQ(test, insns[1], 0x14000003);
	KUNIT_EXPECT_TRUE(test, aarch64_insn_is_nop(insns[3]));
	KUNIT_ASSERT_EQ(test, aarch64_insn_write_block(insns, old, 4), 0);
	KUNIT_EXPECT_EQ(test, arm64_test_alt_fn(), 4);
}

/* ---- static keys ---- */

static DEFINE_STATIC_KEY_FALSE(test_key);

static noinline int keyed(void)
{
	return static_branch_unlikely(&test_key) ? 1 : 0;
}

static void static_key_switches_the_code(struct kunit *test)
{
	int i;

	for (i = 0; i < 20; i++) {
		KUNIT_EXPECT_EQ(test, keyed(), 0);
		static_branch_enable(&test_key);
		KUNIT_EXPECT_EQ(test, keyed(), 1);
		static_branch_disable(&test_key);
	}
	KUNIT_EXPECT_EQ(test, keyed(), 0);
}

static struct kunit_case patching_cases[] = {
	KUNIT_CASE(branch_reaches_128_mib_and_no_further),
	KUNIT_CASE(branch_offset_is_what_was_generated),
	KUNIT_CASE(patched_text_runs),
	KUNIT_CASE(text_cannot_be_written_directly),
	KUNIT_CASE(patching_refuses_what_is_not_the_image),
	KUNIT_CASE(alternative_is_chosen_by_feature),
	KUNIT_CASE(shorter_alternative_is_padded),
	KUNIT_CASE(static_key_switches_the_code),
	{},
};

static struct kunit_suite patching_suite = {
	.name = "arm64_patching",
	.test_cases = patching_cases,
};
kunit_test_suite(patching_suite);
