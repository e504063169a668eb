package org.mobilenet4j.arch.technique;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.mobilenet4j.arch.Layer;
import org.mobilenet4j.arch.Network;
import org.mobilenet4j.arch.Sequence;

/// Fewer layers: removes the longest run of consecutive blocks whose output has the shape of their input. In MobileNet
/// these are the five of 14 x 14 x 512, as in table 5 of the paper. If several runs are equally long, all of them are
/// removed.
///
/// The remaining layers keep their names, and so their weights.
public record ShallowBody() implements Technique {
    @Override
    public Network apply(Network network) {
        var body = network.body() instanceof Sequence sequence ? shallow(sequence, network) : network.body();
        return Rewriting.network(this, network, body, "it has no block whose output has the shape of its input");
    }

    private static Layer shallow(Sequence sequence, Network network) {
        var heads = Rewriting.heads(network);
        var runs = runs(Block.of(sequence.layers(), network.input()), heads);
        int longest = runs.stream().mapToInt(List::size).max().orElse(0);
        var layers = new ArrayList<>(sequence.layers());
        for (var run : runs.reversed()) {
            if (run.size() == longest) {
                layers.subList(run.getFirst().start(), run.getLast().end()).clear();
            }
        }
        return new Sequence(sequence.name(), layers);
    }

    private static List<List<Block>> runs(List<Block> blocks, Set<String> heads) {
        var runs = new ArrayList<List<Block>>();
        Block last = null;
        for (var block : blocks) {
            if (block.keepsShape() && !heads.contains(block.name())) {
                if (last == null || last.end() != block.start() || !last.keepsShape()) {
                    runs.add(new ArrayList<>());
                }
                runs.getLast().add(block);
            }
            last = block;
        }
        return runs;
    }

    @Override
    public String toString() {
        return "shallow";
    }
}
