package org.mobilenet4j.formats.keras;

import java.util.List;
import org.mobilenet4j.tensor.Tensor;

/// Where the variables of a Keras model's layers are kept.
public interface KerasVariables {
    /// A variable of a layer.
    ///
    /// @param place the models that the layer lies in, outermost first, and the layer itself last
    /// @param number its place among the layer's variables, from 0
    /// @param names what it may be called: versions of Keras differ
    /// @throws IllegalArgumentException when there is none
    Tensor get(List<KerasLayer> place, int number, List<String> names);
}
