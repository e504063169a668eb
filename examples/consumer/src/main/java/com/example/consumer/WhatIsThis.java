package com.example.consumer;

import java.nio.file.Path;
import org.mobilenet4j.DefaultModel;
import org.mobilenet4j.formats.ModelFormats;
import org.mobilenet4j.image.ImageDecoder;
import org.mobilenet4j.infer.Classifier;

/// Says what a photo shows: `WhatIsThis PHOTO [MODEL]`.
final class WhatIsThis {
    private WhatIsThis() {}

    public static void main(String[] args) throws Exception {
        var model = args.length > 1 ? ModelFormats.read(Path.of(args[1])) : DefaultModel.load();
        var photo = ImageDecoder.decode(Path.of(args[0]));
        for (var prediction : Classifier.open(model).classify(photo, 3)) {
            System.out.println(prediction.label() + " " + prediction.probability());
        }
    }
}
