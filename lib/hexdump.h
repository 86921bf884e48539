/* SPDX-License-Identifier: MIT */
#ifndef _LIB_HEXDUMP_H
#define _LIB_HEXDUMP_H

#include <linux/types.h>

#define HEX_DUMP_LINE	(32 * 3 + 2 + 32 + 1)	/* the longest line of hex_dump_to_buffer() */
#define HEX_DUMP_PLACE	(16 + 2 + 1)

/* What stands between a dump's prefix and a line's bytes: the address, the offset, or nothing. */
void hex_dump_place(char place[HEX_DUMP_PLACE], int prefix_type, const void *at, size_t offset);

#endif /* _LIB_HEXDUMP_H */
