; SPDX-License-Identifier: MIT
;
; CRC-32, lowest bit first, by carry-less multiplication.
;
; A message is a polynomial over bits, its first bit the highest power. A CRC is what is left of it
; divided by P; so any part may be exchanged for another of the same remainder. A block of 128 bits
; that stands D bits before another one counts x^D times as much, and can be added to it after
; multiplication with x^D mod P: "folding". Each half H of the block is multiplied by itself, with a
; constant of 32 bits, which makes 96 bits:
;
;	first half (lower address, higher powers)	H * (x^(D+32) mod P)
;	second half					H * (x^(D-32) mod P)
;
; the exponents being 64+D and D less the 32 that the constant's own place in its qword gives. With
; the lowest bit first all numbers are mirrored, and a mirrored product comes out one bit low: the
; constants are mirrored and shifted up by one.
;
; Four blocks a round (D = 512) keep the multiplier busy; in the end they are folded into one
; (D = 128). The 16 bytes that are left have the same CRC as the message: the caller takes it with
; the table.
;
; The caller holds the FPU: kernel_fpu_begin().

%include "asm/linkage.inc"

section .rodata progbits alloc noexec nowrite align=16

; P = x^32 + 04C11DB7; x^544, x^480, x^160, x^96 mod P
	align 16, db 0
fold_by_512:
	dq 0x154442bd4, 0x1c6e41596
fold_by_128:
	dq 0x1751997d0, 0x0ccaa009e

TEXT_SECTION

; FOLD block, addend, constants: block = block * x^D + addend; xmm6 is spent
%macro FOLD 3
	movdqa xmm6, %1
	pclmulqdq %1, %3, 0x00		; first half
	pclmulqdq xmm6, %3, 0x11	; second half
	pxor %1, xmm6
	pxor %1, %2
%endmacro

; void crc32_le_fold(u32 crc, const u8 *p, size_t len, u8 rest[16])
; len: a multiple of 16, at least 64
FUNC crc32_le_fold
	movd xmm7, edi
	movdqu xmm0, [rsi]
	movdqu xmm1, [rsi + 16]
	movdqu xmm2, [rsi + 32]
	movdqu xmm3, [rsi + 48]
	pxor xmm0, xmm7			; the CRC so far is added to the first 32 bits
	movdqa xmm5, [fold_by_512]
	add rsi, 64
	sub rdx, 128
	jb .join
.round:
	movdqu xmm4, [rsi]
	FOLD xmm0, xmm4, xmm5
	movdqu xmm4, [rsi + 16]
	FOLD xmm1, xmm4, xmm5
	movdqu xmm4, [rsi + 32]
	FOLD xmm2, xmm4, xmm5
	movdqu xmm4, [rsi + 48]
	FOLD xmm3, xmm4, xmm5
	add rsi, 64
	sub rdx, 64
	jae .round
.join:
	movdqa xmm5, [fold_by_128]
	FOLD xmm0, xmm1, xmm5
	FOLD xmm0, xmm2, xmm5
	FOLD xmm0, xmm3, xmm5
	add rdx, 64			; 0, 16, 32 or 48 left
	jz .done
.block:
	movdqu xmm4, [rsi]
	FOLD xmm0, xmm4, xmm5
	add rsi, 16
	sub rdx, 16
	jnz .block
.done:
	movdqu [rcx], xmm0
	ret
ENDFUNC crc32_le_fold

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
