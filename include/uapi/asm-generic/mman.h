/* SPDX-License-Identifier: MIT */
#include <uapi/asm-generic/mman-common.h>
