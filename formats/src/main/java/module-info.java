/// Models and data sets in and out of the formats that people already use.
module org.mobilenet4j.formats {
    requires transitive org.mobilenet4j; // what is read becomes its models and data sets
    requires com.google.protobuf; // ONNX files are protobuf messages
    requires flatbuffers.java; // TFLite files are flatbuffers
    requires jdk.unsupported; // protobuf reads memory by sun.misc.Unsafe, without saying so
    requires org.apache.commons.csv; // lists of photos and of class names
    requires org.tribuo.util.onnx; // ONNX's messages as classes
    requires tensorflow.lite.metadata; // TFLite's tables as classes
    requires tools.jackson.core; // Keras and TensorFlow.js keep their networks in JSON
    requires static org.jspecify; // annotations for the compiler alone

    exports org.mobilenet4j.formats;
    exports org.mobilenet4j.formats.dataset;
}
