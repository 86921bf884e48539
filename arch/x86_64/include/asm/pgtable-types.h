/* SPDX-License-Identifier: MIT */
/* The spelling that machine-independent headers use. */
#include <asm/pgtable_types.h>
