/* SPDX-License-Identifier: MIT */
#ifndef _FS_ELF_LOAD_H
#define _FS_ELF_LOAD_H

/*
 * What the parts of the ELF loader share: binfmt_elf.c (what happens when), elf_map.c (segments
 * become mappings), elf_stack.c (what the program finds on its stack).
 */

#include <linux/elf.h>
#include <linux/types.h>

#include "elf_image.h"

struct file;
struct linux_binprm;

#define BAD_ADDR(x)	unlikely((unsigned long)(x) >= TASK_SIZE)

/**
 * struct elf_file - one of the two files: the program, or its interpreter
 * @file: the file
 * @ex: its header
 * @phdrs: its program headers, kvmalloc'd
 * @image: what they amount to
 */
struct elf_file {
	struct file *file;
	struct elfhdr ex;
	struct elf_phdr *phdrs;
	struct elf_image image;
};

/**
 * struct elf_tables - what the program is told of where it is
 * @phdr: address of its program headers, or 0
 * @phnum: how many they are
 * @entry: its own first instruction, whoever is started
 * @interp_base: where the interpreter's first segment is, or 0
 */
struct elf_tables {
	unsigned long phdr, entry, interp_base;
	unsigned int phnum;
};

int elf_map_image(const struct elf_file *elf, unsigned long wish, unsigned long *bias);
int elf_fill_stack(struct linux_binprm *bprm, const struct elf_tables *tables);

#endif /* _FS_ELF_LOAD_H */
