# long launch(struct program *program), for x86-64.
#
# Starts a child with clone3; the child performs a table of system calls of which the last executes
# its command. program/image.ts describes the table. Position-independent, without data. The child
# never touches its stack: with CLONE_VM it is the suspended parent's. Where an entry makes a successor,
# that one goes on with the table, and the child itself exits.
#
# Registers: rbx program, r12 current entry, r13 entries left, r14 entry that met EACCES.

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

.set IGNORE_ALL_ERRORS, 1
.set CANDIDATE, 2
.set SUCCESSOR, 4

.set RT_SIGPROCMASK, 14
.set EXIT_GROUP, 231
.set CLONE3, 435
.set SIG_SETMASK, 2
.set ENOENT, 2
.set EACCES, 13
.set ENOTDIR, 20

.globl launch
launch:
    push %rbx
    mov %rdi, %rbx

    # From here to execve no handler of the parent's may run in the child.
    mov $RT_SIGPROCMASK, %eax
    mov $SIG_SETMASK, %edi
    lea ALL_SIGNALS(%rbx), %rsi
    lea SAVED_SIGNALS(%rbx), %rdx
    mov $8, %r10d
    syscall

    mov CLONE_ARGUMENTS(%rbx), %rdi
    mov CLONE_ARGUMENTS_SIZE(%rbx), %rsi
    mov $CLONE3, %eax
    syscall
    test %rax, %rax
    jz child

    mov %rax, CLONE_RESULT(%rbx)
    mov $RT_SIGPROCMASK, %eax
    mov $SIG_SETMASK, %edi
    lea SAVED_SIGNALS(%rbx), %rsi
    xor %edx, %edx
    mov $8, %r10d
    syscall
    mov CLONE_RESULT(%rbx), %rax
    pop %rbx
    ret

child:
    lea ENTRIES(%rbx), %r12
    mov ENTRY_COUNT(%rbx), %r13
    xor %r14d, %r14d

next_entry:
    test %r13, %r13
    jz no_candidate_left

    # Replace each argument that is the address of an earlier result by that result.
    movzwl INDIRECT(%r12), %ecx
    lea ARGUMENTS(%r12), %rdx
next_indirect:
    shr $1, %ecx
    jnc direct
    mov (%rdx), %rax
    mov (%rax), %rax
    mov %rax, (%rdx)
direct:
    add $8, %rdx
    test %ecx, %ecx
    jnz next_indirect

    mov NUMBER(%r12), %rax
    mov ARGUMENTS(%r12), %rdi
    mov ARGUMENTS+8(%r12), %rsi
    mov ARGUMENTS+16(%r12), %rdx
    mov ARGUMENTS+24(%r12), %r10
    mov ARGUMENTS+32(%r12), %r8
    mov ARGUMENTS+40(%r12), %r9
    syscall
    mov %rax, RESULT(%r12)
    cmp $-4095, %rax
    jae failed
    cmp MINIMUM(%r12), %rax
    jl building_failed
    testb $SUCCESSOR, FLAGS(%r12)
    jz advance
    test %rax, %rax
    jnz succeeded

advance:
    add $ENTRY_SIZE, %r12
    dec %r13
    jmp next_entry

failed:
    neg %eax
    movzwl FLAGS(%r12), %ecx
    test $IGNORE_ALL_ERRORS, %ecx
    jnz advance
    cmp IGNORED_ERROR_1(%r12), %ax
    je advance
    cmp IGNORED_ERROR_2(%r12), %ax
    je advance
    test $CANDIDATE, %ecx
    jz building_failed
    cmp $ENOENT, %eax
    je advance
    cmp $ENOTDIR, %eax
    je advance
    cmp $EACCES, %eax
    jne not_executable
    mov %r12, %r14
    jmp advance

succeeded:
    xor %edi, %edi
    jmp quit

no_candidate_left:
    test %r14, %r14
    jz not_found
    mov %r14, %r12
not_executable:
    mov $126, %edi
    jmp exit
not_found:
    sub $ENTRY_SIZE, %r12
    mov $127, %edi
    jmp exit
building_failed:
    mov $125, %edi
exit:
    mov %r12, FAILED_ENTRY(%rbx)
quit:
    mov $EXIT_GROUP, %eax
    syscall
    hlt
