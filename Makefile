# SPDX-License-Identifier: MIT
#
# One Makefile for the whole tree. It reads the small Makefile of each folder,
# which names that folder's objects, and runs one non-recursive make over them:
#
#	obj-y += list_sort.o tests/	always; a name that ends in / is a folder
#	obj-$(CONFIG_KASAN) += x.o	if the option is set
#	CFLAGS_x.o += -O1		flags for one object; CFLAGS_REMOVE_x.o takes away
#	KASAN_SANITIZE_x.o := n		no such instrumentation; without _x.o: the folder
#
# `make help` lists the commands. Everything made goes to $(O)/$(ARCH).

MAKEFLAGS += --no-builtin-rules --no-builtin-variables --no-print-directory
SHELL := /bin/bash
.DEFAULT_GOAL := all
.SUFFIXES:
.DELETE_ON_ERROR:

# --- What to build -----------------------------------------------------------

host-arch := $(patsubst aarch64,arm64,$(shell uname -m))
ARCH ?= $(host-arch)
ARCHES := x86_64 arm64
ifeq ($(filter $(ARCH),$(ARCHES)),)
$(error ARCH=$(ARCH) is none of: $(ARCHES))
endif

O ?= build
out := $(O)/$(ARCH)
gen := $(out)/include/generated
PYTHON := /usr/bin/python3

# --- Tools: gcc by default, cross when the host is the other machine ----------

triplet-x86_64 := x86_64-linux-gnu-
triplet-arm64 := aarch64-linux-gnu-
ifeq ($(CROSS_COMPILE),)
CROSS_COMPILE := $(if $(filter $(host-arch),$(ARCH)),,$(triplet-$(ARCH)))
endif

ifeq ($(LLVM),1)
clang-target-x86_64 := --target=x86_64-linux-gnu
clang-target-arm64 := --target=aarch64-linux-gnu
CC := clang $(clang-target-$(ARCH))
LD := ld.lld
OBJCOPY := llvm-objcopy
NM := llvm-nm
else
CC := $(CROSS_COMPILE)gcc
LD := $(CROSS_COMPILE)ld
OBJCOPY := $(CROSS_COMPILE)objcopy
NM := $(CROSS_COMPILE)nm
endif
NASM := nasm
SPARSE := sparse

ifeq ($(V),1)
quiet :=
say := @:
else
quiet := @
say = @printf '  %-7s %s\n'
endif

# --- Configuration -------------------------------------------------------------
#
# Kconfig options may be given on the command line: make KASAN=y UBSAN=y.

config := $(out)/.config
auto-conf := $(out)/include/config/auto.conf
export ARCH O LLVM
unexport CROSS_COMPILE
overrides := $(foreach word,$(filter-out ARCH=% O=% V=% C=% W=% T=% SMP=% MEM=% LLVM=% APPEND=% ROOTFS=% UPDATE=% OPTIONAL=% KERNEL=% RECORD=% EXTRA_KUNIT=% %.c,$(MAKEOVERRIDES)),'$(word)')

no-config-targets := help clean distclean test test-% selftests programs sessions stress soak packages tags fuzz rootfs run debug gdb bench bench-% torture models menuconfig defconfig savedefconfig
need-config := $(if $(MAKECMDGOALS),$(filter-out $(no-config-targets),$(MAKECMDGOALS)),all)

ifneq ($(need-config),)
kconfigs := $(shell find . -name Kconfig -not -path './build/*' -not -path './.git/*' 2>/dev/null)
$(auto-conf): $(kconfigs) tools/build/kconfig.py $(out)/overrides $(wildcard $(config))
	$(quiet)$(PYTHON) tools/build/kconfig.py generate $(out) $(overrides)

# The options given on the command line, rewritten only when they change.
overrides-text := $(overrides)
$(shell mkdir -p $(out) && printf '%s\n' "$(overrides-text)" > $(out)/overrides.new && { cmp -s $(out)/overrides.new $(out)/overrides || mv $(out)/overrides.new $(out)/overrides; rm -f $(out)/overrides.new; })
-include $(auto-conf)
endif

# --- Flags -----------------------------------------------------------------------

include-path := -Iarch/$(ARCH)/include -I$(out)/include -Iinclude \
	-Iarch/$(ARCH)/include/uapi -Iinclude/uapi
cppflags := -nostdinc $(include-path) -D__KERNEL__ \
	-include include/linux/kconfig.h

# What -Wall -Wextra says without being asked, and why it is left out:
#   unused-parameter, missing-field-initializers, sign-compare: callbacks, designated
#     initialisers and mixed counts are the kernel's ordinary style
#   type-limits: macros compare unsigned types with 0 on purpose
#   pointer-sign: u8 buffers and char strings meet everywhere
#   format-zero-length: seq_printf(m, "")-like calls are harmless
warnings := -Wall -Wextra -Wundef -Wstrict-prototypes -Wold-style-definition -Wmissing-prototypes \
	-Wmissing-declarations -Wvla -Wdeclaration-after-statement -Wno-unused-parameter \
	-Wno-missing-field-initializers -Wno-sign-compare -Wno-type-limits -Wno-pointer-sign \
	-Wno-format-zero-length -Wimplicit-fallthrough -Werror=implicit-function-declaration \
	-Werror=implicit-int -Werror=return-type -Werror=incompatible-pointer-types
ifeq ($(LLVM),1)
# clang: initializer-overrides is how tables give a default; gnu extensions are the dialect;
# gcc's names of warnings in the folders' Makefiles are no error.
warnings += -Wno-unknown-warning-option -Wno-initializer-overrides -Wno-gnu -Wno-unused-but-set-variable \
	-Wno-tautological-compare -Wno-format-invalid-specifier -Wno-address-of-packed-member
else
# gcc: override-init as above; frame-address is what unwinders do.
warnings += -Wno-override-init -Wno-frame-address -Wno-address-of-packed-member \
	-Wno-cast-function-type -Wno-stringop-overread -Wno-array-bounds -Wno-stringop-overflow \
	-Wno-dangling-pointer -Wno-maybe-uninitialized
endif
# W=1: more that the tree is clean of. W=2: what is a matter of style, and plenty of it.
ifneq ($(W),)
warnings += -Wmissing-include-dirs -Winit-self -Walloca -Wdate-time -Wfloat-conversion \
	$(if $(filter 1,$(LLVM)),,-Wunused-const-variable=1 -Wduplicated-cond -Wlogical-op -Wshift-overflow=2 -Wjump-misses-init)
endif
ifeq ($(W),2)
warnings += -Wunused-parameter -Wmissing-field-initializers -Wunused-macros
endif
werror := $(if $(filter 2,$(W)),,$(if $(CONFIG_WERROR),-Werror))

cflags := -std=gnu11 -O2 -g$(if $(CONFIG_DEBUG_INFO_REDUCED),1) -fno-strict-aliasing -fno-common -fwrapv -fno-pic -fno-pie \
	-fno-delete-null-pointer-checks -fno-asynchronous-unwind-tables -fno-unwind-tables \
	-fno-omit-frame-pointer -fno-optimize-sibling-calls -fstack-protector-strong \
	-fshort-wchar -funsigned-char -fmacro-prefix-map=./= \
	$(if $(LLVM),,-fno-allow-store-data-races -fconserve-stack -fno-ipa-sra)
arch-cflags-x86_64 := -m64 -mcmodel=kernel -mno-red-zone -mno-mmx -mno-sse -mno-sse2 \
	-mno-3dnow -mno-avx -mno-80387 -msoft-float -mno-fp-ret-in-387 -march=x86-64 \
	-mtune=generic -fcf-protection=none $(if $(LLVM),,-mpreferred-stack-boundary=3 -mskip-rax-setup) $(if $(LLVM),-mstack-alignment=8)
arch-cflags-arm64 := -mgeneral-regs-only $(if $(LLVM),,-mabi=lp64) -mno-outline-atomics -march=armv8-a \
	-mbranch-protection=none
ifneq ($(LLVM),1)
arch-cflags-x86_64 := $(filter-out -mno-fp-ret-in-387,$(arch-cflags-x86_64)) -mno-fp-ret-in-387
else
arch-cflags-x86_64 := $(filter-out -mno-fp-ret-in-387,$(arch-cflags-x86_64))
endif
cflags += $(arch-cflags-$(ARCH)) $(warnings) $(werror)
# For files with floating point in them: <linux/fpu.h>.
fpu-flags-x86_64 := -msse -msse2
fpu-flags-arm64 :=
no-fpu-flags-x86_64 := -mno-mmx -mno-sse -mno-sse2 -mno-3dnow -mno-avx -mno-80387 -msoft-float \
	-mno-fp-ret-in-387
no-fpu-flags-arm64 := -mgeneral-regs-only
CC_FLAGS_FPU := $(fpu-flags-$(ARCH))
CC_FLAGS_NO_FPU := $(no-fpu-flags-$(ARCH))
# The canary on arm64 is current's own; its offset is known once asm-offsets is.
canary-flags-arm64 := @$(out)/canary.flags
canary-flags = $(if $(offsets),$(canary-flags-$(ARCH)))

kasan-offset-x86_64 := 0xdffffc0000000000
kasan-offset-arm64 := 0xdfff800000000000
ifeq ($(LLVM),1)
kasan-flags := -fsanitize=kernel-address -mllvm -asan-mapping-offset=$(kasan-offset-$(ARCH)) \
	-mllvm -asan-instrumentation-with-call-threshold=0 -mllvm -asan-stack=1 -mllvm -asan-globals=1 \
	-mllvm -asan-kernel-mem-intrinsic-prefix=1
kasan-flags := $(filter-out -asan-kernel-mem-intrinsic-prefix=1,$(kasan-flags))
else
kasan-flags := -fsanitize=kernel-address -fasan-shadow-offset=$(kasan-offset-$(ARCH)) \
	--param asan-instrumentation-with-call-threshold=0 --param asan-stack=1 --param asan-globals=1
endif
ubsan-flags := -fsanitize=alignment,bool,bounds,enum,shift,unreachable,integer-divide-by-zero
ubsan-flags := $(if $(filter arm64 x86_64,$(ARCH)),$(ubsan-flags))
kcsan-flags := -fsanitize=thread $(if $(LLVM),-mllvm -tsan-instrument-func-entry-exit=0,--param tsan-instrument-func-entry-exit=0 --param tsan-distinguish-volatile=1)

nasmflags := -f elf64 -g -F dwarf -w+all -Iarch/$(ARCH)/include/ -I$(out)/include/ -I./ -P$(gen)/autoconf.inc

# --- Objects: read every folder's Makefile ----------------------------------------

top-folders := arch/$(ARCH) kernel mm lib block drivers security fs ipc net
objects :=

sanitizers := KASAN UBSAN KCSAN

# $(call read-folder,path): the folder's objects and their settings.
define read-folder
obj-y :=
obj- :=
ccflags-y :=
KASAN_SANITIZE := y
UBSAN_SANITIZE := y
KCSAN_SANITIZE := y
src := $(1)
-include $(1)/Makefile
objects += $$(addprefix $(1)/,$$(filter %.o,$$(obj-y)))
$$(foreach o,$$(filter %.o,$$(obj-y)),$$(eval $$(call settings-of,$(1),$$(o))))
folders-of-$(1) := $$(patsubst %/,%,$$(filter %/,$$(obj-y)))
$$(foreach d,$$(folders-of-$(1)),$$(eval $$(call read-folder,$(1)/$$(d))))
endef
define settings-of
flags+$(1)/$(2) := $(ccflags-y) $(CFLAGS_$(2))
without+$(1)/$(2) := $(CFLAGS_REMOVE_$(2))
KASAN+$(1)/$(2) := $(if $(KASAN_SANITIZE_$(2)),$(KASAN_SANITIZE_$(2)),$(KASAN_SANITIZE))
UBSAN+$(1)/$(2) := $(if $(UBSAN_SANITIZE_$(2)),$(UBSAN_SANITIZE_$(2)),$(UBSAN_SANITIZE))
KCSAN+$(1)/$(2) := $(if $(KCSAN_SANITIZE_$(2)),$(KCSAN_SANITIZE_$(2)),$(KCSAN_SANITIZE))
undefine CFLAGS_$(2)
undefine CFLAGS_REMOVE_$(2)
undefine KASAN_SANITIZE_$(2)
undefine UBSAN_SANITIZE_$(2)
undefine KCSAN_SANITIZE_$(2)
endef
ifneq ($(need-config),)
$(foreach d,$(top-folders),$(eval $(call read-folder,$(d))))
# Linked twice, a suite of static symbols would run twice.
ifneq ($(words $(objects)),$(words $(sort $(objects))))
$(error named twice in a Makefile: $(foreach o,$(sort $(objects)),$(if $(word 2,$(filter $(o),$(objects))),$(o))))
endif
# Test files written for Linux, linked in unedited: make EXTRA_KUNIT='a.c b.c'
extra-objects := $(foreach f,$(EXTRA_KUNIT),extra/$(notdir $(basename $(f))).o)
endif

object-files := $(addprefix $(out)/,$(objects) $(extra-objects))

# $(call cflags-of,object): everything the compiler gets for one object.
sanitize = $(if $(CONFIG_$(1)),$(if $(filter y,$($(1)+$(3))),$(2)))
cflags-of = $(filter-out $(without+$(1)),$(cflags) $(canary-flags)) \
	$(call sanitize,KASAN,$(kasan-flags),$(1)) \
	$(call sanitize,UBSAN,$(ubsan-flags),$(1)) \
	$(call sanitize,KCSAN,$(kcsan-flags),$(1)) \
	$(flags+$(1)) -DKBUILD_MODNAME='"$(subst -,_,$(basename $(notdir $(1))))"' \
	-DKBUILD_BASENAME='"$(subst -,_,$(basename $(notdir $(1))))"'

# --- Generated headers -----------------------------------------------------------------

asm-generic-wrappers := $(shell cd include/asm-generic 2>/dev/null && find . -name '*.h' | sed 's,^\./,,')
uapi-generic-wrappers := $(shell cd include/uapi/asm-generic 2>/dev/null && find . -name '*.h' | sed 's,^\./,,')

$(out)/wrappers.stamp: FORCE
	$(quiet)$(PYTHON) tools/build/wrappers.py $(ARCH) $(out)/include/asm $@

generated := $(auto-conf) $(out)/wrappers.stamp $(gen)/utsrelease.h $(out)/syscalls.stamp $(out)/atomics.stamp

$(out)/syscalls.stamp: kernel/syscalls/syscalls.tbl tools/build/syscalls.py
	@mkdir -p $(gen)
	$(quiet)$(PYTHON) tools/build/syscalls.py $< $(ARCH) $(gen)/unistd.h $(gen)/syscall_table.h $(gen)/syscall_protos.h
	@touch $@

$(out)/atomics.stamp: tools/build/gen_atomics.py
	@mkdir -p $(gen)
	$(quiet)$(PYTHON) $< $(gen)
	@touch $@

$(gen)/utsrelease.h: FORCE
	@mkdir -p $(@D)
	@printf '#define UTS_RELEASE "%s"\n#define UTS_MACHINE "%s"\n' '6.12.0-lectern' '$(subst arm64,aarch64,$(ARCH))' > $@.new
	@cmp -s $@.new $@ && rm -f $@.new || mv $@.new $@

offsets-source := arch/$(ARCH)/kernel/asm-offsets.c
$(gen)/asm-offsets.h $(gen)/asm-offsets.inc $(out)/canary.flags &: $(out)/asm-offsets.s tools/build/asm_offsets.py
	$(quiet)$(PYTHON) tools/build/asm_offsets.py $< $(gen)/asm-offsets.h $(gen)/asm-offsets.inc $(out)/canary.flags
$(out)/asm-offsets.s: $(offsets-source) | $(generated)
	$(say) OFFSETS $<
	$(quiet)$(CC) $(cppflags) -include include/linux/compiler_types.h $(cflags) -g0 -D__GENERATING_OFFSETS \
		-MMD -MP -MT $@ -MF $@.d -S -o $@ $<
-include $(out)/asm-offsets.s.d

offsets := $(if $(wildcard $(offsets-source)),$(gen)/asm-offsets.h $(gen)/asm-offsets.inc $(out)/canary.flags)

# All flags, those of single objects too, in a file that changes only when they do: then all is rebuilt.
own-flags = $(flags+$(1)) $(addprefix without ,$(without+$(1))) $(foreach k,$(sanitizers),$(if $(filter y,$($(k)+$(1))),,without $(k)))
$(out)/flags: FORCE
	@mkdir -p $(@D)
	$(file >$@.new,$(CC) $(cppflags) $(cflags) $(kasan-flags) $(ubsan-flags) $(kcsan-flags))
	$(file >>$@.new,$(foreach o,$(objects),$(if $(strip $(call own-flags,$(o))),$(o): $(strip $(call own-flags,$(o)));)))
	@cmp -s $@.new $@ && rm -f $@.new || mv $@.new $@

# --- Compile ------------------------------------------------------------------------------

# What sparse says that is left out, and why:
#   context: a lock taken on a condition (trylock, dec_and_lock) is beyond it; lockdep watches locks
#   cast-truncate: byte-wide atomics and preempt counts cut constants on purpose
#   decl, return-void, non-pointer-null, pointer-arith, unknown-attribute: gcc's and clang's business
# VDSO_IMAGE: kernel/Makefile gives its one file a path; any will do here.
sparse-flags := $(cppflags) -DVDSO_IMAGE='"vdso.so"' -include include/linux/compiler_types.h $(filter -m% -std=% -f%,$(cflags)) \
	-D__VERSION__='"sparse"' -DKBUILD_MODNAME='"sparse"' -Wbitwise -Wno-context -Wno-cast-truncate \
	-Wno-return-void -Wno-unknown-attribute -Wno-decl -Wno-non-pointer-null -Wno-pointer-arith $(if $(filter x86_64,$(ARCH)),-D__x86_64__=1 -D__x86_64=1,-D__aarch64__=1) -D__LP64__=1

cc-command = $(CC) $(cppflags) -include include/linux/compiler_types.h $(call cflags-of,$*.o) \
	-MMD -MP -MF $(out)/$*.o.d -c -o $@ $<

$(out)/%.o: %.c $(out)/flags | $(generated) $(offsets)
	@mkdir -p $(@D)
	$(say) CC $<
	$(quiet)$(cc-command)
	$(if $(filter 1 2,$(C)),$(if $(filter $(no-sparse),$<),,$(quiet)$(SPARSE) $(sparse-flags) $<))

$(out)/%.o: %.S $(out)/flags | $(generated) $(offsets)
	@mkdir -p $(@D)
	$(say) AS $<
	$(quiet)$(CC) $(cppflags) $(arch-cflags-$(ARCH)) -D__ASSEMBLY__ -g -MMD -MP -MF $(out)/$*.o.d \
		$(flags+$*.o) -c -o $@ $<

# nasm's own dependency output leaves out included files.
$(out)/%.o: %.asm $(out)/flags arch/x86_64/include/asm/linkage.inc $(gen)/asm-offsets.inc | $(generated) $(offsets)
	@mkdir -p $(@D)
	$(say) NASM $<
	$(quiet)$(NASM) $(nasmflags) -I$(dir $<) -MD $(out)/$*.o.d -MT $@ -MP -o $@ $<

define extra-rule
$(out)/extra/$(notdir $(basename $(1))).o: $(1) $(out)/flags | $(generated) $(offsets)
	@mkdir -p $$(@D)
	$$(say) CC $$<
	$$(quiet)$$(CC) $$(cppflags) -include include/linux/compiler_types.h -I$$(dir $$<) \
		$$(filter-out -Werror%,$$(cflags)) $$(canary-flags) \
		-DKBUILD_MODNAME='"$(subst -,_,$(notdir $(basename $(1))))"' -w \
		-MMD -MP -MF $$@.d -c -o $$@ $$<
endef
$(foreach f,$(EXTRA_KUNIT),$(eval $(call extra-rule,$(f))))

# `make path/file.o` and `make path/file.i` and `.s`: one file, for a look.
$(filter-out $(out)/%,$(filter %.o,$(MAKECMDGOALS))): %.o: $(out)/%.o
	@:
%.i: %.c $(out)/flags | $(generated) $(offsets)
	@mkdir -p $(out)/$(@D)
	$(quiet)$(CC) $(cppflags) -include include/linux/compiler_types.h $(call cflags-of,$*.o) -E -o $(out)/$@ $<
	@echo $(out)/$@
%.s: %.c $(out)/flags | $(generated) $(offsets)
	@mkdir -p $(out)/$(@D)
	$(quiet)$(CC) $(cppflags) -include include/linux/compiler_types.h $(call cflags-of,$*.o) -g0 -S -o $(out)/$@ $<
	@echo $(out)/$@

ifneq ($(need-config),)
-include $(addsuffix .d,$(filter $(out)/%,$(object-files)))
endif

# --- The vDSO: a shared library for user programs, built into the image --------------------

vdso-image := $(out)/vdso.so
vdso-sources := $(wildcard arch/$(ARCH)/vdso/*.c arch/$(ARCH)/vdso/*.S)
vdso-objects := $(patsubst arch/$(ARCH)/vdso/%,$(out)/vdso/%.o,$(filter-out %.lds.S,$(vdso-sources)))
vdso-arch-cflags-x86_64 := -m64 -march=x86-64
vdso-arch-cflags-arm64 := -mgeneral-regs-only -march=armv8-a -mbranch-protection=none
vdso-cflags := -std=gnu11 -O2 -g -fPIC -ffreestanding -fno-builtin -fno-common -fno-stack-protector \
	-fasynchronous-unwind-tables -fvisibility=default $(vdso-arch-cflags-$(ARCH)) $(warnings) $(werror)

$(vdso-objects): $(out)/vdso/%.o: arch/$(ARCH)/vdso/% $(out)/flags | $(generated)
	@mkdir -p $(@D)
	$(say) VDSO $<
	$(quiet)$(CC) $(cppflags) $(if $(filter %.S,$<),-D__ASSEMBLY__,-include include/linux/compiler_types.h) \
		$(vdso-cflags) -MMD -MP -MF $@.d -c -o $@ $<
-include $(addsuffix .d,$(vdso-objects))

$(out)/vdso/vdso.lds: arch/$(ARCH)/vdso/vdso.lds.S include/vdso/vdso.lds.h $(out)/flags | $(generated)
	@mkdir -p $(@D)
	$(quiet)$(CC) -E -P -x assembler-with-cpp $(cppflags) -D__ASSEMBLY__ -o $@ $<

$(vdso-image): $(vdso-objects) $(out)/vdso/vdso.lds
	$(say) VDSO $@
	$(quiet)$(LD) -shared -Bsymbolic --no-undefined -nostdlib -soname=linux-vdso.so.1 --hash-style=both \
		--eh-frame-hdr --build-id=sha1 -z max-page-size=4096 -z noexecstack -z norelro -S \
		-T $(out)/vdso/vdso.lds -o $@ $(vdso-objects)

$(out)/kernel/vdso.o: $(vdso-image)

# --- Link ---------------------------------------------------------------------------------
#
# The symbol table for backtraces is made from the linked image and written into
# room kept for it, so one link is enough; only if it has outgrown the room is
# there a second.

image := $(out)/lectern.elf

$(out)/linker.ld: linker.ld $(out)/flags | $(generated)
	$(quiet)$(CC) -E -P -x assembler-with-cpp $(cppflags) -D__ASSEMBLY__ -D__LINKER_SCRIPT__ \
		-MMD -MP -MT $@ -MF $@.d -o $@ $<
-include $(out)/linker.ld.d

ldflags := -nostdlib -static --no-dynamic-linker -z noexecstack -z max-page-size=4096 -z norelro \
	--build-id=sha1 --orphan-handling=warn --no-warn-rwx-segments
ifeq ($(LLVM),1)
# lld counts its own symbol and string tables among the orphans.
ldflags := $(filter-out --no-warn-rwx-segments --orphan-handling=warn,$(ldflags)) --no-rosegment
else ifeq ($(shell $(LD) --help 2>/dev/null | grep -o -m1 no-warn-rwx-segments),)
ldflags := $(filter-out --no-warn-rwx-segments,$(ldflags))
endif

$(out)/objects.list: FORCE
	@mkdir -p $(@D)
	@printf '%s\n' $(object-files) > $@.new
	@cmp -s $@.new $@ && rm -f $@.new || mv $@.new $@

LDFLAGS_EXTRA ?=
$(image): $(object-files) $(out)/objects.list $(out)/linker.ld tools/build/link.py tools/build/kallsyms.py
	$(say) LINK $@
	$(quiet)$(PYTHON) tools/build/link.py --ld '$(LD)' --nm '$(NM)' --out $@ --script $(out)/linker.ld \
		--objects $(out)/objects.list -- $(ldflags) $(LDFLAGS_EXTRA)

$(out)/Image: $(image)
	$(say) OBJCOPY $@
	$(quiet)$(OBJCOPY) -O binary -R .note -R .comment -S $< $@

images-x86_64 := $(image)
images-arm64 := $(image) $(out)/Image

.PHONY: all image
all image: $(images-$(ARCH))

$(out)/compile_commands.json compile_commands.json: $(auto-conf) $(generated) $(offsets) FORCE
	$(quiet)printf '%s\n' $(foreach o,$(filter $(out)/%,$(object-files)),$(if $(wildcard $(patsubst $(out)/%.o,%.c,$(o))),'$(patsubst $(out)/%.o,%.c,$(o))')) > $(out)/sources.list
	$(quiet)$(PYTHON) tools/build/compile_commands.py $(out)/sources.list $(out)/compile_commands.json \
		$(out) $(CC) $(cppflags) -include include/linux/compiler_types.h $(cflags)

include tools/build/commands.mk

.PHONY: FORCE
FORCE:

check-headers: $(generated) $(offsets)
	$(quiet)$(PYTHON) tools/build/check_headers.py $(out) $(CC) $(cppflags) -include include/linux/compiler_types.h \
		$(cflags) -Wno-unused-function -Wno-unused-macros

check-noinstr: $(image)
	$(quiet)$(PYTHON) tools/build/check_noinstr.py $(patsubst %nm,%objdump,$(NM)) $(image)

check-fortify: $(generated) $(offsets)
	$(quiet)$(PYTHON) tools/testing/fortify/check.py $(CC) $(cppflags) -include include/linux/compiler_types.h \
		$(cflags) $(canary-flags)

# Their macros expand to more than sparse can hold.
no-sparse := arch/arm64/tests/atomic_kunit.c mm/tests/percpu_kunit.c
c-sources := $(filter-out $(no-sparse),$(wildcard $(patsubst $(out)/%.o,%.c,$(filter $(out)/%,$(object-files)))))
check-sparse: $(generated) $(offsets)
	@printf '%s\n' $(c-sources) | xargs -P$(shell nproc) -n1 $(SPARSE) $(sparse-flags) > $(out)/sparse.log 2>&1; \
		status=$$?; cat $(out)/sparse.log; [ $$status = 0 ] && [ ! -s $(out)/sparse.log ]
	@echo '$(ARCH): $(words $(c-sources)) files, nothing found by sparse'

check: check-headers check-noinstr check-fortify check-sparse
