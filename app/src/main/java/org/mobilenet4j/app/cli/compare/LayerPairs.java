package org.mobilenet4j.app.cli.compare;

import java.util.ArrayList;
import java.util.List;
import org.mobilenet4j.arch.LinearLayer;
import org.mobilenet4j.arch.Node;
import org.mobilenet4j.error.BadValueException;

/// Which layer of one network corresponds to which of another: in the same order in both, those with the same name if
/// possible, or else of the same kind. Only outputs of the same size are compared. Layers that one network has alone,
/// such as a convolution whose activation the other fused into it, stay out.
final class LayerPairs {
    private static final int MOST = 3000;

    private static final int SAME_NAME = 8;
    private static final int SAME_KIND = 4;
    private static final int SAME_SIZE = 1;

    /// Places in the two lists.
    record Pair(int a, int b) {}

    private LayerPairs() {}

    /// The pairs in order: the common subsequence that has most in common.
    ///
    /// @throws IllegalArgumentException if there are too many layers
    static List<Pair> of(List<Node> a, List<Node> b) {
        if (a.size() > MOST || b.size() > MOST) {
            throw new BadValueException("networks of " + a.size() + " and " + b.size() + " layers are too long to be"
                    + " compared layer by layer; " + MOST + " is the limit");
        }
        // best[i][j]: how much the layers from i and from j on have in common at most.
        var best = new int[a.size() + 1][b.size() + 1];
        for (int i = a.size() - 1; i >= 0; i--) {
            for (int j = b.size() - 1; j >= 0; j--) {
                int skipping = Math.max(best[i + 1][j], best[i][j + 1]);
                int common = common(a.get(i), b.get(j));
                best[i][j] = common == 0 ? skipping : Math.max(skipping, common + best[i + 1][j + 1]);
            }
        }
        var pairs = new ArrayList<Pair>();
        int i = 0;
        int j = 0;
        while (i < a.size() && j < b.size()) {
            int common = common(a.get(i), b.get(j));
            if (common > 0 && best[i][j] == common + best[i + 1][j + 1]) {
                pairs.add(new Pair(i++, j++));
            } else if (best[i][j] == best[i + 1][j]) {
                i++;
            } else {
                j++;
            }
        }
        return pairs;
    }

    private static int common(Node a, Node b) {
        if (!a.output().equals(b.output())) {
            return 0;
        }
        boolean isSameKind = a.layer().getClass() == b.layer().getClass()
                || (a.layer() instanceof LinearLayer && b.layer() instanceof LinearLayer);
        return SAME_SIZE + (isSameKind ? SAME_KIND : 0) + (a.name().equals(b.name()) ? SAME_NAME : 0);
    }
}
