// SPDX-License-Identifier: MIT
/*
 * Reading the headers of an ELF file without believing them. See elf_image.h.
 *
 * Every number in them is a stranger's. The checks here make these true, and the loader rests on
 * them:
 *
 *	E1  the program headers fit into a page, as they have to on Linux 6.12
 *	E2  of each PT_LOAD, filesz <= memsz, and [vaddr, vaddr + memsz) lies below task_size
 *	E3  the offset of what is in the file doesn't overflow, and offset and address are alike
 *	    within a page, so that the file can be mapped
 *	E4  span doesn't overflow: by E2 its ends lie below task_size
 */

#include "elf_image.h"

#include <linux/errno.h>
#include <linux/minmax.h>
#include <linux/string.h>

/**
 * elf_image_check - is this an ELF file for us?
 * @ex: the first bytes of the file
 *
 * Return: 0 or -ENOEXEC.
 */
int elf_image_check(const struct elfhdr *ex)
{
	if (memcmp(ex->e_ident, ELFMAG, SELFMAG))
		return -ENOEXEC;
	/* Class and byte order follow from the machine; Linux doesn't look at what they say. */
	if (ex->e_type != ET_EXEC && ex->e_type != ET_DYN)
		return -ENOEXEC;
	if (!elf_check_arch(ex))
		return -ENOEXEC;
	if (ex->e_phentsize != sizeof(struct elf_phdr))
		return -ENOEXEC;
	/* E1 */
	if (ex->e_phnum < 1 || ex->e_phnum > ELF_PHDRS_MAX / sizeof(struct elf_phdr))
		return -ENOEXEC;
	return 0;
}

static bool load_is_sane(const struct elf_phdr *ph, unsigned long task_size)
{
	if (ph->p_filesz > ph->p_memsz || ph->p_memsz > task_size ||
	    ph->p_vaddr > task_size - ph->p_memsz)
		return false;
	if (!ph->p_filesz)
		return true;
	return ph->p_offset + ph->p_filesz >= ph->p_offset &&
	       ELF_PAGEOFFSET(ph->p_vaddr) == ELF_PAGEOFFSET(ph->p_offset);
}

/* A power of two is a wish; anything else is ignored. */
static unsigned long wanted_align(const struct elf_phdr *ph)
{
	unsigned long align = ph->p_align;

	return align && !(align & (align - 1)) ? align : 0;
}

static void add_load(struct elf_image *im, const struct elfhdr *ex, const struct elf_phdr *ph)
{
	unsigned long start = ph->p_vaddr, file_end = start + ph->p_filesz;
	unsigned long end = start + ph->p_memsz;

	if (!im->loads++) {
		im->first = ELF_PAGESTART(start);
		im->start_code = start;
	}
	if ((ph->p_flags & PF_X) && start < im->start_code)
		im->start_code = start;
	if (im->start_data < start)
		im->start_data = start;
	if ((ph->p_flags & PF_X) && im->end_code < file_end)
		im->end_code = file_end;
	if (im->end_data < file_end)
		im->end_data = file_end;
	if (im->brk < end) {
		im->brk = end;
		im->brk_exec = ph->p_flags & PF_X;
	}
	/* The headers are in memory if a segment holds their place in the file. */
	if (ph->p_offset <= ex->e_phoff && ex->e_phoff - ph->p_offset < ph->p_filesz)
		im->phdr = ex->e_phoff - ph->p_offset + start;
	im->align = max(im->align, wanted_align(ph));
}

/**
 * elf_image_measure - check the segments and sum them up
 * @ex: a header that elf_image_check() took
 * @phdrs: its program headers
 * @task_size: the first address that no program may have
 * @image: the result
 *
 * Return: 0; -EINVAL if a segment can't be, or there is none; -ENOEXEC if the file can't be mapped
 * as it asks.
 */
int elf_image_measure(const struct elfhdr *ex, const struct elf_phdr *phdrs,
		      unsigned long task_size, struct elf_image *image)
{
	unsigned long lowest = ~0UL;
	int i;

	memset(image, 0, sizeof(*image));
	image->align = ELF_EXEC_PAGESIZE;
	for (i = 0; i < ex->e_phnum; i++) {
		const struct elf_phdr *ph = &phdrs[i];

		if (ph->p_type != PT_LOAD)
			continue;
		if (!load_is_sane(ph, task_size))
			return -EINVAL;		/* E2, E3 */
		lowest = min(lowest, ELF_PAGESTART((unsigned long)ph->p_vaddr));
		add_load(image, ex, ph);
	}
	if (!image->loads)
		return -EINVAL;
	image->span = image->brk - lowest;
	return image->span ? 0 : -EINVAL;
}
