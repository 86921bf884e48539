// SPDX-License-Identifier: MIT
/* UUIDs: made at random (RFC 4122, version 4), and from text. Any context. */

#include <linux/uuid.h>

#include <linux/ctype.h>
#include <linux/errno.h>
#include <linux/export.h>
#include <linux/hex.h>
#include <linux/kernel.h>
#include <linux/random.h>

const guid_t guid_null;
EXPORT_SYMBOL(guid_null);
const uuid_t uuid_null;
EXPORT_SYMBOL(uuid_null);

const u8 guid_index[16] = { 3, 2, 1, 0, 5, 4, 7, 6, 8, 9, 10, 11, 12, 13, 14, 15 };
const u8 uuid_index[16] = { 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15 };

/* Mark random bytes: the version in the four high bits of @version_byte, the variant in byte 8. */
static void make_random(u8 *b, int version_byte)
{
	get_random_bytes(b, 16);
	b[version_byte] = (b[version_byte] & 0x0f) | 0x40;
	b[8] = (b[8] & 0x3f) | 0x80;
}

/** generate_random_uuid() - a random UUID in printing order */
void generate_random_uuid(unsigned char uuid[16])
{
	make_random(uuid, 6);
}
EXPORT_SYMBOL(generate_random_uuid);

/** generate_random_guid() - a random UUID with little-endian fields */
void generate_random_guid(unsigned char guid[16])
{
	make_random(guid, 7);
}
EXPORT_SYMBOL(generate_random_guid);

/** guid_gen() - make a random guid_t */
void guid_gen(guid_t *u)
{
	generate_random_guid(u->b);
}
EXPORT_SYMBOL_GPL(guid_gen);

/** uuid_gen() - make a random uuid_t */
void uuid_gen(uuid_t *u)
{
	generate_random_uuid(u->b);
}
EXPORT_SYMBOL_GPL(uuid_gen);

static bool is_dash_place(int i)
{
	return i == 8 || i == 13 || i == 18 || i == 23;
}

/**
 * uuid_is_valid() - does a string begin with a UUID?
 * @uuid: string; only its first UUID_STRING_LEN characters are looked at
 */
bool uuid_is_valid(const char *uuid)
{
	int i;

	for (i = 0; i < UUID_STRING_LEN; i++) {
		if (is_dash_place(i) ? uuid[i] != '-' : !isxdigit(uuid[i]))
			return false;
	}
	return true;
}
EXPORT_SYMBOL(uuid_is_valid);

/* Fill @b from text whose n-th pair of digits is byte index[n]. */
static int parse(const char *text, u8 *b, const u8 *index)
{
	int n, i = 0;

	if (!uuid_is_valid(text))
		return -EINVAL;

	for (n = 0; n < 16; n++) {
		if (is_dash_place(i))
			i++;
		b[index[n]] = hex_to_bin(text[i]) << 4 | hex_to_bin(text[i + 1]);
		i += 2;
	}
	return 0;
}

/** guid_parse() - text to guid_t; 0 or -EINVAL */
int guid_parse(const char *uuid, guid_t *u)
{
	return parse(uuid, u->b, guid_index);
}
EXPORT_SYMBOL(guid_parse);

/** uuid_parse() - text to uuid_t; 0 or -EINVAL */
int uuid_parse(const char *uuid, uuid_t *u)
{
	return parse(uuid, u->b, uuid_index);
}
EXPORT_SYMBOL(uuid_parse);
