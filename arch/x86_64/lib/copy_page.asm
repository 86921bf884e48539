; SPDX-License-Identifier: MIT
;
; Whole pages. rdi and rsi are page-aligned. By words with a string instruction: as fast as
; the byte form for such a length where there is ERMS, and faster where there isn't; only
; clearing gains, since rep stosb with ERMS may skip reading the lines that it will fill.

%include "asm/linkage.inc"

TEXT_SECTION

; void clear_page(void *page)
FUNC clear_page
	xor eax, eax
	ALT_JMP clear_page.bytes, X86_FEATURE_ERMS
	mov ecx, 4096 / 8
	rep stosq
	ret
.bytes:
	mov ecx, 4096
	rep stosb
	ret
ENDFUNC clear_page

; void copy_page(void *to, void *from)
FUNC copy_page
	mov ecx, 4096 / 8
	rep movsq
	ret
ENDFUNC copy_page
