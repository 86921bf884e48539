/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_IO_H
#define _LINUX_IO_H

/*
 * Device memory: mapping it (here) and accessing it (asm/io.h: readl(), writel(), ...).
 *
 *	ioremap()	uncached, for registers
 *	ioremap_wc()	write-combining, for frame buffers
 *	ioremap_cache()	cached, for memory-like ranges
 *	memremap()	RAM or memory-like, returns a plain pointer
 *
 * All may sleep; RAM that the kernel manages is refused by ioremap().
 */

#include <linux/err.h>
#include <linux/types.h>
#include <linux/init.h>
#include <linux/bug.h>
#include <asm/io.h>
#include <asm/page.h>

enum {
	MEMREMAP_WB = 1 << 0,
	MEMREMAP_WT = 1 << 1,
	MEMREMAP_WC = 1 << 2,
};

#define IOMEM_ERR_PTR(err)	((__force void __iomem *)ERR_PTR(err))

void *memremap(resource_size_t offset, size_t size, unsigned long flags);
void memunmap(void *addr);
int ioremap_page_range(unsigned long addr, unsigned long end, phys_addr_t phys_addr,
		       pgprot_t prot);

/* The same for as long as the driver has the device: drivers/base/devm_io.c. */
struct device;
void __iomem *devm_ioremap(struct device *dev, resource_size_t offset, resource_size_t size);
void __iomem *devm_ioremap_uc(struct device *dev, resource_size_t offset, resource_size_t size);
void __iomem *devm_ioremap_wc(struct device *dev, resource_size_t offset, resource_size_t size);
void devm_iounmap(struct device *dev, void __iomem *addr);
void *devm_memremap(struct device *dev, resource_size_t offset, size_t size,
		    unsigned long flags);
void devm_memunmap(struct device *dev, void *addr);

void __iowrite32_copy(void __iomem *to, const void *from, size_t count);
void __iowrite64_copy(void __iomem *to, const void *from, size_t count);

#endif /* _LINUX_IO_H */
