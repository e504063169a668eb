package org.mobilenet4j.machine.x64;

import java.util.ArrayList;
import java.util.List;

/// All instructions that are compared, in the order in which `instructions.txt` holds them.
final class ListCases {
    private ListCases() {}

    static List<InstructionCase> all() {
        var cases = new ArrayList<>(IntegerCases.all());
        cases.addAll(VectorCases.all());
        return cases;
    }

    /// Prints them for another assembler: see scripts/assembler-bytes.
    static void main() {
        var text = new StringBuilder(".intel_syntax noprefix\n");
        all().forEach(each -> text.append(each.text()).append('\n'));
        IO.print(text);
    }
}
