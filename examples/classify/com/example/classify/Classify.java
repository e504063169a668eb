package com.example.classify;

import java.nio.file.Path;
import org.mobilenet4j.classify.Classifier;
import org.mobilenet4j.formats.ModelFormats;
import org.mobilenet4j.image.ImageDecoder;

/// Says what a photo shows: `Classify MODEL PHOTO`. A test compiles and runs it as a user would.
final class Classify {
    private Classify() {}

    public static void main(String[] args) throws Exception {
        var classifier = Classifier.open(ModelFormats.read(Path.of(args[0])));
        for (var prediction : classifier.classify(ImageDecoder.decode(Path.of(args[1])), 3)) {
            System.out.println(prediction.label() + " " + prediction.probability());
        }
    }
}
