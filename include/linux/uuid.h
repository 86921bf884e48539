/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_UUID_H
#define _LINUX_UUID_H

/*
 * UUIDs in their two byte orders: uuid_t as printed (big-endian), guid_t with its first three
 * fields little-endian, as EFI and ACPI have them. Text is xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx.
 */

#include <linux/string.h>
#include <linux/types.h>

#define UUID_SIZE	16

typedef struct {
	__u8 b[UUID_SIZE];
} uuid_t;

typedef struct {
	__u8 b[UUID_SIZE];
} guid_t;

#define GUID_INIT(a, b, c, d0, d1, d2, d3, d4, d5, d6, d7)			\
((guid_t)									\
{{ (a) & 0xff, ((a) >> 8) & 0xff, ((a) >> 16) & 0xff, ((a) >> 24) & 0xff,	\
   (b) & 0xff, ((b) >> 8) & 0xff,						\
   (c) & 0xff, ((c) >> 8) & 0xff,						\
   (d0), (d1), (d2), (d3), (d4), (d5), (d6), (d7) }})

#define UUID_INIT(a, b, c, d0, d1, d2, d3, d4, d5, d6, d7)			\
((uuid_t)									\
{{ ((a) >> 24) & 0xff, ((a) >> 16) & 0xff, ((a) >> 8) & 0xff, (a) & 0xff,	\
   ((b) >> 8) & 0xff, (b) & 0xff,						\
   ((c) >> 8) & 0xff, (c) & 0xff,						\
   (d0), (d1), (d2), (d3), (d4), (d5), (d6), (d7) }})

/* Length of the text, without its NUL. */
#define UUID_STRING_LEN	36

extern const guid_t guid_null;
extern const uuid_t uuid_null;

/** guid_equal() - are they the same? */
static inline bool guid_equal(const guid_t *u1, const guid_t *u2)
{
	return memcmp(u1, u2, sizeof(guid_t)) == 0;
}

/** guid_copy() - *dst = *src */
static inline void guid_copy(guid_t *dst, const guid_t *src)
{
	memcpy(dst, src, sizeof(guid_t));
}

/** import_guid() - from 16 bytes of any alignment */
static inline void import_guid(guid_t *dst, const __u8 *src)
{
	memcpy(dst, src, sizeof(guid_t));
}

/** export_guid() - to 16 bytes of any alignment */
static inline void export_guid(__u8 *dst, const guid_t *src)
{
	memcpy(dst, src, sizeof(guid_t));
}

/** guid_is_null() - is it all zero? */
static inline bool guid_is_null(const guid_t *guid)
{
	return guid_equal(guid, &guid_null);
}

/** uuid_equal() - are they the same? */
static inline bool uuid_equal(const uuid_t *u1, const uuid_t *u2)
{
	return memcmp(u1, u2, sizeof(uuid_t)) == 0;
}

/** uuid_copy() - *dst = *src */
static inline void uuid_copy(uuid_t *dst, const uuid_t *src)
{
	memcpy(dst, src, sizeof(uuid_t));
}

/** import_uuid() - from 16 bytes of any alignment */
static inline void import_uuid(uuid_t *dst, const __u8 *src)
{
	memcpy(dst, src, sizeof(uuid_t));
}

/** export_uuid() - to 16 bytes of any alignment */
static inline void export_uuid(__u8 *dst, const uuid_t *src)
{
	memcpy(dst, src, sizeof(uuid_t));
}

/** uuid_is_null() - is it all zero? */
static inline bool uuid_is_null(const uuid_t *uuid)
{
	return uuid_equal(uuid, &uuid_null);
}

void generate_random_uuid(unsigned char uuid[16]);
void generate_random_guid(unsigned char guid[16]);

void guid_gen(guid_t *u);
void uuid_gen(uuid_t *u);

bool __must_check uuid_is_valid(const char *uuid);

/* Where each byte's two digits stand in the text, by index in the struct. */
extern const u8 guid_index[16];
extern const u8 uuid_index[16];

int guid_parse(const char *uuid, guid_t *u);
int uuid_parse(const char *uuid, uuid_t *u);

#endif
