/* SPDX-License-Identifier: MIT */
#ifndef _LIB_TS_KMP_H
#define _LIB_TS_KMP_H

/* Knuth, Morris and Pratt's automaton, which kmp and bm share. */

#include <linux/ctype.h>
#include <linux/types.h>

/*
 * prefix[q] is the length of the longest proper prefix of the pattern that is also a suffix of its
 * first q + 1 characters: after a mismatch behind q characters, prefix[q - 1] of them still match.
 */
static inline void kmp_make_prefixes(const u8 *pattern, unsigned int len, unsigned int *prefix)
{
	unsigned int k = 0, q;

	prefix[0] = 0;
	for (q = 1; q < len; q++) {
		while (k > 0 && pattern[k] != pattern[q])
			k = prefix[k - 1];
		if (pattern[k] == pattern[q])
			k++;
		prefix[q] = k;
	}
}

/* One character more: how many characters of the pattern match the end of the text now. */
static inline unsigned int kmp_step(const u8 *pattern, const unsigned int *prefix,
				    unsigned int q, u8 c)
{
	while (q > 0 && pattern[q] != c)
		q = prefix[q - 1];
	return q + (pattern[q] == c);
}

static inline u8 ts_fold(u8 c, bool icase)
{
	return icase ? toupper(c) : c;
}

#endif
