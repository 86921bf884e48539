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

#define STEP(r)	(((r) & 0x80 ? (r) << 1 ^ 0x12 : (r) << 1) & 0xff)
/* a bit's remainder: the bit pushed out of the byte, which takes eight steps for bit 0 */
enum {
	CRC7_0 = 0x12, CRC7_1 = STEP(CRC7_0), CRC7_2 = STEP(CRC7_1), CRC7_3 = STEP(CRC7_2),
	CRC7_4 = STEP(CRC7_3), CRC7_5 = STEP(CRC7_4), CRC7_6 = STEP(CRC7_5), CRC7_7 = STEP(CRC7_6),
};
#undef STEP

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

#define STEP(r, poly)	((r) & 1 ? (r) >> 1 ^ (poly) : (r) >> 1)

/* The remainder of bit 7 alone is the polynomial; each lower bit takes a step more. */
enum {
	CRC16_7 = 0xa001, CRC16_6 = STEP(CRC16_7, 0xa001), CRC16_5 = STEP(CRC16_6, 0xa001),
	CRC16_4 = STEP(CRC16_5, 0xa001), CRC16_3 = STEP(CRC16_4, 0xa001),
	CRC16_2 = STEP(CRC16_3, 0xa001), CRC16_1 = STEP(CRC16_2, 0xa001),
	CRC16_0 = STEP(CRC16_1, 0xa001),
	CCITT_7 = 0x8408, CCITT_6 = STEP(CCITT_7, 0x8408), CCITT_5 = STEP(CCITT_6, 0x8408),
	CCITT_4 = STEP(CCITT_5, 0x8408), CCITT_3 = STEP(CCITT_4, 0x8408),
	CCITT_2 = STEP(CCITT_3, 0x8408), CCITT_1 = STEP(CCITT_2, 0x8408),
	CCITT_0 = STEP(CCITT_1, 0x8408),
};
#undef STEP

#define CRC16_OF(n)	SUM_OF_BITS(n, CRC16_)
u16 const crc16_table[256] = { BYTES_256(CRC16_OF) };
EXPORT_SYMBOL(crc16_table);

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

/* The remainder of bit 0 alone is the polynomial; each higher bit takes a step more. */
#define STEP(r)	(((r) & 0x8000 ? (r) << 1 ^ 0x1021 : (r) << 1) & 0xffff)
enum {
	ITUT_0 = 0x1021, ITUT_1 = STEP(ITUT_0), ITUT_2 = STEP(ITUT_1), ITUT_3 = STEP(ITUT_2),
	ITUT_4 = STEP(ITUT_3), ITUT_5 = STEP(ITUT_4), ITUT_6 = STEP(ITUT_5), ITUT_7 = STEP(ITUT_6),
};
#undef STEP

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
#define STEP(r)	(((r) & 0x8000 ? (r) << 1 ^ 0x8bb7 : (r) << 1) & 0xffff)
enum {
	T10DIF_0 = 0x8bb7, T10DIF_1 = STEP(T10DIF_0), T10DIF_2 = STEP(T10DIF_1),
	T10DIF_3 = STEP(T10DIF_2), T10DIF_4 = STEP(T10DIF_3), T10DIF_5 = STEP(T10DIF_4),
	T10DIF_6 = STEP(T10DIF_5), T10DIF_7 = STEP(T10DIF_6),
};
#undef STEP

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
#define STEP(r)	((r) >> 63 ? (r) << 1 ^ 0x42f0e1eba9ea3693ULL : (r) << 1)
enum {
	CRC64_0 = 0x42f0e1eba9ea3693ULL, CRC64_1 = STEP(0ULL + CRC64_0),
	CRC64_2 = STEP(0ULL + CRC64_1), CRC64_3 = STEP(0ULL + CRC64_2),
	CRC64_4 = STEP(0ULL + CRC64_3), CRC64_5 = STEP(0ULL + CRC64_4),
	CRC64_6 = STEP(0ULL + CRC64_5), CRC64_7 = STEP(0ULL + CRC64_6),
};
#undef STEP

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
#define ROCKSOFT_POLY	0x9a6c9329ac4bc9b5ULL
#define STEP(r)	((r) & 1 ? (r) >> 1 ^ ROCKSOFT_POLY : (r) >> 1)
enum {
	ROCKSOFT_7 = ROCKSOFT_POLY, ROCKSOFT_6 = STEP(0ULL + ROCKSOFT_7),
	ROCKSOFT_5 = STEP(0ULL + ROCKSOFT_6), ROCKSOFT_4 = STEP(0ULL + ROCKSOFT_5),
	ROCKSOFT_3 = STEP(0ULL + ROCKSOFT_4), ROCKSOFT_2 = STEP(0ULL + ROCKSOFT_3),
	ROCKSOFT_1 = STEP(0ULL + ROCKSOFT_2), ROCKSOFT_0 = STEP(0ULL + ROCKSOFT_1),
};
#undef STEP

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
