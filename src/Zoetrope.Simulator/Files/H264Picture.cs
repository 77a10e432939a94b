namespace Zoetrope.Simulator.Files;

/// <summary>
/// One picture in H.264 (ITU-T H.264, Constrained Baseline profile), coded in the plainest way: every macroblock is I_PCM, its samples
/// written as they are.
/// </summary>
internal static class H264Picture
{
    /// <summary>Width and height in macroblocks of 16 by 16 pixels.</summary>
    public const int Macroblocks = 4;

    /// <summary>Width and height in pixels.</summary>
    public const int Side = 16 * Macroblocks;

    public const byte Profile = 66;
    public const byte ProfileFlags = 0xC0;
    public const byte Level = 10;

    private const uint IntraPcm = 25;

    /// <summary>The sequence parameter set.</summary>
    public static byte[] SequenceParameters() => new BitWriter()
        .Bits(Profile, 8).Bits(ProfileFlags, 8).Bits(Level, 8)
        .Golomb(0) // its id
        .Golomb(0) // frame numbers have 4 bits
        .Golomb(2) // pictures are shown in the order in which they are decoded
        .Golomb(0).Bits(0, 1) // no reference frames, no gaps
        .Golomb(Macroblocks - 1).Golomb(Macroblocks - 1)
        .Bits(1, 1) // whole frames
        .Bits(1, 1) // 8x8 direct inference
        .Bits(0, 1).Bits(0, 1) // no cropping, no usability information
        .End(0x67);

    /// <summary>The picture parameter set.</summary>
    public static byte[] PictureParameters() => new BitWriter()
        .Golomb(0).Golomb(0) // its id, and that of the sequence's
        .Bits(0, 1).Bits(0, 1) // CAVLC, no field order
        .Golomb(0) // one slice group
        .Golomb(0).Golomb(0).Bits(0, 1).Bits(0, 2) // references and weights, unused
        .Golomb(0).Golomb(0).Golomb(0) // quantiser offsets
        .Bits(1, 1) // slices control their deblocking
        .Bits(0, 1).Bits(0, 1)
        .End(0x68);

    /// <summary>The slice with the whole picture: a vertical gradient from dark to bright.</summary>
    public static byte[] Slice()
    {
        var bits = new BitWriter()
            .Golomb(0).Golomb(7).Golomb(0) // first macroblock, an I slice, its picture parameters
            .Bits(0, 4).Golomb(0) // frame number, picture id
            .Bits(0, 1).Bits(0, 1) // neither held back nor kept for long
            .Golomb(0) // quantiser
            .Golomb(1); // no deblocking
        for (var row = 0; row < Macroblocks; row++)
        {
            for (var column = 0; column < Macroblocks; column++)
                WriteMacroblock(bits, row);
        }
        return bits.End(0x65);
    }

    private static void WriteMacroblock(BitWriter bits, int row)
    {
        bits.Golomb(IntraPcm).Align();
        for (var sample = 0; sample < 256; sample++)
            bits.Bits((uint)(32 + 3 * (16 * row + sample / 16)), 8);
        for (var sample = 0; sample < 128; sample++)
            bits.Bits(128, 8);
    }
}
