/* SPDX-License-Identifier: MIT */
/* A machine with rules of its own for assembly symbols has its own <asm/linkage.h>. */
