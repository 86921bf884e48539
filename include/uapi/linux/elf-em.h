/* SPDX-License-Identifier: MIT */
#ifndef _UAPI_LINUX_ELF_EM_H
#define _UAPI_LINUX_ELF_EM_H

/* Machines in e_machine: those that Lectern runs on, and their 32-bit kin. */
#define EM_NONE		0
#define EM_386		3
#define EM_ARM		40
#define EM_X86_64	62
#define EM_AARCH64	183

#endif /* _UAPI_LINUX_ELF_EM_H */
