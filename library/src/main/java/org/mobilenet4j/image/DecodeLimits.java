package org.mobilenet4j.image;

import org.mobilenet4j.error.BadValueException;
/// Limits on decoding one file, checked before anything is decoded: the file's length before it is read, the rest
/// against its header.
///
/// @param maxFileBytes length of the file
/// @param maxPixels height times width; at most [#MAX_PIXELS], which fits an array
/// @param maxDecodedBytes memory at the peak of decoding: the format's own buffer and the RGB made from it

public record DecodeLimits(long maxFileBytes, long maxPixels, long maxDecodedBytes) {
    /// The most pixels that an [Image] can hold, with three bytes each.
    public static final long MAX_PIXELS = 700_000_000;

    /// Bytes of memory that any file may take, and those that each of its own bytes may take beyond: a photo has about
    /// one
    /// for ten pixels, a picture of one color one for hundreds.
    private static final long ALWAYS_DECODED = 256L << 20;

    private static final long PER_BYTE = 400;

    /// 256 MiB, 100 million pixels (a phone's largest photo), 512 MiB.
    public static final DecodeLimits DEFAULT = new DecodeLimits(256L << 20, 100_000_000, 512L << 20);

    public DecodeLimits {
        if (maxFileBytes < 1 || maxFileBytes > Integer.MAX_VALUE - 64) {
            throw new BadValueException(
                    "the limit on a file's bytes must lie between 1 and 2 GiB, not " + maxFileBytes);
        }
        if (maxPixels < 1 || maxPixels > MAX_PIXELS || maxDecodedBytes < 1) {
            throw new BadValueException("decode limits must be positive and allow at most " + MAX_PIXELS
                    + " pixels, not " + maxPixels + " pixels and " + maxDecodedBytes + " bytes");
        }
    }

    /// @param length of the file in bytes
    /// @throws BadValueException without the file's name, when `file` exceeds these limits, or takes more
    ///     memory than a picture of its length does
    void check(EncodedImage file, int length) {
        long pixels = (long) file.height() * file.width();
        if (pixels > maxPixels) {
            throw new BadValueException("claims " + file.width() + "x" + file.height() + " pixels, above the limit of "
                    + maxPixels + "; scale it down, or raise the limit if you trust it");
        }
        long bytes = pixels * file.bytesPerPixel();
        if (bytes > maxDecodedBytes) {
            throw new BadValueException("would take " + bytes + " bytes to decode, above the limit of "
                    + maxDecodedBytes + "; scale it down, or raise the limit if you trust it");
        }
        if (bytes > ALWAYS_DECODED + PER_BYTE * length) {
            throw new BadValueException("would take " + bytes + " bytes to decode, far more than a picture of " + length
                    + " bytes needs, as if made for that; scale it down");
        }
    }
}
