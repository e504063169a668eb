package org.mobilenet4j.machine.recipe;

/// Things spread evenly over as few tiles as can be: the higher tiles, of one more, come first.
///
/// @param higher how many tiles have one more
/// @param lower  how many do not
/// @param height of the lower ones
public record Spread(int higher, int lower, int height) {
    /// Spreads them.
    ///
    /// @param most that a tile takes
    public static Spread of(int things, int most) {
        int tiles = Math.ceilDiv(things, most);
        return new Spread(things % tiles, tiles - things % tiles, things / tiles);
    }
}
