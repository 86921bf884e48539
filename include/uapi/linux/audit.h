/* SPDX-License-Identifier: MIT */
/*
 * The names of system-call ABIs, as ptrace and filters give them: ELF machine and two properties.
 */
#ifndef _UAPI_LINUX_AUDIT_H
#define _UAPI_LINUX_AUDIT_H

#include <linux/elf-em.h>

#define __AUDIT_ARCH_64BIT	0x80000000
#define __AUDIT_ARCH_LE		0x40000000

#define AUDIT_ARCH_AARCH64	(EM_AARCH64 | __AUDIT_ARCH_64BIT | __AUDIT_ARCH_LE)
#define AUDIT_ARCH_X86_64	(EM_X86_64 | __AUDIT_ARCH_64BIT | __AUDIT_ARCH_LE)

#endif /* _UAPI_LINUX_AUDIT_H */
