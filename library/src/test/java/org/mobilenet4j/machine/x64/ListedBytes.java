package org.mobilenet4j.machine.x64;

import java.util.List;

/// What binutils' assembler lists: a line's number, its place, its bytes in groups of four, and its text.
public final class ListedBytes {
    private ListedBytes() {}

    public static List<InstructionCase> of(String listing) {
        return listing.lines()
                .map(line -> line.strip().split("\t", 2))
                .filter(parts -> parts.length == 2 && !parts[1].startsWith("."))
                .map(parts -> {
                    String[] fields = parts[0].strip().split(" +", 3);
                    return new InstructionCase(parts[1], fields[2].replace(" ", ""));
                })
                .toList();
    }
}
