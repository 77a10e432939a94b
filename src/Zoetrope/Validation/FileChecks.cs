using System.Buffers;
using System.Globalization;
using Zoetrope.Formats;

namespace Zoetrope.Validation;

/// <summary>Validates files in <c>data:</c> URIs against a provider's limits.</summary>
internal static class FileChecks
{
    // The size of a JPEG comes after its metadata, which may contain a preview and a color profile.
    private const int LongestStart = 192 * 1024;

    public static void Check(ref ValidationContext context, string uri, string name, FileRule rule)
    {
        if (!DataUri.TrySplit(uri, out _, out var isBase64, out var data))
        {
            context.Add(name, ValidationRule.File, "a comma before its data", "none");
            return;
        }
        if (!isBase64)
            return;
        var size = DataUri.DecodedLength(data);
        if (size < 0)
        {
            context.Add(name, ValidationRule.File, "base64 data", "something else");
            return;
        }
        if (size > rule.MaxBytes)
            context.Add(name, ValidationRule.File, $"at most {Text(rule.MaxBytes.Value)} bytes", Text(size));
        if (rule.HasPixelLimits)
            CheckPixels(ref context, data, name, rule);
    }

    /// <summary>Validates a local file.</summary>
    /// <param name="context">Receives what is wrong.</param>
    /// <param name="size">Its size; null where that is not known.</param>
    /// <param name="header">What its header says; null where it has none that is known.</param>
    /// <param name="name">The member.</param>
    /// <param name="rule">The limits.</param>
    public static void Check(ref ValidationContext context, long? size, MediaHeader? header, string name, FileRule rule)
    {
        if (size > rule.MaxBytes)
            context.Add(name, ValidationRule.File, $"at most {Text(rule.MaxBytes.Value)} bytes", Text(size.Value));
        if (header is not { } known)
            return;
        if (known.Width > 0 && known.Height > 0)
            CheckPixels(ref context, known.Width, known.Height, name, rule);
        if (known.Duration is { } duration)
        {
            AtLeast(ref context, name, "a duration", duration, rule.MinDuration, " seconds");
            AtMost(ref context, name, "a duration", duration, rule.MaxDuration, " seconds");
        }
        if (known.FrameRate is not { } rate)
            return;
        AtLeast(ref context, name, "a frame rate", rate, rule.MinFrameRate, "");
        AtMost(ref context, name, "a frame rate", rate, rule.MaxFrameRate, "");
    }

    /// <summary>Validates the format of a file in a <c>data:</c> URI.</summary>
    public static void CheckFormat(ref ValidationContext context, string uri, string name, string formats)
    {
        if (!DataUri.TrySplit(uri, out var mediaType, out var isBase64, out var data) || !isBase64)
            return;
        Span<byte> start = stackalloc byte[FileFormats.StartLength];
        CheckFormat(ref context, start[..DataUri.DecodeStart(data, start)], mediaType, name, formats);
    }

    /// <summary>Validates the format of a file: it is another one only where neither its content nor its name is of one of the formats.</summary>
    /// <param name="context">Receives what is wrong.</param>
    /// <param name="start">The beginning of the file.</param>
    /// <param name="called">Its name or media type.</param>
    /// <param name="name">The member.</param>
    /// <param name="formats">The formats, with spaces between them.</param>
    public static void CheckFormat(ref ValidationContext context, ReadOnlySpan<byte> start, string called, string name, string formats)
    {
        if (FileFormats.OfContent(start) is not { } possible)
            return;
        var own = possible.Split(' ');
        var valid = formats.Split(' ');
        if (!own.Append(FileFormats.OfName(called)).Intersect(valid).Any())
            context.Add(name, ValidationRule.File, "the format " + string.Join(" or ", valid), own[0]);
    }

    private static void CheckPixels(ref ValidationContext context, ReadOnlySpan<char> data, string name, FileRule rule)
    {
        var start = ArrayPool<byte>.Shared.Rent(Math.Min(LongestStart, data.Length));
        try
        {
            var length = DataUri.DecodeStart(data, start);
            if (!ImageHeader.TryRead(start.AsSpan(0, length), out var width, out var height))
                return;
            CheckPixels(ref context, width, height, name, rule);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(start);
        }
    }

    private static void CheckPixels(ref ValidationContext context, int width, int height, string name, FileRule rule)
    {
        AtLeast(ref context, name, "a width", width, rule.MinWidth, " pixels");
        AtMost(ref context, name, "a width", width, rule.MaxWidth, " pixels");
        AtLeast(ref context, name, "a height", height, rule.MinHeight, " pixels");
        AtMost(ref context, name, "a height", height, rule.MaxHeight, " pixels");
        var ratio = (double)width / height;
        AtLeast(ref context, name, "an aspect ratio", ratio, rule.MinAspectRatio, "");
        AtMost(ref context, name, "an aspect ratio", ratio, rule.MaxAspectRatio, "");
    }

    private static void AtLeast(ref ValidationContext context, string name, string what, double value, double? limit, string unit)
    {
        if (value < limit)
            context.Add(name, ValidationRule.File, $"{what} of at least {Text(limit.Value)}{unit}", Text(value));
    }

    private static void AtMost(ref ValidationContext context, string name, string what, double value, double? limit, string unit)
    {
        if (value > limit)
            context.Add(name, ValidationRule.File, $"{what} of at most {Text(limit.Value)}{unit}", Text(value));
    }

    private static string Text(double value) => value.ToString("0.####", CultureInfo.InvariantCulture);
}
