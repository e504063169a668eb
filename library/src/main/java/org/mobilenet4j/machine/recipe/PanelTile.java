package org.mobilenet4j.machine.recipe;

/// Code for some pixels by some of a panel's outputs of a convolution, with all inputs. R12 and R13 say where its
/// windows and outputs begin.
public interface PanelTile {
    /// How many rows to spread over tiles together: as few as are worth it.
    int bestRows(int outputs);

    /// The pixels that the registers hold sums of.
    int mostPixels(int outputs);

    /// Writes the code for `pixels` pixels from number `first` on, counted over the rows.
    void emit(int first, int pixels, int outputs);

    /// Moves R12 and R13.
    void moveBy(int rows, int pixels);
}
