package org.mobilenet4j.compress.prune;

import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToLongFunction;
import org.mobilenet4j.error.BadValueException;

/// Chooses the channels to remove: the least important of the whole network, as many as a limit on mult-adds requires.
///
/// The number of channels that a family of layers keeps is rounded to the nearest multiple of a given number, and never
/// zero.
final class ChannelChoice {
    private final List<ChannelTies.Family> families;
    private final int multiple;
    /// All ties that may be removed, the least important first, and the position of each in that order.
    private final int[] order;

    private final int[] places;

    /// @param scores importance by tie
    /// @param multiple the number of channels that a layer keeps is a multiple of this
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

    /// The fewest ties to remove so that the work is at most `limit`.
    ///
    /// @param work the mult-adds that remain without some ties
    /// @throws IllegalArgumentException when nothing can be removed, or the limit is exceeded even with the fewest
    ///     channels
    BitSet within(long limit, ToLongFunction<BitSet> work) {
        if (removed(order.length).isEmpty()) {
            throw new BadValueException("the network has no channels that can be removed: a layer keeps at least "
                    + multiple + ", and those of the input and the output stay");
        }
        long least = work.applyAsLong(removed(order.length));
        if (least > limit) {
            long whole = work.applyAsLong(new BitSet());
            throw new BadValueException("a share of " + (float) ((double) limit / whole)
                    + " of the mult-adds leaves no channels: with " + multiple
                    + " in each layer that can be pruned, the network still has "
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

    /// The ties to remove for the `count` least important ones, after each family is rounded.
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
