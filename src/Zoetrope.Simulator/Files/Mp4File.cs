using System.Buffers.Binary;

namespace Zoetrope.Simulator.Files;

/// <summary>Creates an MP4 file (ISO/IEC 14496-12 and -15) with one picture of H.264 that is shown for a second.</summary>
internal static class Mp4File
{
    private const uint TimeScale = 1000;
    private const uint Duration = 1000;

    private static readonly byte[] UnityMatrix =
    [
        0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x40, 0, 0, 0,
    ];

    public static byte[] Create()
    {
        var sample = LengthPrefixed(H264Picture.Slice());
        var type = Box("ftyp", "isom"u8.ToArray(), Number(0x200), "isomiso2avc1mp41"u8.ToArray());
        // The movie's length does not depend on the offset in it, so a first pass with any offset finds where the sample begins.
        var offset = type.Length + Movie(sample.Length, 0).Length + 8;
        return [.. type, .. Movie(sample.Length, (uint)offset), .. Box("mdat", sample)];
    }

    private static byte[] Movie(int sampleLength, uint offset) => Box("moov",
        Box("mvhd", Number(0), Number(0), Number(0), Number(TimeScale), Number(Duration),
            Number(0x00010000), Short(0x0100), Short(0), Number(0), Number(0), UnityMatrix, new byte[24], Number(2)),
        Box("trak", TrackHeader(), Box("mdia", MediaHeader(), Handler(), Box("minf", VideoHeader(), DataInformation(), SampleTable(sampleLength, offset)))));

    private static byte[] TrackHeader() => Box("tkhd", Number(7), Number(0), Number(0), Number(1), Number(0), Number(Duration), new byte[8],
        Short(0), Short(0), Short(0), Short(0), UnityMatrix, Number(H264Picture.Side << 16), Number(H264Picture.Side << 16));

    private static byte[] MediaHeader() => Box("mdhd", Number(0), Number(0), Number(0), Number(TimeScale), Number(Duration), Short(0x55C4), Short(0));

    private static byte[] Handler() => Box("hdlr", Number(0), Number(0), "vide"u8.ToArray(), new byte[12], "VideoHandler\0"u8.ToArray());

    private static byte[] VideoHeader() => Box("vmhd", Number(1), new byte[8]);

    private static byte[] DataInformation() => Box("dinf", Box("dref", Number(0), Number(1), Box("url ", Number(1))));

    private static byte[] SampleTable(int sampleLength, uint offset) => Box("stbl",
        Box("stsd", Number(0), Number(1), SampleEntry()),
        Box("stts", Number(0), Number(1), Number(1), Number(Duration)),
        Box("stsc", Number(0), Number(1), Number(1), Number(1), Number(1)),
        Box("stsz", Number(0), Number((uint)sampleLength), Number(1)),
        Box("stco", Number(0), Number(1), Number(offset)));

    private static byte[] SampleEntry() => Box("avc1", new byte[6], Short(1), new byte[16], Short(H264Picture.Side), Short(H264Picture.Side),
        Number(0x00480000), Number(0x00480000), Number(0), Short(1), new byte[32], Short(0x0018), Short(0xFFFF), Box("avcC", Configuration()));

    /// <summary>The decoder's configuration: profile, level, 4-byte lengths, one sequence and one picture parameter set.</summary>
    private static byte[] Configuration()
    {
        var sequence = H264Picture.SequenceParameters();
        var picture = H264Picture.PictureParameters();
        return
        [
            1, H264Picture.Profile, H264Picture.ProfileFlags, H264Picture.Level, 0xFF, 0xE1,
            .. Short((ushort)sequence.Length), .. sequence, 1, .. Short((ushort)picture.Length), .. picture,
        ];
    }

    private static byte[] Box(string type, params ReadOnlySpan<byte[]> parts)
    {
        using var box = new MemoryStream();
        box.Write(new byte[4]);
        box.Write(System.Text.Encoding.ASCII.GetBytes(type));
        foreach (var part in parts)
            box.Write(part);
        var bytes = box.ToArray();
        BinaryPrimitives.WriteInt32BigEndian(bytes, bytes.Length);
        return bytes;
    }

    private static byte[] LengthPrefixed(byte[] unit) => [.. Number((uint)unit.Length), .. unit];

    private static byte[] Number(uint value)
    {
        var bytes = new byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(bytes, value);
        return bytes;
    }

    private static byte[] Short(ushort value) => [(byte)(value >> 8), (byte)value];
}
