/* SPDX-License-Identifier: MIT */
/*
 * The one table of arm64's kernel address space. Plain numbers only: head.S, the linker script and
 * C all read it.
 *
 * 4 KiB pages, 48-bit addresses, four levels of tables. TTBR0 translates user addresses, TTBR1 the
 * kernel's:
 *
 *   0000000000000000 - 0000ffffffffffff  user (TTBR0)
 *   ffff000000000000 - ffff5fffffffffff  direct map of physical memory, 96 TiB: va =
		 pa + PAGE_OFFSET
 *   ffff600000000000 - ffff7fffffffffff  KASAN shadow: (va >> 3) + KASAN_SHADOW_OFFSET
 *   ffff800000000000 - ffff80007fffffff  modules (none yet), within a branch's reach of the image
 *   ffff800080000000 - ffff8000ffffffff  the kernel image, wherever it was loaded
 *   ffff800100000000 - fffff7ffffffffff  vmalloc, ioremap, kernel stacks
 *   fffffc0000000000 - fffffd7fffffffff  vmemmap: struct page of every page frame of the direct map
 *   ffffffff00000000 - ffffffff00ffffff  PCI I/O ports
 *   ...              - ffffffffff7fffff  fixmap, growing down from its top
 */
#ifndef _ASM_LAYOUT_H
#define _ASM_LAYOUT_H

#include <linux/const.h>

#define PAGE_SHIFT		12
#define VA_BITS			48

#define PAGE_OFFSET		_UL(0xffff000000000000)
#define PAGE_END		_UL(0xffff600000000000)

#define KASAN_SHADOW_SCALE_SHIFT 3
#define KASAN_SHADOW_OFFSET	_UL(0xdfff800000000000)
#define KASAN_SHADOW_START	_UL(0xffff600000000000)
#define KASAN_SHADOW_END	_UL(0xffff800000000000)

#define MODULES_VADDR		_UL(0xffff800000000000)
#define MODULES_END		_UL(0xffff800080000000)

#define KIMAGE_VADDR		_UL(0xffff800080000000)
#define KIMAGE_END		_UL(0xffff800100000000)

#define VMALLOC_START		_UL(0xffff800100000000)
#define VMALLOC_END		_UL(0xfffff80000000000)

#define VMEMMAP_START		_UL(0xfffffc0000000000)
#define VMEMMAP_SIZE		_UL(0x0000018000000000)
#define VMEMMAP_END		_UL(0xfffffd8000000000)

#define PCI_IO_START		_UL(0xffffffff00000000)
#define PCI_IO_SIZE		_UL(0x0000000001000000)
#define PCI_IO_END		_UL(0xffffffff01000000)

#define FIXADDR_TOP		_UL(0xffffffffff800000)

/*
 * For linker.ld. The image runs wherever the loader puts it, so that its load address means
 * nothing.
 */
#define LAYOUT_OUTPUT_FORMAT	"elf64-littleaarch64"
#define LAYOUT_OUTPUT_ARCH	aarch64
#define LAYOUT_ENTRY		_text
#define LAYOUT_IMAGE_VIRT	KIMAGE_VADDR
#define LAYOUT_IMAGE_LOAD	KIMAGE_VADDR
#define LAYOUT_LOW_BOOT		0
#define LAYOUT_PERCPU_ZERO	0
#define LAYOUT_SEGMENT_ALIGN	4096

/*
 * A kernel stack is THREAD_SIZE bytes at an address aligned to twice that, so that the bit
 * THREAD_SHIFT of the stack pointer is clear exactly while it points into the stack: the vectors
 * test it before they store anything.
 */
#if defined(CONFIG_KASAN) || defined(CONFIG_KCSAN)
#define THREAD_SHIFT		15
#else
#define THREAD_SHIFT		14
#endif
#define THREAD_SIZE		(_UL(1) << THREAD_SHIFT)
#define THREAD_ALIGN		(2 * THREAD_SIZE)

#define IRQ_STACK_SIZE		THREAD_SIZE
#define OVERFLOW_STACK_SIZE	4096

#endif /* _ASM_LAYOUT_H */
