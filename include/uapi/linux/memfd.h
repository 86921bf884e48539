/* SPDX-License-Identifier: MIT */
#ifndef _UAPI_LINUX_MEMFD_H
#define _UAPI_LINUX_MEMFD_H

/* Flags of memfd_create(2). */

#define MFD_CLOEXEC		0x0001U
#define MFD_ALLOW_SEALING	0x0002U
#define MFD_HUGETLB		0x0004U
#define MFD_NOEXEC_SEAL		0x0008U		/* not executable, and never will be */
#define MFD_EXEC		0x0010U

/* With MFD_HUGETLB: log2 of the page size, in the upper bits. */
#define MFD_HUGE_SHIFT		26
#define MFD_HUGE_MASK		0x3f

#endif /* _UAPI_LINUX_MEMFD_H */
