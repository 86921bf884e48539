// SPDX-License-Identifier: MIT
/*
 * printf's %p and its letters.
 *
 *	%p			the address, hashed: equal pointers look equal, nothing else is told
 *	%px			the address itself
 *	%pK			hashed, for who may see it, or not at all, as kptr_restrict says
 *	%pe			an error pointer by name: -ENOMEM
 *	%pS %ps %pB [R] [b]	a symbol: with offset and size; name only; of a return address
 *	%pR %pr			a struct resource, flags decoded or raw
 *	%pa [p] %pad		a phys_addr_t, a dma_addr_t, by reference
 *	%pE [achnops]		bytes escaped; the width is their number
 *	%ph [CDN]		bytes in hex, with ' ' ':' '-' or nothing between; width: how many
 *	%pb [l]			a bitmap as mask or list; width: bits
 *	%pM %pm %pI %pi %pNF	addresses and features of networks: vsprintf_net.c
 *	%pU [bBlL]		a UUID; big or little endian, lower or upper case
 *	%pV			a struct va_format: another format with its arguments
 *	%p4cc			a four-character code
 *	%pt [RT] [dt] [rs]	a struct rtc_time, a time64_t: date, time; raw; blank between
 *	%pG [pgtv] %pOF %pfw	flags, device-tree and firmware nodes: vsprintf_object.c
 *	%pd %pD [234]		the name of a dentry, of a file's, with parents: vsprintf_object.c
 *	%pks %pus		a string of the kernel's, of a user's that the caller has checked
 *
 * A pointer that can't be followed prints "(null)" or "(efault)" instead.
 */

#include <linux/sprintf.h>

#include <linux/bitmap.h>
#include <linux/capability.h>
#include <linux/cred.h>
#include <linux/ctype.h>
#include <linux/err.h>
#include <linux/errname.h>
#include <linux/hex.h>
#include <linux/init.h>
#include <linux/ioport.h>
#include <linux/kallsyms.h>
#include <linux/kernel.h>
#include <linux/minmax.h>
#include <linux/preempt.h>
#include <linux/printk.h>
#include <linux/random.h>
#include <linux/rtc.h>
#include <linux/siphash.h>
#include <linux/string_helpers.h>
#include <linux/time64.h>
#include <linux/types.h>
#include <linux/unaligned.h>
#include <linux/uuid.h>

#include "vsprintf.h"

/* --- Addresses ------------------------------------------------------------------------------- */

/* As wide as an address, filled with zeros, unless the caller wants another width. */
static void put_address(struct sink *out, const void *ptr, struct spec spec)
{
	spec.base = 16;
	spec.flags |= SMALL;
	if (!spec.width) {
		spec.width = 2 * sizeof(ptr) + (spec.flags & SPECIAL ? 2 : 0);
		spec.flags |= ZEROPAD;
	}
	put_number(out, (unsigned long)ptr, &spec);
}

static siphash_key_t pointer_key __ro_after_init;
static bool pointer_key_ready __ro_after_init;

bool no_hash_pointers __ro_after_init;
int kptr_restrict __read_mostly;

/** no_hash_pointers_enable() - print addresses as they are; asked for on the command line */
int __init no_hash_pointers_enable(char *str)
{
	if (no_hash_pointers)
		return 0;
	no_hash_pointers = true;
	pr_warn("no_hash_pointers: %%p prints addresses, don't do this outside of debugging\n");
	return 0;
}
early_param("no_hash_pointers", no_hash_pointers_enable);

static int __init make_pointer_key(void)
{
	get_random_bytes(&pointer_key, sizeof(pointer_key));
	pointer_key_ready = true;
	return 0;
}
early_initcall(make_pointer_key);

/**
 * ptr_to_hashval() - what %p prints for a pointer
 * @ptr: pointer
 * @hashval_out: gets the value: 32 bits
 *
 * Return: 0, or -EBUSY before there is a key.
 */
int ptr_to_hashval(const void *ptr, unsigned long *hashval_out)
{
	if (!pointer_key_ready)
		return -EBUSY;
	*hashval_out = (u32)siphash_1u64((unsigned long)ptr, &pointer_key);
	return 0;
}

static void put_hashed_address(struct sink *out, const void *ptr, struct spec spec)
{
	unsigned long hash;

	/* NULL and errors are no addresses: nothing to hide. */
	if (no_hash_pointers || IS_ERR_OR_NULL(ptr)) {
		put_address(out, ptr, spec);
		return;
	}
	if (ptr_to_hashval(ptr, &hash)) {
		spec.width = 2 * sizeof(ptr);
		put_string_nocheck(out, sizeof(ptr) == 8 ? "(____ptrval____)" : "(ptrval)", &spec);
		return;
	}
	put_address(out, (void *)hash, spec);
}

/*
 * Whether the reader is trusted with addresses. The user who opened a file may have handed it to a
 * set-user-ID program: who reads with more rights than his own isn't.
 */
static bool may_see_addresses(void)
{
	const struct cred *cred = current_cred();

	return has_capability_noaudit(current, CAP_SYSLOG) &&
	       uid_eq(cred->euid, cred->uid) && gid_eq(cred->egid, cred->gid);
}

/* kptr_restrict: 0 as %p; 1 zeros, but for who has CAP_SYSLOG the address; 2 zeros for all. */
static void put_restricted_address(struct sink *out, const void *ptr, const struct spec *spec)
{
	int restrict_to = READ_ONCE(kptr_restrict);

	if (restrict_to == 0)
		put_hashed_address(out, ptr, *spec);
	else if (restrict_to > 1)
		put_address(out, NULL, *spec);
	else if (in_hardirq() || in_serving_softirq() || in_nmi())
		put_string_nocheck(out, "pK-error", spec);	/* current isn't the reader */
	else
		put_address(out, may_see_addresses() ? ptr : NULL, *spec);
}

static void put_error_name(struct sink *out, const void *ptr, const struct spec *spec)
{
	const char *name;
	struct spec number = *spec;

	if (!IS_ERR(ptr)) {
		put_hashed_address(out, ptr, *spec);
		return;
	}
	name = errname(PTR_ERR(ptr));
	if (name) {
		put_string_nocheck(out, name, spec);
		return;
	}
	number.flags |= SIGNED;
	number.base = 10;
	put_number(out, PTR_ERR(ptr), &number);
}

/** put_widened() - what @put writes, between blanks (or the other way round) as the width asks */
void put_widened(struct sink *out, void (*put)(struct sink *out, const char *letters,
					      const void *ptr),
		 const char *letters, const void *ptr, const struct spec *spec)
{
	struct sink measure = {};
	int blanks = 0;

	if (spec->width) {
		put(&measure, letters, ptr);
		blanks = spec->width - (int)measure.len;
	}
	if (!(spec->flags & LEFT))
		put_repeated(out, ' ', blanks);
	put(out, letters, ptr);
	if (spec->flags & LEFT)
		put_repeated(out, ' ', blanks);
}

/** put_fixed_hex() - a number of @size bytes as 0x and all its digits */
void put_fixed_hex(struct sink *out, u64 value, int size)
{
	put_number(out, value, &(struct spec) {
		.flags = SPECIAL | SMALL | ZEROPAD, .base = 16,
		.width = 2 + 2 * size, .precision = -1,
	});
}

static void put_symbol(struct sink *out, const char *letters, const void *ptr,
		       const struct spec *spec)
{
	char name[KSYM_SYMBOL_LEN];
	unsigned long addr = (unsigned long)ptr;

	if (*letters == 'B')
		sprint_backtrace(name, addr);
	else if (*letters == 'S')
		sprint_symbol(name, addr);
	else
		sprint_symbol_no_offset(name, addr);
	put_string_nocheck(out, name, spec);
}

/* %pa, %pap: a phys_addr_t; %pad: a dma_addr_t. */
static void put_bus_address(struct sink *out, const char *letters, const void *ptr,
			    const struct spec *spec)
{
	if (put_if_bad_pointer(out, ptr, *spec))
		return;
	if (letters[1] == 'd')
		put_fixed_hex(out, *(const dma_addr_t *)ptr, sizeof(dma_addr_t));
	else
		put_fixed_hex(out, *(const phys_addr_t *)ptr, sizeof(phys_addr_t));
}

/* --- Resources ------------------------------------------------------------------------------- */

/* Names of a resource's type, and of flags behind its range. */
static const struct flag_name {
	unsigned long mask, value;
	const char *name;
} resource_types[] = {
	{ IORESOURCE_TYPE_BITS, IORESOURCE_IO, "io  " },
	{ IORESOURCE_TYPE_BITS, IORESOURCE_MEM, "mem " },
	{ IORESOURCE_TYPE_BITS, IORESOURCE_IRQ, "irq " },
	{ IORESOURCE_TYPE_BITS, IORESOURCE_DMA, "dma " },
	{ IORESOURCE_TYPE_BITS, IORESOURCE_BUS, "bus " },
}, resource_flags[] = {
	{ IORESOURCE_MEM_64, IORESOURCE_MEM_64, " 64bit" },
	{ IORESOURCE_PREFETCH, IORESOURCE_PREFETCH, " pref" },
	{ IORESOURCE_WINDOW, IORESOURCE_WINDOW, " window" },
	{ IORESOURCE_DISABLED, IORESOURCE_DISABLED, " disabled" },
};

static const char *resource_type_name(unsigned long flags)
{
	int i;

	for (i = 0; i < ARRAY_SIZE(resource_types); i++) {
		if ((flags & resource_types[i].mask) == resource_types[i].value)
			return resource_types[i].name;
	}
	return NULL;
}

/* One end of a range: decimal for interrupts, DMA channels, plain otherwise. */
static void put_resource_number(struct sink *out, const struct resource *res, u64 value)
{
	struct spec spec = { .flags = SPECIAL | SMALL | ZEROPAD, .base = 16, .precision = -1 };

	if (res->flags & IORESOURCE_IO)
		spec.width = 6;			/* 0x and four digits */
	else if (res->flags & IORESOURCE_MEM)
		spec.width = 10;
	else if (res->flags & IORESOURCE_BUS)
		spec.width = 2, spec.flags = SMALL | ZEROPAD;
	else if (res->flags & (IORESOURCE_IRQ | IORESOURCE_DMA))
		spec.flags = 0, spec.base = 10;
	put_number(out, value, &spec);
}

static void put_resource_flags(struct sink *out, const struct resource *res, bool decode)
{
	int i;

	if (!decode) {
		put_bytes(out, " flags ", 7);
		put_number(out, res->flags, &(struct spec) {
			.flags = SPECIAL | SMALL, .base = 16, .precision = -1 });
		return;
	}
	for (i = 0; i < ARRAY_SIZE(resource_flags); i++) {
		if (res->flags & resource_flags[i].mask)
			put_bytes(out, resource_flags[i].name, strlen(resource_flags[i].name));
	}
}

/* [mem 0x00000000-0x0009ffff pref]; %pr: [mem 0x...-0x... flags 0x2200] */
static void put_resource(struct sink *out, const struct resource *res, bool decode,
			 const struct spec *spec)
{
	char text[96];
	struct sink line = { text, sizeof(text) - 1, 0 };
	const char *type;

	if (put_if_bad_pointer(out, res, *spec))
		return;

	put_char(&line, '[');
	type = resource_type_name(res->flags);
	if (!type) {
		type = "??? ";
		decode = false;
	}
	put_bytes(&line, type, strlen(type));
	if (decode && (res->flags & IORESOURCE_UNSET)) {
		put_bytes(&line, "size ", 5);
		put_resource_number(&line, res, resource_size(res));
	} else {
		put_resource_number(&line, res, res->start);
		if (res->start != res->end) {
			put_char(&line, '-');
			put_resource_number(&line, res, res->end);
		}
	}
	put_resource_flags(&line, res, decode);
	put_char(&line, ']');
	text[min(line.len, sizeof(text) - 1)] = '\0';
	put_string_nocheck(out, text, spec);
}

/* --- Bytes ------------------------------------------------------------------------------------ */

/* %ph: the field width is the number of bytes; none given means one. */
static void put_hex_bytes(struct sink *out, const char *letters, const u8 *bytes,
			  const struct spec *spec)
{
	int count = spec->flags & SIZED ? min(spec->width, 64) : 1;
	char separator = ' ';
	int i;

	if (count == 0)
		return;
	if (put_if_bad_pointer(out, bytes, (struct spec) { .precision = -1 }))
		return;

	if (letters[1] == 'C')
		separator = ':';
	else if (letters[1] == 'D')
		separator = '-';
	else if (letters[1] == 'N')
		separator = 0;

	for (i = 0; i < count; i++) {
		if (i && separator)
			put_char(out, separator);
		put_char(out, hex_asc_hi(bytes[i]));
		put_char(out, hex_asc_lo(bytes[i]));
	}
}

static unsigned int escape_flags(const char *letters)
{
	unsigned int flags = 0;

	for (; *letters; letters++) {
		switch (*letters) {
		case 'a':
			flags |= ESCAPE_ANY;
			break;
		case 'c':
			flags |= ESCAPE_SPECIAL;
			break;
		case 'h':
			flags |= ESCAPE_HEX;
			break;
		case 'n':
			flags |= ESCAPE_NULL;
			break;
		case 'o':
			flags |= ESCAPE_OCTAL;
			break;
		case 'p':
			flags |= ESCAPE_NP;
			break;
		case 's':
			flags |= ESCAPE_SPACE;
			break;
		default:
			return flags ? flags : ESCAPE_ANY_NP;
		}
	}
	return flags ? flags : ESCAPE_ANY_NP;
}

/* %pE: the field width is the number of bytes; none given means one. */
static void put_escaped(struct sink *out, const char *letters, const char *bytes,
			const struct spec *spec)
{
	char *to = out->len < out->size ? out->buf + out->len : NULL;
	size_t room = to ? out->size - out->len : 0;
	int count = spec->flags & SIZED ? spec->width : 1;

	if (count == 0)
		return;
	if (put_if_bad_pointer(out, bytes, (struct spec) { .precision = -1 }))
		return;
	out->len += string_escape_mem(bytes, count, to, room, escape_flags(letters + 1), NULL);
}

/* %pb: groups of 32 bits, the highest first. The field width is the number of bits. */
static void put_bitmap(struct sink *out, const unsigned long *bitmap, int nbits)
{
	int bits_in_group = nbits % 32 ? nbits % 32 : 32;
	int start = round_down(max(nbits - 1, 0), 32);
	bool first = true;

	for (; start >= 0; start -= 32, bits_in_group = 32, first = false) {
		unsigned long value = bitmap[start / BITS_PER_LONG] >> (start % BITS_PER_LONG);

		if (!first)
			put_char(out, ',');
		put_number(out, value & GENMASK(bits_in_group - 1, 0), &(struct spec) {
			.flags = SMALL | ZEROPAD, .base = 16,
			.width = DIV_ROUND_UP(bits_in_group, 4), .precision = -1 });
	}
}

/* %pbl: "0-3,7" */
static void put_bit_list(struct sink *out, const unsigned long *bitmap, int nbits)
{
	const struct spec decimal = { .base = 10, .precision = -1 };
	unsigned long begin, end;
	bool first = true;

	for_each_set_bitrange(begin, end, bitmap, (unsigned long)nbits) {
		if (!first)
			put_char(out, ',');
		first = false;
		put_number(out, begin, &decimal);
		if (begin == end - 1)
			continue;
		put_char(out, '-');
		put_number(out, end - 1, &decimal);
	}
}

static void put_bits(struct sink *out, const char *letters, const void *ptr,
		     const struct spec *spec)
{
	const unsigned long *bitmap = ptr;

	if (put_if_bad_pointer(out, bitmap, (struct spec) { .precision = -1 }))
		return;
	if (letters[1] == 'l')
		put_bit_list(out, bitmap, spec->width);
	else if (spec->width > 0)
		put_bitmap(out, bitmap, spec->width);
}

/* --- UUIDs, codes of four characters ---------------------------------------------------------- */

static void put_uuid(struct sink *out, const char *letters, const void *ptr,
		     const struct spec *spec)
{
	const u8 *addr = ptr;
	char text[UUID_STRING_LEN + 1];
	char *p = text;
	bool upper = letters[1] == 'B' || letters[1] == 'L';
	const u8 *index = _tolower(letters[1]) == 'l' ? guid_index : uuid_index;
	int i;

	if (put_if_bad_pointer(out, addr, *spec))
		return;
	for (i = 0; i < 16; i++) {
		u8 byte = addr[index[i]];

		p = upper ? hex_byte_pack_upper(p, byte) : hex_byte_pack(p, byte);
		if (i == 3 || i == 5 || i == 7 || i == 9)
			*p++ = '-';
	}
	*p = '\0';
	put_string_nocheck(out, text, spec);
}

/* NV12 little-endian (0x3231564e) */
static void put_fourcc(struct sink *out, const char *letters, const void *ptr,
		       const struct spec *spec)
{
	const u32 *fourcc = ptr;
	char text[sizeof("0123 little-endian (0x01234567)")];
	u32 code;
	int i;

	if (letters[1] != 'c' || letters[2] != 'c') {
		put_string_nocheck(out, "(%p4?)", spec);
		return;
	}
	if (put_if_bad_pointer(out, fourcc, *spec))
		return;

	code = get_unaligned(fourcc);
	/* the top bit says big-endian and is no part of the characters */
	for (i = 0; i < 4; i++) {
		u8 c = (code & ~BIT(31)) >> (8 * i);

		text[i] = isascii(c) && isprint(c) ? c : '.';
	}
	sprintf(text + 4, " %s-endian (0x%08x)", code & BIT(31) ? "big" : "little", code);
	put_string_nocheck(out, text, spec);
}

/* --- Time ------------------------------------------------------------------------------------- */

static char *date_text(char *p, const struct rtc_time *tm, bool raw)
{
	return p + sprintf(p, "%04d-%02d-%02d", tm->tm_year + (raw ? 0 : 1900),
			   tm->tm_mon + (raw ? 0 : 1), tm->tm_mday);
}

static char *clock_text(char *p, const struct rtc_time *tm)
{
	return p + sprintf(p, "%02d:%02d:%02d", tm->tm_hour, tm->tm_min, tm->tm_sec);
}

/* %ptR, %ptT: 2018-11-26T10:01:06; then d or t for one half, r raw, s a blank for the T. */
static void put_time(struct sink *out, const char *letters, const void *ptr,
		     const struct spec *spec)
{
	char text[64];
	char *p = text;
	struct rtc_time tm;
	bool have_date = true, have_clock = true, raw = false, blank = false;
	const char *option;

	if (letters[1] != 'R' && letters[1] != 'T') {
		put_string_nocheck(out, "(%pt?)", spec);
		return;
	}
	if (put_if_bad_pointer(out, ptr, *spec))
		return;

	if (letters[1] == 'R')
		tm = *(const struct rtc_time *)ptr;
	else
		rtc_time64_to_tm(*(const time64_t *)ptr, &tm);

	option = letters + 2;
	if (*option == 'd' || *option == 't') {
		have_date = *option == 'd';
		have_clock = !have_date;
		option++;
	}
	for (; *option == 'r' || *option == 's'; option++) {
		raw |= *option == 'r';
		blank |= *option == 's';
	}

	if (have_date)
		p = date_text(p, &tm, raw);
	if (have_date && have_clock)
		*p++ = blank ? ' ' : 'T';
	if (have_clock)
		p = clock_text(p, &tm);
	*p = '\0';
	put_string_nocheck(out, text, spec);
}

/* --- A format inside a format ----------------------------------------------------------------- */

static void put_va_format(struct sink *out, const char *letters, const void *ptr,
			  const struct spec *spec)
{
	const struct va_format *vaf = ptr;
	char *to = out->len < out->size ? out->buf + out->len : NULL;
	va_list args;

	if (put_if_bad_pointer(out, vaf, *spec))
		return;
	/* a copy: the caller may print the same arguments again */
	va_copy(args, *vaf->va);
	out->len += vsnprintf(to, to ? out->size - out->len : 0, vaf->fmt, args);
	va_end(args);
}

/* --- Which letter does what ------------------------------------------------------------------- */

/* These have the wrong number of arguments for the table. */
static void put_px(struct sink *out, const char *letters, const void *ptr, const struct spec *spec)
{
	put_address(out, ptr, *spec);
}

static void put_pK(struct sink *out, const char *letters, const void *ptr, const struct spec *spec)
{
	put_restricted_address(out, ptr, spec);
}

static void put_pe(struct sink *out, const char *letters, const void *ptr, const struct spec *spec)
{
	put_error_name(out, ptr, spec);
}

static void put_pr(struct sink *out, const char *letters, const void *ptr, const struct spec *spec)
{
	put_resource(out, ptr, letters[0] == 'R', spec);
}

static void put_ph(struct sink *out, const char *letters, const void *ptr, const struct spec *spec)
{
	put_hex_bytes(out, letters, ptr, spec);
}

static void put_pE(struct sink *out, const char *letters, const void *ptr, const struct spec *spec)
{
	put_escaped(out, letters, ptr, spec);
}

/* %pks, %pus: who may not fault (BPF) reads by the letter; for printf a string is a string. */
static void put_probed_string(struct sink *out, const char *letters, const void *ptr,
			      const struct spec *spec)
{
	if (letters[1] == 's')
		put_string(out, ptr, spec);
	else
		put_string_nocheck(out, "(einval)", spec);
}

/*
 * One row for each letter behind %p. Rows that say .follows look at the object: binary printf
 * has to store their text, for the object may be gone when it is printed; of the others it stores
 * the pointer.
 *
 * A subsystem plugs its letter in here when its objects come to exist: 'g' (struct block_device),
 * 'C' (struct clk). Until then such a pointer is printed as any other: hashed.
 */
static const struct pointer_letter {
	void (*put)(struct sink *out, const char *letters, const void *ptr,
		    const struct spec *spec);
	bool follows;
} pointer_letters[] = {
	['4'] = { put_fourcc, true },
	['B'] = { put_symbol, false },
	['D'] = { put_dentry, true },
	['E'] = { put_pE, true },
	['G'] = { put_flags, true },
	['I'] = { put_ip, true },
	['K'] = { put_pK, false },
	['M'] = { put_mac, true },
	['N'] = { put_netdev_bits, true },
	['O'] = { put_device_node, true },
	['R'] = { put_pr, true },
	['S'] = { put_symbol, false },
	['U'] = { put_uuid, true },
	['V'] = { put_va_format, true },
	['a'] = { put_bus_address, true },
	['b'] = { put_bits, true },
	['d'] = { put_dentry, true },
	['e'] = { put_pe, false },
	['f'] = { put_fwnode, true },
	['h'] = { put_ph, true },
	['i'] = { put_ip, true },
	['k'] = { put_probed_string, true },
	['m'] = { put_mac, true },
	['r'] = { put_pr, true },
	['s'] = { put_symbol, false },
	['t'] = { put_time, true },
	['u'] = { put_probed_string, true },
	['x'] = { put_px, false },
};

static const struct pointer_letter *row_of(char letter)
{
	u8 index = letter;

	if (index >= ARRAY_SIZE(pointer_letters) || !pointer_letters[index].put)
		return NULL;
	return &pointer_letters[index];
}

/**
 * put_pointer() - %p
 * @out: where the text goes
 * @letters: the letters behind %p
 * @ptr: argument
 * @spec: width and the rest
 */
void put_pointer(struct sink *out, const char *letters, void *ptr, const struct spec *spec)
{
	const struct pointer_letter *row = row_of(*letters);

	if (row)
		row->put(out, letters, ptr, spec);
	else
		put_hashed_address(out, ptr, *spec);
}

/**
 * pointer_is_rendered_early() - does the text depend on what the pointer points at?
 * @letters: the letters behind %p
 *
 * Binary printf keeps the pointer of those that don't, and the text of those that do. A letter that
 * we don't know goes the safe way.
 */
bool pointer_is_rendered_early(const char *letters)
{
	const struct pointer_letter *row = row_of(*letters);

	return row ? row->follows : isalnum(*letters);
}
