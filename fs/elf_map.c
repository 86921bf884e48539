// SPDX-License-Identifier: MIT
/*
 * The segments of an ELF file become mappings.
 *
 * A segment (PT_LOAD) is a range of the file that goes to a range of addresses, which may be
 * longer: the rest is zeros, the bss. Pages know nothing of that, so there are three parts:
 *
 *	p_vaddr        p_vaddr + p_filesz        p_vaddr + p_memsz
 *	   |  from the file  |                            |
 *	[  page  |  page  |  page  ]...[  page  |  page  ]
 *	                     ^^^^^ 2             3
 *	  1
 *
 *	1  pages of the file, mapped privately; a little before and behind comes with them
 *	2  the rest of the last of these is cleared, as it is the bss's
 *	3  whole pages of bss are anonymous
 *
 * All segments move by the same bias. For a file that says where it goes (ET_EXEC) that is 0. For
 * others (ET_DYN) a place is looked for that takes the whole image; then each segment is put where
 * it belongs in it.
 */

#include "elf_load.h"

#include <linux/errno.h>
#include <linux/mm.h>
#include <linux/mman.h>
#include <linux/mmap_lock.h>
#include <linux/sched.h>
#include <linux/uaccess.h>

/* ---- one segment ---- */

static int segment_prot(const struct elf_phdr *ph)
{
	return (ph->p_flags & PF_R ? PROT_READ : 0) |
	       (ph->p_flags & PF_W ? PROT_WRITE : 0) |
	       (ph->p_flags & PF_X ? PROT_EXEC : 0);
}

/* Part 1. */
static int map_file_pages(struct file *file, unsigned long start, const struct elf_phdr *ph,
			  int flags)
{
	unsigned long before = ELF_PAGEOFFSET(ph->p_vaddr);
	unsigned long addr;

	addr = vm_mmap(file, start - before, ELF_PAGEALIGN(before + ph->p_filesz),
		       segment_prot(ph), flags, ph->p_offset - before);
	if (IS_ERR_VALUE(addr))
		return (int)addr;
	return BAD_ADDR(addr) ? -EINVAL : 0;
}

/* Part 2. */
static int clear_to_page_end(unsigned long addr)
{
	unsigned long in_page = ELF_PAGEOFFSET(addr);

	if (in_page && clear_user((void __user *)addr, ELF_EXEC_PAGESIZE - in_page))
		return -EFAULT;
	return 0;
}

/* Part 3, if there is any. */
static int map_zero_pages(unsigned long start, unsigned long end, const struct elf_phdr *ph)
{
	if (start >= end)
		return 0;
	return vm_brk_flags(start, end - start, ph->p_flags & PF_X ? VM_EXEC : 0);
}

static int map_segment(struct file *file, unsigned long bias, const struct elf_phdr *ph, int flags)
{
	unsigned long start = bias + ph->p_vaddr;
	unsigned long file_end = start + ph->p_filesz, end = start + ph->p_memsz;
	int err;

	if (!ph->p_filesz)
		return map_zero_pages(ELF_PAGESTART(start), ELF_PAGEALIGN(end), ph);
	err = map_file_pages(file, start, ph, flags);
	if (err)
		return err;
	/* A segment that nobody writes to may keep what follows in the file. */
	if (end > file_end && clear_to_page_end(file_end) && ph->p_flags & PF_W)
		return -EFAULT;
	return map_zero_pages(ELF_PAGEALIGN(file_end), ELF_PAGEALIGN(end), ph);
}

/* ---- all of them ---- */

/* Room for an image, as aligned as it wants. @wish: there, or nowhere; 0: anywhere */
static int find_place(const struct elf_image *image, unsigned long wish, unsigned long *place)
{
	/* Any address is page aligned; for more than that there is some slack. */
	unsigned long slack = wish ? 0 : image->align - ELF_EXEC_PAGESIZE;
	struct mm_struct *mm = current->mm;
	unsigned long addr;

	wish &= ~(image->align - 1);
	mmap_write_lock(mm);
	addr = get_unmapped_area(NULL, wish, ELF_PAGEALIGN(image->span) + slack, 0, 0);
	mmap_write_unlock(mm);
	if (IS_ERR_VALUE(addr))
		return (int)addr;
	if (wish && addr != wish)
		return -EEXIST;
	*place = (addr + image->align - 1) & ~(image->align - 1);
	return 0;
}

/**
 * elf_map_image - map all segments of a file
 * @elf: the file, checked and measured
 * @wish: for ET_DYN: where the first segment has to go; 0: anywhere
 * @bias: gets what is to be added to the file's addresses
 *
 * Where segments overlap, the later one is what the program sees; but an image that can't be moved
 * must not begin on something that is there.
 *
 * Context: the process has a new mm that nobody else uses yet; may sleep.
 * Return: 0; -EEXIST if the place is taken, -ENOMEM, -EINVAL for a segment that does not lie in its
 * file as it lies in memory, -EFAULT, what the file's mmap() says.
 */
int elf_map_image(const struct elf_file *elf, unsigned long wish, unsigned long *bias)
{
	int i, err, flags = MAP_PRIVATE | MAP_FIXED_NOREPLACE;
	unsigned long place;

	*bias = 0;
	if (elf->ex.e_type == ET_DYN) {
		err = find_place(&elf->image, wish, &place);
		if (err)
			return err;
		*bias = place - elf->image.first;
	}
	for (i = 0; i < elf->ex.e_phnum; i++) {
		if (elf->phdrs[i].p_type != PT_LOAD)
			continue;
		err = map_segment(elf->file, *bias, &elf->phdrs[i], flags);
		if (err)
			return err;
		flags = MAP_PRIVATE | MAP_FIXED;
	}
	return 0;
}
