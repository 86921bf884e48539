/* SPDX-License-Identifier: MIT */
#ifndef _UAPI_ASM_GENERIC_PARAM_H
#define _UAPI_ASM_GENERIC_PARAM_H

#ifndef HZ
#define HZ 100
#endif
#ifndef EXEC_PAGESIZE
#define EXEC_PAGESIZE 4096
#endif
#ifndef NOGROUP
#define NOGROUP (-1)
#endif
#define MAXHOSTNAMELEN 64

#endif /* _UAPI_ASM_GENERIC_PARAM_H */
