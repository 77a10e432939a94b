using Zoetrope.Generator.Text;
using Zoetrope.Generator.Types;
using Zoetrope.Specs.Model;

namespace Zoetrope.Generator.Tooling;

/// <summary>Constraints in words.</summary>
internal static class ConstraintTexts
{
    /// <summary>The constraints of a member and of what it holds, one each.</summary>
    public static EquatableArray<string> Of(BoundProperty property) =>
        Of(property.Constraints).Concat(Of(property.ItemConstraints).Select(text => "each " + text))
            .Concat(property.SampleFile is null ? [] : ["warns where it is not given, as the default is a sample file"])
            .ToEquatableArray();

    private static IEnumerable<string> Of(Constraints constraints)
    {
        var minimum = constraints.Minimum is { } least ? (constraints.ExclusiveMinimum ? "more than " : "at least ") + least : null;
        var maximum = constraints.Maximum is { } most ? (constraints.ExclusiveMaximum ? "less than " : "at most ") + most : null;
        string?[] texts =
        [
            minimum, maximum,
            constraints.MultipleOf is { } multiple ? "a multiple of " + multiple : null,
            Between(constraints.MinLength, constraints.MaxLength, "character"),
            Between(constraints.MinItems, constraints.MaxItems, "item"),
            constraints.Unique ? "different items" : null,
            constraints.Values.Count > 0 ? "one of " + string.Join(", ", constraints.Values) : null,
            constraints.KnownValuesOnly ? "only the known values" : null,
        ];
        return texts.OfType<string>()
            .Concat(constraints.Patterns.Select(pattern => "matches " + pattern.Text))
            .Concat(constraints.File is { } file ? Of(file) : []);
    }

    private static IEnumerable<string> Of(FileLimits file)
    {
        if (file.MaxFileSize is { } size)
            yield return $"a file of at most {DocumentText.Number(size)} bytes";
        foreach (var (name, least, most) in new (string, object?, object?)[]
        {
            ("width", file.MinWidth, file.MaxWidth), ("height", file.MinHeight, file.MaxHeight), ("aspect ratio", file.MinAspectRatio, file.MaxAspectRatio),
            ("seconds", file.MinDuration, file.MaxDuration), ("frames a second", file.MinFrameRate, file.MaxFrameRate),
        })
        {
            if (least is not null || most is not null)
                yield return FormattableString.Invariant($"{name}: {least ?? "any"} to {most ?? "any"}");
        }
        if (file.Formats.Count > 0)
            yield return "formats: " + string.Join(", ", file.Formats);
    }

    private static string? Between(int? least, int? most, string unit)
    {
        if (least is null or 0 && most is null)
            return null;
        return (least, most) switch
        {
            (null or 0, { } maximum) => $"at most {Count(maximum)}",
            ({ } minimum, null) => $"at least {Count(minimum)}",
            var (minimum, maximum) when minimum == maximum => $"exactly {Count(minimum!.Value)}",
            var (minimum, maximum) => $"{DocumentText.Number(minimum!.Value)} to {Count(maximum!.Value)}",
        };

        string Count(int count) => $"{DocumentText.Number(count)} {unit}{(count == 1 ? "" : "s")}";
    }
}
