package org.mobilenet4j.kernel;

import java.util.List;
import org.mobilenet4j.kernel.layout.Plane;

/// A kernel that exists once, as plain loops, because it does too little to matter. It says which maps it works on, so
/// that a provider can run it where memory is no array, or put something of its own in its place.
///
/// A unit is a row of the output, unless the kernel says otherwise.
public interface PlainKernel extends ArrayKernel {
    /// The maps that it reads: nothing around them.
    List<Plane> inputs();

    /// The map that it writes; it may be one of the inputs.
    Plane out();

    @Override
    default int units() {
        return out().shape().height();
    }
}
