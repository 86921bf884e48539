/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_KDEV_T_H
#define _LINUX_KDEV_T_H

/*
 * Device numbers. In the kernel: 12 bits of major, 20 of minor. Programs see another packing, in
 * which small numbers look as they did when both had 8 bits:
 *
 *	minor bits 7-0 | major bits 11-0 << 8 | minor bits 19-8 << 20
 */

#include <linux/types.h>

#define MINORBITS	20
#define MINORMASK	((1U << MINORBITS) - 1)

#define MAJOR(dev)	((unsigned int)((dev) >> MINORBITS))
#define MINOR(dev)	((unsigned int)((dev) & MINORMASK))
#define MKDEV(ma, mi)	(((ma) << MINORBITS) | (mi))

/** old_valid_dev - does a device number fit into 8 + 8 bits? */
static __always_inline bool old_valid_dev(dev_t dev)
{
	return MAJOR(dev) < 256 && MINOR(dev) < 256;
}

/** old_encode_dev - a device number in 8 + 8 bits */
static __always_inline u16 old_encode_dev(dev_t dev)
{
	return (MAJOR(dev) << 8) | MINOR(dev);
}

/** old_decode_dev - undo old_encode_dev() */
static __always_inline dev_t old_decode_dev(u16 val)
{
	return MKDEV((val >> 8) & 255, val & 255);
}

/** new_encode_dev - a device number as programs see it: 12 + 20 bits, the minor's in two parts */
static __always_inline u32 new_encode_dev(dev_t dev)
{
	unsigned int major = MAJOR(dev), minor = MINOR(dev);

	return (minor & 0xff) | (major << 8) | ((minor & ~0xff) << 12);
}

/** new_decode_dev - undo new_encode_dev() */
static __always_inline dev_t new_decode_dev(u32 dev)
{
	return MKDEV((dev & 0xfff00) >> 8, (dev & 0xff) | ((dev >> 12) & 0xfff00));
}

/** huge_encode_dev - a device number in 64 bits: the same */
static __always_inline u64 huge_encode_dev(dev_t dev)
{
	return new_encode_dev(dev);
}

/** huge_decode_dev - undo huge_encode_dev() */
static __always_inline dev_t huge_decode_dev(u64 dev)
{
	return new_decode_dev(dev);
}

#endif /* _LINUX_KDEV_T_H */
