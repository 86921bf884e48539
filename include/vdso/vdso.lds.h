/* SPDX-License-Identifier: MIT */
/*
 * The layout of the vDSO, a shared library of one segment that the kernel maps behind the page with
 * its data. The machine's vdso.lds.S adds the versions.
 */
#define VDSO_SECTIONS							\
SECTIONS								\
{									\
	PROVIDE_HIDDEN(vdso_data_page = . - 4096);			\
	. = SIZEOF_HEADERS;						\
	.hash		: { *(.hash) }			:text		\
	.gnu.hash	: { *(.gnu.hash) }				\
	.dynsym		: { *(.dynsym) }				\
	.dynstr		: { *(.dynstr) }				\
	.gnu.version	: { *(.gnu.version) }				\
	.gnu.version_d	: { *(.gnu.version_d) }				\
	.gnu.version_r	: { *(.gnu.version_r) }				\
	.dynamic	: { *(.dynamic) }		:text :dynamic	\
	.note		: { *(.note.gnu.build-id) }	:text :note	\
	.eh_frame_hdr	: { *(.eh_frame_hdr) }		:text :eh_frame_hdr \
	.eh_frame	: { KEEP(*(.eh_frame)) }	:text		\
	.rodata		: { *(.rodata*) }		:text		\
	.got		: { *(.got) *(.got.plt) }	:text		\
	. = ALIGN(16);							\
	.text		: { *(.text*) }			:text		\
	/DISCARD/	: {						\
		*(.data*) *(.bss*) *(.plt*) *(.rela*) *(.comment) *(.note*)	\
	}								\
}									\
PHDRS									\
{									\
	text		PT_LOAD		FLAGS(5) FILEHDR PHDRS;		\
	dynamic		PT_DYNAMIC	FLAGS(4);			\
	note		PT_NOTE		FLAGS(4);			\
	eh_frame_hdr	PT_GNU_EH_FRAME FLAGS(4);			\
}
