/* SPDX-License-Identifier: MIT */
/*
 * A fuzz target: seeds made by code, and a function that runs the parser on a mutation of one
 * and checks what must hold of any answer.
 */
#ifndef _FUZZ_H
#define _FUZZ_H

#include "fuzz_kernel.h"

#define FUZZ_MAX_SEEDS	32
#define FUZZ_MAX_SIZE	(2u << 20)

struct fuzz_seed {
	u8 *data;
	size_t size;
};

/**
 * struct fuzz_target - one parser
 * @name: for the command line
 * @make_seeds: fills @seeds, returns how many
 * @run: parses; the bytes are in a buffer of exactly @size, so that reading past it is caught.
 *	Returns whether the input was accepted.
 * @repair: if not NULL, makes checksums right again after a mutation, so that what lies behind
 *	them is reached
 */
struct fuzz_target {
	const char *name;
	int (*make_seeds)(struct fuzz_seed *seeds);
	bool (*run)(const u8 *data, size_t size);
	void (*repair)(u8 *data, size_t size);
};

extern const struct fuzz_target fdt_target, multiboot2_target, pvh_target, acpi_target;
extern const struct fuzz_target inflate_target, zstd_target, cpio_target, elf_target;

#define FUZZ_CHECK(condition)						\
	do {								\
		if (!(condition))					\
			fuzz_fail(#condition);				\
	} while (0)

u32 fuzz_random(void);
size_t fdt_trim(u8 *blob, size_t size);

#endif /* _FUZZ_H */
