// SPDX-License-Identifier: MIT
/*
 * Fuzz target: ACPI tables.  The input is a piece of physical memory at ACPI_BASE that starts
 * with the root pointer; everything reachable is parsed.
 */
#include "fuzz.h"

#include <acpi/parse.h>

#define ACPI_BASE 0xe0000ULL

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
	if (phys < ACPI_BASE || phys - ACPI_BASE > l->size || len > l->size - (phys - ACPI_BASE))
		return NULL;
	l->loan = malloc(len);
	memcpy(l->loan, l->data + (phys - ACPI_BASE), len);
	return l->loan;
}

/* --- seeds --- */

struct image {
	u8 data[8192];
	size_t size;
};

static void fix_sum(u8 *p, size_t len, size_t at)
{
	p[at] = 0;
	p[at] = -acpi_checksum(p, len);
}

static u64 add_table(struct image *im, const char *signature, const void *body, size_t len)
{
	struct acpi_table_header *h;
	size_t at = im->size = round_up(im->size, 16);

	h = (void *)(im->data + at);
	memset(h, 0, sizeof(*h));
	memcpy(h->signature, signature, 4);
	h->length = sizeof(*h) + len;
	h->revision = 3;
	memcpy(h + 1, body, len);
	fix_sum((u8 *)h, h->length, offsetof(struct acpi_table_header, checksum));
	im->size = at + h->length;
	return ACPI_BASE + at;
}

static u64 add_madt(struct image *im)
{
	u8 body[256];
	size_t n = 0;
	int i;

	memset(body, 0, sizeof(body));
	*(u32 *)body = 0xfee00000;
	body[4] = 1;
	n = 8;
	for (i = 0; i < 4; i++) {
		struct acpi_madt_local_apic cpu = {
			.header = { ACPI_MADT_TYPE_LOCAL_APIC, sizeof(cpu) },
			.processor_id = i, .id = i, .lapic_flags = 1,
		};

		memcpy(body + n, &cpu, sizeof(cpu));
		n += sizeof(cpu);
	}
	{
		struct acpi_madt_io_apic io = {
			.header = { ACPI_MADT_TYPE_IO_APIC, sizeof(io) },
			.id = 0, .address = 0xfec00000,
		};
		struct acpi_madt_interrupt_override timer = {
			.header = { ACPI_MADT_TYPE_INTERRUPT_OVERRIDE, sizeof(timer) },
			.source_irq = 0, .global_irq = 2,
		};
		struct acpi_madt_local_x2apic x2 = {
			.header = { ACPI_MADT_TYPE_LOCAL_X2APIC, sizeof(x2) },
			.local_apic_id = 300, .lapic_flags = 1,
		};

		memcpy(body + n, &io, sizeof(io));
		n += sizeof(io);
		memcpy(body + n, &timer, sizeof(timer));
		n += sizeof(timer);
		memcpy(body + n, &x2, sizeof(x2));
		n += sizeof(x2);
	}
	return add_table(im, ACPI_SIG_MADT, body, n);
}

static const u8 s5_aml[] = {
	0x10, 0x20, '_', 'S', 'B', '_', 0x08, '_', 'S', '4', '_', 0x12, 0x06, 0x04, 0x0a, 0x02,
	0x0a, 0x02, 0x00, 0x00, 0x08, '_', 'S', '5', '_', 0x12, 0x06, 0x04, 0x0a, 0x05, 0x0a, 0x05,
	0x00, 0x00, 0x5b, 0x80, 'D', 'B', 'G', '_', 0x01, 0x0b, 0x02, 0x04, 0x01,
};

static int acpi_seeds(struct fuzz_seed *seeds)
{
	bool xsdt;
	int nr = 0;

	for (xsdt = false;; xsdt = true) {
		struct image im = { .size = 64 };
		struct acpi_table_rsdp *rsdp = (void *)im.data;
		struct acpi_table_fadt fadt;
		struct acpi_table_hpet hpet;
		u64 tables[4], root;
		u32 narrow[4];
		int i;

		tables[0] = add_madt(&im);
		memset(&hpet, 0, sizeof(hpet));
		hpet.address.address = 0xfed00000;
		tables[1] = add_table(&im, ACPI_SIG_HPET, &hpet.id,
				      sizeof(hpet) - sizeof(hpet.header));
		memset(&fadt, 0, sizeof(fadt));
		fadt.dsdt = add_table(&im, ACPI_SIG_DSDT, s5_aml, sizeof(s5_aml));
		fadt.pm1a_control_block = 0x604;
		fadt.pm_timer_block = 0x608;
		fadt.pm_timer_length = 4;
		fadt.smi_command = 0xb2;
		fadt.acpi_enable = 2;
		fadt.flags = ACPI_FADT_RESET_REGISTER;
		fadt.reset_register = (struct acpi_generic_address){ 1, 8, 0, 0, 0xcf9 };
		fadt.reset_value = 0xf;
		tables[2] = add_table(&im, ACPI_SIG_FADT, (u8 *)&fadt + sizeof(fadt.header),
				      (xsdt ? sizeof(fadt) : ACPI_FADT_V1_SIZE + 20) -
				      sizeof(fadt.header));
		tables[3] = add_table(&im, "WAET", "\1\2\3\4", 4);
		for (i = 0; i < 4; i++)
			narrow[i] = tables[i];
		root = xsdt ? add_table(&im, ACPI_SIG_XSDT, tables, sizeof(tables))
			    : add_table(&im, ACPI_SIG_RSDT, narrow, sizeof(narrow));

		memset(rsdp, 0, 64);
		memcpy(rsdp->signature, ACPI_SIG_RSDP, 8);
		rsdp->revision = xsdt ? 2 : 0;
		if (xsdt) {
			rsdp->length = ACPI_RSDP_V2_LEN;
			rsdp->xsdt_physical_address = root;
		} else {
			rsdp->rsdt_physical_address = root;
		}
		fix_sum(im.data, ACPI_RSDP_V1_LEN, offsetof(struct acpi_table_rsdp, checksum));
		fix_sum(im.data, ACPI_RSDP_V2_LEN,
			offsetof(struct acpi_table_rsdp, extended_checksum));
		seeds[nr].data = malloc(im.size);
		seeds[nr].size = im.size;
		memcpy(seeds[nr++].data, im.data, im.size);
		if (xsdt)
			return nr;
	}
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
				fix_sum(data + at, length,
					offsetof(struct acpi_table_header, checksum));
		}
	}
	if (size < ACPI_RSDP_V2_LEN)
		return;
	fix_sum(data, ACPI_RSDP_V1_LEN, offsetof(struct acpi_table_rsdp, checksum));
	memcpy(&length, data + 20, 4);
	if (length >= ACPI_RSDP_V2_LEN && length <= size)
		fix_sum(data, length, offsetof(struct acpi_table_rsdp, extended_checksum));
}

const struct fuzz_target acpi_target = { "acpi", acpi_seeds, acpi_run, acpi_repair };
