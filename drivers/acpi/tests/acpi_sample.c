// SPDX-License-Identifier: MIT
/*
 * ACPI tables as QEMU would write them, built by code: for the KUnit suite and, as seeds, for the
 * fuzzer on the host.
 *
 * The image is a piece of physical memory at ACPI_SAMPLE_BASE that starts with the root pointer.
 */
#include <linux/string.h>
#include <linux/types.h>

#include <acpi/parse.h>

#include "acpi_sample.h"

struct image {
	u8 *data;
	size_t size;
};

/**
 * acpi_sample_fix_sum - make a table sum to zero
 * @p: its first byte
 * @len: its bytes
 * @at: offset of the checksum
 */
void acpi_sample_fix_sum(u8 *p, size_t len, size_t at)
{
	p[at] = 0;
	p[at] = -acpi_checksum(p, len);
}

static u64 add_table(struct image *im, const char *signature, const void *body, size_t len)
{
	struct acpi_table_header *h;
	size_t at = im->size = (im->size + 15) & ~(size_t)15;

	h = (void *)(im->data + at);
	memset(h, 0, sizeof(*h));
	memcpy(h->signature, signature, 4);
	h->length = sizeof(*h) + len;
	h->revision = 3;
	memcpy(h + 1, body, len);
	acpi_sample_fix_sum((u8 *)h, h->length,
			    __builtin_offsetof(struct acpi_table_header, checksum));
	im->size = at + h->length;
	return ACPI_SAMPLE_BASE + at;
}

struct madt_body {
	u32 lapic_address, flags;
	struct acpi_madt_local_apic cpus[ACPI_SAMPLE_CPUS];
	struct acpi_madt_io_apic io;
	struct acpi_madt_interrupt_override timer;
	struct acpi_madt_local_x2apic x2;
} __attribute__((packed));

static u64 add_madt(struct image *im)
{
	struct madt_body b;
	int i;

	memset(&b, 0, sizeof(b));
	b.lapic_address = 0xfee00000;
	b.flags = 1;
	for (i = 0; i < ACPI_SAMPLE_CPUS; i++) {
		b.cpus[i].header.type = ACPI_MADT_TYPE_LOCAL_APIC;
		b.cpus[i].header.length = sizeof(b.cpus[i]);
		b.cpus[i].processor_id = i;
		b.cpus[i].id = i;
		b.cpus[i].lapic_flags = ACPI_MADT_ENABLED;
	}
	b.io.header.type = ACPI_MADT_TYPE_IO_APIC;
	b.io.header.length = sizeof(b.io);
	b.io.address = 0xfec00000;
	b.timer.header.type = ACPI_MADT_TYPE_INTERRUPT_OVERRIDE;
	b.timer.header.length = sizeof(b.timer);
	b.timer.global_irq = 2;
	b.x2.header.type = ACPI_MADT_TYPE_LOCAL_X2APIC;
	b.x2.header.length = sizeof(b.x2);
	b.x2.local_apic_id = 300;
	b.x2.lapic_flags = ACPI_MADT_ENABLED;
	return add_table(im, ACPI_SIG_MADT, &b, sizeof(b));
}

static const u8 s5_aml[] = {
	0x10, 0x20, '_', 'S', 'B', '_', 0x08, '_', 'S', '4', '_', 0x12, 0x06, 0x04, 0x0a, 0x02,
	0x0a, 0x02, 0x00, 0x00, 0x08, '_', 'S', '5', '_', 0x12, 0x06, 0x04, 0x0a, 0x05, 0x0a, 0x05,
	0x00, 0x00, 0x5b, 0x80, 'D', 'B', 'G', '_', 0x01, 0x0b, 0x02, 0x04, 0x01,
};

static u64 add_hpet(struct image *im)
{
	struct acpi_table_hpet hpet;

	memset(&hpet, 0, sizeof(hpet));
	hpet.address.address = 0xfed00000;
	return add_table(im, ACPI_SIG_HPET, &hpet.id, sizeof(hpet) - sizeof(hpet.header));
}

static u64 add_fadt(struct image *im, bool long_one)
{
	size_t len = long_one ? sizeof(struct acpi_table_fadt) : ACPI_FADT_V1_SIZE + 20;
	struct acpi_table_fadt fadt;

	memset(&fadt, 0, sizeof(fadt));
	fadt.dsdt = add_table(im, ACPI_SIG_DSDT, s5_aml, sizeof(s5_aml));
	fadt.pm1a_control_block = 0x604;
	fadt.pm_timer_block = 0x608;
	fadt.pm_timer_length = 4;
	fadt.smi_command = 0xb2;
	fadt.acpi_enable = 2;
	fadt.flags = ACPI_FADT_RESET_REGISTER;
	fadt.reset_register.space_id = ACPI_ADR_SPACE_SYSTEM_IO;
	fadt.reset_register.bit_width = 8;
	fadt.reset_register.address = 0xcf9;
	fadt.reset_value = 0xf;
	return add_table(im, ACPI_SIG_FADT, (u8 *)&fadt + sizeof(fadt.header),
			 len - sizeof(fadt.header));
}

static void put_rsdp(struct image *im, u64 root, bool xsdt)
{
	struct acpi_table_rsdp *rsdp = (void *)im->data;

	memset(rsdp, 0, ACPI_SAMPLE_FIRST_TABLE);
	memcpy(rsdp->signature, ACPI_SIG_RSDP, 8);
	if (xsdt) {
		rsdp->revision = 2;
		rsdp->length = ACPI_RSDP_V2_LEN;
		rsdp->xsdt_physical_address = root;
	} else {
		rsdp->rsdt_physical_address = root;
	}
	acpi_sample_fix_sum(im->data, ACPI_RSDP_V1_LEN,
			    __builtin_offsetof(struct acpi_table_rsdp, checksum));
	acpi_sample_fix_sum(im->data, ACPI_RSDP_V2_LEN,
			    __builtin_offsetof(struct acpi_table_rsdp, extended_checksum));
}

/**
 * acpi_sample_build - write the sample tables
 * @data: ACPI_SAMPLE_SIZE bytes
 * @xsdt: with an XSDT and a long FADT, as newer firmware has them
 * Return: bytes used.
 */
size_t acpi_sample_build(u8 *data, bool xsdt)
{
	struct image im = { .data = data, .size = ACPI_SAMPLE_FIRST_TABLE };
	u64 tables[4], root;
	u32 narrow[4];
	int i;

	memset(data, 0, ACPI_SAMPLE_SIZE);
	tables[0] = add_madt(&im);
	tables[1] = add_hpet(&im);
	tables[2] = add_fadt(&im, xsdt);
	tables[3] = add_table(&im, "WAET", "\1\2\3\4", 4);
	for (i = 0; i < 4; i++)
		narrow[i] = tables[i];
	root = xsdt ? add_table(&im, ACPI_SIG_XSDT, tables, sizeof(tables))
		    : add_table(&im, ACPI_SIG_RSDT, narrow, sizeof(narrow));
	put_rsdp(&im, root, xsdt);
	return im.size;
}
