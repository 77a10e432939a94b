using System.Buffers.Binary;

namespace Zoetrope.Formats;

/// <summary>Reads the size of an image from the beginning of its file: PNG, JPEG, GIF and WebP.</summary>
internal static class ImageHeader
{
    /// <summary>Reads width and height in pixels; false when the format is not supported, or the beginning does not contain them.</summary>
    public static bool TryRead(ReadOnlySpan<byte> file, out int width, out int height)
    {
        width = height = 0;
        if (file.Length >= 24 && file.StartsWith((ReadOnlySpan<byte>)[0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A]))
        {
            width = BinaryPrimitives.ReadInt32BigEndian(file[16..]);
            height = BinaryPrimitives.ReadInt32BigEndian(file[20..]);
        }
        else if (file.Length >= 10 && file.StartsWith("GIF8"u8))
        {
            width = BinaryPrimitives.ReadUInt16LittleEndian(file[6..]);
            height = BinaryPrimitives.ReadUInt16LittleEndian(file[8..]);
        }
        else if (file.Length >= 30 && file.StartsWith("RIFF"u8) && file[8..12].SequenceEqual("WEBP"u8))
        {
            ReadWebP(file, out width, out height);
        }
        else if (file.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xD8]))
        {
            ReadJpeg(file[2..], out width, out height);
        }
        return width > 0 && height > 0;
    }

    private static void ReadWebP(ReadOnlySpan<byte> file, out int width, out int height)
    {
        width = height = 0;
        var chunk = file[12..16];
        if (chunk.SequenceEqual("VP8 "u8))
        {
            width = BinaryPrimitives.ReadUInt16LittleEndian(file[26..]) & 0x3FFF;
            height = BinaryPrimitives.ReadUInt16LittleEndian(file[28..]) & 0x3FFF;
        }
        else if (chunk.SequenceEqual("VP8L"u8))
        {
            var bits = BinaryPrimitives.ReadUInt32LittleEndian(file[21..]);
            width = (int)(bits & 0x3FFF) + 1;
            height = (int)((bits >> 14) & 0x3FFF) + 1;
        }
        else if (chunk.SequenceEqual("VP8X"u8))
        {
            width = (file[24] | (file[25] << 8) | (file[26] << 16)) + 1;
            height = (file[27] | (file[28] << 8) | (file[29] << 16)) + 1;
        }
    }

    /// <summary>Walks the segments to the frame header, which contains the size.</summary>
    private static void ReadJpeg(ReadOnlySpan<byte> rest, out int width, out int height)
    {
        width = height = 0;
        while (rest.Length >= 4 && rest[0] == 0xFF)
        {
            var marker = rest[1];
            if (marker == 0xFF)
            {
                rest = rest[1..];
                continue;
            }
            var isFrame = marker is >= 0xC0 and <= 0xCF and not (0xC4 or 0xC8 or 0xCC);
            if (isFrame && rest.Length >= 9)
            {
                height = BinaryPrimitives.ReadUInt16BigEndian(rest[5..]);
                width = BinaryPrimitives.ReadUInt16BigEndian(rest[7..]);
                return;
            }
            var length = BinaryPrimitives.ReadUInt16BigEndian(rest[2..]) + 2;
            if (isFrame || marker is 0xD9 or 0xDA || length > rest.Length)
                return;
            rest = rest[length..];
        }
    }
}
