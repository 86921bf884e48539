// SPDX-License-Identifier: MIT
/*
 * ACPI tables, the kernel's side: finding the root and lending tables out.
 *
 * The readers in parse.c ask for physical memory through acpi_map(), which lends what the
 * memory map knows to be memory and refuses the rest, so that a hostile pointer can't make us
 * read from a device.  All of this happens in early boot on one CPU; the index of tables and
 * the loan are __initdata.
 */
#define pr_fmt(fmt) "ACPI: " fmt

#include <linux/acpi.h>
#include <linux/errno.h>
#include <linux/init.h>
#include <linux/kernel.h>
#include <linux/printk.h>
#include <linux/string.h>

#include <acpi/parse.h>

#include <asm/bootinfo.h>
#include <asm/early_ioremap.h>

#define BIOS_AREA_START		0xe0000
#define BIOS_AREA_SIZE		0x20000
#define EBDA_POINTER		0x40e
#define EBDA_SCAN_SIZE		1024

int acpi_disabled __initdata;

static struct acpi_root acpi_root __initdata;
static void *loan __initdata;
static size_t loan_size __initdata;

static void __init acpi_unmap(void)
{
	if (loan)
		early_memunmap(loan, loan_size);
	loan = NULL;
}

static const void *__init acpi_map(u64 phys, size_t len, void *ctx)
{
	(void)ctx;
	acpi_unmap();
	if (!bootinfo_is_firmware(phys, len))
		return NULL;
	loan = early_memremap(phys, len);
	loan_size = len;
	return loan;
}

static int __init scan_area(u64 phys, size_t size, struct acpi_rsdp_info *out)
{
	size_t done, step;
	const void *p;

	/* In pieces, each reaching far enough into the next to hold a whole pointer. */
	for (done = 0; done < size; done += step) {
		step = min_t(size_t, size - done, ACPI_MAP_CHUNK / 2);
		p = acpi_map(phys + done, min_t(size_t, size - done, step + 48), NULL);
		if (p && !acpi_rsdp_scan(p, loan_size, out))
			return 0;
	}
	return -ENOENT;
}

/* By the loader's word, else where the specification says a BIOS leaves it. */
static int __init find_rsdp(struct acpi_rsdp_info *out)
{
	unsigned int copy_len;
	const void *copy, *p;
	u64 ebda;
	u64 phys = bootinfo_rsdp(&copy, &copy_len);

	if (copy && !acpi_rsdp_parse(copy, copy_len, out))
		return 0;
	if (phys) {
		p = acpi_map(phys, ACPI_RSDP_V2_LEN, NULL);
		if (p && !acpi_rsdp_parse(p, ACPI_RSDP_V2_LEN, out))
			return 0;
	}
	if (copy || phys)
		pr_err("the loader's root pointer is unusable, searching\n");

	p = acpi_map(EBDA_POINTER, 2, NULL);
	if (p) {
		ebda = (u64)*(const u16 *)p << 4;
		if (ebda >= 0x400 && ebda < 0xa0000 && !scan_area(ebda, EBDA_SCAN_SIZE, out))
			return 0;
	}
	return scan_area(BIOS_AREA_START, BIOS_AREA_SIZE, out);
}

static void __init print_tables(void)
{
	unsigned int i;

	for (i = 0; i < acpi_root.nr; i++)
		pr_info("%.4s %#llx, %u bytes\n", acpi_root.tables[i].signature,
			acpi_root.tables[i].phys, acpi_root.tables[i].length);
	if (acpi_root.dropped)
		pr_warn("%u table pointers lead nowhere, ignored\n", acpi_root.dropped);
}

/**
 * acpi_table_init - find the root and list the tables
 *
 * Context: early boot, after bootinfo_init() and early parameters.
 * Return: 0, or a negative errno after a message; acpi_disabled is set then.
 */
int __init acpi_table_init(void)
{
	struct acpi_rsdp_info rsdp;
	int ret;

	if (acpi_disabled)
		return -ENODEV;
	ret = find_rsdp(&rsdp);
	if (ret)
		pr_err("no root pointer found\n");
	else
		ret = acpi_root_parse(&rsdp, acpi_map, NULL, &acpi_root);
	acpi_unmap();
	if (ret) {
		pr_err("no usable tables (%d)\n", ret);
		acpi_disabled = 1;
		return ret;
	}
	print_tables();
	return 0;
}

/**
 * acpi_table_parse - lend a table to a function
 * @id: four-letter signature
 * @handler: gets the table, mapped and checked; it must not keep the pointer
 *
 * Context: early boot.
 * Return: what @handler said; -ENODEV if there is no such table; -EBADMSG if its checksum is
 * wrong; -EFAULT if it can't be mapped; -E2BIG if it is larger than can be lent at once.
 */
int __init acpi_table_parse(const char *id, acpi_tbl_table_handler handler)
{
	const struct acpi_root_entry *t, *end = acpi_root.tables + acpi_root.nr;
	const void *p;
	int ret;

	if (acpi_disabled)
		return -ENODEV;
	for (t = acpi_root.tables; t < end && memcmp(t->signature, id, 4); t++)
		;
	if (t == end)
		return -ENODEV;
	if (t->length > ACPI_MAP_CHUNK) {
		ret = -E2BIG;
		goto out;
	}
	p = acpi_map(t->phys, t->length, NULL);
	if (!p) {
		ret = -EFAULT;
		goto out;
	}
	if (acpi_checksum(p, t->length)) {
		ret = -EBADMSG;
		goto out;
	}
	/* The header is read again here: what was checked is what is used. */
	ret = handler((struct acpi_table_header *)p);
out:
	acpi_unmap();
	if (ret)
		pr_err("%.4s can't be used (%d)\n", id, ret);
	return ret;
}

/* --- power --- */

static struct acpi_power acpi_power __ro_after_init;
static struct acpi_fadt_info fadt __initdata;

static int __init read_fadt(struct acpi_table_header *table)
{
	return acpi_fadt_parse(table, table->length, &fadt);
}

/* The DSDT may be larger than one loan: search in windows that overlap. */
static int __init find_s5(u64 dsdt, struct acpi_s5 *out)
{
	const struct acpi_table_header *h;
	u32 length, off, step;
	const void *p;

	h = acpi_map(dsdt, sizeof(*h), NULL);
	if (!h)
		return -EFAULT;
	length = h->length;
	if (memcmp(h->signature, ACPI_SIG_DSDT, 4) || length < sizeof(*h) ||
	    length > ACPI_MAX_TABLE_SIZE)
		return -EINVAL;
	if (acpi_table_check(dsdt, length, acpi_map, NULL))
		return -EBADMSG;
	for (off = sizeof(*h); off < length; off += step) {
		step = min(length - off, ACPI_MAP_CHUNK / 2);
		p = acpi_map(dsdt + off, min(length - off, step + 64), NULL);
		if (p && !acpi_s5_find(p, loan_size, out))
			return 0;
	}
	return -ENOENT;
}

/**
 * acpi_power_init - learn how to switch the machine off and reset it
 *
 * Context: early boot, after acpi_table_init().
 */
void __init acpi_power_init(void)
{
	struct acpi_s5 s5;
	int ret;

	if (acpi_table_parse(ACPI_SIG_FADT, read_fadt))
		return;
	acpi_power.pm1a = fadt.pm1a;
	acpi_power.pm1b = fadt.pm1b;
	acpi_power.smi_cmd = fadt.smi_cmd;
	acpi_power.acpi_enable = fadt.acpi_enable;
	acpi_power.reset_space = fadt.reset_space;
	acpi_power.reset_addr = fadt.reset_addr;
	acpi_power.reset_value = fadt.reset_value;
	acpi_power.pm_timer = fadt.pm_timer;

	ret = find_s5(fadt.dsdt, &s5);
	acpi_unmap();
	if (ret) {
		pr_warn("no soft-off in the DSDT (%d)\n", ret);
		return;
	}
	acpi_power.slp_typ_a = s5.slp_typ_a;
	acpi_power.slp_typ_b = s5.slp_typ_b;
	acpi_power.has_s5 = true;
}

/**
 * acpi_power_info - how to switch off and reset
 * Return: filled in as far as the tables said.
 */
const struct acpi_power *acpi_power_info(void)
{
	return &acpi_power;
}

static u64 hpet_address __ro_after_init;

static int __init read_hpet(struct acpi_table_header *table)
{
	return acpi_hpet_parse(table, table->length, &hpet_address);
}

/**
 * acpi_hpet_address - where the HPET is
 *
 * The first call reads the table and must come in early boot; later ones remember.
 *
 * Return: physical address, 0 without one.
 */
u64 __ref acpi_hpet_address(void)
{
	static bool asked;

	if (!asked) {
		asked = true;
		acpi_table_parse(ACPI_SIG_HPET, read_hpet);
	}
	return hpet_address;
}

static int __init parse_acpi(char *arg)
{
	if (arg && !strcmp(arg, "off"))
		acpi_disabled = 1;
	return 0;
}
early_param("acpi", parse_acpi);
