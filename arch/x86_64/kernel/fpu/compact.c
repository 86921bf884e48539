// SPDX-License-Identifier: MIT
/*
 * From the compacted form of an XSAVE image to the standard one.
 *
 * Both begin with FXSAVE's 512 bytes and a header of 64. In the standard form each further
 * component has a place of its own, whether it is in use or not. XSAVEC and XSAVES leave no holes:
 * what xcomp_bv names follows in the order of its bits, some of it at the next multiple of 64.
 *
 *	standard	legacy header  ymm ...... pkru ....
 *	compacted	legacy header  ymm pkru
 *
 * xfeatures says which of them hold something; the others are in their initial state, which is zero
 * for all beyond the first two. QEMU has no XSAVES and our own images are in the standard form:
 * this is a pure function, for an image that came from elsewhere, and trusts nothing in it.
 */

#include <asm/fpu/compact.h>

#include <linux/align.h>
#include <linux/bits.h>
#include <linux/errno.h>
#include <linux/string.h>

#include <asm/fpu/types.h>

/* x87 and SSE lie in the legacy part in both forms. */
#define FIRST_COMPONENT	2
#define LAST_COMPONENT	62

static bool header_is_valid(const struct xstate_header *header, u64 supported)
{
	u64 present = header->xcomp_bv & ~XCOMP_BV_COMPACTED_FORMAT;

	return (header->xcomp_bv & XCOMP_BV_COMPACTED_FORMAT) &&
	       !(present & ~supported) && !(header->xfeatures & ~present) &&
	       !memchr_inv(header->reserved, 0, sizeof(header->reserved));
}

/**
 * xstate_expand - make the standard form of a compacted image
 * @to: the standard image, @to_size bytes; its bytes before the components are written too
 * @to_size: bytes; at least legacy part and header
 * @from: the compacted image
 * @from_size: bytes
 * @places: of each component, by its number; those that @supported names
 * @supported: components that may be there
 *
 * Return: 0; -EINVAL for a header that no processor has written, or components beyond an end. @to
 * is untouched then.
 */
int xstate_expand(void *to, size_t to_size, const void *from, size_t from_size,
		  const struct xstate_place *places, u64 supported)
{
	const struct xregs_state *compact = from;
	struct xregs_state *standard = to;
	size_t at[LAST_COMPONENT + 1] = { }, next = sizeof(*compact);
	unsigned int nr;
	u64 present;

	if (from_size < sizeof(*compact) || to_size < sizeof(*standard) ||
	    !header_is_valid(&compact->header, supported))
		return -EINVAL;
	present = compact->header.xcomp_bv & ~XCOMP_BV_COMPACTED_FORMAT;
	for (nr = FIRST_COMPONENT; nr <= LAST_COMPONENT; nr++) {
		if (!(present & BIT_ULL(nr)))
			continue;
		at[nr] = places[nr].aligned ? ALIGN(next, 64) : next;
		next = at[nr] + places[nr].size;
		if (next > from_size || places[nr].offset + places[nr].size > to_size)
			return -EINVAL;
	}

	memset(to, 0, to_size);
	memcpy(&standard->i387, &compact->i387, sizeof(standard->i387));
	standard->header.xfeatures = compact->header.xfeatures;
	for (nr = FIRST_COMPONENT; nr <= LAST_COMPONENT; nr++) {
		if (compact->header.xfeatures & BIT_ULL(nr))
			memcpy(to + places[nr].offset, from + at[nr], places[nr].size);
	}
	return 0;
}
