package org.mobilenet4j.arch.technique;

import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.mobilenet4j.arch.Conv;
import org.mobilenet4j.arch.Network;
import org.mobilenet4j.arch.Node;
import org.mobilenet4j.arch.Padding;
import org.mobilenet4j.arch.Window;
import org.mobilenet4j.error.BadValueException;

/// Smaller windows (the first strategy of SqueezeNet's paper, arXiv 1602.07360, section 3.1: a 1x1 filter has a ninth
/// of the weights of a 3x3 one): convolutions with a larger window get one of `size x size`, centered at the same
/// positions.
///
/// Depthwise convolutions and the network's first convolution stay: without them nothing would look at neighboring
/// pixels.
///
/// @param size rows and columns of the new windows, from 1 up
/// @param only names of the convolutions to change; `half` alone means every second one; empty for all
public record SmallerKernels(int size, List<String> only) implements Technique {
    private static final String HALF = "half";

    public SmallerKernels {
        Objects.requireNonNull(only, "only");
        if (size < 1) {
            throw new BadValueException("kernel must be a size from 1 up, not " + size);
        }
        only = List.copyOf(only);
    }

    /// Parses `1`, `1:half` or `1:conv3+conv4`.
    static SmallerKernels parse(String text) {
        int colon = text.indexOf(':');
        var size = colon < 0 ? text : text.substring(0, colon);
        try {
            return new SmallerKernels(
                    Integer.parseInt(size),
                    colon < 0 ? List.of() : List.of(text.substring(colon + 1).split("\\+", -1)));
        } catch (NumberFormatException e) {
            throw new BadValueException(
                    "kernel needs an integer, for example kernel=1, kernel=1:half or" + " kernel=1:conv3+conv4, not '"
                            + text + "'",
                    e);
        }
    }

    @Override
    public Network apply(Network network) {
        var chosen = chosen(network);
        var body = network.body()
                .map(layer -> layer instanceof Conv conv && chosen.contains(conv.name())
                        ? conv.withWindow(shrunk(conv.window(), size))
                        : layer);
        return Rewriting.network(
                this,
                network,
                body,
                "except for its first and depthwise ones, it has no convolution larger than " + size + "x" + size);
    }

    private Set<String> chosen(Network network) {
        var first = Rewriting.firstConv(network).map(Node::name).orElse("");
        var larger = network.nodes().stream()
                .filter(node -> node.layer() instanceof Conv conv
                        && Math.max(conv.window().height(), conv.window().width()) > size)
                .map(Node::name)
                .filter(name -> !name.equals(first))
                .toList();
        var chosen = new HashSet<String>();
        if (only.equals(List.of(HALF))) {
            for (int i = 1; i < larger.size(); i += 2) {
                chosen.add(larger.get(i));
            }
            return chosen;
        }
        for (var name : only) {
            if (!larger.contains(name)) {
                throw new BadValueException(this + " does not fit " + network.name() + ": " + name
                        + " cannot be made smaller; the convolutions that can are "
                        + (larger.isEmpty() ? "none" : String.join(", ", larger)));
            }
        }
        chosen.addAll(only.isEmpty() ? larger : only);
        return chosen;
    }

    /// `window` with at most `size` rows and columns, centered in the old ones.
    static Window shrunk(Window window, int size) {
        int rows = Math.min(window.height(), size);
        int columns = Math.min(window.width(), size);
        int dilation = size == 1 ? 1 : window.dilation();
        var smaller = new Window(rows, columns, window.strideRows(), window.strideColumns(), dilation, Padding.VALID);
        var padding = window.padding() instanceof Padding.Explicit sides
                ? shrunk(
                        sides,
                        window.effectiveHeight() - smaller.effectiveHeight(),
                        window.effectiveWidth() - smaller.effectiveWidth())
                : window.padding();
        return new Window(rows, columns, window.strideRows(), window.strideColumns(), dilation, padding);
    }

    private static Padding shrunk(Padding.Explicit sides, int rows, int columns) {
        return new Padding.Explicit(
                Math.max(sides.top() - rows / 2, 0),
                Math.max(sides.bottom() - (rows + 1) / 2, 0),
                Math.max(sides.left() - columns / 2, 0),
                Math.max(sides.right() - (columns + 1) / 2, 0));
    }

    @Override
    public String toString() {
        return "kernel=" + size + (only.isEmpty() ? "" : ":" + String.join("+", only));
    }
}
