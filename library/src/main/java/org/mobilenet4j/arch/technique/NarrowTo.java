package org.mobilenet4j.arch.technique;

import java.util.Locale;
import org.mobilenet4j.arch.Network;
import org.mobilenet4j.arch.Parameter;
import org.mobilenet4j.error.BadValueException;

/// The width multiplier that comes nearest to a number of mult-adds, as when the paper compares narrow networks with
/// shallow ones (table 5). It is searched in steps of 0.001.
///
/// @param multAdds for one image, below the network's
public record NarrowTo(long multAdds) implements Technique {
    private static final int STEPS = 1000;

    public NarrowTo {
        if (multAdds < 1) {
            throw new BadValueException("narrow needs a positive number of mult-adds, not " + multAdds);
        }
    }

    /// Parses a number, such as `307323392`, `307.3M` or `1.5G`, or another technique, such as `shallow`, whose
    /// cost is the target.
    static Technique parse(String text) {
        if (!Character.isDigit(text.charAt(0))) {
            return new NarrowAs(Technique.parse(text));
        }
        long unit = switch (Character.toUpperCase(text.charAt(text.length() - 1))) {
            case 'K' -> 1_000;
            case 'M' -> 1_000_000;
            case 'G' -> 1_000_000_000;
            default -> 1;
        };
        try {
            var number = unit == 1 ? text : text.substring(0, text.length() - 1);
            return new NarrowTo(Math.round(Double.parseDouble(number) * unit));
        } catch (NumberFormatException e) {
            throw new BadValueException(
                    "narrow needs a number of mult-adds, for example narrow=307M, or a"
                            + " technique, for example narrow=shallow, not '" + text + "'",
                    e);
        }
    }

    @Override
    public Network apply(Network network) {
        return apply(network, this);
    }

    /// The same on behalf of another technique.
    Network apply(Network network, Technique technique) {
        long now = multAdds(network);
        if (multAdds >= now) {
            throw new BadValueException(String.format(
                    Locale.ROOT,
                    "%s does not fit %s: it asks for %,d mult-adds, and the network has no more than %,d",
                    technique,
                    network.name(),
                    multAdds,
                    now));
        }
        int low = 1;
        int high = STEPS;
        while (low < high) { // the fewest steps that reach the budget
            int middle = (low + high) / 2;
            if (multAdds(width(middle).narrowed(network)) >= multAdds) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        if (low == 1 && multAdds(width(low).narrowed(network)) > multAdds) {
            throw new BadValueException(String.format(
                    Locale.ROOT,
                    "%s does not fit %s: its narrowest form has %,d mult-adds",
                    technique,
                    network.name(),
                    multAdds(width(low).narrowed(network))));
        }
        long over = multAdds(width(low).narrowed(network)) - multAdds;
        boolean isBelowNearer = low > 1 && multAdds - multAdds(width(low - 1).narrowed(network)) <= over;
        var nearest = width(isBelowNearer ? low - 1 : low);
        var body = nearest.narrowed(network).body();
        var narrow = Rewriting.network(technique, network, body, "no width comes nearer to that many mult-adds");
        return new Network(narrow.name() + "-width-" + nearest.alpha(), narrow.input(), narrow.body());
    }

    private static WidthMultiplier width(int step) {
        return new WidthMultiplier((double) step / STEPS);
    }

    /// As the paper counts them: each weight is used once for each output pixel of its layer.
    static long multAdds(Network network) {
        long all = 0;
        for (var node : network.nodes()) {
            for (var parameter : node.parameters()) {
                if (parameter.role() == Parameter.Role.WEIGHT) {
                    all += (long) parameter.size() * node.output().pixels();
                }
            }
        }
        return all;
    }

    @Override
    public String toString() {
        return "narrow=" + (multAdds % 1_000_000 == 0 ? multAdds / 1_000_000 + "M" : String.valueOf(multAdds));
    }
}
