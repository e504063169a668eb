// Runs routines on an AArch64 processor that qemu-user emulates, one call after the other, as the tests ask on the
// standard input: see ArmRunner. Each buffer lies beside a page that nobody may touch.
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

enum { PAGE = 4096, BUFFERS = 8, KEPT = 10 + 8 };

struct request {
    uint64_t code_bytes; // 0 for the code of the last call
    uint64_t entry;      // where in the code
    uint64_t buffers;
    uint64_t out;        // the buffer that the answer holds
    struct {
        uint64_t buffer; // its number and 1, or 0 for a plain value
        uint64_t value;  // bytes from there
    } arguments[6];
};

struct buffer {
    uint64_t bytes;
    uint64_t is_guard_behind;
    uint8_t *at;
    uint8_t *mapping;
    uint64_t mapped;
};

// Calls code with six arguments and values of its own in all registers that code must keep, and stores what is in them
// afterwards: X19 to X28, and the halves of V8 to V15.
uint64_t call(const void *code, const uint64_t *arguments, const uint64_t *before, uint64_t *after);
__asm__(".global call\n"
        "call:\n"
        "stp x29, x30, [sp, #-192]!\n"
        "mov x29, sp\n"
        "stp x19, x20, [sp, #16]\nstp x21, x22, [sp, #32]\nstp x23, x24, [sp, #48]\n"
        "stp x25, x26, [sp, #64]\nstp x27, x28, [sp, #80]\n"
        "stp d8, d9, [sp, #96]\nstp d10, d11, [sp, #112]\nstp d12, d13, [sp, #128]\nstp d14, d15, [sp, #144]\n"
        "str x3, [sp, #160]\n"
        "mov x9, x0\nmov x10, x1\n"
        "ldp x19, x20, [x2]\nldp x21, x22, [x2, #16]\nldp x23, x24, [x2, #32]\n"
        "ldp x25, x26, [x2, #48]\nldp x27, x28, [x2, #64]\n"
        "ldp d8, d9, [x2, #80]\nldp d10, d11, [x2, #96]\nldp d12, d13, [x2, #112]\nldp d14, d15, [x2, #128]\n"
        "ldp x0, x1, [x10]\nldp x2, x3, [x10, #16]\nldp x4, x5, [x10, #32]\n"
        "blr x9\n"
        "ldr x3, [sp, #160]\n"
        "stp x19, x20, [x3]\nstp x21, x22, [x3, #16]\nstp x23, x24, [x3, #32]\n"
        "stp x25, x26, [x3, #48]\nstp x27, x28, [x3, #64]\n"
        "stp d8, d9, [x3, #80]\nstp d10, d11, [x3, #96]\nstp d12, d13, [x3, #112]\nstp d14, d15, [x3, #128]\n"
        "ldp x19, x20, [sp, #16]\nldp x21, x22, [sp, #32]\nldp x23, x24, [sp, #48]\n"
        "ldp x25, x26, [sp, #64]\nldp x27, x28, [sp, #80]\n"
        "ldp d8, d9, [sp, #96]\nldp d10, d11, [sp, #112]\nldp d12, d13, [sp, #128]\nldp d14, d15, [sp, #144]\n"
        "ldp x29, x30, [sp], #192\n"
        "ret\n");

static void take(void *to, size_t bytes) {
    if (bytes > 0 && fread(to, 1, bytes, stdin) != bytes) {
        exit(0);
    }
}

static void give(const void *from, size_t bytes) {
    if (fwrite(from, 1, bytes, stdout) != bytes) {
        exit(1);
    }
}

static uint8_t *map(uint64_t bytes) {
    void *at = mmap(NULL, bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (at == MAP_FAILED) {
        perror("mmap");
        exit(1);
    }
    return at;
}

static void protect(void *at, uint64_t bytes, int permitted) {
    if (mprotect(at, bytes, permitted) != 0) {
        perror("mprotect");
        exit(1);
    }
}

static uint64_t pages(uint64_t bytes) {
    return (bytes + PAGE) / PAGE * PAGE;
}

static void guard(struct buffer *buffer) {
    uint64_t inside = pages(buffer->bytes);
    buffer->mapped = inside + 2 * PAGE;
    buffer->mapping = map(buffer->mapped);
    protect(buffer->mapping, PAGE, PROT_NONE);
    protect(buffer->mapping + PAGE + inside, PAGE, PROT_NONE);
    buffer->at = buffer->mapping + PAGE + (buffer->is_guard_behind ? inside - buffer->bytes : 0);
}

int main(void) {
    uint8_t *code = NULL;
    uint64_t code_mapped = 0;
    for (;;) {
        struct request request;
        struct buffer buffers[BUFFERS];
        take(&request, sizeof request);
        for (uint64_t i = 0; i < request.buffers; i++) {
            take(&buffers[i].bytes, 8);
            take(&buffers[i].is_guard_behind, 8);
        }
        if (request.code_bytes > 0) {
            if (code != NULL) {
                munmap(code, code_mapped);
            }
            code_mapped = pages(request.code_bytes);
            code = map(code_mapped);
            take(code, request.code_bytes);
            protect(code, code_mapped, PROT_READ | PROT_EXEC);
            __builtin___clear_cache((char *) code, (char *) code + request.code_bytes);
        }
        for (uint64_t i = 0; i < request.buffers; i++) {
            guard(&buffers[i]);
            take(buffers[i].at, buffers[i].bytes);
        }
        uint64_t arguments[6], before[KEPT], after[KEPT];
        for (int i = 0; i < 6; i++) {
            uint64_t number = request.arguments[i].buffer;
            arguments[i] = request.arguments[i].value + (number > 0 ? (uint64_t) buffers[number - 1].at : 0);
        }
        for (int i = 0; i < KEPT; i++) {
            before[i] = 0x0123456789ABCDEF * (i + 1);
        }
        uint64_t answer[2];
        answer[0] = call(code + request.entry, arguments, before, after);
        answer[1] = memcmp(before, after, sizeof before) == 0;
        give(answer, sizeof answer);
        give(buffers[request.out].at, buffers[request.out].bytes);
        fflush(stdout);
        for (uint64_t i = 0; i < request.buffers; i++) {
            munmap(buffers[i].mapping, buffers[i].mapped);
        }
    }
}
