/* SPDX-License-Identifier: MIT */
/*
 * The address-space table of x86_64, and the constants that the linker
 * script, nasm-free assembly and C all share. Nothing but plain #defines: the
 * file is read by the preprocessor for linker.ld too.
 *
 *   start               end                 size    what
 *   0000000000000000    00007fffffffefff    128 TiB user space (47 bits)
 *   ffff888000000000    ffffc87fffffffff     64 TiB direct map of all RAM
 *   ffffc90000000000    ffffe8ffffffffff     32 TiB vmalloc, ioremap, stacks
 *   ffffea0000000000    ffffeaffffffffff      1 TiB vmemmap (struct page)
 *   ffffec0000000000    fffffbffffffffff     16 TiB KASAN shadow
 *   fffffe0000000000    fffffe7fffffffff    512 GiB per-CPU entry stacks
 *   ffffffff80000000    ffffffff9fffffff    512 MiB kernel image
 *   ffffffffa0000000    fffffffffeffffff   1.5 GiB modules
 *   ffffffffffc00000    ffffffffffffefff            fixmap, last page unused
 *
 * The holes between the rows are guards: a stray pointer that leaves one
 * region faults before it reaches the next.
 */
#ifndef _ASM_X86_LAYOUT_H
#define _ASM_X86_LAYOUT_H

#ifdef __LINKER_SCRIPT__
#define _AC(x, y)	x
#else
#include <linux/const.h>
#endif

#define PAGE_SHIFT		12
#define PAGE_SIZE		(_AC(1, UL) << PAGE_SHIFT)
#define PAGE_MASK		(~(PAGE_SIZE - 1))

/* User space ends one page below the canonical hole. */
#define __VIRTUAL_MASK_SHIFT	47
#define TASK_SIZE_MAX		((_AC(1, UL) << __VIRTUAL_MASK_SHIFT) - PAGE_SIZE)

#define __PAGE_OFFSET_BASE	_AC(0xffff888000000000, UL)
#define __PAGE_OFFSET		__PAGE_OFFSET_BASE
#define PAGE_OFFSET		__PAGE_OFFSET_BASE
#define MAX_PHYSMEM_BITS	46

#define VMALLOC_START		_AC(0xffffc90000000000, UL)
#define VMALLOC_END		_AC(0xffffe8ffffffffff, UL)

#define VMEMMAP_START		_AC(0xffffea0000000000, UL)
#define VMEMMAP_SIZE		_AC(0x0000010000000000, UL)

#define KASAN_SHADOW_START	_AC(0xffffec0000000000, UL)
#define KASAN_SHADOW_END	_AC(0xfffffc0000000000, UL)

#define CPU_ENTRY_AREA_BASE	_AC(0xfffffe0000000000, UL)
#define CPU_ENTRY_AREA_END	_AC(0xfffffe8000000000, UL)

/* The image: linked for 16 MiB physical, mapped in the top 2 GiB. */
#define __START_KERNEL_map	_AC(0xffffffff80000000, UL)
#define KERNEL_IMAGE_SIZE	_AC(0x20000000, UL)
#define PHYSICAL_START		_AC(0x1000000, UL)
#define __START_KERNEL		(__START_KERNEL_map + PHYSICAL_START)
#define LOAD_PHYSICAL_ADDR	PHYSICAL_START
#define KERNEL_IMAGE_ALIGN	_AC(0x200000, UL)

#define MODULES_VADDR		(__START_KERNEL_map + KERNEL_IMAGE_SIZE)
#define MODULES_END		_AC(0xffffffffff000000, UL)

#define FIXADDR_TOP		_AC(0xfffffffffffff000, UL)
#define FIXADDR_REGION_START	_AC(0xffffffffffc00000, UL)

/* What linker.ld wants to know. */
#define LAYOUT_OUTPUT_FORMAT	"elf64-x86-64"
#define LAYOUT_OUTPUT_ARCH	i386:x86-64
#define LAYOUT_ENTRY		multiboot2_start
#define LAYOUT_IMAGE_VIRT	__START_KERNEL
#define LAYOUT_IMAGE_LOAD	PHYSICAL_START
#define LAYOUT_LOW_BOOT		1
#define LAYOUT_PERCPU_ZERO	1
#define LAYOUT_SEGMENT_ALIGN	PAGE_SIZE

/*
 * Kernel stacks: 16 KiB, doubled where the compiler's instrumentation makes
 * every frame larger.
 */
#if defined(CONFIG_KASAN) || defined(CONFIG_KCSAN)
#define THREAD_SIZE_ORDER	3
#else
#define THREAD_SIZE_ORDER	2
#endif
#define THREAD_SIZE		(PAGE_SIZE << THREAD_SIZE_ORDER)

#define L1_CACHE_SHIFT		6

#endif /* _ASM_X86_LAYOUT_H */
