using System.Globalization;
using Zoetrope.Specs.Model;

namespace Zoetrope.Specs.Rules;

/// <content>The sizes of images, as values of a request and as files.</content>
public static partial class RuleForms
{
    private static RuleForm[] Sizes =>
    [
        new("both sides between",
            "(width and height|height and width|both sides|both dimensions|each side|each dimension|all dimensions|dimensions) MUST [each] be [in the range "
            + "[of]] [between|from] {n:min} (and|to|-) {n:max} [px|pixels]",
            static f => Sides(f, new() { Minimum = f.Number("min"), Maximum = f.Number("max") }),
            On("image_size", "The width and height must be between 512 and 2048 pixels.", "sides(image_size) >= 512, <= 2048"),
            On("image_size", "Width and height must each be between 512 and 2048.", "sides(image_size) >= 512, <= 2048")),
        new("both sides at least and at most",
            "(width and height|height and width|both sides|both dimensions|each side|each dimension|dimensions) MUST be [each] at least {n:min} [px|pixels] "
            + "(and|,) [and] [MUST be] (at most|no more than|not more than|up to) {n:max} [px|pixels]",
            static f => Sides(f, new() { Minimum = f.Number("min"), Maximum = f.Number("max") }),
            On("image_size", "Width and height must be at least 512 and at most 2048 pixels.", "sides(image_size) >= 512, <= 2048")),
        new("multiples",
            "[[you can] choose (a preset|[between] [some] presets) or custom] (width and height|height and width|both sides|both dimensions|each side|each "
            + "dimension|dimensions) [that] "
            + "MUST be [a] (multiples of|multiple of|divisible by) {n}",
            static f => Sides(f, new() { MultipleOf = f.Number() }),
            On("image_size", "Choose a preset or custom height and width that **must be multiples of 8**.", "sides(image_size) % 8 = 0"),
            On("image_size", "Both width and height must be divisible by 16.", "sides(image_size) % 16 = 0"),
            On("image_size", "Each side must be a multiple of 16.", "sides(image_size) % 16 = 0")),
        new("sides at least",
            "(width and height|height and width|both sides|both dimensions|dimensions|each side|each dimension|shortest side|shorter side|smallest "
            + "side|smaller side) MUST be (at least|>=|no less than|not less than|larger than or equal to) {n} [px|pixels]",
            static f => Sides(f, new() { Minimum = f.Number() }),
            On("image_size", "Both dimensions must be at least 256 pixels.", "sides(image_size) >= 256"),
            On("image_url", "Shortest side must be at least 400 px.", "file(image_url) width 400.., height 400..")),
        new("sides at most",
            "(width and height|height and width|both sides|both dimensions|dimensions|each side|each dimension|longest side|longer side|largest side|"
            + "larger side) (MUST be (at most|<=|no more than|not more than|smaller than or equal to)|CANNOT EXCEED|MUST not EXCEED) {n} [px|pixels]",
            static f => Sides(f, new() { Maximum = f.Number() }),
            On("image_size", "Both dimensions must not exceed 4096 pixels.", "sides(image_size) <= 4096"),
            On("video_url", "Longer side must be ≤ 2160 px, shorter side must be ≥ 320 px.",
                "file(video_url) width ..2160, height ..2160; file(video_url) width 320.., height 320..")),
        new("area between sizes",
            "(total [number of] pixels|number of pixels|pixel count|total area|area|resolution) MUST be [between|from] "
            + "({size:min}|{n:min}) (and|to|-) ({size:max}|{n:max})",
            static f => Area(f, new() { Minimum = Product(f, "min"), Maximum = Product(f, "max") }),
            On("image_size", "Total number of pixels must be between 512x512 and 2048x2048.", "area(image_size) >= 262144, <= 4194304"),
            On("image_size", "Total pixels must be between 768*768 and 1280*1280.", "area(image_size) >= 589824, <= 1638400"),
            On("image_size", "Total pixels must be between 655,360 and 8,294,400.", "area(image_size) >= 655360, <= 8294400"),
            On("image_size", "Total pixels must be between 768×768 and 1440×1440, with aspect ratio between [1:4, 4:1].",
                "area(image_size) >= 589824, <= 2073600; aspect(image_size) >= 0.25, <= 4")),
        new("area at most",
            "(total [number of] pixels|number of pixels|pixel count|total area|area) (MUST be MAX|CANNOT EXCEED|MUST not EXCEED|MUST be (<=|less than "
            + "or equal to)) ({size:max}|{n:max})",
            static f => Area(f, new() { Maximum = Product(f, "max") }),
            On("image_size", "The total number of pixels must not exceed 2048x2048.", "area(image_size) <= 4194304")),
        new("area less than", "[an] (area|number of pixels|total pixels) (of|MUST be) (less than|below|under) ({size:max}|{n:max})",
            static f => Area(f, new() { Maximum = Product(f, "max"), ExclusiveMaximum = true }),
            On("image_size", "The size must have an area of less than 5000x5000 pixels.", "area(image_size) < 25000000")),
        new("aspect ratio between", "aspect ratio [MUST be] (in the range [of] [between|from]|between|from) [lb] {ratio:min} "
            + "(and|to|-|,) {ratio:max} [rb]",
            static f => Aspect(f),
            On("image_size", "The aspect ratio must be between 1:3 and 3:1.", "aspect(image_size) >= 0.333333333333, <= 3"),
            On("image_url", "Aspect ratio between 1:2.5 and 2.5:1.", "file(image_url) aspect 0.4..2.5")),
        new("frame rate above", "(frame rate|framerate|fps) MUST be (MIN|MORE|>=|>) {n} [fps]",
            static f => f.Self.IsFile ? File(f, new() { MinFrameRate = ValueRange.Text(f.Number()!.Value) }) : null,
            On("video_url", "Frame rate must be > 8 fps.", "file(video_url) fps 8..")),
        new("frame rate at most", "(frame rate|framerate|fps) MUST be (MAX|LESS|<=|<) {n} [fps]",
            static f => f.Self.IsFile ? File(f, new() { MaxFrameRate = ValueRange.Text(f.Number()!.Value) }) : null,
            On("video_url", "Frame rate must be at most 60 fps.", "file(video_url) fps ..60")),
    ];

    internal static ParameterRule File(RuleFinding f, FileLimits limits) => f.Rule(ParameterRuleKind.File, f.Self) with { File = limits };

    private static ParameterRule? Sides(RuleFinding f, ValueRange range)
    {
        if (f.Self.IsFile)
        {
            if (range.MultipleOf is not null || range.Minimum > 1_000_000 || range.Maximum > 1_000_000)
                return null;
            return File(f, new()
            {
                MinWidth = (int?)range.Minimum, MinHeight = (int?)range.Minimum, MaxWidth = (int?)range.Maximum, MaxHeight = (int?)range.Maximum,
            });
        }
        return f.Self.Sides is not null ? f.Rule(ParameterRuleKind.Sides, f.Self) with { Range = range }
            : f.No("its width and height cannot be distinguished from other values");
    }

    private static ParameterRule? Area(RuleFinding f, ValueRange range)
    {
        if (f.Self.IsFile || (range.Minimum is null && range.Maximum is null))
            return null;
        return f.Self.Sides is not null || f.Self.IsPair ? f.Rule(ParameterRuleKind.Area, f.Self) with { Range = range }
            : f.No("its width and height cannot be distinguished from other values");
    }

    private static ParameterRule? Aspect(RuleFinding f)
    {
        if (Ratio(f, "min") is not { } min || Ratio(f, "max") is not { } max || min > max)
            return null;
        if (f.Self.IsFile)
            return File(f, new() { MinAspectRatio = ValueRange.Text(min), MaxAspectRatio = ValueRange.Text(max) });
        return f.Self.Sides is null ? f.No("its width and height cannot be distinguished from other values")
            : f.Rule(ParameterRuleKind.Aspect, f.Self) with { Range = new() { Minimum = min, Maximum = max } };
    }

    private static decimal? Ratio(RuleFinding f, string name)
    {
        if (f.Captures[name].FirstOrDefault() is not { Number: { } first } token)
            return null;
        // 1:3 is rounded down and 3:1 is not: a ratio at the limit itself is within.
        return token.Second is not { } second ? first : second < 0.001m || first > 1_000_000 ? null
            : decimal.Parse((first / second).ToString("0.############", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
    }

    private static decimal? Product(RuleFinding f, string name) =>
        f.Captures[name].FirstOrDefault() is { Number: { } first } token && IsSide(first) && IsSide(token.Second ?? 1) ? first * (token.Second ?? 1) : null;

    // Greater numbers are not sides of an image, and their product is not a number.
    private static bool IsSide(decimal number) => number is > 0 and < 1_000_000_000_000;
}
