using System.Globalization;
using System.Numerics;
using Zoetrope.Generator.Types;
using Zoetrope.Specs.Model;

namespace Zoetrope.Generator.Changes;

/// <summary>Compares what two versions of a value are validated for.</summary>
internal static class ConstraintComparer
{
    /// <summary>The differences; stricter ones may refuse a value that was valid.</summary>
    public static IEnumerable<(bool IsStricter, string Message)> Compare(Constraints former, Constraints latter)
    {
        foreach (var change in new[]
        {
            Limit("minimum length", former.MinLength, latter.MinLength, isMinimum: true),
            Limit("maximum length", former.MaxLength, latter.MaxLength, isMinimum: false),
            Limit("minimum number of items", former.MinItems, latter.MinItems, isMinimum: true),
            Limit("maximum number of items", former.MaxItems, latter.MaxItems, isMinimum: false),
            HasLeast(former) && HasLeast(latter) ? Flag("it must not be empty", !former.OrEmpty, !latter.OrEmpty) : null,
            Bound("minimum", former.Minimum, former.ExclusiveMinimum, latter.Minimum, latter.ExclusiveMinimum, isMinimum: true),
            Bound("maximum", former.Maximum, former.ExclusiveMaximum, latter.Maximum, latter.ExclusiveMaximum, isMinimum: false),
            Multiple(former.MultipleOf, latter.MultipleOf),
            Flag("its items must differ", former.Unique, latter.Unique),
            Flag("it must be an object", former.IsObject, latter.IsObject),
            latter.IsObject ? Flag("it must not be null", former.IsObject && !former.OrNull, !latter.OrNull) : null,
            Choice("addresses of files", former.Urls?.ToString(), latter.Urls?.ToString()),
        })
        {
            if (change is { } found)
                yield return found;
        }
        foreach (var pattern in latter.Patterns.Except(former.Patterns))
            yield return (true, $"it must match {pattern.Text} now");
        foreach (var pattern in former.Patterns.Except(latter.Patterns))
            yield return (false, $"it need not match {pattern.Text} any more");
        foreach (var change in Files(former.File ?? new(), latter.File ?? new()))
            yield return change;
    }

    private static bool HasLeast(Constraints constraints) => constraints is not { MinLength: null, MinItems: null };

    private static IEnumerable<(bool IsStricter, string Message)> Files(FileLimits former, FileLimits latter)
    {
        foreach (var change in new[]
        {
            Limit("maximum size of a file in bytes", former.MaxFileSize, latter.MaxFileSize, isMinimum: false),
            Limit("minimum width", former.MinWidth, latter.MinWidth, isMinimum: true),
            Limit("maximum width", former.MaxWidth, latter.MaxWidth, isMinimum: false),
            Limit("minimum height", former.MinHeight, latter.MinHeight, isMinimum: true),
            Limit("maximum height", former.MaxHeight, latter.MaxHeight, isMinimum: false),
            Bound("minimum aspect ratio", former.MinAspectRatio, false, latter.MinAspectRatio, false, isMinimum: true),
            Bound("maximum aspect ratio", former.MaxAspectRatio, false, latter.MaxAspectRatio, false, isMinimum: false),
            Bound("minimum duration in seconds", former.MinDuration, false, latter.MinDuration, false, isMinimum: true),
            Bound("maximum duration in seconds", former.MaxDuration, false, latter.MaxDuration, false, isMinimum: false),
            Bound("minimum frame rate", former.MinFrameRate, false, latter.MinFrameRate, false, isMinimum: true),
            Bound("maximum frame rate", former.MaxFrameRate, false, latter.MaxFrameRate, false, isMinimum: false),
        })
        {
            if (change is { } found)
                yield return found;
        }
        if (Text(former.Formats) is var was && Text(latter.Formats) is var now && was != now)
        {
            var isStricter = latter.Formats.Count > 0 && (former.Formats.Count == 0 || former.Formats.Except(latter.Formats).Any());
            yield return (isStricter, $"the formats of a file were {was ?? "not limited"} and are {now ?? "not limited"}");
        }
    }

    private static string? Text(EquatableArray<string> formats) =>
        formats.Count == 0 ? null : string.Join(", ", formats.OrderBy(format => format, StringComparer.Ordinal));

    private static (bool IsStricter, string Message)? Limit(string what, long? former, long? latter, bool isMinimum) =>
        Bound(what, former?.ToString(CultureInfo.InvariantCulture), false, latter?.ToString(CultureInfo.InvariantCulture), false, isMinimum);

    private static (bool IsStricter, string Message)? Bound(
        string what, string? former, bool isFormerExclusive, string? latter, bool isLatterExclusive, bool isMinimum)
    {
        if (former is null && latter is null)
            return null;
        if (former is null)
            return (true, $"the {what} is {Text(latter!, isLatterExclusive)} now, and was not limited");
        if (latter is null)
            return (false, $"the {what} was {Text(former, isFormerExclusive)} and is not limited any more");
        var order = Order(former, latter);
        if (order == 0 && isFormerExclusive == isLatterExclusive)
            return null;
        var isStricter = order == 0 ? isLatterExclusive : isMinimum == order < 0;
        return (isStricter, $"the {what} was {Text(former, isFormerExclusive)} and is {Text(latter, isLatterExclusive)}");
    }

    private static string Text(string limit, bool isExclusive) => isExclusive ? limit + " (exclusive)" : limit;

    private static int Order(string one, string other) =>
        BigInteger.TryParse(one, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var first)
        && BigInteger.TryParse(other, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var second)
            ? first.CompareTo(second)
            : Value(one).CompareTo(Value(other));

    private static double Value(string number) => Numbers.TryDouble(number, out var value) ? value : 0;

    /// <summary>What was a multiple of the former is one of the latter only where the former itself is.</summary>
    private static (bool IsStricter, string Message)? Multiple(string? former, string? latter)
    {
        if (former == latter)
            return null;
        if (latter is null)
            return (false, $"it need not be a multiple of {former} any more");
        if (former is null)
            return (true, $"it must be a multiple of {latter} now");
        var ratio = Value(former) / Value(latter);
        return (!ratio.Equals(Math.Round(ratio)), $"it had to be a multiple of {former} and must be one of {latter}");
    }

    private static (bool IsStricter, string Message)? Flag(string rule, bool former, bool latter) =>
        former == latter ? null : (latter, latter ? rule + " now" : $"the rule that {rule} does not apply any more");

    private static (bool IsStricter, string Message)? Choice(string what, string? former, string? latter) =>
        former == latter ? null : (latter is not (null or "Any"), $"the {what} were {former ?? "not limited"} and are {latter ?? "not limited"}");
}
