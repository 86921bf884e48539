/* SPDX-License-Identifier: MIT */
#ifndef _FUZZ_LINUX_BITOPS_H
#define _FUZZ_LINUX_BITOPS_H

#define rol32(x, n) ((u32)(x) << (n) | (u32)(x) >> (32 - (n)))
#define rol64(x, n) ((u64)(x) << (n) | (u64)(x) >> (64 - (n)))

static inline int fls(unsigned int x)
{
	return x ? 32 - __builtin_clz(x) : 0;
}

#endif
