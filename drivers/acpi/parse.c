// SPDX-License-Identifier: MIT
/*
 * Reading ACPI tables, trusting nothing.
 *
 *	RSDP  -> RSDT (32-bit pointers) or XSDT (64-bit) -> tables, each with the same header:
 *	         signature, length, and a checksum that makes its bytes sum to zero.
 *
 * Pure functions over bytes, or over a map function that lends physical memory piece by piece.
 * The rules: a length is compared with what is there before it is used; a pointer is followed
 * by the map function only, which knows what may be touched; a table is used after its
 * checksum was right; loops run over an index that only grows.  There is nothing recursive: a
 * root table that lists itself is just an entry with an odd name.
 *
 * Return values: 0, or -EINVAL (not such a table), -EBADMSG (checksum or inner length wrong),
 * -EFAULT (points where nothing may be read), -ENOENT (not found).
 *
 * Also built for the host and fuzzed: tools/testing/fuzz.
 */
#include <linux/errno.h>
#include <linux/string.h>
#include <linux/types.h>

#include <acpi/parse.h>

static u32 ld32(const void *p)
{
	const u8 *b = p;

	return b[0] | (u32)b[1] << 8 | (u32)b[2] << 16 | (u32)b[3] << 24;
}

static u64 ld64(const void *p)
{
	return ld32(p) | (u64)ld32((const u8 *)p + 4) << 32;
}

/**
 * acpi_checksum - sum of bytes
 * @p: first
 * @len: how many
 * Return: the sum modulo 256; 0 for a good table.
 */
u8 acpi_checksum(const void *p, size_t len)
{
	const u8 *b = p;
	u8 sum = 0;

	while (len--)
		sum += *b++;
	return sum;
}

/**
 * acpi_rsdp_parse - check a root pointer
 * @p: its bytes
 * @len: how many can be read
 * @out: where it leads
 * Return: 0, -EINVAL or -EBADMSG.
 */
int acpi_rsdp_parse(const void *p, size_t len, struct acpi_rsdp_info *out)
{
	const struct acpi_table_rsdp *rsdp = p;
	u32 length;

	if (len < ACPI_RSDP_V1_LEN || memcmp(rsdp->signature, ACPI_SIG_RSDP, 8))
		return -EINVAL;
	if (acpi_checksum(p, ACPI_RSDP_V1_LEN))
		return -EBADMSG;

	out->rsdt = rsdp->rsdt_physical_address;
	out->xsdt = 0;
	if (rsdp->revision >= 2 && len >= ACPI_RSDP_V2_LEN) {
		length = rsdp->length;
		if (length < ACPI_RSDP_V2_LEN || length > len || acpi_checksum(p, length))
			return -EBADMSG;
		out->xsdt = rsdp->xsdt_physical_address;
	}
	return out->rsdt || out->xsdt ? 0 : -EBADMSG;
}

/**
 * acpi_rsdp_scan - search an area for a root pointer
 * @area: its bytes; its physical address must be a multiple of 16
 * @len: how many
 * @out: where the pointer found leads
 *
 * A pointer that looks right but doesn't sum up is passed over: the signature may occur in
 * the BIOS's own code.
 *
 * Return: 0 or -ENOENT.
 */
int acpi_rsdp_scan(const void *area, size_t len, struct acpi_rsdp_info *out)
{
	const u8 *p = area;
	size_t off;

	for (off = 0; off < len && len - off >= ACPI_RSDP_V1_LEN; off += 16) {
		if (p[off] == 'R' && !acpi_rsdp_parse(p + off, len - off, out))
			return 0;
	}
	return -ENOENT;
}

/**
 * acpi_table_check - does a table sum to zero?
 * @phys: where it is
 * @length: its length, by its header
 * @map: lends its bytes
 * @ctx: for @map
 * Return: 0, -EBADMSG or -EFAULT.
 */
int acpi_table_check(u64 phys, u32 length, acpi_map_fn map, void *ctx)
{
	u32 done, step;
	const void *p;
	u8 sum = 0;

	for (done = 0; done < length; done += step) {
		step = length - done;
		if (step > ACPI_MAP_CHUNK)
			step = ACPI_MAP_CHUNK;
		p = map(phys + done, step, ctx);
		if (!p)
			return -EFAULT;
		sum += acpi_checksum(p, step);
	}
	return sum ? -EBADMSG : 0;
}

/* The header's length at @phys, if it is one that a table can have. */
static int read_header(u64 phys, acpi_map_fn map, void *ctx, struct acpi_root_entry *out)
{
	const struct acpi_table_header *h;
	u32 length;

	h = map(phys, sizeof(*h), ctx);
	if (!h)
		return -EFAULT;
	length = ld32(&h->length);
	if (length < sizeof(*h) || length > ACPI_MAX_TABLE_SIZE || phys + length < phys)
		return -EBADMSG;
	memcpy(out->signature, h->signature, 4);
	out->length = length;
	out->phys = phys;
	return 0;
}

static void add_table(u64 phys, acpi_map_fn map, void *ctx, struct acpi_root *out)
{
	struct acpi_root_entry entry;

	if (!phys || out->nr == ACPI_MAX_TABLES || read_header(phys, map, ctx, &entry)) {
		out->dropped++;
		return;
	}
	out->tables[out->nr++] = entry;
}

static int parse_root(u64 phys, const char *signature, unsigned int width, acpi_map_fn map,
		      void *ctx, struct acpi_root *out)
{
	struct acpi_root_entry root;
	unsigned int i, n;
	const void *p;
	int ret;

	memset(out, 0, sizeof(*out));
	ret = read_header(phys, map, ctx, &root);
	if (ret)
		return ret;
	if (memcmp(root.signature, signature, 4))
		return -EINVAL;
	ret = acpi_table_check(phys, root.length, map, ctx);
	if (ret)
		return ret;

	n = (root.length - sizeof(struct acpi_table_header)) / width;
	/* Past this many, entries could only be dropped one by one. */
	if (n > 4 * ACPI_MAX_TABLES) {
		out->dropped += n - 4 * ACPI_MAX_TABLES;
		n = 4 * ACPI_MAX_TABLES;
	}
	for (i = 0; i < n; i++) {
		p = map(phys + sizeof(struct acpi_table_header) + i * width, width, ctx);
		if (!p)
			return -EFAULT;
		add_table(width == 8 ? ld64(p) : ld32(p), map, ctx, out);
	}
	return out->nr ? 0 : -ENOENT;
}

/**
 * acpi_root_parse - list the tables that a root pointer leads to
 * @rsdp: the pointer
 * @map: lends physical memory
 * @ctx: for @map
 * @out: result
 *
 * The XSDT goes first; if it is unusable, the RSDT is tried.
 *
 * Return: 0 if there is at least one table, else what was wrong with the last root tried.
 */
int acpi_root_parse(const struct acpi_rsdp_info *rsdp, acpi_map_fn map, void *ctx,
		    struct acpi_root *out)
{
	int ret = -ENOENT;

	memset(out, 0, sizeof(*out));
	if (rsdp->xsdt)
		ret = parse_root(rsdp->xsdt, ACPI_SIG_XSDT, 8, map, ctx, out);
	if (ret && rsdp->rsdt)
		ret = parse_root(rsdp->rsdt, ACPI_SIG_RSDT, 4, map, ctx, out);
	return ret;
}

/* --- MADT --- */

static void madt_add_cpu(struct acpi_madt_info *out, u32 apicid, u32 uid, u32 flags)
{
	unsigned int i;

	/* A slot that can't come online now or later is no CPU. */
	if (!(flags & (ACPI_MADT_ENABLED | ACPI_MADT_ONLINE_CAPABLE)))
		return;
	for (i = 0; i < out->nr_cpus; i++) {
		if (out->cpus[i].apicid == apicid)
			break;
	}
	if (i < out->nr_cpus || i == ACPI_MAX_CPUS) {
		out->dropped++;
		return;
	}
	out->cpus[i].apicid = apicid;
	out->cpus[i].uid = uid;
	out->cpus[i].enabled = flags & ACPI_MADT_ENABLED;
	out->nr_cpus++;
}

static void madt_add_ioapic(struct acpi_madt_info *out, const struct acpi_madt_io_apic *e)
{
	unsigned int i = out->nr_ioapics;

	if (i == ACPI_MAX_IOAPICS || !e->address) {
		out->dropped++;
		return;
	}
	out->ioapics[i].id = e->id;
	out->ioapics[i].address = e->address;
	out->ioapics[i].gsi_base = e->global_irq_base;
	out->nr_ioapics++;
}

static void madt_add_override(struct acpi_madt_info *out,
			      const struct acpi_madt_interrupt_override *e)
{
	unsigned int i = out->nr_overrides;

	if (i == ACPI_MAX_OVERRIDES || e->bus != 0 || e->source_irq >= 16) {
		out->dropped++;
		return;
	}
	out->overrides[i].isa_irq = e->source_irq;
	out->overrides[i].gsi = e->global_irq;
	/* "As the bus has it" means active high and edge on ISA. */
	out->overrides[i].active_low =
		(e->inti_flags & ACPI_MADT_POLARITY_MASK) == ACPI_MADT_POLARITY_ACTIVE_LOW;
	out->overrides[i].level =
		(e->inti_flags & ACPI_MADT_TRIGGER_MASK) == ACPI_MADT_TRIGGER_LEVEL;
	out->nr_overrides++;
}

static void madt_entry(const u8 *p, u8 len, struct acpi_madt_info *out)
{
	const struct acpi_madt_local_x2apic *x2apic = (const void *)p;
	const struct acpi_madt_local_apic *lapic = (const void *)p;
	static const u8 min_length[] = {
		[ACPI_MADT_TYPE_LOCAL_APIC] = sizeof(*lapic),
		[ACPI_MADT_TYPE_IO_APIC] = sizeof(struct acpi_madt_io_apic),
		[ACPI_MADT_TYPE_INTERRUPT_OVERRIDE] = sizeof(struct acpi_madt_interrupt_override),
		[ACPI_MADT_TYPE_LOCAL_APIC_OVERRIDE] = sizeof(struct acpi_madt_local_apic_override),
		[ACPI_MADT_TYPE_LOCAL_X2APIC] = sizeof(*x2apic),
	};

	if (p[0] < sizeof(min_length) && len < min_length[p[0]]) {
		out->dropped++;
		return;
	}
	switch (p[0]) {
	case ACPI_MADT_TYPE_LOCAL_APIC:
		if (lapic->id != 0xff)
			madt_add_cpu(out, lapic->id, lapic->processor_id, lapic->lapic_flags);
		break;
	case ACPI_MADT_TYPE_LOCAL_X2APIC:
		if (x2apic->local_apic_id != 0xffffffff)
			madt_add_cpu(out, x2apic->local_apic_id, x2apic->uid, x2apic->lapic_flags);
		break;
	case ACPI_MADT_TYPE_IO_APIC:
		madt_add_ioapic(out, (const void *)p);
		break;
	case ACPI_MADT_TYPE_INTERRUPT_OVERRIDE:
		madt_add_override(out, (const void *)p);
		break;
	case ACPI_MADT_TYPE_LOCAL_APIC_OVERRIDE:
		out->lapic_address = ((const struct acpi_madt_local_apic_override *)p)->address;
		break;
	}
}

/**
 * acpi_madt_parse - CPUs and interrupt controllers
 * @table: MADT whose checksum is right
 * @len: its bytes
 * @out: result; what stands before an error is valid
 * Return: 0; -EINVAL if it is too short to be one; -EBADMSG at an entry of impossible length.
 */
int acpi_madt_parse(const void *table, size_t len, struct acpi_madt_info *out)
{
	const struct acpi_table_madt *madt = table;
	const u8 *p = table;
	size_t off;

	memset(out, 0, sizeof(*out));
	if (len < sizeof(*madt))
		return -EINVAL;
	out->lapic_address = madt->address;
	out->has_8259 = madt->flags & 1;
	for (off = sizeof(*madt); off < len; off += p[off + 1]) {
		if (len - off < 2 || p[off + 1] < 2 || p[off + 1] > len - off)
			return -EBADMSG;
		madt_entry(p + off, p[off + 1], out);
	}
	return 0;
}

/* --- FADT, HPET --- */

/* A field counts if the table is long enough to hold it. */
#define FADT_HAS(len, field)						\
	((len) >= __builtin_offsetof(struct acpi_table_fadt, field) +	\
		  sizeof(((struct acpi_table_fadt *)0)->field))

static u32 io_port(const struct acpi_generic_address *gas, u32 legacy)
{
	if (gas->space_id == ACPI_ADR_SPACE_SYSTEM_IO && gas->address &&
	    gas->address <= 0xffff)
		return gas->address;
	return legacy <= 0xffff ? legacy : 0;
}

/**
 * acpi_fadt_parse - fixed hardware: power and reset
 * @table: FADT whose checksum is right
 * @len: its bytes
 * @out: result; addresses that are no I/O port are 0
 * Return: 0 or -EINVAL.
 */
int acpi_fadt_parse(const void *table, size_t len, struct acpi_fadt_info *out)
{
	static const struct acpi_generic_address none;
	const struct acpi_table_fadt *f = table;
	bool has_x = FADT_HAS(len, xpm1b_control_block);

	memset(out, 0, sizeof(*out));
	if (len < ACPI_FADT_V1_SIZE)
		return -EINVAL;
	out->pm1a = io_port(has_x ? &f->xpm1a_control_block : &none, f->pm1a_control_block);
	out->pm1b = io_port(has_x ? &f->xpm1b_control_block : &none, f->pm1b_control_block);
	if (f->pm_timer_length == 4)
		out->pm_timer = io_port(FADT_HAS(len, xpm_timer_block) ? &f->xpm_timer_block :
					&none, f->pm_timer_block);
	out->smi_cmd = f->smi_command <= 0xffff ? f->smi_command : 0;
	out->acpi_enable = f->acpi_enable;
	out->dsdt = FADT_HAS(len, Xdsdt) && f->Xdsdt ? f->Xdsdt : f->dsdt;
	if (FADT_HAS(len, reset_value) && f->flags & ACPI_FADT_RESET_REGISTER &&
	    f->reset_register.bit_width == 8 && f->reset_register.bit_offset == 0) {
		out->reset_space = f->reset_register.space_id;
		out->reset_addr = f->reset_register.address;
		out->reset_value = f->reset_value;
		if (out->reset_space == ACPI_ADR_SPACE_SYSTEM_IO && out->reset_addr > 0xffff)
			out->reset_addr = 0;
	}
	return 0;
}

/**
 * acpi_hpet_parse - where the HPET is
 * @table: HPET table whose checksum is right
 * @len: its bytes
 * @address: gets its physical address
 * Return: 0; -EINVAL if it is too short, not in memory, or on an address it can't have.
 */
int acpi_hpet_parse(const void *table, size_t len, u64 *address)
{
	const struct acpi_table_hpet *hpet = table;

	if (len < sizeof(*hpet) || hpet->address.space_id != ACPI_ADR_SPACE_SYSTEM_MEMORY)
		return -EINVAL;
	if (!hpet->address.address || hpet->address.address % 8 ||
	    hpet->address.address >= 1ULL << 52)
		return -EINVAL;
	*address = hpet->address.address;
	return 0;
}

/* --- \_S5, out of AML without interpreting it --- */

#define AML_ZERO	0x00
#define AML_ONE		0x01
#define AML_NAME	0x08
#define AML_BYTE	0x0a
#define AML_WORD	0x0b
#define AML_DWORD	0x0c
#define AML_PACKAGE	0x12
#define AML_ROOT	0x5c

/* Takes a small constant; values above a byte are no sleep type. */
static bool aml_constant(const u8 **p, const u8 *end, u8 *value)
{
	static const u8 width[] = { [AML_BYTE] = 1, [AML_WORD] = 2, [AML_DWORD] = 4 };
	u8 op, n;

	if (*p >= end)
		return false;
	op = *(*p)++;
	if (op == AML_ZERO || op == AML_ONE) {
		*value = op;
		return true;
	}
	n = op < sizeof(width) ? width[op] : 0;
	if (!n || end - *p < n)
		return false;
	*value = **p;
	*p += n;
	return true;
}

/* What stands behind the name: Package(n) { a, b, ... }. */
static bool aml_s5_package(const u8 *p, const u8 *end, struct acpi_s5 *out)
{
	unsigned int extra;

	if (end - p < 3 || *p++ != AML_PACKAGE)
		return false;
	/* PkgLength: the top two bits of its first byte say how many more there are. */
	extra = *p >> 6;
	if ((size_t)(end - p) < extra + 2)
		return false;
	p += extra + 1;
	if (*p++ < 2)		/* elements */
		return false;
	return aml_constant(&p, end, &out->slp_typ_a) && aml_constant(&p, end, &out->slp_typ_b) &&
	       out->slp_typ_a < 8 && out->slp_typ_b < 8;
}

/**
 * acpi_s5_find - the sleep types of soft-off
 * @aml: body of a DSDT (or a piece of it)
 * @len: its bytes
 * @out: result
 *
 * Looks for Name(_S5_, Package { ... }) as compilers emit it.  That is a search for bytes, not
 * an interpretation: a method that computes the package is not found.
 *
 * Return: 0 or -ENOENT.
 */
int acpi_s5_find(const void *aml, size_t len, struct acpi_s5 *out)
{
	const u8 *start = aml, *end = start + len, *p;

	for (p = start; end - p > 4; p++) {
		p = memchr(p, '_', end - p - 4);
		if (!p)
			break;
		if (memcmp(p, "_S5_", 4))
			continue;
		if (!(p - start >= 1 && p[-1] == AML_NAME) &&
		    !(p - start >= 2 && p[-1] == AML_ROOT && p[-2] == AML_NAME))
			continue;
		if (aml_s5_package(p + 4, end, out))
			return 0;
	}
	return -ENOENT;
}
