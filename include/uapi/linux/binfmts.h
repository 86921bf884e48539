/* SPDX-License-Identifier: MIT */
#ifndef _UAPI_LINUX_BINFMTS_H
#define _UAPI_LINUX_BINFMTS_H

/* execve()'s limits: one string, and how many. All together: a quarter of the stack limit. */
#define MAX_ARG_STRLEN		(4096 * 32)
#define MAX_ARG_STRINGS		0x7fffffff

/* How much of a file is read to find out what it is; the longest #! line. */
#define BINPRM_BUF_SIZE		256

#define AT_FLAGS_PRESERVE_ARGV0_BIT	0
#define AT_FLAGS_PRESERVE_ARGV0		(1 << AT_FLAGS_PRESERVE_ARGV0_BIT)

#endif /* _UAPI_LINUX_BINFMTS_H */
