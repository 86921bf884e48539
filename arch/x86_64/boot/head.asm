; SPDX-License-Identifier: MIT
;
; From the loader's hand-off to C in the high half.
;
; Both loaders enter in 32-bit protected mode with paging off and flat segments:
;
;	GRUB (Multiboot2)	eax = 0x36d76289	ebx = tag list
;	QEMU (PVH)		eax = anything		ebx = struct hvm_start_info
;
; The code up to high_start is linked where it runs, at 16 MiB. It builds one set
; of page tables that shows the first 4 GiB of physical memory at three places:
;
;	0			so that turning paging on doesn't pull the floor away
;	PAGE_OFFSET		so that __va() works for what the loader left
;	__START_KERNEL_map	the image's own addresses (the first GiB of it)
;
; All of it is writable and executable: the tables live until init_mem_mapping()
; has built the real ones, and are given back with the init memory.

%include "asm/linkage.inc"
%include "generated/asm-offsets.inc"

%define KERNEL_MAP	0xffffffff80000000
%define MB2_MAGIC	0xe85250d6
%define MB2_BOOT_MAGIC	0x36d76289
%define PVH_BOOT_MAGIC	0x336ec578

%define CR0_PG		(1 << 31)
%define CR0_WP		(1 << 16)
%define CR0_NE		(1 << 5)
%define CR0_ET		(1 << 4)
%define CR0_MP		(1 << 1)
%define CR0_PE		(1 << 0)
%define CR4_PAE		(1 << 5)
%define CR4_PGE		(1 << 7)
%define EFER_MSR	0xc0000080
%define EFER_SCE	(1 << 0)
%define EFER_LME	(1 << 8)
%define EFER_NX		(1 << 11)
%define MSR_GS_BASE	0xc0000101

%define TABLE		0x63		; present, writable, accessed, dirty
%define LARGE		0xe3		; the same, a 2 MiB page
%define PAGE_OFFSET_SLOT 273		; bits 47-39 of PAGE_OFFSET

extern init_stack
extern __per_cpu_load
extern x86_64_start_kernel
extern boot_loader_magic
extern boot_loader_info

; --- What the loaders look for ------------------------------------------------------

section .multiboot2 progbits alloc noexec nowrite align=8
mb2_header:
	dd MB2_MAGIC
	dd 0				; architecture: i386, protected mode
	dd mb2_header_end - mb2_header
	dd -(MB2_MAGIC + 0 + (mb2_header_end - mb2_header))
	align 8
	dw 6, 0				; modules on page boundaries
	dd 8
	align 8
	dw 0, 0				; end of tags
	dd 8
mb2_header_end:

section .note.pvh note alloc noexec nowrite align=4
	dd 4				; length of the name
	dd 4				; length of the value
	dd 18				; XEN_ELFNOTE_PHYS32_ENTRY
	db "Xen", 0
	dd pvh_start

; --- 32 bits, physical addresses ----------------------------------------------------

section .boot.text progbits alloc exec nowrite align=16
bits 32

global multiboot2_start:function (multiboot2_start.end - multiboot2_start)
multiboot2_start:
	cmp eax, MB2_BOOT_MAGIC
	jne not_multiboot2
	mov esi, eax
	jmp boot_common
.end:

global pvh_start:function (pvh_start.end - pvh_start)
pvh_start:
	mov esi, PVH_BOOT_MAGIC
	jmp boot_common
.end:

; esi = which loader, ebx = what it left for us.
boot_common:
	cli
	cld
	mov esp, boot_stack_top
	mov edi, ebx

	; Long mode and no-execute are what everything rests on.
	mov eax, 0x80000000
	cpuid
	cmp eax, 0x80000001
	jb no_long_mode
	mov eax, 0x80000001
	cpuid
	test edx, 1 << 29
	jz no_long_mode
	test edx, 1 << 20
	jz no_nx

	call build_tables

	mov eax, cr4
	or eax, CR4_PAE
	mov cr4, eax
	mov eax, boot_pgd
	mov cr3, eax
	mov ecx, EFER_MSR
	rdmsr
	or eax, EFER_LME | EFER_NX | EFER_SCE
	wrmsr
	mov eax, CR0_PG | CR0_WP | CR0_NE | CR0_ET | CR0_MP | CR0_PE
	mov cr0, eax
	lgdt [boot_gdt_ptr]
	jmp KERNEL_CS:long_mode

build_tables:
	; boot_pmd: 2048 entries of 2 MiB, the first 4 GiB.
	mov ecx, 0
	mov eax, LARGE
.large:
	mov [boot_pmd + ecx * 8], eax
	add eax, 0x200000
	inc ecx
	cmp ecx, 2048
	jne .large

	mov dword [boot_pud], boot_pmd + TABLE
	mov dword [boot_pud + 8], boot_pmd + 0x1000 + TABLE
	mov dword [boot_pud + 16], boot_pmd + 0x2000 + TABLE
	mov dword [boot_pud + 24], boot_pmd + 0x3000 + TABLE
	; The image's window shows the first GiB.
	mov dword [boot_pud_high + 510 * 8], boot_pmd + TABLE

	mov dword [boot_pgd], boot_pud + TABLE
	mov dword [boot_pgd + PAGE_OFFSET_SLOT * 8], boot_pud + TABLE
	mov dword [boot_pgd + 511 * 8], boot_pud_high + TABLE
	ret

; --- Refusals: a line on the serial port and on the screen, then stop ---------------

not_multiboot2:
	mov esi, msg_loader
	jmp boot_refuse
no_long_mode:
	mov esi, msg_long_mode
	jmp boot_refuse
no_nx:
	mov esi, msg_nx

boot_refuse:
	mov edi, 0xb8000
.next:
	lodsb
	test al, al
	jz .stop
	mov ah, 0x4f
	mov [edi], ax
	add edi, 2
	mov ecx, 100000			; a transmitter that never gets ready must not hold us
	mov bl, al
	mov dx, 0x3fd
.wait:
	in al, dx
	test al, 0x20
	jnz .send
	loop .wait
.send:
	mov dx, 0x3f8
	mov al, bl
	out dx, al
	jmp .next
.stop:
	cli
	hlt
	jmp .stop

bits 64
long_mode:
	mov eax, KERNEL_DS
	mov ds, eax
	mov es, eax
	mov ss, eax
	xor eax, eax
	mov fs, eax
	mov gs, eax
	mov rax, high_start
	jmp rax

section .boot.rodata progbits alloc noexec nowrite align=8
boot_gdt:				; as the kernel's: segment.h
	dq 0
	dq 0x00cf9b000000ffff		; 32-bit code
	dq 0x00af9b000000ffff		; 64-bit code
	dq 0x00cf93000000ffff		; data
boot_gdt_ptr:
	dw boot_gdt_ptr - boot_gdt - 1
	dd boot_gdt

msg_loader	db "Lectern: not started by a Multiboot2 or PVH loader", 13, 10, 0
msg_long_mode	db "Lectern: this processor has no 64-bit mode", 13, 10, 0
msg_nx		db "Lectern: this processor has no no-execute page protection", 13, 10, 0

section .boot.bss nobits alloc noexec write align=4096
	global boot_pgd
boot_pgd:	resb 4096
	global boot_pud_high
boot_pud_high:	resb 4096
boot_pud:	resb 4096
boot_pmd:	resb 4096 * 4
boot_stack:	resb 256
boot_stack_top:

; --- 64 bits, the image's own addresses ---------------------------------------------

section .head.text progbits alloc exec nowrite align=16

FUNC high_start
	mov rsp, init_stack + THREAD_SIZE
	xor ebp, ebp

	; Per-CPU variables of the boot CPU: the initial image, until there is an area.
	mov ecx, MSR_GS_BASE
	mov rax, __per_cpu_load
	mov rdx, rax
	shr rdx, 32
	wrmsr

	mov [abs boot_loader_magic], esi
	mov [abs boot_loader_info], edi

	; Flags as C expects them: nothing set.
	push 0
	popfq
	call x86_64_start_kernel
	ud2
ENDFUNC high_start
