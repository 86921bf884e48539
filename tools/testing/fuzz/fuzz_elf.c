// SPDX-License-Identifier: MIT
/*
 * Fuzz target: the headers of an ELF program (fs/elf_image.c).  The input is the beginning of a
 * file; the program headers are read from where the header says, as the loader does.  Of what is
 * accepted the invariants E1 to E4 must hold.
 */
#include "fuzz.h"

#include "../../../fs/elf_image.h"

#define TASK_END	0x7ffffffff000UL

/* --- seeds --- */

static void add_phdr(struct elf64_phdr *ph, u32 type, u32 flags, u64 offset, u64 vaddr, u64 filesz,
		     u64 memsz)
{
	*ph = (struct elf64_phdr){
		.p_type = type, .p_flags = flags, .p_offset = offset, .p_vaddr = vaddr,
		.p_paddr = vaddr, .p_filesz = filesz, .p_memsz = memsz,
		.p_align = type == PT_LOAD ? 4096 : 8,
	};
}

static void make_seed(struct fuzz_seed *seed, u16 type, u64 base)
{
	struct elf64_phdr *ph;
	struct elf64_hdr *ex;

	seed->size = sizeof(*ex) + 5 * sizeof(*ph);
	seed->data = calloc(1, seed->size);
	ex = (struct elf64_hdr *)seed->data;
	memcpy(ex->e_ident, ELFMAG, SELFMAG);
	ex->e_ident[EI_CLASS] = ELFCLASS64;
	ex->e_ident[EI_DATA] = ELFDATA2LSB;
	ex->e_ident[EI_VERSION] = EV_CURRENT;
	ex->e_type = type;
	ex->e_machine = EM_X86_64;
	ex->e_version = EV_CURRENT;
	ex->e_entry = base + 0x1000;
	ex->e_phoff = sizeof(*ex);
	ex->e_ehsize = sizeof(*ex);
	ex->e_phentsize = sizeof(*ph);
	ex->e_phnum = 5;
	ph = (struct elf64_phdr *)(ex + 1);
	add_phdr(&ph[0], PT_LOAD, PF_R, 0, base, 0x500, 0x500);
	add_phdr(&ph[1], PT_LOAD, PF_R | PF_X, 0x1000, base + 0x1000, 0x8000, 0x8000);
	add_phdr(&ph[2], PT_LOAD, PF_R | PF_W, 0x9010, base + 0xa010, 0x300, 0x2000);
	add_phdr(&ph[3], PT_GNU_STACK, PF_R | PF_W, 0, 0, 0, 0);
	add_phdr(&ph[4], PT_INTERP, PF_R, 0x200, base + 0x200, 0x1c, 0x1c);
}

static int elf_seeds(struct fuzz_seed *seeds)
{
	make_seed(&seeds[0], ET_EXEC, 0x400000);
	make_seed(&seeds[1], ET_DYN, 0);
	return 2;
}

/* --- run --- */

static bool run(const u8 *data, size_t size)
{
	struct elf64_phdr *phdrs;
	struct elf_image image;
	struct elf64_hdr ex;
	size_t table;
	int i, ret;

	if (size < sizeof(ex))
		return false;
	memcpy(&ex, data, sizeof(ex));
	if (elf_image_check(&ex))
		return false;
	table = ex.e_phnum * sizeof(*phdrs);
	FUZZ_CHECK(ex.e_phnum && table <= ELF_PHDRS_MAX);
	if (ex.e_phoff > size || table > size - ex.e_phoff)
		return false;
	phdrs = malloc(table);
	memcpy(phdrs, data + ex.e_phoff, table);
	ret = elf_image_measure(&ex, phdrs, TASK_END, &image);
	if (!ret) {
		FUZZ_CHECK(image.loads && image.span && image.brk <= TASK_END);
		FUZZ_CHECK(image.span <= image.brk && image.end_data <= image.brk);
		FUZZ_CHECK(!(image.align & (image.align - 1)));
		for (i = 0; i < ex.e_phnum; i++) {
			if (phdrs[i].p_type != PT_LOAD)
				continue;
			FUZZ_CHECK(phdrs[i].p_filesz <= phdrs[i].p_memsz);
			FUZZ_CHECK(phdrs[i].p_vaddr + phdrs[i].p_memsz <= image.brk);
		}
	}
	free(phdrs);
	return !ret;
}

const struct fuzz_target elf_target = {
	.name = "elf",
	.make_seeds = elf_seeds,
	.run = run,
};
