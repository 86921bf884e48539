/* SPDX-License-Identifier: MIT */
#ifndef _UAPI_LINUX_TTY_H
#define _UAPI_LINUX_TTY_H

/* Numbers of line disciplines: TIOCSETD. */
#define N_TTY		0
#define N_NULL		27
#define NR_LDISCS	31

#endif /* _UAPI_LINUX_TTY_H */
