// SPDX-License-Identifier: MIT
/* Access to memory that may end, eight bytes at a time. */
#include <linux/export.h>
#include <linux/kernel.h>

#include <asm/asm-extable.h>
#include <asm/word-at-a-time.h>

/**
 * load_unaligned_zeropad - eight bytes, of which the last may lie in a page that is not there
 * @addr: the first byte is there
 *
 * On a fault the aligned word that holds the first byte is read instead, and shifted.
 * Return: the bytes; missing ones are zero
 */
unsigned long load_unaligned_zeropad(const void *addr)
{
	unsigned long ret;

	asm volatile goto("1:	ldr	%0, [%1]\n"
			  __ASM_EXTABLE("1b", "%l[fault]", "1")
			  : "=r" (ret) : "r" (addr) : "memory" : fault);
	asm volatile("");
	return ret;
fault:
	ret = *(const unsigned long *)((unsigned long)addr & ~7UL);
	return ret >> (((unsigned long)addr & 7) * 8);
}
