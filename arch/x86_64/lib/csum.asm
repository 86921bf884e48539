; SPDX-License-Identifier: MIT
;
; The Internet check sum: words of eight bytes, each added with the carry of the one before, so that
; the ones' complement sum comes about by itself. One addition a word is what the chain of
; carries allows; a compiler doesn't find it, for C has no carry.

%include "asm/linkage.inc"

TEXT_SECTION

; __wsum csum_partial_x86(const void *buff, int len, __wsum sum)
FUNC csum_partial_x86
	mov eax, edx
	mov ecx, esi
	shr ecx, 6
	jz .words
.round:
	add rax, [rdi]
%assign at 8
%rep 7
	adc rax, [rdi + at]
%assign at at + 8
%endrep
	adc rax, 0
	add rdi, 64
	dec ecx
	jnz .round
.words:
	mov ecx, esi
	shr ecx, 3
	and ecx, 7
	jz .rest
.word:
	add rax, [rdi]
	adc rax, 0
	add rdi, 8
	dec ecx
	jnz .word
.rest:
	; 4, 2 and 1 bytes: each begins at an even offset, so it may be added as it is, and their
	; sum doesn't leave the word
	xor edx, edx
	test sil, 4
	jz .half
	mov edx, [rdi]
	add rdi, 4
.half:
	test sil, 2
	jz .byte
	movzx ecx, word [rdi]
	add rdx, rcx
	add rdi, 2
.byte:
	test sil, 1
	jz .fold
	movzx ecx, byte [rdi]
	add rdx, rcx
.fold:
	add rax, rdx
	adc rax, 0
	; both halves: the carry of their sum lands in the upper one
	mov rdx, rax
	rol rdx, 32
	add rax, rdx
	shr rax, 32
	ret
ENDFUNC csum_partial_x86
