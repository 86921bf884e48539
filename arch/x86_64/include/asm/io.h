/* SPDX-License-Identifier: MIT */
/*
 * Device memory and I/O ports. Device memory is mapped uncached, so accesses
 * to it happen in program order and each is a whole one; one instruction per
 * access keeps the compiler from merging or splitting them.
 */
#ifndef _ASM_X86_IO_H
#define _ASM_X86_IO_H

#include <linux/compiler.h>
#include <linux/types.h>
#include <asm/page.h>

#define __X86_MMIO_READ(name, insn, reg, type, clobber)				\
static __always_inline type name(const volatile void __iomem *addr)		\
{										\
	type ret;								\
										\
	asm volatile(insn " %1, %0" : reg (ret)					\
		     : "m" (*(const volatile type __force *)addr) clobber);	\
	return ret;								\
}

#define __X86_MMIO_WRITE(name, insn, reg, type, clobber)			\
static __always_inline void name(type val, volatile void __iomem *addr)		\
{										\
	asm volatile(insn " %0, %1" :						\
		     : reg (val), "m" (*(volatile type __force *)addr) clobber);	\
}

#define __X86_MEM_CLOBBER : "memory"

__X86_MMIO_READ(readb, "movb", "=q", u8, __X86_MEM_CLOBBER)
__X86_MMIO_READ(readw, "movw", "=r", u16, __X86_MEM_CLOBBER)
__X86_MMIO_READ(readl, "movl", "=r", u32, __X86_MEM_CLOBBER)
__X86_MMIO_READ(readq, "movq", "=r", u64, __X86_MEM_CLOBBER)
__X86_MMIO_READ(__raw_readb, "movb", "=q", u8, )
__X86_MMIO_READ(__raw_readw, "movw", "=r", u16, )
__X86_MMIO_READ(__raw_readl, "movl", "=r", u32, )
__X86_MMIO_READ(__raw_readq, "movq", "=r", u64, )
__X86_MMIO_WRITE(writeb, "movb", "q", u8, __X86_MEM_CLOBBER)
__X86_MMIO_WRITE(writew, "movw", "r", u16, __X86_MEM_CLOBBER)
__X86_MMIO_WRITE(writel, "movl", "r", u32, __X86_MEM_CLOBBER)
__X86_MMIO_WRITE(writeq, "movq", "r", u64, __X86_MEM_CLOBBER)
__X86_MMIO_WRITE(__raw_writeb, "movb", "q", u8, )
__X86_MMIO_WRITE(__raw_writew, "movw", "r", u16, )
__X86_MMIO_WRITE(__raw_writel, "movl", "r", u32, )
__X86_MMIO_WRITE(__raw_writeq, "movq", "r", u64, )

#define readb readb
#define readw readw
#define readl readl
#define readq readq
#define writeb writeb
#define writew writew
#define writel writel
#define writeq writeq
#define __raw_readb __raw_readb
#define __raw_readw __raw_readw
#define __raw_readl __raw_readl
#define __raw_readq __raw_readq
#define __raw_writeb __raw_writeb
#define __raw_writew __raw_writew
#define __raw_writel __raw_writel
#define __raw_writeq __raw_writeq
#define readb_relaxed(a)	__raw_readb(a)
#define readw_relaxed(a)	__raw_readw(a)
#define readl_relaxed(a)	__raw_readl(a)
#define readq_relaxed(a)	__raw_readq(a)
#define writeb_relaxed(v, a)	__raw_writeb(v, a)
#define writew_relaxed(v, a)	__raw_writew(v, a)
#define writel_relaxed(v, a)	__raw_writel(v, a)
#define writeq_relaxed(v, a)	__raw_writeq(v, a)

#define __X86_PORT_IO(suffix, width, type)					\
static __always_inline void out##suffix(type value, u16 port)			\
{										\
	asm volatile("out" #suffix " %" width "0, %w1" : : "a" (value), "Nd" (port));	\
}										\
										\
static __always_inline type in##suffix(u16 port)				\
{										\
	type value;								\
										\
	asm volatile("in" #suffix " %w1, %" width "0" : "=a" (value) : "Nd" (port));	\
	return value;								\
}										\
										\
static inline void outs##suffix(u16 port, const void *addr, unsigned long count)	\
{										\
	asm volatile("rep; outs" #suffix					\
		     : "+S" (addr), "+c" (count) : "d" (port) : "memory");	\
}										\
										\
static inline void ins##suffix(u16 port, void *addr, unsigned long count)	\
{										\
	asm volatile("rep; ins" #suffix						\
		     : "+D" (addr), "+c" (count) : "d" (port) : "memory");	\
}

__X86_PORT_IO(b, "b", u8)
__X86_PORT_IO(w, "w", u16)
__X86_PORT_IO(l, "k", u32)

/** io_delay - a write to a port that nothing listens on: takes about a microsecond */
static inline void io_delay(void)
{
	outb(0, 0x80);
}

/** outb_p - outb() to a slow device */
static inline void outb_p(u8 value, u16 port)
{
	outb(value, port);
	io_delay();
}

/** inb_p - inb() from a slow device */
static inline u8 inb_p(u16 port)
{
	u8 value = inb(port);

	io_delay();
	return value;
}

#define IO_SPACE_LIMIT	0xffff
#define _PAGE_IOREMAP	pgprot_val(PAGE_KERNEL_IO)

#include <asm-generic/io.h>

#endif /* _ASM_X86_IO_H */
