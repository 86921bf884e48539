// SPDX-License-Identifier: MIT
/*
 * Text of network addresses for printf's %p.
 *
 *	%pM %pm [RF]		a MAC address: with ':', without; R reversed, F with '-'
 *	%pI4 %pi4 [hnbl]	an IPv4 address; with leading zeros
 *	%pI6 %pi6 [c]		an IPv6 address; without colons; compressed
 *	%pIS %piS [pfschnbl]	a struct sockaddr of either; p port, f flow label, s scope
 *	%pNF			features of a network device
 *
 * All are given by reference.
 */

#include <linux/sprintf.h>

#include <linux/ctype.h>
#include <linux/hex.h>
#include <linux/in.h>
#include <linux/in6.h>
#include <linux/socket.h>
#include <linux/types.h>
#include <linux/unaligned.h>

#include "vsprintf.h"

/** put_mac() - %pM, %pm: the address of a network card */
void put_mac(struct sink *out, const char *letters, const void *ptr, const struct spec *spec)
{
	const u8 *addr = ptr;
	char text[sizeof("xx:xx:xx:xx:xx:xx")];
	char *p = text;
	bool reversed = letters[1] == 'R';
	char separator = letters[1] == 'F' ? '-' : ':';
	int i;

	if (put_if_bad_pointer(out, addr, *spec))
		return;
	for (i = 0; i < 6; i++) {
		p = hex_byte_pack(p, reversed ? addr[5 - i] : addr[i]);
		if (letters[0] == 'M' && i != 5)
			*p++ = separator;
	}
	*p = '\0';
	put_string_nocheck(out, text, spec);
}

/* Decimal parts with dots; @leading_zeros makes each three digits. */
static char *ip4_text(char *p, const u8 *addr, bool leading_zeros, bool reversed)
{
	int i;

	for (i = 0; i < 4; i++) {
		u8 byte = reversed ? addr[3 - i] : addr[i];

		p += sprintf(p, leading_zeros ? "%03u" : "%u", byte);
		if (i < 3)
			*p++ = '.';
	}
	return p;
}

/* @order: the letter for the byte order: h and l have the last part first. */
static char *ip4_in_order(char *p, const void *addr, bool leading_zeros, char order)
{
	return ip4_text(p, addr, leading_zeros, order == 'h' || order == 'l');
}

/* The longest run of at least two zero groups: its start, and its length through @len. */
static int longest_zero_run(const u16 *groups, int count, int *len)
{
	int best = -1, i;

	*len = 1;
	for (i = 0; i < count; i++) {
		int run = 0;

		while (i + run < count && !groups[i + run])
			run++;
		if (run > *len) {
			best = i;
			*len = run;
		}
		i += run;
	}
	return best;
}

/* RFC 5952: leading zeros and one run of zero groups left out, IPv4 parts as such. */
static char *ip6_compressed_text(char *p, const u8 *addr)
{
	u16 groups[8];
	bool mapped_v4, isatap_v4;
	int count, run, run_len, i;

	for (i = 0; i < 8; i++)
		groups[i] = get_unaligned_be16(addr + 2 * i);
	mapped_v4 = !(groups[0] | groups[1] | groups[2] | groups[3] | groups[4]) &&
		    groups[5] == 0xffff;
	isatap_v4 = (groups[4] | 0x0200) == 0x0200 && groups[5] == 0x5efe;
	count = mapped_v4 || isatap_v4 ? 6 : 8;
	run = longest_zero_run(groups, count, &run_len);

	for (i = 0; i < count; i++) {
		if (i == run) {
			/* the colon behind the group before, and one more */
			if (i == 0)
				*p++ = ':';
			*p++ = ':';
			i += run_len - 1;
			continue;
		}
		p += sprintf(p, "%x", groups[i]);
		if (i < count - 1)
			*p++ = ':';
	}
	if (count == 6) {
		if (p[-1] != ':')
			*p++ = ':';
		p = ip4_text(p, addr + 12, false, false);
	}
	return p;
}

static char *ip6_text(char *p, const u8 *addr, bool colons, bool compressed)
{
	int i;

	if (colons && compressed)
		return ip6_compressed_text(p, addr);
	for (i = 0; i < 16; i++) {
		p = hex_byte_pack(p, addr[i]);
		if (colons && i % 2 && i < 15)
			*p++ = ':';
	}
	return p;
}

/* --- The address of a socket ------------------------------------------------------------------ */

/* What the letters behind %pIS ask for. */
struct sockaddr_wish {
	bool compressed, port, flow, scope;
	char order;		/* of an IPv4 address */
};

static struct sockaddr_wish parse_sockaddr_letters(const char *letters)
{
	struct sockaddr_wish wish = { .order = 'n' };

	for (; isalpha(*letters); letters++) {
		switch (*letters) {
		case 'c':
			wish.compressed = true;
			break;
		case 'p':
			wish.port = true;
			break;
		case 'f':
			wish.flow = true;
			break;
		case 's':
			wish.scope = true;
			break;
		case 'h':
		case 'n':
		case 'b':
		case 'l':
			wish.order = *letters;
			break;
		}
	}
	return wish;
}

/* 1.2.3.4:80 */
static char *sockaddr_in_text(char *p, const struct sockaddr_in *sin, bool leading_zeros,
			      const struct sockaddr_wish *wish)
{
	p = ip4_in_order(p, &sin->sin_addr, leading_zeros, wish->order);
	if (wish->port)
		p += sprintf(p, ":%u", be16_to_cpu(sin->sin_port));
	return p;
}

/* [1:2:3:4:5:6:7:8]:80/flow%scope: the brackets keep the address apart from what follows. */
static char *sockaddr_in6_text(char *p, const struct sockaddr_in6 *sin6, bool colons,
			       const struct sockaddr_wish *wish)
{
	bool brackets = wish->port || wish->flow || wish->scope;

	if (brackets)
		*p++ = '[';
	p = ip6_text(p, sin6->sin6_addr.s6_addr, colons, wish->compressed);
	if (brackets)
		*p++ = ']';
	if (wish->port)
		p += sprintf(p, ":%u", be16_to_cpu(sin6->sin6_port));
	if (wish->flow)
		p += sprintf(p, "/%u", be32_to_cpu(sin6->sin6_flowinfo & IPV6_FLOWINFO_MASK));
	if (wish->scope)
		p += sprintf(p, "%%%u", sin6->sin6_scope_id);
	return p;
}

/* --- %pI, %pi --------------------------------------------------------------------------------- */

/* Room for the longest: [ address ] :65535 /268435455 %4294967295 */
#define IP_TEXT_MAX	\
	sizeof("[xxxx:xxxx:xxxx:xxxx:xxxx:xxxx:255.255.255.255]:65535/268435455%4294967295")

/**
 * put_ip() - %pI4, %pI6, %pIS; with i in place of I all digits and no separators
 *
 * An address of a family that we don't know prints "(einval)".
 */
void put_ip(struct sink *out, const char *letters, const void *addr, const struct spec *spec)
{
	bool readable = letters[0] == 'I';
	char text[IP_TEXT_MAX], *p = text;
	struct sockaddr_wish wish;

	if (letters[1] != '4' && letters[1] != '6' && letters[1] != 'S') {
		put_string_nocheck(out, readable ? "(%pI?)" : "(%pi?)", spec);
		return;
	}
	if (put_if_bad_pointer(out, addr, *spec))
		return;
	if (letters[1] == '4') {
		p = ip4_in_order(p, addr, !readable, letters[2]);
	} else if (letters[1] == '6') {
		p = ip6_text(p, addr, readable, letters[2] == 'c');
	} else {
		wish = parse_sockaddr_letters(letters + 2);
		switch (((const struct sockaddr *)addr)->sa_family) {
		case AF_INET:
			p = sockaddr_in_text(p, addr, !readable, &wish);
			break;
		case AF_INET6:
			p = sockaddr_in6_text(p, addr, readable, &wish);
			break;
		default:
			put_string_nocheck(out, "(einval)", spec);
			return;
		}
	}
	*p = '\0';
	put_string_nocheck(out, text, spec);
}

/** put_netdev_bits() - %pNF: features of a network device, a number of 64 bits */
void put_netdev_bits(struct sink *out, const char *letters, const void *ptr,
		     const struct spec *spec)
{
	if (letters[1] != 'F') {
		put_string_nocheck(out, "(%pN?)", spec);
		return;
	}
	if (!put_if_bad_pointer(out, ptr, *spec))
		put_fixed_hex(out, *(const u64 *)ptr, sizeof(u64));
}
