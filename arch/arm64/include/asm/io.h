/* SPDX-License-Identifier: MIT */
/*
 * Memory-mapped device registers.
 *
 * Three strengths. __raw_*: one access of the right size. *_relaxed: little-endian, ordered against
 * other accesses to the same device. readl/writel: besides, a read is complete before what follows
 * it in program order, and memory written before a write is visible to the device by then (DMA).
 */
#ifndef _ASM_IO_H
#define _ASM_IO_H

#include <linux/compiler.h>
#include <linux/types.h>

#include <asm/barrier.h>
#include <asm/memory.h>
#include <asm/pgtable-prot.h>

/* Base register only: a hypervisor that emulates the device decodes nothing else. */
#define __raw_writeb __raw_writeb
/** __raw_writeb - store to device memory; not ordered against other memory. So the next seven */
static __always_inline void __raw_writeb(u8 val, volatile void __iomem *addr)
{
	asm volatile("strb %w0, [%1]" : : "rZ" (val), "r" (addr));
}

#define __raw_writew __raw_writew
static __always_inline void __raw_writew(u16 val, volatile void __iomem *addr)
{
	asm volatile("strh %w0, [%1]" : : "rZ" (val), "r" (addr));
}

#define __raw_writel __raw_writel
static __always_inline void __raw_writel(u32 val, volatile void __iomem *addr)
{
	asm volatile("str %w0, [%1]" : : "rZ" (val), "r" (addr));
}

#define __raw_writeq __raw_writeq
static __always_inline void __raw_writeq(u64 val, volatile void __iomem *addr)
{
	asm volatile("str %x0, [%1]" : : "rZ" (val), "r" (addr));
}

#define __raw_readb __raw_readb
static __always_inline u8 __raw_readb(const volatile void __iomem *addr)
{
	u8 val;

	asm volatile("ldrb %w0, [%1]" : "=r" (val) : "r" (addr));
	return val;
}

#define __raw_readw __raw_readw
static __always_inline u16 __raw_readw(const volatile void __iomem *addr)
{
	u16 val;

	asm volatile("ldrh %w0, [%1]" : "=r" (val) : "r" (addr));
	return val;
}

#define __raw_readl __raw_readl
static __always_inline u32 __raw_readl(const volatile void __iomem *addr)
{
	u32 val;

	asm volatile("ldr %w0, [%1]" : "=r" (val) : "r" (addr));
	return val;
}

#define __raw_readq __raw_readq
static __always_inline u64 __raw_readq(const volatile void __iomem *addr)
{
	u64 val;

	asm volatile("ldr %x0, [%1]" : "=r" (val) : "r" (addr));
	return val;
}

/*
 * After a read: later reads of memory may not pass it, nor may the counter be read (a delay loop)
 * before the value is there. The branch-free dependency on the value makes even an isb wait.
 */
#define __iormb(v)							\
do {									\
	unsigned long __iormb_tmp;					\
	dma_rmb();							\
	asm volatile("eor %0, %1, %1\n\tcbnz %0, ."			\
		     : "=r" (__iormb_tmp) : "r" ((unsigned long)(v)) : "memory"); \
} while (0)

#define __io_ar(v)	__iormb(v)
#define __io_bw()	dma_wmb()
#define __io_br(v)
#define __io_aw(v)

#define readb_relaxed(c)	({ u8 __iov = __raw_readb(c); __iov; })
#define readw_relaxed(c)	({ u16 __iov = __raw_readw(c); __iov; })
#define readl_relaxed(c)	({ u32 __iov = __raw_readl(c); __iov; })
#define readq_relaxed(c)	({ u64 __iov = __raw_readq(c); __iov; })

#define writeb_relaxed(v, c)	((void)__raw_writeb((v), (c)))
#define writew_relaxed(v, c)	((void)__raw_writew((v), (c)))
#define writel_relaxed(v, c)	((void)__raw_writel((v), (c)))
#define writeq_relaxed(v, c)	((void)__raw_writeq((v), (c)))

#define readb(c)	({ u8 __ior = readb_relaxed(c); __iormb(__ior); __ior; })
#define readw(c)	({ u16 __ior = readw_relaxed(c); __iormb(__ior); __ior; })
#define readl(c)	({ u32 __ior = readl_relaxed(c); __iormb(__ior); __ior; })
#define readq(c)	({ u64 __ior = readq_relaxed(c); __iormb(__ior); __ior; })

#define writeb(v, c)	({ __io_bw(); writeb_relaxed((v), (c)); })
#define writew(v, c)	({ __io_bw(); writew_relaxed((v), (c)); })
#define writel(v, c)	({ __io_bw(); writel_relaxed((v), (c)); })
#define writeq(v, c)	({ __io_bw(); writeq_relaxed((v), (c)); })

#define PCI_IOBASE	((void __iomem *)PCI_IO_START)
#define IO_SPACE_LIMIT	(PCI_IO_SIZE - 1)

void __iomem *ioremap_prot(phys_addr_t phys, size_t size, unsigned long prot);
#define ioremap_prot ioremap_prot

#define _PAGE_IOREMAP	PROT_DEVICE_nGnRE

#define ioremap(addr, size)	ioremap_prot((addr), (size), PROT_DEVICE_nGnRE)
#define ioremap_wc(addr, size)	ioremap_prot((addr), (size), PROT_NORMAL_NC)
#define ioremap_np(addr, size)	ioremap_prot((addr), (size), PROT_DEVICE_nGnRnE)
/* RAM is in the direct map, and may not be mapped a second time with other attributes. */
void __iomem *ioremap_cache(phys_addr_t phys, size_t size);
#define ioremap_cache ioremap_cache

#include <asm-generic/io.h>

#endif /* _ASM_IO_H */
