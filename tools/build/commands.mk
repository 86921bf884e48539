# SPDX-License-Identifier: MIT
#
# The commands for people. What builds the image is in the Makefile itself.

APPEND ?=
ACCEL ?= tcg,thread=multi
GDB_PORT ?= 1234
GDB_FLAGS ?=
TAGS ?= tags
SMP ?=
MEM ?=
T ?=

runner := $(PYTHON) tools/testing/kunit/run.py
test-args := $(if $(filter command% environment%,$(origin ARCH)),--arch $(ARCH)) $(if $(T),--glob '$(T)') \
	$(if $(SMP),--smp $(SMP)) $(if $(BUILD),--build $(BUILD)) $(if $(JOBS),--jobs $(JOBS)) $(if $(ONLY),--only '$(ONLY)')

.PHONY: help packages optional-packages rootfs run test test-full debug gdb iso defconfig menuconfig tags clean distclean \
	bench bench-boot bench-user bench-idle bench-build check-headers check-noinstr check-fortify check-sparse check fuzz soak torture models
help:
	@sed -n 's/^##//p' tools/build/commands.mk

##Lectern: a kernel to read and to run. Commands:
##
##  make run          install what is missing, build, boot in QEMU to a shell
##    ROOTFS=debian     bash and the rest of Debian, not busybox alone; none: the kernel's monitor; or a cpio
##  make test         the same set-up, then boot both machines and run all tests (under 15 minutes)
##  make test-full    the whole matrix of machines and instruments (up to 90 minutes)
##  make selftests    user-space tests alone; T='process/*' picks some
##  make test-on-linux  the same tests on Debian's kernel, which is downloaded; KERNEL=image takes another
##  make programs     Debian's programs against what they do on Linux; T='shell/*'; KERNEL=debian: there, RECORD=y: keep it
##  make stress       Debian's stress-ng, a second a stressor; T='p*' picks groups
##  make sessions     somebody at the serial line: line editing, job control, vi
##  make soak HOURS=8 all suites again and again, on every machine and build, until something fails
##    ARCH=x86_64|arm64   one machine        SMP=n    CPUs of the guest
##    T='list*'           only these suites  MEM=m    memory of the guest (run, debug)
##    BUILD=debug         one build of the matrix       APPEND='…'  kernel command line (run, debug)
##    JOBS=n              guests at a time   ACCEL=kvm  QEMU's accelerator (run)
##
##  make rootfs       the Debian tree of ARCH as an initramfs: build/$(ARCH)/rootfs/debian.cpio; ROOTFS=busybox:
##                    the small one; UPDATE=y: with what the mirrors have today
##  make              build the image of ARCH: build/$(ARCH)/lectern.elf, on arm64 also Image
##  make iso          build/x86_64/lectern.iso, for BIOS and UEFI
##  make debug        boot, halted, with QEMU's gdb stub on GDB_PORT (1234)
##  make gdb          gdb-multiarch on it, with symbols and the helpers of tools/gdb/
##  make torture      RCU under torture: MINUTES=1 in all, SCENARIO=name (kernel/rcu/torture/scenarios.c), SMP=8
##  make models       protocols checked by spin, with mutants that have to fail; FULL=1: the large ones too, QUICK=1: seconds
##  make bench        figures in guest instructions, Debian's kernel beside ours
##                    make bench-boot: reset to /init, memory in use there;  make bench-user: system calls
##                    make bench-lib: library calls beside their portable versions
##  make fuzz         the table parsers on the host, with sanitizers and broken input
##  make check        make check-headers (every header alone), make check-noinstr (calls of checkers from
##                    noinstr code), make check-fortify (overflows that must not compile), make check-sparse
##  make bench-idle   the load of idle guests; make bench-build: seconds from an empty folder, and again
##
##  make defconfig, make menuconfig     options of Kconfig; or on the line: make KASAN=y
##  make compile_commands.json          build/$(ARCH)/compile_commands.json, for editors
##  make tags         ctags
##  make path/x.o     one file; also x.i (preprocessed) and x.s (assembly)
##  make packages     only the set-up; OPTIONAL=y adds sparse, ctags, clang
##  make clean        remove build/$(ARCH); make distclean: all of build/
##
##  O=folder  build elsewhere    V=1  show commands    C=1  sparse    W=1, W=2  more warnings
##  LLVM=1    clang and lld      CROSS_COMPILE=prefix-  EXTRA_KUNIT='a.c b.c'  link these test files in

packages:
	$(quiet)OPTIONAL=$(OPTIONAL) tools/build/packages.sh

optional-packages:
	$(quiet)OPTIONAL=y tools/build/packages.sh

# What user space is made of: a kind of tools/rootfs/, an archive's name, or none.
rootfs-kinds := busybox debian debugger
rootfs-of = $(if $(filter none,$(1)),,$(if $(filter $(rootfs-kinds),$(1)),$(out)/rootfs/$(1).cpio,$(1)))
rootfs-parts := $(wildcard tools/rootfs/*.py tools/rootfs/*.txt) $(shell find tools/rootfs/busybox tools/rootfs/debian -type f)
boot = $(PYTHON) tools/testing/kunit/boot.py --arch $(ARCH) --out $(O) $(if $(SMP),--smp $(SMP)) $(if $(MEM),--mem $(MEM)) \
	--append '$(APPEND)' --initrd '$(call rootfs-of,$(or $(ROOTFS),busybox))'

$(rootfs-kinds:%=$(out)/rootfs/%.cpio): $(out)/rootfs/%.cpio: $(rootfs-parts) $(if $(UPDATE),FORCE) | packages
	$(quiet)$(PYTHON) tools/rootfs/rootfs.py --arch $(ARCH) --kind $* $(if $(UPDATE),--update) $@

rootfs: $(call rootfs-of,$(or $(ROOTFS),debian))
	@echo '$<'

run debug: packages $(filter $(out)/rootfs/%,$(call rootfs-of,$(or $(ROOTFS),busybox)))
	$(quiet)$(MAKE) -j$(shell nproc) ARCH=$(ARCH) O=$(O) image
	$(quiet)$(boot) $(if $(filter run,$@),--accel '$(ACCEL)',--debug $(GDB_PORT))

gdb:
	$(quiet)gdb-multiarch -q -nx -ex 'target remote 127.0.0.1:$(GDB_PORT)' -x tools/gdb/lectern.py $(GDB_FLAGS) $(out)/lectern.elf

test: packages
	$(quiet)O=$(O) $(runner) --tier test $(test-args)

# User-space tests alone; T='process/*' picks some.
.PHONY: selftests test-on-linux
selftests: packages
	$(quiet)O=$(O) $(runner) --tier test $(test-args) --kind selftests $(if $(BUILD),,--build plain)

# Debian's programs, its stress-ng, somebody at its prompt. KERNEL=debian: the programs on that kernel, RECORD=y: kept as what is right.
.PHONY: programs sessions stress
programs sessions stress: packages
	$(quiet)O=$(O) $(runner) --tier full $(test-args) --kind $(@:sessions=session) --build plain \
		$(if $(filter stress,$@),$(if $(ONLY),,--only 'stress-ng$$')) \
		$(if $(KERNEL),--kernel $(KERNEL)) $(if $(RECORD),--record)

# The same on another kernel: Debian's, or an image.
test-on-linux: packages
	$(quiet)O=$(O) $(runner) --tier full $(test-args) --kind selftests --kernel '$(or $(KERNEL),debian)'

test-full: optional-packages
	$(quiet)O=$(O) $(runner) --tier full $(test-args)

# Until something fails or the time is over.
HOURS ?= 8
soak: packages
	$(quiet)O=$(O) $(runner) --tier full --hours $(HOURS) $(if $(ONLY),,--only 'CPUs?$$') $(test-args)

iso: packages
	$(quiet)$(MAKE) -j$(shell nproc) ARCH=x86_64 O=$(O) image
	$(quiet)iso/make-iso.sh $(O)/x86_64/lectern.elf $(O)/x86_64/lectern.iso '$(APPEND)'
	@echo '$(O)/x86_64/lectern.iso'

defconfig:
	$(quiet)$(PYTHON) tools/build/kconfig.py defconfig $(out)

menuconfig:
	$(quiet)$(PYTHON) tools/build/kconfig.py menuconfig $(out)

tags:
	$(quiet)ctags -R --exclude=build --languages=C,Asm --langmap=C:.c.h,Asm:.S.asm -o '$(TAGS)' .

clean:
	$(quiet)rm -rf $(out)

distclean:
	$(quiet)rm -rf $(O) tags

# --- Parsers of firmware tables, on the host --------------------------------------------------

fuzz:
	@tools/testing/fuzz/run.sh $(O)/fuzz $(RUNS) $(SEED)

bench-arches := $(if $(filter command% environment%,$(origin ARCH)),$(ARCH),$(ARCHES))
bench-images = $(foreach a,$(bench-arches),$(MAKE) -j$(shell nproc) ARCH=$(a) O=$(O) image &&) true
bench-arch := $(if $(filter command% environment%,$(origin ARCH)),--arch $(ARCH))

bench-boot: packages
	$(quiet)$(bench-images)
	$(quiet)$(PYTHON) tools/testing/bench/boot_insns.py $(bench-arch) --out $(O)

# System calls beside Debian's kernel: KERNEL=debian, none, or an image.
bench-user: optional-packages
	$(quiet)$(bench-images)
	$(quiet)$(PYTHON) tools/testing/bench/user_bench.py $(bench-arch) --out $(O) --linux '$(or $(KERNEL),debian)' $(if $(ROWS),--only $(ROWS))

# Checks of tools/testing/host/ that measure, with their figures.
bench-idle: packages
	$(quiet)$(bench-images)
	$(quiet)$(PYTHON) tools/testing/bench/idle_load.py $(bench-arch) --out $(O)

bench-build: packages
	$(quiet)$(PYTHON) tools/testing/bench/build_time.py $(bench-arch)

# The rows of one group (include/linux/bench.h) on both machines, or on ARCH=.
bench-%: packages
	$(quiet)$(bench-images)
	$(quiet)$(foreach a,$(bench-arches),$(PYTHON) tools/testing/bench/rows.py --arch $(a) --out $(O) '$*.*' &&) true

bench: bench-boot bench-user bench-lib

# --- RCU: torture, models ------------------------------------------------------------------

MINUTES ?= 1
torture-scenarios := $(words $(shell grep -o 'CASE(\w\+),' kernel/rcu/torture/tests/rcutorture_kunit.c))
torture-seconds = $(shell echo $$(( ($(MINUTES) * 60 + $(1) - 1) / $(1) )))
torture: packages
	$(quiet)O=$(O) $(runner) $(if $(filter command% environment%,$(origin ARCH)),--arch $(ARCH)) --build torture --smp $(or $(SMP),8) \
		--glob 'rcutorture$(if $(SCENARIO),.$(SCENARIO))' \
		--append 'rcutorture.seconds=$(call torture-seconds,$(if $(SCENARIO),1,$(torture-scenarios))) kunit.timeout=$(shell echo $$(( $(MINUTES) * 60 + 600 )))'

models: packages
	$(quiet)$(PYTHON) tools/models/run.py $(if $(FULL),--full) $(if $(QUICK),--quick)
