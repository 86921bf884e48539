; SPDX-License-Identifier: MIT
;
; memcmp: 32 bytes a round while they are equal, then words, then the last word once more with
; bytes that were compared already. The first word that differs is swapped, so that its lowest
; address weighs most, and compared as a number.

%include "asm/linkage.inc"

TEXT_SECTION

; int memcmp(const void *a, const void *b, size_t n)
	align 16, db 0xcc
	global __memcmp:function (__memcmp.end_of_func - __memcmp)
	global memcmp:function weak (__memcmp.end_of_func - __memcmp)
memcmp:
__memcmp:
	cmp rdx, 8
	jb .short
	sub rdx, 32
	jb .words
.round:
	mov rax, [rdi]
	mov rcx, [rdi + 8]
	mov r8, [rdi + 16]
	mov r9, [rdi + 24]
	xor rax, [rsi]
	xor rcx, [rsi + 8]
	xor r8, [rsi + 16]
	xor r9, [rsi + 24]
	or rax, rcx
	or r8, r9
	or rax, r8
	jnz .words			; in here: the words find out where
	add rdi, 32
	add rsi, 32
	sub rdx, 32
	jae .round
.words:
	; rdx is what is left less 32
	add rdx, 32 - 8
	js .last
.word:
	mov rax, [rdi]
	mov rcx, [rsi]
	cmp rax, rcx
	jne .differ
	add rdi, 8
	add rsi, 8
	sub rdx, 8
	jns .word
.last:
	; -8 to -1: how far to step back for a whole word; -8 is none left
	cmp rdx, -8
	je .equal
	mov rax, [rdi + rdx]
	mov rcx, [rsi + rdx]
	cmp rax, rcx
	jne .differ
.equal:
	xor eax, eax
	ret
.differ:
	bswap rax
	bswap rcx
	cmp rax, rcx
	sbb eax, eax			; -1 if below, else 0
	or eax, 1
	ret
.short:
	test rdx, rdx
	jz .equal
.byte:
	movzx eax, byte [rdi]
	movzx ecx, byte [rsi]
	sub eax, ecx
	jne .done
	inc rdi
	inc rsi
	dec rdx
	jnz .byte
.done:
	ret
__memcmp.end_of_func:
