package org.mobilenet4j.app.cli;

/// What `mobilenet` says without a command: what to try first.
final class Guide {
    private Guide() {}

    static final String TEXT = """
            MobileNet v1 in pure Java: classify photos, and train, shrink and convert
            networks that do. To begin with:

              mobilenet classify examples/orange.png    what a photo shows, of 200 things
              mobilenet pull mobilenet_v1_1.0_224       a network that knows 1,000
              mobilenet classify --model mobilenet_v1_1.0_224 photo.jpg
              mobilenet train my-photos --out my.safetensors --init default
              mobilenet cost mobilenet-v1:0.5:160       what a network would cost

            mobilenet --help lists the commands; mobilenet COMMAND --help explains one.
            """;
}
