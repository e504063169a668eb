/// MobileNet v1 for the JVM: networks as values, their cost, training and running, in pure Java.
module org.mobilenet4j {
    requires transitive java.desktop; // ImageIO decodes photos; BufferedImage is one
    requires tools.jackson.core; // headers of model files are JSON
    requires static jdk.incubator.vector; // plain loops run where a process leaves it out
    requires static org.jspecify; // annotations for our compiler alone, so not transitive: users need not have them

    exports org.mobilenet4j.arch;
    exports org.mobilenet4j.arch.technique;
    exports org.mobilenet4j.arch.zoo;
    exports org.mobilenet4j.classify;
    exports org.mobilenet4j.compress.distill;
    exports org.mobilenet4j.compress.prune;
    exports org.mobilenet4j.compress.quantize;
    exports org.mobilenet4j.cost;
    exports org.mobilenet4j.data;
    exports org.mobilenet4j.data.augment;
    exports org.mobilenet4j.data.batch;
    exports org.mobilenet4j.data.box;
    exports org.mobilenet4j.data.idx;
    exports org.mobilenet4j.data.shard;
    exports org.mobilenet4j.detect;
    exports org.mobilenet4j.detect.measure;
    exports org.mobilenet4j.detect.train;
    exports org.mobilenet4j.error;
    exports org.mobilenet4j.explain;
    exports org.mobilenet4j.fit;
    exports org.mobilenet4j.image;
    exports org.mobilenet4j.infer;
    exports org.mobilenet4j.infer.measure;
    exports org.mobilenet4j.model;
    exports org.mobilenet4j.model.file;
    exports org.mobilenet4j.search;
    exports org.mobilenet4j.tensor;
    exports org.mobilenet4j.text;
    exports org.mobilenet4j.train;
    exports org.mobilenet4j.train.head;
    exports org.mobilenet4j.train.loss;
    exports org.mobilenet4j.train.optimize;

    uses org.mobilenet4j.model.file.ModelFormat; // mobilenet4j-formats has one
}
