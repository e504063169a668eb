package org.mobilenet4j.machine.x64.instruction;

import static org.mobilenet4j.machine.x64.instruction.Encoding.F3;
import static org.mobilenet4j.machine.x64.instruction.Encoding.M38;
import static org.mobilenet4j.machine.x64.instruction.Encoding.P66;
import static org.mobilenet4j.machine.x64.instruction.Encoding.W0;
import static org.mobilenet4j.machine.x64.instruction.Encoding.W1;
import static org.mobilenet4j.machine.x64.instruction.Encoding.evex;
import static org.mobilenet4j.machine.x64.instruction.Tuple.FULL;
import static org.mobilenet4j.machine.x64.instruction.Tuple.FULL_MEM;

/// `mask = (a & b) != 0` lane by lane, or `== 0`, where b may be memory.
@SuppressWarnings("ImmutableEnumChecker") // an Encoding is immutable
public enum Test implements Instruction {
    VPTESTMD(evex(P66, M38, 0x27, W0, FULL)),
    VPTESTNMD(evex(F3, M38, 0x27, W0, FULL)),
    VPTESTMQ(evex(P66, M38, 0x27, W1, FULL)),
    VPTESTMB(evex(P66, M38, 0x26, W0, FULL_MEM)),
    VPTESTMW(evex(P66, M38, 0x26, W1, FULL_MEM));

    private final Encoding encoding;

    Test(Encoding encoding) {
        this.encoding = encoding;
    }

    @Override
    public Encoding encoding() {
        return encoding;
    }
}
