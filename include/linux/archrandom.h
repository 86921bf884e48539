/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_ARCHRANDOM_H
#define _LINUX_ARCHRANDOM_H

/* The CPU's own random instructions, if any. */
#include <asm/archrandom.h>

#endif
