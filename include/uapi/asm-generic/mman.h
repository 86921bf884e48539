/* SPDX-License-Identifier: MIT */
#include <asm-generic/mman-common.h>
