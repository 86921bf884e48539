/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_TEXTSEARCH_FSM_H
#define _LINUX_TEXTSEARCH_FSM_H

/* Patterns of the algorithm "fsm": arrays of tokens, each a class of characters and how often. */

#include <linux/types.h>

enum {
	TS_FSM_SPECIFIC,	/* the character in value */
	TS_FSM_WILDCARD,	/* any character */
	TS_FSM_DIGIT,
	TS_FSM_XDIGIT,
	TS_FSM_PRINT,
	TS_FSM_ALPHA,
	TS_FSM_ALNUM,
	TS_FSM_LOWER,
	TS_FSM_UPPER,
	TS_FSM_PUNCT,
	TS_FSM_SPACE,
	TS_FSM_CNTRL,
	TS_FSM_GRAPH,
	TS_FSM_ASCII,
	__TS_FSM_TYPE_MAX,
};
#define TS_FSM_TYPE_MAX	(__TS_FSM_TYPE_MAX - 1)

enum {
	TS_FSM_SINGLE,		/* once */
	TS_FSM_PERHAPS,		/* once or not at all */
	TS_FSM_ANY,		/* any number of times */
	TS_FSM_MULTI,		/* at least once */
	TS_FSM_HEAD_IGNORE,	/* first token only: once, and anything may come before */
	__TS_FSM_RECUR_MAX,
};
#define TS_FSM_RECUR_MAX	(__TS_FSM_RECUR_MAX - 1)

struct ts_fsm_token {
	__u16 type;
	__u8 recur;
	__u8 value;
};

#endif
