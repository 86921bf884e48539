// SPDX-License-Identifier: MIT
/*
 * The headers of ELF programs: what is taken, what is refused, what they amount to.
 */

#include <kunit/test.h>

#include <linux/errno.h>
#include <linux/string.h>

#include "../elf_image.h"

#define TASK_END	0x7ffffffff000UL

struct file_headers {
	struct elfhdr ex;
	struct elf_phdr ph[3];
};

/* Text at 4 MiB, data in the page after it with a bss of two pages, a stack wish. */
static struct file_headers good_headers(void)
{
	struct file_headers f = {
		.ex = {
			.e_ident = { 0x7f, 'E', 'L', 'F', ELF_CLASS, ELF_DATA, EV_CURRENT },
			.e_type = ET_EXEC,
			.e_machine = ELF_ARCH,
			.e_entry = 0x400100,
			.e_phoff = sizeof(struct elfhdr),
			.e_phentsize = sizeof(struct elf_phdr),
			.e_phnum = 3,
		},
		.ph = {
			{ .p_type = PT_LOAD, .p_flags = PF_R | PF_X, .p_offset = 0,
			  .p_vaddr = 0x400000, .p_filesz = 0x800, .p_memsz = 0x800,
			  .p_align = 0x1000 },
			{ .p_type = PT_LOAD, .p_flags = PF_R | PF_W, .p_offset = 0x810,
			  .p_vaddr = 0x401810, .p_filesz = 0x20, .p_memsz = 0x2020,
			  .p_align = 0x1000 },
			{ .p_type = PT_GNU_STACK, .p_flags = PF_R | PF_W },
		},
	};

	return f;
}

static int measure(struct file_headers *f, struct elf_image *image)
{
	int err = elf_image_check(&f->ex);

	return err ? err : elf_image_measure(&f->ex, f->ph, TASK_END, image);
}

static void segments_are_summed_up(struct kunit *test)
{
	struct file_headers f = good_headers();
	struct elf_image image;

	KUNIT_ASSERT_EQ(test, measure(&f, &image), 0);
	KUNIT_EXPECT_EQ(test, image.loads, 2);
	KUNIT_EXPECT_EQ(test, image.first, 0x400000);
	KUNIT_EXPECT_EQ(test, image.brk, 0x401810 + 0x2020);
	KUNIT_EXPECT_EQ(test, image.span, image.brk - 0x400000);
	KUNIT_EXPECT_EQ(test, image.end_code, 0x400800);
	KUNIT_EXPECT_EQ(test, image.start_data, 0x401810);
	KUNIT_EXPECT_EQ(test, image.end_data, 0x401830);
	KUNIT_EXPECT_EQ(test, image.phdr, 0x400000 + sizeof(struct elfhdr));
	KUNIT_EXPECT_EQ(test, image.align, 0x1000);
	KUNIT_EXPECT_FALSE(test, image.brk_exec);
}

static void other_files_are_enoexec(struct kunit *test)
{
	struct file_headers f;
	struct elf_image image;

#define REFUSED(change)							\
do {									\
	f = good_headers();						\
	change;								\
	KUNIT_EXPECT_EQ_MSG(test, measure(&f, &image), -ENOEXEC, #change); \
} while (0)

	REFUSED(f.ex.e_ident[0] = 0);
	REFUSED(f.ex.e_type = ET_REL);
	REFUSED(f.ex.e_type = ET_CORE);
	REFUSED(f.ex.e_machine = EM_386);
	REFUSED(f.ex.e_phentsize = 32);
	REFUSED(f.ex.e_phnum = 0);
	REFUSED(f.ex.e_phnum = ELF_PHDRS_MAX / sizeof(struct elf_phdr) + 1);
#undef REFUSED
}

static void impossible_segments_are_einval(struct kunit *test)
{
	struct file_headers f;
	struct elf_image image;

#define REFUSED(change)							\
do {									\
	f = good_headers();						\
	change;								\
	KUNIT_EXPECT_EQ_MSG(test, measure(&f, &image), -EINVAL, #change); \
} while (0)

	REFUSED(f.ph[0].p_memsz = f.ph[0].p_filesz - 1);
	REFUSED(f.ph[1].p_memsz = ~0UL);
	REFUSED(f.ph[1].p_vaddr = TASK_END - 0x1000 + 0x810);
	REFUSED(f.ph[1].p_vaddr = ~0xfffUL + 0x810);
	REFUSED(f.ph[1].p_offset = ~0UL - 0x10);
	/* Offset and address apart within the page: no mapping can show it. */
	REFUSED(f.ph[1].p_offset += 8);
	REFUSED(f.ph[0].p_type = f.ph[1].p_type = PT_NULL);
	/* Segments without a byte: there would be nothing to start. */
	REFUSED(f.ph[0].p_filesz = f.ph[0].p_memsz = f.ph[0].p_vaddr = 0; f.ph[1].p_type = PT_NULL);
#undef REFUSED
}

static void headers_outside_all_segments_have_no_address(struct kunit *test)
{
	struct file_headers f = good_headers();
	struct elf_image image;

	f.ex.e_phoff = 0x100000;
	KUNIT_ASSERT_EQ(test, measure(&f, &image), 0);
	KUNIT_EXPECT_EQ(test, image.phdr, 0);
}

static void only_powers_of_two_align(struct kunit *test)
{
	struct file_headers f = good_headers();
	struct elf_image image;

	f.ph[0].p_align = 0x200000;
	f.ph[1].p_align = 0x300000;
	KUNIT_ASSERT_EQ(test, measure(&f, &image), 0);
	KUNIT_EXPECT_EQ(test, image.align, 0x200000);
}

static struct kunit_case elf_image_cases[] = {
	KUNIT_CASE(segments_are_summed_up),
	KUNIT_CASE(other_files_are_enoexec),
	KUNIT_CASE(impossible_segments_are_einval),
	KUNIT_CASE(headers_outside_all_segments_have_no_address),
	KUNIT_CASE(only_powers_of_two_align),
	{}
};

static struct kunit_suite elf_image_suite = {
	.name = "elf_image",
	.test_cases = elf_image_cases,
};
kunit_test_suite(elf_image_suite);
