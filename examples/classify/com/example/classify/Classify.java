package com.example.classify;

import java.nio.file.Path;
import org.mobilenet4j.classify.Classifier;

/// Says what a photo shows: `Classify MODEL PHOTO`. A test compiles and runs it as a user would.
final class Classify {
    private Classify() {}

    public static void main(String[] args) throws Exception {
        var classifier = Classifier.open(Path.of(args[0]));
        for (var prediction : classifier.classify(Path.of(args[1]), 3)) {
            System.out.println(prediction);
        }
    }
}
