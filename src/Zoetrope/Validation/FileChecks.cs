using System.Buffers;
using System.Globalization;
using Zoetrope.Formats;

namespace Zoetrope.Validation;

/// <summary>Validates files in <c>data:</c> URIs against a provider's limits.</summary>
internal static class FileChecks
{
    // The size of a JPEG comes after its metadata, which may contain a preview and a colour profile.
    private const int LongestStart = 192 * 1024;

    public static void Check(ref ValidationContext context, string uri, string name, in FileRule rule)
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

    private static void CheckPixels(ref ValidationContext context, ReadOnlySpan<char> data, string name, in FileRule rule)
    {
        var start = ArrayPool<byte>.Shared.Rent(Math.Min(LongestStart, data.Length));
        try
        {
            var length = DataUri.DecodeStart(data, start);
            if (!ImageHeader.TryRead(start.AsSpan(0, length), out var width, out var height))
                return;
            AtLeast(ref context, name, "a width", width, rule.MinWidth, " pixels");
            AtMost(ref context, name, "a width", width, rule.MaxWidth, " pixels");
            AtLeast(ref context, name, "a height", height, rule.MinHeight, " pixels");
            AtMost(ref context, name, "a height", height, rule.MaxHeight, " pixels");
            var ratio = (double)width / height;
            AtLeast(ref context, name, "an aspect ratio", ratio, rule.MinAspectRatio, "");
            AtMost(ref context, name, "an aspect ratio", ratio, rule.MaxAspectRatio, "");
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(start);
        }
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
