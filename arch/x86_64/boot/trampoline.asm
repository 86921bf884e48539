; SPDX-License-Identifier: MIT
;
; Where a starting CPU comes to life: in real mode, at the first byte of a page below
; 1 MiB, cs = page >> 4, ip = 0. From here to trampoline_end the code is copied to
; that page. The few places that need its address are patched by the boot CPU when it
; copies: the page itself is mapped read-only once paging is on.
;
;	16 bits	load a GDT, enter protected mode
;	32 bits	page tables of the trampoline, long mode
;	64 bits	the image's own addresses: secondary_startup_64
;
; The tables, trampoline_pgd, map this page at its physical address, read-only and
; executable, and share the kernel's half.

%include "asm/linkage.inc"
%include "generated/asm-offsets.inc"

%define CR0_PG		(1 << 31)
%define CR0_WP		(1 << 16)
%define CR0_NE		(1 << 5)
%define CR0_ET		(1 << 4)
%define CR0_MP		(1 << 1)
%define CR0_PE		(1 << 0)
%define CR4_PAE		(1 << 5)
%define EFER_MSR	0xc0000080
%define EFER_SCE	(1 << 0)
%define EFER_LME	(1 << 8)
%define EFER_NX		(1 << 11)
%define MSR_GS_BASE	0xc0000101

extern trampoline_pgd
extern smpboot_cpu
extern smpboot_stack
extern start_secondary
extern __per_cpu_offset

%define HERE(sym) ((sym) - trampoline_start)

section .rodata progbits alloc noexec nowrite align=16

; Not a function: data that is copied.
	global trampoline_start:data (trampoline_end - trampoline_start)
	global trampoline_gdt_base
	global trampoline_far32
	global trampoline_far64
	global trampoline_cr3
	global trampoline_end
	align 16
bits 16
trampoline_start:
	cli
	cld
	mov ax, cs
	mov ds, ax
	lgdt [HERE(trampoline_gdt_ptr)]
	mov eax, cr0
	or al, 1
	mov cr0, eax
	jmp dword far [HERE(trampoline_far32)]

bits 32
tramp32:
	mov ax, 0x10
	mov ds, ax
	mov ss, ax
	mov eax, cr4
	or eax, CR4_PAE
	mov cr4, eax
	db 0xb8				; mov eax, imm32
trampoline_cr3:
	dd 0
	mov cr3, eax
	mov ecx, EFER_MSR
	rdmsr
	or eax, EFER_LME | EFER_NX | EFER_SCE
	wrmsr
	mov eax, CR0_PG | CR0_WP | CR0_NE | CR0_ET | CR0_MP | CR0_PE
	mov cr0, eax
	db 0xea				; jmp far ptr16:32
trampoline_far64:
	dd HERE(tramp64)
	dw 0x18

bits 64
tramp64:
	mov rax, secondary_startup_64
	jmp rax

	align 8
trampoline_gdt:
	dq 0
	dq 0x00cf9b000000ffff		; 32-bit code
	dq 0x00cf93000000ffff		; data
	dq 0x00af9b000000ffff		; 64-bit code
trampoline_gdt_ptr:
	dw trampoline_gdt_ptr - trampoline_gdt - 1
trampoline_gdt_base:
	dd HERE(trampoline_gdt)
trampoline_far32:
	dd HERE(tramp32)
	dw 0x08
trampoline_end:

TEXT_SECTION

; One CPU starts at a time: its number and stack are in two variables.
FUNC secondary_startup_64
	mov rsp, [abs smpboot_stack]
	xor ebp, ebp
	mov ecx, [abs smpboot_cpu]
	mov rax, [__per_cpu_offset + rcx * 8]
	mov rdx, rax
	shr rdx, 32
	mov ecx, MSR_GS_BASE
	wrmsr
	push 0
	popfq
	call start_secondary
	ud2
ENDFUNC secondary_startup_64
