/* SPDX-License-Identifier: MIT */
#ifndef _FS_ELF_IMAGE_H
#define _FS_ELF_IMAGE_H

/*
 * What can be known of an ELF file from its headers alone. Pure functions: the loader uses them
 * before it touches anything, and a fuzzer on the host feeds them rubbish.
 */

#include <linux/elf.h>
#include <linux/types.h>

/**
 * struct elf_image - a file's segments, summed up; addresses as in the file
 * @loads: number of PT_LOAD
 * @first: address of the first PT_LOAD in the table, page aligned down
 * @span: bytes from the lowest address, page aligned down, to the highest
 * @align: the largest alignment that a segment asks for, at least a page
 * @start_code: lowest address
 * @end_code: end of what is executable in the file
 * @start_data: start of the highest segment
 * @end_data: highest end of what is in the file
 * @brk: highest end
 * @brk_exec: the segment that ends at @brk is executable
 * @phdr: where the program headers lie in memory, or 0
 */
struct elf_image {
	unsigned int loads;
	unsigned long first;
	unsigned long span;
	unsigned long align;
	unsigned long start_code, end_code, start_data, end_data;
	unsigned long brk;
	bool brk_exec;
	unsigned long phdr;
};

#define ELF_PAGESTART(v)	((v) & ~(unsigned long)(ELF_EXEC_PAGESIZE - 1))
#define ELF_PAGEOFFSET(v)	((v) & (ELF_EXEC_PAGESIZE - 1))
#define ELF_PAGEALIGN(v)	(((v) + ELF_EXEC_PAGESIZE - 1) & \
				 ~(unsigned long)(ELF_EXEC_PAGESIZE - 1))

/* Bytes of program headers. */
#define ELF_PHDRS_MAX		ELF_EXEC_PAGESIZE

int elf_image_check(const struct elfhdr *ex);
int elf_image_measure(const struct elfhdr *ex, const struct elf_phdr *phdrs,
		      unsigned long task_size, struct elf_image *image);

#endif /* _FS_ELF_IMAGE_H */
