/// MobileNet v1 in safetensors files with the tensor names of PyTorch models such as timm's.
@NullMarked
package org.mobilenet4j.formats.torch;

import org.jspecify.annotations.NullMarked;
