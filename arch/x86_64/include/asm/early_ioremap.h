/* SPDX-License-Identifier: MIT */
#include <asm-generic/early_ioremap.h>
