// SPDX-License-Identifier: MIT
/*
 * Finds clock_gettime() in the object that the kernel maps into every program. The auxiliary vector
 * says where its ELF header is; the dynamic segment leads to the symbols.
 */

#include "bench.h"

#include <linux/auxvec.h>
#include <linux/elf.h>

int (*vdso_gettime)(int clock, struct timespec64 *ts);

static const void *find_auxv(const u64 *auxv, u64 type)
{
	for (; auxv[0] != AT_NULL; auxv += 2)
		if (auxv[0] == type)
			return (const void *)auxv[1];
	return 0;
}

/**
 * vdso_open - look the function up
 * @auxv: the auxiliary vector
 *
 * Return: 1 if it is there.
 */
int vdso_open(const u64 *auxv)
{
	const char *base = find_auxv(auxv, AT_SYSINFO_EHDR), *names = 0;
	const Elf64_Ehdr *header = (const void *)base;
	const Elf64_Phdr *segment;
	const Elf64_Dyn *entry = 0;
	const Elf64_Sym *symbols = 0;
	u64 bias = 0;
	u32 i;

	if (!base)
		return 0;
	segment = (const void *)(base + header->e_phoff);
	for (i = 0; i < header->e_phnum; i++) {
		if (segment[i].p_type == PT_LOAD && !bias)
			bias = (u64)base + segment[i].p_offset - segment[i].p_vaddr;
		else if (segment[i].p_type == PT_DYNAMIC)
			entry = (const void *)(base + segment[i].p_offset);
	}
	for (; entry && entry->d_tag != DT_NULL; entry++) {
		const void *at = (const void *)(bias + entry->d_un.d_ptr);

		if (entry->d_tag == DT_STRTAB)
			names = at;
		else if (entry->d_tag == DT_SYMTAB)
			symbols = at;
	}
	if (!names || !symbols)
		return 0;
	/* Linkers put the names right behind the symbols. */
	for (; (const char *)(symbols + 1) <= names; symbols++) {
		if (symbols->st_value && same(names + symbols->st_name, VDSO_GETTIME)) {
			vdso_gettime = (void *)(bias + symbols->st_value);
			return 1;
		}
	}
	return 0;
}
