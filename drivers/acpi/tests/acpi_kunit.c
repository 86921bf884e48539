// SPDX-License-Identifier: MIT
/*
 * The ACPI readers against good and hostile tables, and what they made of this machine's.
 */
#include <kunit/test.h>

#include <linux/acpi.h>
#include <linux/errno.h>
#include <linux/slab.h>
#include <linux/string.h>

#include <acpi/parse.h>

#include "acpi_sample.h"

struct acpi_fixture {
	u8 *image;
	size_t size;
	struct acpi_rsdp_info rsdp;
	struct acpi_root root;
	struct acpi_madt_info madt;
};

static const void *lend(u64 phys, size_t len, void *ctx)
{
	struct acpi_fixture *f = ctx;
	u64 off = phys - ACPI_SAMPLE_BASE;

	return off <= f->size && len <= f->size - off ? f->image + off : NULL;
}

static struct acpi_fixture *make(struct kunit *test, bool xsdt)
{
	struct acpi_fixture *f = kunit_kzalloc(test, sizeof(*f), GFP_KERNEL);

	KUNIT_ASSERT_NOT_NULL(test, f);
	f->image = kunit_kzalloc(test, ACPI_SAMPLE_SIZE, GFP_KERNEL);
	KUNIT_ASSERT_NOT_NULL(test, f->image);
	f->size = acpi_sample_build(f->image, xsdt);
	KUNIT_ASSERT_EQ(test, acpi_rsdp_parse(f->image, f->size, &f->rsdp), 0);
	return f;
}

static int parse_root(struct acpi_fixture *f)
{
	return acpi_root_parse(&f->rsdp, lend, f, &f->root);
}

static struct acpi_table_header *table(struct kunit *test, struct acpi_fixture *f, const char *sig)
{
	unsigned int i;

	for (i = 0; i < f->root.nr; i++) {
		if (!memcmp(f->root.tables[i].signature, sig, 4))
			return (void *)(f->image + (f->root.tables[i].phys - ACPI_SAMPLE_BASE));
	}
	KUNIT_FAIL_AND_ABORT(test, "no table %s", sig);
	return NULL;
}

static void fix(struct acpi_table_header *h)
{
	acpi_sample_fix_sum((u8 *)h, h->length, offsetof(struct acpi_table_header, checksum));
}

static void acpi_lists_tables_of_either_root(struct kunit *test)
{
	struct acpi_fixture *f;
	int xsdt;

	for (xsdt = 0; xsdt < 2; xsdt++) {
		f = make(test, xsdt);
		KUNIT_EXPECT_EQ(test, parse_root(f), 0);
		KUNIT_EXPECT_EQ(test, f->root.nr, 4U);
		KUNIT_EXPECT_EQ(test, f->root.dropped, 0U);
	}
}

static void acpi_refuses_a_root_pointer_with_a_wrong_sum(struct kunit *test)
{
	struct acpi_fixture *f = make(test, false);

	f->image[10]++;
	KUNIT_EXPECT_EQ(test, acpi_rsdp_parse(f->image, f->size, &f->rsdp), -EBADMSG);
	f->image[0] = 'X';
	KUNIT_EXPECT_EQ(test, acpi_rsdp_parse(f->image, f->size, &f->rsdp), -EINVAL);
}

static void acpi_refuses_a_root_pointer_cut_short(struct kunit *test)
{
	struct acpi_fixture *f = make(test, true);
	size_t len;

	for (len = 0; len < ACPI_RSDP_V1_LEN; len++)
		KUNIT_EXPECT_EQ(test, acpi_rsdp_parse(f->image, len, &f->rsdp), -EINVAL);
}

static void acpi_scan_passes_over_a_false_signature(struct kunit *test)
{
	struct acpi_fixture *f = make(test, false);
	u8 *area = kunit_kzalloc(test, 256, GFP_KERNEL);

	KUNIT_ASSERT_NOT_NULL(test, area);
	memcpy(area + 16, ACPI_SIG_RSDP, 8);
	area[24] = 1;
	KUNIT_EXPECT_EQ(test, acpi_rsdp_scan(area, 256, &f->rsdp), -ENOENT);
	memcpy(area + 64, f->image, ACPI_RSDP_V1_LEN);
	KUNIT_EXPECT_EQ(test, acpi_rsdp_scan(area, 256, &f->rsdp), 0);
	/* Found only where it is aligned, and only if it is whole. */
	KUNIT_EXPECT_EQ(test, acpi_rsdp_scan(area, 64 + ACPI_RSDP_V1_LEN - 1, &f->rsdp), -ENOENT);
}

static void acpi_refuses_a_root_with_a_wrong_sum(struct kunit *test)
{
	struct acpi_fixture *f = make(test, true);

	f->image[f->rsdp.xsdt - ACPI_SAMPLE_BASE + sizeof(struct acpi_table_header)] ^= 0x40;
	KUNIT_EXPECT_EQ(test, parse_root(f), -EBADMSG);
}

static void acpi_falls_back_to_the_rsdt(struct kunit *test)
{
	struct acpi_fixture *f = make(test, false);

	f->rsdp.xsdt = 0xdeadbeef0000;
	KUNIT_EXPECT_EQ(test, parse_root(f), 0);
	KUNIT_EXPECT_EQ(test, f->root.nr, 4U);
}

static void acpi_drops_pointers_that_lead_nowhere(struct kunit *test)
{
	struct acpi_fixture *f = make(test, false);
	u8 *root = f->image + (f->rsdp.rsdt - ACPI_SAMPLE_BASE);

	memset(root + sizeof(struct acpi_table_header), 0xf0, 4);
	fix((void *)root);
	KUNIT_EXPECT_EQ(test, parse_root(f), 0);
	KUNIT_EXPECT_EQ(test, f->root.nr, 3U);
	KUNIT_EXPECT_EQ(test, f->root.dropped, 1U);
}

static void acpi_root_that_lists_itself_is_harmless(struct kunit *test)
{
	struct acpi_fixture *f = make(test, false);
	u8 *root = f->image + (f->rsdp.rsdt - ACPI_SAMPLE_BASE);
	u32 self = f->rsdp.rsdt;

	memcpy(root + sizeof(struct acpi_table_header), &self, 4);
	fix((void *)root);
	KUNIT_EXPECT_EQ(test, parse_root(f), 0);
	KUNIT_EXPECT_EQ(test, f->root.nr, 4U);
}

static void acpi_drops_tables_of_absurd_length(struct kunit *test)
{
	static const u32 lengths[] = { 0, 35, ACPI_MAX_TABLE_SIZE + 1, 0xffffffff };
	struct acpi_fixture *f = make(test, false);
	int i;

	for (i = 0; i < ARRAY_SIZE(lengths); i++) {
		f->size = acpi_sample_build(f->image, false);
		KUNIT_ASSERT_EQ(test, parse_root(f), 0);
		table(test, f, ACPI_SIG_MADT)->length = lengths[i];
		KUNIT_EXPECT_EQ(test, parse_root(f), 0);
		KUNIT_EXPECT_EQ_MSG(test, f->root.dropped, 1U, "length %#x", lengths[i]);
	}
}

static void acpi_root_of_absurd_length_is_refused(struct kunit *test)
{
	struct acpi_fixture *f = make(test, false);
	struct acpi_table_header *root = (void *)(f->image + (f->rsdp.rsdt - ACPI_SAMPLE_BASE));

	root->length = ACPI_MAX_TABLE_SIZE;
	KUNIT_EXPECT_EQ(test, parse_root(f), -EFAULT);
	root->length = 4;
	KUNIT_EXPECT_EQ(test, parse_root(f), -EBADMSG);
}

static void acpi_madt_gives_cpus_and_controllers(struct kunit *test)
{
	struct acpi_fixture *f = make(test, true);
	struct acpi_table_header *madt;

	KUNIT_ASSERT_EQ(test, parse_root(f), 0);
	madt = table(test, f, ACPI_SIG_MADT);
	KUNIT_ASSERT_EQ(test, acpi_madt_parse(madt, madt->length, &f->madt), 0);
	KUNIT_EXPECT_EQ(test, f->madt.nr_cpus, ACPI_SAMPLE_CPUS + 1U);
	KUNIT_EXPECT_EQ(test, f->madt.cpus[ACPI_SAMPLE_CPUS].apicid, 300U);
	KUNIT_EXPECT_EQ(test, f->madt.nr_ioapics, 1U);
	KUNIT_EXPECT_EQ(test, f->madt.ioapics[0].address, 0xfec00000U);
	KUNIT_EXPECT_EQ(test, f->madt.nr_overrides, 1U);
	KUNIT_EXPECT_EQ(test, f->madt.overrides[0].gsi, 2U);
	KUNIT_EXPECT_EQ(test, f->madt.dropped, 0U);
}

static void acpi_madt_stops_at_an_entry_without_length(struct kunit *test)
{
	struct acpi_fixture *f = make(test, true);
	struct acpi_table_header *madt;
	u8 *second;
	int len;

	KUNIT_ASSERT_EQ(test, parse_root(f), 0);
	madt = table(test, f, ACPI_SIG_MADT);
	second = (u8 *)madt + sizeof(struct acpi_table_madt) + sizeof(struct acpi_madt_local_apic);
	/* 0 and 1 would never move on; 255 leaves the table. */
	for (len = 0; len < 256; len += len ? 254 : 1) {
		second[1] = len;
		KUNIT_EXPECT_EQ(test, acpi_madt_parse(madt, madt->length, &f->madt), -EBADMSG);
		KUNIT_EXPECT_EQ(test, f->madt.nr_cpus, 1U);
	}
}

static void acpi_madt_stands_every_truncation(struct kunit *test)
{
	struct acpi_fixture *f = make(test, true);
	struct acpi_table_header *madt;
	size_t len;

	KUNIT_ASSERT_EQ(test, parse_root(f), 0);
	madt = table(test, f, ACPI_SIG_MADT);
	for (len = 0; len < madt->length; len++) {
		u8 *exact = kmemdup(madt, len, GFP_KERNEL);

		acpi_madt_parse(exact, len, &f->madt);
		KUNIT_EXPECT_LE(test, f->madt.nr_cpus, ACPI_SAMPLE_CPUS + 1U);
		kfree(exact);
	}
}

static void acpi_madt_drops_doubles_and_disabled(struct kunit *test)
{
	struct acpi_fixture *f = make(test, true);
	struct acpi_madt_local_apic *cpu;
	struct acpi_table_header *madt;

	KUNIT_ASSERT_EQ(test, parse_root(f), 0);
	madt = table(test, f, ACPI_SIG_MADT);
	cpu = (void *)((u8 *)madt + sizeof(struct acpi_table_madt));
	cpu[1].id = cpu[0].id;
	cpu[2].lapic_flags = 0;
	KUNIT_EXPECT_EQ(test, acpi_madt_parse(madt, madt->length, &f->madt), 0);
	KUNIT_EXPECT_EQ(test, f->madt.nr_cpus, ACPI_SAMPLE_CPUS - 1U);
	KUNIT_EXPECT_EQ(test, f->madt.dropped, 1U);
}

static void acpi_fadt_uses_what_is_there(struct kunit *test)
{
	struct acpi_fixture *f = make(test, false);
	struct acpi_table_header *fadt;
	struct acpi_fadt_info info;

	KUNIT_ASSERT_EQ(test, parse_root(f), 0);
	fadt = table(test, f, ACPI_SIG_FADT);
	KUNIT_ASSERT_EQ(test, acpi_fadt_parse(fadt, fadt->length, &info), 0);
	KUNIT_EXPECT_EQ(test, info.pm1a, 0x604U);
	KUNIT_EXPECT_EQ(test, info.pm_timer, 0x608U);
	KUNIT_EXPECT_EQ(test, info.reset_addr, 0xcf9ULL);
	/* Of the first version: no reset register. */
	KUNIT_ASSERT_EQ(test, acpi_fadt_parse(fadt, ACPI_FADT_V1_SIZE, &info), 0);
	KUNIT_EXPECT_EQ(test, info.reset_addr, 0ULL);
	KUNIT_EXPECT_EQ(test, acpi_fadt_parse(fadt, ACPI_FADT_V1_SIZE - 1, &info), -EINVAL);
}

static void acpi_fadt_refuses_ports_beyond_64k(struct kunit *test)
{
	struct acpi_fixture *f = make(test, true);
	struct acpi_table_fadt *fadt;
	struct acpi_fadt_info info;

	KUNIT_ASSERT_EQ(test, parse_root(f), 0);
	fadt = (void *)table(test, f, ACPI_SIG_FADT);
	fadt->pm1a_control_block = 0x10604;
	fadt->reset_register.address = 0x10cf9;
	KUNIT_ASSERT_EQ(test, acpi_fadt_parse(fadt, sizeof(*fadt), &info), 0);
	KUNIT_EXPECT_EQ(test, info.pm1a, 0U);
	KUNIT_EXPECT_EQ(test, info.reset_addr, 0ULL);
}

static void acpi_hpet_must_be_in_memory(struct kunit *test)
{
	struct acpi_fixture *f = make(test, true);
	struct acpi_table_hpet *hpet;
	u64 address = 0;

	KUNIT_ASSERT_EQ(test, parse_root(f), 0);
	hpet = (void *)table(test, f, ACPI_SIG_HPET);
	KUNIT_EXPECT_EQ(test, acpi_hpet_parse(hpet, sizeof(*hpet), &address), 0);
	KUNIT_EXPECT_EQ(test, address, 0xfed00000ULL);
	KUNIT_EXPECT_EQ(test, acpi_hpet_parse(hpet, sizeof(*hpet) - 1, &address), -EINVAL);
	hpet->address.space_id = ACPI_ADR_SPACE_SYSTEM_IO;
	KUNIT_EXPECT_EQ(test, acpi_hpet_parse(hpet, sizeof(*hpet), &address), -EINVAL);
}

static void acpi_s5_is_found_in_aml(struct kunit *test)
{
	static const u8 aml[] = {
		'_', 'S', '5', '_',			/* a name that is none */
		0x08, 0x5c, '_', 'S', '5', '_', 0x12, 0x07, 0x04, 0x0a, 0x05, 0x01, 0x00, 0x00,
	};
	struct acpi_s5 s5;
	size_t len;

	KUNIT_ASSERT_EQ(test, acpi_s5_find(aml, sizeof(aml), &s5), 0);
	KUNIT_EXPECT_EQ(test, s5.slp_typ_a, 5);
	KUNIT_EXPECT_EQ(test, s5.slp_typ_b, 1);
	/* Two elements are enough; without them nothing is found. */
	for (len = 0; len < sizeof(aml) - 2; len++)
		KUNIT_EXPECT_EQ(test, acpi_s5_find(aml, len, &s5), -ENOENT);
}

static void acpi_s5_refuses_impossible_types(struct kunit *test)
{
	static const u8 aml[] = {
		0x08, '_', 'S', '5', '_', 0x12, 0x07, 0x04, 0x0a, 0x08, 0x0a, 0x05, 0x00, 0x00,
	};
	struct acpi_s5 s5;

	KUNIT_EXPECT_EQ(test, acpi_s5_find(aml, sizeof(aml), &s5), -ENOENT);
}

static void acpi_machine_can_be_switched_off(struct kunit *test)
{
	const struct acpi_power *power = acpi_power_info();

	if (!power->pm1a)
		kunit_skip(test, "booted without ACPI tables");
	KUNIT_EXPECT_TRUE(test, power->has_s5);
}

static struct kunit_case acpi_cases[] = {
	KUNIT_CASE(acpi_lists_tables_of_either_root),
	KUNIT_CASE(acpi_refuses_a_root_pointer_with_a_wrong_sum),
	KUNIT_CASE(acpi_refuses_a_root_pointer_cut_short),
	KUNIT_CASE(acpi_scan_passes_over_a_false_signature),
	KUNIT_CASE(acpi_refuses_a_root_with_a_wrong_sum),
	KUNIT_CASE(acpi_falls_back_to_the_rsdt),
	KUNIT_CASE(acpi_drops_pointers_that_lead_nowhere),
	KUNIT_CASE(acpi_root_that_lists_itself_is_harmless),
	KUNIT_CASE(acpi_drops_tables_of_absurd_length),
	KUNIT_CASE(acpi_root_of_absurd_length_is_refused),
	KUNIT_CASE(acpi_madt_gives_cpus_and_controllers),
	KUNIT_CASE(acpi_madt_stops_at_an_entry_without_length),
	KUNIT_CASE(acpi_madt_stands_every_truncation),
	KUNIT_CASE(acpi_madt_drops_doubles_and_disabled),
	KUNIT_CASE(acpi_fadt_uses_what_is_there),
	KUNIT_CASE(acpi_fadt_refuses_ports_beyond_64k),
	KUNIT_CASE(acpi_hpet_must_be_in_memory),
	KUNIT_CASE(acpi_s5_is_found_in_aml),
	KUNIT_CASE(acpi_s5_refuses_impossible_types),
	KUNIT_CASE(acpi_machine_can_be_switched_off),
	{}
};

static struct kunit_suite acpi_suite = {
	.name = "acpi",
	.test_cases = acpi_cases,
};

kunit_test_suite(acpi_suite);
