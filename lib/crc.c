// SPDX-License-Identifier: MIT
/*
 * The small CRCs.
 *
 * A CRC is the remainder of dividing the message, as a polynomial over bits, by a fixed polynomial.
 * A table gives the remainder of each possible byte, so that a byte costs one look-up. The tables
 * are made by the compiler out of the polynomials, not typed: BYTES_256() writes an entry's formula
 * 256 times.
 *
 * Pure functions over constant tables: any context.
 */

#include <linux/crc-ccitt.h>
#include <linux/crc-itu-t.h>
#include <linux/crc-t10dif.h>
#include <linux/crc16.h>
#include <linux/crc4.h>
#include <linux/crc64.h>
#include <linux/crc7.h>
#include <linux/crc8.h>

#include <linux/export.h>
#include <linux/init.h>

/* ENTRY(n) for each n from 0 to 255. */
#define BYTES_4(ENTRY, n)	ENTRY((n)), ENTRY((n) + 1), ENTRY((n) + 2), ENTRY((n) + 3)
#define BYTES_16(ENTRY, n)	BYTES_4(ENTRY, n), BYTES_4(ENTRY, (n) + 4),		\
				BYTES_4(ENTRY, (n) + 8), BYTES_4(ENTRY, (n) + 12)
#define BYTES_64(ENTRY, n)	BYTES_16(ENTRY, n), BYTES_16(ENTRY, (n) + 16),		\
				BYTES_16(ENTRY, (n) + 32), BYTES_16(ENTRY, (n) + 48)
#define BYTES_256(ENTRY)	BYTES_64(ENTRY, 0), BYTES_64(ENTRY, 64),		\
				BYTES_64(ENTRY, 128), BYTES_64(ENTRY, 192)

/*
 * The remainder of a byte is the sum (xor) of the remainders of its bits, which are enum constants
 * with a common beginning of their names and the bit's number as its end.
 */
#define SUM_OF_BITS(n, B)							\
	(((n) & 1 ? B##0 : 0) ^ ((n) & 2 ? B##1 : 0) ^				\
	 ((n) & 4 ? B##2 : 0) ^ ((n) & 8 ? B##3 : 0) ^				\
	 ((n) & 16 ? B##4 : 0) ^ ((n) & 32 ? B##5 : 0) ^			\
	 ((n) & 64 ? B##6 : 0) ^ ((n) & 128 ? B##7 : 0))

/*
 * The remainders of a byte's bits. If the highest bit comes first, that of bit 0 alone is the
 * polynomial, and each higher bit takes one step of the division more; if the lowest comes first it
 * is bit 7's, and so on downwards. @B begins the constants' names; @poly is as wide as the CRC,
 * whose highest bit is @top.
 */
#define STEP_UP(r, poly, top)							\
	(((r) & (top) ? (r) << 1 ^ (poly) : (r) << 1) & ((top) | ((top) - 1)))
#define HIGH_BIT_FIRST(B, poly, top)						\
	enum {									\
		B##0 = (poly),							\
		B##1 = STEP_UP(B##0 + 0ULL, poly, top),				\
		B##2 = STEP_UP(B##1 + 0ULL, poly, top),				\
		B##3 = STEP_UP(B##2 + 0ULL, poly, top),				\
		B##4 = STEP_UP(B##3 + 0ULL, poly, top),				\
		B##5 = STEP_UP(B##4 + 0ULL, poly, top),				\
		B##6 = STEP_UP(B##5 + 0ULL, poly, top),				\
		B##7 = STEP_UP(B##6 + 0ULL, poly, top),				\
	}
#define STEP_DOWN(r, poly)	((r) & 1 ? (r) >> 1 ^ (poly) : (r) >> 1)
#define LOW_BIT_FIRST(B, poly)							\
	enum {									\
		B##7 = (poly),							\
		B##6 = STEP_DOWN(B##7 + 0ULL, poly),				\
		B##5 = STEP_DOWN(B##6 + 0ULL, poly),				\
		B##4 = STEP_DOWN(B##5 + 0ULL, poly),				\
		B##3 = STEP_DOWN(B##4 + 0ULL, poly),				\
		B##2 = STEP_DOWN(B##3 + 0ULL, poly),				\
		B##1 = STEP_DOWN(B##2 + 0ULL, poly),				\
		B##0 = STEP_DOWN(B##1 + 0ULL, poly),				\
	}

/* --- CRC-4 ------------------------------------------------------------------------------------ */

/* Polynomial x^4 + x^2 + x + 1, highest bit first: one step of the division, and nibbles. */
#define STEP(r)	(((r) & 8 ? (r) << 1 ^ 0x7 : (r) << 1) & 0xf)
enum { CRC4_0 = STEP(STEP(STEP(STEP(1)))), CRC4_1 = STEP(CRC4_0), CRC4_2 = STEP(CRC4_1),
       CRC4_3 = STEP(CRC4_2) };
#undef STEP

#define CRC4_OF(n)	(((n) & 1 ? CRC4_0 : 0) ^ ((n) & 2 ? CRC4_1 : 0) ^			\
			 ((n) & 4 ? CRC4_2 : 0) ^ ((n) & 8 ? CRC4_3 : 0))
static const u8 crc4_table[16] = { BYTES_16(CRC4_OF, 0) };

/**
 * crc4() - CRC-4 of a number
 * @c: CRC so far
 * @x: number
 * @bits: how many of its low bits count, 0 to 64; the highest comes first, zeros before it up to a
 *	whole nibble
 *
 * Return: the CRC, 0 to 15.
 */
uint8_t crc4(uint8_t c, uint64_t x, int bits)
{
	int i;

	if (bits < 64)
		x &= (1ULL << bits) - 1;
	for (i = ((bits + 3) & ~3) - 4; i >= 0; i -= 4)
		c = crc4_table[(c ^ (x >> i)) & 0xf];
	return c;
}
EXPORT_SYMBOL_GPL(crc4);

/* --- CRC-7, highest bit first, in the upper seven bits of a byte ------------------------------ */

HIGH_BIT_FIRST(CRC7_, 0x12, 0x80);
#define CRC7_OF(n)	SUM_OF_BITS(n, CRC7_)
const u8 crc7_be_syndrome_table[256] = { BYTES_256(CRC7_OF) };
EXPORT_SYMBOL(crc7_be_syndrome_table);

/**
 * crc7_be() - CRC-7 of bytes (x^7 + x^3 + 1)
 * @crc: CRC so far, in the upper seven bits
 * @buffer: bytes
 * @len: how many
 *
 * Return: the CRC in the upper seven bits; bit 0 is 0.
 */
u8 crc7_be(u8 crc, const u8 *buffer, size_t len)
{
	while (len--)
		crc = crc7_be_byte(crc, *buffer++);
	return crc;
}
EXPORT_SYMBOL(crc7_be);

/* --- CRC-8 of any polynomial ------------------------------------------------------------------ */

/**
 * crc8_populate_msb() - make a table for CRCs with the highest bit first
 * @table: gets 256 remainders
 * @polynomial: polynomial without its x^8, x^7 being bit 7
 *
 * The remainder of 2n is that of n, one step on; a byte's is the sum of its bits'.
 */
void crc8_populate_msb(u8 table[CRC8_TABLE_SIZE], u8 polynomial)
{
	u8 bit_remainder = 0x80;
	int bit, rest;

	table[0] = 0;
	for (bit = 1; bit < CRC8_TABLE_SIZE; bit *= 2) {
		bit_remainder = bit_remainder << 1 ^ (bit_remainder & 0x80 ? polynomial : 0);
		for (rest = 0; rest < bit; rest++)
			table[bit + rest] = table[rest] ^ bit_remainder;
	}
}
EXPORT_SYMBOL(crc8_populate_msb);

/**
 * crc8_populate_lsb() - make a table for CRCs with the lowest bit first
 * @table: gets 256 remainders
 * @polynomial: polynomial without its x^8, x^7 being bit 0
 */
void crc8_populate_lsb(u8 table[CRC8_TABLE_SIZE], u8 polynomial)
{
	u8 bit_remainder = 1;
	int bit, rest;

	table[0] = 0;
	for (bit = CRC8_TABLE_SIZE / 2; bit; bit /= 2) {
		bit_remainder = bit_remainder >> 1 ^ (bit_remainder & 1 ? polynomial : 0);
		for (rest = 0; rest < CRC8_TABLE_SIZE; rest += 2 * bit)
			table[bit + rest] = table[rest] ^ bit_remainder;
	}
}
EXPORT_SYMBOL(crc8_populate_lsb);

/**
 * crc8() - CRC-8 of bytes
 * @table: made by one of the two above
 * @pdata: bytes
 * @nbytes: how many
 * @crc: CRC so far; CRC8_INIT_VALUE to begin
 */
u8 crc8(const u8 table[CRC8_TABLE_SIZE], const u8 *pdata, size_t nbytes, u8 crc)
{
	while (nbytes--)
		crc = table[crc ^ *pdata++];
	return crc;
}
EXPORT_SYMBOL(crc8);

/* --- 16 bits, lowest bit first ---------------------------------------------------------------- */

LOW_BIT_FIRST(CRC16_, 0xa001);
#define CRC16_OF(n)	SUM_OF_BITS(n, CRC16_)
u16 const crc16_table[256] = { BYTES_256(CRC16_OF) };
EXPORT_SYMBOL(crc16_table);

LOW_BIT_FIRST(CCITT_, 0x8408);
#define CCITT_OF(n)	SUM_OF_BITS(n, CCITT_)
u16 const crc_ccitt_table[256] = { BYTES_256(CCITT_OF) };
EXPORT_SYMBOL(crc_ccitt_table);

/** crc16() - CRC-16 of bytes, going on from @crc */
u16 crc16(u16 crc, u8 const *buffer, size_t len)
{
	while (len--)
		crc = crc16_byte(crc, *buffer++);
	return crc;
}
EXPORT_SYMBOL(crc16);

/** crc_ccitt() - CRC-CCITT of bytes, going on from @crc */
u16 crc_ccitt(u16 crc, u8 const *buffer, size_t len)
{
	while (len--)
		crc = crc_ccitt_byte(crc, *buffer++);
	return crc;
}
EXPORT_SYMBOL(crc_ccitt);

/* --- Highest bit first: 16 and 64 bits -------------------------------------------------------- */

HIGH_BIT_FIRST(ITUT_, 0x1021, 0x8000);
#define ITUT_OF(n)	SUM_OF_BITS(n, ITUT_)
const u16 crc_itu_t_table[256] = { BYTES_256(ITUT_OF) };
EXPORT_SYMBOL(crc_itu_t_table);

/** crc_itu_t() - CRC ITU-T V.41 of bytes, going on from @crc */
u16 crc_itu_t(u16 crc, const u8 *buffer, size_t len)
{
	while (len--)
		crc = crc_itu_t_byte(crc, *buffer++);
	return crc;
}
EXPORT_SYMBOL(crc_itu_t);

/*
 * SCSI's data integrity field: one more of 16 bits, with a table of its own.
 */
HIGH_BIT_FIRST(T10DIF_, 0x8bb7, 0x8000);
#define T10DIF_OF(n)	SUM_OF_BITS(n, T10DIF_)
static const u16 t10dif_table[256] = { BYTES_256(T10DIF_OF) };

/** crc_t10dif_generic() - CRC of the T10 data integrity field, going on from @crc */
__u16 crc_t10dif_generic(__u16 crc, const unsigned char *buffer, size_t len)
{
	while (len--)
		crc = crc << 8 ^ t10dif_table[crc >> 8 ^ *buffer++];
	return crc;
}
EXPORT_SYMBOL(crc_t10dif_generic);

/** crc_t10dif_update() - the same by the best means there is */
__u16 crc_t10dif_update(__u16 crc, unsigned char const *buffer, size_t len)
{
	return crc_t10dif_generic(crc, buffer, len);
}
EXPORT_SYMBOL(crc_t10dif_update);

/** crc_t10dif() - of one block */
__u16 crc_t10dif(unsigned char const *buffer, size_t len)
{
	return crc_t10dif_update(0, buffer, len);
}
EXPORT_SYMBOL(crc_t10dif);

/* ECMA-182 */
HIGH_BIT_FIRST(CRC64_, 0x42f0e1eba9ea3693ULL, 1ULL << 63);
#define CRC64_OF(n)	SUM_OF_BITS(n, CRC64_)
static const u64 crc64_table[256] = { BYTES_256(CRC64_OF) };

/** crc64_be() - CRC-64 (ECMA-182) of bytes, going on from @crc */
u64 __pure crc64_be(u64 crc, const void *p, size_t len)
{
	const u8 *bytes = p;

	while (len--)
		crc = crc64_table[(crc >> 56) ^ *bytes++] ^ crc << 8;
	return crc;
}
EXPORT_SYMBOL_GPL(crc64_be);

/*
 * Rocksoft's model of 64 bits, which NVMe guards its blocks with: the lowest bit first, and turned
 * over at both ends.
 */
LOW_BIT_FIRST(ROCKSOFT_, 0x9a6c9329ac4bc9b5ULL);
#define ROCKSOFT_OF(n)	SUM_OF_BITS(n, ROCKSOFT_)
static const u64 crc64_rocksoft_table[256] = { BYTES_256(ROCKSOFT_OF) };

/** crc64_rocksoft_generic() - CRC-64 of NVMe, going on from @crc; 0 to begin */
u64 __pure crc64_rocksoft_generic(u64 crc, const void *p, size_t len)
{
	const u8 *bytes = p;

	crc = ~crc;
	while (len--)
		crc = crc64_rocksoft_table[(u8)crc ^ *bytes++] ^ crc >> 8;
	return ~crc;
}
EXPORT_SYMBOL_GPL(crc64_rocksoft_generic);

/** crc64_rocksoft_update() - the same by the best means there is */
u64 crc64_rocksoft_update(u64 crc, const unsigned char *buffer, size_t len)
{
	return crc64_rocksoft_generic(crc, buffer, len);
}
EXPORT_SYMBOL_GPL(crc64_rocksoft_update);

/** crc64_rocksoft() - of one block */
u64 crc64_rocksoft(const unsigned char *buffer, size_t len)
{
	return crc64_rocksoft_update(0, buffer, len);
}
EXPORT_SYMBOL_GPL(crc64_rocksoft);
