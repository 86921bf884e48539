/* SPDX-License-Identifier: MIT */
/* Kernel names for parsers that are compiled for the host: see README.md. */
#ifndef _FUZZ_KERNEL_H
#define _FUZZ_KERNEL_H

#include <errno.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef uint8_t u8;
typedef uint16_t u16;
typedef int16_t s16;
typedef uint32_t u32;
typedef unsigned long long u64;
typedef long long s64;
typedef u64 phys_addr_t;

#define __init
#define __ref
#define __initdata
#define __initconst
#define __ro_after_init
#define __iomem
#define noinline
#define min(a, b) ((a) < (b) ? (a) : (b))
#define max(a, b) ((a) > (b) ? (a) : (b))
#define min_t(type, a, b) min((type)(a), (type)(b))
#define min3(a, b, c) min(min(a, b), c)
#define EXPORT_SYMBOL(symbol)
#define U32_MAX 0xffffffffu
#define PAGE_SIZE 4096UL
#define COMMAND_LINE_SIZE 2048
#define round_down(x, y) ((x) / (y) * (y))
#define round_up(x, y) round_down((x) + (y) - 1, y)

/* Messages are formatted, so that a bad pointer among the arguments is found, and dropped. */
extern char fuzz_log[512];
#define pr_log(...) snprintf(fuzz_log, sizeof(fuzz_log), __VA_ARGS__)
#define pr_err(...) pr_log(__VA_ARGS__)
#define pr_warn(...) pr_log(__VA_ARGS__)
#define pr_info(...) pr_log(__VA_ARGS__)
void fuzz_fail(const char *what) __attribute__((noreturn));
#define panic(...) fuzz_fail("panic() called")

extern char boot_command_line[COMMAND_LINE_SIZE];

#endif /* _FUZZ_KERNEL_H */
