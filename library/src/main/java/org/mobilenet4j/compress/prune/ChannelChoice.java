package org.mobilenet4j.compress.prune;

import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToLongFunction;
import org.mobilenet4j.error.BadValueException;

/// Chooses the channels that go: those that matter least of all the network's, as many as a limit of
/// work asks for.
///
/// A family of layers keeps a multiple of some number of channels, the nearest one, and never none.
final class ChannelChoice {
    private final List<ChannelTies.Family> families;
    private final int multiple;
    /// All ties that may go, the least first, and the place of each in that order.
    private final int[] order;

    private final int[] places;

    /// @param scores by tie
    /// @param multiple of channels that a layer keeps
    ChannelChoice(ChannelTies ties, double[] scores, int multiple) {
        this.families = ties.families();
        this.multiple = multiple;
        this.order = families.stream()
                .flatMap(family -> family.ties().stream())
                .sorted(Comparator.comparingDouble((Integer tie) -> scores[tie]).thenComparing(tie -> tie))
                .mapToInt(Integer::intValue)
                .toArray();
        this.places = new int[ties.count()];
        for (int i = 0; i < order.length; i++) {
            places[order[i]] = i;
        }
    }

    /// The ties that go so that the work is at most `limit`, and no more of them than it takes.
    ///
    /// @param work of what is left without some ties
    /// @throws IllegalArgumentException when nothing can go, or it is too much even with the fewest
    ///     channels
    BitSet within(long limit, ToLongFunction<BitSet> work) {
        if (removed(order.length).isEmpty()) {
            throw new BadValueException("the network has no channels that can be taken out: a layer keeps " + multiple
                    + " at least, and all that the input and the output see");
        }
        long least = work.applyAsLong(removed(order.length));
        if (least > limit) {
            long whole = work.applyAsLong(new BitSet());
            throw new BadValueException("a share of " + (float) ((double) limit / whole)
                    + " of the mult-adds leaves no channels: with " + multiple
                    + " in each layer that can lose some, the network still has "
                    + (float) (Math.ceil(1e4 * least / whole) / 1e4) + "; ask for more than that");
        }
        int enough = order.length;
        int tooFew = -1;
        while (enough - tooFew > 1) {
            int middle = (enough + tooFew) >>> 1;
            if (work.applyAsLong(removed(middle)) <= limit) {
                enough = middle;
            } else {
                tooFew = middle;
            }
        }
        return removed(enough);
    }

    /// The ties that go when the `count` least ones are to go, and each family rounds its own.
    private BitSet removed(int count) {
        var removed = new BitSet();
        for (var family : families) {
            int[] least = family.ties().stream()
                    .sorted(Comparator.comparingInt(tie -> places[tie]))
                    .mapToInt(Integer::intValue)
                    .toArray();
            long kept = Arrays.stream(least).filter(tie -> places[tie] >= count).count();
            int step = Math.max(1, multiple / family.each());
            long rounded = Math.max(step, (kept + step / 2) / step * step);
            long gone = kept == least.length ? 0 : Math.max(0, least.length - rounded);
            for (int i = 0; i < gone; i++) {
                removed.set(least[i]);
            }
        }
        return removed;
    }
}
