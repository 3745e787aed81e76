// long launch(struct program *program), for arm64.
//
// Starts a child with clone3; the child performs a table of system calls of which the last executes
// its command. program/image.ts describes the table. Position-independent, without data. The child
// never touches its stack: with CLONE_VM it is the suspended parent's. Where an entry makes a successor,
// that one goes on with the table, and the child itself exits.
//
// Registers: x19 program, x20 current entry, x21 entries left, x22 entry that met EACCES.

.set CLONE_ARGUMENTS, 0
.set CLONE_ARGUMENTS_SIZE, 8
.set ENTRY_COUNT, 16
.set FAILED_ENTRY, 24
.set ALL_SIGNALS, 32
.set SAVED_SIGNALS, 40
.set CLONE_RESULT, 48
.set ENTRIES, 160

.set NUMBER, 0
.set ARGUMENTS, 8
.set INDIRECT, 56
.set FLAGS, 58
.set IGNORED_ERROR_1, 60
.set IGNORED_ERROR_2, 62
.set MINIMUM, 64
.set RESULT, 72
.set ENTRY_SIZE, 80

.set IGNORE_ALL_ERRORS_BIT, 0
.set CANDIDATE_BIT, 1
.set SUCCESSOR_BIT, 2

.set EXIT_GROUP, 94
.set RT_SIGPROCMASK, 135
.set CLONE3, 435
.set SIG_SETMASK, 2
.set ENOENT, 2
.set EACCES, 13
.set ENOTDIR, 20

.globl launch
launch:
    str x19, [sp, #-16]!
    mov x19, x0

    // From here to execve no handler of the parent's may run in the child.
    mov x8, #RT_SIGPROCMASK
    mov x0, #SIG_SETMASK
    add x1, x19, #ALL_SIGNALS
    add x2, x19, #SAVED_SIGNALS
    mov x3, #8
    svc #0

    ldr x0, [x19, #CLONE_ARGUMENTS]
    ldr x1, [x19, #CLONE_ARGUMENTS_SIZE]
    mov x8, #CLONE3
    svc #0
    cbz x0, child

    str x0, [x19, #CLONE_RESULT]
    mov x8, #RT_SIGPROCMASK
    mov x0, #SIG_SETMASK
    add x1, x19, #SAVED_SIGNALS
    mov x2, #0
    mov x3, #8
    svc #0
    ldr x0, [x19, #CLONE_RESULT]
    ldr x19, [sp], #16
    ret

child:
    add x20, x19, #ENTRIES
    ldr x21, [x19, #ENTRY_COUNT]
    mov x22, #0

next_entry:
    cbz x21, no_candidate_left

    // Replace each argument that is the address of an earlier result by that result.
    ldrh w9, [x20, #INDIRECT]
    add x10, x20, #ARGUMENTS
next_indirect:
    tbz w9, #0, direct
    ldr x11, [x10]
    ldr x11, [x11]
    str x11, [x10]
direct:
    add x10, x10, #8
    lsr w9, w9, #1
    cbnz w9, next_indirect

    ldr x8, [x20, #NUMBER]
    ldp x0, x1, [x20, #ARGUMENTS]
    ldp x2, x3, [x20, #ARGUMENTS+16]
    ldp x4, x5, [x20, #ARGUMENTS+32]
    svc #0
    str x0, [x20, #RESULT]
    cmn x0, #4095
    b.hs failed
    ldr x9, [x20, #MINIMUM]
    cmp x0, x9
    b.lt building_failed
    ldrh w9, [x20, #FLAGS]
    tbz w9, #SUCCESSOR_BIT, advance
    cbnz x0, succeeded

advance:
    add x20, x20, #ENTRY_SIZE
    sub x21, x21, #1
    b next_entry

failed:
    neg w0, w0
    ldrh w9, [x20, #FLAGS]
    tbnz w9, #IGNORE_ALL_ERRORS_BIT, advance
    ldrh w10, [x20, #IGNORED_ERROR_1]
    cmp w0, w10
    b.eq advance
    ldrh w10, [x20, #IGNORED_ERROR_2]
    cmp w0, w10
    b.eq advance
    tbz w9, #CANDIDATE_BIT, building_failed
    cmp w0, #ENOENT
    b.eq advance
    cmp w0, #ENOTDIR
    b.eq advance
    cmp w0, #EACCES
    b.ne not_executable
    mov x22, x20
    b advance

succeeded:
    mov x0, #0
    b quit

no_candidate_left:
    cbz x22, not_found
    mov x20, x22
not_executable:
    mov x0, #126
    b exit
not_found:
    sub x20, x20, #ENTRY_SIZE
    mov x0, #127
    b exit
building_failed:
    mov x0, #125
exit:
    str x20, [x19, #FAILED_ENTRY]
quit:
    mov x8, #EXIT_GROUP
    svc #0
    brk #0
