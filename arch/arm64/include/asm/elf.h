/* SPDX-License-Identifier: MIT */
/* ELF files of this machine. */
#ifndef _ASM_ELF_H
#define _ASM_ELF_H

#include <uapi/asm/hwcap.h>
#include <asm/ptrace.h>

#define ELF_CLASS	ELFCLASS64
#define ELF_DATA	ELFDATA2LSB
#define ELF_ARCH	EM_AARCH64
#define ELF_PLATFORM	("aarch64")

#endif /* _ASM_ELF_H */
