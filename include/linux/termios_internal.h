/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_TERMIOS_INTERNAL_H
#define _LINUX_TERMIOS_INTERNAL_H

/* What a terminal begins with. */

#include <linux/termios.h>

/*	intr=^C		quit=^\		erase=del	kill=^U
 *	eof=^D		vtime=\0	vmin=\1		sxtc=\0
 *	start=^Q	stop=^S		susp=^Z		eol=\0
 *	reprint=^R	discard=^O	werase=^W	lnext=^V
 *	eol2=\0
 */
#define INIT_C_CC {		\
	[VINTR] = 'C' - 0x40,	\
	[VQUIT] = '\\' - 0x40,	\
	[VERASE] = '\177',	\
	[VKILL] = 'U' - 0x40,	\
	[VEOF] = 'D' - 0x40,	\
	[VSTART] = 'Q' - 0x40,	\
	[VSTOP] = 'S' - 0x40,	\
	[VSUSP] = 'Z' - 0x40,	\
	[VREPRINT] = 'R' - 0x40, \
	[VDISCARD] = 'O' - 0x40, \
	[VWERASE] = 'W' - 0x40,	\
	[VLNEXT] = 'V' - 0x40,	\
	[VMIN] = 1 }

#endif /* _LINUX_TERMIOS_INTERNAL_H */
