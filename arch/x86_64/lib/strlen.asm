; SPDX-License-Identifier: MIT
;
; strlen by aligned pairs of words: they never reach into a page that the string isn't in.
;
; A byte of w is zero only if (w - 01..01) & 80..80 is not 0. That also happens for a byte above
; 80h, or one after a zero; & ~w sorts the former out, and the lowest bit set is right in spite of
; the latter. The loop sifts without the ~w, for both words at once; what looks like the end is
; looked at again, exactly.

%include "asm/linkage.inc"

TEXT_SECTION

; size_t strlen(const char *s)
	align 16, db 0xcc
	global __strlen:function (__strlen.end_of_func - __strlen)
	global strlen:function weak (__strlen.end_of_func - __strlen)
strlen:
__strlen:
	mov r8, -0x0101010101010101
	mov r9, 0x8080808080808080
	mov rsi, rdi
	and rsi, -16
	mov rax, [rsi]
	; The bytes before the string become FFh.
	mov ecx, edi
	shl ecx, 3			; a shift counts by the low 6 bits
	mov rdx, -1
	shl rdx, cl
	not rdx
	mov rcx, [rsi + 8]
	test dil, 8
	jnz .from_second
	or rax, rdx
	jmp .sift
.from_second:
	or rcx, rdx
	mov rax, -1
	jmp .sift
.pair:
	add rsi, 16
	mov rax, [rsi]
	mov rcx, [rsi + 8]
.sift:
	lea rdx, [rax + r8]
	lea r10, [rcx + r8]
	mov r11, rdx
	or r11, r10
	test r11, r9
	jz .pair
	not rax
	and rdx, rax
	and rdx, r9
	jnz .found
	not rcx
	mov rdx, r10
	and rdx, rcx
	and rdx, r9
	jz .pair
	add rsi, 8
.found:
	bsf rdx, rdx
	shr edx, 3
	lea rax, [rsi + rdx]
	sub rax, rdi
	ret
__strlen.end_of_func:
