/* SPDX-License-Identifier: MIT */
/*
 * Programs of one machine, as <linux/elf.h> and <asm/elf.h> have them; the ABI's layouts are the
 * kernel's.
 */
#include <uapi/linux/elf.h>

#define elfhdr			elf64_hdr
#define elf_phdr		elf64_phdr
#define ELF_CLASS		ELFCLASS64
#define ELF_DATA		ELFDATA2LSB
#define ELF_EXEC_PAGESIZE	4096
#define elf_check_arch(x)	((x)->e_machine == EM_X86_64)
