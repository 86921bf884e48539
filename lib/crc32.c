// SPDX-License-Identifier: MIT
/*
 * CRC-32 and CRC-32C.
 *
 * A table maps a byte to its remainder (see crc.c). Eight tables, the k-th for a byte that k more
 * bytes follow, let eight bytes be taken in at once: their remainders are independent look-ups,
 * where a byte at a time each look-up waits for the one before ("slicing by eight").
 *
 * The tables come from one sequence: S(i) is the polynomial advanced by i steps; bit b of table k
 * is S(8k + 7 - b) if the lowest bit comes first, S(8k + b) if the highest does.
 *
 * A machine with instructions for it says so in <asm/crc32.h>. Pure functions, any context.
 */

#include <linux/crc32.h>

#include <linux/crc32poly.h>
#include <linux/export.h>
#include <linux/kernel.h>
#include <linux/unaligned.h>

#include <asm/crc32.h>

#include <kunit/visibility.h>

#include "crc32_internal.h"

#define LE_STEP(r, poly)	((r) & 1 ? (r) >> 1 ^ (poly) : (r) >> 1)
#define BE_STEP(r, poly)	((r) >> 31 ? ((r) << 1 ^ (poly)) & 0xffffffffu : (r) << 1)

/* Eight steps more: constants N##a to N##h from the one before. */
#define EIGHT(STEP, N, k, before, poly)						\
	N##k##0 = STEP(0u + before, poly), N##k##1 = STEP(0u + N##k##0, poly),	\
	N##k##2 = STEP(0u + N##k##1, poly), N##k##3 = STEP(0u + N##k##2, poly),	\
	N##k##4 = STEP(0u + N##k##3, poly), N##k##5 = STEP(0u + N##k##4, poly),	\
	N##k##6 = STEP(0u + N##k##5, poly), N##k##7 = STEP(0u + N##k##6, poly)

/* N##k##i is S(8k + i). The first eight begin with the polynomial itself, a step after "one". */
#define SIXTY_FOUR(STEP, N, one, poly)						\
	EIGHT(STEP, N, 0, one, poly), EIGHT(STEP, N, 1, N##07, poly),		\
	EIGHT(STEP, N, 2, N##17, poly), EIGHT(STEP, N, 3, N##27, poly),		\
	EIGHT(STEP, N, 4, N##37, poly), EIGHT(STEP, N, 5, N##47, poly),		\
	EIGHT(STEP, N, 6, N##57, poly), EIGHT(STEP, N, 7, N##67, poly)

enum { SIXTY_FOUR(LE_STEP, ETHER_LE, 1u, CRC32_POLY_LE) };
enum { SIXTY_FOUR(LE_STEP, CASTAGNOLI, 1u, CRC32C_POLY_LE) };
enum { SIXTY_FOUR(BE_STEP, ETHER_BE, 0x80000000u, CRC32_POLY_BE) };

#define LE_SUM(n, B)								\
	(((n) & 128 ? B##0 : 0u) ^ ((n) & 64 ? B##1 : 0u) ^			\
	 ((n) & 32 ? B##2 : 0u) ^ ((n) & 16 ? B##3 : 0u) ^			\
	 ((n) & 8 ? B##4 : 0u) ^ ((n) & 4 ? B##5 : 0u) ^			\
	 ((n) & 2 ? B##6 : 0u) ^ ((n) & 1 ? B##7 : 0u))
#define BE_SUM(n, B)								\
	(((n) & 1 ? B##0 : 0u) ^ ((n) & 2 ? B##1 : 0u) ^			\
	 ((n) & 4 ? B##2 : 0u) ^ ((n) & 8 ? B##3 : 0u) ^			\
	 ((n) & 16 ? B##4 : 0u) ^ ((n) & 32 ? B##5 : 0u) ^			\
	 ((n) & 64 ? B##6 : 0u) ^ ((n) & 128 ? B##7 : 0u))

#define ROW_4(SUM, B, n)	SUM((n), B), SUM((n) + 1, B), SUM((n) + 2, B), SUM((n) + 3, B)
#define ROW_16(SUM, B, n)	ROW_4(SUM, B, n), ROW_4(SUM, B, (n) + 4),		\
				ROW_4(SUM, B, (n) + 8), ROW_4(SUM, B, (n) + 12)
#define ROW_64(SUM, B, n)	ROW_16(SUM, B, n), ROW_16(SUM, B, (n) + 16),		\
				ROW_16(SUM, B, (n) + 32), ROW_16(SUM, B, (n) + 48)
#define ROW(SUM, B)		{ ROW_64(SUM, B, 0), ROW_64(SUM, B, 64),		\
				  ROW_64(SUM, B, 128), ROW_64(SUM, B, 192) }
#define TABLES(SUM, N)		{ ROW(SUM, N##0), ROW(SUM, N##1), ROW(SUM, N##2),	\
				  ROW(SUM, N##3), ROW(SUM, N##4), ROW(SUM, N##5),	\
				  ROW(SUM, N##6), ROW(SUM, N##7) }

static const u32 crc32table_le[8][256] = TABLES(LE_SUM, ETHER_LE);
static const u32 crc32ctable_le[8][256] = TABLES(LE_SUM, CASTAGNOLI);
static const u32 crc32table_be[8][256] = TABLES(BE_SUM, ETHER_BE);

/**
 * crc32_le_generic() - CRC with the lowest bit first
 * @crc: CRC so far
 * @p: bytes
 * @len: how many
 * @tab: eight tables of @polynomial; NULL to divide bit by bit
 * @polynomial: polynomial
 */
VISIBLE_IF_KUNIT u32 __pure crc32_le_generic(u32 crc, unsigned char const *p, size_t len,
					     const u32 (*tab)[256], u32 polynomial)
{
	int i;

	if (!tab) {
		while (len--) {
			crc ^= *p++;
			for (i = 0; i < 8; i++)
				crc = LE_STEP(crc, polynomial);
		}
		return crc;
	}

	for (; len >= 8; len -= 8, p += 8) {
		u64 q = get_unaligned_le64(p) ^ crc;

		crc = tab[7][q & 0xff] ^ tab[6][q >> 8 & 0xff] ^ tab[5][q >> 16 & 0xff] ^
		      tab[4][q >> 24 & 0xff] ^ tab[3][q >> 32 & 0xff] ^ tab[2][q >> 40 & 0xff] ^
		      tab[1][q >> 48 & 0xff] ^ tab[0][q >> 56];
	}
	while (len--)
		crc = crc >> 8 ^ tab[0][(crc ^ *p++) & 0xff];
	return crc;
}
EXPORT_SYMBOL_IF_KUNIT(crc32_le_generic);

/**
 * crc32_be_generic() - CRC with the highest bit first
 * @crc: CRC so far
 * @p: bytes
 * @len: how many
 * @tab: eight tables of @polynomial; NULL to divide bit by bit
 * @polynomial: polynomial
 */
VISIBLE_IF_KUNIT u32 __pure crc32_be_generic(u32 crc, unsigned char const *p, size_t len,
					     const u32 (*tab)[256], u32 polynomial)
{
	int i;

	if (!tab) {
		while (len--) {
			crc ^= (u32)*p++ << 24;
			for (i = 0; i < 8; i++)
				crc = BE_STEP(crc, polynomial);
		}
		return crc;
	}

	for (; len >= 8; len -= 8, p += 8) {
		u64 q = get_unaligned_be64(p) ^ (u64)crc << 32;

		crc = tab[0][q & 0xff] ^ tab[1][q >> 8 & 0xff] ^ tab[2][q >> 16 & 0xff] ^
		      tab[3][q >> 24 & 0xff] ^ tab[4][q >> 32 & 0xff] ^ tab[5][q >> 40 & 0xff] ^
		      tab[6][q >> 48 & 0xff] ^ tab[7][q >> 56];
	}
	while (len--)
		crc = crc << 8 ^ tab[0][(crc >> 24) ^ *p++];
	return crc;
}
EXPORT_SYMBOL_IF_KUNIT(crc32_be_generic);

/** crc32_le_base() - portable crc32_le() */
u32 __pure crc32_le_base(u32 crc, unsigned char const *p, size_t len)
{
	return crc32_le_generic(crc, p, len, crc32table_le, CRC32_POLY_LE);
}
EXPORT_SYMBOL(crc32_le_base);

u32 __pure __generic_crc32_le(u32 crc, unsigned char const *p, size_t len)
	__alias(crc32_le_base);

/** __crc32c_le_base() - portable __crc32c_le() */
u32 __pure __crc32c_le_base(u32 crc, unsigned char const *p, size_t len)
{
	return crc32_le_generic(crc, p, len, crc32ctable_le, CRC32C_POLY_LE);
}
EXPORT_SYMBOL(__crc32c_le_base);

u32 __pure __generic_crc32c(u32 crc, unsigned char const *p, size_t len)
	__alias(__crc32c_le_base);

/** crc32_be_base() - portable crc32_be() */
u32 __pure crc32_be_base(u32 crc, unsigned char const *p, size_t len)
{
	return crc32_be_generic(crc, p, len, crc32table_be, CRC32_POLY_BE);
}
EXPORT_SYMBOL(crc32_be_base);

u32 __pure __generic_crc32_be(u32 crc, unsigned char const *p, size_t len)
	__alias(crc32_be_base);

/** crc32_le() - Ethernet's CRC-32, lowest bit first, going on from @crc */
u32 __pure crc32_le(u32 crc, unsigned char const *p, size_t len)
{
#ifdef arch_crc32_le
	if (arch_has_crc32())
		return arch_crc32_le(crc, p, len);
#endif
	return crc32_le_base(crc, p, len);
}
EXPORT_SYMBOL(crc32_le);

/** __crc32c_le() - CRC-32C, going on from @crc */
u32 __pure __crc32c_le(u32 crc, unsigned char const *p, size_t len)
{
#ifdef arch_crc32c_le
	if (arch_has_crc32c())
		return arch_crc32c_le(crc, p, len);
#endif
	return __crc32c_le_base(crc, p, len);
}
EXPORT_SYMBOL(__crc32c_le);

/** crc32_be() - Ethernet's CRC-32, highest bit first, going on from @crc */
u32 __pure crc32_be(u32 crc, unsigned char const *p, size_t len)
{
#ifdef arch_crc32_be
	if (arch_has_crc32())
		return arch_crc32_be(crc, p, len);
#endif
	return crc32_be_base(crc, p, len);
}
EXPORT_SYMBOL(crc32_be);

/* --- Joining blocks --------------------------------------------------------------------------- */

/* Product of two polynomials modulo a third; bit 31 is x^0. Horner's scheme from x^31 down. */
static u32 __attribute_const__ multiply(u32 x, u32 y, u32 modulus)
{
	u32 product = x & 1 ? y : 0;
	int i;

	for (i = 0; i < 31; i++) {
		product = LE_STEP(product, modulus);
		x >>= 1;
		product ^= x & 1 ? y : 0;
	}
	return product;
}

/**
 * crc32_generic_shift() - CRC after @len zero bytes more
 * @crc: CRC, lowest bit first
 * @len: how many zero bytes
 * @polynomial: polynomial
 *
 * That is the product with x^(8 * @len): squares of x^8, picked by the bits of @len.
 */
VISIBLE_IF_KUNIT u32 __attribute_const__ crc32_generic_shift(u32 crc, size_t len, u32 polynomial)
{
	u32 power = 0x80000000 >> 8;

	for (; len; len >>= 1) {
		if (len & 1)
			crc = multiply(crc, power, polynomial);
		power = multiply(power, power, polynomial);
	}
	return crc;
}
EXPORT_SYMBOL_IF_KUNIT(crc32_generic_shift);

/** crc32_le_shift() - crc32_le() after @len zero bytes more */
u32 __attribute_const__ crc32_le_shift(u32 crc, size_t len)
{
	return crc32_generic_shift(crc, len, CRC32_POLY_LE);
}
EXPORT_SYMBOL(crc32_le_shift);

/** __crc32c_le_shift() - __crc32c_le() after @len zero bytes more */
u32 __attribute_const__ __crc32c_le_shift(u32 crc, size_t len)
{
	return crc32_generic_shift(crc, len, CRC32C_POLY_LE);
}
EXPORT_SYMBOL(__crc32c_le_shift);
