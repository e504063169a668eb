/// Reads models and data sets from common formats, and writes models to them.
module org.mobilenet4j.formats {
    requires transitive org.mobilenet4j; // readers return its models and data sets
    requires com.google.protobuf; // ONNX files are protobuf messages
    requires flatbuffers.java; // TFLite files are flatbuffers
    requires java.xml; // Pascal VOC marks objects in XML
    requires jdk.unsupported; // protobuf uses sun.misc.Unsafe without declaring it
    requires org.apache.commons.csv; // lists of photos and of class names
    requires org.tribuo.util.onnx; // generated classes of ONNX's messages
    requires tensorflow.lite.metadata; // generated classes of TFLite's tables
    requires tools.jackson.core; // Keras and TensorFlow.js describe networks in JSON, COCO photos
    requires static org.jspecify; // annotations, needed at compile time only

    exports org.mobilenet4j.formats;
    exports org.mobilenet4j.formats.dataset;
    exports org.mobilenet4j.formats.dataset.boxes;

    provides org.mobilenet4j.model.file.ModelFormat with
            org.mobilenet4j.formats.EveryFormat;
}
