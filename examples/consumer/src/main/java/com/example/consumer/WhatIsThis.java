package com.example.consumer;

import java.nio.file.Path;
import org.mobilenet4j.DefaultModel;
import org.mobilenet4j.classify.Classifier;
import org.mobilenet4j.model.file.Models;

/// Says what a photo shows: `WhatIsThis PHOTO [MODEL]`.
final class WhatIsThis {
    private WhatIsThis() {}

    public static void main(String[] args) throws Exception {
        var model = args.length > 1 ? Models.read(Path.of(args[1])) : DefaultModel.load();
        for (var prediction : Classifier.open(model).classify(Path.of(args[0]), 3)) {
            System.out.println(prediction);
        }
    }
}
