package org.mobilenet4j.model.file;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.mobilenet4j.error.BadFileException;
import org.mobilenet4j.model.Model;
import org.mobilenet4j.tensor.ElementType;

/// Reads and writes model files, for [Models]: a service that `ServiceLoader` finds. The artifact
/// `mobilenet4j-formats` provides one for TFLite, ONNX, Keras, TensorFlow, PyTorch and this library's own files.
public interface ModelFormat {
    /// The model in `file`.
    ///
    /// @throws BadFileException if the file does not hold a model that can be read
    /// @throws IOException if it cannot be read
    Model read(Path file) throws IOException;

    /// Writes `model` in the format of `file`'s extension.
    ///
    /// @param type how floats are stored
    /// @return what the file cannot represent of the model, or represents differently, one sentence each
    /// @throws IllegalArgumentException if the format cannot be written, or cannot hold the model
    /// @throws IOException if the file cannot be written
    List<String> write(Model model, Path file, ElementType type) throws IOException;
}
