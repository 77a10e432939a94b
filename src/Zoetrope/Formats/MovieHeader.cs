using System.Buffers.Binary;

namespace Zoetrope.Formats;

/// <summary>Reads the header of MP4 and MOV files (ISO 14496-12): the box <c>moov</c>, wherever it is, and in it the first video track.</summary>
internal static class MovieHeader
{
    // That of an hour of video has a few megabytes.
    private const long LargestMovie = 32 * 1024 * 1024;
    private const int MostBoxes = 1000;

    /// <summary>Whether a file begins like one.</summary>
    public static bool IsOne(ReadOnlySpan<byte> start) =>
        start.Length >= 12 && (start[4..8].SequenceEqual("ftyp"u8) || start[4..8].SequenceEqual("moov"u8) || start[4..8].SequenceEqual("wide"u8)
            || start[4..8].SequenceEqual("mdat"u8));

    /// <summary>Reads the header; null where there is none, or where it is damaged.</summary>
    /// <param name="file">The file, which can seek.</param>
    /// <param name="origin">Where it begins.</param>
    public static MediaHeader? Read(Stream file, long origin)
    {
        Span<byte> head = stackalloc byte[16];
        var position = origin;
        for (var i = 0; i < MostBoxes && position + 8 <= file.Length; i++)
        {
            file.Position = position;
            var read = file.ReadAtLeast(head, head.Length, throwOnEndOfStream: false);
            if (read < 8)
                return null;
            long size = BinaryPrimitives.ReadUInt32BigEndian(head);
            var header = 8;
            if (size == 1 && read == 16)
                (size, header) = (BinaryPrimitives.ReadInt64BigEndian(head[8..]), 16);
            else if (size == 0)
                size = file.Length - position;
            if (size < header || size > file.Length - position)
                return null;
            if (head[4..8].SequenceEqual("moov"u8))
            {
                if (size > LargestMovie)
                    return null;
                var movie = new byte[size - header];
                file.Position = position + header;
                return file.ReadAtLeast(movie, movie.Length, throwOnEndOfStream: false) == movie.Length ? ReadMovie(movie) : null;
            }
            position += size;
        }
        return null;
    }

    private static MediaHeader? ReadMovie(ReadOnlySpan<byte> movie)
    {
        var whole = Box(movie, "mvhd"u8) is { IsEmpty: false } header ? Seconds(header) : null;
        while (TryTake(ref movie, out var name, out var track))
        {
            if (!name.SequenceEqual("trak"u8))
                continue;
            var media = Box(track, "mdia"u8);
            if (Box(media, "hdlr"u8) is not { Length: >= 12 } handler || !handler[8..12].SequenceEqual("vide"u8))
                continue;
            var (width, height) = Size(Box(track, "tkhd"u8));
            var duration = Box(media, "mdhd"u8) is { IsEmpty: false } own ? Seconds(own) : null;
            var frames = Frames(Box(Box(Box(media, "minf"u8), "stbl"u8), "stts"u8));
            return new(width, height, whole ?? duration, frames > 0 && duration > 0 ? frames / duration : null);
        }
        return null;
    }

    /// <summary>The content of the first box of a name; empty where there is none.</summary>
    private static ReadOnlySpan<byte> Box(ReadOnlySpan<byte> boxes, scoped ReadOnlySpan<byte> wanted)
    {
        while (TryTake(ref boxes, out var name, out var content))
        {
            if (name.SequenceEqual(wanted))
                return content;
        }
        return default;
    }

    private static bool TryTake(scoped ref ReadOnlySpan<byte> boxes, out ReadOnlySpan<byte> name, out ReadOnlySpan<byte> content)
    {
        name = content = default;
        if (boxes.Length < 8)
            return false;
        long size = BinaryPrimitives.ReadUInt32BigEndian(boxes);
        var header = 8;
        if (size == 1 && boxes.Length >= 16)
            (size, header) = (BinaryPrimitives.ReadInt64BigEndian(boxes[8..]), 16);
        if (size < header || size > boxes.Length)
            return false;
        name = boxes[4..8];
        content = boxes[header..(int)size];
        boxes = boxes[(int)size..];
        return true;
    }

    /// <summary>The duration in a header of a movie or of a track's media, which have it in the same form.</summary>
    private static double? Seconds(ReadOnlySpan<byte> header)
    {
        var isLong = header[0] == 1;
        if (header.Length < (isLong ? 32 : 20))
            return null;
        var scale = BinaryPrimitives.ReadUInt32BigEndian(header[(isLong ? 20 : 12)..]);
        var length = isLong ? BinaryPrimitives.ReadUInt64BigEndian(header[24..]) : BinaryPrimitives.ReadUInt32BigEndian(header[16..]);
        // All bits are set where the duration is not known, and fragmented files have zero.
        var isKnown = length > 0 && length != (isLong ? ulong.MaxValue : uint.MaxValue);
        return scale > 0 && isKnown ? length / (double)scale : null;
    }

    /// <summary>The size at which a track is shown: a picture that is turned by a quarter has its sides exchanged.</summary>
    private static (int Width, int Height) Size(ReadOnlySpan<byte> header)
    {
        if (header.IsEmpty)
            return default;
        var matrix = header[0] == 1 ? 52 : 40;
        if (header.Length < matrix + 44)
            return default;
        var width = (int)(BinaryPrimitives.ReadUInt32BigEndian(header[(matrix + 36)..]) >> 16);
        var height = (int)(BinaryPrimitives.ReadUInt32BigEndian(header[(matrix + 40)..]) >> 16);
        var isTurned = BinaryPrimitives.ReadInt32BigEndian(header[matrix..]) == 0 && BinaryPrimitives.ReadInt32BigEndian(header[(matrix + 4)..]) != 0;
        return isTurned ? (height, width) : (width, height);
    }

    private static long Frames(ReadOnlySpan<byte> times)
    {
        if (times.Length < 8)
            return 0;
        var entries = Math.Min(BinaryPrimitives.ReadUInt32BigEndian(times[4..]), (uint)((times.Length - 8) / 8));
        var frames = 0L;
        for (var i = 0; i < entries; i++)
            frames += BinaryPrimitives.ReadUInt32BigEndian(times[(8 + (i * 8))..]);
        return frames;
    }
}
