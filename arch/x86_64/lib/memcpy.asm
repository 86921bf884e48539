; SPDX-License-Identifier: MIT
;
; memcpy, memmove, memset. Up to 32 bytes go through registers, with loads and stores
; that may overlap; more goes by words with a string instruction, and the odd bytes at
; the end by one word that overlaps what was copied.
;
; What the processor says of its string instructions decides, once, at boot:
;
;	ERMS	rep movsb and rep stosb are as fast as the word forms, or faster: no odd
;		bytes to care for
;	FSRM	rep movsb is fast for short copies too: it does all of memcpy
;
; String instructions run slowly with the direction flag set on every processor, so
; memmove goes backwards through registers.
;
; The plain names are weak: an instrumented build puts checking versions over them,
; which call the ones with underscores.

%include "asm/linkage.inc"

%macro WEAK_ALIAS 2
	global %1:function weak (%2.end_of_func - %2)
%1:
%endmacro

TEXT_SECTION

	align 16, db 0xcc
	global __memcpy:function (__memcpy.end_of_func - __memcpy)
WEAK_ALIAS memcpy, __memcpy
__memcpy:
	mov rax, rdi
	ALT_JMP __memcpy.rep_bytes, X86_FEATURE_FSRM
	cmp rdx, 32
	ja .words

; rax = rdi, rdx <= 32. All loads come before the first store.
copy_up_to_32:
	cmp edx, 16
	jae .from_16
	cmp edx, 8
	jae .from_8
	cmp edx, 4
	jae .from_4
	test edx, edx
	jz .done
	; 1 to 3 bytes: first, middle, last; some of them the same.
	mov r10d, edx
	shr r10d, 1
	movzx ecx, byte [rsi]
	movzx r8d, byte [rsi + r10]
	movzx r9d, byte [rsi + rdx - 1]
	mov [rdi], cl
	mov [rdi + r10], r8b
	mov [rdi + rdx - 1], r9b
	ret
.from_16:
	mov rcx, [rsi]
	mov r8, [rsi + 8]
	mov r9, [rsi + rdx - 16]
	mov r10, [rsi + rdx - 8]
	mov [rdi], rcx
	mov [rdi + 8], r8
	mov [rdi + rdx - 16], r9
	mov [rdi + rdx - 8], r10
	ret
.from_8:
	mov rcx, [rsi]
	mov r8, [rsi + rdx - 8]
	mov [rdi], rcx
	mov [rdi + rdx - 8], r8
	ret
.from_4:
	mov ecx, [rsi]
	mov r8d, [rsi + rdx - 4]
	mov [rdi], ecx
	mov [rdi + rdx - 4], r8d
.done:
	ret
__memcpy.words:
	ALT_JMP __memcpy.rep_bytes, X86_FEATURE_ERMS
	mov r8, [rsi + rdx - 8]
	lea r9, [rdi + rdx - 8]
	mov rcx, rdx
	shr rcx, 3
	rep movsq
	mov [r9], r8
	ret
__memcpy.rep_bytes:
	mov rcx, rdx
	rep movsb
	ret
__memcpy.end_of_func:

	align 16, db 0xcc
	global __memmove:function (__memmove.end_of_func - __memmove)
WEAK_ALIAS memmove, __memmove
__memmove:
	mov rax, rdi
	cmp rdx, 32
	jbe copy_up_to_32		; loads all before it stores
	mov rcx, rdi
	sub rcx, rsi
	cmp rcx, rdx
	jb .backwards			; the end of the source would be overwritten too early
	ALT_JMP __memcpy.rep_bytes, X86_FEATURE_ERMS
	mov r8, [rsi + rdx - 8]
	lea r9, [rdi + rdx - 8]
	mov rcx, rdx
	shr rcx, 3
	rep movsq
	mov [r9], r8
	ret
; Down from the end, 32 bytes a round, all loaded before they are stored. What is left,
; up to 32 bytes at the start, has not been overwritten: that source lies below all of the
; destination that is done.
.backwards:
	mov rcx, [rsi + rdx - 8]
	mov r8, [rsi + rdx - 16]
	mov r9, [rsi + rdx - 24]
	mov r10, [rsi + rdx - 32]
	mov [rdi + rdx - 8], rcx
	mov [rdi + rdx - 16], r8
	mov [rdi + rdx - 24], r9
	mov [rdi + rdx - 32], r10
	sub rdx, 32
	cmp rdx, 32
	ja .backwards
	jmp copy_up_to_32
__memmove.end_of_func:

	align 16, db 0xcc
	global __memset:function (__memset.end_of_func - __memset)
WEAK_ALIAS memset, __memset
__memset:
	mov r9, rdi
	movzx eax, sil
	mov rcx, 0x0101010101010101
	imul rax, rcx
	cmp rdx, 8
	jb .bytes
	ALT_JMP __memset.rep_bytes, X86_FEATURE_ERMS
	mov [rdi + rdx - 8], rax
	mov rcx, rdx
	shr rcx, 3
	rep stosq
	mov rax, r9
	ret
.bytes:
	; up to 7: two stores of 4, of 2, or one of 1
	cmp edx, 4
	jae .from_4
	cmp edx, 2
	jae .from_2
	test edx, edx
	jz .done
	mov [rdi], al
.done:
	mov rax, r9
	ret
.from_2:
	mov [rdi], ax
	mov [rdi + rdx - 2], ax
	mov rax, r9
	ret
.from_4:
	mov [rdi], eax
	mov [rdi + rdx - 4], eax
	mov rax, r9
	ret
__memset.rep_bytes:
	mov rcx, rdx
	rep stosb
	mov rax, r9
	ret
__memset.end_of_func:
