package org.mobilenet4j.arch.technique;

import java.util.ArrayList;
import java.util.List;
import org.mobilenet4j.arch.Dense;
import org.mobilenet4j.arch.Flatten;
import org.mobilenet4j.arch.GlobalAveragePool;
import org.mobilenet4j.arch.Layer;
import org.mobilenet4j.arch.Network;

/// Global average pooling and one dense layer in place of hidden fully connected layers, which hold nine tenths of
/// AlexNet's and VGG's weights: everything from the flattening to the classifier is removed, dropout included. (Lin et
/// al., Network In Network, arXiv 1312.4400, section 3.2.)
public record GlobalPooling() implements Technique {
    @Override
    public Network apply(Network network) {
        var body = Rewriting.lists(network.body(), GlobalPooling::pooled);
        return Rewriting.network(this, network, body, "its only fully connected layer is the one after its pooling");
    }

    private static List<Layer> pooled(List<Layer> layers) {
        int end = layers.size() - 1;
        while (end >= 0 && !(layers.get(end) instanceof Dense)) {
            end--;
        }
        int start = 0;
        while (start < end && !isToVector(layers.get(start))) {
            start++;
        }
        if (start >= end) {
            return layers;
        }
        boolean isPooledAlone = layers.get(start) instanceof GlobalAveragePool
                && layers.subList(start, end).stream().noneMatch(Dense.class::isInstance);
        if (isPooledAlone) {
            return layers;
        }
        var changed = new ArrayList<>(layers.subList(0, start));
        changed.add(new GlobalAveragePool("global_average_pooling"));
        changed.addAll(layers.subList(end, layers.size()));
        return changed;
    }

    private static boolean isToVector(Layer layer) {
        return layer instanceof Flatten || layer instanceof GlobalAveragePool;
    }

    @Override
    public String toString() {
        return "global-pool";
    }
}
