/* SPDX-License-Identifier: MIT */
#ifndef _ASM_GENERIC_IO_H
#define _ASM_GENERIC_IO_H

/*
 * Access to device memory.
 *
 *	__raw_readl()		one access of that width, no ordering, no byte order
 *	readl_relaxed()		little endian, ordered against the same device only
 *	readl()			also ordered against normal memory: a DMA buffer read after
 *				readl() said "done" is the new one, and what was stored before
 *				writel() is visible to the device that the write starts
 *
 * The machine defines __io_ar(v) (after a read) and __io_bw() (before a write), and may define
 * any accessor of its own before it includes this file.
 */

#include <linux/compiler.h>
#include <linux/types.h>
#include <asm/barrier.h>
#include <asm/pgtable-types.h>

#ifndef __io_br
#define __io_br()	barrier()
#endif
#ifndef __io_ar
#define __io_ar(v)	rmb()
#endif
#ifndef __io_bw
#define __io_bw()	wmb()
#endif
#ifndef __io_aw
#define __io_aw()	do { } while (0)
#endif

#define __IO_RAW(suffix, type)						\
static __always_inline type __raw_read##suffix(const volatile void __iomem *addr)	\
{									\
	return *(const volatile type __force *)addr;			\
}									\
static __always_inline void __raw_write##suffix(type value, volatile void __iomem *addr) \
{									\
	*(volatile type __force *)addr = value;				\
}

#ifndef __raw_readb
__IO_RAW(b, u8)
__IO_RAW(w, u16)
__IO_RAW(l, u32)
__IO_RAW(q, u64)
#endif

#ifndef readb
#define __IO_ORDERED(suffix, type)					\
static inline type read##suffix##_relaxed(const volatile void __iomem *addr) \
{									\
	return __raw_read##suffix(addr);				\
}									\
static inline void write##suffix##_relaxed(type value, volatile void __iomem *addr) \
{									\
	__raw_write##suffix(value, addr);				\
}									\
static inline type read##suffix(const volatile void __iomem *addr)	\
{									\
	type value;							\
									\
	__io_br();							\
	value = __raw_read##suffix(addr);				\
	__io_ar(value);							\
	return value;							\
}									\
static inline void write##suffix(type value, volatile void __iomem *addr) \
{									\
	__io_bw();							\
	__raw_write##suffix(value, addr);				\
	__io_aw();							\
}

__IO_ORDERED(b, u8)
__IO_ORDERED(w, u16)
__IO_ORDERED(l, u32)
__IO_ORDERED(q, u64)
#define readb readb
#define readw readw
#define readl readl
#define readq readq
#define writeb writeb
#define writew writew
#define writel writel
#define writeq writeq
#define readb_relaxed readb_relaxed
#define readw_relaxed readw_relaxed
#define readl_relaxed readl_relaxed
#define readq_relaxed readq_relaxed
#define writeb_relaxed writeb_relaxed
#define writew_relaxed writew_relaxed
#define writel_relaxed writel_relaxed
#define writeq_relaxed writeq_relaxed
#endif

#define ioread8(addr)		readb(addr)
#define ioread16(addr)		readw(addr)
#define ioread32(addr)		readl(addr)
#define ioread64(addr)		readq(addr)
#define iowrite8(v, addr)	writeb(v, addr)
#define iowrite16(v, addr)	writew(v, addr)
#define iowrite32(v, addr)	writel(v, addr)
#define iowrite64(v, addr)	writeq(v, addr)

#ifndef memcpy_fromio
void memcpy_fromio(void *to, const volatile void __iomem *from, size_t count);
void memcpy_toio(volatile void __iomem *to, const void *from, size_t count);
void memset_io(volatile void __iomem *dst, int c, size_t count);
#endif

/* Mapping, mm/ioremap.c. The machine names the protections. */
void __iomem *ioremap_prot(phys_addr_t phys_addr, size_t size, unsigned long prot);
void __iomem *generic_ioremap_prot(phys_addr_t phys_addr, size_t size, pgprot_t prot);
void iounmap(volatile void __iomem *addr);

#ifndef _PAGE_IOREMAP
#define _PAGE_IOREMAP pgprot_val(pgprot_device(PAGE_KERNEL))
#endif

#ifndef ioremap
/** ioremap() - map device memory, uncached. Context: may sleep. Return: the address, NULL */
static inline void __iomem *ioremap(phys_addr_t addr, size_t size)
{
	return ioremap_prot(addr, size, _PAGE_IOREMAP);
}
#define ioremap ioremap
#endif
#ifndef ioremap_wc
#define ioremap_wc(addr, size) \
	ioremap_prot(addr, size, pgprot_val(pgprot_writecombine(PAGE_KERNEL)))
#endif
#ifndef ioremap_cache
#define ioremap_cache(addr, size)	ioremap_prot(addr, size, pgprot_val(PAGE_KERNEL))
#endif
#ifndef ioremap_np
#define ioremap_np(addr, size)		ioremap(addr, size)
#endif
#ifndef ioremap_uc
#define ioremap_uc(addr, size)		ioremap(addr, size)
#endif

#ifndef virt_to_phys
static inline phys_addr_t virt_to_phys(const volatile void *address)
{
	return __pa((unsigned long)address);
}
#define virt_to_phys virt_to_phys
#endif
#ifndef phys_to_virt
static inline void *phys_to_virt(phys_addr_t address)
{
	return __va(address);
}
#define phys_to_virt phys_to_virt
#endif

#endif /* _ASM_GENERIC_IO_H */
