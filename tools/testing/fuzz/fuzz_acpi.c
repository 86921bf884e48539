// SPDX-License-Identifier: MIT
/*
 * Fuzz target: ACPI tables. The input is a piece of physical memory at ACPI_SAMPLE_BASE that starts
 * with the root pointer; everything reachable is parsed.
 */
#include "fuzz.h"

#include <acpi/parse.h>

#include "acpi_sample.h"

extern bool fuzz_plant_bug;

struct lender {
	const u8 *data;
	size_t size;
	u8 *loan;
};

static const void *lend(u64 phys, size_t len, void *ctx)
{
	struct lender *l = ctx;

	free(l->loan);
	l->loan = NULL;
	FUZZ_CHECK(len && len <= ACPI_MAP_CHUNK);
	if (phys < ACPI_SAMPLE_BASE || phys - ACPI_SAMPLE_BASE > l->size ||
	    len > l->size - (phys - ACPI_SAMPLE_BASE))
		return NULL;
	l->loan = malloc(len);
	memcpy(l->loan, l->data + (phys - ACPI_SAMPLE_BASE), len);
	return l->loan;
}

/* --- seeds --- */

static int acpi_seeds(struct fuzz_seed *seeds)
{
	int i;

	for (i = 0; i < 2; i++) {
		seeds[i].data = malloc(ACPI_SAMPLE_SIZE);
		seeds[i].size = acpi_sample_build(seeds[i].data, i);
	}
	return 2;
}

/* --- run --- */

static void check_madt(const struct acpi_madt_info *m)
{
	unsigned int i, j;

	FUZZ_CHECK(m->nr_cpus <= ACPI_MAX_CPUS && m->nr_ioapics <= ACPI_MAX_IOAPICS);
	FUZZ_CHECK(m->nr_overrides <= ACPI_MAX_OVERRIDES);
	for (i = 0; i < m->nr_cpus; i++) {
		for (j = 0; j < i; j++)
			FUZZ_CHECK(m->cpus[i].apicid != m->cpus[j].apicid);
	}
	for (i = 0; i < m->nr_overrides; i++)
		FUZZ_CHECK(m->overrides[i].isa_irq < 16);
}

static void run_table(const struct acpi_root_entry *e, struct lender *l)
{
	static struct acpi_madt_info madt;
	struct acpi_fadt_info fadt;
	struct acpi_s5 s5;
	const void *p;
	size_t len = e->length;
	u64 address;

	if (len > ACPI_MAP_CHUNK || acpi_table_check(e->phys, len, lend, l))
		return;
	p = lend(e->phys, len, l);
	FUZZ_CHECK(p);
	if (fuzz_plant_bug)
		len += 64;	/* what a parser that believes a length would do */
	/* Each parser must stand any table, not only its own. */
	acpi_madt_parse(p, len, &madt);
	check_madt(&madt);
	if (!acpi_hpet_parse(p, len, &address))
		FUZZ_CHECK(address && address < 1ULL << 52);
	if (!acpi_s5_find(p, len, &s5))
		FUZZ_CHECK(s5.slp_typ_a < 8 && s5.slp_typ_b < 8);
	if (!acpi_fadt_parse(p, len, &fadt)) {
		FUZZ_CHECK(fadt.pm1a <= 0xffff && fadt.pm1b <= 0xffff && fadt.pm_timer <= 0xffff);
		FUZZ_CHECK(fadt.smi_cmd <= 0xffff);
	}
}

static bool acpi_run(const u8 *data, size_t size)
{
	struct lender l = { .data = data, .size = size };
	static struct acpi_root root;
	struct acpi_rsdp_info rsdp;
	unsigned int i;
	bool ok;

	ok = !acpi_rsdp_scan(data, size, &rsdp) && !acpi_root_parse(&rsdp, lend, &l, &root);
	if (ok) {
		FUZZ_CHECK(root.nr && root.nr <= ACPI_MAX_TABLES);
		for (i = 0; i < root.nr; i++) {
			FUZZ_CHECK(root.tables[i].length <= ACPI_MAX_TABLE_SIZE);
			run_table(&root.tables[i], &l);
		}
	}
	free(l.loan);
	return ok;
}

/* Makes every sum right that can be found: tables by their length, the root pointer by place. */
static void acpi_repair(u8 *data, size_t size)
{
	static const char *const signatures[] = {
		ACPI_SIG_MADT, ACPI_SIG_HPET, ACPI_SIG_FADT, ACPI_SIG_DSDT, ACPI_SIG_RSDT,
		ACPI_SIG_XSDT, "WAET",
	};
	size_t at, i;
	u32 length;

	for (at = 0; at + sizeof(struct acpi_table_header) <= size; at += 4) {
		for (i = 0; i < sizeof(signatures) / sizeof(signatures[0]); i++) {
			if (memcmp(data + at, signatures[i], 4))
				continue;
			memcpy(&length, data + at + 4, 4);
			if (length >= sizeof(struct acpi_table_header) && length <= size - at)
				acpi_sample_fix_sum(data + at, length,
					offsetof(struct acpi_table_header, checksum));
		}
	}
	if (size < ACPI_RSDP_V2_LEN)
		return;
	acpi_sample_fix_sum(data, ACPI_RSDP_V1_LEN, offsetof(struct acpi_table_rsdp, checksum));
	memcpy(&length, data + 20, 4);
	if (length >= ACPI_RSDP_V2_LEN && length <= size)
		acpi_sample_fix_sum(data, length,
				    offsetof(struct acpi_table_rsdp, extended_checksum));
}

const struct fuzz_target acpi_target = { "acpi", acpi_seeds, acpi_run, acpi_repair };
