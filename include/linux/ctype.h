/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_CTYPE_H
#define _LINUX_CTYPE_H

/*
 * Character classes of Latin-1, from a table of flags (lib/ctype.c). Arguments are taken modulo
 * 256, so that a plain char with its top bit set is looked up as the character that it is.
 */

#include <linux/compiler.h>

#define _U	0x01	/* upper */
#define _L	0x02	/* lower */
#define _D	0x04	/* digit */
#define _C	0x08	/* control */
#define _P	0x10	/* punctuation */
#define _S	0x20	/* white space */
#define _X	0x40	/* hex digit */
#define _SP	0x80	/* hard space (0x20) */

extern const unsigned char _ctype[];

#define __ismask(x)	(_ctype[(int)(unsigned char)(x)])

#define isalnum(c)	((__ismask(c) & (_U | _L | _D)) != 0)
#define isalpha(c)	((__ismask(c) & (_U | _L)) != 0)
#define iscntrl(c)	((__ismask(c) & (_C)) != 0)
#define isgraph(c)	((__ismask(c) & (_P | _U | _L | _D)) != 0)
#define islower(c)	((__ismask(c) & (_L)) != 0)
#define isprint(c)	((__ismask(c) & (_P | _U | _L | _D | _SP)) != 0)
#define ispunct(c)	((__ismask(c) & (_P)) != 0)
/* Note: isspace() is false for NUL, so loops over blanks end there. */
#define isspace(c)	((__ismask(c) & (_S)) != 0)
#define isupper(c)	((__ismask(c) & (_U)) != 0)
#define isxdigit(c)	((__ismask(c) & (_D | _X)) != 0)

#define isascii(c)	(((unsigned char)(c)) <= 0x7f)
#define toascii(c)	(((unsigned char)(c)) & 0x7f)

/** isdigit() - is it '0' to '9'? @c may be any int */
static inline int isdigit(int c)
{
	return c >= '0' && c <= '9';
}

/** __tolower() - tolower(): Latin-1, as isupper() */
static inline unsigned char __tolower(unsigned char c)
{
	if (isupper(c))
		c += 'a' - 'A';
	return c;
}

/** __toupper() - toupper(): Latin-1, as islower() */
static inline unsigned char __toupper(unsigned char c)
{
	if (islower(c))
		c -= 'a' - 'A';
	return c;
}

#define tolower(c)	__tolower(c)
#define toupper(c)	__toupper(c)

/**
 * _tolower() - lower case for ASCII letters only; harmless for the characters that keywords are
 * made of
 */
static inline char _tolower(const char c)
{
	return c | 0x20;
}

/** isodigit() - is it '0' to '7'? */
static inline int isodigit(const char c)
{
	return c >= '0' && c <= '7';
}

#endif
