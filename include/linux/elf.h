/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_ELF_H
#define _LINUX_ELF_H

/* Executables of this machine; all are 64-bit. */

#include <linux/types.h>
#include <uapi/linux/elf.h>
#include <asm/elf.h>

#define elfhdr		elf64_hdr
#define elf_phdr	elf64_phdr
#define elf_shdr	elf64_shdr
#define elf_note	elf64_note
#define elf_addr_t	Elf64_Off
#define elf_gregset_size	sizeof(elf_gregset_t)

#ifndef ELF_HWCAP2
#define ELF_HWCAP2	0
#endif

#endif /* _LINUX_ELF_H */
