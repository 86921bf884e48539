/* SPDX-License-Identifier: MIT */
/*
 * Pure readers of ACPI tables: bytes in, checked structs out.  See parse.c.
 */
#ifndef _ACPI_PARSE_H
#define _ACPI_PARSE_H

#include <linux/types.h>

#include <acpi/actbl.h>

#define ACPI_MAX_TABLES		64
#define ACPI_MAX_TABLE_SIZE	(16u << 20)
#define ACPI_MAP_CHUNK		(64u << 10)	/* most that is mapped at a time */

/* Lends @len bytes (at most ACPI_MAP_CHUNK) at @phys, or NULL; until the next call. */
typedef const void *(*acpi_map_fn)(u64 phys, size_t len, void *ctx);

struct acpi_rsdp_info {
	u64 xsdt;	/* 0: none */
	u64 rsdt;	/* 0: none */
};

struct acpi_root_entry {
	char signature[4];
	u32 length;
	u64 phys;
};

/**
 * struct acpi_root - the tables that exist
 * @nr: entries in use
 * @dropped: pointers that led nowhere, or tables with an absurd length
 * @tables: where they are; headers were read, checksums not yet
 */
struct acpi_root {
	unsigned int nr;
	unsigned int dropped;
	struct acpi_root_entry tables[ACPI_MAX_TABLES];
};

#define ACPI_MAX_CPUS		512
#define ACPI_MAX_IOAPICS	16
#define ACPI_MAX_OVERRIDES	16

struct acpi_madt_info {
	u64 lapic_address;
	bool has_8259;
	unsigned int nr_cpus, nr_ioapics, nr_overrides;
	unsigned int dropped;	/* entries too short, doubled, or too many */
	struct {
		u32 apicid;
		u32 uid;
		bool enabled;
	} cpus[ACPI_MAX_CPUS];
	struct {
		u32 id;
		u32 address;
		u32 gsi_base;
	} ioapics[ACPI_MAX_IOAPICS];
	struct {
		u8 isa_irq;
		u32 gsi;
		bool active_low;
		bool level;
	} overrides[ACPI_MAX_OVERRIDES];
};

struct acpi_fadt_info {
	u64 dsdt;
	u32 pm1a, pm1b;
	u32 pm_timer;	/* I/O port, 0: none */
	u32 smi_cmd;
	u8 acpi_enable;
	u8 reset_space;
	u64 reset_addr;
	u8 reset_value;
};

struct acpi_s5 {
	u8 slp_typ_a, slp_typ_b;
};

u8 acpi_checksum(const void *p, size_t len);
int acpi_rsdp_parse(const void *p, size_t len, struct acpi_rsdp_info *out);
int acpi_rsdp_scan(const void *area, size_t len, struct acpi_rsdp_info *out);
int acpi_root_parse(const struct acpi_rsdp_info *rsdp, acpi_map_fn map, void *ctx,
		    struct acpi_root *out);
int acpi_table_check(u64 phys, u32 length, acpi_map_fn map, void *ctx);
int acpi_madt_parse(const void *table, size_t len, struct acpi_madt_info *out);
int acpi_fadt_parse(const void *table, size_t len, struct acpi_fadt_info *out);
int acpi_hpet_parse(const void *table, size_t len, u64 *address);
int acpi_s5_find(const void *aml, size_t len, struct acpi_s5 *out);

#endif /* _ACPI_PARSE_H */
