/* SPDX-License-Identifier: MIT */
#ifndef _FUZZ_LINUX_UNALIGNED_H
#define _FUZZ_LINUX_UNALIGNED_H

/* Byte by byte, so that it is right on any host. */
static inline u64 fuzz_get_le(const void *from, int bytes)
{
	const u8 *p = from;
	u64 value = 0;

	while (bytes--)
		value = value << 8 | p[bytes];
	return value;
}

#define get_unaligned_le16(p) ((u16)fuzz_get_le(p, 2))
#define get_unaligned_le32(p) ((u32)fuzz_get_le(p, 4))
#define get_unaligned_le64(p) fuzz_get_le(p, 8)

#endif
