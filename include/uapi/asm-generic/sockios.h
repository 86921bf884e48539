/* SPDX-License-Identifier: MIT */
#ifndef _UAPI_ASM_GENERIC_SOCKIOS_H
#define _UAPI_ASM_GENERIC_SOCKIOS_H

/* ioctl(2) of every kind of socket. */

#define FIOSETOWN		0x8901	/* pid_t: who gets SIGIO and SIGURG */
#define SIOCSPGRP		0x8902	/* the same */
#define FIOGETOWN		0x8903
#define SIOCGPGRP		0x8904
#define SIOCATMARK		0x8905	/* int: is the next byte the urgent one */
#define SIOCGSTAMP_OLD		0x8906	/* when the last message came: struct timeval ... */
#define SIOCGSTAMPNS_OLD	0x8907	/* ... and struct timespec */

#endif /* _UAPI_ASM_GENERIC_SOCKIOS_H */
