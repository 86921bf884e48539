/* SPDX-License-Identifier: MIT */
#ifndef _UAPI_LINUX_LIMITS_H
#define _UAPI_LINUX_LIMITS_H

#define NR_OPEN		1024
#define NGROUPS_MAX	65536	/* supplementary groups per process */
#define ARG_MAX		131072	/* bytes of arguments and environment that always fit */
#define LINK_MAX	127
#define MAX_CANON	255	/* bytes of a terminal's input line */
#define MAX_INPUT	255
#define NAME_MAX	255	/* bytes of a file name */
#define PATH_MAX	4096	/* bytes of a path, its NUL included */
#define PIPE_BUF	4096	/* bytes that a pipe takes in one piece */
#define XATTR_NAME_MAX	255
#define XATTR_SIZE_MAX	65536
#define XATTR_LIST_MAX	65536
#define RTSIG_MAX	32

#endif
