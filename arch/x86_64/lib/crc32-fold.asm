; SPDX-License-Identifier: MIT
;
; CRC-32 by carry-less multiplication, with the lowest bit first and with the highest.
;
; A message is a polynomial over bits, its first bit the highest power. A CRC is what is left of it
; divided by P; so any part may be exchanged for another of the same remainder. A block of 128 bits
; that stands D bits before another one counts x^D times as much, and can be added to it after
; multiplication with x^D mod P: "folding". Each half of the block is multiplied by itself, with a
; constant of 32 bits, which makes 96 bits:
;
;	first half (lower address, higher powers)	* (x^(D+64) mod P)
;	second half					* (x^D mod P)
;
; With the highest bit first the block has to be turned round as it is loaded, so that its first
; byte is the register's highest. With the lowest bit first all numbers are mirrored: the constants
; are mirrored too; each stands in the upper half of its qword, which is 32 powers lower, hence
; x^(D+32) and x^(D-32); and a mirrored product comes out one bit low: they are shifted up by one.
;
; Four blocks a round (D = 512) keep the multiplier busy; in the end they are folded into one
; (D = 128). The 16 bytes that are left have the same CRC as the message: the caller takes it with
; the table.
;
; The caller holds the FPU: kernel_fpu_begin().

%include "asm/linkage.inc"

section .rodata progbits alloc noexec nowrite align=16

; P = x^32 + 04C11DB7
	align 16, db 0
le_by_512:			; x^544, x^480
	dq 0x154442bd4, 0x1c6e41596
le_by_128:			; x^160, x^96
	dq 0x1751997d0, 0x0ccaa009e
be_by_512:			; x^512, x^576
	dq 0x0e6228b11, 0x08833794c
be_by_128:			; x^128, x^192
	dq 0x0e8a45605, 0x0c5b9cd4c
turn_round:
	db 15, 14, 13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1, 0

TEXT_SECTION

; FOLD block, addend, constants: block = block * x^D + addend; xmm6 is spent
%macro FOLD 3
	movdqa xmm6, %1
	pclmulqdq %1, %3, 0x00		; the low half by the low constant
	pclmulqdq xmm6, %3, 0x11	; the high half by the high one
	pxor %1, xmm6
	pxor %1, %2
%endmacro

; LOAD register, address: a block, its first bit where the order wants it; xmm8 is turn_round
%macro LOAD 2
	movdqu %1, %2
%if HIGHEST_FIRST
	pshufb %1, xmm8
%endif
%endmacro

; FOLD_BODY by_512, by_128: the function, in the order that HIGHEST_FIRST says
%macro FOLD_BODY 2
%if HIGHEST_FIRST
	movdqa xmm8, [turn_round]
%endif
	movd xmm7, edi
%if HIGHEST_FIRST
	pslldq xmm7, 12
%endif
	LOAD xmm0, [rsi]
	LOAD xmm1, [rsi + 16]
	LOAD xmm2, [rsi + 32]
	LOAD xmm3, [rsi + 48]
	pxor xmm0, xmm7			; the CRC so far is added to the first 32 bits
	movdqa xmm5, [%1]
	add rsi, 64
	sub rdx, 128
	jb %%join
%%round:
	LOAD xmm4, [rsi]
	FOLD xmm0, xmm4, xmm5
	LOAD xmm4, [rsi + 16]
	FOLD xmm1, xmm4, xmm5
	LOAD xmm4, [rsi + 32]
	FOLD xmm2, xmm4, xmm5
	LOAD xmm4, [rsi + 48]
	FOLD xmm3, xmm4, xmm5
	add rsi, 64
	sub rdx, 64
	jae %%round
%%join:
	movdqa xmm5, [%2]
	FOLD xmm0, xmm1, xmm5
	FOLD xmm0, xmm2, xmm5
	FOLD xmm0, xmm3, xmm5
	add rdx, 64			; 0, 16, 32 or 48 left
	jz %%done
%%block:
	LOAD xmm4, [rsi]
	FOLD xmm0, xmm4, xmm5
	add rsi, 16
	sub rdx, 16
	jnz %%block
%%done:
%if HIGHEST_FIRST
	pshufb xmm0, xmm8
%endif
	movdqu [rcx], xmm0
	ret
%endmacro

; void crc32_le_fold(u32 crc, const u8 *p, size_t len, u8 rest[16]), and crc32_be_fold
; len: a multiple of 16, at least 64
%assign HIGHEST_FIRST 0
FUNC crc32_le_fold
	FOLD_BODY le_by_512, le_by_128
ENDFUNC crc32_le_fold

%assign HIGHEST_FIRST 1
FUNC crc32_be_fold
	FOLD_BODY be_by_512, be_by_128
ENDFUNC crc32_be_fold

; u32 crc32c_le_sse42(u32 crc, const u8 *p, size_t len): by the instruction, which uses general
; registers only.
FUNC crc32c_le_sse42
	mov eax, edi
	sub rdx, 64
	jb .words
.round:
%assign at 0
%rep 8
	crc32 rax, qword [rsi + at]
%assign at at + 8
%endrep
	add rsi, 64
	sub rdx, 64
	jae .round
.words:
	add rdx, 64 - 8
	js .last
.word:
	crc32 rax, qword [rsi]
	add rsi, 8
	sub rdx, 8
	jns .word
.last:
	; rdx is what is left less 8: its low three bits are the number itself
	test dl, 4
	jz .half
	crc32 eax, dword [rsi]
	add rsi, 4
.half:
	test dl, 2
	jz .byte
	crc32 eax, word [rsi]
	add rsi, 2
.byte:
	test dl, 1
	jz .end
	crc32 eax, byte [rsi]
.end:
	ret
ENDFUNC crc32c_le_sse42
