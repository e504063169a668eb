package org.mobilenet4j.formats.graph;

import java.util.ArrayList;
import org.mobilenet4j.arch.Activation;
import org.mobilenet4j.arch.Node;
import org.mobilenet4j.error.BadValueException;

/// Makes one activation of those that follow each other and of clips from one number to another: ReLU6 in pieces, as
/// `min(relu(x), 6)`, `max(min(x, 6), 0)` or `clip(x, 0, 6)`.
final class ClipRewrite {
    private ClipRewrite() {}

    /// Moves what operation `id` clips, and what the one before it does, into one clip.
    static void join(GraphEditor graph, int id) {
        var node = graph.node(id);
        int before = graph.before(id);
        if (before <= Node.INPUT || node.join() != null) {
            return;
        }
        var producer = graph.node(before);
        Idiom.Clip clip;
        var name = node.name();
        if (node.idiom() instanceof Idiom.Clip own) {
            clip = own;
        } else if (producer.idiom() instanceof Idiom.Clip
                && node.layers().size() == 1
                && node.layers().getFirst() instanceof Activation activation) {
            clip = Idiom.Clip.of(activation);
            name = activation.name();
        } else {
            return;
        }
        if (producer.idiom() instanceof Idiom.Clip earlier) {
            clip = clip.after(earlier);
            graph.set(before, producer.withIdiom(null));
        } else if (producer.idiom() == null
                && !producer.layers().isEmpty()
                && producer.layers().getLast() instanceof Activation activation) {
            clip = clip.after(Idiom.Clip.of(activation));
            var rest = new ArrayList<>(producer.layers());
            rest.removeLast();
            graph.set(before, producer.withLayers(rest));
        }
        graph.set(id, GraphNode.of(name, node.inputs().getFirst(), clip));
    }

    /// Makes a layer of what operation `id` clips.
    ///
    /// @throws IllegalArgumentException if there is none for it
    static void lower(GraphEditor graph, int id) {
        var node = graph.node(id);
        if (!(node.idiom() instanceof Idiom.Clip clip)) {
            return;
        }
        if (clip.least() <= -Float.MAX_VALUE && clip.most() >= Float.MAX_VALUE) {
            graph.set(id, node.withIdiom(null));
        } else if (clip.least() == 0 && clip.most() == 6) {
            graph.set(id, GraphNode.of(node.name(), node.inputs().getFirst(), Activation.relu6(node.name())));
        } else if (clip.least() == 0 && clip.most() >= Float.MAX_VALUE) {
            graph.set(id, GraphNode.of(node.name(), node.inputs().getFirst(), Activation.relu(node.name())));
        } else {
            throw new BadValueException(node.name() + " clips from " + clip.least() + " to " + clip.most()
                    + "; only ReLU6 (0 to 6) and ReLU (from 0 up) are supported");
        }
    }
}
