/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_UNALIGNED_H
#define _LINUX_UNALIGNED_H

/*
 * Numbers at addresses of any alignment. A packed struct tells the compiler all it needs; on our
 * machines the result is one plain load or store.
 */

#include <linux/types.h>
#include <asm/byteorder.h>

#define __get_unaligned_t(type, ptr) ({						\
	const struct { type x; } __packed *__pptr = (typeof(__pptr))(ptr);	\
	__pptr->x;								\
})

#define __put_unaligned_t(type, val, ptr) do {					\
	struct { type x; } __packed *__pptr = (typeof(__pptr))(ptr);		\
	__pptr->x = (val);							\
} while (0)

/** get_unaligned - read *@ptr, wherever it is */
#define get_unaligned(ptr)	__get_unaligned_t(typeof(*(ptr)), (ptr))
/** put_unaligned - write *@ptr, wherever it is */
#define put_unaligned(val, ptr)	__put_unaligned_t(typeof(*(ptr)), (val), (ptr))

/* get_unaligned_le16(p), put_unaligned_le16(val, p) and so on: in a certain byte order. */
#define DEFINE_UNALIGNED(type, order)						\
static inline type get_unaligned_##order(const void *p)				\
{										\
	return order##_to_cpu(__get_unaligned_t(__##order, p));			\
}										\
static inline void put_unaligned_##order(type val, void *p)			\
{										\
	__put_unaligned_t(__##order, cpu_to_##order(val), p);			\
}

DEFINE_UNALIGNED(u16, le16)
DEFINE_UNALIGNED(u16, be16)
DEFINE_UNALIGNED(u32, le32)
DEFINE_UNALIGNED(u32, be32)
DEFINE_UNALIGNED(u64, le64)
DEFINE_UNALIGNED(u64, be64)
#undef DEFINE_UNALIGNED

/* Numbers of three and six bytes. */

/** get_unaligned_be24 - the big-endian number of 3 bytes at @p */
static inline u32 get_unaligned_be24(const void *p)
{
	const u8 *b = p;

	return b[0] << 16 | b[1] << 8 | b[2];
}

/** get_unaligned_le24 - the little-endian number of 3 bytes at @p */
static inline u32 get_unaligned_le24(const void *p)
{
	const u8 *b = p;

	return b[0] | b[1] << 8 | b[2] << 16;
}

/** put_unaligned_be24 - store the low 24 bits at @p, big-endian */
static inline void put_unaligned_be24(const u32 val, void *p)
{
	u8 *b = p;

	b[0] = val >> 16;
	b[1] = val >> 8;
	b[2] = val;
}

/** put_unaligned_le24 - store the low 24 bits at @p, little-endian */
static inline void put_unaligned_le24(const u32 val, void *p)
{
	u8 *b = p;

	b[0] = val;
	b[1] = val >> 8;
	b[2] = val >> 16;
}

/** get_unaligned_be48 - the big-endian number of 6 bytes at @p */
static inline u64 get_unaligned_be48(const void *p)
{
	const u8 *b = p;

	return (u64)get_unaligned_be16(b) << 32 | get_unaligned_be32(b + 2);
}

/** put_unaligned_be48 - store the low 48 bits at @p, big-endian */
static inline void put_unaligned_be48(const u64 val, void *p)
{
	u8 *b = p;

	put_unaligned_be16(val >> 32, b);
	put_unaligned_be32(val, b + 2);
}

#endif
