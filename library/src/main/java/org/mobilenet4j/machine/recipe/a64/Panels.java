package org.mobilenet4j.machine.recipe.a64;

import static org.mobilenet4j.machine.a64.Register.X1;
import static org.mobilenet4j.machine.a64.Register.X2;
import static org.mobilenet4j.machine.a64.Register.X23;
import static org.mobilenet4j.machine.a64.Register.X3;
import static org.mobilenet4j.machine.a64.Register.X30;
import static org.mobilenet4j.machine.a64.instruction.Alu.SUBS;

import org.mobilenet4j.kernel.layout.ConvShape;
import org.mobilenet4j.machine.a64.A64Assembler;
import org.mobilenet4j.machine.a64.Condition;
import org.mobilenet4j.machine.a64.Label;

/// A loop over the panels of a block: 16 output channels each, but for the last one. X23 counts them.
///
/// @param weights bytes of a panel that X1 moves on by
/// @param bias    bytes of a panel that X2 moves on by
/// @param output  bytes of a panel that X3 moves on by
record Panels(int weights, int bias, int output) {
    /// Output channels a panel.
    static final int COLUMNS = 16;

    /// How many panels so many channels take.
    static int of(int channels) {
        return Math.ceilDiv(channels, COLUMNS);
    }

    /// The blocks of a convolution: panels, or groups of them.
    ///
    /// @param groups      of channels
    /// @param groupInput  bytes of a group's inputs
    /// @param groupOutput bytes of a group's outputs
    /// @param panels      a group
    Blocks blocks(int groups, int groupInput, int groupOutput, int panels) {
        return groups == 1
                ? new Blocks(0, weights, bias, output)
                : new Blocks(
                        groupInput, Math.multiplyExact(panels, weights), Math.multiplyExact(panels, bias), groupOutput);
    }

    /// Writes the tiles of whole panels, and those of the rest; X1 to X3 end where they began.
    ///
    /// @param placeBytes 4 for maps of floats, 1 for maps of bytes
    void emit(A64Assembler a, ConvShape shape, int placeBytes, int channels, PixelTile.Products products) {
        int full = channels / COLUMNS;
        int rest = channels % COLUMNS;
        if (full == 1 && rest == 0) {
            new PixelTile(a, shape, placeBytes, COLUMNS).emit(products);
            return;
        }
        if (full > 0) {
            a.mov(X23, full);
            Label next = a.here();
            new PixelTile(a, shape, placeBytes, COLUMNS).emit(products);
            move(a, 1);
            a.emit(SUBS, X23, X23, 1);
            a.b(Condition.NE, next);
        }
        if (rest > 0) {
            new PixelTile(a, shape, placeBytes, rest).emit(products);
        }
        move(a, -full);
    }

    private void move(A64Assembler a, int panels) {
        a.add(X1, X1, (long) panels * weights, X30);
        a.add(X2, X2, (long) panels * bias, X30);
        a.add(X3, X3, (long) panels * output, X30);
    }
}
